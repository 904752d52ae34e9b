"""An operation with the fixed cast, for the tests of this room, and the forms as a browser sends them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from django.test import Client

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.journal.entries import ALL, Audience, Opened, Participant
from samlad.journal.tests import scene
from samlad.journal.who import Who
from samlad.picture.actions import file_report, publish, take_statement, write_assessment
from samlad.picture.entries import ReportFiled
from samlad.picture.queries import picture
from samlad.registers.tests.cast import ACTORS, Cast, Member

ClientFor = Callable[[Member], Client]
BOARD: Final = "lansstyrelsen-stockholm"
OPENED: Final = Opened(
    title="Snöoväder, hela länet",
    operation_kind="exercise",
    participants=tuple(Participant(*actor) for actor in ACTORS),
    convening=BOARD,
)
TO_BOARD: Final = Audience("actors", (BOARD,))


def snow(cast: Cast, **changes: Any) -> UUID:
    """A new operation; `changes` go into what is opened."""
    return scene.opened(cast.rsk.who, msgspec.structs.replace(OPENED, **changes))


def close(cast: Cast, operation: UUID) -> None:
    """The coordinator closes it."""
    scene.close(operation, cast.rsk.who)


def filed(
    by: Who, operation: UUID, *, minutes: float = 0, audience: Audience = ALL, actor: str = "", **told: Any
) -> UUID:
    """File a report that describes how it was so many minutes ago; returns its id."""
    moment = told.pop("as_of", None) or now() - timedelta(minutes=minutes)
    report = ReportFiled(told.pop("status", "yellow"), moment, **told)
    return file_report(by=by, operation=operation, report=report, actor=actor, audience=audience).id


def form(**changes: Any) -> dict[str, Any]:
    """The report form as a browser sends it."""
    return {
        "id": str(new_id()),
        "status": "yellow",
        "audience": "all",
        "figures-TOTAL_FORMS": "2",
        "figures-INITIAL_FORMS": "0",
    } | changes


def taken(by: Who, operation: UUID, text: str = "Snö.", report: UUID | None = None, **more: Any) -> UUID:
    """Take a statement into the working version."""
    told = {"block": "consequences", "text": text, "report": report} | more
    return take_statement(by=by, operation=operation, **told).id


def assessed(by: Who, operation: UUID, text: str = "Ansträngt.", status: Any = "yellow") -> UUID:
    """Write the overall assessment over whatever was there."""
    latest = picture(operation, by).assessment
    return write_assessment(
        by=by, operation=operation, status=status, text=text, replaces=latest.id if latest else None
    ).id


def published(by: Who, operation: UUID, text: str = "Ansträngt.") -> int:
    """Publish the working version with an assessment; returns its number."""
    assessed(by, operation, text)
    publish(by=by, operation=operation)
    return len(picture(operation, by).editions)


def chosen(html: str, name: str) -> list[str]:
    """The values of the radio buttons or boxes of a field that are chosen."""
    boxes = re.findall(rf'<input [^>]*name="{name}"[^>]*>', html)
    return [found[1] for box in boxes if " checked" in box and (found := re.search('value="([^"]*)"', box))]


def page(client: Client, address: str) -> str:
    """A page's HTML; it must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()

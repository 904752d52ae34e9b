"""What one may not read does not exist: every page is the same, to the byte, with a hidden entry and without it.

The clock is held, so that what differs can only come from the entry; it is made at another time than the pages are
fetched, so that its time would show too.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Final
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from samlad.base import clock
from samlad.journal import read
from samlad.journal.entries import OWN, Audience
from samlad.journal.live import Ticket
from samlad.journal.who import Who
from samlad.picture.actions import drop_statement, publish, take_statement, write_assessment
from samlad.registers.tests.cast import Cast, Member, make_member
from samlad.web.live import may_see
from samlad.web.shown import Key, render
from samlad.web.tests.scene import report, snow
from samlad.web.wiring import LIVE_PAGES

pytestmark = pytest.mark.django_db
BEGAN: Final = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
HIDDEN_AT: Final = BEGAN + timedelta(minutes=21)
SEEN_AT: Final = BEGAN + timedelta(minutes=43)
SECRET: Final = "Endast för de egna"
# New each time a page is fetched: tokens, tickets, the ids of entries not yet written, the time of fetching.
CHANGING: Final = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|"/live/[^"]*"|name="[\w-]*id" value="[0-9a-f-]{36}"'
    r'|id="id" value="[^"]*"|<p class="print-only">.*?</p>'
)


class Clock:
    """Stands in for the clock's datetime: it is the time that it is told to be."""

    moment = BEGAN

    def now(self, _zone: object) -> datetime:
        """The moment."""
        return self.moment


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """The clock stands still."""
    standing = Clock()
    monkeypatch.setattr(clock, "datetime", standing)
    yield standing


@pytest.fixture
def colleague(cast: Cast) -> Member:
    """Liaison at Polisen: takes part, and is named in nothing that is hidden here."""
    return make_member("liaison.polis", "Samverkansperson Polisen", "polisregion-stockholm", "liaison")


@pytest.fixture
def operation(cast: Cast, colleague: Member, held: Clock) -> UUID:
    """Snow over the county with reports from two, a picture, and the beginning of the next."""
    operation, lead = snow(cast), cast.picture_lead.who
    held.moment += timedelta(minutes=5)
    first = report(cast.liaison.who, operation)
    report(cast.duty_officer.who, operation, "green", "Inget.")
    taken = take_statement(by=lead, operation=operation, block="consequences", text="Snö.", report=first)
    write_assessment(by=lead, operation=operation, status="yellow", text="Ansträngt.")
    publish(by=lead, operation=operation)
    drop_statement(by=lead, operation=operation, statement=taken.id)
    return operation


def addresses(operation: UUID, who: Who) -> list[str]:
    """Every page of the operation, and those that tell of it, now and as they were."""
    names = (
        *("operation", "acknowledge", "situation", "reports", "report_new", "figures", "pictures", "journal"),
        *("desk", "desk_preview", "deadline", "stand_down", "api_entries"),
    )
    found = ["/", "/outbox/", *(reverse(name, args=[operation]) for name in names)]
    found += [reverse("reports", args=[operation]) + query for query in ("?format=json", "?actor=sodertalje")]
    found += [reverse("actor_reports", args=[operation, code]) for code in ("sodertalje", "nacka", "ingen")]
    found += [reverse(name, args=[operation, number]) for name in ("picture", "picture_pdf") for number in (1, 2)]
    found += [reverse("report", args=[operation, entry.id]) for _number, entry in read.entries(operation, who)]
    return found + [reverse(name, args=[operation]) + "?at=4" for name in ("operation", "reports", "journal", "desk")]


def seen(reader: Member, paths: list[str], operation: UUID) -> dict[str, object]:
    """All that somebody gets by asking, without what is new each time, and all that their streams would hold."""
    client, found = Client(), dict[str, object]()
    client.force_login(reader.person)
    for path in paths:
        answer = client.get(path)
        found[path] = (answer.status_code, content(answer.headers["Content-Type"], answer.content))
    if may_see(Ticket("front", operation, reader.who, "sv", 1)):
        for page in LIVE_PAGES:
            key = Key.of(Ticket(page.name, operation, reader.who, "sv", 1, (("since", "1"),)))
            ((found[page.name],),) = [render({key}, {}).fresh.values()]
    return found


def content(kind: str, body: bytes) -> str:
    """An answer without what is new each time; of a PDF what stands on its pages, for it holds when it was made."""
    if kind == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    return CHANGING.sub("", body.decode())


def own_report(cast: Cast, operation: UUID) -> None:
    """Södertälje writes for itself."""
    report(cast.liaison.who, operation, "black", SECRET, audience=OWN)


def report_to_nacka(cast: Cast, operation: UUID) -> None:
    """Södertälje writes to Nacka only."""
    report(cast.liaison.who, operation, "black", SECRET, audience=Audience("actors", actors=("nacka",)))


def working_version(cast: Cast, operation: UUID) -> None:
    """The compiler goes on with the next picture."""
    lead = cast.picture_lead.who
    taken = take_statement(by=lead, operation=operation, block="event", text=SECRET)
    before = [entry for _number, entry in read.entries(operation, lead) if entry.kind == "picture.assessment_written"]
    write_assessment(by=lead, operation=operation, status="black", text=SECRET, replaces=before[-1].id)
    drop_statement(by=lead, operation=operation, statement=taken.id)


@pytest.mark.parametrize(
    ("hide", "readers"),
    [
        (own_report, ("duty_officer", "rsk", "observer", "stranger", "administrator")),
        (report_to_nacka, ("colleague", "picture_lead", "stranger")),
        (working_version, ("liaison", "colleague", "stranger")),
    ],
)
def test_with_it_and_without_it_all_is_the_same(
    hide: Callable[[Cast, UUID], None],
    readers: tuple[str, ...],
    operation: UUID,
    cast: Cast,
    colleague: Member,
    held: Clock,
) -> None:
    members = {**cast.members(), "colleague": colleague}
    paths = addresses(operation, cast.rsk.who)
    held.moment = SEEN_AT
    without = {reader: seen(members[reader], paths, operation) for reader in readers}
    held.moment = HIDDEN_AT
    hide(cast, operation)
    held.moment = SEEN_AT
    for reader in readers:
        with_it = seen(members[reader], paths, operation)
        assert [path for path, got in with_it.items() if got != without[reader][path]] == [], reader
        assert SECRET not in str(with_it)


def test_whoever_may_read_it_sees_that_the_test_would_see(operation: UUID, cast: Cast, held: Clock) -> None:
    paths = addresses(operation, cast.rsk.who)
    held.moment = SEEN_AT
    without = seen(cast.duty_officer, paths, operation)
    held.moment = HIDDEN_AT
    report_to_nacka(cast, operation)
    held.moment = SEEN_AT
    with_it = seen(cast.duty_officer, paths, operation)
    differs = {path.split(str(operation))[-1] for path, got in with_it.items() if got != without[path]}
    assert {"/", "/reports/", "/reports/?format=json", "/actors/sodertalje/", "/journal/", "front"} <= differs
    assert SECRET in str(with_it)

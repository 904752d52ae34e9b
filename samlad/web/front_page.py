"""The operation's front page: who is reached, who has reported what, what changed; live, in small regions."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.activation.assessment_panel import assessment_region
from samlad.activation.card_pages import panel
from samlad.activation.fold import Activation
from samlad.activation.queries import activation, asks, needs_left
from samlad.activation.rules import can_acknowledge, can_lead
from samlad.activation.views import answering
from samlad.journal import kinds, live, read
from samlad.journal.entries import Participant
from samlad.journal.fold import Basics
from samlad.journal.live import LivePage, Region, rendered
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.shown import shown
from samlad.journal.who import Who
from samlad.picture.entries import WORKING_KINDS
from samlad.picture.fold import Picture
from samlad.picture.queries import picture
from samlad.picture.rules import can_compile, can_report
from samlad.picture.wording import short
from samlad.registers.http import Request
from samlad.registers.models import Category
from samlad.registers.queries import AreaView, tiles

LATEST: Final = 12
STALE: Final = timedelta(hours=2)  # a report older than this is marked; the deadline marks it earlier where one is set


class Row(msgspec.Struct, frozen=True):
    """An actor on the front page."""

    code: str
    short: str
    name: str
    area: str
    called: bool
    reached_at: datetime | None
    waiting_since: datetime
    affected: str
    status: str  # empty: nothing has come
    filed_at: datetime | None
    stale: bool
    conveyed_by: str
    unchanged: bool
    changed: bool
    what: str


class Situation(msgspec.Struct, frozen=True):
    """The states the front page is made of."""

    basics: Basics
    activation: Activation
    picture: Picture
    moment: datetime


def row(code: str, participant: Participant, situation: Situation) -> Row:
    """One actor: reached by raising the alarm, by its answer or by its own report, whichever came first."""
    basics, moment = situation.basics, situation.moment
    answer, reported = situation.activation.answers.get(code), situation.picture.reports.get(code)
    reached = [at for at in (situation.activation.reached_at(code), reported and reported.own_at) if at]
    current = reported.current if reported else None
    return Row(
        code=code,
        short=participant.short,
        name=participant.name,
        area=participant.area,
        called=situation.activation.calls(code) and not basics.replayed,
        reached_at=min(reached) if reached else None,
        waiting_since=situation.activation.called.get(code, basics.opened_at),
        affected=answer.affected if answer else "",
        status=current.payload.status if current else "",
        filed_at=current.filed_at if current else None,
        stale=bool(current and is_stale(current.filed_at, situation, moment)),
        conveyed_by=basics.short(current.payload.conveyed_by) if current and current.payload.conveyed_by else "",
        unchanged=bool(current and (current.payload.unchanged or (current.previous and not current.changes))),
        changed=bool(current and current.changes),
        what=what(situation, code),
    )


def is_stale(filed_at: datetime, situation: Situation, moment: datetime) -> bool:
    """Whether a report is too old: from before a deadline that has passed, or older than STALE."""
    deadline = situation.picture.deadline
    overdue = deadline is not None and deadline.at < moment and filed_at < deadline.at - timedelta(hours=1)
    return overdue or moment - filed_at > STALE


def what(situation: Situation, code: str) -> str:
    """What changed in an actor's latest report, in a few words; for a first report, how it begins."""
    reported = situation.picture.reports.get(code)
    if reported is None:
        return ""
    current = reported.current
    if current.marking:
        return _("Marked as secret (%(ground)s)") % {"ground": current.marking.ground}
    if current.changes:
        return short(current.changes)
    payload = current.payload
    return next((text for text in (payload.consequences, payload.event, payload.measures) if text), "")[:160]


def rows(situation: Situation) -> dict[str, Row]:
    """All participants, in the order they were listed when the operation opened."""
    return {code: row(code, participant, situation) for code, participant in situation.basics.participants.items()}


def groups(basics: Basics, listed: Mapping[str, Row]) -> list[tuple[str, list[Row]]]:
    """The rows under the names of their categories."""
    found: list[tuple[str, list[Row]]] = []
    for category in Category:
        members = [listed[code] for code, it in basics.participants.items() if it.category == category.value]
        if members:
            found.append((str(category.label), members))
    return found


def situation_of(page: OperationPage, who: Who) -> Situation:
    """The states at the moment the page shows."""
    operation, at = page.operation.id, page.at or page.position
    return Situation(page.basics, activation(operation, who, at), picture(operation, who, at), page.moment)


def regions_of(page: OperationPage, who: Who, situation: Situation, listed: Mapping[str, Row]) -> dict[str, str]:
    """The HTML of every live region of the page."""
    operation, language = page.operation.id, get_language() or "sv"
    found: dict[str, str] = {
        "summary": summary(page, situation, listed, language),
        "assessment": assessment_region(page, who, language),
    }
    for code, it in listed.items():
        found[f"actor-{code}"] = rendered("web/front/row.html", language, operation=operation, row=it, as_of=page.as_of)
    by_area = {it.area: it for it in listed.values() if it.area}
    for tile in mapped(page.basics):
        it = by_area[tile.code]
        found[f"tile-{tile.code}"] = rendered("web/front/tile.html", language, operation=operation, row=it, tile=tile)
    lines = tuple((page.basics.short(it.actor), it) for it in situation.picture.told(page.moment))
    found["lines"] = rendered("picture/lines.html", language, lines=lines, as_of=page.as_of)
    found["latest"] = latest(operation, who, page, language)
    return found


def summary(page: OperationPage, situation: Situation, listed: Mapping[str, Row], language: str) -> Region:
    """The bar at the top."""
    statuses = Counter(it.status or "none" for it in listed.values())
    edition, deadline, trigger = situation.picture.edition, situation.picture.deadline, situation.activation.trigger
    return rendered(
        "web/front/summary.html",
        language,
        operation=page.operation.id,
        as_of=page.as_of,
        mode=situation.activation.mode,
        levels=situation.activation.levels,
        replayed=situation.basics.replayed,
        raised_by=situation.basics.short(trigger.actor) if trigger else "",
        raised_at=situation.basics.opened_at,
        deadline=deadline,
        moment=situation.moment if deadline and deadline.at < situation.moment else None,
        total=len(listed),
        reached=sum(it.reached_at is not None for it in listed.values()),
        reported=sum(bool(it.status) for it in listed.values()),
        counts=tuple((status, statuses[status]) for status in ("black", "red", "yellow", "green", "unstated", "none")),
        edition=(edition.payload.number, edition.payload.status, edition.at) if edition else None,
    )


def latest(operation: UUID, who: Who, page: OperationPage, language: str) -> str:
    """The newest entries, without the work at the desk."""
    shown_kinds = frozenset(kind.name for kind in kinds.registered()) - WORKING_KINDS
    found = read.entries(operation, who, until=page.at or page.position, kinds=shown_kinds, last=LATEST)
    newest = [entry for _number, entry in reversed(found)]
    lines = tuple((entry.id, entry.occurred_at, shown(entry, page.basics, language)) for entry in newest)
    return rendered("web/front/latest.html", language, operation=operation, lines=lines, as_of=page.as_of)


def mapped(basics: Basics) -> list[AreaView]:
    """The tiles of those areas that take part."""
    taking_part = {participant.area for participant in basics.participants.values() if participant.area}
    return [tile for tile in tiles() if tile.code in taking_part]


def regions(operation: UUID, who: Who, params: Mapping[str, str], at: int) -> dict[str, str]:
    """The live regions at the reader's position `at`: what the stream sends."""
    page = operation_page(operation, who, {"at": str(at)})
    if not page.basics.replayed:
        page = msgspec.structs.replace(page, as_of=None)  # an open page counts from now
    situation = situation_of(page, who)
    return regions_of(page, who, situation, rows(situation))


FRONT: Final = LivePage("front", regions)


@require_safe
def front(request: Request, operation: UUID) -> HttpResponse:
    """GET /operations/<operation>/."""
    page = operation_page(operation, request.who, request.GET)
    who, basics = request.who, page.basics
    situation = situation_of(page, who)
    listed = rows(situation)
    html = regions_of(page, who, situation, listed)
    url = live.url("front", operation, who, get_language() or "sv", position=page.position)
    mine = listed.get(who.actor)
    now_shown = page.at is None
    answer, reported = situation.activation.answers.get(who.actor), situation.picture.reports.get(who.actor)
    silent = mine is not None and answer is None and not (reported and reported.own_at)
    context = (
        page.context(url)
        | answering(basics, answer, who, asked=asks(operation, who) if now_shown else None)
        | (panel(operation, who, basics) if now_shown else {})
        | {
            "regions": html,
            "groups": [
                (label, [(it, html[f"actor-{it.code}"]) for it in members]) for label, members in groups(basics, listed)
            ],
            "tiles": [html[f"tile-{tile.code}"] for tile in mapped(basics)],
            "mine": mine,
            "left_open": needs_left(operation, who, basics) if basics.closed_at else [],
            "can_acknowledge": now_shown and can_acknowledge(who, basics) and silent and situation.activation.rings,
            "can_report": now_shown and can_report(who, basics),
            "can_compile": now_shown and can_compile(who, basics),
            "can_lead": now_shown and can_lead(who, basics),
        }
    )
    return render(request, "web/front/page.html", context)

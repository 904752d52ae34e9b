"""Lent staff: who is where now, whether the three categories are there at the same time, and what waits for whom."""

from datetime import date
from decimal import Decimal

import msgspec
from django.http import Http404, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samlad.governance.lent import balance, queries
from samlad.governance.lent.lists import named, secondment_list
from samlad.governance.lent.rules import last_in, sees_amounts, state_of
from samlad.governance.lent.timeline import drawn
from samlad.governance.lent.words import CATEGORIES, about, decimal, kronor
from samlad.governance.models import Secondment
from samlad.governance.pages import on_day, page
from samlad.governance.rules import keeps, reader_or_404, speaker_or_404, speaks_for
from samlad.journal.who import Who
from samlad.registers.http import Request
from samlad.registers.queries import today


class Now(msgspec.Struct, frozen=True):
    """A category today: full-time equivalents, and whose."""

    label: str
    equivalents: str
    wanted: bool
    seats: list[str]


@require_safe
def lent(request: Request) -> HttpResponse:
    """GET /governance/lent/: who is where, the balance, gaps, what waits, the cost. ?format= for the list."""
    reader_or_404(request.who)
    on = on_day(request)
    rows, short, day = queries.secondments(on), queries.names(), on or today()
    found = secondment_list(rows, request, day)
    if (file := found.file()) is not None:
        return file
    cells = queries.balance(on)
    labels = {code: str(label) for code, label in CATEGORIES.items()}
    shown = {
        "list": found,
        "now": _now(rows, day, short),
        "all_three": balance.together(cells, day),
        "timeline": drawn(cells, labels, day),
        "months": [[month, *(_cell(cells[kind][place]) for kind in balance.KINDS)] for place, month in _months(cells)],
        "labels": list(labels.values()),
        "gaps": [(labels[gap.category], gap) for gap in queries.gaps(on=on)],
        "ending": [(row, short.get(row.lender_id, ""), last_in(row)) for row in queries.ending(on, rows)],
        "waiting": named(queries.waiting(on), short) if keeps(request.who) else [],
        "mine": len(queries.waiting(on, request.who.actor)) if speaks_for(request.who, request.who.actor) else 0,
        "may_propose": speaks_for(request.who, request.who.actor),
        "year": day.year,
        "total": _total(request.who, day.year, on),
        "seen_on": True,
    }
    return page(request, "governance/lent.html", shown, on=on)


def _total(who: Who, year: int, on: date | None) -> str:
    """The year's cost: exact for the secretariat, roughly for others, who see no earlier day's either."""
    total = queries.cost(year, on).total
    return kronor(total) if keeps(who) else "" if on else about(total)


def _months(cells: dict[str, tuple[balance.Cell, ...]]) -> list[tuple[int, date]]:
    return list(enumerate(cell.month for cell in cells[balance.OTHERS]))


def _cell(cell: balance.Cell) -> tuple[str, str]:
    """A cell of the table: the number and the state."""
    return decimal(cell.equivalents), cell.state if cell.category in balance.WANTED else ""


def _now(rows: list[Secondment], day: date, short: dict[str, str]) -> list[Now]:
    """The categories as they are filled on a day."""
    found = []
    running = {row.pk: row for row in rows if state_of(row, day) == "running"}
    by_row = queries.stays_by_row(running.values())
    of = {key: stay.category for key, stays in by_row.items() for stay in stays if _on(stay, day)}
    for kind, label in CATEGORIES.items():
        own = [row for key, row in running.items() if of.get(key) == kind]
        share = sum((Decimal(row.share) for row in own), Decimal(0)) / 100
        seats = [f"{row.seat}, {short.get(row.lender_id, row.lender_id)}" for row in own]
        words = ngettext("%(number)s full-time equivalent", "%(number)s full-time equivalents", 1 if share == 1 else 2)
        found.append(Now(str(label), words % {"number": decimal(share)}, kind in balance.WANTED, seats))
    return found


def _on(stay: balance.Stay, day: date) -> bool:
    return stay.first <= day <= stay.last


@require_safe
def lent_actor(request: Request, code: str) -> HttpResponse:
    """GET /governance/lent/actors/<code>/: whom an actor lends, what it has to report, what it has been paid."""
    speaker_or_404(request.who, code)
    on = on_day(request)
    rows, short, day = queries.lent_by(code, on), queries.names(), on or today()
    if code not in short:
        raise Http404
    found = secondment_list(rows, request, day, own=True)
    if (file := found.file()) is not None:
        return file
    years = sorted({*range(min((row.first_day.year for row in rows), default=day.year), day.year + 1)}, reverse=True)
    shown = {
        "list": found,
        "actor": short.get(code, code),
        "code": code,
        "waiting": named(queries.waiting(on, code), short),
        "years": [(year, kronor(queries.cost(year, on).of(code))) for year in years],
        "may_propose": sees_amounts(request.who, code),
        "seen_on": True,
    }
    return page(request, "governance/lent_actor.html", shown, on=on)

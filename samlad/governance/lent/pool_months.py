"""A month of the pool: hours by kind and amount per actor, from actual shifts; certified and frozen."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samlad.base.clock import now
from samlad.governance import record
from samlad.governance.lent import pool, pool_actions, queries
from samlad.governance.lent.compensation import KINDS, WEEK, Line, wall
from samlad.governance.lent.forms import CertifyForm, PaidForm
from samlad.governance.lent.months import later, month_from
from samlad.governance.lent.pool_pages import month_title
from samlad.governance.lent.rules import sees_amounts
from samlad.governance.lent.words import KINDS as KIND_WORDS
from samlad.governance.lent.words import decimal, kronor, not_obtained
from samlad.governance.lists import Column, Listing, attached
from samlad.governance.models import PoolBasis
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.governance.rules import keeper_or_404, keeps, reader_or_404
from samlad.journal.who import Who
from samlad.registers.http import Request
from samlad.registers.queries import person_names


class Row(msgspec.Struct, frozen=True):
    """An actor's month as the list has it: hours by kind and weeks, summed over its people."""

    actor: str
    name: str
    sums: dict[str, Decimal]
    total: Decimal | None
    state: str
    url: str


def month_or_404(text: str) -> date:
    """The month of an address. Raises Http404, also for one that has not begun."""
    found = month_from(text)
    if found is None or wall(found) > now():
        raise Http404
    return found


def summed(found: pool.ActorMonth, kind: str) -> Decimal:
    """Hours of a kind, or weeks, of all of an actor's people."""
    return sum((line.quantity for line in found.lines if line.kind == kind), Decimal(0))


def state_words(found: pool.ActorMonth) -> str:
    """Where an actor's month is."""
    if not found.actor:
        return str(_("In the pool for nobody"))
    if wall(later(found.month, 1)) > now():
        return str(_("The month goes on"))
    if not found.certified:
        return str(_("Waits for certification"))
    if found.differs:
        return str(_("Certified, but the roster or the rates now say something else"))
    return str(_("Paid")) if all(row.paid_on for row in found.certified) else str(_("Certified"))


@require_safe
def pool_month(request: Request, month: str) -> HttpResponse:
    """GET /governance/lent/pool/<2026-01>/: the month's basis per actor; an actor's speakers see their own.

    ?format=csv|xlsx|json gives what the page lists.
    """
    reader_or_404(request.who)
    of, on, moment = month_or_404(month), on_day(request), now()
    if not sees_amounts(request.who, request.who.actor):
        raise Http404
    names = queries.names()
    every = pool.month_of(of, on, moment)
    seen = [one for code, one in every.items() if keeps(request.who) or (code and sees_amounts(request.who, code))]
    rows = [
        Row(
            one.actor, names.get(one.actor, one.actor) or str(_("Nobody's")),
            {kind: summed(one, kind) for kind in (*KINDS, WEEK)}, one.total if one.actor else None, state_words(one),
            reverse("pool_basis", args=[month, one.actor]) if one.actor else "",
        )
        for one in seen
    ]  # fmt: skip
    found = _list(rows, request, month)
    if (file := found.file()) is not None:
        return file
    shown = {
        "list": found,
        "title": month_title(of),
        "over": wall(later(of, 1)) <= moment,
        "nobodys": [(person, hours) for person, hours in _hours_of(every[""])]
        if keeps(request.who) and "" in every
        else [],
        "unknown": any(one.total is None for one in seen if one.actor),
        "months": (later(of, -1).strftime("%Y-%m"), later(of, 1).strftime("%Y-%m")),
        "next_there": wall(later(of, 1)) <= moment,
        "seen_on": True,
    }
    return page(request, "governance/lent_pool_month.html", shown, on=on)


def _hours_of(found: pool.ActorMonth) -> list[tuple[str, str]]:
    """How long each of some people had duty, by name."""
    seconds: dict[str, float] = {}
    for duty in found.duties:
        seconds[duty.person] = seconds.get(duty.person, 0) + (duty.ends - duty.starts).total_seconds()
    names = person_names(seconds)
    return [(names.get(key, "?"), decimal(Decimal(int(time)) / 3600)) for key, time in seconds.items()]


def _list(rows: list[Row], request: Request, month: str) -> Listing[Row]:
    columns: list[Column[Any]] = [
        Column("actor", _("Actor"), lambda row: row.name, link=lambda row: row.url, choice=True)
    ]
    for kind in (*KINDS, WEEK):
        if kind != WEEK or any(row.sums[WEEK] for row in rows):
            columns.append(_quantity(kind))
    columns += [
        Column(
            "amount", _("Amount"), lambda row: row.total, number=True,
            text=lambda row: (not_obtained() if row.total is None else kronor(row.total)) if row.actor else "–",
        ),
        Column("state", _("State of the basis"), lambda row: row.state, choice=True),
    ]  # fmt: skip
    empty = _("Nobody had duty as RSK in this month, by the rosters.")
    return Listing(columns, rows, request.GET, name=f"rsk-ersattning-{month}", empty=empty)


def _quantity(kind: str) -> Column[Any]:
    return Column(
        kind, KIND_WORDS[kind], lambda row: row.sums[kind], text=lambda row: decimal(row.sums[kind]), number=True
    )


@READ_OR_WRITE
def pool_basis(request: Request, month: str, code: str) -> HttpResponse:
    """GET, POST /governance/lent/pool/<2026-01>/<actor>/: an actor's month line by line, to be certified."""
    of, on = month_or_404(month), on_day(request)
    if not sees_amounts(request.who, code) or (request.method == "POST" and not keeps(request.who)):
        raise Http404
    found = pool.month_of(of, on, now()).get(code)
    if found is None:
        raise Http404
    listed = _lines(found.lines, request, f"rsk-ersattning-{month}-{code}")
    if (file := listed.file()) is not None:
        return file
    if (kept := _frozen(found, request.GET.get("frozen", ""))) is not None:
        return kept
    form = CertifyForm(request.POST or None, initial={"expected": pool_actions.stamp(found)})
    shown: dict[str, Any] = {"list": listed, "slug": month, "on": on, "seen_on": True} | _basis(found, request.who, on)

    def do() -> bool:
        return pool_actions.certify(code, of, by=request.who, expected=form.cleaned_data["expected"])

    return changing(
        request, form, do, title=month_title(of), back=request.path, template="governance/lent_pool_basis.html", **shown
    )


def _basis(found: pool.ActorMonth, who: Who, on: date | None) -> dict[str, Any]:
    """What the page of an actor's month shows beside its lines."""
    over, known = wall(later(found.month, 1)) <= now(), found.total is not None
    names = person_names({row.certified_by for row in found.certified})
    return {
        "found": found,
        "actor": queries.names().get(found.actor, found.actor),
        "month": found.month,
        "hours": decimal(found.hours),
        "total": not_obtained() if found.total is None else kronor(found.total),
        "known": known,
        "over": over,
        "may_certify": keeps(who) and on is None and over and known and (found.differs or not found.certified),
        "certified": [
            (row, kronor(row.amount), kronor(row.total), names.get(row.certified_by, "")) for row in found.certified
        ],
        "shifts": [(duty, hours_between(duty.starts, duty.ends)) for duty in found.duties],
        "changes": record.changes(PoolBasis, *(row.pk for row in found.certified)) if keeps(who) else (),
    }


def _frozen(found: pool.ActorMonth, number: str) -> HttpResponse | None:
    """What a certified basis stands on, as it was frozen, as a file."""
    row = next((row for row in found.certified if str(row.number) == number), None)
    if row is None:
        return None
    content = {"actor": row.actor_id, "month": row.month.strftime("%Y-%m"), "number": row.number}
    content |= {"total": str(row.total), "amount": str(row.amount), **row.inputs}
    text = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return attached(text, "application/json", f"rsk-underlag-{content['month']}-{row.actor_id}-{row.number}.json")


def hours_between(starts: datetime, ends: datetime) -> str:
    """The hours that pass between two moments."""
    return decimal(Decimal(int((ends - starts).total_seconds())) / 3600)


def _lines(lines: tuple[Line, ...], request: Request, name: str) -> Listing[Line]:
    people = person_names({line.person for line in lines})
    columns: list[Column[Any]] = [
        Column("person", _("Person"), lambda line: people.get(line.person, ""), choice=True),
        Column("kind", _("What"), lambda line: line.kind, text=lambda line: KIND_WORDS[line.kind], choice=True),
        Column(
            "quantity", _("Number"), lambda line: line.quantity, text=lambda line: decimal(line.quantity), number=True
        ),
        Column("rate", _("Rate"), lambda line: line.rate, text=lambda line: _known(line.rate), number=True),
        Column("amount", _("Amount"), lambda line: line.amount, text=lambda line: _known(line.amount), number=True),
    ]
    return Listing(columns, lines, request.GET, name=name, empty=_("Nothing is compensated by the rates that hold."))


def _known(amount: Decimal | None) -> str:
    return not_obtained() if amount is None else kronor(amount)


@READ_OR_WRITE
def pool_paid(request: Request, basis: UUID) -> HttpResponse:
    """GET, POST /governance/lent/pool/paid/<basis>/: note the day on which a certified month was paid."""
    keeper_or_404(request.who)
    row = record.row(PoolBasis, basis)
    if row is None:
        raise Http404
    form = PaidForm(request.POST or None)

    def do() -> bool:
        return pool_actions.pay(row.pk, day=form.cleaned_data["paid_on"], by=request.who)

    back = reverse("pool_basis", args=[row.month.strftime("%Y-%m"), row.actor_id])
    return changing(request, form, do, title=month_title(row.month), back=back)

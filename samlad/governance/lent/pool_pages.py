"""The pool of coordinators (RSK): who is in it, what duty is compensated with, and the basis of each month."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samlad.governance import papers, record
from samlad.governance.lent import pool, pool_actions, queries
from samlad.governance.lent.forms import RATES, MemberForm, RatesForm
from samlad.governance.lent.months import ZERO
from samlad.governance.lent.rules import sees_amounts, sees_person
from samlad.governance.lent.words import kronor, month_words, not_obtained
from samlad.governance.lists import Column, Listing
from samlad.governance.models import PoolBasis, PoolMember, PoolRates
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.governance.rules import keeper_or_404, keeps, reader_or_404
from samlad.journal.who import Who
from samlad.registers.http import Request
from samlad.registers.queries import person_names, today

LABELS = {field.name: field.verbose_name for field in record.kept_fields(PoolRates) if field.name in RATES}


@require_safe
def lent_pool(request: Request) -> HttpResponse:
    """GET /governance/lent/pool/: who is in the pool, the rates, the months. ?format= for the list of members."""
    reader_or_404(request.who)
    on = on_day(request)
    day = on or today()
    rows = pool.members(on)
    found = _members(rows, request, day)
    if (file := found.file()) is not None:
        return file
    rates = record.rows(PoolRates, on)
    bases = [row for row in record.rows(PoolBasis, on) if sees_amounts(request.who, row.actor_id)]
    shown = {
        "list": found,
        "rates": [(row, list(zip(LABELS.values(), _amounts(row), strict=True))) for row in reversed(rates)],
        "rate_labels": [str(label) for label in LABELS.values()],
        "months": [
            (month, month.strftime("%Y-%m"), kronor(_certified(bases, month)))
            for month in (pool.months(on) if _sees_some(request.who) else [])
        ],
        "lists_people": any(sees_person(request.who, row.actor_id) for row in rows),
        "seen_on": True,
    }
    changes = record.changes(PoolRates, *(row.pk for row in rates))
    if keeps(request.who):
        both = (*changes, *record.changes(PoolMember, *(row.pk for row in rows)))
        changes = tuple(sorted(both, key=lambda change: change.at, reverse=True))
    return page(request, "governance/lent_pool.html", shown, on=on, changes=changes)


def _certified(bases: list[PoolBasis], month: date) -> Decimal | None:
    amounts = [row.amount for row in bases if row.month == month]
    return sum(amounts, ZERO) if amounts else None


def _sees_some(who: Who) -> bool:
    """Whether this reader sees what a month gives some actor."""
    return sees_amounts(who, who.actor)


def _amounts(row: PoolRates) -> list[str]:
    """The rates of a row in words. Where all is paid by the hour no week's is lacking, and the other way round."""
    *hours, week = (getattr(row, name) for name in RATES)
    lacking_hour = "–" if week is not None and all(one is None for one in hours) else not_obtained()
    lacking_week = "–" if any(one is not None for one in hours) else not_obtained()
    return [*(lacking_hour if one is None else kronor(one) for one in hours), kronor(week) or lacking_week]


def _members(rows: list[PoolMember], request: Request, day: date) -> Listing[PoolMember]:
    """Those in the pool; people are named for those who may know."""
    short = queries.names()
    people = person_names({row.person_id for row in rows if row.person_id and sees_person(request.who, row.actor_id)})
    columns = [
        Column[PoolMember](
            "actor", _("Actor"), lambda row: short.get(row.actor_id, row.actor_id), choice=True,
            link=(lambda row: reverse("pool_member", args=[row.pk])) if keeps(request.who) else None,
        ),
        Column("seat", _("Function at the actor"), lambda row: row.seat),
        Column("person", _("Person"), lambda row: people.get(str(row.person_id), "")),
        Column("first_day", _("First day"), lambda row: row.first_day),
        Column("last_day", _("Last day"), lambda row: row.last_day),
        Column(
            "now", _("In the pool"), lambda row: pool.in_pool(row, day), choice=True,
            badge=lambda row: "active" if pool.in_pool(row, day) else "",
        ),
    ]  # fmt: skip
    return Listing(columns, rows, request.GET, name="rsk-pool", empty=_("Nobody is in the pool yet."))


@READ_OR_WRITE
def pool_member_new(request: Request) -> HttpResponse:
    """GET, POST /governance/lent/pool/members/new/: put somebody in the pool."""
    return _member(request, None)


@READ_OR_WRITE
def pool_member(request: Request, pool_member: UUID) -> HttpResponse:
    """GET, POST /governance/lent/pool/members/<pool_member>/: somebody in the pool, for the secretariat."""
    found = record.row(PoolMember, pool_member)
    if found is None:
        raise Http404
    return _member(request, found)


def _member(request: Request, row: PoolMember | None) -> HttpResponse:
    keeper_or_404(request.who)
    form = MemberForm(request.POST or None, request.FILES or None, instance=row, who=request.who)

    def do() -> bool:
        held = papers.examined(form.cleaned_data["attached"])
        seen = form.cleaned_data["seen"]
        return pool_actions.save_member(
            form.row(), by=request.who, reason=form.why, seen=seen, held=held, new=row is None
        )

    own = papers.papers_of([row.pk], request.who)[row.pk] if row else []
    title = _("Put somebody in the pool") if row is None else _("In the pool")
    return changing(
        request, form, do, title=title, back=reverse("lent_pool"), template="governance/lent_member.html", papers=own,
        changes=record.changes(PoolMember, row.pk) if row else (),
    )  # fmt: skip


@READ_OR_WRITE
def pool_rates_new(request: Request) -> HttpResponse:
    """GET, POST /governance/lent/pool/rates/new/: rates from a day on."""
    return _rates(request, None)


@READ_OR_WRITE
def pool_rates(request: Request, pool_rates: UUID) -> HttpResponse:
    """GET, POST /governance/lent/pool/rates/<pool_rates>/: change the rates from a day on."""
    found = record.row(PoolRates, pool_rates)
    if found is None:
        raise Http404
    return _rates(request, found)


def _rates(request: Request, row: PoolRates | None) -> HttpResponse:
    keeper_or_404(request.who)
    form = RatesForm(request.POST or None, instance=row)

    def do() -> bool:
        seen = form.cleaned_data["seen"]
        return pool_actions.save_rates(form.row(), by=request.who, reason=form.why, seen=seen, new=row is None)

    about = _(
        "Leave empty what is not known: it is shown as not obtained and nothing is computed with it. What is paid "
        "nothing for is 0. What is certified keeps the amounts it was computed with."
    )
    title = _("Compensation from a day on")
    return changing(request, form, do, title=title, back=reverse("lent_pool"), about=about)


def month_title(month: date) -> str:
    """What a month of the pool is called."""
    return str(_("Duty as RSK in %(month)s") % {"month": month_words(month)})

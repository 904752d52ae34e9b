"""Changing the money: budgets, the others' table, fees and what becomes of them, outcome. Each in one transaction."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID, uuid4, uuid5

from django.utils.translation import gettext as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.models import (
    BillingParty,
    Budget,
    BudgetLine,
    FeeRun,
    Forecast,
    OthersShare,
    Outcome,
)
from samlad.governance.money import formula, queries, rules
from samlad.governance.money.computed import Computed, compute
from samlad.governance.money.models import BudgetState, RunState
from samlad.governance.rules import check_keeps, check_speaks_for
from samlad.journal.who import Who
from samlad.registers.actions import one_change


@one_change
def save_budget(row: Budget, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save a year's budget and its terms."""
    check_keeps(by)
    if Budget.objects.filter(year=row.year).exclude(pk=row.pk).exists():
        raise Refused(_("There is a budget for %(year)s already.") % {"year": row.year}, field="year")
    rules.check_total(row.total, Decimal(row.unit))
    if row.state == BudgetState.DECIDED and not (row.decided_id or row.decision_text):
        raise Refused(_("Say by which decision."), field="decided")
    return record.save(row, by=by, reason=reason, seen=seen, new=new)


@one_change
def save_line(row: BudgetLine, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save what a part of a budget is for."""
    check_keeps(by)
    if BudgetLine.objects.filter(budget=row.budget_id, code=row.code).exclude(pk=row.pk).exists():
        raise Refused(_("Another line has this code."), field="code")
    return record.save(row, by=by, reason=reason, seen=seen, new=new)


@one_change
def remove_line(row: BudgetLine, *, by: Who, reason: str = "") -> bool:
    """Take a line away, unless something has been booked on it."""
    check_keeps(by)
    if Outcome.objects.filter(line=row.pk).exists():
        raise Refused(_("Something has been booked on this line, so it stays."))
    for forecast in record.rows(Forecast, line_id=row.pk):
        record.remove(forecast, by=by, reason=reason)
    return record.remove(row, by=by, reason=reason)


@one_change
def save_shares(
    held: Budget, percents: Mapping[str, Decimal], *, by: Who, reason: str = "", seen: str | None = None
) -> bool:
    """Save the whole table of the others' half: percent by actor, exactly 100 together.

    `seen`: the table's stamp (`shares_stamp`) that the form was filled from; None: not asked.
    """
    check_keeps(by)
    rules.check_shares(percents.values())
    there = queries.shares(held)
    if seen is not None and seen != shares_stamp(there.values()):
        raise Refused(_("Somebody else has changed the table. Reload the page and see what it says now."))
    changed = False
    for actor, share in there.items():
        if actor not in percents:
            changed |= record.remove(share, by=by, reason=reason)
    for actor, percent in percents.items():
        row = there.get(actor) or OthersShare(budget_id=held.pk, actor_id=actor, id=uuid5(held.pk, f"share {actor}"))
        row.percent = percent
        changed |= record.save(row, by=by, reason=reason)
    return changed


def shares_stamp(there: Iterable[OthersShare]) -> str:
    """What a table is, in short, for noticing a colleague who was faster."""
    return ";".join(sorted(f"{share.actor_id}={share.percent.normalize()}" for share in there))


@one_change
def compute_fees(
    held: Budget,
    *,
    by: Who,
    note: str = "",
    key: UUID | None = None,
    start_edition: str = "",
    cap_edition: str = "",
) -> FeeRun:
    """Compute and keep a year's fees as proposed. Where fees are frozen it is a correction of those, and says why.

    Raises Refused with what is missing.
    """
    check_keeps(by)
    if key and (kept := FeeRun.objects.filter(pk=key).first()):
        return kept
    Budget.objects.select_for_update().get(pk=held.pk)
    earlier = queries.runs(held)
    frozen = next((run for run in earlier if run.state == RunState.FROZEN), None)
    if frozen and not note:
        raise Refused(_("Say why the fees are corrected."), field="note")
    computed = compute(held, queries.shares(held), start_edition=start_edition, cap_edition=cap_edition)
    if computed.shared is None:
        raise Refused(" ".join(problem.sentence for problem in computed.problems))
    run = _run(held, computed, computed.shared)
    run.id, run.note, run.corrects_id = key or uuid4(), note, frozen.pk if frozen else None
    run.number = 1 + max((one.number for one in earlier), default=0)
    record.save(run, by=by, new=True)
    for payer in computed.basis.payers:
        record.save(computed.fee(payer, run), by=by, new=True)
    return run


def _run(held: Budget, computed: Computed, shared: formula.Shared) -> FeeRun:
    return FeeRun(
        budget_id=held.pk,
        computed_at=now(),
        party_day=computed.basis.party_day,
        total=held.total,
        cap=held.cap,
        what_is_cut=held.what_is_cut,
        unit=held.unit,
        municipal_half=shared.municipal_half,
        others_half=shared.others_half,
        cut=shared.cut,
        not_financed=shared.not_financed,
    )


@one_change
def decide_fees(run: FeeRun, *, by: Who, reason: str = "", seen: str = "") -> bool:
    """Note that fees are decided, by a decision of chefsgruppen."""
    check_keeps(by)
    rules.check_not_frozen(FeeRun.objects.get(pk=run.pk))
    if not (run.decided_id or run.decision_text):
        raise Refused(_("Say by which decision."), field="decided")
    run.state = RunState.DECIDED
    return record.save(run, by=by, reason=reason, seen=seen)


@one_change
def freeze_fees(run: FeeRun, *, by: Who, reason: str = "") -> bool:
    """Freeze decided fees: they are what is charged, and are never changed; a correction is a new set."""
    check_keeps(by)
    held = Budget.objects.select_for_update().get(pk=run.budget_id)
    if run.state == RunState.PROPOSED:
        raise Refused(_("Only fees that are decided are frozen."))
    rules.check_corrects(run, queries.runs(held))
    run.state = RunState.FROZEN
    return record.save(run, by=by, reason=reason)


@one_change
def save_outcome(rows: Iterable[Outcome], *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> int:
    """Save what has been booked; how many of the rows were new or changed."""
    check_keeps(by)
    return sum(record.save(row, by=by, reason=reason, seen=seen, new=new) for row in rows)


@one_change
def remove_outcome(row: Outcome, *, by: Who, reason: str = "") -> bool:
    """Take away what was booked by mistake."""
    check_keeps(by)
    return record.remove(row, by=by, reason=reason)


@one_change
def save_forecast(row: Forecast, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save what a line is expected to cost in the whole year."""
    check_keeps(by)
    return record.save(row, by=by, reason=reason, seen=seen, new=new)


@one_change
def save_billing(row: BillingParty, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save what must be known of an actor for invoices: the actor itself, or the secretariat."""
    check_speaks_for(by, row.actor_id)
    return record.save(row, by=by, reason=reason, seen=seen, new=new)

"""People lent by one actor to another for a period: one side proposes, the other answers, then the seat is made.

Whoever speaks for both sides (the secretariat, a system administrator) makes it at once. Each step stands in the
person's history.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal.who import Who
from samlad.registers.actions import one_change, save_seat
from samlad.registers.history import note, snapshot
from samlad.registers.models import Loan, Person, Seat
from samlad.registers.queries import today
from samlad.registers.rules import may_edit
from samlad.registers.seat_rules import ADMINISTERING, JOINT_ROLES, administers, belongs

LOAN_FIELDS = ("person", "lender", "actor", "role", "valid_from", "valid_to")
ROLES_ON_LOAN = frozenset({"tib", "rsk", "liaison", "picture_lead", "chief", "communicator", "secretariat", "observer"})


def speaks_for(who: Who, actor: str) -> bool:
    """Whether this reader agrees to loans on behalf of an actor."""
    return may_edit(who) or administers(who, actor)


def waiting(actor: str) -> "QuerySet[Loan]":
    """Loans proposed to or by an actor that have not been answered and could still begin to hold."""
    rows = Loan.objects.filter(Q(lender=actor) | Q(borrower=actor), agreed=None, valid_to__gt=today())
    return rows.select_related("person")


def may_answer(who: Who, loan: Loan) -> bool:
    """Whether this reader speaks for the side that has not said anything yet."""
    return loan.agreed is None and speaks_for(who, _other(loan))


def may_see(who: Who, loan: Loan) -> bool:
    """Whether this reader speaks for either side."""
    return speaks_for(who, loan.lender_id) or speaks_for(who, loan.borrower_id)


def _other(loan: Loan) -> str:
    return loan.borrower_id if loan.asked_for_id == loan.lender_id else loan.lender_id


@one_change
def propose(
    *,
    person: Person,
    lender: str,
    borrower: str,
    role: str,
    days: tuple[date, date],
    why: str,
    by: Who,
    invited: bool = False,
) -> Loan:
    """Propose a loan for the first day up to, not with, the last. `seat` is set at once when `by` speaks for both.

    `invited`: the person came by an invitation and need hold no seat at the lender, whose administrator says yes or no.
    """
    loan = Loan(person=person, lender_id=lender, borrower_id=borrower, role=role, why=why, asked_by=by.person)
    loan.valid_from, loan.valid_to = days
    _check(loan, by, invited)
    loan.asked_for_id = lender if speaks_for(by, lender) else borrower
    loan.save()
    _note(loan, "proposed", why, by)
    if speaks_for(by, lender) and speaks_for(by, borrower):
        _agree(loan, by)
    return loan


@one_change
def answer(*, loan: Loan, agree: bool, reason: str, by: Who) -> bool:
    """Agree to a loan, which makes the seat, or decline it."""
    loan = Loan.objects.select_for_update().select_related("person").get(pk=loan.pk)
    if loan.agreed is not None:
        raise Refused(_("This has been answered already."))
    if not may_answer(by, loan):
        raise Refused(_("The other actor's administrator answers this."))
    if agree:
        if loan.valid_to <= today():
            raise Refused(_("The period is over."))
        _agree(loan, by)
        return True
    loan.agreed, loan.answered_by, loan.answered_at = False, by.person, now()
    loan.save()
    _note(loan, "declined", reason, by)
    return True


@one_change
def withdraw(*, loan: Loan, by: Who) -> bool:
    """Take back what one's own side has proposed."""
    loan = Loan.objects.select_for_update().get(pk=loan.pk)
    if loan.agreed is not None or not speaks_for(by, loan.asked_for_id):
        raise Refused(_("This has been answered already."))
    loan.agreed, loan.answered_by, loan.answered_at = False, by.person, now()
    loan.save()
    _note(loan, "withdrawn", "", by)
    return True


def _check(loan: Loan, by: Who, invited: bool) -> None:
    if loan.lender_id == loan.borrower_id:
        raise Refused(_("A person is lent by another actor than the one they are lent to."), field="borrower")
    if not (speaks_for(by, loan.lender_id) or speaks_for(by, loan.borrower_id)):
        raise Refused(_("You can lend people of your own actor, or borrow people to it."))
    if loan.valid_to <= loan.valid_from:
        raise Refused(_("The last day must come after the first."), field="valid_to")
    if loan.role not in ROLES_ON_LOAN or loan.role in ADMINISTERING:
        raise Refused(_("This role is not given on loan."), field="role")
    if loan.role in JOINT_ROLES and not may_edit(by):
        raise Refused(_("This role is given by the coordination secretariat: it works for all actors."), field="role")
    if loan.person.screen or not (invited or belongs(loan.person, loan.lender_id)):
        raise Refused(_("The person has no role at the actor that would lend them."), field="lender")


def _agree(loan: Loan, by: Who) -> None:
    days = {"valid_from": max(loan.valid_from, today()), "valid_to": loan.valid_to}
    seat = Seat(person=loan.person, actor_id=loan.borrower_id, role=loan.role, lender_id=loan.lender_id, **days)
    save_seat(seat=seat, reason=loan.why, by=by, agreed=True)
    loan.agreed, loan.answered_by, loan.answered_at, loan.seat = True, by.person, now(), seat
    loan.save()


def _note(loan: Loan, action: str, reason: str, by: Who) -> None:
    days = {"valid_from": loan.valid_from, "valid_to": loan.valid_to}
    like = Seat(person=loan.person, actor_id=loan.borrower_id, lender_id=loan.lender_id, role=loan.role, **days)
    after = snapshot(like, LOAN_FIELDS)
    note(register="people", key=loan.person_id, by=by, before=None, after=after, reason=reason, action=action)

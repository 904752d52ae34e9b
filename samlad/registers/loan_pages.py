"""Lending people, as pages: proposing a loan, and answering one. 404 for who speaks for neither side."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samlad.base.answers import attempt, status
from samlad.journal.who import Who
from samlad.registers import loans
from samlad.registers.edits import READ_OR_WRITE, changing
from samlad.registers.forms import Day, some_actor
from samlad.registers.http import Request
from samlad.registers.models import Loan, Person, Role
from samlad.registers.queries import actors_ever, person_names, today
from samlad.registers.rules import may_edit
from samlad.registers.seat_rules import JOINT_ROLES, may_lend, open_seats
from samlad.registers.views import shell


class LoanForm(forms.Form):
    """Whom to lend to whom, in which role, for how long."""

    lender = forms.ChoiceField(label=_("Lent from"), help_text=_("The person's own actor. It keeps its own roles."))
    borrower = forms.ChoiceField(label=_("Lent to"), choices=some_actor)
    role = forms.ChoiceField(label=_("Role there"))
    valid_from = Day(label=_("First day"))
    valid_to = Day(label=_("First day without the role"))
    why = forms.CharField(max_length=200, label=_("Why"), help_text=_("Stands in the history beside your name."))

    def __init__(self, *args: Any, person: Person, who: Who, **options: Any) -> None:
        super().__init__(*args, **options)
        own = {seat.actor_id for seat in open_seats(today()).filter(person=person, lender=None)}
        lender, role = self.fields["lender"], self.fields["role"]
        assert isinstance(lender, forms.ChoiceField) and isinstance(role, forms.ChoiceField)
        lender.choices = [choice for choice in some_actor() if choice[0] in own]
        hidden = frozenset() if may_edit(who) else JOINT_ROLES
        role.choices = [choice for choice in Role.choices if choice[0] in loans.ROLES_ON_LOAN - hidden]


class AnswerForm(forms.Form):
    """Yes or no to a loan."""

    answer = forms.ChoiceField(choices=[("agree", _("Agree")), ("decline", _("Decline")), ("withdraw", _("Withdraw"))])
    reason = forms.CharField(required=False, max_length=200, label=_("Reason, if you decline"))


@READ_OR_WRITE
def loan_new(request: Request, key: str) -> HttpResponse:
    """Propose to lend a person, or to borrow them."""
    person = get_object_or_404(Person, key=key, screen=False)
    if not may_lend(request.who, person):
        raise Http404
    initial = {"valid_from": today(), "borrower": request.who.actor}
    form = LoanForm(request.POST or None, initial=initial, person=person, who=request.who)

    def do() -> bool:
        values = form.cleaned_data
        loan = loans.propose(
            person=person,
            lender=values["lender"],
            borrower=values["borrower"],
            role=values["role"],
            days=(values["valid_from"], values["valid_to"]),
            why=values["why"],
            by=request.who,
        )
        if loan.agreed is None:
            messages.info(request, _("The other actor's administrator now has to agree."))
        return True

    title = _("Lend %(person)s") % {"person": person.name}
    return changing(request, form, do, title=title, back=reverse("registers_person", args=[key]))


@READ_OR_WRITE
def loan(request: Request, loan: int) -> HttpResponse:
    """A proposed loan: read it, agree, decline, or withdraw it."""
    row = get_object_or_404(Loan.objects.select_related("person"), pk=loan)
    if not loans.may_see(request.who, row):
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: _answered(row, form, request.who)):
            messages.success(request, _("Saved."))
            return redirect("registers_person", row.person_id)
        row.refresh_from_db()
    names = {actor.code: actor.short for actor in actors_ever()}
    shown = {
        "loan": row,
        "form": form,
        "lender": names.get(row.lender_id, row.lender_id),
        "borrower": names.get(row.borrower_id, row.borrower_id),
        "asked_for": names.get(row.asked_for_id, row.asked_for_id),
        "asked_by": person_names([row.asked_by]).get(row.asked_by, ""),
        "can_answer": loans.may_answer(request.who, row),
        "can_withdraw": row.agreed is None and loans.speaks_for(request.who, row.asked_for_id),
    }
    return render(request, "registers/loan.html", shell(request) | shown, status=status(form))


def _answered(row: Loan, form: AnswerForm, who: Who) -> bool:
    if form.cleaned_data["answer"] == "withdraw":
        return loans.withdraw(loan=row, by=who)
    agree = form.cleaned_data["answer"] == "agree"
    return loans.answer(loan=row, agree=agree, reason=form.cleaned_data["reason"], by=who)

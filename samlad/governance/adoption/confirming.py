"""The form in which a person confirms what was read from a file: each field beside its passage."""

import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samlad.governance import record
from samlad.governance.adoption.forms import DecisionForm, PlansForm
from samlad.governance.adoption.queries import Asked, asked
from samlad.governance.adoption.read import Beside, is_proposal, of_decision, of_plans, values
from samlad.governance.adoption.standing import Standing
from samlad.governance.models import AdoptionDecision, Paper, Receiver
from samlad.governance.pages import RowForm
from samlad.governance.reading.found import Proposal
from samlad.registers.http import Request

Choices = list[tuple[str, str]]
DASHES: Final = re.compile(r"\s*[-–—]\s*")
BRACKETS: Final = re.compile(r"\([^)]*\)")


@dataclass
class Confirming:
    """The form, whether it records a decision (else what is known ahead of one), and its fields with their passages."""

    form: RowForm
    decides: bool
    beside: dict[str, Beside]
    receiver: Receiver | None

    @property
    def receiver_id(self) -> UUID:
        """Whose decision it is: known from the start, or as the person has chosen."""
        return self.receiver.pk if self.receiver else UUID(self.form.cleaned_data["receiver"])

    def row(self) -> Any:
        """The decision, or the recipient with what is planned; not saved."""
        made = self.form.row()
        if self.decides:
            made.receiver_id = self.receiver_id
            return made
        if self.receiver:
            return made
        chosen = record.row(Receiver, self.receiver_id)
        for name in PlansForm.Meta.fields:
            if self.form.cleaned_data[name]:
                setattr(chosen, name, self.form.cleaned_data[name])
        return chosen

    @property
    def fields(self) -> list[tuple[Any, Beside | None]]:
        """The fields as the page shows them, each with where it was read."""
        return [(field, self.beside.get(field.name)) for field in self.form.visible_fields() if field.name != "reason"]


def confirming(request: Request, paper: Paper, receiver: Receiver | None, proposal: Proposal | None) -> Confirming:
    """The form for a file, filled with what was read."""
    decides = proposal is None or not is_proposal(proposal)
    beside = (of_decision(proposal) if decides else of_plans(proposal)) if proposal else {}
    form: RowForm
    if decides:
        known = {"receiver": receiver} if receiver else {}
        form = DecisionForm(request.POST or None, instance=AdoptionDecision(**known), initial=None)
        del form.fields["attached"]
    else:
        form = PlansForm(request.POST or None, instance=receiver or Receiver())
    form.initial.update(values(beside))
    if receiver is None:
        choices = open_receivers()
        field = forms.ChoiceField(label=_("Whose decision on what"), choices=[("", _("Choose")), *choices])
        form.fields = {"receiver": field, **form.fields}
        form.initial["receiver"] = likely(proposal) if proposal else ""
    return Confirming(form, decides, beside, receiver)


def everyone() -> list[tuple[Asked, Standing]]:
    """All recipients of all dispatches."""
    return [(about, one) for about in asked() for one in about.standings]


def open_receivers() -> Choices:
    """Whose decision it can be: the actor and what it was asked to adopt; those that are waited for first."""
    pairs = sorted(everyone(), key=lambda pair: not pair[1].waits)
    return [(str(one.receiver.pk), f"{one.actor.name}: {about.name}") for about, one in pairs]


def likely(proposal: Proposal) -> str:
    """The recipient that the document names, and for the document that it names; "" leaves it to the person."""
    if proposal.organisation is None:
        return ""
    named = bare(proposal.organisation.value)
    found = [(about, one) for about, one in everyone() if bare(one.actor.name) == named]
    if proposal.title:
        title = bare(proposal.title.value)
        found = [pair for pair in found if bare(pair[0].title) in title or title in bare(pair[0].title)]
    else:
        found = [pair for pair in found if pair[1].waits]
    return str(found[0][1].receiver.pk) if len(found) == 1 else ""


def bare(title: str) -> str:
    """A title without what is written in different ways: capitals, kinds of dashes, what stands within brackets."""
    return " ".join(BRACKETS.sub("", DASHES.sub("-", title)).casefold().split())

"""Changing who may read an entry, and its marking: for the actor that stands behind it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from samlad.activation.forms import Identified, note_field
from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.actions import change_marking, narrow, widen
from samlad.journal.audience import named
from samlad.journal.entries import Audience, Entry, Marking, Receipt
from samlad.journal.operations import NotHere
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.rules import owns
from samlad.journal.standing import Standing
from samlad.registers.audience import AudienceFields
from samlad.registers.http import Request
from samlad.registers.readers import Circle
from samlad.registers.secrecy import decided_by, grounds
from samlad.web.entry_page import line, marked, opened_by

OPENLY = gettext_lazy(
    "Shown openly to those who may read the entry, for ever: name no person, and nothing that is secret."
)


class WidenForm(AudienceFields, Identified):
    """Who more may read it. Those who may read it now always may."""

    reason = note_field(required=False, rows=2, label=gettext_lazy("Reason"), help_text=OPENLY)
    reexamined = forms.BooleanField(
        required=False,
        label=gettext_lazy("I have examined again whether it may be disclosed to those I let in (OSL)."),
    )

    def offered(self) -> list[tuple[str, Any]]:
        """All, a network or some: the rest is not more than it was."""
        return [one for one in super().offered() if one[0] in ("all", "set", "actors")]

    def with_those(self, stands: Standing) -> Audience:
        """Those chosen, and those who may read it already."""
        chosen = self.chosen_audience()
        if chosen.to != "actors":
            return chosen
        return msgspec.structs.replace(chosen, actors=(*chosen.actors, *(named(stands.audience) or ())))


class NarrowForm(AudienceFields, Identified):
    """Who may still read it."""

    reason = note_field(
        label=gettext_lazy("Reason"),
        rows=2,
        help_text=OPENLY,
        error_messages={"required": gettext_lazy("State the reason.")},
    )

    def offered(self) -> list[tuple[str, Any]]:
        """By name only."""
        return [one for one in super().offered() if one[0] in ("set", "actors", "own")]

    def of_those(self, stands: Standing) -> Audience:
        """Those chosen; of a network those who may read it now."""
        chosen, now_named = self.chosen_audience(), named(stands.audience)
        if self.cleaned_data["audience"] != "set" or now_named is None:
            return chosen
        return msgspec.structs.replace(chosen, actors=tuple(code for code in chosen.actors if code in now_named))


class MarkingForm(Identified):
    """A ground, or none."""

    ground = forms.ChoiceField(required=False, label=gettext_lazy("Ground for secrecy"))
    reason = note_field(required=False, rows=2, label=gettext_lazy("Reason"), help_text=OPENLY)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", str(pgettext_lazy("marking", "Not marked"))), *((one.code, one.name) for one in grounds())]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]


class Task(msgspec.Struct, frozen=True):
    """An entry whose readers or marking somebody is to change, and how it stands."""

    page: OperationPage
    entry: Entry
    stands: Standing
    circle: Circle

    def context(self, request: Request) -> dict[str, Any]:
        """What every one of the forms' pages shows."""
        found = read.changes(self.page.operation.id, request.who, self.entry.id)
        let_in = [one for _number, one in found if one.kind == "journal.audience_widened"]
        return self.page.context() | {
            "entry": self.entry,
            "line": line(self.page, self.entry),
            "read_by": self.circle.read_by(self.stands.audience),
            "since": self.entry.recorded_at,
            "last_since": let_in[-1].recorded_at if let_in else None,
            "marking": marked(self.stands.marking, self.page) if self.stands.marking else None,
            "key": self.entry.id.hex,
        }


def task(request: Request, operation: UUID, entry: UUID) -> Task:
    """The entry, for somebody who may change it. Raises NotHere for everybody else."""
    page = operation_page(operation, request.who, {})
    found = read.entry(operation, request.who, entry)
    if not owns(request.who, found):
        raise NotHere
    return Task(page, found, read.standing(operation, request.who, entry), Circle.of(page.basics, request.who))


@require_http_methods(["GET", "HEAD", "POST"])
def entry_widen(request: Request, operation: UUID, entry: UUID) -> HttpResponse:
    """/operations/<operation>/entries/<entry>/widening/: let more read it."""
    what = task(request, operation, entry)
    ticked = sorted(named(what.stands.audience) or ())
    initial = {"id": new_id(), "audience": "actors" if ticked else "all", "readers": ticked}
    form = WidenForm(request.POST if request.method == "POST" else None, circle=what.circle, initial=initial)
    form.fields["reason"].required = what.stands.marking is not None

    def do() -> Receipt:
        typed = form.cleaned_data
        return widen(
            by=request.who, operation=operation, entry=entry, audience=form.with_those(what.stands),
            reason=typed["reason"], reexamined=typed["reexamined"], id=typed["id"],
        )  # fmt: skip

    return done(request, what, form, do, "web/entry_widen.html", _("More can read the entry now."))


@require_http_methods(["GET", "HEAD", "POST"])
def entry_narrow(request: Request, operation: UUID, entry: UUID) -> HttpResponse:
    """/operations/<operation>/entries/<entry>/narrowing/: let fewer read it, knowing who could, and who has."""
    what = task(request, operation, entry)
    initial = {"id": new_id(), "audience": "own"}
    form = NarrowForm(request.POST if request.method == "POST" else None, circle=what.circle, initial=initial)

    def do() -> Receipt:
        typed = form.cleaned_data
        audience = form.of_those(what.stands)
        return narrow(
            by=request.who, operation=operation, entry=entry, audience=audience, reason=typed["reason"], id=typed["id"]
        )

    told = _("Fewer can read the entry now.")
    return done(
        request, what, form, do, "web/entry_narrow.html", told, {"readings": opened_by(what.page, request.who, entry)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def entry_mark(request: Request, operation: UUID, entry: UUID) -> HttpResponse:
    """/operations/<operation>/entries/<entry>/marking/: mark it, mark it otherwise, or take the marking away."""
    what = task(request, operation, entry)
    initial = {"id": new_id(), "ground": what.stands.marking.ground if what.stands.marking else ""}
    form = MarkingForm(request.POST if request.method == "POST" else None, initial=initial)
    form.fields["reason"].required = what.stands.marking is not None

    def do() -> Receipt:
        typed = form.cleaned_data
        marking = Marking(typed["ground"], decided_by(request.who), now()) if typed["ground"] else None
        return change_marking(
            by=request.who, operation=operation, entry=entry, marking=marking, reason=typed["reason"], id=typed["id"]
        )

    told = _("The marking has been changed.")
    return done(request, what, form, do, "web/entry_mark.html", told, {"grounds": grounds()})


def done(
    request: Request,
    what: Task,
    form: Identified,
    do: Callable[[], Receipt],
    template: str,
    told: str,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Do what was sent and go back to the entry, or show the form."""
    if form.is_bound and form.is_valid() and (_receipt := attempt(form, do)):
        messages.success(request, told)
        return redirect("entry", what.page.operation.id, what.entry.id)
    context = what.context(request) | {"form": form} | (extra or {})
    return render(request, template, context, status=status(form))

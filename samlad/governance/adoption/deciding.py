"""An actor's own pages: what is planned, and what was decided. The secretariat's too, for what comes by letter."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlad.governance import papers
from samlad.governance.adoption import actions
from samlad.governance.adoption.dispatching import receiver_or_404
from samlad.governance.adoption.forms import DecisionForm, PlansForm, WhyForm
from samlad.governance.adoption.queries import standing_of
from samlad.governance.adoption.rules import on_behalf
from samlad.governance.models import AdoptionDecision, Receiver
from samlad.governance.pages import READ_OR_WRITE, changing
from samlad.governance.record import row
from samlad.governance.rules import reader_or_404, speaker_or_404
from samlad.registers.http import Request
from samlad.registers.queries import today


def own_receiver(request: Request, key: UUID) -> Receiver:
    """A recipient whose actor the reader speaks for; for anybody else it is not there."""
    reader_or_404(request.who)
    found = receiver_or_404(key)
    speaker_or_404(request.who, found.actor_id)
    return found


def about(request: Request, receiver: Receiver) -> str:
    """What a form is about, above it."""
    found = standing_of(receiver.pk)
    words = f"{found[1].actor.name}: {found[0].name}." if found else ""
    if on_behalf(request.who, receiver.actor_id):
        words += " " + _("You record it for the actor, from what it has sent in; that is shown beside it.")
    return words


@READ_OR_WRITE
def plans(request: Request, receiver: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/receivers/<receiver>/plans/: reference number, who prepares and decides, when."""
    found = own_receiver(request, receiver)
    form = PlansForm(request.POST or None, instance=found)
    return changing(
        request,
        form,
        lambda: actions.save_plans(form.row(), by=request.who, seen=form.cleaned_data["seen"], reason=form.why),
        title=gettext_lazy("Before the decision"),
        back=reverse("receiver", args=[receiver]),
        about=about(request, found),
    )


@READ_OR_WRITE
def decision_new(request: Request, receiver: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/receivers/<receiver>/decisions/new/: record what was decided, with the extract."""
    found = own_receiver(request, receiver)
    form = DecisionForm(request.POST or None, request.FILES or None, instance=proposed(found))
    return changing(
        request,
        form,
        lambda: actions.decide(form.row(), papers.examined(form.cleaned_data["attached"]), by=request.who),
        title=gettext_lazy("Record a decision"),
        back=reverse("receiver", args=[receiver]),
        about=about(request, found),
    )


def proposed(receiver: Receiver) -> AdoptionDecision:
    """A decision with what is known ahead filled in. Not saved."""
    made = AdoptionDecision(
        receiver=receiver,
        reference=receiver.reference,
        preparing_body=receiver.preparing_body,
        prepared_on=receiver.prepared_on,
        prepared_paragraph=receiver.prepared_paragraph,
        deciding_body=receiver.planned_body,
    )
    if receiver.planned_on and receiver.planned_on <= today():
        made.decided_on = receiver.planned_on
    return made


@READ_OR_WRITE
def decision_change(request: Request, decision: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/decisions/<decision>/change/: correct a record; the history keeps it as it was."""
    found = decision_or_404(request, decision)
    form = DecisionForm(request.POST or None, request.FILES or None, instance=found)

    def correct() -> bool:
        held = papers.examined(form.cleaned_data["attached"])
        return actions.decide(form.row(), held, by=request.who, seen=form.cleaned_data["seen"], reason=form.why)

    return changing(
        request,
        form,
        correct,
        title=gettext_lazy("Correct a decision"),
        back=reverse("receiver", args=[found.receiver_id]),
        about=_("A new decision of the actor's is recorded beside this one, not here."),
    )


@READ_OR_WRITE
def decision_remove(request: Request, decision: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/decisions/<decision>/remove/: take away what was never decided."""
    found = decision_or_404(request, decision)
    form = WhyForm(request.POST or None)
    return changing(
        request,
        form,
        lambda: actions.take_back(found, by=request.who, reason=form.cleaned_data["reason"]),
        title=gettext_lazy("Take a decision away"),
        back=reverse("receiver", args=[found.receiver_id]),
        about=_("Only for what was recorded by mistake. That it stood here stays in the history."),
        button=_("Take it away"),
    )


def decision_or_404(request: Request, key: UUID) -> AdoptionDecision:
    """A decision that the reader may change."""
    found = row(AdoptionDecision, key)
    if found is None:
        raise Http404
    own_receiver(request, found.receiver_id)
    return found

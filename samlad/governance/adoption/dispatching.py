"""The secretariat's pages: sending out, who receives at each actor, letters."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from samlad.base.refused import Refused
from samlad.governance.adoption import actions
from samlad.governance.adoption.forms import DispatchForm, NewReceiverForm, ReceiverForm, WhyForm
from samlad.governance.adoption.queries import asked, standing_of
from samlad.governance.adoption.recipients import default_emails, default_function
from samlad.governance.models import Dispatch, DocumentVersion, Receiver
from samlad.governance.pages import READ_OR_WRITE, changing
from samlad.governance.record import row
from samlad.governance.rules import keeper_or_404
from samlad.registers.http import Request
from samlad.registers.queries import today


@READ_OR_WRITE
def dispatch_new(request: Request) -> HttpResponse:
    """GET, POST /governance/adoption/new/ (?version=<id>): send a version out to the parties."""
    keeper_or_404(request.who)
    form = DispatchForm(request.POST or None, instance=Dispatch(sent_on=today()))
    try:
        chosen = UUID(request.GET.get("version", ""))
    except ValueError:
        chosen = None
    if chosen and DocumentVersion.objects.filter(pk=chosen).exists():
        form.initial["version"] = chosen
    return changing(
        request,
        form,
        lambda: actions.send_out(form.row(), by=request.who),
        title=gettext_lazy("Send out for adoption"),
        back=reverse("adoption"),
        done=lambda: reverse("dispatch", args=[form.row().pk]),
        about=_("The recipients and their addresses are shown next. No letter goes before you send it there."),
        button=_("Next: the recipients"),
    )


@READ_OR_WRITE
def dispatch_change(request: Request, dispatch: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/<dispatch>/change/: the reply date, the letter's text, whether it reminds."""
    keeper_or_404(request.who)
    form = DispatchForm(request.POST or None, instance=dispatch_or_404(dispatch))
    return changing(
        request,
        form,
        lambda: actions.send_out(form.row(), by=request.who, seen=form.cleaned_data["seen"], reason=form.why),
        title=gettext_lazy("Change the dispatch"),
        back=reverse("dispatch", args=[dispatch]),
    )


@READ_OR_WRITE
def dispatch_remove(request: Request, dispatch: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/<dispatch>/remove/: take back what was made by mistake."""
    keeper_or_404(request.who)
    found, form = dispatch_or_404(dispatch), WhyForm(request.POST or None)
    return changing(
        request,
        form,
        lambda: actions.take_back_dispatch(found, by=request.who, reason=form.cleaned_data["reason"]),
        title=gettext_lazy("Take the dispatch away"),
        back=reverse("dispatch", args=[dispatch]),
        done=lambda: reverse("adoption"),
        about=_(
            "Only for what was made by mistake, and before any decision. Letters that have gone can't be recalled."
        ),
        button=_("Take it away"),
    )


@READ_OR_WRITE
def receiver_remove(request: Request, receiver: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/receivers/<receiver>/remove/: take away a recipient added by mistake."""
    keeper_or_404(request.who)
    found, form = receiver_or_404(receiver), WhyForm(request.POST or None)
    return changing(
        request,
        form,
        lambda: actions.take_back_receiver(found, by=request.who, reason=form.cleaned_data["reason"]),
        title=gettext_lazy("Take the recipient away"),
        back=reverse("receiver", args=[receiver]),
        done=lambda: reverse("dispatch", args=[found.dispatch_id]),
        about=_(
            "Only for what was made by mistake, and before any decision. Letters that have gone can't be recalled."
        ),
        button=_("Take it away"),
    )


@require_POST
def letters(request: Request, dispatch: UUID) -> HttpResponse:
    """POST /governance/adoption/<dispatch>/letters/: a letter to each recipient who has had none."""
    keeper_or_404(request.who)
    found = dispatch_or_404(dispatch)
    wanted = [
        one.receiver.pk for about in asked(key=dispatch) for one in about.standings if not one.letters and one.waits
    ]
    return _sent(request, found, wanted, reverse("dispatch", args=[dispatch]))


@require_POST
def letter(request: Request, receiver: UUID) -> HttpResponse:
    """POST /governance/adoption/receivers/<receiver>/letter/: the letter to one recipient, or once more."""
    keeper_or_404(request.who)
    found = receiver_or_404(receiver)
    return _sent(request, dispatch_or_404(found.dispatch_id), [receiver], reverse("receiver", args=[receiver]))


def _sent(request: Request, dispatch: Dispatch, wanted: list[UUID], back: str) -> HttpResponse:
    try:
        count = actions.write_to(dispatch, wanted, by=request.who)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return redirect(back)
    if count:
        told = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", count)
        messages.success(request, told % {"count": count})
    else:
        messages.warning(request, _("No letter went: there is no address, or it has gone today already."))
    return redirect(back)


@READ_OR_WRITE
def receiver_new(request: Request, dispatch: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/<dispatch>/receivers/new/: send it to one more actor, which joined later."""
    keeper_or_404(request.who)
    found = dispatch_or_404(dispatch)
    proposed = Receiver(dispatch=found, sent_on=today(), function=default_function())
    form = NewReceiverForm(request.POST or None, instance=proposed)

    def add() -> bool:
        made = form.row()
        made.emails = made.emails or default_emails(made.actor_id)
        return actions.save_receiver(made, by=request.who)

    return changing(
        request,
        form,
        add,
        title=gettext_lazy("Add a recipient"),
        back=reverse("dispatch", args=[dispatch]),
        about=_("Without an address those of the actor's registrars are taken."),
    )


@READ_OR_WRITE
def receiver_change(request: Request, receiver: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/receivers/<receiver>/change/: who receives, where, and until when."""
    keeper_or_404(request.who)
    form = ReceiverForm(request.POST or None, instance=receiver_or_404(receiver))
    found = standing_of(receiver)
    return changing(
        request,
        form,
        lambda: actions.save_receiver(form.row(), by=request.who, seen=form.cleaned_data["seen"], reason=form.why),
        title=gettext_lazy("Change the recipient"),
        back=reverse("receiver", args=[receiver]),
        about=f"{found[1].actor.name}: {found[0].name}" if found else "",
    )


def dispatch_or_404(key: UUID) -> Dispatch:
    """A dispatch as it is."""
    found = row(Dispatch, key)
    if found is None:
        raise Http404
    return found


def receiver_or_404(key: UUID) -> Receiver:
    """A recipient as it is."""
    found = row(Receiver, key)
    if found is None:
        raise Http404
    return found

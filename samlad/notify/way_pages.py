"""How somebody is reached: their own page, and the forms about one way, which an actor's switchboard shares."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samlad.base.answers import attempt, status
from samlad.base.refused import Refused
from samlad.notify import channels, way_actions, way_tests
from samlad.notify.channels.push.keys import public_key
from samlad.notify.channels.webhook.signing import shared_secret
from samlad.notify.way_addresses import shown
from samlad.notify.way_forms import CodeForm, NothingForm, PushForm, WayForm, offered
from samlad.notify.way_models import Channel, Way
from samlad.notify.way_rules import Owner, may_change
from samlad.notify.ways import WayState, number_not_understood
from samlad.registers.http import Request

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


def lines(states: list[WayState]) -> list[dict[str, object]]:
    """Ways as the list shows them to their owner."""
    used = set(channels.in_use())
    return [
        {
            "id": state.id,
            "channel": Channel(state.channel).label,
            "address": shown(state.channel, state.address),
            "label": state.label,
            "state": state,
            "in_use": state.channel in used,
            "secret": webhook_secret(state),
        }
        for state in states
    ]


def webhook_secret(state: WayState) -> str:
    """What the receiver of our webhooks checks their signature with; "" for other channels."""
    section = settings.CHANNELS.sections.get("webhook")
    return shared_secret(section, state.address) if section is not None and state.channel == "webhook" else ""


@require_safe
def my_ways(request: Request) -> HttpResponse:
    """GET /ways/: the reader's own ways, in order."""
    owner = own(request)
    section = settings.CHANNELS.sections.get("push")
    context = {
        "lines": lines(way_actions.states(owner)),
        "unused": [(channel, Channel(channel).label) for channel in way_actions.unused(owner)],
        "can_add": bool(offered(owner)),
        "push_key": public_key(section) if section is not None and not settings.DEMO else "",
        "push_form": PushForm(),
        "owner": owner,
        "no_number": number_not_understood(owner.person),
    }
    return render(request, "notify/my_ways.html", context)


@READ_OR_WRITE
def way_new(request: Request) -> HttpResponse:
    """State a way of one's own."""
    return adding(request, own(request), reverse("my_ways"))


def adding(request: Request, owner: Owner, back: str) -> HttpResponse:
    """The form for a new way; then on to testing it."""
    form = WayForm(request.POST or None, owner=owner)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: way_actions.add(owner=owner, by=request.who, **form.cleaned_data))
        if made is not None:
            messages.success(request, _("Added. Test it, so that you know that it works."))
            return redirect(back)
    context = {"form": form, "back": back, "owner": owner}
    return render(request, "notify/way_new.html", context, status=status(form))


@require_POST
def way_push(request: Request) -> HttpResponse:
    """Take what this browser gave to be reached by, and test it at once."""
    form = PushForm(request.POST)
    owner = own(request)
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(form, lambda: way_actions.add(owner=owner, channel="push", by=request.who, **values))
        if made is not None:
            return testing(request, owner, str(made.pk))
    for error in (sentence for sentences in form.errors.values() for sentence in sentences):
        messages.error(request, str(error))
    return redirect("my_ways")


@require_POST
def way_move(request: Request, way: str) -> HttpResponse:
    """Move a way up or down."""
    owner = owner_of(request, way)
    return done(request, owner, lambda: way_actions.move(owner=owner, id=way, up="up" in request.POST, by=request.who))


@require_POST
def way_mark(request: Request, way: str) -> HttpResponse:
    """Say whether a switchboard may be called in an exercise."""
    owner = owner_of(request, way)
    if not owner.actor:
        raise Http404
    wanted = request.POST.get("exercises") == "1"
    return done(request, owner, lambda: way_actions.mark(owner=owner, id=way, exercises=wanted, by=request.who))


@require_POST
def way_back(request: Request) -> HttpResponse:
    """Use the register's number or address on a channel again."""
    owner, channel = own(request), request.POST.get("channel", "")
    return done(request, owner, lambda: way_actions.back(owner=owner, channel=channel, by=request.who))


@READ_OR_WRITE
def way_remove(request: Request, way: str) -> HttpResponse:
    """Ask whether a way is to be removed, and remove it."""
    owner = owner_of(request, way)
    state = state_of(owner, way)
    form = NothingForm(request.POST or None)
    if request.method == "POST":

        def do() -> bool:
            way_actions.remove(owner=owner, id=way, by=request.who)
            return True

        if attempt(form, do):
            messages.success(request, _("Removed."))
            return redirect(page_of(owner))
    context = {"form": form, "line": lines([state])[0], "back": page_of(owner)}
    return render(request, "notify/way_remove.html", context, status=status(form))


@require_POST
def way_test(request: Request, way: str) -> HttpResponse:
    """Send a test on a way."""
    owner = owner_of(request, way)
    state_of(owner, way)
    return testing(request, owner, way)


def testing(request: Request, owner: Owner, id: str) -> HttpResponse:
    """Send a test, say how it went, and go on to where its code is typed."""
    try:
        started = way_tests.start(owner=owner, id=id, by=request.who.person)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return redirect(page_of(owner))
    if started.trouble is not None:
        messages.error(request, _("The test could not be sent: %(trouble)s.") % {"trouble": started.trouble.label})
        return redirect(page_of(owner))
    if settings.DEMO:
        told = _("This is a demo and nothing is sent. The code would have been %(code)s.")
        messages.info(request, told % {"code": started.code})
    return redirect("way_code", str(started.test.way_id))


@READ_OR_WRITE
def way_code(request: Request, way: str) -> HttpResponse:
    """Where the code of a test is typed."""
    owner = owner_of(request, way)
    state = state_of(owner, way)
    row = way_actions.row(owner, way)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def do() -> bool:
            way_tests.confirm_by_code(way=row, code=form.cleaned_data["code"])
            return True

        if attempt(form, do):
            messages.success(request, _("It works."))
            return redirect(page_of(owner))
    test = way_tests.latest(row)
    context = {"form": form, "line": lines([state])[0], "test": test, "back": page_of(owner)}
    return render(request, "notify/way_code.html", context, status=status(form))


def own(request: Request) -> Owner:
    """The reader as an owner of ways; nobody else has a page of their own."""
    if request.user.screen:
        raise Http404
    return Owner(person=request.who.person)


def owner_of(request: Request, id: str) -> Owner:
    """Whose way it is, where the reader decides on it: otherwise it is not there."""
    _channel, _colon, person = id.partition(":")
    if person:
        owner = Owner(person=person)
    elif id.isascii() and id.isdecimal() and len(id) < 18:
        row = get_object_or_404(Way, pk=int(id))
        owner = Owner(person=row.person, actor=row.actor)
    else:
        raise Http404
    if request.user.screen or not may_change(request.who, owner):
        raise Http404
    return owner


def state_of(owner: Owner, id: str) -> WayState:
    """How a way stands."""
    try:
        return way_actions.state_of(owner, id)
    except Refused as refused:
        raise Http404 from refused


def page_of(owner: Owner) -> str:
    """The page on which an owner's ways are."""
    return reverse("my_ways") if owner.person else reverse("actor_ways", args=[owner.actor])


def done(request: Request, owner: Owner, do: Callable[[], None]) -> HttpResponse:
    """Do something that needs no form, and back to the list."""
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    return redirect(page_of(owner))

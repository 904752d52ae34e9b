"""The pages of networks of actors: to list them, read one, make, change and end one."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samlad.base.answers import attempt, status
from samlad.journal.who import Who
from samlad.registers import network_actions as actions
from samlad.registers.actions import stamp
from samlad.registers.forms import Reasoned
from samlad.registers.history import changes_of
from samlad.registers.http import Request
from samlad.registers.models import ActorSet, Category
from samlad.registers.networks import may_keep, may_keep_own, may_see, members_on
from samlad.registers.queries import ActorView, actors_ever, parties, swedish_key, today
from samlad.registers.rules import may_edit
from samlad.registers.views import shell

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


class NetworkForm(Reasoned):
    """A network: its name, for whom it is, and who is in it."""

    name = forms.CharField(max_length=80, label=gettext_lazy("Name"))
    owner = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say for whom it is.")},
    )
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Actors in it"), error_messages={"required": gettext_lazy("Choose at least one actor.")}
    )
    source = forms.CharField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Where it says who belongs to it, if that is written somewhere."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    field_order = ("name", "owner", "members", "source", "reason")

    def __init__(self, *args: Any, who: Who, actors: Iterable[ActorView], fixed: bool = False, **options: Any) -> None:
        """`actors`: those that can be in it; `fixed`: it is made already, and stays for whom it was made."""
        super().__init__(*args, **options)
        self.actors = list(actors)
        self.fields["members"].choices = [(one.code, one.short) for one in self.actors]  # type: ignore[attr-defined]
        if fixed:
            del self.fields["owner"]
            return
        own = [(who.actor, _("Only my own actor's people"))] if may_keep_own(who) else []
        common = [("", _("All who write in an operation"))] if may_edit(who) else []
        self.fields["owner"].choices = [*common, *own]  # type: ignore[attr-defined]
        self.fields["owner"].required = not common
        self.fields["owner"].initial = "" if common else who.actor

    @property
    def groups(self) -> list[tuple[str, list[tuple[ActorView, bool]]]]:
        """The actors by category, each with whether it is ticked."""
        ticked = set(self["members"].value() or ())
        listed = [
            (str(category.label), [(one, one.code in ticked) for one in self.actors if one.category == category.value])
            for category in Category
        ]
        return [(label, members) for label, members in listed if members]


def found(request: Request, id: UUID, *, to_keep: bool = False) -> ActorSet:
    """A network that this reader may see, or keep. Raises Http404."""
    network = ActorSet.objects.filter(pk=id).first()
    if network is None or not may_see(request.who, network) or (to_keep and not may_keep(request.who, network)):
        raise Http404
    return network


def named(codes: Iterable[str]) -> list[ActorView]:
    """Actors in the usual order, under their latest names."""
    wanted = set(codes)
    return [one for one in actors_ever() if one.code in wanted]


@require_safe
def networks(request: Request) -> HttpResponse:
    """/registers/networks/: those of all, and those of the reader's own actor."""
    day, who = today(), request.who
    names = {one.code: one.short for one in actors_ever()}
    rows: dict[str, list[tuple[ActorSet, list[str]]]] = {"common": [], "own": [], "ended": []}
    for row in sorted(ActorSet.objects.all(), key=lambda one: swedish_key(one.name)):
        if not may_see(who, row):
            continue
        ended = row.valid_to is not None and row.valid_to <= day
        place = "ended" if ended else "own" if row.owner_id else "common"
        members = members_on(row.pk, day)
        rows[place].append((row, sorted((names.get(code, code) for code in members), key=swedish_key)))
    shown = rows | {"own_name": names.get(who.actor, who.actor), "can_make": may_edit(who) or may_keep_own(who)}
    return render(request, "registers/networks.html", shell(request) | shown)


@require_safe
def network_page(request: Request, network: UUID) -> HttpResponse:
    """/registers/networks/<network>/: one network, who is in it, and what was changed."""
    row = found(request, network)
    ended = row.valid_to is not None and row.valid_to <= today()
    shown = {
        "network": row,
        "ended": ended,
        "members": named(members_on(row.pk, today())),
        "owner_name": next((one.short for one in named([row.owner_id or ""])), row.owner_id),
        "may_keep": may_keep(request.who, row) and not ended,
        "changes": changes_of(actions.register_of(row), str(row.pk)),
    }
    return render(request, "registers/network.html", shell(request) | shown)


@READ_OR_WRITE
def network_new(request: Request) -> HttpResponse:
    """/registers/networks/new/: for the secretariat, and for those who keep their own actor's."""
    who = request.who
    if not (may_edit(who) or may_keep_own(who)):
        raise Http404
    form = NetworkForm(request.POST or None, who=who, actors=parties(today()))
    row = ActorSet(valid_from=today())
    if form.is_bound and form.is_valid() and saved(form, row, who):
        messages.success(request, _("Saved."))
        return redirect("registers_network", row.pk)
    shown = {"form": form, "title": _("New network"), "back": reverse("registers_networks")}
    return render(request, "registers/network_edit.html", shell(request) | shown, status=status(form))


@READ_OR_WRITE
def network_edit(request: Request, network: UUID) -> HttpResponse:
    """/registers/networks/<network>/edit/: its name and who is in it."""
    row = found(request, network, to_keep=True)
    day = today()
    if row.valid_to is not None and row.valid_to <= day:
        raise Http404
    state = actions.state_of(row)
    listed = {one.code: one for one in parties(day)} | {one.code: one for one in named(state["members"])}
    initial = {"name": row.name, "source": row.source, "members": state["members"], "seen": stamp(state)}
    form = NetworkForm(request.POST or None, who=request.who, actors=listed.values(), fixed=True, initial=initial)
    back = reverse("registers_network", args=[row.pk])
    if form.is_bound and form.is_valid():
        if saved(form, row, request.who):
            messages.success(request, _("Saved."))
            return redirect(back)
        form.data = request.POST.copy()
        form.data["seen"] = stamp(actions.state_of(found(request, network)))
    shown = {"form": form, "title": _("Change a network"), "back": back}
    return render(request, "registers/network_edit.html", shell(request) | shown, status=status(form))


@READ_OR_WRITE
def network_end(request: Request, network: UUID) -> HttpResponse:
    """/registers/networks/<network>/end/: it can be chosen no more."""
    row = found(request, network, to_keep=True)
    form = Reasoned(request.POST or None)
    back = reverse("registers_network", args=[row.pk])
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.end_network(network=row, reason=reason, by=request.who)) is not None:
            messages.success(request, _("The network is ended."))
            return redirect("registers_networks")
    shown = {"form": form, "title": _("End the network %(name)s") % {"name": row.name}, "back": back}
    return render(request, "registers/edit.html", shell(request) | shown, status=status(form))


def saved(form: NetworkForm, row: ActorSet, who: Who) -> bool:
    """Save what was typed; False where it was refused."""
    typed = form.cleaned_data
    row.name, row.source = typed["name"], typed["source"]
    if "owner" in typed:
        row.owner_id = typed["owner"] or None

    def do() -> bool:
        return actions.save_network(
            network=row, members=typed["members"], reason=typed["reason"], by=who, seen=typed["seen"]
        )

    return attempt(form, do) is not None

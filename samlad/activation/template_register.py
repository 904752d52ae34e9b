"""The register of what is prepared for a call-out: read by all, changed by the secretariat, with its history."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samlad.activation import template_edits as edits
from samlad.activation.models import AnswerOption, BridgeDefault, CallOutTemplate, LadderTimes
from samlad.activation.prepared import OPERATION_KINDS, times_for
from samlad.activation.template_forms import KIND_NAMES, STEPS, AnswerForm, BridgeForm, TextForm, TimesForm
from samlad.base.answers import attempt, status
from samlad.journal.who import Who
from samlad.registers.actions import stamp
from samlad.registers.history import ChangeView, changes_of
from samlad.registers.http import Request
from samlad.registers.models import Role
from samlad.registers.region_import import REASON
from samlad.registers.rules import may_edit
from samlad.registers.views import shell

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])
Rows = tuple[type[Model], Callable[..., Any], Promise]
TEXT: Final = "text"
EDITED: Final[dict[str, Rows]] = {
    TEXT: (CallOutTemplate, TextForm, gettext_lazy("Change a prepared text")),
    "times": (LadderTimes, TimesForm, gettext_lazy("Change the times")),
    "answer": (AnswerOption, AnswerForm, gettext_lazy("Change an answer")),
    "bridge": (BridgeDefault, BridgeForm, gettext_lazy("Change the conference bridge")),
}
PARTS: Final = {
    "text": pgettext_lazy("prepared", "Text"),
    "times": pgettext_lazy("prepared", "Times"),
    "answer": pgettext_lazy("prepared", "Answer"),
    "bridge": gettext_lazy("Conference bridge"),
}
NEW: Final = {TEXT: gettext_lazy("New prepared text"), "answer": gettext_lazy("New answer")}


@require_safe
def call_out(request: Request) -> HttpResponse:
    """/registers/call-out/: everything that is prepared, and what was changed."""
    texts = list(CallOutTemplate.objects.all())
    shown = {
        "texts": [(row, KIND_NAMES.get(row.operation_kind, ""), [Role(role).label for role in row.roles])
                  for row in texts if row.valid],
        "unused": [row for row in texts if not row.valid],
        "times": [(kind, KIND_NAMES[kind], times_for(kind)) for kind in OPERATION_KINDS if kind != "ordinary"],
        "steps": STEPS,
        "answers": AnswerOption.objects.all(),
        "bridge": BridgeDefault.objects.first(),
        "changes": [named(one) for one in changes_of(edits.REGISTER, *keys(texts)) if one.reason != REASON],
    }  # fmt: skip
    return render(request, "activation/call_out_register.html", shell(request) | shown)


def named(change: ChangeView) -> ChangeView:
    """A change with what it is of, since the page has several things."""
    part, _colon, code = change.key.partition(":")
    name = f"{PARTS[part]} {KIND_NAMES.get(code, code) if part == 'times' else code}".strip()
    return msgspec.structs.replace(change, action=f"{name}: {change.action}")


def keys(texts: list[CallOutTemplate]) -> list[str]:
    """Under what the changes of all of it stand in the history."""
    times = [edits.key_of(LadderTimes(operation_kind=kind)) for kind in OPERATION_KINDS]
    rows = [*texts, *AnswerOption.objects.all(), BridgeDefault()]
    return [*(edits.key_of(row) for row in rows), *times]


@READ_OR_WRITE
def text_new(request: Request) -> HttpResponse:
    """/registers/call-out/texts/new/: one more prepared text."""
    return new(request, TEXT)


@READ_OR_WRITE
def answer_new(request: Request) -> HttpResponse:
    """/registers/call-out/answers/new/: one more answer to choose."""
    return new(request, "answer")


def new(request: Request, what: str) -> HttpResponse:
    """The page of a row that is not there yet."""
    if not may_edit(request.who):
        raise Http404
    form = EDITED[what][1](request.POST or None, new=True)
    return edited(request, form, what, None, str(NEW[what]))


@READ_OR_WRITE
def edit(request: Request, part: str, prepared: str) -> HttpResponse:
    """/registers/call-out/<part>/<prepared>/edit/: one text, answer, kind's times, or the bridge."""
    row = found(part, prepared) if may_edit(request.who) else None
    if row is None:
        raise Http404
    state = edits.state_of(row)
    initial = state | {"phone": state.get("bridge_phone"), "seen": stamp(state)}
    form = EDITED[part][1](request.POST or None, initial=initial)
    return edited(request, form, part, row, str(EDITED[part][2]))


def found(what: str, code: str) -> Model | None:
    """The row that a page changes; times and the bridge are there before anybody has said anything else."""
    if what == "times":
        return times_for(code) if code in OPERATION_KINDS else None
    if what == "bridge":
        return (BridgeDefault.objects.first() or BridgeDefault(pk=1)) if code == "default" else None
    if what == TEXT:
        return CallOutTemplate.objects.filter(code=code).first()
    return AnswerOption.objects.filter(code=code).first() if what == "answer" else None


def edited(request: Request, form: Any, what: str, row: Model | None, title: str) -> HttpResponse:
    """The page of a form, or on to the register when it has been saved."""
    back = reverse("registers_call_out")
    if form.is_bound and form.is_valid() and saved(form, row, request.who):
        messages.success(request, _("Saved."))
        return redirect(back)
    about = getattr(row, "code", "") if row else ""
    if isinstance(row, LadderTimes):
        about = str(KIND_NAMES[row.operation_kind])
    shown = {"form": form, "title": f"{title}: {about}" if about else title, "back": back, "what": what}
    return render(request, "activation/call_out_edit.html", shell(request) | shown, status=status(form))


def saved(form: Any, row: Model | None, who: Who) -> bool:
    """Save what was typed; False where it was refused, and then the next press is about what is stored now."""
    code = "" if row is None or isinstance(row, BridgeDefault) else str(getattr(row, "code", row.pk))
    typed: forms.Form = form

    def do() -> bool:
        cleaned = typed.cleaned_data
        new_row = form.row(code) if row is not None else form.row()
        edits.save(row=new_row, reason=cleaned["reason"], by=who, seen=cleaned["seen"], new=row is None)
        return True

    if attempt(typed, do):
        return True
    if row is not None and (now_is := type(row)._default_manager.filter(pk=row.pk).first()):
        data = QueryDict(mutable=True)
        data.update(form.data)
        data["seen"] = stamp(edits.state_of(now_is))
        form.data = data
    return False

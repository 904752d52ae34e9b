"""The register of processing, one person's data as a file, and decisions on how long things are kept."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from samlad.base.answers import attempt, status
from samlad.privacy import actions
from samlad.privacy.forms import DecisionForm
from samlad.privacy.holdings import HOLDINGS, holding
from samlad.privacy.models import RetentionRun
from samlad.privacy.queries import Period, decided, known, period, shreddable
from samlad.privacy.queries import on_person as all_on
from samlad.privacy.rules import may_decide
from samlad.privacy.titles import TITLES
from samlad.registers.history import note
from samlad.registers.http import Request
from samlad.registers.models import Person
from samlad.registers.queries import person_names

RUNS = 20


@dataclass(frozen=True)
class KindRow:
    """A kind of entry, and how long it is kept after an operation, or an exercise, has closed."""

    name: str
    title: str | Promise
    kept: Period
    kept_exercises: Period


@require_safe
def register(request: Request) -> HttpResponse:
    """The register of processing (GDPR art. 30): for everybody with an account."""
    decisions = decided()
    holdings = [(own, period(own.name, known=decisions)) for own in HOLDINGS]
    rows = [
        KindRow(
            kind.name,
            TITLES.get(kind.name, kind.name),
            period(kind.name, known=decisions),
            period(kind.name, exercises=True, known=decisions),
        )
        for kind in shreddable()
    ]
    runs = [titled(run) for run in RetentionRun.objects.all()[:RUNS]] if may_decide(request.who) else []
    shown = {
        "holdings": holdings,
        "kinds": rows,
        "may_decide": may_decide(request.who),
        "runs": runs,
        "names": person_names({found.by for found in decisions.values()}),
    }
    return render(request, "privacy/register.html", shown)


def titled(run: RetentionRun) -> dict[str, Any]:
    """What the worker removed, under its title."""
    own = holding(run.what)
    title = own.title if own else TITLES.get(run.what, run.what)
    return {"title": title, "at": run.at, "before": run.before, "removed": run.removed}


@require_safe
def mine(request: Request) -> HttpResponse:
    """Everything there is on the reader, as a JSON file."""
    return as_file(all_on(request.user.key), request.user.username)


@require_safe
def on_person(request: Request, key: str) -> HttpResponse:
    """Everything there is on somebody, for an administrator who answers that person's question. It is noted."""
    if not may_decide(request.who):
        raise Http404
    person = get_object_or_404(Person, key=key)
    if request.method == "HEAD":  # nothing is taken out
        return HttpResponse()
    note(
        register="people", key=person.key, by=request.who, before={}, after={}, action="exported",
        reason=str(_("Everything there is on the person was taken out (GDPR art. 15)")),
    )  # fmt: skip
    return as_file(all_on(person.key), person.username)


def as_file(found: dict[str, Any], username: str) -> HttpResponse:
    """A JSON file to save, for nobody's cache."""
    body = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    name = "".join(letter for letter in username if letter.isascii() and (letter.isalnum() or letter in "-_"))
    headers = {"Content-Disposition": f'attachment; filename="samlad-{name}.json"', "Cache-Control": "no-store"}
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, what: str) -> HttpResponse:
    """Decide how long a holding or a kind of entry is kept; `?exercises=1` for exercises only."""
    if not may_decide(request.who) or not known(what):
        raise Http404
    exercises = request.GET.get("exercises") == "1"
    present = period(what, exercises=exercises)
    form = DecisionForm(request.POST or None, initial={"days": present.days, "ground": present.ground})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            lambda: actions.decide(
                by=request.who, what=what, days=given["days"], ground=given["ground"], exercises=exercises
            ),
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect("privacy")
    own = holding(what)
    title = own.title if own else TITLES.get(what, what)
    shown = {"form": form, "title": title, "exercises": exercises, "kind": own is None}
    return render(request, "privacy/decide.html", shown, status=status(form))

"""The pages of joint goals and capabilities."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samlad.governance import record
from samlad.governance.documents.lists import asked_on
from samlad.governance.documents.queries import Library
from samlad.governance.goals import actions, matrix
from samlad.governance.goals.forms import AreaForm, GoalForm, GoalRemovalForm, VisionForm
from samlad.governance.goals.models import Capability, Goal, GoalArea, SubCapability, Vision
from samlad.governance.goals.queries import Goals, current_vision
from samlad.governance.goals.toml_text import written
from samlad.governance.lists import attached
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.governance.rules import keeper_or_404, reader_or_404
from samlad.registers.history import ChangeView
from samlad.registers.http import Request
from samlad.registers.queries import today

TAKE_AWAY = _("Take away")
TOML = "application/toml; charset=utf-8"


@require_safe
def goals(request: Request) -> HttpResponse:
    """GET /governance/goals/: the joint goals of all periods, the current ones first."""
    reader_or_404(request.who)
    on = on_day(request)
    known, library = Goals(on), Library(on)
    now = current_vision(on or today(), on)
    shown = []
    for one in sorted(known.visions.values(), key=lambda one: one != now):
        version = library.versions.get(one.version_id) if one.version_id else None
        where = library.standing(version, on or today()) if version else None
        areas = known.areas_of(one)
        lines = [(area, len(known.goals_of(area))) for area in areas]
        shown.append((one, where, lines, one == now))
    content = {"visions": shown, "current": now, "end": asked_on(on), "capabilities": known.capabilities.values()}
    return page(request, "governance/goals.html", content | {"seen_on": True}, on=on)


@require_safe
def vision(request: Request, vision: str) -> HttpResponse:
    """GET /governance/goals/<vision>/: the goals of a period."""
    reader_or_404(request.who)
    on = on_day(request)
    known, library = Goals(on), Library(on)
    found = known.vision(vision)
    if found is None:
        raise Http404
    version = library.versions.get(found.version_id) if found.version_id else None
    areas = [(area, [(goal, known.aims(goal)) for goal in known.goals_of(area)]) for area in known.areas_of(found)]
    shown = {
        "vision": found,
        "version": version,
        "version_name": library.name(version) if version else "",
        "stands": library.standing(version, on or today()) if version else None,
        "areas": areas,
        "ours": any(getattr(aim, "ours", False) for _area, goals in areas for _goal, aims in goals for aim in aims),
        "end": asked_on(on),
        "seen_on": True,
    }
    return page(request, "governance/vision.html", shown, on=on, changes=history(found))


def history(found: Vision) -> list[ChangeView]:
    """What was changed of a period's goals, latest first, with those that are gone."""
    areas = record.keys_ever(GoalArea, "vision", found.pk)
    every = [
        *record.changes(Vision, found.pk),
        *record.changes(GoalArea, *areas),
        *record.changes(Goal, *record.keys_ever(Goal, "area", *areas)),
    ]
    return sorted(every, key=lambda change: change.at, reverse=True)


@require_safe
def goals_matrix(request: Request, vision: str) -> HttpResponse:
    """GET /governance/goals/<vision>/capabilities/: which goals aim at which capabilities."""
    reader_or_404(request.who)
    on = on_day(request)
    known = Goals(on)
    found = known.vision(vision)
    if found is None:
        raise Http404
    shown = {"vision": found, "matrix": matrix.matrix(known, found), "end": asked_on(on), "seen_on": True}
    return page(request, "governance/goals_matrix.html", shown, on=on)


@require_safe
def capabilities(request: Request) -> HttpResponse:
    """GET /governance/goals/capabilities/: the basic capabilities and their parts."""
    reader_or_404(request.who)
    on = on_day(request)
    known = Goals(on)
    found = matrix.capabilities(known, request.GET)
    if file := found.file():
        return file
    shown = {
        "capabilities": known.capabilities.values(),
        "list": found,
        "ours": any(one.ours for one in known.subs.values()),
        "end": asked_on(on),
        "seen_on": True,
    }
    changes = [*record.changes(SubCapability, *known.subs), *record.changes(Capability, *known.capabilities)]
    changes.sort(key=lambda change: change.at, reverse=True)
    return page(request, "governance/capabilities.html", shown, on=on, changes=changes)


@require_safe
def goals_file(request: Request) -> HttpResponse:
    """GET /governance/goals/goals.toml: all goals and capabilities as a file to write on."""
    reader_or_404(request.who)
    return attached(written(Goals(on_day(request)).content()).encode(), TOML, "malbilder-och-formagor.toml")


@require_safe
def vision_file(request: Request, vision: str) -> HttpResponse:
    """GET /governance/goals/<vision>/goals.toml: the goals of a period as a file to write on."""
    reader_or_404(request.who)
    known = Goals(on_day(request))
    found = known.vision(vision)
    if found is None:
        raise Http404
    return attached(written(known.content(found)).encode(), TOML, f"{vision}.toml")


@READ_OR_WRITE
def vision_new(request: Request) -> HttpResponse:
    """GET+POST /governance/goals/new/."""
    keeper_or_404(request.who)
    form = VisionForm(request.POST or None)

    def do() -> bool:
        return actions.save_vision(form.row(), by=request.who, new=True)

    def done() -> str:
        return reverse("vision", args=[form.row().code])

    return changing(request, form, do, title=_("Joint goals of a new period"), back=reverse("goals"), done=done)


@READ_OR_WRITE
def vision_change(request: Request, vision: str) -> HttpResponse:
    """GET+POST /governance/goals/<vision>/change/."""
    keeper_or_404(request.who)
    stored = found_vision(vision)
    form = VisionForm(request.POST or None, instance=stored)

    def do() -> bool:
        return actions.save_vision(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    return changing(request, form, do, title=stored.title, back=reverse("vision", args=[vision]))


@READ_OR_WRITE
def goal_area_new(request: Request, vision: str) -> HttpResponse:
    """GET+POST /governance/goals/<vision>/areas/new/."""
    keeper_or_404(request.who)
    of = found_vision(vision)
    form = AreaForm(request.POST or None, instance=GoalArea(vision=of))

    def do() -> bool:
        return actions.save_area(form.row(), by=request.who, new=True)

    return changing(
        request, form, do, title=_("A new goal area"), about=of.title, back=reverse("vision", args=[vision])
    )


@READ_OR_WRITE
def goal_area_change(request: Request, goal_area: UUID) -> HttpResponse:
    """GET+POST /governance/goals/areas/<goal_area>/change/."""
    keeper_or_404(request.who)
    stored = found_area(goal_area)
    form = AreaForm(request.POST or None, instance=stored)

    def do() -> bool:
        return actions.save_area(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    back = reverse("vision", args=[stored.vision.code])
    return changing(request, form, do, title=stored.name, about=stored.vision.title, back=back)


@READ_OR_WRITE
def goal_new(request: Request, goal_area: UUID) -> HttpResponse:
    """GET+POST /governance/goals/areas/<goal_area>/goals/new/."""
    keeper_or_404(request.who)
    of = found_area(goal_area)
    form = GoalForm(request.POST or None, instance=Goal(area=of))

    def do() -> bool:
        return actions.save_goal(form.row(), form.aimed_at(), by=request.who, new=True)

    return changing(
        request, form, do, title=_("A new goal"), about=of.name, back=reverse("vision", args=[of.vision.code])
    )


@READ_OR_WRITE
def goal_change(request: Request, goal: UUID) -> HttpResponse:
    """GET+POST /governance/goals/goals/<goal>/change/."""
    keeper_or_404(request.who)
    stored = found_goal(goal)
    form = GoalForm(request.POST or None, instance=stored)

    def do() -> bool:
        seen = form.cleaned_data["seen"]
        return actions.save_goal(form.row(), form.aimed_at(), by=request.who, reason=form.why, seen=seen)

    back = reverse("vision", args=[stored.area.vision.code])
    return changing(
        request, form, do, title=_("Goal %(code)s") % {"code": stored.code}, about=stored.area.name, back=back
    )


@READ_OR_WRITE
def goal_area_remove(request: Request, goal_area: UUID) -> HttpResponse:
    """GET+POST /governance/goals/areas/<goal_area>/remove/: an area without goals."""
    keeper_or_404(request.who)
    stored = found_area(goal_area)
    form = GoalRemovalForm(request.POST or None)

    def do() -> bool:
        return actions.remove_area(stored, by=request.who, reason=form.cleaned_data["reason"])

    back, title = reverse("vision", args=[stored.vision.code]), _("Take away the goal area")
    return changing(request, form, do, title=title, back=back, about=stored.name, button=TAKE_AWAY)


@READ_OR_WRITE
def goal_remove(request: Request, goal: UUID) -> HttpResponse:
    """GET+POST /governance/goals/goals/<goal>/remove/."""
    keeper_or_404(request.who)
    stored = found_goal(goal)
    form = GoalRemovalForm(request.POST or None)

    def do() -> bool:
        return actions.remove_goal(stored, by=request.who, reason=form.cleaned_data["reason"])

    back = reverse("vision", args=[stored.area.vision.code])
    return changing(request, form, do, title=_("Take away the goal"), back=back, about=stored.text, button=TAKE_AWAY)


def found_vision(code: str) -> Vision:
    """The goals of this code. Raises Http404."""
    found = Vision.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def found_area(key: UUID) -> GoalArea:
    """The goal area of this id. Raises Http404."""
    found = GoalArea.objects.select_related("vision").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def found_goal(key: UUID) -> Goal:
    """The goal of this id. Raises Http404."""
    found = Goal.objects.select_related("area__vision").filter(pk=key).first()
    if found is None:
        raise Http404
    return found

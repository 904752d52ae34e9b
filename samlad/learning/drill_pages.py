"""The reports of test alarms, as pages, sheets and on paper."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.base.clock import STOCKHOLM, now
from samlad.base.sheets import sheet
from samlad.journal.operations import readable
from samlad.learning import drill_tables as tables
from samlad.learning.drill_pdf import as_pdf
from samlad.learning.drill_queries import (
    Report,
    Result,
    announced_for,
    anonymous,
    in_earnest,
    report,
    results,
    running,
)
from samlad.learning.drill_rules import may_plan, may_see_actor, may_see_all, may_see_report, may_start
from samlad.learning.drill_statistics import by, summary
from samlad.learning.drill_words import minutes_text
from samlad.notify.models import Trouble
from samlad.notify.way_rules import may_see_states
from samlad.registers.http import Request
from samlad.registers.queries import ActorView, actors_ever, parties, person_names, today


@require_safe
def drills(request: Request) -> HttpResponse:
    """GET /drills/: all actors together; one by one for the coordinator and the secretariat. ?format=csv."""
    who, here = request.who, parties(today())
    if not may_see_report(who, any(actor.code == who.actor for actor in here)):
        raise Http404
    sees_all = may_see_all(who)
    found = results() if sees_all else anonymous(results())
    whole = report(found)
    by_actor = actor_rows(whole) if sees_all else []
    if request.GET.get("format") == "csv":
        return download(_("All actors together"), shown(found, whole), by_actor, "alla")
    latest = found[-1] if sees_all and found else None
    context = {
        "sees_all": sees_all,
        "may_plan": may_plan(who),
        "may_start": may_start(who),
        "own": next((actor for actor in here if actor.code == who.actor), None),
        "coming": [(moment(at), plan.title) for at, plan in announced_for(who.actor, now())],
        "running": (drill := running()),
        "may_open": drill is not None and readable(who).filter(pk=drill.pk).exists(),
        "made_up": any(result.drill.made_up for result in found),
        "latest": latest,
        "last_list": sorted((outcome(latest, code) for code in latest.called.actors), key=missed_first)
        if latest
        else [],
        "shown": shown(found, whole) if whole.samples else None,
        "by_actor": by_actor,
    }
    return render(request, "learning/drills.html", context)


@require_safe
def drill_actor(request: Request, code: str) -> HttpResponse:
    """GET /drills/actors/<code>/: one actor over time, beside the median of all. ?format=csv."""
    actor, found, own = of_actor(request, code)
    table = shown(found, own, report(anonymous(results()))) if own.samples else None
    history = [outcome(result, code) for result in reversed(found)]
    if request.GET.get("format") == "csv" and table:
        return download(actor.name, table, [], code, history)
    latest = found[-1] if found else None
    context = {
        "actor": actor,
        "shown": table,
        "made_up": any(result.drill.made_up for result in found),
        "latest": history[0] if history else None,
        "history": history,
        "earnest": [in_earnest_row(result, code) for result in in_earnest(request.who, code)],
        "lost": not_through(latest, code) if latest else [],
        "links": links(request, code),
    }
    return render(request, "learning/drill_actor.html", context)


@require_safe
def drill_actor_pdf(request: Request, code: str) -> HttpResponse:
    """GET /drills/actors/<code>.pdf: the same on one sheet of paper."""
    actor, found, own = of_actor(request, code)
    if not own.samples:
        raise Http404
    made_up = any(result.drill.made_up for result in found)
    history = [outcome(result, code) for result in reversed(found)]
    pdf = as_pdf(
        actor.name,
        shown(found, own, report(anonymous(results()))),
        history,
        not_through(found[-1], code),
        made_up=made_up,
    )
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="larmprov-{code}.pdf"'
    return answer


def of_actor(request: Request, code: str) -> tuple[ActorView, list[Result], Report]:
    """An actor, the test alarms it was in, and its report. Raises Http404."""
    actor = next((one for one in actors_ever() if one.code == code), None)
    if actor is None or not may_see_actor(request.who, code):
        raise Http404
    here = parties(today())
    found = [result for result in results() if code in result.called.actors]
    if not found and code not in {one.code for one in here}:
        raise Http404
    return actor, found, report(found, code)


def shown(found: Sequence[Result], it: Report, others: Report | None = None) -> tables.Shown:
    """A report with its plots; `others` is drawn beside an actor's own."""
    return tables.Shown(
        whole=tables.row("", it.whole),
        trend=tables.trend_of(found, it, others),
        hours=tables.hours_of(it),
        by_drill=tables.by_drill(found, it),
        by_hour=tables.by_hour(it),
        by_way=tables.by_way(it),
        by_role=tables.by_role(it),
    )


def actor_rows(whole: Report) -> list[tables.Row]:
    """One row for each actor, those that were missed the most first."""
    names = {actor.code: actor.short for actor in actors_ever()}
    found = [
        tables.row(names.get(code, code), summary(some), reverse("drill_actor", args=[code]))
        for code, some in by(whole.samples, lambda one: one.actor).items()
    ]
    return sorted(found, key=lambda row: (-row.unreached, row.label))


def outcome(result: Result, code: str) -> tables.Outcome:
    """How it went for an actor."""
    names = {actor.code: actor.short for actor in actors_ever()}
    mine = next(one for one in result.samples if one.actor == code)
    dead = len({(one.person, one.channel) for one in result.lost_of(code) if one.dead})
    way, role = (tables.way_name(mine.way), tables.role_name(mine.role)) if mine.minutes is not None else ("", "")
    return tables.Outcome(
        code,
        names.get(code, code),
        result.drill.title,
        tables.drill_label(result),
        minutes_text(mine.minutes),
        way,
        role,
        dead,
    )


def in_earnest_row(result: Result, code: str) -> tables.Outcome:
    """How it went for an actor in earnest, under the operation's own name."""
    label = f"{result.drill.title}, {moment(result.drill.due_at)}"
    return msgspec.structs.replace(outcome(result, code), label=label)


def missed_first(one: tables.Outcome) -> tuple[bool, bool]:
    """The order of a list: those that did not answer, then those with a number that is no good."""
    return bool(one.minutes), not one.dead


def not_through(result: Result, code: str) -> list[tables.NotThrough]:
    """What did not get through at an actor."""
    lost = result.lost_of(code)
    names = person_names(one.person for one in lost)
    whys = dict(Trouble.choices)
    return [
        tables.NotThrough(
            person=names.get(one.person, "") or (_("Not known") if one.person or one.role else _("Switchboard")),
            role=tables.role_name(one.role) if one.role else "",
            channel=tables.channel_name(one.channel),
            why=str(whys.get(one.trouble, one.trouble)),
            dead=one.dead,
        )
        for one in lost
    ]


def links(request: Request, code: str) -> list[tuple[str, str]]:
    """Where the unreached and the dead numbers lead on to, for those who can put them right."""
    keeps = code == request.who.actor and "actor_administrator" in request.who.roles
    if not keeps and not may_plan(request.who):
        return []
    ways = [(_("Ways to be reached"), reverse("actor_ways", args=[code]))] if may_see_states(request.who, code) else []
    return [
        *ways,
        (_("Who lacks what"), reverse("registers_gaps")),
        (_("Who is on duty"), reverse("registers_roster", args=[code])),
        (_("People and numbers"), reverse("our_people", args=[code])),
    ]


def download(
    title: str,
    it: tables.Shown,
    by_actor: Sequence[tables.Row],
    name: str,
    history: Sequence[tables.Outcome] = (),
) -> HttpResponse:
    """All of a report's tables as one sheet; the first row says that it is about exercises. `history`: one actor's."""
    rows: list[list[object]] = [[_("EXERCISE"), _("Test alarms"), title]]
    if history:
        rows += [[], [_("Each test alarm"), *tables.outcome_heads()]]
        rows += [[*one.cells] for one in history]
    parts = (
        (_("Each test alarm"), [] if history else it.by_drill),
        (_("By hour of the day"), it.by_hour),
        (_("By way of answering"), it.by_way),
        (_("By role"), it.by_role),
        (_("By actor"), by_actor),
    )
    for heading, some in parts:
        if some:
            rows += [[], [heading, *tables.heads()], *([*row.cells] for row in some)]
    answer = HttpResponse(sheet(rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="samlad-larmprov-{name}-{today()}.csv"'
    return answer


def moment(at: datetime) -> str:
    """Weekday, date and time in Stockholm."""
    return date_format(at.astimezone(STOCKHOLM), "l j F Y H:i")

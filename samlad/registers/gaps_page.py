"""Who lacks what, as a page and as a sheet."""

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.base.clock import STOCKHOLM
from samlad.base.sheets import sheet
from samlad.registers.gaps import LACKS, Gap, gaps_of
from samlad.registers.http import Request
from samlad.registers.queries import parties, today
from samlad.registers.roster_gaps import RosterGap, roster_gaps
from samlad.registers.roster_pages import told
from samlad.registers.seat_rules import administers, may_see_gaps
from samlad.registers.views import shell


@require_safe
def gaps(request: Request) -> HttpResponse:
    """GET /registers/gaps/: all parties for the secretariat, one's own for an actor's administrator. ?format=csv, and
    rosters.csv for the gaps ahead in rosters."""
    who = request.who
    if may_see_gaps(who):
        found = gaps_of(parties(today()))
    elif administers(who, who.actor):
        found = gaps_of(actor for actor in parties(today()) if actor.code == who.actor)
    else:
        raise Http404
    in_rosters = told(roster_gaps([gap.actor.code for gap in found]))
    heads = [str(label) for label, _weight in LACKS.values()]
    if request.GET.get("format") == "rosters.csv":
        return _download_rosters(in_rosters)
    if request.GET.get("format") == "csv":
        return _download(found, heads)
    shown = {"gaps": found, "heads": heads, "whole": sum(not gap.lacks for gap in found), "in_rosters": in_rosters}
    return render(request, "registers/gaps.html", shell(request) | shown)


def _download(found: Iterable[Gap], heads: list[str]) -> HttpResponse:
    words = {True: _("yes"), False: _("missing"), None: ""}
    rows: list[list[object]] = [[_("Actor"), *heads, _("Actor administrators")]]
    rows += [[gap.actor.name, *(words[has] for has in gap.has()), gap.administrators] for gap in found]
    answer = HttpResponse(sheet(rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="samlad-roller-{today()}.csv"'
    return answer


def _download_rosters(gaps: Iterable[tuple[RosterGap, str, bool]]) -> HttpResponse:
    rows: list[list[object]] = [[_("Actor"), _("Role"), _("From"), _("To"), _("What")]]
    rows += [[gap.actor, gap.role, _clock(gap.starts), _clock(gap.ends), words] for gap, words, _open in gaps]
    answer = HttpResponse(sheet(rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="samlad-luckor-{today()}.csv"'
    return answer


def _clock(moment: datetime | None) -> str:
    return moment.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M") if moment else ""

"""Who lacks what, as a page and as a sheet."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.base.sheets import sheet
from samlad.registers.gaps import LACKS, Gap, gaps_of
from samlad.registers.http import Request
from samlad.registers.queries import parties, today
from samlad.registers.seat_rules import administers, may_see_gaps
from samlad.registers.views import shell


@require_safe
def gaps(request: Request) -> HttpResponse:
    """GET /registers/gaps/: all parties for the secretariat, one's own for an actor's administrator. ?format=csv."""
    who = request.who
    if may_see_gaps(who):
        found = gaps_of(parties(today()))
    elif administers(who, who.actor):
        found = gaps_of(actor for actor in parties(today()) if actor.code == who.actor)
    else:
        raise Http404
    heads = [str(label) for label, _weight in LACKS.values()]
    if request.GET.get("format") == "csv":
        return _download(found, heads)
    shown = {"gaps": found, "heads": heads, "whole": sum(not gap.lacks for gap in found)}
    return render(request, "registers/gaps.html", shell(request) | shown)


def _download(found: Iterable[Gap], heads: list[str]) -> HttpResponse:
    words = {True: _("yes"), False: _("missing"), None: ""}
    rows: list[list[object]] = [[_("Actor"), *heads, _("Actor administrators")]]
    rows += [[gap.actor.name, *(words[has] for has in gap.has()), gap.administrators] for gap in found]
    answer = HttpResponse(sheet(rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="samlad-roller-{today()}.csv"'
    return answer

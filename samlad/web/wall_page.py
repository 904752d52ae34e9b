"""The wall of a control room: an operation's front page, live and large, with nothing to press.

For wall screens only (`samlad.accounts.walls`); a person has the front page itself. When one operation is open it is
shown at once; of several, one is chosen. The page is fetched again every few minutes, so that a screen that was
revoked, or an operation that was opened meanwhile, shows also without script.
"""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samlad.journal import live
from samlad.journal.live import LivePage, Region
from samlad.journal.models import Operation
from samlad.journal.operations import readable
from samlad.journal.page import operation_page
from samlad.journal.queries import basics
from samlad.journal.who import Who
from samlad.registers.http import Request
from samlad.web import front_page

AGAIN: Final = 300  # seconds until the page is fetched again
CHOOSING: Final = 60
CLOSED_SHOWN: Final = 3
LINK: Final = re.compile(r"<a\b([^>]*?)\s+href=\"[^\"]*\"([^>]*)>")


def without_links(html: str) -> Region:
    """The same HTML with its links as plain text: a wall has nothing to press."""
    plain = LINK.sub(r"<span\1\2>", html).replace("</a>", "</span>")
    return Region(plain, getattr(html, "version", html))


def regions(operation: UUID, who: Who, params: Mapping[str, str], at: int) -> dict[str, str]:
    """The front page's regions, without links."""
    return {name: without_links(html) for name, html in front_page.regions(operation, who, params, at).items()}


WALL: Final = LivePage("wall", regions)


def on_screens_only(request: Request) -> None:
    """Raise 404 for everybody who is a human."""
    if not request.user.screen:
        raise Http404


def open_operations(who: Who) -> list[tuple[Operation, str]]:
    """The operations that are open, newest first, with their titles."""
    return [(one, basics(one.id, who).title) for one in readable(who).filter(closed_at=None)]


@require_safe
def wall(request: Request) -> HttpResponse:
    """GET /wall/: the only open operation, or a choice among several. ?choose always shows the choice."""
    on_screens_only(request)
    opened = open_operations(request.who)
    if len(opened) == 1 and "choose" not in request.GET:
        return redirect("wall_operation", opened[0][0].id)
    closed = readable(request.who).exclude(closed_at=None)[:CLOSED_SHOWN]
    shown = {
        "opened": opened,
        "closed": [(one, basics(one.id, request.who).title) for one in closed],
        "again": CHOOSING,
    }
    return render(request, "web/wall.html", shown)


@require_safe
def wall_operation(request: Request, operation: UUID) -> HttpResponse:
    """GET /wall/<operation>/: its front page."""
    on_screens_only(request)
    who = request.who
    page = operation_page(operation, who, {})
    situation = front_page.situation_of(page, who)
    listed = front_page.rows(situation)
    html = {name: without_links(it) for name, it in front_page.regions_of(page, who, situation, listed).items()}
    url = live.url("wall", operation, who, get_language() or "sv", position=page.position)
    groups = front_page.groups(page.basics, listed)
    others = [one for one in open_operations(who) if one[0].id != operation]
    context = page.context(url) | {
        "regions": html,
        "groups": [(label, [(it, html[f"actor-{it.code}"]) for it in members]) for label, members in groups],
        "tiles": [html[f"tile-{tile.code}"] for tile in front_page.mapped(page.basics)],
        "others": others,
        "again": AGAIN,
    }
    return render(request, "web/wall_operation.html", context)

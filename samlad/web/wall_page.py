"""The wall of a control room: an operation's front page, live and large, with nothing to press.

For wall screens only (`samlad.accounts.walls`); a person has the front page itself. When one operation is open it is
shown at once; of several, one is chosen. The page is fetched again every few minutes, so that a screen that was
revoked, or an operation that was opened meanwhile, shows also without script.
"""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samlad.activation import live as calling
from samlad.activation.asked import calls_of
from samlad.activation.calling_fold import CallOut
from samlad.journal import live
from samlad.journal.live import LivePage, Region
from samlad.journal.models import Operation
from samlad.journal.operations import readable
from samlad.journal.page import OperationPage, operation_page
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
    """The front page's regions and what the latest call-out adds up to, without links."""
    page = operation_page(operation, who, {"at": str(at)})
    if not page.basics.replayed:
        page = msgspec.structs.replace(page, as_of=None)  # an open page counts from now
    found = front_page.regions(operation, who, params, at)
    return {**{name: without_links(html) for name, html in found.items()}, **called(page, who)}


def called(page: OperationPage, who: Who) -> dict[str, str]:
    """The sum of the latest call-out, whom to call by hand, and channels that do not work; nothing where there is none
    that is to be answered. No names of people: a wall is seen by whoever passes."""
    call, html = board(page, who)
    if call is None or call.withdrawn_at or call.called.purpose == "inform":
        return {}
    return {name: html[name] for name in ("calling-summary", "calling-hand", "calling-down")}


def board(page: OperationPage, who: Who) -> tuple[CallOut | None, dict[str, str]]:
    """The latest call-out and every region of its board, without links and names."""
    call = calling.chosen(calls_of(page.operation.id, who, page.at or page.position), "")
    if call is None:
        return None, {}
    html = calling.regions_of(page, call, calling.board_of(page, call, named=False), "all")
    return call, {name: without_links(it) for name, it in html.items()}


def board_regions(operation: UUID, who: Who, params: Mapping[str, str], at: int) -> dict[str, str]:
    """The whole board on a wall: what its stream sends."""
    page = operation_page(operation, who, {"at": str(at)})
    if not page.basics.replayed:
        page = msgspec.structs.replace(page, as_of=None)
    return board(page, who)[1]


WALL: Final = LivePage("wall", regions)
WALL_CALLING: Final = LivePage("wall_calling", board_regions)


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
    calls = called(page, who)
    url = live.url("wall", operation, who, get_language() or "sv", position=page.position)
    groups = front_page.groups(page.basics, listed)
    others = [one for one in open_operations(who) if one[0].id != operation]
    context = page.context(url) | {
        "regions": html,
        "calls": list(calls.values()),
        "groups": [(label, [(it, html[f"actor-{it.code}"]) for it in members]) for label, members in groups],
        "tiles": [html[f"tile-{tile.code}"] for tile in front_page.mapped(page.basics)],
        "others": others,
        "again": AGAIN,
    }
    return render(request, "web/wall_operation.html", context)


@require_safe
def wall_calling(request: Request, operation: UUID) -> HttpResponse:
    """GET /wall/<operation>/calling/: the board of the latest call-out."""
    on_screens_only(request)
    page = operation_page(operation, request.who, {})
    call, html = board(page, request.who)
    url = live.url("wall_calling", operation, request.who, get_language() or "sv", position=page.position)
    context = page.context(url) | {
        "call": call,
        "regions": {name.removeprefix("calling-"): it for name, it in html.items() if name.startswith("calling-")},
        "rows": [it for name, it in html.items() if name.startswith("call-")],
        "again": AGAIN,
    }
    return render(request, "web/wall_calling.html", context)

"""What needs no sign-in: the link in a test message, and the worker that shows notices in a browser."""

from pathlib import Path
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from samlad.notify.way_models import Channel
from samlad.notify.way_tests import by_token, confirm_by_token

WORKER: Final = Path(__file__).parent / "static" / "notify" / "push_worker.js"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def way_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a test: a page with one button. Looking at it confirms nothing, since programs look at links."""
    test = by_token(token)
    if test is None:
        return render(request, "notify/way_confirm.html", {"gone": True}, status=404)
    if request.method == "POST" and confirm_by_token(token):
        return render(request, "notify/way_confirm.html", {"confirmed": True})
    return render(request, "notify/way_confirm.html", {"channel": Channel(test.way.channel).label})


@login_not_required
@require_safe
def push_worker(request: HttpRequest) -> HttpResponse:
    """The script that a browser runs when a notice comes. Here, not among the static files: it is for all addresses."""
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer

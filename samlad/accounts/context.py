"""What stands above every page while it holds: that this session is past the organisation's own sign-in."""

from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from samlad.accounts.session_seats import SESSION_GLASS, glass_of
from samlad.registers.http import Request


def standing(request: HttpRequest) -> dict[str, str]:
    """`standing`: HTML for base/page.html. One query, and only in a session that has broken the glass."""
    session = getattr(request, "session", None)
    if session is None or not session.get(SESSION_GLASS):
        return {}
    glass = glass_of(cast(Request, request))
    return {"standing": render_to_string("accounts/standing.html", {"glass": glass}) if glass else ""}

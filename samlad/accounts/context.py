"""What stands above every page while it holds: that this session is past the organisation's own sign-in."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from samlad.accounts.session_seats import SESSION_GLASS, glass_of


def standing(request: HttpRequest) -> dict[str, str]:
    """`standing`: HTML for base/page.html. One query, and only in a session that has broken the glass."""
    session = getattr(request, "session", None)
    if session is None or not session.get(SESSION_GLASS):
        return {}
    glass = getattr(request, "glass", None) or glass_of(request)
    return {"standing": render_to_string("accounts/standing.html", {"glass": glass}, request=None) if glass else ""}

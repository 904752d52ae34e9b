"""What every answer carries, and which requests from other sites are not answered."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from samlad.base.security import noted
from samlad.journal.who import NOBODY
from samlad.web.headers import KEPT_NOWHERE, LEAVING, headers

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
ELSEWHERE: Final = frozenset({"cross-site", "same-site"})
EMBEDDED: Final = frozenset({"object", "embed", "iframe", "frame", "fencedframe"})


def security_headers(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Strict headers on everything; what is no static file is kept nowhere. Outermost, so that nothing goes past it."""

    def with_headers(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        for name, value in headers().items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", KEPT_NOWHERE)
        note_refusal(request, response.status_code)
        if signed_out(request, response):
            for name, value in LEAVING.items():
                response.headers[name] = value
        return response

    return with_headers


def signed_out(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether somebody has just pressed Sign out. Not where a session has run out: the text they have begun is kept."""
    match = request.resolver_match
    return match is not None and match.view_name == "sign_out" and response.status_code == 302


def note_refusal(request: HttpRequest, status: int) -> None:
    """In the security log: somebody signed in has asked for what is not for them, or not there."""
    who, match = getattr(request, "who", NOBODY), request.resolver_match
    if status in (403, 404) and match is not None and who.person:
        noted("access_refused", person=who.person, actor=who.actor, route=match.view_name, status=status)


def same_site(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuse what another site makes a browser ask for: any change, and any answer that would not be a page of its own.

    Beside Django's token, which it does not replace: here speaks the browser itself (Sec-Fetch-Site), which no page can
    forge. Browsers that do not say are left to the token. Views that are meant to be posted to from elsewhere are
    marked `csrf_exempt`: an identity provider's answer. Not so those that only do without Django's token
    (`same_site_only`): the page behind a link in a message, where the link itself is the secret.
    """

    def checked(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def process_view(request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        meant = getattr(view, "csrf_exempt", False) and not getattr(view, "same_site_only", False)
        if meant or not foreign(request):
            return None
        noted("request_refused", reason="cross-site", method=request.method or "", address=request.META["REMOTE_ADDR"])
        raise PermissionDenied

    checked.process_view = process_view  # type: ignore[attr-defined]  # where Django looks for it
    return checked


def foreign(request: HttpRequest) -> bool:
    """Whether the browser says that another site asks, and for more than to show a page of ours in its own window."""
    if request.headers.get("Sec-Fetch-Site", "") not in ELSEWHERE:
        return False
    if request.method not in SAFE:
        return True
    shown = request.headers.get("Sec-Fetch-Mode") == "navigate"
    return not shown or request.headers.get("Sec-Fetch-Dest", "") in EMBEDDED

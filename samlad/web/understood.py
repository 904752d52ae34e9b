"""Requests that nobody here means: said back in a sentence, before they reach what they could break."""

import codecs
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.http import parse_header_parameters

Answer = Callable[[HttpRequest], HttpResponseBase]
OURS: Final = frozenset({"utf-8", "ascii"})
OTHER: Final = "samlad.other_charset"


def take_charset(environ: dict[str, Any]) -> None:
    """Take the charset out of what the bridge hands to Django, and note it where it is not ours.

    Django believes a charset when it begins to read a request, where nothing catches what that leads to: some of
    Python's codecs are no charsets (base64) and fail.
    """
    kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
    charset = parameters.pop("charset", "")
    try:
        ours = not charset or codecs.lookup(charset).name in OURS
    except (LookupError, ValueError):
        ours = True  # nobody knows it; Django leaves it aside
    if charset:
        boundary = f'; boundary="{parameters["boundary"]}"' if "boundary" in parameters else ""
        environ["CONTENT_TYPE"] = kind + boundary
    if not ours:
        environ[OTHER] = charset


def in_utf8(answer: Answer) -> Answer:
    """Middleware: 400 for a request in another encoding than our pages and forms have. Of what it holds Django would
    keep replacement characters: a lost text."""

    def understood(request: HttpRequest) -> HttpResponseBase:
        if OTHER in request.META:
            # Rendered here: Django's own handler of bad requests would read the form for its token.
            return HttpResponseBadRequest(render_to_string("400.html"))
        return answer(request)

    return understood


def not_by_this_method(answer: Answer) -> Answer:
    """Middleware: a page for people on 405, which Django leaves empty."""

    def explained(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    return explained

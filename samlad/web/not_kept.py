"""Tells the browser to keep no draft of a text that may not be here."""

from collections.abc import Callable

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from samlad.journal import classified

KEEP = "X-Samlad-Keep"


def keep_no_draft(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: where what was posted was not taken and a text of it carries a marking of security classification,
    form.js throws away the draft it has kept, whatever else was wrong with the form."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if request.method == "POST" and response.status_code >= 400 and marked(request):
            response.headers[KEEP] = "no"
        return response

    return answered


def marked(request: HttpRequest) -> bool:
    """Whether a posted text carries a marking. What has not been read as a form is not read here either."""
    posted: QueryDict | None = getattr(request, "_post", None)
    return posted is not None and any(classified.found(text) for _name, texts in posted.lists() for text in texts)

"""What a reader gets when an answer fails: a page with a sentence, never a bare "server error"."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

AGAIN = "5"  # seconds: when it is worth trying again


def failed(request: HttpRequest) -> HttpResponse:
    """Django's handler500: 503 when it is the database that is full, locked or gone, else 500.

    Neither page asks the database for anything. The form's script keeps the text and sends it again by itself.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": AGAIN})
    return server_error(request)

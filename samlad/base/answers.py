"""What a view does with an action's two ways of not being done, and how a form that was sent by script is answered.

A page that refuses looks as it did, with the sentence in it, what was typed, and an HTTP status that says so.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from samlad.base.refused import CANNOT_SAVE, NotKept, Refused, Unavailable

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
GetResponse = Callable[[HttpRequest], HttpResponse]

INVALID = 422
REFUSED = 409
UNAVAILABLE = 503


def attempt(form: BaseForm, do: Callable[[], Result]) -> Result | None:
    """Does `do()` and returns what it returns; None when it was refused or could not be done.

    The reason is then an error in the form: at its field when the rule names one that the form has, else for the
    whole form. `status(form)` tells the HTTP status. `do` must not return None: a receipt, an id, True.
    """
    try:
        return do()
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, str(refused.sentence))
        form.status = REFUSED  # type: ignore[attr-defined]  # read by status() only
        if isinstance(refused, NotKept):
            form.not_kept = refused  # type: ignore[attr-defined]  # read by base/form_errors.html
    except Unavailable as unavailable:
        form.add_error(None, str(unavailable.sentence))
        form.status = UNAVAILABLE  # type: ignore[attr-defined]
    except (OperationalError, InterfaceError):  # the same, in an action that has a transaction of its own
        logger.exception("the database could not take an action")
        form.add_error(None, str(CANNOT_SAVE))
        form.status = UNAVAILABLE  # type: ignore[attr-defined]
    return None


def status(form: BaseForm) -> int:
    """The HTTP status for a page with this form: 200 at first, 422 badly filled in, 409 refused, 503 not now."""
    if not form.is_bound:
        return 200
    found: int | None = getattr(form, "status", None)
    return found or (INVALID if form.errors else 200)


def follow_by_script(get_response: GetResponse) -> GetResponse:
    """Middleware: tells form.js where to go instead of redirecting it.

    A redirect that a script follows fetches the next page twice and swallows its messages. Plain forms are redirected
    as ever.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("X-Samlad-Form") and response.status_code in (301, 302, 303, 307, 308):
            location = response.headers["Location"]
            response.status_code = 204
            response.content = b""
            response.headers["X-Samlad-Location"] = location
            del response.headers["Location"]
        return response

    return middleware

"""Fetching a file that goes with an entry. It is given to those who may read the entry, and opened by no browser."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from samlad.journal import files, read, reading
from samlad.journal.audience import may_open
from samlad.journal.entries import FileAttached
from samlad.journal.operations import NotHere
from samlad.journal.page import operation_page
from samlad.registers.http import Request

# Should a browser open it all the same: without scripts, as a page of no site, with nothing fetched.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_safe
def file(request: Request, operation: UUID, entry: UUID) -> HttpResponse:
    """GET /operations/<operation>/files/<entry>/: the file of an entry; where it is marked, that it was fetched is
    noted first."""
    operation_page(operation, request.who, {})
    told = read.opened(operation, request.who, entry)
    if not isinstance(told.payload, FileAttached) or (told.marking and not may_open(request.who)):
        raise NotHere
    if read.entry(operation, request.who, told.payload.entry).payload is None:
        raise NotHere
    content = files.content(operation, entry)
    if content is None:
        raise NotHere
    if request.method != "HEAD":
        reading.note(request.who, [told], "file")
    return HttpResponse(
        content,
        content_type=told.payload.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, told.payload.name) or "attachment",
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )

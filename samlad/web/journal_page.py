"""All entries of an operation, newest first: who said what, and when."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samlad.journal import read, reading
from samlad.journal.page import operation_page
from samlad.journal.shown import shown
from samlad.registers.http import Request

SHOWN = 100


@require_safe
def journal(request: Request, operation: UUID) -> HttpResponse:
    """GET /operations/<operation>/journal/: SHOWN entries at a time; `before` is a position to go back from."""
    page = operation_page(operation, request.who, request.GET)
    last = page.at or page.position
    before = request.GET.get("before", "")
    until = min(int(before) - 1, last) if before.isascii() and before.isdigit() and len(before) < 10 else last
    entries = read.entries(operation, request.who, until=until, last=SHOWN)
    language = get_language() or "sv"
    lines = [
        (number, entry, page.basics.short(entry.actor), shown(entry, page.basics, language))
        for number, entry in reversed(entries)
    ]
    first = entries[0][0] if entries else 1
    older = first if first > 1 else None
    newer = min(until + SHOWN, last) + 1 if until < last else None
    context = page.context() | {"lines": lines, "older": older, "newer": newer, "last": last}
    context["on_duty"] = request.who.on_duty and not page.at
    return render(request, "web/journal.html", context)


@require_safe
def entries_json(request: Request, operation: UUID) -> HttpResponse:
    """GET /api/v1/operations/<operation>/entries?after=N: the entries after a position of the reader, as JSON.

    Marked ones come with their texts: it is an export, and logged as one where there is anything in it.
    """
    page = operation_page(operation, request.who, request.GET)
    after = request.GET.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        return JsonResponse({"error": "after: not a position"}, status=400)
    covered = read.entries(operation, request.who, after=int(after), until=page.at)[:1000]
    found = read.with_texts(operation, request.who, covered)
    reading.note(request.who, (entry for _number, entry in found), "export")
    return HttpResponse(read.encoded(found), content_type="application/json")

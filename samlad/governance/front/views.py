"""The front page of governance."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samlad.governance.pages import page
from samlad.governance.rules import reader_or_404
from samlad.registers.http import Request


@require_safe
def governance(request: Request) -> HttpResponse:
    """GET /governance/."""
    reader_or_404(request.who)
    return page(request, "governance/front.html", {})

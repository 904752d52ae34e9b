"""Setting up a second factor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samlad.accounts.middleware import while_weak


@require_safe
@while_weak
def set_up(request: HttpRequest) -> HttpResponse:
    """Where somebody with only a password is led: set up a passkey, or one-time codes."""
    return render(request, "accounts/set_up.html")

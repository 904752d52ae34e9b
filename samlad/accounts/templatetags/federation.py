"""`{% federation next %}`: a way in for each identity provider; `{% federation_own %}`: on one's own account's page;
`{% federation_again %}`: where one confirms who one is."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings

from samlad.accounts.federation_state import choices
from samlad.accounts.models import ExternalId
from samlad.accounts.session_seats import SESSION_PROVIDER

register = template.Library()


@register.inclusion_tag("accounts/federation_choices.html")
def federation(next: str) -> dict[str, object]:
    """The identity providers, with a word about those that do not answer."""
    found = choices()
    return {"choices": found, "silent": [choice for choice in found if choice.silent], "next": next}


@register.inclusion_tag("accounts/federation_own.html", takes_context=True)
def federation_own(context: dict[str, Any]) -> dict[str, object]:
    """Which organisations' sign-ins lead to one's account; nothing where there are none."""
    if not settings.FEDERATION.providers:
        return {"shown": False}
    return {"shown": True, "count": ExternalId.objects.filter(person=context["request"].user).count()}


@register.inclusion_tag("accounts/federation_again.html", takes_context=True)
def federation_again(context: dict[str, Any]) -> dict[str, object]:
    """A way to confirm by the provider that one signed in by; nothing in other sessions."""
    request = context["request"]
    provider = settings.FEDERATION.get(request.session.get(SESSION_PROVIDER) or "")
    posted = request.method == "POST"
    came_from = urlsplit(request.headers.get("Referer", "")).path if posted else request.get_full_path()
    return {"provider": provider, "next": came_from or "/", "posted": posted}

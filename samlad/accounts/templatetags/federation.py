"""`{% federation next %}`: on the sign-in page, a way in for each identity provider."""

from django import template

from samlad.accounts.federation_state import choices

register = template.Library()


@register.inclusion_tag("accounts/federation_choices.html")
def federation(next: str) -> dict[str, object]:
    """The identity providers, with a word about those that do not answer."""
    found = choices()
    return {"choices": found, "silent": [choice for choice in found if choice.silent], "next": next}

"""Connecting persons to what identity providers call them. Never by name or e-mail: by hand, or by showing both."""

from collections.abc import Collection
from contextlib import suppress
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samlad.accounts.federation import Provider
from samlad.accounts.federation_saml import idp_of
from samlad.accounts.identity import NotProven, Proven
from samlad.accounts.models import ExternalId
from samlad.accounts.session_seats import of_provider
from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal.who import Who
from samlad.registers.actions import one_change
from samlad.registers.history import note
from samlad.registers.models import Person
from samlad.registers.queries import SeatView, seats_of

FIELD: Final = "external_id"
TAKEN: Final = _("This identity belongs to another person here. Ask your administrator.")


@one_change
def link(person: Person, issuer: str, subject: str, by: Who, reason: str = "") -> ExternalId:
    """Let what `issuer` calls `subject` be this person from now on. Does nothing when it is already.

    The history, which everybody with a role can read, says at which provider: what it calls them may be a personal
    identity number.

    Raises Refused when it is somebody else.
    """
    issuer, subject = issuer.strip(), subject.strip()
    if not issuer or not 0 < len(subject) <= 255 or not subject.isprintable():
        raise Refused(_("Write the identity as the identity provider tells it."), field="subject")
    known = ExternalId.objects.filter(issuer=issuer, subject=subject).select_related("person").first()
    if known is not None and known.person != person:
        raise Refused(TAKEN, field="subject")
    if known is not None:
        return known
    added = ExternalId.objects.create(person=person, issuer=issuer, subject=subject, added_by=by.person)
    note(register="people", key=person.key, by=by, before={FIELD: ""}, after={FIELD: issuer}, reason=reason)
    return added


@one_change
def unlink(identity: ExternalId, by: Who, reason: str = "") -> None:
    """Take away what connects a person to an identity provider."""
    note(
        register="people",
        key=identity.person_id,
        by=by,
        before={FIELD: identity.issuer},
        after={FIELD: ""},
        reason=reason,
    )
    identity.delete()


def person_of(proven: Proven) -> Person | None:
    """Whom the identity belongs to, if anybody."""
    found = ExternalId.objects.filter(issuer=proven.issuer, subject=proven.subject).select_related("person").first()
    if found is None:
        return None
    ExternalId.objects.filter(pk=found.pk).update(used_at=now())
    return found.person


def vouched_seats(person: Person, provider: Provider) -> tuple[SeatView, ...]:
    """The seats of a person that a provider can vouch for today."""
    return of_provider(provider, seats_of(person.key))


def issuers(only: Collection[str] | None = None) -> dict[str, str]:
    """The issuers of the providers that can be used now (`only`: those of these ids), with the provider's name."""
    found = {}
    for provider in settings.FEDERATION.providers:
        if only is None or provider.id in only:
            with suppress(NotProven):
                found[issuer_of(provider)] = provider.name
    return found


def issuer_of(provider: Provider) -> str:
    """What stands as issuer in a provider's answers: of a SAML provider its entity id. Raises NotProven."""
    return provider.issuer if provider.kind == "oidc" else str(idp_of(provider)["entityId"])

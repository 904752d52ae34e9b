"""The accounts' personal data: how people sign in, when they did, and who was invited."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from samlad.accounts.models import Attempt, BrokenGlass, ExternalId, Invitation, Screen
from samlad.base.personal import AT_ONCE, Holding, Row, delete_some


def ways_in(key: str) -> Iterator[Row]:
    """Passkeys, codes and identities of the person: that they are there, never their secrets."""
    for way in Authenticator.objects.filter(user=key):
        yield {"type": way.type, "created_at": way.created_at, "last_used_at": way.last_used_at}
    for identity in ExternalId.objects.filter(person=key):
        yield {"type": "identity", "issuer": identity.issuer, "subject": identity.subject, "added": identity.added_at}


def sessions_of(key: str) -> Iterator[Row]:
    """Where the person is signed in."""
    yield from UserSession.objects.filter(user=key).values("ip", "user_agent", "created_at", "last_seen_at")


def remove_sessions(before: datetime) -> int:
    """Sessions that ran out, or were last used, before a moment. What is listed no more could not be ended: it ends."""
    unused = dict(UserSession.objects.filter(last_seen_at__lt=before).values_list("pk", "session_key")[:AT_ONCE])
    Session.objects.filter(session_key__in=unused.values()).delete()
    UserSession.objects.filter(pk__in=unused).delete()
    return len(unused) + delete_some(Session.objects.filter(expire_date__lt=before))


def attempts_by(key: str) -> Iterator[Row]:
    """When the person signed in, or somebody tried to as them."""
    yield from Attempt.objects.filter(person=key).values("at", "method", "succeeded", "address")


def invitations_of(key: str) -> Iterator[Row]:
    """Invitations that the person accepted."""
    yield from Invitation.objects.filter(accepted_by=key).values("email", "actor", "roles", "invited_at", "accepted_at")


def remove_invitations(before: datetime) -> int:
    """Blank name and e-mail of invitations that were answered, withdrawn or ran out before a moment."""
    ended = Coalesce("accepted_at", "withdrawn_at", "expires_at")
    old = Invitation.objects.annotate(ended=ended).filter(ended__lt=before).exclude(email="")
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    return Invitation.objects.filter(pk__in=keys).update(email="", name="", digest="", trouble="")


def emergencies_of(key: str) -> Iterator[Row]:
    """The person's break-glass sign-ins."""
    yield from BrokenGlass.objects.filter(person=key).values("actors", "reason", "at", "until", "ended_at")


def screens_by(key: str) -> Iterator[Row]:
    """Wall screens that the person made."""
    yield from Screen.objects.filter(made_by=key).values("actor", "made_at", "ended_at")


STAFF: Final = _("Staff of the parties who have, or have had, a role here")
TRACE: Final = _("Traceability: who changed what")

HOLDINGS: Final = (
    Holding(
        name="accounts.ways",
        title=_("Ways to sign in"),
        tables=("mfa.authenticator", "accounts.externalid"),
        whose=STAFF,
        what=_("Passkeys, code generators, recovery codes; who the person is at their organisation's sign-in"),
        purpose=_("That nobody else speaks in the person's name"),
        counted_from=_("until the person or an administrator removes them"),
        days=None,
        of=ways_in,
    ),
    Holding(
        name="accounts.sessions",
        title=_("Open sessions"),
        tables=("usersessions.usersession", "sessions.session"),
        whose=STAFF,
        what=_("Network address, browser, when it was last seen"),
        purpose=_("That the person sees, and can end, what is open in their name"),
        counted_from=_("from the day it was last seen or ran out"),
        days=30,
        of=sessions_of,
        remove=remove_sessions,
    ),
    Holding(
        name="accounts.attempts",
        title=_("Sign-ins and failed attempts"),
        tables=("accounts.attempt",),
        whose=_("Those who sign in, and those who try to"),
        what=_("When, how, from which network address, whether it succeeded; a digest of the name that was typed"),
        purpose=_("To stop those who guess, and to show the person what was done in their name"),
        counted_from=_("from the day of the attempt"),
        days=90,
        of=attempts_by,
        remove=lambda before: delete_some(Attempt.objects.filter(at__lt=before)),
    ),
    Holding(
        name="accounts.invitations",
        title=_("Invitations"),
        tables=("accounts.invitation",),
        whose=_("Those who have been invited to a role"),
        what=_("Name, e-mail, which role at which actor, by whom, what became of it"),
        purpose=_("To let in the right person, and to know who did"),
        counted_from=_("from the day it was accepted, withdrawn or ran out; the roles stay, without name and e-mail"),
        days=180,
        of=invitations_of,
        remove=remove_invitations,
    ),
    Holding(
        name="accounts.broken_glass",
        title=_("Emergency sign-ins"),
        tables=("accounts.brokenglass",),
        whose=_("Those who signed in while their organisation's sign-in was down"),
        what=_("Who, for which actors, why, from when to when"),
        purpose=TRACE,
        counted_from=_("they stand as long as what they are about"),
        days=None,
        of=emergencies_of,
    ),
    Holding(
        name="accounts.screens",
        title=_("Wall screens"),
        tables=("accounts.screen",),
        whose=_("Those who set up screens in control rooms"),
        what=_("Who made the screen and who ended it"),
        purpose=TRACE,
        counted_from=_("they stand as long as what they are about"),
        days=None,
        of=screens_by,
    ),
)
NO_PERSONAL_DATA: Final = (
    "accounts.cached",
    "accounts.providerstate",
    "accounts.usedanswer",
    # allauth's own, not used: addresses stand in the register, identities in ExternalId, providers in a file.
    "account.emailaddress",
    "account.emailconfirmation",
    "socialaccount.socialapp",
    "socialaccount.socialaccount",
    "socialaccount.socialtoken",
)

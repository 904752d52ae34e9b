"""Invitations: made, sent, withdrawn, accepted. The token in the link is shown or mailed once and never stored."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import msgspec
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samlad.accounts.models import ExternalId, Invitation
from samlad.accounts.tokens import digest_of, new_token
from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.base.security import noted
from samlad.journal.who import SYSTEM, Who
from samlad.notify.letters import send_letter
from samlad.registers import loans
from samlad.registers.actions import one_change, save_seat
from samlad.registers.history import PERSON_FIELDS, note, snapshot
from samlad.registers.models import Person, Role, Seat
from samlad.registers.queries import actor_view, person_names, seats_of, speaking, today
from samlad.registers.rules import may_edit
from samlad.registers.seat_rules import administers, may_change, may_seat, open_seats, roles_to_give

DAYS: Final = 7
UNUSABLE: Final = _(
    "This link can't be used: it is too old, has been used, or was taken back. Ask whoever invited you for a new one."
)


class Invited(msgspec.Struct, frozen=True):
    """An invitation that has been made or renewed. `link` is empty when it left by mail: nobody else should have it."""

    invitation: Invitation
    link: str


class Wanted(msgspec.Struct, frozen=True):
    """Whom to invite to what. `lender` and `until` (the first day without) are given together."""

    email: str
    actor: str
    roles: tuple[str, ...]
    name: str = ""
    lender: str = ""
    until: date | None = None


def invite(wanted: Wanted, *, by: Who, days: int = DAYS) -> Invited:
    """Make an invitation and send it. Raises Refused."""
    return _sent(*_made(wanted, by, days))


@one_change
def _made(wanted: Wanted, by: Who, days: int) -> tuple[Invitation, str]:
    check_can_invite(by, wanted.actor, wanted.roles, lent=bool(wanted.lender))
    if wanted.lender and wanted.lender == wanted.actor:
        raise Refused(_("A person is lent by another actor than the one they are lent to."), field="lender")
    if wanted.lender and wanted.until is None:
        raise Refused(_("A lent person has the role for a period: say until when."), field="until")
    if wanted.until is not None and wanted.until <= today():
        raise Refused(_("The last day must come after today."), field="until")
    token, digest = new_token()
    invitation = Invitation.objects.create(
        name=wanted.name,
        email=wanted.email,
        actor_id=wanted.actor,
        roles=list(wanted.roles),
        lender_id=wanted.lender or None,
        until=wanted.until,
        digest=digest,
        invited_by=by.person,
        invited_for=by.actor,
        expires_at=now() + timedelta(days=days),
    )
    return invitation, token


def check_can_invite(by: Who, actor: str, roles: Iterable[str], *, lent: bool = False) -> None:
    """Refuse invitations to seats one may not give, and loans of what is never lent."""
    if by != SYSTEM and not may_seat(by, actor):
        raise Refused(_("You can invite people to your own actor only."), field="actor")
    allowed = roles_to_give(by, actor) & (loans.ROLES_ON_LOAN if lent else frozenset(Role.values))
    if not roles or set(roles) - allowed:
        raise Refused(_("You can't give one of these roles."), field="roles")


def _sent(invitation: Invitation, token: str) -> Invited:
    """Mail the link; where it can't be mailed, give it to whoever invites. Outside the transaction: it takes time."""
    link = settings.SAMLAD_URL + reverse("invitation", args=[token])
    trouble = send_letter(address=invitation.email, **letter(invitation, link))
    invitation.sent_at, invitation.trouble = (None, str(trouble)) if trouble else (now(), "")
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=invitation.sent_at, trouble=invitation.trouble)
    noted("invited", actor=invitation.actor_id, by=invitation.invited_by, roles=",".join(invitation.roles))
    return Invited(invitation, link if trouble else "")


def letter(invitation: Invitation, link: str) -> dict[str, str]:
    """Subject and body of the mail, in the language of whoever sends it."""
    shown = {
        "who": inviter(invitation),
        "actor": actor_name(invitation.actor_id),
        "roles": role_names(invitation.roles),
        "link": link,
        "until": f"{invitation.expires_at:%Y-%m-%d}",
    }
    body = gettext(
        "%(who)s invites you to Samlad, where the actors of the region share their situational picture in a crisis.\n\n"
        "For: %(actor)s\nAs: %(roles)s\n\nOpen this link by %(until)s. It is yours alone and works once:\n%(link)s\n\n"
        "You did not expect this? Then do nothing, and tell whoever is named above.\n"
    )
    return {"subject": gettext("Invitation to Samlad: %(actor)s") % shown, "body": body % shown}


def inviter(invitation: Invitation) -> str:
    """Who invites, by name."""
    return person_names([invitation.invited_by]).get(invitation.invited_by, gettext("Whoever runs Samlad here"))


def actor_name(code: str) -> str:
    """An actor's name today, or its code."""
    found = actor_view(code, today())
    return found.name if found else code


def role_names(roles: Iterable[str]) -> str:
    """Roles in words."""
    return ", ".join(str(Role(role).label) for role in roles if role in Role.values)


def invitations_of(actor: str) -> "QuerySet[Invitation]":
    """An actor's invitations, newest first."""
    return Invitation.objects.filter(actor=actor).select_related("accepted_by")


def may_keep(by: Who, invitation: Invitation) -> bool:
    """Whether this reader may resend or withdraw an invitation."""
    return may_edit(by) or administers(by, invitation.actor_id)


def can_resend(invitation: Invitation) -> bool:
    """Whether a new link makes sense: nobody has come in by it, or whoever did has no way back in."""
    if invitation.withdrawn_at:
        return False
    return invitation.accepted_by is None or not has_sign_in(invitation.accepted_by)


def has_sign_in(person: Person) -> bool:
    """Whether somebody has any way to sign in."""
    if person.has_usable_password():
        return True
    return ExternalId.objects.filter(person=person).exists() or Authenticator.objects.filter(user=person).exists()


def resend(invitation: Invitation, *, by: Who, days: int = DAYS) -> Invited:
    """Send a new link; the one sent before stops working. Raises Refused."""
    return _sent(*_renewed(invitation, by, days))


@one_change
def _renewed(invitation: Invitation, by: Who, days: int) -> tuple[Invitation, str]:
    row = Invitation.objects.select_for_update(of=("self",)).select_related("accepted_by").get(pk=invitation.pk)
    check_can_invite(by, row.actor_id, row.roles, lent=row.lender_id is not None)
    if not can_resend(row) or not _no_way_in_elsewhere(row.accepted_by, by):
        raise Refused(_("This invitation has been accepted or withdrawn. Make a new one."))
    token, row.digest = new_token()
    row.invited_by, row.invited_for, row.invited_at = by.person, by.actor, now()
    row.expires_at, row.opened_at = now() + timedelta(days=days), None
    row.save()
    return row, token


def _no_way_in_elsewhere(person: Person | None, by: Who) -> bool:
    """Whether a new link lets its bearer in as somebody whom `by` may change: not as who sits elsewhere, or leads."""
    if person is None or may_change(by, person, today=today()):
        return True
    return not open_seats(today()).filter(person=person).exists()


@one_change
def withdraw(invitation: Invitation, *, by: Who) -> bool:
    """Take an invitation back: its link stops working at once."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not may_keep(by, row):
        raise Refused(_("You can invite people to your own actor only."))
    if row.accepted_at:
        raise Refused(_("It has been accepted already. End the role instead."))
    row.withdrawn_at, row.withdrawn_by, row.digest = row.withdrawn_at or now(), by.person, ""
    row.save()
    return True


def by_token(token: str) -> Invitation | None:
    """The invitation a link leads to, while it can be used; None for every other link, whatever the reason."""
    digest = digest_of(token)
    row = Invitation.objects.filter(digest=digest).select_related("accepted_by").first() if digest else None
    if row is None or row.withdrawn_at or row.expires_at <= now():
        return None
    return row


def opened(invitation: Invitation) -> None:
    """Note that the link has been followed."""
    if invitation.opened_at is None:
        Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=now())


@one_change
def accept(token: str, *, person: Person | None = None, name: str = "") -> Person:
    """Take the seats: for `person`, who has an account, or for a new one of this name. The link is used up.

    Whoever accepted before and never set up a way to sign in gets their own account again. Raises Refused.
    """
    digest = digest_of(token)
    row = Invitation.objects.select_for_update().filter(digest=digest).first() if digest else None
    if row is None or row.withdrawn_at or row.expires_at <= now() or (person is not None and person.screen):
        raise Refused(UNUSABLE)
    by = _still_may(row)
    if row.accepted_by is None:
        person = person or _new_person(row, name, by)
        for role in row.roles:
            _seat(row, person, role, by)
        row.accepted_at, row.accepted_by = now(), person
    elif (person is not None and person != row.accepted_by) or has_sign_in(row.accepted_by):
        raise Refused(UNUSABLE)
    row.digest = ""
    row.save()
    facts = {"person": row.accepted_by.key, "actor": row.actor_id, "by": row.invited_by}
    transaction.on_commit(lambda: noted("invitation_used", **facts))
    return row.accepted_by


def _still_may(row: Invitation) -> Who:
    """Whoever invited, as they stand today: an invitation gives nothing that its maker could not give any more."""
    if row.invited_by == SYSTEM.person:
        return SYSTEM
    inviting = Person.objects.filter(key=row.invited_by, is_active=True).first()
    by = speaking(inviting, seats_of(inviting.key), row.invited_for) if inviting else None
    if by is None or by.actor != row.invited_for:
        raise Refused(UNUSABLE)
    try:
        check_can_invite(by, row.actor_id, row.roles, lent=row.lender_id is not None)
    except Refused as no_longer:
        raise Refused(UNUSABLE) from no_longer
    return by


def _new_person(row: Invitation, name: str, by: Who) -> Person:
    person = Person(username=_free_username(row.email), name=name or row.name, email=row.email)
    person.set_unusable_password()
    person.save()
    reason = gettext("Accepted an invitation")
    note(register="people", key=person.key, by=by, before=None, after=snapshot(person, PERSON_FIELDS), reason=reason)
    return person


def _free_username(email: str) -> str:
    """The address as a username, with a number where somebody has it: nobody is told whether somebody has."""
    wanted = "".join(letter for letter in email.lower() if letter.isalnum() or letter in "._+-@")[:56]
    taken = set(Person.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    return next(one for one in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if one not in taken)


def _seat(row: Invitation, person: Person, role: str, by: Who) -> None:
    reason = gettext("Accepted an invitation")
    if row.lender_id and row.until:
        _lent(row, person, role, by, reason)
        return
    held = Seat.objects.filter(person=person, actor=row.actor_id, role=role)
    if any(seat.valid_to is None or seat.valid_to > today() for seat in held):
        return
    days = {"valid_from": today(), "valid_to": row.until}
    save_seat(seat=Seat(person=person, actor_id=row.actor_id, role=role, **days), reason=reason, by=by, agreed=True)


def _lent(row: Invitation, person: Person, role: str, by: Who, why: str) -> None:
    """On loan: a proposal, which the lending actor's administrator answers."""
    assert row.lender_id and row.until
    loans.propose(
        person=person,
        lender=row.lender_id,
        borrower=row.actor_id,
        role=role,
        days=(today(), row.until),
        why=why,
        by=by,
        invited=True,
    )

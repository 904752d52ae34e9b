"""Wall screens: the screen of a control room, signed in for a year by a link that works once, reading only.

A screen is a person (so that audiences, sessions and live streams treat it as any reader) that is no human: it has no
password, one seat with the role `wall`, and `wall_mode` lets it fetch the wall's own pages and nothing else.
"""

import secrets
from datetime import timedelta
from typing import Final

import msgspec
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samlad.accounts.models import Screen
from samlad.accounts.strength import vouch
from samlad.accounts.tokens import digest_of, new_token
from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.base.security import noted
from samlad.journal.who import Who
from samlad.registers.actions import one_change
from samlad.registers.history import PERSON_FIELDS, SEAT_FIELDS, note, snapshot
from samlad.registers.models import Person, Seat
from samlad.registers.queries import today
from samlad.registers.seat_rules import administers, open_seats

LINK: Final = timedelta(hours=1)
SESSION: Final = timedelta(days=365)
SEEN_EVERY: Final = timedelta(minutes=1)
GONE: Final = _(
    "This link can't be used: it is too old or has been used. Make a new one from the list of wall screens."
)


class Opening(msgspec.Struct, frozen=True):
    """A screen and the link that opens it, which is shown once."""

    screen: Screen
    link: str


def may_make(who: Who, actor: str) -> bool:
    """Whether this reader makes and revokes an actor's screens: its administrator, and its coordinator (RSK)."""
    return administers(who, actor) or ("rsk" in who.roles and who.actor == actor)


def screens_of(actor: str) -> "QuerySet[Screen]":
    """An actor's screens, those in use first."""
    return Screen.objects.filter(actor=actor).select_related("person").order_by("ended_at", "person__name")


@one_change
def make_screen(*, name: str, actor: str, by: Who) -> Opening:
    """Make a wall screen for an actor. Raises Refused."""
    if not may_make(by, actor):
        raise Refused(_("Only the actor's administrator or coordinator (RSK) makes wall screens for it."))
    person = Person(username=f"wall-{secrets.token_hex(6)}", name=name, screen=True)
    person.set_unusable_password()
    person.save()
    seat = Seat.objects.create(person=person, actor_id=actor, role="wall", valid_from=today())
    for row, fields in ((person, PERSON_FIELDS), (seat, SEAT_FIELDS)):
        note(register="people", key=person.key, by=by, before=None, after=snapshot(row, fields), reason="")
    screen = Screen.objects.create(person=person, actor_id=actor, made_by=by.person)
    _told(screen, by, "made")
    return _link(screen)


def _told(screen: Screen, by: Who, change: str) -> None:
    """A line of the security log, once it is so."""
    facts = {"person": screen.person_id, "actor": screen.actor_id, "by": by.person, "change": change}
    transaction.on_commit(lambda: noted("wall_changed", **facts))


def _link(screen: Screen) -> Opening:
    token, screen.digest = new_token()
    screen.link_expires_at = now() + LINK
    screen.save()
    return Opening(screen, settings.SAMLAD_URL + reverse("screen_open", args=[token]))


@one_change
def new_link(screen: Screen, *, by: Who) -> Opening:
    """A new link, for another browser or after a restart; whatever is open now is signed out."""
    row = _changed(screen, by)
    _sign_out(row)
    _told(row, by, "new link")
    return _link(row)


@one_change
def end_screen(screen: Screen, *, by: Who) -> bool:
    """Revoke a screen: its session ends at once, its seat today, and it can't be opened again."""
    row = _changed(screen, by)
    _sign_out(row)
    for seat in open_seats(today()).filter(person=row.person):
        before = snapshot(seat, SEAT_FIELDS)
        seat.valid_to = max(today(), seat.valid_from)
        seat.save()
        after = snapshot(seat, SEAT_FIELDS)
        note(register="people", key=row.person_id, by=by, before=before, after=after, reason="", action="ended")
    Person.objects.filter(pk=row.person_id).update(is_active=False)
    row.digest, row.ended_at, row.ended_by = "", now(), by.person
    row.save()
    _told(row, by, "revoked")
    return True


def _changed(screen: Screen, by: Who) -> Screen:
    row = Screen.objects.select_for_update(of=("self",)).select_related("person").get(pk=screen.pk)
    if not may_make(by, row.actor_id):
        raise Refused(_("Only the actor's administrator or coordinator (RSK) makes wall screens for it."))
    if row.ended_at:
        raise Refused(_("This screen has been revoked. Make a new one."))
    return row


def _sign_out(screen: Screen) -> None:
    if screen.session_key:
        Session.objects.filter(session_key=screen.session_key).delete()
        screen.session_key = ""


def to_open(token: str) -> Screen | None:
    """The screen a link opens, while it does."""
    digest = digest_of(token)
    row = Screen.objects.filter(digest=digest).select_related("person").first() if digest else None
    if row is None or row.ended_at or row.link_expires_at is None or row.link_expires_at <= now():
        return None
    return row


def open_screen(token: str, request: HttpRequest) -> Screen:
    """Sign this browser in as the screen, for a year, and use the link up. Raises Refused."""
    screen = _used_up(token)
    logout(request)
    vouch(request, screen.person, "wall")
    login(request, screen.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(SESSION)
    request.session.save()
    facts = {"session_key": request.session.session_key or "", "opened_at": now(), "seen_at": now()}
    Screen.objects.filter(pk=screen.pk).update(expires_at=now() + SESSION, **facts)
    noted("wall_changed", person=screen.person_id, actor=screen.actor_id, change="opened")
    return screen


@one_change
def _used_up(token: str) -> Screen:
    """The screen of a link that no one else can use from now on."""
    found = to_open(token)
    if found is None or not Screen.objects.filter(pk=found.pk, digest=found.digest).update(digest=""):
        raise Refused(GONE)
    return found


def seen(person: Person) -> None:
    """Note that a screen has asked for something, once a minute at most."""
    moment = now()
    rows = Screen.objects.filter(person=person, ended_at=None)
    if rows.exclude(seen_at__gt=moment - SEEN_EVERY).exists():
        rows.update(seen_at=moment)

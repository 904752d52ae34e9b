"""Where somebody is signed in: which sessions are alive, when they were last seen, and how they are ended."""

import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import OperationalError, transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from samlad.accounts.devices import device
from samlad.accounts.limits import address_of
from samlad.base.clock import now
from samlad.base.security import noted
from samlad.registers.models import Person

SINCE: Final = "signed_in_at"
"""Session key: when it began, in seconds."""
LOOK_AGAIN: Final = 10 * 60
"""How many seconds a session is not noted as seen again: pages must not cost a write each."""
LONGEST: Final = 14 * 24 * 3600
"""Seconds after which one signs in again, however much a session was used."""


MOST: Final = 10_000  # sessions remembered; then all are forgotten, and each is noted once more
_noted: dict[str, int] = {}
"""When this process last noted a session as used."""


@dataclass(frozen=True)
class OpenSession:
    """One place where somebody is signed in, as its owner sees it."""

    id: int
    device: str
    address: str
    since: datetime
    seen: datetime
    current: bool


def begun(request: HttpRequest) -> None:
    """Note that a session begins; allauth's table of sessions gets its row by itself."""
    request.session[SINCE] = int(time.time())


def seen(request: HttpRequest) -> bool:
    """Note, every ten minutes, that a session is used. False when it has lasted long enough and must end.

    A page is not kept from its reader because this could not be written down (a full disk, a held database).
    """
    since, key = request.session.get(SINCE), request.session.session_key
    if since is None or key is None:
        return True
    moment = int(time.time())
    if moment - since > LONGEST:
        return False
    if moment - _noted.get(key, since) > LOOK_AGAIN:
        if len(_noted) > MOST:
            _noted.clear()
        _noted[key] = moment
        with suppress(OperationalError):
            UserSession.objects.filter(session_key=key).update(last_seen_at=now(), ip=address_of(request))
    return True


def open_sessions(person: Person, current: str | None = None) -> list[OpenSession]:
    """Where a person is signed in, the current session first, then the latest used."""
    rows = list(UserSession.objects.filter(user=person))
    living = alive({row.session_key for row in rows})
    UserSession.objects.filter(user=person).exclude(session_key__in=living).delete()
    found = [
        OpenSession(
            row.pk, device(row.user_agent), row.ip, row.created_at, row.last_seen_at, row.session_key == current
        )
        for row in rows
        if row.session_key in living
    ]
    return sorted(found, key=lambda row: (not row.current, -row.seen.timestamp()))


def alive(keys: Collection[str]) -> set[str]:
    """Which of these session keys still belong to somebody who is signed in and may be.

    For whoever holds something open on a session's behalf, as a live stream does: ended, expired, signed out, another
    password since, and an account that is closed are all dead. Two queries.
    """
    sessions = {row.session_key: row.get_decoded() for row in _current(keys)}
    people = Person.objects.in_bulk({data[SESSION_KEY] for data in sessions.values() if SESSION_KEY in data})
    return {key for key, data in sessions.items() if _holds(people.get(data.get(SESSION_KEY, "")), data)}


def _current(keys: Collection[str]) -> list[Session]:
    return list(Session.objects.filter(session_key__in=keys, expire_date__gt=now()))


def _holds(person: Person | None, data: dict[str, str]) -> bool:
    if person is None or not person.is_active:
        return False
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return any(constant_time_compare(data.get(HASH_SESSION_KEY, ""), known) for known in hashes)


@transaction.atomic
def end(person: Person, ids: Collection[int] | None = None, *, but: str | None = None) -> int:
    """End sessions of a person: those with these ids, or all; never the one with the key `but`. How many there were."""
    rows = UserSession.objects.filter(user=person).exclude(session_key=but or "")
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ended = int(rows.delete()[0])
    if ended:
        noted("session_ended", person=person.key, sessions=ended)
    return ended

"""Whether those who have streams open may still have them: asked when a stream is opened, and of all every half minute.

A stream outlives the request that allowed it by up to an hour. Meanwhile a session may be ended, a password changed, a
seat taken away, a break-glass sign-in run out. So a stream is opened only together with a living session of the very
person that the ticket was made for, and goes on only while that person's seats are those of the ticket.

All who ask at the same time are looked up together: a reconnect storm is a few queries, not thousands.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Final, cast

import msgspec
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError, connection
from django.http.cookie import parse_cookie

from samlad.accounts.session_seats import speakable
from samlad.base.clock import now
from samlad.base.security import noted
from samlad.journal.live import Ticket
from samlad.registers.http import Request
from samlad.registers.models import Person, Seat
from samlad.registers.queries import SeatView, holds_on, today
from samlad.registers.sessions import is_session_key

logger = logging.getLogger(__name__)
EVERY: Final = 30.0  # seconds between two rounds
MOST: Final = 100  # streams of one person at a time: a wall with many windows has ten
AT_A_TIME: Final = 500  # keys in one query


class Claim(msgspec.Struct, frozen=True):
    """What a stream stands on: this session, of this person, who holds these roles at this actor."""

    session: str
    person: str
    actor: str
    roles: frozenset[str]


def claim_of(ticket: Ticket, headers: Iterable[tuple[bytes, bytes]]) -> Claim | None:
    """What a stream with this ticket would stand on; None without a session."""
    session = session_of(headers)
    who = ticket.who
    # A cookie can be made to hold a NUL, which PostgreSQL refuses, together with all who are asked of with it.
    return Claim(session, who.person, who.actor, who.roles) if is_session_key(session) and who.person else None


def session_of(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The key of the session that a request names; it need not be alive."""
    cookies = "; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie")
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")


class Readers:
    """The claims that streams of this process stand on."""

    def __init__(self) -> None:
        self.open: Counter[Claim] = Counter()
        self.persons: Counter[str] = Counter()
        self.asked: dict[Claim, asyncio.Future[bool]] = {}
        self.asking: asyncio.Task[None] | None = None
        self.executor = ThreadPoolExecutor(1, thread_name_prefix="live-readers")

    async def admit(self, claim: Claim) -> bool:
        """Whether the claim holds. Asks the database together with all others who want to know; raises its errors."""
        if self.open[claim]:  # asked of in the last half minute
            return True
        if claim not in self.asked:
            self.asked[claim] = asyncio.get_running_loop().create_future()
            if self.asking is None or self.asking.done():
                self.asking = asyncio.create_task(self.ask())
        return await asyncio.shield(self.asked[claim])

    async def ask(self) -> None:
        """Answer all who have asked, and those who ask meanwhile in one more turn."""
        await asyncio.sleep(0)  # those who come in the same turn of the loop are asked of together
        while self.asked:
            turn, self.asked = self.asked, {}
            try:
                good = await self.standing(turn)
            except Exception as error:
                for future in turn.values():
                    future.set_exception(error)
                    future.exception()  # nobody may be left who wants to know
            else:
                for claim, future in turn.items():
                    future.set_result(claim in good)

    async def standing(self, claims: Collection[Claim]) -> set[Claim]:
        """`standing`, in a thread of its own: rendering need not wait for it."""
        return await asyncio.get_running_loop().run_in_executor(self.executor, standing, claims)

    async def session(self, headers: Iterable[tuple[bytes, bytes]]) -> str:
        """The key of the session that a request names, if it is somebody's who is signed in; else nothing."""
        key = session_of(headers)
        if not key:
            return ""
        alive = await asyncio.get_running_loop().run_in_executor(self.executor, signed_in, key)
        return key if alive else ""

    def full(self, claim: Claim) -> bool:
        """Whether the person has as many streams as one may have."""
        return self.persons[claim.person] >= MOST

    def enter(self, claim: Claim) -> None:
        """One more stream stands on the claim."""
        self.open[claim] += 1
        self.persons[claim.person] += 1

    def leave(self, claim: Claim) -> None:
        """One less."""
        self.open.subtract([claim])
        self.persons.subtract([claim.person])
        self.open, self.persons = +self.open, +self.persons  # without those that have come to nothing

    async def fallen(self) -> set[Claim]:
        """The claims that no longer hold. While the database is away all do: nothing new is shown then either."""
        claims = set(self.open)
        try:
            lost = claims - await self.standing(claims) if claims else set()
        except Exception:
            logger.exception("it could not be asked whether readers may go on")
            return set()
        for claim in lost:
            noted("stream_ended", person=claim.person, actor=claim.actor)
        return lost


def signed_in(key: str) -> bool:
    """Whether a session lives and is somebody's. While the database is away it is not known, and Django will say so."""
    try:
        return any(SESSION_KEY in data for _key, data in living({key}))
    except (DatabaseError, InterfaceError):
        connection.close()
        return True


def standing(claims: Collection[Claim]) -> set[Claim]:
    """Those of the claims that hold: the session lives and is this person's, and the seats are these."""
    try:
        sessions = dict(living({claim.session for claim in claims}))
        persons = {claim.person for claim in claims}
        people = {person.key: person for keys in portions(persons) for person in Person.objects.filter(key__in=keys)}
        seats = seats_of_all(persons)
        return {
            claim
            for claim in claims
            if claim.session in sessions
            and claim.person in people
            and holds(claim, sessions[claim.session], people[claim.person], seats.get(claim.person, ()))
        }
    except Exception:
        connection.close()  # whatever it was, the next turn starts with a new one
        raise


def holds(claim: Claim, session: Mapping[str, Any], person: Person, seats: tuple[SeatView, ...]) -> bool:
    """Whether the session is the person's and lets them speak in these roles."""
    if session.get(SESSION_KEY) != person.key or not person.is_active:
        return False
    if not same_password(person.password, session.get(HASH_SESSION_KEY, "")):
        return False
    if not person.screen:
        asked = cast(Request, SimpleNamespace(session=session, user=person))
        seats = speakable(asked, seats)
    return claim.roles == {seat.role for seat in seats if seat.actor == claim.actor}


def living(keys: Collection[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Sessions that have not run out, with what is in them."""
    for some in portions(keys):
        found = Session.objects.filter(session_key__in=some, expire_date__gt=now())
        for key, data in found.values_list("session_key", "session_data"):
            yield key, decoded(data)


def seats_of_all(persons: Collection[str]) -> dict[str, tuple[SeatView, ...]]:
    """The seats these persons hold today."""
    held: dict[str, list[SeatView]] = {}
    for keys in portions(persons):
        rows = Seat.objects.filter(holds_on(today()), person__in=keys).values_list("person", "actor", "role")
        for person, actor, role in rows:
            held.setdefault(person, []).append(SeatView(person, actor, actor, role))
    return {person: tuple(seats) for person, seats in held.items()}


def portions(keys: Collection[str]) -> Iterator[list[str]]:
    """The keys, as many at a time as a query should have."""
    listed = sorted(keys)
    for start in range(0, len(listed), AT_A_TIME):
        yield listed[start : start + AT_A_TIME]


@lru_cache(maxsize=20_000)
def decoded(data: str) -> dict[str, Any]:
    """What is in a session; the same text is read once."""
    return Session(session_data=data).get_decoded()


@lru_cache(maxsize=20_000)
def same_password(password: str, hash: str) -> bool:
    """Whether a session was begun with the password the person has now, under this key or an earlier one."""
    person = Person(password=password)
    return hash in (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())

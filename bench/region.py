"""What is measured: forty actors with a liaison each, and operations full of their reports."""

from datetime import timedelta
from itertools import count
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from samlad.activation.actions import raise_operation
from samlad.activation.entries import Acknowledged
from samlad.base.clock import now
from samlad.journal.append import append
from samlad.journal.entries import Draft, Participant
from samlad.journal.who import Who
from samlad.picture.entries import ReportFiled, Status
from samlad.registers.models import Actor, ActorVersion, Person, Seat
from samlad.registers.queries import parties, today, who_for

ACTORS = 40
STATUSES: tuple[Status, ...] = ("green", "yellow", "red", "black")
SINCE = "2014-04-01"
BATCH = 25  # entries of one author appended together when an operation is filled


def participants() -> tuple[Participant, ...]:
    """The parties of today, and as many more as make forty."""
    missing = ACTORS - len(parties(today()))
    for number in range(missing):
        actor, new = Actor.objects.get_or_create(code=f"aktor-{number}")
        if new:
            ActorVersion.objects.create(
                actor=actor,
                name=f"Aktör {number}",
                short_name=f"Aktör {number}",
                category="other",
                valid_from=SINCE,
                why="bench",
            )
    return tuple(Participant(it.code, it.name, it.short, it.category, it.area) for it in parties(today()))[:ACTORS]


def liaisons() -> list[Who]:
    """A liaison for each of the forty, made at first."""
    found = []
    for it in participants():
        username = f"bench.{it.code}"
        person = Person.objects.filter(username=username).first()
        if person is None:
            person = Person.objects.create_user(username, name=f"Samverkansperson {it.short}")
            Seat.objects.create(person=person, actor_id=it.code, role="liaison", valid_from=SINCE)
        found.append(who_for(username))
    return found


def session(who: Who) -> str:
    """The value of the `sessionid` cookie of somebody who is signed in."""
    person = Person.objects.get(key=who.person)
    store = SessionStore()
    store[SESSION_KEY] = person.key
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def report(number: int) -> ReportFiled:
    """A report of about 500 bytes; each differs from the one before."""
    return ReportFiled(
        status=STATUSES[number % len(STATUSES)],
        as_of=now() - timedelta(seconds=1),
        event="Kraftigt snöfall med vind upp till 21 m/s sedan i natt.",
        consequences=f"Hemtjänsten når {40 + number % 60} av 112 brukare; väg 222 är avstängd, {number} bilar fast.",
        measures="Prioriterad snöröjning av utryckningsvägar. Skolorna håller öppet med färre vuxna.",
        forecast_24h="Oförändrat till i eftermiddag, sedan avtagande.",
        needs="Två bandvagnar till hemtjänsten." if number % 3 else "",
        confidence="confirmed",
    )


def operation(people: list[Who], entries: int) -> UUID:
    """An open operation with the forty in it and about so many entries: acknowledgements, then reports in turn."""
    id = raise_operation(by=people[0], what="Snöoväder", where="hela länet", participants=participants())
    for who in people:
        append(Draft(id, Acknowledged("yes")), by=who)
    numbers = count()
    left = entries - 2 - len(people)
    while left > 0:
        for who in people:
            size = min(left, BATCH if left > 10_000 else 1)
            if size:
                append(*(Draft(id, report(next(numbers))) for _ in range(size)), by=who)
            left -= size
    return id

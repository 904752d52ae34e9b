"""The fixed cast every room's tests use: a few actors, and one person for each kind of reader."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from samlad.journal.who import Who
from samlad.registers.models import Actor, ActorVersion, Person, Seat
from samlad.registers.queries import seats_of, speaking, today

SINCE = date(2014, 4, 1)

ACTORS = (
    ("nacka", "Nacka kommun", "Nacka", "municipality", "0182"),
    ("sodertalje", "Södertälje kommun", "Södertälje", "municipality", "0181"),
    ("lansstyrelsen-stockholm", "Länsstyrelsen Stockholm", "Länsstyrelsen", "state", ""),
    ("polisregion-stockholm", "Polisregion Stockholm", "Polisen", "blue_light", ""),
)
OUTSIDE = "utomstaende"
"""An actor in the register that is no party on any day."""


@dataclass(frozen=True)
class Member:
    """One of the cast: the person who signs in, and who they are to the journal."""

    person: Person
    who: Who


@dataclass(frozen=True)
class Cast:
    """Everybody. `duty_officer` is TiB at Nacka, `liaison` is Södertälje's; the others sit at the county board."""

    duty_officer: Member
    rsk: Member
    liaison: Member
    picture_lead: Member
    observer: Member
    stranger: Member
    administrator: Member

    def members(self) -> dict[str, Member]:
        """The cast by name, for tables of who gets what."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Everybody(Cast):
    """The cast and those who are harder: for proofs about every kind of reader. `liaison` writes to some, and
    `outsider` takes part without being one of them; `lent` is from an actor outside and sits at Nacka for a period,
    and speaks for Nacka; `registrar` is Nacka's; `ended` sat there until yesterday; `wall` is the screen of its control
    room."""

    outsider: Member
    chief: Member
    secretariat: Member
    actor_administrator: Member
    registrar: Member
    lent: Member
    ended: Member
    wall: Member


def make_cast() -> Cast:
    """Save the cast's actors and people. Nobody has a password: use `client.force_login(cast.rsk.person)`."""
    for code, name, short, category, area in ACTORS:
        actor = Actor.objects.create(code=code)
        ActorVersion.objects.create(
            actor=actor,
            name=name,
            short_name=short,
            category=category,
            area=area,
            valid_from=SINCE,
            why="joined",
            convening=code == "lansstyrelsen-stockholm",
        )
    Actor.objects.create(code=OUTSIDE)
    board = "lansstyrelsen-stockholm"
    return Cast(
        duty_officer=make_member("tib.nacka", "TiB Nacka", "nacka", "tib"),
        rsk=make_member("rsk", "RSK", board, "rsk"),
        liaison=make_member("liaison.sodertalje", "Samverkansperson Södertälje", "sodertalje", "liaison"),
        picture_lead=make_member("lagesbild", "Lägesbildsansvarig", board, "picture_lead"),
        observer=make_member("observator", "Observatör", board, "observer"),
        stranger=make_member("tib.utomstaende", "TiB Utomstående", OUTSIDE, "tib"),
        administrator=make_member("admin", "Administratör", board, "administrator"),
    )


def make_everybody() -> Everybody:
    """Save the cast, and those who are harder to tell from others."""
    cast, board, yesterday = make_cast(), "lansstyrelsen-stockholm", today() - timedelta(days=1)
    lent = make_member("lanad", "Lånad till Nacka", OUTSIDE, "tib")
    lending = {"lender_id": OUTSIDE, "valid_from": yesterday, "valid_to": today() + timedelta(days=3)}
    Seat.objects.create(person=lent.person, actor_id="nacka", role="liaison", **lending)
    ended = make_member("slutat", "Slutade i går", "nacka", "liaison", valid_to=yesterday)
    wall = make_member("vagg.nacka", "Väggskärm Nacka", "nacka", "wall", screen=True)
    return Everybody(
        **cast.members(),
        outsider=make_member("liaison.polis", "Samverkansperson Polisen", "polisregion-stockholm", "liaison"),
        chief=make_member("chef.sodertalje", "Chef Södertälje", "sodertalje", "chief"),
        secretariat=make_member("kansli", "Samordningskansliet", board, "secretariat"),
        actor_administrator=make_member("admin.nacka", "Aktörsadministratör Nacka", "nacka", "actor_administrator"),
        registrar=make_member("registrator.nacka", "Registrator Nacka", "nacka", "registrar"),
        lent=Member(lent.person, speaking(lent.person, seats_of(lent.person.key), "nacka")),
        ended=ended,
        wall=wall,
    )


def make_member(username: str, name: str, actor: str, *roles: str, screen: bool = False, **seat: Any) -> Member:
    """Save a person with an e-mail address that can't exist and a seat for each role at one actor; `seat` says more
    about the seats. A screen has no address."""
    email = "" if screen else f"{username}@{actor}.example"
    person = Person.objects.create_user(username, name=name, email=email)
    if screen:
        Person.objects.filter(pk=person.pk).update(screen=True)
        person.screen = True
    for role in roles:
        Seat.objects.create(**{"person": person, "actor_id": actor, "role": role, "valid_from": SINCE} | seat)
    return Member(person, speaking(person, seats_of(person.key)))

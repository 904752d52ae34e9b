"""The fixed cast every room's tests use: a few actors, and one person for each kind of reader."""

from dataclasses import dataclass, fields
from datetime import date

from samlad.journal.who import Who
from samlad.registers.models import Actor, ActorVersion, Person, Seat
from samlad.registers.queries import seats_of, speaking

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


def make_member(username: str, name: str, actor: str, *roles: str) -> Member:
    """Save a person with an e-mail address that can't exist and a seat for each role at one actor."""
    person = Person.objects.create_user(username, name=name, email=f"{username}@{actor}.example")
    for role in roles:
        Seat.objects.create(person=person, actor_id=actor, role=role, valid_from=SINCE)
    return Member(person, speaking(person, seats_of(person.key)))

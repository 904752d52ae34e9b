"""Private numbers, given out by the one rule: `seat_rules.may_see_phone`. Nothing else reads `Person.phone`."""

from collections.abc import Iterable

from django.db.models import Q

from samlad.journal.who import Who
from samlad.registers.models import ActorVersion, Person, Seat
from samlad.registers.queries import holds_on, today
from samlad.registers.seat_rules import may_see_phone


def phones(people: Iterable[Person], who: Who) -> dict[str, str]:
    """The private numbers this reader may see, by the person's key. People whose number they may not see are left out.

    Two queries, however many people.
    """
    keys = {person.key: person.phone for person in people}
    actors: dict[str, set[str]] = {key: set() for key in keys}
    for person, actor, lender in Seat.objects.filter(holds_on(today()), person__in=keys).values_list(
        "person", "actor", "lender"
    ):
        actors[person] |= {actor, lender} - {None}
    convening = convening_actors()
    return {key: phone for key, phone in keys.items() if may_see_phone(who, key, actors[key], convening)}


def numbers_to_call(person_keys: Iterable[str]) -> dict[str, str]:
    """The private numbers of persons by key, for the program to call: never for a page, a list or an export.

    People without a number are left out. One query.
    """
    rows = Person.objects.filter(key__in=set(person_keys), is_active=True).exclude(phone="")
    return dict(rows.values_list("key", "phone"))


def convening_actors() -> frozenset[str]:
    """The actors that convene the others today."""
    rows = ActorVersion.objects.filter(Q(convening=True) & holds_on(today()))
    return frozenset(rows.values_list("actor", flat=True))

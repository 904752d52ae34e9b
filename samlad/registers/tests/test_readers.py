"""How many could read something: people and not screens, each once, by what their roles let them."""

from datetime import timedelta

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from samlad.journal.entries import Participant
from samlad.journal.who import Who
from samlad.registers.models import Seat
from samlad.registers.queries import people_counts, today
from samlad.registers.readers import Circle
from samlad.registers.tests.cast import ACTORS, OUTSIDE, Everybody, make_everybody, make_member

pytestmark = pytest.mark.django_db
BOARD, POLICE = "lansstyrelsen-stockholm", "polisregion-stockholm"


@pytest.fixture
def everybody() -> Everybody:
    return make_everybody()


def circle(who: Who, observers: tuple[str, ...] = ()) -> Circle:
    return Circle([Participant(*actor) for actor in ACTORS], observers, who)


def test_people_with_reading_seats_today(everybody: Everybody) -> None:
    # Nacka: its TiB and the lent one; not the administrator of its people, the ended seat, or the screen on the wall.
    # The county board: RSK, compiler, observer, secretariat; not the system administrator.
    assert people_counts(["nacka", BOARD, OUTSIDE, "ingen"]) == {"nacka": 2, BOARD: 4, OUTSIDE: 2, "ingen": 0}
    assert people_counts(["nacka"], today() - timedelta(days=3)) == {"nacka": 2}  # the one who left since, not the lent
    everybody.duty_officer.person.is_active = False
    everybody.duty_officer.person.save()
    assert people_counts(["nacka"]) == {"nacka": 1}


def test_whoever_sits_at_two_actors_is_one_person(everybody: Everybody) -> None:
    Seat.objects.create(person=everybody.duty_officer.person, actor_id=POLICE, role="liaison", valid_from=today())
    found = circle(everybody.rsk.who)
    told = found.read_by(f"actors:nacka,{POLICE}")
    assert [(one.code, one.people) for one in told.actors] == [("nacka", 2), (POLICE, 2)]
    assert told.people == 3
    assert list(found.several_seats.values()) == [["nacka", POLICE]]


def test_the_level_is_for_those_whose_roles_are_on_it(everybody: Everybody) -> None:
    told = circle(everybody.rsk.who).read_by("level:inriktande")
    assert [(one.code, one.people) for one in told.actors] == [("sodertalje", 1), (BOARD, 1)]
    make_member("chef.nacka", "Chef Nacka", "nacka", "chief", "tib")
    assert circle(everybody.rsk.who).read_by("level:inriktande").people == 3


def test_an_actor_where_nobody_sits_is_named_all_the_same(everybody: Everybody) -> None:
    Seat.objects.filter(actor=POLICE).delete()
    told = circle(everybody.rsk.who).read_by(f"actors:{POLICE}")
    assert [(one.code, one.people) for one in told.actors] == [(POLICE, 0)] and told.people == 0


def test_observers_are_named_as_observers(everybody: Everybody) -> None:
    make_member("observator.ute", "Observatör utifrån", OUTSIDE, "observer")
    with translation.override("sv"):
        told = circle(everybody.rsk.who, (OUTSIDE,)).all
        assert told.whom == "alla deltagande aktörer och observatörer"
        assert told.groups[-1][0] == "Observatörer" and told.groups[-1][1][0].people == 3
        assert circle(everybody.rsk.who).all.whom == "alla deltagande aktörer"


def test_in_words(everybody: Everybody) -> None:
    found = circle(everybody.duty_officer.who)
    with translation.override("sv"):
        assert (found.own.whom, found.own.sum) == ("Nacka", "1 aktör, 2 personer")
        assert found.all.sum == "4 aktörer, 9 personer"
        assert found.read_by("level:inriktande").whom.startswith("inriktande nivå")
    with translation.override("en"):
        assert found.all.sum == "4 actors, 9 people"


def test_many_readers_are_not_all_named() -> None:
    many = [Participant(f"a{number}", f"Aktör {number}", f"A{number}", "state") for number in range(9)]
    told = Circle(many, (), Who("", "a0", frozenset(), "")).read_by("actors:" + ",".join(one.code for one in many))
    with translation.override("sv"):
        assert told.whom == "A0, A1, A2 och 6 till"


def test_asked_once(everybody: Everybody, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = circle(everybody.rsk.who)
    with django_assert_num_queries(1):
        for audience in ("all", "own:nacka", "level:inriktande", "actors:nacka"):
            found.read_by(audience)

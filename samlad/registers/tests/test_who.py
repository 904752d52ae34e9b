"""Who is speaking: seats held today, one actor at a time, and whom to call."""

from datetime import timedelta

import pytest
from django.test import Client

from samlad.base.clock import now
from samlad.registers.models import Person, Seat
from samlad.registers.queries import duty_seats, person_names, seats_of, speaking, today, who_for
from samlad.registers.tests.cast import Cast, make_member

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_seats_at_one_actor_are_held_together(cast: Cast) -> None:
    Seat.objects.create(person=cast.rsk.person, actor_id=cast.rsk.who.actor, role="chief", valid_from=today())
    assert who_for("rsk").roles == {"rsk", "chief"}


def test_seats_at_several_actors_are_held_one_actor_at_a_time(cast: Cast) -> None:
    Seat.objects.create(person=cast.rsk.person, actor_id="nacka", role="observer", valid_from=today())
    assert who_for("rsk").actor == "lansstyrelsen-stockholm"
    assert who_for("rsk", "nacka").roles == {"observer"}
    assert who_for("rsk", "sodertalje").actor == "lansstyrelsen-stockholm"


def test_yesterdays_and_tomorrows_seats_give_nothing(cast: Cast) -> None:
    day = today()
    seats = Seat.objects.filter(person=cast.rsk.person)
    seats.update(valid_to=day)
    assert who_for("rsk").roles == frozenset()
    seats.update(valid_from=day + timedelta(days=1), valid_to=None)
    assert who_for("rsk").actor == ""
    seats.update(valid_from=day)
    assert who_for("rsk").roles == {"rsk"}


def test_the_seat_is_chosen_and_remembered(cast: Cast) -> None:
    Seat.objects.create(person=cast.rsk.person, actor_id="nacka", role="chief", valid_from=today())
    client = signed_in(cast.rsk.person)
    assert client.get("/registers/").wsgi_request.who.actor == "lansstyrelsen-stockholm"  # type: ignore[attr-defined]
    answer = client.post("/seat/", {"seat": "nacka", "next": "/registers/areas/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/registers/areas/")
    assert client.get("/registers/").wsgi_request.who.actor == "nacka"  # type: ignore[attr-defined]
    Seat.objects.filter(person=cast.rsk.person, actor="nacka").update(valid_to=today())
    assert client.get("/registers/").wsgi_request.who.roles == {"rsk"}  # type: ignore[attr-defined]


def test_a_seat_not_held_is_not_there(cast: Cast) -> None:
    assert signed_in(cast.rsk.person).post("/seat/", {"seat": "nacka"}).status_code == 404


def test_one_query_for_the_seats(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        speaking(cast.rsk.person, seats_of(cast.rsk.person.key))


def test_duty_seats_are_those_to_call(cast: Cast) -> None:
    called = duty_seats(["nacka", "lansstyrelsen-stockholm", "polisregion-stockholm"], now())
    assert [seat.name for seat in called["nacka"]] == ["TiB Nacka"]
    assert [seat.role for seat in called["lansstyrelsen-stockholm"]] == ["rsk", "picture_lead"]
    assert called["polisregion-stockholm"] == ()


def test_who_may_not_sign_in_is_not_called(cast: Cast) -> None:
    Person.objects.filter(key=cast.duty_officer.person.key).update(is_active=False)
    assert duty_seats(["nacka"], now()) == {"nacka": ()}


def test_names_of_persons(cast: Cast) -> None:
    key = cast.rsk.person.key
    assert person_names([key, "nobody"]) == {key: "RSK"}


def test_a_member_of_another_room_can_be_made(cast: Cast) -> None:
    member = make_member("chef.nacka", "Chef Nacka", "nacka", "chief", "communicator")
    assert member.who.roles == {"chief", "communicator"}


def test_back_to_where_one_was_or_home_with_a_word(cast: Cast) -> None:
    Seat.objects.create(person=cast.rsk.person, actor_id="nacka", role="actor_administrator", valid_from=today())
    client = signed_in(cast.rsk.person)
    assert client.post("/seat/", {"seat": "nacka", "next": "/our-people/nacka/"}).headers["Location"].endswith("nacka/")
    assert client.get("/our-people/nacka/").status_code == 200
    client.post("/seat/", {"seat": "lansstyrelsen-stockholm", "next": "/our-people/nacka/"})
    answer = client.get("/our-people/nacka/", follow=True)
    assert answer.redirect_chain == [("/", 302)] and "inte för aktören" in answer.content.decode()
    assert client.get("/our-people/nacka/").status_code == 404


def test_for_whom_one_speaks_stands_at_the_top_and_by_what_is_sent(cast: Cast) -> None:
    page = signed_in(cast.duty_officer.person).get("/raise/").content.decode()
    top = page[page.index('class="account-name"') : page.index("</summary>")]
    assert "Nacka" in top
    assert 'action="/sign-out/"' in page
    assert "Du skickar som <b>Tjänsteman i beredskap (TiB), Nacka</b>" in page


def test_without_a_seat_one_is_told_whom_to_ask(cast: Cast) -> None:
    make_member("admin.nacka", "Administratör Nacka", "nacka", "actor_administrator")
    Seat.objects.filter(person=cast.duty_officer.person).update(valid_to=today())
    page = signed_in(cast.duty_officer.person).get("/").content.decode()
    assert "Du har ingen roll" in page and "admin.nacka@nacka.example" in page
    nobody = make_member("nobody", "Ingen", "nacka")
    page = signed_in(nobody.person).get("/").content.decode()
    assert "admin@lansstyrelsen-stockholm.example" in page and "admin.nacka@" not in page

"""Somebody else's sign-in, for who administers them."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from samlad.accounts.tests.people import give_password, with_codes, with_password
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast, make_member

pytestmark = pytest.mark.django_db


def page(person: Person) -> str:
    return f"/registers/people/{person.key}/sign-in/"


@pytest.fixture
def lost(cast: Cast) -> Person:
    """Somebody with a phone that has gone astray, at Nacka."""
    return with_password(cast.duty_officer.person)


def test_all_sessions_of_a_person_are_ended(lost: Person, cast: Cast) -> None:
    phone, admin = Client(), Client()
    give_password(phone, lost)
    admin.force_login(cast.administrator.person)
    assert "1 ställe" in admin.get(page(lost)).content.decode()
    assert admin.post(page(lost), {"act": "sessions"}).status_code == 302
    assert phone.get("/account/").status_code == 302


def test_factors_are_removed_so_that_new_ones_can_be_set_up(lost: Person, cast: Cast) -> None:
    with_codes(lost)
    admin = Client()
    admin.force_login(cast.administrator.person)
    admin.post(page(lost), {"act": "factors"})
    assert not Authenticator.objects.exists()
    assert "Passnycklar och koder" in admin.get(f"/registers/people/{lost.key}/").content.decode()


def test_an_actors_administrator_does_it_for_its_own_people_only(lost: Person, cast: Cast) -> None:
    nacka = make_member("admin.nacka", "Administratör Nacka", "nacka", "actor_administrator")
    sodertalje = make_member("admin.s", "Administratör Södertälje", "sodertalje", "actor_administrator")
    for member, status in ((nacka, 200), (sodertalje, 404), (cast.rsk, 404), (cast.liaison, 404)):
        client = Client()
        client.force_login(member.person)
        assert client.get(page(lost)).status_code == status
        assert (page(lost) in client.get(f"/registers/people/{lost.key}/").content.decode()) == (status == 200)
        assert client.post(page(lost), {"act": "factors"}).status_code == (302 if status == 200 else 404)


def test_what_is_not_there(cast: Cast) -> None:
    admin = Client()
    admin.force_login(cast.administrator.person)
    assert admin.get(f"/registers/people/{'0' * 32}/sign-in/").status_code == 404


def test_an_administrator_who_is_in_the_secretariat_too_gives_nobody_else_a_way_in(lost: Person, cast: Cast) -> None:
    """The secretariat changes people of all actors; their sign-in is their own administrators'."""
    both = make_member("kansli", "Kansliet", "lansstyrelsen-stockholm", "secretariat", "actor_administrator")
    client = Client()
    client.force_login(both.person)
    for person in (lost, cast.rsk.person):
        assert client.post(page(person), {"act": "factors"}).status_code == 404
    assert client.get(page(cast.observer.person)).status_code == 200

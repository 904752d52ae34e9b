"""What is only ever posted is not done by the look at whether somebody may do it, before they confirm who they are."""

import pytest
from django.conf import LazySettings
from django.test import Client

from samlad.accounts.factors import all_of
from samlad.accounts.identities import link
from samlad.accounts.models import BrokenGlass, ExternalId
from samlad.accounts.tests.people import with_codes, with_password
from samlad.accounts.tests.test_again import forget, long_ago
from samlad.base.clock import now
from samlad.journal.who import SYSTEM
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db
ASKED = "Bekräfta att det är du"


def test_codes_are_not_removed_before_one_has_confirmed(cast: Cast, settings: LazySettings) -> None:
    settings.SAMLAD_SIGN_IN = "password"
    person = with_codes(cast.rsk.person)
    client = long_ago(person)
    assert ASKED in client.post("/account/codes/remove/").content.decode()
    assert all_of(person).codes is not None


def test_identities_are_not_taken_away_before_one_has_confirmed(cast: Cast) -> None:
    with_password(cast.administrator.person)
    theirs = link(cast.rsk.person, "https://idp.example", "rsk", SYSTEM)
    mine = link(cast.administrator.person, "https://idp.example", "admin", SYSTEM)
    client = long_ago(cast.administrator.person)
    here = f"/registers/people/{cast.rsk.person.key}/identities/{theirs.pk}/end/"
    assert ASKED in client.post(here).content.decode()
    assert ASKED in client.post(f"/account/identities/{mine.pk}/end/").content.decode()
    assert ExternalId.objects.count() == 2


def test_a_broken_glass_is_not_mended_before_one_has_confirmed(cast: Cast) -> None:
    with_password(cast.administrator.person)
    person = cast.duty_officer.person
    glass = BrokenGlass.objects.create(person=person, actors=["nacka"], reason="nere", at=now(), until=now())
    client = long_ago(cast.administrator.person)
    assert ASKED in client.post(f"/registers/people/{person.key}/identities/glass/{glass.pk}/end/").content.decode()
    glass.refresh_from_db()
    assert glass.ended_at is None


def test_whoever_may_not_is_not_asked(cast: Cast) -> None:
    theirs = link(cast.rsk.person, "https://idp.example", "rsk", SYSTEM)
    client = Client(SERVER_NAME="localhost")
    client.force_login(with_password(cast.duty_officer.person))
    forget(client)
    assert client.post(f"/account/identities/{theirs.pk}/end/").status_code == 404
    here = f"/registers/people/{cast.rsk.person.key}/identities/{theirs.pk}/end/"
    assert client.post(here).status_code == 404


def test_another_address_is_confirmed_another_name_is_not(cast: Cast) -> None:
    with_password(cast.administrator.person)
    client, person = long_ago(cast.administrator.person), cast.rsk.person
    here = f"/registers/people/{person.key}/edit/"
    typed = {"username": "rsk", "name": "RSK i natt", "email": person.email, "is_active": "on", "reason": "byte"}
    assert client.post(here, typed).status_code == 302
    assert ASKED in client.post(here, typed | {"email": "annan@nacka.example"}).content.decode()
    person.refresh_from_db()
    assert (person.name, person.email) == ("RSK i natt", "rsk@lansstyrelsen-stockholm.example")

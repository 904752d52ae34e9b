"""Everything there is on somebody is handed out to who has just confirmed who they are."""

import pytest
from django.test import Client

from samlad.accounts.tests.people import PASSWORD, with_password
from samlad.accounts.tests.test_again import long_ago
from samlad.registers.models import Change
from samlad.registers.tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
ASKED = "Bekräfta att det är du"
TYPED = {"confirm-password": PASSWORD, "confirm-fetched": "1"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def exports() -> int:
    return Change.objects.filter(action="exported").count()


def test_what_there_is_on_somebody_is_asked_about_and_noted_once(cast: Cast) -> None:
    client: Client = long_ago(with_password(cast.administrator.person))
    here = f"/privacy/people/{cast.liaison.person.key}.json"
    assert ASKED in client.get(here).content.decode()
    assert exports() == 0, "nothing has been handed out"
    assert client.post(here, TYPED).headers["Location"] == here
    assert client.get(here).headers["Content-Type"].startswith("application/json")
    assert exports() == 1


def test_ones_own_too(cast: Cast) -> None:
    client: Client = long_ago(with_password(cast.liaison.person))
    assert ASKED in client.get("/privacy/mine.json").content.decode()
    assert client.post("/privacy/mine.json", TYPED).headers["Location"] == "/privacy/mine.json"
    assert "holdings" in client.get("/privacy/mine.json").json()


def test_whoever_may_not_is_not_asked(cast: Cast) -> None:
    client: Client = long_ago(with_password(cast.rsk.person))
    assert client.get(f"/privacy/people/{cast.liaison.person.key}.json").status_code == 404

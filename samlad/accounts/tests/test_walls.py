"""Wall screens: made, opened once, reading only, revoked at once."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from samlad.accounts.models import Screen
from samlad.base.clock import now
from samlad.journal.tests.scene import opened
from samlad.registers.models import Person, Seat
from samlad.registers.queries import duty_seats, people_counts
from samlad.registers.tests.cast import Cast, Member, make_member

pytestmark = pytest.mark.django_db
LIST = "/our-people/nacka/screens/"


@pytest.fixture
def keeper(cast: Cast) -> Client:
    """Nacka's own administrator's browser."""
    return as_member(make_member("admin.nacka", "Administratör Nacka", "nacka", "actor_administrator"))


def as_member(member: Member, *, recently: bool = True) -> Client:
    client = Client()
    client.force_login(member.person)
    if not recently:
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 3600
        session.save()
    return client


def made(keeper: Client) -> str:
    """The path of a new screen's link."""
    page = keeper.post(LIST, {"name": "Väggskärm Nacka ledningscentral"}).content.decode()
    found = re.search(r"/screen/[\w-]{43}/", page)
    assert found is not None
    return found[0]


def on_the_wall(keeper: Client) -> Client:
    """The browser on the wall."""
    wall, link = Client(), made(keeper)
    assert wall.get(link).status_code == 200
    assert wall.post(link).headers["Location"] == "/wall/"
    return wall


def test_a_link_opens_one_browser_once(keeper: Client) -> None:
    wall, link = Client(), made(keeper)
    assert wall.post(link).status_code == 302
    assert wall.get("/wall/").status_code == 200
    assert 360 * 24 * 3600 < wall.session.get_expiry_age() <= 365 * 24 * 3600
    other = Client()
    assert other.get(link).status_code == other.post(link).status_code == 404
    assert other.get("/wall/").status_code == 302
    assert not Person.objects.get(screen=True).has_usable_password()


def test_a_link_is_too_old_after_an_hour(keeper: Client) -> None:
    link = made(keeper)
    Screen.objects.update(link_expires_at=now() - timedelta(seconds=1))
    assert Client().post(link).status_code == 404


def test_only_the_wall_is_there_for_it(keeper: Client, cast: Cast) -> None:
    wall, operation = on_the_wall(keeper), opened()
    assert wall.get("/").headers["Location"] == "/wall/"
    person = cast.rsk.person.key
    for path in ("/registers/", "/registers/people/", f"/registers/people/{person}/", "/outbox/", "/raise/"):
        assert wall.get(path).status_code == 404, path
    for path in ("", "journal/", "reports/"):
        assert wall.get(f"/operations/{operation}/{path}").status_code == 404
    assert wall.get(f"/api/v1/operations/{operation}/entries").status_code == 404
    for path in ("/wall/", f"/wall/{operation}/", "/sign-out/", "/seat/", "/language/", "/raise/"):
        assert wall.post(path).status_code == 404, path


def test_it_shows_the_operation_with_nothing_to_press(keeper: Client, cast: Cast) -> None:
    wall, operation = on_the_wall(keeper), opened()
    assert wall.get("/wall/").headers["Location"] == f"/wall/{operation}/"
    html = wall.get(f"/wall/{operation}/").content.decode()
    body = html[html.index("<main") : html.index("</main>")]
    assert "data-live-url" in html or "samlad-live" in html
    assert not re.search(r"<(a|button|form|input|select)\b", body)
    answer = wall.get(f"/wall/{operation}/")
    missing = [name for name in answer.context["regions"] if f'id="{name}"' not in html]
    assert missing == []  # a live region that the page lacks would never be shown
    assert wall.get("/wall/?choose").status_code == 200
    assert as_member(cast.duty_officer).get(f"/wall/{operation}/").status_code == 404


def test_revoked_it_is_out_at_once(keeper: Client) -> None:
    wall, screen = on_the_wall(keeper), Screen.objects.get()
    assert "Väggskärm Nacka" in keeper.get(LIST).content.decode()
    assert keeper.post(f"/screens/{screen.pk}/end/").status_code == 302
    assert wall.get("/wall/").status_code == 302
    assert Seat.objects.get(role="wall").valid_to is not None
    assert keeper.post(f"/screens/{screen.pk}/link/").status_code == 302


def test_a_new_link_signs_the_old_browser_out(keeper: Client) -> None:
    wall, screen = on_the_wall(keeper), Screen.objects.get()
    page = keeper.post(f"/screens/{screen.pk}/link/").content.decode()
    assert re.search(r"/screen/[\w-]{43}/", page)
    assert wall.get("/wall/").status_code == 302


def test_who_makes_screens(keeper: Client, cast: Cast) -> None:
    assert keeper.get("/our-people/sodertalje/screens/").status_code == 404
    assert as_member(cast.duty_officer).get(LIST).status_code == 404
    assert as_member(cast.rsk).get(LIST).status_code == 404
    assert as_member(cast.rsk).get("/our-people/lansstyrelsen-stockholm/screens/").status_code == 200
    made(keeper)
    screen = Screen.objects.get()
    assert as_member(cast.rsk).post(f"/screens/{screen.pk}/end/").status_code == 404


def test_a_screen_is_no_person(keeper: Client, cast: Cast) -> None:
    before = people_counts(["nacka"])
    on_the_wall(keeper)
    screen = Person.objects.get(screen=True)
    assert people_counts(["nacka"]) == before
    assert screen.key not in {seat.person for seats in duty_seats(["nacka"], now()).values() for seat in seats}
    admin = as_member(cast.administrator)
    assert screen.name not in admin.get("/registers/people/").content.decode()
    assert screen.name not in admin.get("/registers/actors/nacka/").content.decode()
    for path in ("", "edit/", "seats/new/", "password/", "phone/"):
        assert admin.get(f"/registers/people/{screen.key}/{path}").status_code == 404


def test_making_one_asks_who_one_is(cast: Cast) -> None:
    keeper = make_member("admin.nacka", "Administratör Nacka", "nacka", "actor_administrator")
    keeper.person.set_password("a long winter night")
    keeper.person.save()
    client = as_member(keeper, recently=False)
    assert client.get(LIST).status_code == 200
    asked = client.post(LIST, {"name": "Väggskärm"}).content.decode()
    assert "confirm-password" in asked and not Screen.objects.exists()
    typed = {"name": "Väggskärm", "confirm-password": "a long winter night"}
    assert "/screen/" in client.post(LIST, typed).content.decode()
    screen = Screen.objects.get()
    digest, other = screen.digest, as_member(keeper, recently=False)
    assert "confirm-password" in other.post(f"/screens/{screen.pk}/link/").content.decode()
    screen.refresh_from_db()
    assert screen.digest == digest
    assert as_member(cast.liaison, recently=False).post(f"/screens/{screen.pk}/link/").status_code == 404
    assert as_member(cast.liaison, recently=False).post(LIST, {"name": "x"}).status_code == 404

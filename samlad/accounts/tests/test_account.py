"""My sign-in: the page, one-time codes, recovery codes, open sessions."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from samlad.accounts import sessions
from samlad.accounts.models import Attempt
from samlad.accounts.tests.people import PASSWORD, SECRET, code, give_password, with_codes, with_password
from samlad.base.clock import now
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def person(cast: Cast) -> Person:
    return with_password(cast.rsk.person)


def signed_in(person: Person, agent: str = DESK, address: str = "192.0.2.1") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    give_password(client, person)
    return client


def test_it_shows_where_one_is_signed_in_and_when(person: Person) -> None:
    desk, _phone = signed_in(person), signed_in(person, PHONE, "192.0.2.2")
    page = desk.get("/account/").content.decode()
    for text in ("Firefox, Windows", "Safari, iPhone", "192.0.2.2", "Senaste inloggningar", "Logga ut överallt annars"):
        assert text in page
    assert page.count("sessions/end/") == 2, "one for the other session, one for all others"


def test_failed_tries_are_shown_to_whose_name_it_was(person: Person) -> None:
    Client().post("/sign-in/", {"username": "rsk", "password": "fel"}, REMOTE_ADDR="203.0.113.9")
    page = signed_in(person).get("/account/").content.decode()
    assert "misslyckad" in page and "203.0.113.9" in page


def test_one_other_session_is_ended(person: Person) -> None:
    desk, phone = signed_in(person), signed_in(person, PHONE)
    row = UserSession.objects.get(session_key=phone.session.session_key)
    assert desk.post("/account/sessions/end/", {"session": row.pk}).status_code == 302
    assert phone.get("/account/").status_code == 302
    assert desk.get("/account/").status_code == 200


def test_all_other_sessions_are_ended(person: Person) -> None:
    desk, phone, third = signed_in(person), signed_in(person, PHONE), signed_in(person)
    desk.post("/account/sessions/end/")
    assert [client.get("/account/").status_code for client in (desk, phone, third)] == [200, 302, 302]


@pytest.mark.parametrize("typed", ["", "0", "x", "9" * 30, "-1", "١"])
def test_nobody_elses_session_is_ended(person: Person, cast: Cast, typed: str) -> None:
    other = signed_in(with_password(cast.liaison.person))
    mine = signed_in(person)
    theirs = UserSession.objects.get(session_key=other.session.session_key)
    for session in (typed, str(theirs.pk)):
        assert mine.post("/account/sessions/end/", {"session": session}).status_code == 302
    assert other.get("/account/").status_code == 200


def test_which_sessions_are_alive(person: Person, cast: Cast) -> None:
    desk, phone = signed_in(person), signed_in(person, PHONE)
    other = signed_in(with_password(cast.liaison.person))
    keys = [str(client.session.session_key) for client in (desk, phone, other)]
    assert sessions.alive([*keys, "nobody's"]) == set(keys)
    Session.objects.filter(session_key=keys[1]).delete()
    assert sessions.alive(keys) == {keys[0], keys[2]}
    Session.objects.filter(session_key=keys[2]).update(expire_date=now() - timedelta(seconds=1))
    assert sessions.alive(keys) == {keys[0]}
    person.set_password("ett annat ord")
    person.save()
    assert sessions.alive(keys) == set()


def test_a_session_is_noted_as_seen_now_and_then(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(person)
    row = UserSession.objects.get()
    UserSession.objects.update(last_seen_at=now() - timedelta(hours=1))
    client.get("/account/")
    assert now() - UserSession.objects.get().last_seen_at > timedelta(minutes=50), "not on every page"
    kept = client.session
    kept[sessions.SINCE] -= 3600
    kept.save()
    client.get("/account/", REMOTE_ADDR="192.0.2.77")
    row.refresh_from_db()
    assert row.ip == "192.0.2.77" and now() - row.last_seen_at < timedelta(minutes=1)


def test_a_session_ends_after_two_weeks_however_much_it_was_used(person: Person) -> None:
    client = signed_in(person)
    kept = client.session
    kept[sessions.SINCE] -= sessions.LONGEST + 1
    kept.save()
    assert client.get("/registers/").headers["Location"] == "/sign-in/?next=/registers/"
    assert client.get("/registers/").status_code == 302


def test_codes_are_set_up_with_a_code_that_proves_it(person: Person) -> None:
    client = signed_in(person)
    page = client.get("/account/codes/").content.decode()
    assert "<svg" in page and "otpauth://totp/rsk?" in page
    assert client.post("/account/codes/", {"code": "000000"}).status_code == 422
    secret = client.session["mfa.totp.secret"]
    shown = code(secret)
    assert client.post("/account/codes/", {"code": shown}).headers["Location"] == "/account/recovery-codes/"
    other = Client()
    assert give_password(other, person) == "/sign-in/code/"
    assert other.post("/sign-in/code/", {"code": shown}).status_code == 422, "used up when it was set up"
    assert other.post("/sign-in/code/", {"code": code(secret, 1)}).status_code == 302


def test_a_new_phone_takes_the_place_of_the_old(person: Person) -> None:
    with_codes(person)
    client = Client()
    client.force_login(person)
    assert "slutar fungera" in client.get("/account/codes/").content.decode()
    client.post("/account/codes/", {"code": code(client.session["mfa.totp.secret"])})
    other = Client()
    give_password(other, person)
    assert other.post("/sign-in/code/", {"code": code(SECRET)}).status_code == 422


def test_codes_are_removed_where_a_password_alone_will_do(person: Person, settings: Any) -> None:
    with_codes(person)
    client = Client()
    client.force_login(person)
    settings.SAMLAD_SIGN_IN = "strong"
    assert client.post("/account/codes/remove/").status_code == 404
    settings.SAMLAD_SIGN_IN = "password"
    assert client.post("/account/codes/remove/").status_code == 302
    assert not Authenticator.objects.exists()


def test_recovery_codes_are_shown_once_and_new_ones_replace_them(person: Person) -> None:
    with_codes(person)
    client = Client()
    client.force_login(person)
    first = re.findall(r"<li>(\d{4} \d{4})</li>", client.post("/account/recovery-codes/").content.decode())
    assert len(set(first)) == 10
    assert first[0] not in client.get("/account/recovery-codes/").content.decode()
    assert "Du har 10 koder kvar" in client.get("/account/").content.decode()
    second = re.findall(r"<li>(\d{4} \d{4})</li>", client.post("/account/recovery-codes/").content.decode())
    other = Client()
    give_password(other, person)
    assert other.post("/sign-in/code/", {"code": first[0]}).status_code == 422
    assert other.post("/sign-in/code/", {"code": second[0]}).status_code == 302
    assert "Du har 9 koder kvar" in client.get("/account/").content.decode()


def test_without_a_second_factor_there_are_no_recovery_codes(person: Person) -> None:
    client = signed_in(person)
    assert {
        client.get("/account/recovery-codes/").status_code,
        client.post("/account/recovery-codes/").status_code,
    } == {404}


def test_pages_of_the_account_are_kept_nowhere(person: Person) -> None:
    client = signed_in(person)
    for path in ("/account/", "/account/codes/", "/account/passkeys/new/", "/account/password/"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_a_wall_screen_has_no_sign_in_of_its_own(person: Person) -> None:
    client = signed_in(person)
    Person.objects.update(screen=True)
    paths = ("/account/", "/account/set-up/", "/account/codes/", "/account/passkeys/new/", "/account/password/")
    assert {client.get(path).status_code for path in paths} == {404}


def test_the_password_stands_nowhere(person: Person) -> None:
    signed_in(person)
    assert PASSWORD not in " ".join(str(value) for row in Attempt.objects.values_list() for value in row)

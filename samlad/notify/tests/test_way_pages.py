"""The pages of ways: one's own, an actor's switchboard, the overview."""

import re
import time
from typing import Any

import pytest
from django.test import Client

from samlad.base.clock import now
from samlad.notify import ways
from samlad.notify.channel_config import Channels, Section
from samlad.notify.tests.gateway_house import House
from samlad.notify.way_actions import states
from samlad.notify.way_models import Way, WayTest
from samlad.notify.way_rules import APART, BY_ONE, HOUR, Owner
from samlad.registers.models import Change, Person
from samlad.registers.tests.cast import Everybody, make_everybody

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Everybody:
    """Everybody."""
    return make_everybody()


@pytest.fixture
def house(settings: Any) -> Any:
    """Where all gateways are, and what the operator says of them."""
    with House() as house:
        sms = Section("sms", provider="46elks", user="u", secret="s" * 20, sender="Samlad", url=house.url)
        chat = Section("chat", hosts=(house.url, "chat.example"))
        settings.CHANNELS = Channels({"sms": sms, "chat": chat})
        yield house


def signed_in(member: Any) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(member.person)
    session = client.session
    session["actor"] = member.who.actor
    session.save()
    return client


def told(house: House) -> str:
    """The text of the latest SMS that was a test."""
    return next(asked.form["message"] for asked in reversed(house.asked) if "test" in asked.form["message"])


def add(client: Client, channel: str, address: str, where: str = "/ways/new/", **more: str) -> Any:
    """State a way."""
    return client.post(where, {"channel": channel, "address": address, "label": "", **more})


def own(member: Any) -> Owner:
    """Somebody as an owner of ways."""
    return Owner(person=member.person.key)


def test_a_number_is_added_tested_and_confirmed_by_its_code(cast: Everybody, house: House) -> None:
    client = signed_in(cast.duty_officer)
    assert add(client, "sms", "070-174 06 05", label="Jobbmobil").status_code == 302
    way = Way.objects.get(person=cast.duty_officer.person.key)
    assert way.address == "+46701740605"
    page = client.get("/ways/").content.decode()
    assert "070-174 06 05" in page and "Jobbmobil" in page and "Inte testat" in page
    answer = client.post(f"/ways/one/{way.pk}/testing/")
    assert answer["Location"] == f"/ways/one/{way.pk}/code/"
    wrong = client.post(answer["Location"], {"code": "1"})
    assert wrong.status_code == 409 and "inte rätt kod" in wrong.content.decode()
    code = re.search(r"\b\d{6}\b", told(house))
    assert code and client.post(answer["Location"], {"code": f"{code[0][:3]} {code[0][3:]}"}).status_code == 302
    assert next(state for state in states(own(cast.duty_officer)) if state.id == str(way.pk)).works
    assert "Fungerar" in client.get("/ways/").content.decode()


def test_a_link_is_tapped_without_sign_in_and_a_look_confirms_nothing(cast: Everybody, house: House) -> None:
    client = signed_in(cast.duty_officer)
    add(client, "sms", "070-174 06 05")
    way = Way.objects.get(person=cast.duty_officer.person.key)
    client.post(f"/ways/one/{way.pk}/testing/")
    link = re.search(r"https?://\S+?(/ways/confirm/\S+)", told(house))
    assert link
    anybody = Client()
    assert anybody.get(link[1]).status_code == 200 and not Way.objects.get(pk=way.pk).verified_at
    assert "Tack" in anybody.post(link[1]).content.decode() and Way.objects.get(pk=way.pk).verified_at
    assert anybody.get(link[1]).status_code == 404 and anybody.post(link[1]).status_code == 404
    assert anybody.get("/ways/confirm/1~forged/").status_code == 404


def test_five_wrong_codes_end_a_test(cast: Everybody, house: House) -> None:
    client = signed_in(cast.duty_officer)
    add(client, "sms", "070-174 06 05")
    way = Way.objects.get(person=cast.duty_officer.person.key)
    client.post(f"/ways/one/{way.pk}/testing/")
    for _time in range(5):
        client.post(f"/ways/one/{way.pk}/code/", {"code": "abc"})
    code = re.search(r"\b\d{6}\b", told(house))
    assert code and client.post(f"/ways/one/{way.pk}/code/", {"code": code[0]}).status_code == 409
    assert not Way.objects.get(pk=way.pk).verified_at


def test_nobodys_number_is_flooded(cast: Everybody, house: House) -> None:
    ours, theirs = signed_in(cast.duty_officer), signed_in(cast.liaison)
    for client in (ours, theirs):
        add(client, "sms", "070-174 06 05")
    first, second = Way.objects.filter(channel="sms", registered=False).order_by("pk")
    for _time in range(10):
        ours.post(f"/ways/one/{first.pk}/testing/")
        theirs.post(f"/ways/one/{second.pk}/testing/")
        WayTest.objects.update(sent_at=WayTest.objects.latest("sent_at").sent_at - APART)
    assert sum("test" in asked.form["message"] for asked in house.asked) == 5
    WayTest.objects.update(sent_at=WayTest.objects.latest("sent_at").sent_at - HOUR)
    ours.post(f"/ways/one/{first.pk}/testing/")
    assert sum("test" in asked.form["message"] for asked in house.asked) == 6
    assert BY_ONE > 5


def test_two_tests_at_once_are_one(cast: Everybody, house: House) -> None:
    client = signed_in(cast.duty_officer)
    add(client, "sms", "070-174 06 05")
    way = Way.objects.get(person=cast.duty_officer.person.key)
    client.post(f"/ways/one/{way.pk}/testing/")
    assert "halv minut" in client.post(f"/ways/one/{way.pk}/testing/", follow=True).content.decode()


def test_a_gateway_that_is_down_is_told(cast: Everybody, house: House) -> None:
    client = signed_in(cast.duty_officer)
    add(client, "sms", "070-174 06 05")
    way = Way.objects.get(person=cast.duty_officer.person.key)
    house.always(503, "down")
    answer = client.post(f"/ways/one/{way.pk}/testing/", follow=True).content.decode()
    assert "Testet gick inte att skicka" in answer and not Way.objects.get(pk=way.pk).failed_at
    WayTest.objects.all().delete()
    house.always(400, "no such number")
    client.post(f"/ways/one/{way.pk}/testing/")
    assert Way.objects.get(pk=way.pk).failed_at
    assert "Fungerar inte" in client.get("/ways/").content.decode()


@pytest.mark.parametrize(
    ("channel", "address", "sentence"),
    [
        ("sms", "ring mig", "inget telefonnummer"),
        ("sms", "08-123 456 00", "tar inte emot sms"),
        ("sms", "0900-1234567", ""),
        ("email", "tib@", "ingen e-postadress"),
        ("chat", "https://elsewhere.example/hooks/abc", "får Samlad inte skicka"),
        ("chat", "http://169.254.169.254/hooks/abc", "https"),
        ("chat", "https://chat.example/other", "inkommande webhook"),
        ("chat", "file:///etc/passwd", "ingen adress"),
        ("voice", "070-174 06 05", ""),
        ("push", "{}", ""),
        ("webhook", "https://chat.example/", ""),
    ],
)
def test_what_is_no_address_is_told_and_kept(
    cast: Everybody, house: House, channel: str, address: str, sentence: str
) -> None:
    answer = add(signed_in(cast.duty_officer), channel, address)
    assert answer.status_code in (409, 422) and sentence in answer.content.decode()
    assert not Way.objects.filter(registered=False).exists()


def test_the_order_is_changed_without_script(cast: Everybody, house: House) -> None:
    person = cast.duty_officer.person
    Person.objects.filter(key=person.key).update(phone="070-174 06 05", email="tib@nacka.example")
    client = signed_in(cast.duty_officer)
    assert [state.channel for state in states(own(cast.duty_officer))] == ["sms", "voice", "email"]
    client.post(f"/ways/one/email:{person.key}/moving/", {"up": ""})
    assert [state.channel for state in states(own(cast.duty_officer))] == ["sms", "email", "voice"]
    email = states(own(cast.duty_officer))[1]
    client.post(f"/ways/one/{email.id}/moving/", {"up": ""})
    client.post(f"/ways/one/{email.id}/moving/", {"up": ""})
    assert [state.channel for state in states(own(cast.duty_officer))] == ["email", "sms", "voice"]
    assert [way.channel for way in ways.ways_of([person.key])[person.key]] == ["email", "sms"]


def test_a_number_in_the_register_that_is_none_is_told(cast: Everybody, house: House) -> None:
    client = signed_in(cast.duty_officer)
    assert "går inte att ringa" not in client.get("/ways/").content.decode()
    Person.objects.filter(key=cast.duty_officer.person.key).update(phone="08-1")
    assert "går inte att ringa" in client.get("/ways/").content.decode()


def test_a_way_of_the_register_is_taken_away_and_back(cast: Everybody, house: House) -> None:
    person = cast.duty_officer.person
    Person.objects.filter(key=person.key).update(phone="070-174 06 05", email="")
    client = signed_in(cast.duty_officer)
    assert client.get(f"/ways/one/sms:{person.key}/removing/").status_code == 200
    client.post(f"/ways/one/sms:{person.key}/removing/")
    assert [state.channel for state in states(own(cast.duty_officer))] == ["voice"]
    assert Person.objects.get(key=person.key).phone == "070-174 06 05"
    client.post("/ways/back/", {"channel": "sms"})
    assert [state.channel for state in states(own(cast.duty_officer))] == ["sms", "voice"]


def test_the_history_says_that_it_was_changed_and_never_the_number(cast: Everybody, house: House) -> None:
    client = signed_in(cast.duty_officer)
    add(client, "sms", "070-174 06 05")
    way = Way.objects.get(person=cast.duty_officer.person.key)
    client.post(f"/ways/one/{way.pk}/removing/")
    changes = Change.objects.filter(register="people", object_key=cast.duty_officer.person.key)
    assert [change.after for change in changes.order_by("id")][-2:] == [{"way": "Sms"}, {"way": ""}]
    assert "174" not in str([(change.before, change.after, change.reason) for change in changes])
    assert Way.objects.get(pk=way.pk).address == ""


def test_a_person_is_told_by_their_other_ways(cast: Everybody, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr("samlad.notify.way_letters.send_all", sent.extend)
    person = cast.duty_officer.person
    Person.objects.filter(key=person.key).update(phone="070-174 06 05", email="tib@nacka.example")
    client = signed_in(cast.duty_officer)
    add(client, "sms", "070-174 06 06")
    wait_for(lambda: len(sent) == 2)
    assert {(one.channel, one.address) for one in sent} == {("sms", "+46701740605"), ("email", "tib@nacka.example")}
    sent.clear()
    add(client, "sms", "070-174 06 07")  # not to the first number: nobody has shown that it is theirs
    wait_for(lambda: len(sent) == 2)
    assert "+46701740606" not in {one.address for one in sent}


def wait_for(holds: Any) -> None:
    """Until it holds."""
    until = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_nobody_else_touches_a_way(cast: Everybody, house: House) -> None:
    add(signed_in(cast.duty_officer), "sms", "070-174 06 05")
    way = Way.objects.get(person=cast.duty_officer.person.key)
    for member in (cast.actor_administrator, cast.administrator, cast.liaison, cast.rsk):
        client = signed_in(member)
        for id in (str(way.pk), f"sms:{cast.duty_officer.person.key}"):
            assert client.get(f"/ways/one/{id}/code/").status_code == 404
            for what in ("moving", "testing", "removing", "exercises"):
                assert client.post(f"/ways/one/{id}/{what}/").status_code == 404
    for id in ("0", "999999999999999999999", "x", "sms:", "٣"):
        assert signed_in(cast.duty_officer).post(f"/ways/one/{id}/testing/").status_code == 404


def test_an_actors_administrator_looks_after_the_switchboard(cast: Everybody, house: House) -> None:
    client = signed_in(cast.actor_administrator)
    address = f"{house.url}/hooks/abcdefghijklmnopqrstuvwxyz"
    assert add(client, "chat", address, "/ways/actors/nacka/new/", label="TiB-kanalen").status_code == 302
    way = Way.objects.get(actor="nacka")
    page = client.get("/ways/actors/nacka/").content.decode()
    assert "TiB-kanalen" in page and "inte i övningar" in page and "abcdefghijklmnop" not in page
    client.post(f"/ways/one/{way.pk}/exercises/", {"exercises": "1"})
    assert Way.objects.get(pk=way.pk).exercises
    assert [way.channel for way in ways.switchboards(["nacka"])["nacka"]] == ["chat"]
    client.post(f"/ways/one/{way.pk}/testing/")
    code = re.search(r"\b\d{6}\b", house.asked[-1].json()["text"])
    assert code and client.post(f"/ways/one/{way.pk}/code/", {"code": code[0]}).status_code == 302
    assert ways.of_actors(["nacka"])["nacka"][0].works


def test_the_overview_shows_states_and_no_number(cast: Everybody, house: House) -> None:
    Person.objects.filter(key=cast.duty_officer.person.key).update(phone="070-174 06 05")
    ways.failed([f"sms:{cast.duty_officer.person.key}"], now())
    rsk = signed_in(cast.rsk)
    assert "Nacka" in rsk.get("/ways/actors/").content.decode()
    page = rsk.get("/ways/actors/nacka/").content.decode()
    assert cast.duty_officer.person.name in page and "Fungerar inte" in page
    assert "174" not in page and "+4670" not in page

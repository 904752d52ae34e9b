"""A second alarm that looks like the same matter: it is asked about, never refused, and both ways are one press."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from samlad.activation.models import LadderTimes
from samlad.activation.queries import activation
from samlad.activation.similar import Told, alike
from samlad.activation.tests.scene import alarm, close
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.journal.models import Operation
from samlad.registers.models import Area
from samlad.registers.tests.cast import Cast, Member

ClientFor = Callable[[Member], Client]
NOON = datetime.fromisoformat("2026-01-05T12:00+00:00")
TILES = {"0182": (4, 4), "0120": (5, 4), "0181": (3, 8)}
NACKA, VARMDO, SODERTALJE = ("0182",), ("0120",), ("0181",)


def told(what: str, where: str = "", areas: tuple[str, ...] = (), minutes: int = 0) -> Told:
    """An alarm so many minutes after noon."""
    return Told(what, where, areas, NOON + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (told("Snöoväder", "Nacka", NACKA), told("Kraftigt snöoväder", "Nacka", NACKA, 60), True),
        (told("Snöoväder", "Nacka", NACKA), told("snöovädret", "Värmdö", VARMDO, 60), True),  # next to it
        (told("Snöoväder", "Nacka", NACKA), told("Snöoväder", "Södertälje", SODERTALJE, 60), False),
        (told("Snöoväder", "hela länet"), told("Snöoväder", "Södertälje", SODERTALJE, 60), True),
        (told("Snöoväder", "Nacka", NACKA), told("Snöoväder", "okänt", (), 60), True),
        (told("Snöoväder", "Nacka", NACKA), told("Snöoväder", "Nacka", NACKA, 361), False),
        (told("Skottlossning", "Nacka", NACKA), told("Översvämning", "Nacka", NACKA, 60), False),
        (told("Brand", "Nacka", NACKA), told("Rök", "Nacka", NACKA, 10), True),  # same place, minutes apart
        (told("Brand", "Kvarnholmen"), told("Branden", "kvarnholmen, Nacka", NACKA, 60), True),
        (told("Brand", "Kvarnholmen"), told("Brand", "Hornsberg", (), 60), False),
        (told("Stort strömavbrott", "länet"), told("Större tågstopp", "länet", (), 60), False),
        (told("Strömavbrott", "hela länet"), told("Tågstopp", "hela länet", (), 5), False),
        (told("", ""), told("", ""), False),
    ],
)
def test_what_looks_the_same(one: Told, other: Told, same: bool) -> None:
    assert alike(one, other, 6, TILES) is same
    assert alike(other, one, 6, TILES) is same


def form(**changes: str) -> dict[str, str]:
    """The form as a browser sends it."""
    return {"id": str(new_id()), "what": "Mycket snö", "where": "Nacka", "kind": "disturbance"} | changes


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    """Two areas that can be named."""
    Area.objects.create(code="0182", name="Nacka", kind="municipality")


def test_it_is_asked_and_what_was_typed_stays(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.liaison)
    answer = client.post("/raise/", sent := form(what="Snöoväder & is"))
    html = answer.content.decode()
    assert answer.status_code == 409 and "Är det samma sak?" in html and "Snöoväder, hela länet" in html
    assert "Larmat av Nacka" in html and 'value="Snöoväder &amp; is"' in html
    assert f'<button name="join" value="{operation}">' in html and '<button name="apart" value="1">' in html
    assert Operation.objects.count() == 1
    assert client.post("/raise/", sent | {"apart": "1"}).status_code == 302
    assert Operation.objects.count() == 2


def test_joining_is_once_and_reaches_the_actor(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.liaison)
    sent = form(what="Snöoväder") | {"join": str(operation)}
    for _press in range(2):
        assert client.post("/raise/", sent).headers["Location"] == f"/operations/{operation}/"
    found = activation(operation, cast.rsk.who)
    assert Operation.objects.count() == 1 and found.reached_at("sodertalje")


def test_an_operation_that_is_not_there_for_one_is_not_joined(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    answer = client_for(cast.stranger).post("/raise/", form() | {"join": str(operation)})
    assert answer.status_code == 404 and "Är det samma sak" not in answer.content.decode()
    close(cast, operation)
    answer = client_for(cast.liaison).post("/raise/", form() | {"join": str(operation)})
    assert answer.status_code == 409 and "Händelsen är avslutad." in answer.content.decode()


def test_nobody_is_asked_about_what_they_may_not_read(cast: Cast, client_for: ClientFor) -> None:
    alarm(cast, what="Snöoväder")
    assert client_for(cast.stranger).post("/raise/", form(what="Snöoväder")).status_code == 302


def test_an_exercise_is_never_the_same_as_what_is_live(cast: Cast, client_for: ClientFor) -> None:
    alarm(cast, kind="exercise")
    assert client_for(cast.liaison).post("/raise/", form(what="Snöoväder")).status_code == 302


def test_hours_are_data_and_what_is_over_is_not_asked_about(cast: Cast, client_for: ClientFor) -> None:
    LadderTimes.objects.create(operation_kind="disturbance", same_hours=1)
    alarm(cast, occurred_at=now() - timedelta(minutes=61))
    close(cast, alarm(cast))
    assert client_for(cast.liaison).post("/raise/", form(what="Snöoväder")).status_code == 302


def test_the_same_form_twice_is_not_asked_about_itself(cast: Cast, client_for: ClientFor) -> None:
    client, sent = client_for(cast.liaison), form()
    answers = [client.post("/raise/", sent) for _press in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 302] and Operation.objects.count() == 1


def test_bad_answers_to_the_question(cast: Cast, client_for: ClientFor) -> None:
    client: Any = client_for(cast.liaison)
    assert client.post("/raise/", form() | {"join": "no id"}).status_code == 422
    assert client.post("/raise/", form() | {"join": str(new_id())}).status_code == 404

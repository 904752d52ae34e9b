"""The green button: what and where, nothing else; twice is once; a demo raises exercises only."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from samlad.activation.queries import activation, areas_named
from samlad.base.ids import new_id
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.queries import basics
from samlad.registers.models import Area, Seat
from samlad.registers.queries import AreaView
from samlad.registers.tests.cast import Cast, Member

ClientFor = Callable[[Member], Client]


def form(**changes: str) -> dict[str, str]:
    """The form as a browser sends it."""
    return {"id": str(new_id()), "what": "Snöoväder", "where": "Nacka", "kind": "disturbance", "apart": "1"} | changes


def test_who_may_press(cast: Cast, client_for: ClientFor) -> None:
    for name, member in cast.members().items():
        client = client_for(member)
        expected = 403 if name in ("observer", "administrator") else 200
        assert client.get("/raise/").status_code == expected, name
        assert client.post("/raise/", form()).status_code == (302 if expected == 200 else 403), name


def test_those_who_may_not_are_told_whom_to_ask(cast: Cast, client_for: ClientFor) -> None:
    html = client_for(cast.observer).get("/raise/").content.decode()
    assert "tjänsteman i beredskap" in html and '<form method="post" class="form"' not in html


def test_it_says_who_gets_the_alarm_and_who_sees_it(cast: Cast, client_for: ClientFor) -> None:
    html = client_for(cast.duty_officer).get("/raise/").content.decode()
    assert "sammankallande tjänsteman i beredskap (TiB): 1 person</strong>" in html
    assert "4 aktörer ser händelsen i Samlad från första sekunden." in html
    assert "<li>Länsstyrelsen Stockholm: 1</li>" in html


def test_where_nobody_can_assess_it_says_that_all_are_called(cast: Cast, client_for: ClientFor) -> None:
    Seat.objects.filter(role="rsk").delete()
    html = client_for(cast.duty_officer).get("/raise/").content.decode()
    assert "<strong>Alla kallas direkt: 4 aktörer, 3 personer.</strong>" in html


def test_what_and_where_make_an_operation(cast: Cast, client_for: ClientFor) -> None:
    Area.objects.create(code="0182", name="Nacka", kind="municipality")
    sent = form(where="centrala Nacka")
    answer = client_for(cast.duty_officer).post("/raise/", sent)
    operation = UUID(sent["id"])
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/operations/{operation}/")
    state = basics(operation, cast.rsk.who)
    assert (state.title, state.kind) == ("Snöoväder, centrala Nacka", "disturbance")
    assert set(state.participants) == {"nacka", "sodertalje", "lansstyrelsen-stockholm", "polisregion-stockholm"}
    assert state.convening == "lansstyrelsen-stockholm"
    trigger = activation(operation, cast.rsk.who).trigger
    assert trigger and (trigger.what, trigger.where, trigger.areas) == ("Snöoväder", "centrala Nacka", ("0182",))


def test_pressing_twice_is_one_operation(cast: Cast, client_for: ClientFor) -> None:
    client, sent = client_for(cast.duty_officer), form()
    answers = [client.post("/raise/", sent).headers["Location"] for _press in range(3)]
    assert len(set(answers)) == 1
    assert Operation.objects.count() == 1 and StoredEntry.objects.count() == 2


def test_a_party_that_left_in_between_does_not_make_it_two(cast: Cast, client_for: ClientFor) -> None:
    client, sent = client_for(cast.duty_officer), form()
    client.post("/raise/", sent)
    cast.rsk.person.seats.update(valid_to="2020-01-01")
    from_registers = client.post("/raise/", sent)
    assert from_registers.status_code == 302 and Operation.objects.count() == 1


@pytest.mark.parametrize("changes", [{"what": "Storm"}, {"where": "Solna"}, {"kind": "exercise"}])
def test_the_same_form_with_other_words_is_refused_and_kept(
    cast: Cast, client_for: ClientFor, changes: dict[str, str]
) -> None:
    client, sent = client_for(cast.duty_officer), form()
    client.post("/raise/", sent)
    answer = client.post("/raise/", sent | changes)
    html = answer.content.decode()
    assert answer.status_code == 409 and "har redan larmat om ”Snöoväder, Nacka”" in html
    assert f'value="{(sent | changes)["what"]}"' in html
    assert Operation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"what": " "}, "Skriv med några ord vad som har hänt."),
        ({"where": ""}, "Skriv var."),
        ({"what": "x" * 121}, "Högst 120 tecken; det här är 121."),
        ({"kind": "planned"}, "Välj ett av dem."),
        ({"id": "not an id"}, "giltigt"),
        ({"what": "a\x00b"}, "Null"),
    ],
)
def test_bad_input_is_told_at_the_field_and_kept(
    cast: Cast, client_for: ClientFor, changes: dict[str, str], sentence: str
) -> None:
    sent = form(where="Värmdö") | changes
    answer = client_for(cast.duty_officer).post("/raise/", sent)
    html = answer.content.decode()
    assert answer.status_code == 422 and sentence in html
    assert f'value="{sent["where"]}"' in html or not sent["where"]
    assert Operation.objects.count() == 0


def test_lines_become_one_line(cast: Cast, client_for: ClientFor) -> None:
    sent = form(what="Snö\noch  is")
    client_for(cast.duty_officer).post("/raise/", sent)
    assert basics(UUID(sent["id"]), cast.rsk.who).title == "Snö och is, Nacka"


def test_a_demo_raises_exercises_only(cast: Cast, client_for: ClientFor, settings: Any) -> None:
    settings.DEMO = True
    client = client_for(cast.duty_officer)
    html = client.get("/raise/").content.decode()
    assert 'class="exercise"' in html and "Skarpt läge" not in html
    answer = client.post("/raise/", form())
    assert answer.status_code == 422 and "Här kan man bara larma om övningar." in answer.content.decode()
    sent = form(kind="exercise")
    assert client.post("/raise/", sent).status_code == 302
    assert Operation.objects.get().exercise


def test_live_is_the_default_in_earnest(cast: Cast, client_for: ClientFor) -> None:
    html = client_for(cast.duty_officer).get("/raise/").content.decode()
    assert 'value="disturbance" required id="id_kind_0" checked' in html
    assert 'class="exercise"' not in html


def test_an_actor_that_is_no_party_can_raise_and_follow(cast: Cast, client_for: ClientFor) -> None:
    sent = form()
    assert client_for(cast.stranger).post("/raise/", sent).status_code == 302
    assert basics(UUID(sent["id"]), cast.stranger.who).title == "Snöoväder, Nacka"


def test_areas_are_found_by_their_whole_names() -> None:
    known = [
        AreaView("0182", "Nacka", "municipality", None, None),
        AreaView("0180", "Stockholm", "municipality", None, None),
    ]
    assert areas_named("Södra stockholm och Nacka", known) == ("0180", "0182")
    assert areas_named("Stockholms län", known) == ()
    assert areas_named("Nackareservatet", known) == ()


def test_what_is_going_on_already_is_told(cast: Cast, client_for: ClientFor) -> None:
    client, sent = client_for(cast.duty_officer), form()
    assert "Pågår redan" not in client.get("/raise/").content.decode()
    client.post("/raise/", sent)
    html = client.get("/raise/").content.decode()
    assert f'Pågår redan: <a href="/operations/{sent["id"]}/">Snöoväder, Nacka</a>' in html
    assert "Snöoväder" not in client_for(cast.stranger).get("/raise/").content.decode()

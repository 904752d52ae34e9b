"""Answering the alarm: one click says reached, and affected or not; a later answer replaces an earlier one."""

from collections.abc import Callable

import pytest
from django.test import Client

from samlad.activation.actions import acknowledge
from samlad.activation.queries import activation, calls_for
from samlad.activation.tests.scene import alarm, close
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.registers.tests.cast import Cast, Member

ClientFor = Callable[[Member], Client]


def form(affected: str = "yes", **changes: str) -> dict[str, str]:
    """The form as a browser sends it when one of the three buttons is pressed."""
    return {"id": str(new_id()), "affected": affected, "note": ""} | changes


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    address = f"/operations/{alarm(cast)}/acknowledgements/"
    expected = {"observer": (200, 409), "stranger": (404, 404), "administrator": (404, 404)}
    for name, member in cast.members().items():
        client = client_for(member)
        got = client.get(address).status_code, client.post(address, form()).status_code
        assert got == expected.get(name, (200, 302)), name


def test_the_alarm_page_says_what_where_since_when_and_who(cast: Cast, client_for: ClientFor) -> None:
    html = client_for(cast.liaison).get(f"/operations/{alarm(cast)}/acknowledgements/").content.decode()
    for text in ("<h1>Snöoväder</h1>", "hela länet", "Nacka kommun", "0 av 4 aktörer har svarat"):
        assert text in html
    assert html.count('<button name="affected"') == 3


def test_an_exercise_is_marked(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast, kind="exercise")
    assert (
        'class="exercise"'
        in client_for(cast.liaison).get(f"/operations/{operation}/acknowledgements/").content.decode()
    )


@pytest.mark.parametrize("affected", ["yes", "no", "unclear"])
def test_one_click_is_reached(cast: Cast, client_for: ClientFor, affected: str) -> None:
    operation = alarm(cast)
    address = f"/operations/{operation}/acknowledgements/"
    client = client_for(cast.liaison)
    answer = client.post(address, form(affected, note="Vi plogar.\n"))
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    told = activation(operation, cast.rsk.who).answers["sodertalje"]
    assert (told.affected, told.note, told.role) == (affected, "Vi plogar.", "liaison")
    html = client.get(address).content.decode()
    assert "Tack. Nu ser alla" in html and "Ändra svaret" in html and "Vi plogar." in html


def test_a_later_answer_replaces_but_the_first_time_stays(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    client = client_for(cast.liaison)
    client.post(f"/operations/{operation}/acknowledgements/", form("unclear"))
    first = activation(operation, cast.rsk.who).answers["sodertalje"]
    client.post(f"/operations/{operation}/acknowledgements/", form("yes"))
    later = activation(operation, cast.rsk.who).answers["sodertalje"]
    assert (later.affected, later.first_at) == ("yes", first.first_at) and later.at > first.at


def test_pressing_twice_is_one_answer(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    client, sent = client_for(cast.liaison), form()
    for _press in range(2):
        assert client.post(f"/operations/{operation}/acknowledgements/", sent).status_code == 302
    again = client.post(f"/operations/{operation}/acknowledgements/", sent | {"affected": "no"})
    assert again.status_code == 409  # never dropped in silence
    assert activation(operation, cast.rsk.who).answers["sodertalje"].affected == "yes"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"affected": ""}, "Tryck på ett av svaren."),
        ({"affected": "perhaps"}, "Tryck på ett av svaren."),
        ({"note": "Vi plogar. " + "x" * 2000}, "Högst 2000 tecken; det här är 2011."),
    ],
)
def test_bad_input_is_told_and_the_text_kept(
    cast: Cast, client_for: ClientFor, changes: dict[str, str], sentence: str
) -> None:
    operation = alarm(cast)
    answer = client_for(cast.liaison).post(
        f"/operations/{operation}/acknowledgements/", form(note="Vi plogar.") | changes
    )
    html = answer.content.decode()
    assert answer.status_code == 422 and sentence in html and "Vi plogar." in html
    assert not activation(operation, cast.rsk.who).answers


def test_after_closing_it_is_too_late_and_said_so(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    sent = form("no")
    client_for(cast.liaison).post(f"/operations/{operation}/acknowledgements/", sent)
    close(cast, operation)
    answer = client_for(cast.duty_officer).post(f"/operations/{operation}/acknowledgements/", form())
    html = answer.content.decode()
    assert answer.status_code == 409 and "Händelsen är avslutad. Inget svar behövs längre." in html
    # What was sent before, and is sent again by a browser that never heard, is not too late.
    assert client_for(cast.liaison).post(f"/operations/{operation}/acknowledgements/", sent).status_code == 302
    page = client_for(cast.duty_officer).get(f"/operations/{operation}/acknowledgements/").content.decode()
    assert '<button name="affected"' not in page


def test_an_observer_cannot_answer_for_the_actor(cast: Cast) -> None:
    operation = alarm(cast)
    with pytest.raises(Refused):
        acknowledge(by=cast.observer.who, operation=operation, affected="no")


def test_calls_are_those_nobody_at_the_actor_has_answered(cast: Cast) -> None:
    live, replayed = alarm(cast), alarm(cast, replayed=True)
    assert [call.operation.id for call in calls_for(cast.liaison.who)] == [live] != [replayed]
    assert [call.operation.id for call in calls_for(cast.picture_lead.who)] == [live]
    acknowledge(by=cast.rsk.who, operation=live, affected="yes")
    assert not calls_for(cast.picture_lead.who) and calls_for(cast.liaison.who)
    assert not calls_for(cast.observer.who) and not calls_for(cast.stranger.who)
    close(cast, live)
    assert not calls_for(cast.liaison.who)

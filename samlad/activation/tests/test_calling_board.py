"""The coordinator's board: who is reached, by what, how fast; who was tried; who attends; whom to call by hand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samlad.activation import live
from samlad.activation.actions import acknowledge
from samlad.activation.actions.board import called_by_hand, name_stand_in, resend
from samlad.activation.asked import calls_of
from samlad.activation.board import board
from samlad.activation.queries import activation
from samlad.activation.tests.calls import ACTORS, call_out, happened, link, operation_of, recipient, standing
from samlad.activation.tests.scene import alarm, close
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.entries import Participant
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.notify.models import Call, Recipient
from samlad.registers.models import Person, Seat
from samlad.registers.tests.cast import ACTORS as CAST_ACTORS
from samlad.registers.tests.cast import SINCE, Cast, Member

ClientFor = Callable[[Member], Client]


def board_at(call: Any, moment: datetime | None = None) -> Any:
    """The board of a call."""
    found = calls_of(operation_of(call)).calls[call]
    return board(found, basics(operation_of(call), SYSTEM), moment or now())


def test_it_counts_who_is_reached_and_how_fast(cast: Cast) -> None:
    call = call_out(cast)
    Client().post(link(call, cast.liaison), {"id": str(new_id()), "option": "comes", "attends": "Chefen"})
    acknowledge(by=cast.duty_officer.who, operation=operation_of(call), affected="no")
    found = board_at(call)
    assert (found.reached, found.asked) == (2, 4) and found.median is not None
    rows = {row.code: row for row in found.rows}
    assert (rows["sodertalje"].way, rows["sodertalje"].attends, rows["sodertalje"].words) == (
        "link", "Chefen", "Berörd, deltar",
    )  # fmt: skip
    assert rows["nacka"].way == "page" and rows["polisregion-stockholm"].state == "waiting"
    assert [row.code for row in found.attending] == ["sodertalje"]


def test_who_answers_that_somebody_comes_without_saying_who_comes_themselves(cast: Cast) -> None:
    call = call_out(cast)
    Client().post(link(call, cast.liaison), {"id": str(new_id()), "option": "comes"})
    assert {row.code: row.attends for row in board_at(call).rows}["sodertalje"] == "Samverkansperson"


def test_after_a_quarter_of_an_hour_it_says_call_by_hand(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    happened(call, "nacka", ("by_hand", "", "", ""), at=900)
    found = board_at(call)
    assert [row.code for row in found.by_hand] == ["nacka"]
    later = board_at(call, now() + timedelta(minutes=16))  # also where the program did not get to telling it
    assert len(later.by_hand) == 4
    html = client_for(cast.rsk).get(f"/operations/{operation_of(call)}/calling/").content.decode()
    assert "RING FÖR HAND" in html and html.index("calling-hand") < html.index('class="list calling"')


def test_it_shows_who_was_tried_on_what_and_that_a_gateway_is_away(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    key = cast.duty_officer.person.key
    happened(call, "nacka", ("failed", key, "sms", "unreachable"), ("handed", key, "email", ""))
    html = client_for(cast.observer).get(f"/operations/{operation_of(call)}/calling/").content.decode()
    assert "TiB Nacka" in html and "Kanalen ”sms” fungerar inte" in html
    row = {row.code: row for row in board_at(call).rows}["nacka"]
    assert row.failed and [way.channel for way in row.people[0].ways] == ["sms", "email"]
    happened(call, "sodertalje", ("handed", cast.liaison.person.key, "sms", ""), at=30)
    assert not board_at(call).down


def test_the_step_of_the_ladder_is_shown(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    happened(call, "nacka", ("deputies", "", "", ""), at=300)
    html = client_for(cast.rsk).get(f"/operations/{operation_of(call)}/calling/").content.decode()
    assert "ställföreträdare larmade" in html


@pytest.mark.parametrize(("show", "hidden"), [("all", 0), ("waiting", 1), ("failed", 3)])
def test_a_selection_hides_the_other_rows_and_keeps_them_live(
    cast: Cast, client_for: ClientFor, show: str, hidden: int
) -> None:
    call = call_out(cast)
    Client().post(link(call, cast.liaison), {"id": str(new_id()), "option": "not"})
    happened(call, "nacka", ("failed", cast.duty_officer.person.key, "sms", "recipient"))
    html = client_for(cast.rsk).get(f"/operations/{operation_of(call)}/calling/?show={show}").content.decode()
    assert html.count('data-live="call-') == 4 and html.count(" hidden>") == hidden


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    address = f"/operations/{operation_of(call)}/calling/"
    for name, member in cast.members().items():
        outside = name in ("stranger", "administrator")
        for path in (address, f"{address}actors/nacka/"):
            assert client_for(member).get(path).status_code == (404 if outside else 200), name
    html = {name: client_for(member).get(address).content.decode() for name, member in cast.members().items()}
    assert "calls/" in html["rsk"] and "/withdrawn/" not in html["liaison"]


def test_before_anybody_is_called_it_says_so(cast: Cast, client_for: ClientFor) -> None:
    html = client_for(cast.rsk).get(f"/operations/{alarm(cast)}/calling/").content.decode()
    assert "Ingen har larmats ännu." in html


def test_an_earlier_moment_shows_what_was_known_then(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    operation = operation_of(call)
    then = read.position(operation, cast.rsk.who)
    Client().post(link(call, cast.liaison), {"id": str(new_id()), "option": "comes"})
    assert "Berörd, deltar" in client_for(cast.rsk).get(f"/operations/{operation}/calling/").content.decode()
    html = client_for(cast.rsk).get(f"/operations/{operation}/calling/?at={then}").content.decode()
    assert "Berörd, deltar" not in html and "/withdrawn/" not in html


def test_a_region_has_no_form(cast: Cast) -> None:
    call = call_out(cast)
    found = live.regions(operation_of(call), cast.rsk.who, {"call": call.hex}, 99)
    assert not [name for name, html in found.items() if "<form" in html or "<button" in html]


def test_the_queries_do_not_grow_with_the_actors(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.observer)

    def asked(call: Any) -> int:
        address = f"/operations/{operation_of(call)}/calling/"
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(address).status_code == 200
        return len(found)

    few = call_out(cast)
    happened(few, "nacka", ("handed", cast.duty_officer.person.key, "sms", ""))
    many_actors = tuple(f"aktor-{number}" for number in range(37))
    parties = [Participant(*actor) for actor in CAST_ACTORS] + [Participant(code, code, code) for code in many_actors]
    many = call_out(cast, alarm(cast, participants=parties), actors=(*ACTORS, *many_actors))
    people = [Person.objects.create_user(f"p{number}", name=f"TiB {number}") for number in range(40)]
    for number, code in enumerate(many_actors):
        lines = [("handed", people[(number + some) % 40].key, channel, "") for some in range(3)
                 for channel in ("sms", "voice", "email", "push")]  # fmt: skip
        happened(many, code, *lines)
    assert asked(many) == asked(few)


def test_called_again_are_those_who_have_not_answered(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    Client().post(link(call, cast.liaison), {"id": str(new_id()), "option": "not"})
    sent = {"id": str(new_id()), "call": str(call)}
    client, address = client_for(cast.rsk), f"/operations/{operation_of(call)}/calling/again/"
    for _time in range(2):
        assert client.post(address, sent).status_code == 302
    rounds = dict(Call.objects.filter(alert=call).values_list("actor", "round"))
    assert rounds["sodertalje"] == 1 and rounds["nacka"] == 2
    assert standing(call, "nacka").resent_at and not standing(call, "sodertalje").resent_at


def test_nobody_left_to_call_is_said(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast, actors=("sodertalje",))
    Client().post(link(call, cast.liaison), {"id": str(new_id()), "option": "not"})
    sent = {"id": str(new_id()), "call": str(call)}
    answer = client_for(cast.rsk).post(f"/operations/{operation_of(call)}/calling/again/", sent)
    assert answer.status_code == 409 and "Alla dessa har svarat." in answer.content.decode()


def hand(call: Any, **changes: str) -> dict[str, str]:
    """The form of a call by hand."""
    told = {"reached": "yes", "spoke_with": "Växeln", "affected": "yes", "attends": "TiB", "note": "Strömlöst."}
    return {"id": str(new_id()), "call": str(call), "do": "by_hand"} | told | changes


def test_who_was_got_hold_of_by_telephone_is_reached(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    client, address = client_for(cast.rsk), f"/operations/{operation_of(call)}/calling/actors/polisregion-stockholm/"
    assert client.post(address, hand(call)).status_code == 302
    row = {row.code: row for row in board_at(call).rows}["polisregion-stockholm"]
    assert (row.state, row.way, row.affected, row.attends, row.spoke_with) == (
        "reached", "by_hand", "yes", "TiB", "Växeln",
    )  # fmt: skip
    assert Call.objects.get(alert=call, actor="polisregion-stockholm").answered_at
    state = activation(operation_of(call), cast.observer.who)
    assert state.reached_at("polisregion-stockholm") and state.answers["polisregion-stockholm"].affected == "yes"


def test_who_was_not_is_called_on(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    client, address = client_for(cast.rsk), f"/operations/{operation_of(call)}/calling/actors/nacka/"
    assert client.post(address, hand(call, reached="no", note="Inget svar.")).status_code == 302
    assert standing(call, "nacka").reached_at is None and len(standing(call, "nacka").by_hand) == 1
    assert not Call.objects.get(alert=call, actor="nacka").answered_at
    html = client.get(address).content.decode()
    assert "Uppringd för hand: inget svar" in html and "Inget svar." in html


def test_what_the_actor_says_itself_is_not_replaced_by_a_telephone_call(cast: Cast) -> None:
    call = call_out(cast)
    Client().post(link(call, cast.liaison), {"id": str(new_id()), "option": "not"})
    called_by_hand(by=cast.rsk.who, operation=operation_of(call), call=call, actor="sodertalje", reached=True,
                   affected="yes", id=new_id())  # fmt: skip
    reply = standing(call, "sodertalje").reply
    assert reply and reply.affected == "no"
    assert activation(operation_of(call), cast.rsk.who).answers["sodertalje"].affected == "no"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reached": ""}, "Ange om du fick tag i någon."),
        ({"spoke_with": "x" * 121}, "Högst 120 tecken; det här är 121."),
        ({"do": "stand_in", "person": "", "name": ""}, "Välj en person, eller skriv vem det är."),
    ],
)
def test_bad_input_is_told_and_the_text_kept(
    cast: Cast, client_for: ClientFor, changes: dict[str, str], sentence: str
) -> None:
    call = call_out(cast)
    address = f"/operations/{operation_of(call)}/calling/actors/nacka/"
    answer = client_for(cast.rsk).post(address, hand(call, reason="Ligger sjuk.") | changes)
    html = answer.content.decode()
    assert answer.status_code in (409, 422) and sentence in html
    assert "Ligger sjuk." in html if changes.get("do") else "Strömlöst." in html


def test_a_stand_in_from_the_register_is_called_at_once(cast: Cast, client_for: ClientFor) -> None:
    Seat.objects.create(person=cast.observer.person, actor_id="nacka", role="chief", valid_from=SINCE)
    call = call_out(cast, roles=("tib",), actors=("nacka",))
    address = f"/operations/{operation_of(call)}/calling/actors/nacka/"
    key = cast.observer.person.key
    assert not Recipient.objects.filter(call__alert=call, person=key).exists()
    sent = {"id": str(new_id()), "call": str(call), "do": "stand_in", "person": key, "reason": "TiB är sjuk."}
    assert client_for(cast.rsk).post(address, sent).status_code == 302
    assert recipient(call, cast.observer).next_at
    named = standing(call, "nacka").stand_ins[0]
    assert (named.person, named.name, named.reason) == (key, "Observatör", "TiB är sjuk.")
    assert Client().get(link(call, cast.observer)).status_code == 200


def test_a_stand_in_by_function_is_shown_to_whoever_calls(cast: Cast) -> None:
    call = call_out(cast)
    name_stand_in(by=cast.rsk.who, operation=operation_of(call), call=call, actor="nacka", name="Räddningsvakten",
                  id=new_id())  # fmt: skip
    assert {row.code: row.stand_ins for row in board_at(call).rows}["nacka"] == ("Räddningsvakten",)


def test_only_those_who_lead_do_anything_and_not_after_the_end(cast: Cast) -> None:
    call = call_out(cast)
    operation = operation_of(call)
    with pytest.raises(Refused):
        resend(by=cast.liaison.who, operation=operation, call=call, actors=["nacka"], id=new_id())
    close(cast, operation)
    with pytest.raises(Refused):
        resend(by=cast.rsk.who, operation=operation, call=call, actors=["nacka"], id=new_id())


def test_a_number_is_shown_by_the_rule_of_the_register(cast: Cast, client_for: ClientFor) -> None:
    Person.objects.filter(pk=cast.duty_officer.person.pk).update(phone="070-174 06 05")
    call = call_out(cast)
    address = f"/operations/{operation_of(call)}/calling/actors/nacka/"
    assert 'href="tel:+46701740605"' in client_for(cast.rsk).get(address).content.decode()
    assert "+46701740605" not in client_for(cast.observer).get(address).content.decode()


def test_an_actor_that_is_not_called_is_not_there(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast, actors=("nacka",))
    address = f"/operations/{operation_of(call)}/calling/actors/"
    assert client_for(cast.rsk).get(address + "sodertalje/").status_code == 404
    assert client_for(cast.rsk).get(address + "ingen/").status_code == 404


def test_it_says_when_no_process_calls(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    address = f"/operations/{operation_of(call)}/calling/"
    assert "Inget skickas just nu" not in client_for(cast.rsk).get(address).content.decode()
    Call.objects.filter(alert=call).update(next_at=now() - timedelta(minutes=3))
    assert "Inget skickas just nu" in client_for(cast.rsk).get(address).content.decode()

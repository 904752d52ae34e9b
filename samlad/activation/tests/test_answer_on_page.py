"""Answering a call-out on the alarm page, signed in: its own options, who attends, and nobody is called any more."""

from collections.abc import Callable

from django.test import Client

from samlad.activation.queries import activation, calls_for
from samlad.activation.tests.calls import call_out, link, operation_of, recipient, standing
from samlad.base.ids import new_id
from samlad.notify.models import Call, Notice
from samlad.registers.tests.cast import Cast, Member

ClientFor = Callable[[Member], Client]


def test_the_page_asks_what_the_call_asks(cast: Cast, client_for: ClientFor) -> None:
    operation = operation_of(call_out(cast))
    html = client_for(cast.liaison).get(f"/operations/{operation}/acknowledgements/").content.decode()
    assert html.count('<button name="option"') == 4 and "Berörd, deltar inte" in html and "RAPS 12" in html
    front = client_for(cast.liaison).get(f"/operations/{operation}/").content.decode()
    assert front.count('<button name="option"') == 4


def test_an_answer_stops_the_calls_and_says_who_attends(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    operation = operation_of(call)
    sent = {"id": str(new_id()), "option": "comes", "attends": "TiB", "note": ""}
    assert client_for(cast.liaison).post(f"/operations/{operation}/acknowledgements/", sent).status_code == 302
    reply = standing(call, "sodertalje").reply
    assert reply and (reply.way, reply.option, reply.affected, reply.attends) == ("page", "comes", "yes", "TiB")
    assert Call.objects.get(alert=call, actor="sodertalje").answered_at
    assert not Notice.objects.filter(entry=call, actor="sodertalje", sent_at=None, given_up_at=None).exists()
    html = client_for(cast.liaison).get(f"/operations/{operation}/acknowledgements/").content.decode()
    assert "Berörd, deltar" in html and "Deltar: TiB" in html


def test_the_link_of_a_colleague_shows_what_was_answered_on_the_page(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    sent = {"id": str(new_id()), "option": "not"}
    client_for(cast.liaison).post(f"/operations/{operation_of(call)}/acknowledgements/", sent)
    html = Client().get(link(call, cast.liaison)).content.decode()
    assert "Ej berörd" in html and "på sidan" in html and not recipient(call, cast.liaison).answered_at


def test_a_second_call_out_asks_again(cast: Cast, client_for: ClientFor) -> None:
    first = call_out(cast)
    operation = operation_of(first)
    address = f"/operations/{operation}/acknowledgements/"
    client_for(cast.liaison).post(address, {"id": str(new_id()), "option": "not"})
    assert not calls_for(cast.liaison.who)
    second = call_out(cast, operation, subject="Ny konferens")
    assert [call.operation.id for call in calls_for(cast.liaison.who)] == [operation]
    assert "Ny konferens" in client_for(cast.liaison).get(address).content.decode()
    client_for(cast.liaison).post(address, {"id": str(new_id()), "option": "comes"})
    assert standing(second, "sodertalje").reached_at and not calls_for(cast.liaison.who)
    assert activation(operation, cast.rsk.who).answers["sodertalje"].option == "comes"


def test_the_same_form_sent_again_later_answers_no_newer_call(cast: Cast, client_for: ClientFor) -> None:
    first = call_out(cast)
    operation = operation_of(first)
    address, sent = f"/operations/{operation}/acknowledgements/", {"id": str(new_id()), "option": "not"}
    client_for(cast.liaison).post(address, sent)
    second = call_out(cast, operation, subject="Ny konferens")
    client_for(cast.liaison).post(address, sent)  # kept by a browser that was offline, and sent again
    assert standing(second, "sodertalje").reached_at is None
    waiting = Call.objects.get(alert=second, actor="sodertalje")
    assert waiting.answered_at is None and waiting.next_at is not None


def test_who_is_not_called_has_nothing_to_answer(cast: Cast) -> None:
    call_out(cast, actors=("nacka",))
    assert not calls_for(cast.liaison.who) and calls_for(cast.duty_officer.who)

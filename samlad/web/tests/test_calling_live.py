"""The board in the stream: an answer sends one row, and what counts it."""

import json

import pytest
from django.test import Client

from samlad.activation.tests.calls import call_out, link, operation_of
from samlad.base.ids import new_id
from samlad.registers.tests.cast import Cast
from samlad.web.shown import Key, Picture, render

pytestmark = pytest.mark.django_db


def test_an_answer_changes_one_row_and_what_counts_it(cast: Cast) -> None:
    call = call_out(cast)
    operation, who = operation_of(call), cast.observer.who
    key = Key("calling", operation, who.actor, who.roles, "sv", (("call", call.hex), ("show", "all")))
    picture = Picture()

    def turn() -> tuple[int, dict[str, str]]:
        ((position, regions),) = render({key}, {}).fresh.values()
        picture.update(position, regions)
        return position, dict(regions)

    before, _regions = turn()
    Client().post(link(call, cast.liaison), {"id": str(new_id()), "option": "not"})
    turn()
    sent = json.loads(picture.message(before).split(b"data: ", 1)[1])
    assert set(sent["regions"]) == {"call-sodertalje", "calling-summary"}

"""The ladder: who is called when, by which way, and when it stops."""

from datetime import timedelta

import pytest
from django.db import transaction

from samlad.base.ids import new_id
from samlad.notify import alerts
from samlad.notify.models import Call, Happening, Notice, Recipient
from samlad.notify.tests.desk import Desk, Room, call, waiting
from samlad.notify.tests.desk import room as room
from samlad.notify.ways import WayView

pytestmark = pytest.mark.django_db


def test_those_on_call_get_their_first_way_at_once_with_a_link(room: Room) -> None:
    room.actor("nacka", ["ett"], ["tva"])
    room.actor("solna", ["tre"])
    call(room, "nacka", "solna")
    room.work()
    assert room.got("sms") == ["ett", "tre"] and not room.got("voice")
    text = room.desks["sms"].got[0].body
    assert text.startswith("Snö i Nacka. Svara.\nSvara: http") and "/a/" in text
    assert room.desks["sms"].got[0].link in text, "a tap on a notice in the browser leads there"


def test_unanswered_the_next_way_then_deputies_then_everyone_then_by_hand(room: Room) -> None:
    room.actor("nacka", ["ett"], ["tva"], ["tre"])
    room.boards = {"nacka": (WayView("vx", "voice", "voice växel"),)}
    call(room, "nacka")
    room.work()
    room.later(60)
    assert room.got("voice") == ["ett"]
    room.later(60)
    assert room.got("email") == ["ett"] and "tva" not in room.got("sms")
    room.later(180)
    assert room.got("sms") == ["ett", "tva"] and room.happened("deputies") == [("nacka", "deputies")]
    room.later(300)
    assert room.got("sms") == ["ett", "tre", "tva"] and "växel" in room.got("voice")
    room.later(300)
    assert room.happened("by_hand") == [("nacka", "by_hand")]
    room.later(86_400)
    assert len(room.got("sms")) == 3, "nobody gets the same text twice on the same channel"
    assert not Call.objects.filter(next_at__isnull=False) and not Recipient.objects.filter(next_at__isnull=False)


def test_an_answer_stops_it_for_that_actor_only(room: Room) -> None:
    room.actor("nacka", ["ett"], ["tva"])
    room.actor("solna", ["tre"], ["fyra"])
    alert = call(room, "nacka", "solna")
    room.work()
    alerts.answered(alert, "nacka")
    room.later(600)
    assert room.got("sms") == ["ett", "fyra", "tre"] and "ett" not in room.got("voice")


def test_what_waits_to_be_sent_is_not_sent_after_an_answer(room: Room) -> None:
    room.actor("nacka", ["ett"])
    room.desks["sms"].down = room.desks["voice"].down = room.desks["email"].down = True
    alert = call(room, "nacka")
    room.later(120)
    assert waiting() == 3
    alerts.answered(alert, "nacka")
    for desk in room.desks.values():
        desk.down = False
    room.later(3600)
    assert not any(desk.got for desk in room.desks.values()) and not waiting()
    assert set(Notice.objects.values_list("trouble", flat=True)) == {"answered"}


def test_a_gateway_that_is_down_costs_no_waiting_and_is_told_of(room: Room) -> None:
    room.actor("nacka", ["ett", "tva"])
    room.desks["sms"].down = True
    call(room, "nacka")
    room.work()
    assert room.got("voice") == ["ett", "tva"]
    failed = Happening.objects.filter(what="failed", channel="sms", trouble="unreachable")
    assert sorted(failed.values_list("person", flat=True)) == ["ett", "tva"]
    room.desks["sms"].down = False
    room.later(3)
    assert room.got("sms") == ["ett", "tva"], "it is sent when the gateway is back, as long as it matters"


def test_a_number_that_does_not_exist_leads_to_the_next_way_at_once(room: Room) -> None:
    room.actor("nacka", ["ett"])
    room.desks["sms"].refuses = {"sms ett"}
    call(room, "nacka")
    room.work()
    assert room.got("voice") == ["ett"] and Notice.objects.get(channel="sms").trouble == "recipient"


def test_an_exercise_reaches_no_channel_that_is_not_for_exercises(room: Room) -> None:
    room.actor("nacka", ["ett"])
    room.desks["sms"].exercises = room.desks["voice"].exercises = False
    call(room, "nacka", exercise=True)
    room.later(600)
    assert not room.got("sms") and not room.got("voice") and room.got("email") == ["ett"]
    letter = room.desks["email"].got[0]
    assert letter.subject.startswith("ÖVNING") and letter.body.startswith("ÖVNING")


def test_one_that_was_queued_before_the_channel_was_closed_to_exercises_is_not_sent(room: Room) -> None:
    room.actor("nacka", ["ett"])
    room.desks["sms"].down = True
    call(room, "nacka", exercise=True)
    room.work()
    room.desks["sms"] = Desk("sms", exercises=False)
    room.later(5)
    assert not room.got("sms") and Notice.objects.get(channel="sms").trouble == "not_for_exercises"


def test_an_actor_with_nobody_is_to_be_called_by_hand_at_once(room: Room) -> None:
    room.actor("salem")
    call(room, "salem")
    room.work()
    assert room.happened("by_hand") == [("salem", "by_hand")]


def test_an_actor_with_nobody_on_call_is_called_at_its_deputies_at_once(room: Room) -> None:
    room.actor("salem", [], ["tva"])
    call(room, "salem")
    room.work()
    assert room.got("sms") == ["tva"]
    room.later(299)
    assert not room.happened("everyone", "by_hand")


def test_one_who_is_alone_is_called_by_hand_when_it_is_time_and_not_before(room: Room) -> None:
    room.actor("salem", ["ett"])
    call(room, "salem")
    room.work()
    room.later(700)
    assert not room.happened("by_hand", "deputies", "everyone")
    room.later(200)
    assert room.happened("by_hand") == [("salem", "by_hand")]


def test_somebody_without_any_way_is_told_of(room: Room) -> None:
    room.actor("nacka", ["ett"])
    room.ways["ett"] = ()
    call(room, "nacka")
    room.work()
    assert Happening.objects.get(what="failed").trouble == "no_address"


def test_where_nobody_on_call_has_a_way_the_deputies_are_called_at_once(room: Room) -> None:
    room.actor("nacka", ["ett"], ["tva"])
    room.ways["ett"] = ()
    call(room, "nacka")
    room.work()
    assert room.got("sms") == ["tva"] and room.happened("deputies", "everyone") == [("nacka", "deputies")]
    room.later(299)
    assert not room.happened("everyone")


def test_where_all_ways_of_those_on_call_are_dead_the_deputies_are_called_at_once(room: Room) -> None:
    room.actor("nacka", ["ett"], ["tva"])
    for name, desk in room.desks.items():
        desk.refuses = {f"{name} ett"}
    call(room, "nacka")
    room.work()
    assert room.got("sms") == ["tva"] and room.happened("deputies", "everyone") == [("nacka", "deputies")]


def test_where_nobody_has_a_way_it_is_called_by_hand_at_once(room: Room) -> None:
    room.actor("nacka", ["ett"], ["tva"])
    room.ways["ett"] = room.ways["tva"] = ()
    call(room, "nacka")
    room.work()
    assert room.happened("by_hand") == [("nacka", "by_hand")]


def test_withdrawn_it_can_never_ring_again(room: Room) -> None:
    room.actor("nacka", ["ett"], ["tva"])
    room.desks["sms"].down = True
    alert = call(room, "nacka")
    room.work()
    alerts.withdraw(alert)
    room.desks["sms"].down = False
    room.later(21 * 86_400)
    assert not room.got("sms") and room.got("voice") == ["ett"] and not waiting()
    assert room.happened("withdrawn") == [("nacka", "withdrawn")]


def test_after_its_time_nothing_is_sent(room: Room) -> None:
    room.actor("nacka", ["ett"], ["tva"])
    call(room, "nacka", until=room.at + timedelta(seconds=90))
    room.work()
    room.later(300)
    assert room.got("sms") == ["ett"] and not room.happened("deputies")


def test_called_again_only_those_who_have_not_answered(room: Room) -> None:
    room.actor("nacka", ["ett"])
    room.actor("solna", ["tva"])
    alert = call(room, "nacka", "solna")
    room.work()
    alerts.answered(alert, "nacka")
    alerts.resend(alert, ["nacka", "solna"])
    room.work()
    assert room.got("sms") == ["ett", "tva", "tva"]


def test_the_step_that_asks_again_calls_the_same_people_again(room: Room) -> None:
    room.actor("nacka", ["ett"], ["tva"])
    call(room, "nacka", ladder=((0, "first"), (180, "again"), (300, "deputies")))
    room.work()
    room.later(180)
    assert room.got("sms") == ["ett", "ett"] and room.happened("again") == [("nacka", "again")]


def test_a_number_that_two_share_gets_the_text_once(room: Room) -> None:
    room.actor("nacka", ["ett", "tva"])
    room.ways["tva"] = room.ways["ett"]
    call(room, "nacka")
    room.work()
    assert room.got("sms") == ["ett"]


def test_a_stand_in_is_called_at_once(room: Room) -> None:
    room.actor("nacka", ["ett"])
    room.actor("solna", ["nio"])
    alert = call(room, "nacka")
    room.work()
    alerts.add_person(alert, "nacka", "nio", "tib")
    room.work()
    assert room.got("sms") == ["ett", "nio"]


def test_asked_for_twice_it_is_one_alert(room: Room) -> None:
    room.actor("nacka", ["ett"])
    alert = new_id()
    for _time in range(2):
        call(room, "nacka", id=alert)
        room.work()
    assert room.got("sms") == ["ett"]


@pytest.mark.django_db(transaction=True)
def test_a_decision_that_is_rolled_back_calls_nobody(room: Room) -> None:
    room.actor("nacka", ["ett"])

    class No(Exception):
        pass

    with pytest.raises(No), transaction.atomic():
        call(room, "nacka")
        raise No
    room.later(600)
    assert not room.got("sms") and not Call.objects.exists()


def test_without_a_question_there_is_no_link(room: Room) -> None:
    room.actor("nacka", ["ett"])
    call(room, "nacka", answerable=False, ladder=((0, "first"),), next_way=None)
    room.later(3600)
    assert room.desks["sms"].got[0].body == "Snö i Nacka. Svara." and not room.got("voice")

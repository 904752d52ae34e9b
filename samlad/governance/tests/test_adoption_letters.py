"""Letters: once to each, again when asked for, and reminders to those who are silent, each once."""

from datetime import date, datetime, timedelta

import pytest

from samlad.base.clock import STOCKHOLM
from samlad.base.refused import Refused
from samlad.governance.adoption import actions, letters
from samlad.governance.adoption.models import LetterKind
from samlad.governance.adoption.schedule import latest_due, next_due
from samlad.governance.models import AdoptionLetter, Dispatch, Receiver
from samlad.governance.tests.adoption_scene import decide, make_dispatch, receiver_of
from samlad.notify.models import Notice
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, make_everybody

pytestmark = pytest.mark.django_db
REPLY = date(2026, 6, 30)
BY_DAY = datetime(2026, 11, 23, 11, tzinfo=STOCKHOLM)


@pytest.fixture
def cast() -> Everybody:
    return make_everybody()


def days(count: int) -> timedelta:
    return timedelta(days=count)


@pytest.mark.parametrize(
    ("after", "kind", "due"),
    [
        (-31, None, None),
        (-30, "ahead", -30),
        (-8, "ahead", -30),
        (-7, "ahead", -7),
        (0, "ahead", -7),
        (1, "after", 1),
        (30, "after", 1),
        (31, "after", 31),
        (200, "after", 181),
    ],
)
def test_what_is_due_last(after: int, kind: str | None, due: int | None) -> None:
    found = latest_due(date(2025, 9, 1), REPLY, REPLY + days(after))
    assert found == (None if kind is None or due is None else (LetterKind(kind), REPLY + days(due)))


def test_nothing_is_due_of_what_lies_before_the_letter() -> None:
    told = REPLY - days(20)
    assert latest_due(told, REPLY, REPLY - days(10)) is None
    assert next_due(told, REPLY, told) == REPLY - days(7)
    assert next_due(told, REPLY, REPLY) == REPLY + days(1)
    assert next_due(told, REPLY, REPLY + days(1)) == REPLY + days(31)


def send(dispatch: Dispatch, cast: Everybody) -> int:
    every = [one.pk for one in Receiver.objects.filter(dispatch=dispatch)]
    return actions.write_to(dispatch, every, by=cast.secretariat.who)


def test_a_letter_goes_to_each_address_with_a_link_and_once_a_day_again(cast: Everybody) -> None:
    dispatch = make_dispatch(about="Antas av er.")
    nacka = receiver_of(dispatch, "nacka")
    Receiver.objects.filter(pk=nacka.pk).update(emails="a@nacka.example, b@nacka.example")
    assert send(dispatch, cast) == 1, "the others have no address"
    notices = list(Notice.objects.order_by("address"))
    assert [notice.address for notice in notices] == ["a@nacka.example", "b@nacka.example"]
    assert f"/governance/adoption/receivers/{nacka.pk}/" in notices[0].body and "Antas av er." in notices[0].body
    assert notices[0].actor == "nacka" and not notices[0].exercise
    assert send(dispatch, cast) == 1 and send(dispatch, cast) == 0
    assert [letter.kind for letter in AdoptionLetter.objects.all()] == ["sent", "resent"]
    with pytest.raises(Refused):
        actions.write_to(dispatch, [nacka.pk], by=cast.registrar.who)


def test_reminded_once_each_time_and_not_when_answered(cast: Everybody) -> None:
    dispatch = make_dispatch(left=7)
    nacka = receiver_of(dispatch, "nacka")
    letter = AdoptionLetter(receiver=nacka, kind="sent", told_on=dispatch.sent_on, emails=nacka.emails)
    letter.save()
    letters.carry_out(BY_DAY)
    letters.carry_out(BY_DAY)
    assert [(one.kind, one.told_on) for one in AdoptionLetter.objects.all()] == [
        ("sent", dispatch.sent_on),
        ("ahead", today()),
    ]
    assert Notice.objects.count() == 1
    decide(nacka, "referred_back", today())
    Dispatch.objects.update(reply_by=today() - days(1))
    letters.carry_out(BY_DAY)
    assert AdoptionLetter.objects.count() == 3, "referred back is no final outcome"
    decide(nacka, "adopted", today())
    Dispatch.objects.update(reply_by=today() - days(31))
    letters.carry_out(BY_DAY)
    assert AdoptionLetter.objects.count() == 3


def test_nobody_is_reminded_who_had_no_letter_or_where_it_is_turned_off(cast: Everybody) -> None:
    dispatch = make_dispatch(left=-1)
    letters.carry_out(BY_DAY)
    assert AdoptionLetter.objects.count() == 0
    AdoptionLetter(receiver=receiver_of(dispatch, "nacka"), kind="sent", told_on=dispatch.sent_on).save()
    Dispatch.objects.update(reminds=False)
    letters.carry_out(BY_DAY)
    assert AdoptionLetter.objects.count() == 1


def test_nobody_is_woken_by_a_reminder(cast: Everybody) -> None:
    made = make_dispatch(ago=100, left=5)
    Receiver.objects.filter(dispatch=made).update(emails="registrator@nacka.example")
    letters.send(made, receiver_of(made, "nacka"), cast.secretariat.who)
    before = Notice.objects.count()
    AdoptionLetter.objects.update(told_on=today() - days(90))
    letters.carry_out(BY_DAY.replace(hour=3))
    assert Notice.objects.count() == before
    letters.carry_out(BY_DAY)
    assert Notice.objects.count() == before + 1

"""An alarm by SMS: from the number of somebody with a duty role, by the word for it, once."""

import pytest

from samlad.activation.actions import alarm_by_sms
from samlad.activation.calling_out import LONGEST_SUBJECT, proposal, with_times
from samlad.activation.prepared import LONGEST_SHORT, sms_length
from samlad.activation.queries import activation
from samlad.base.clock import now
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.registers.models import Area, Person
from samlad.registers.tests.cast import Cast

NUMBER = "+46701740605"


@pytest.fixture(autouse=True)
def numbered(cast: Cast) -> None:
    """The duty officer of Nacka has a number, and so has an administrator without a duty."""
    Person.objects.filter(pk=cast.duty_officer.person.pk).update(phone="070-174 06 05")
    Person.objects.filter(pk=cast.administrator.person.pk).update(phone="070-174 06 06")
    Area.objects.create(code="0182", name="Nacka", kind="municipality")


@pytest.mark.parametrize(
    ("text", "what", "where", "exercise"),
    [
        ("LARM Rök i tunnelbanan", "Rök i tunnelbanan", "okänt", False),
        ("larm: brand i Nacka centrum", "brand i Nacka centrum", "Nacka", False),
        ("  Alarm\nbrand", "brand", "okänt", False),
        ("LARM", "Larm utan text", "okänt", False),
        ("LARM ÖVNING brand", "brand", "okänt", True),
    ],
)
def test_it_raises_the_alarm_once(cast: Cast, text: str, what: str, where: str, exercise: bool) -> None:
    operation = alarm_by_sms(number=NUMBER, text=text, id="1")
    assert operation and alarm_by_sms(number=NUMBER, text=text, id="1") == operation
    row = Operation.objects.get()
    trigger = activation(row.id, cast.rsk.who).trigger
    assert trigger and (trigger.what, trigger.where, trigger.actor) == (what, where, "nacka")
    assert row.exercise is exercise
    assert StoredEntry.objects.get(kind="activation.raised").author == cast.duty_officer.person.key


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (NUMBER, "Tack, vi kommer"),
        (NUMBER, "Larmet avblåst?"),
        (NUMBER, ""),
        ("+46701740606", "LARM brand"),
        ("+46701740699", "LARM brand"),
        ("", "LARM brand"),
    ],
)
def test_other_texts_and_other_numbers_raise_nothing(number: str, text: str) -> None:
    assert alarm_by_sms(number=number, text=text, id="1") is None
    assert not Operation.objects.exists()


def test_a_long_text_is_kept_and_the_title_is_short(cast: Cast) -> None:
    operation = alarm_by_sms(number=NUMBER, text="LARM " + "brand " * 200, id="1")
    assert operation
    trigger = activation(operation, cast.rsk.who).trigger
    assert trigger and len(trigger.what) > 1000 and len(basics(operation, cast.rsk.who).title) < 170


def test_what_is_prepared_for_a_long_text_can_be_sent_as_it_stands(cast: Cast) -> None:
    operation = alarm_by_sms(number=NUMBER, text="LARM " + "brand " * 200, id="1")
    assert operation
    found = basics(operation, SYSTEM), activation(operation, SYSTEM)
    for outcome in ("inform", "conference", "conference_both", "staff"):
        words = proposal(outcome, *found, cast.rsk.who, now())
        assert words and len(words.subject) <= LONGEST_SUBJECT and "…" not in words.short
        assert sms_length(with_times(words).short) <= LONGEST_SHORT and words.text.count("brand") == 200


def test_a_gateway_that_numbers_nothing_raises_each_alarm(cast: Cast) -> None:
    first = alarm_by_sms(number=NUMBER, text="LARM brand i Nacka", id="")
    second = alarm_by_sms(number=NUMBER, text="LARM ras i Solna", id="")
    assert first and second and first != second

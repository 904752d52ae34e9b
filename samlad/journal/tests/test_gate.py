"""What is marked as security-classified gets no further than the gate, and leaves no trace."""

import logging
from pathlib import Path

import pytest
from django.db import connection

from samlad.base.refused import NotKept
from samlad.journal import gate
from samlad.journal.append import append
from samlad.journal.entries import Draft, Participant
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.tests.scene import NACKA, OPENED, RSK, Said, opened, say, texts

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "Objekt Fjärilen har reservkraft i två dygn."


def test_a_marked_text_is_refused_and_a_pointer_is_offered() -> None:
    operation = opened()
    with pytest.raises(NotKept) as refused:
        say(operation, f"HEMLIG\n{SECRET}")
    assert refused.value.instead == f"/operations/{operation}/pointers/new/"
    assert texts(operation) == []


def test_the_refusal_says_which_class_and_nothing_of_the_text(caplog: pytest.LogCaptureFixture) -> None:
    operation = opened()
    with caplog.at_level(logging.DEBUG), pytest.raises(NotKept) as refused:
        say(operation, f"Säkerhetsskyddsklass: Begränsat hemlig\n{SECRET}")
    assert "begränsat hemlig" in str(refused.value.sentence)
    assert "Fjärilen" not in str(refused.value.sentence) + repr(refused.value) + caplog.text


def test_an_ordinary_text_that_mentions_the_word_passes() -> None:
    operation = opened()
    say(operation, "Den hemliga gästen har kommit. Uppgifter om reservkraften är begränsat hemliga och finns hos oss.")
    say(operation, "SEKRETESS enligt 18 kap. 13 § OSL")
    assert len(texts(operation)) == 2


def test_every_text_of_a_payload_is_looked_at() -> None:
    participant = Participant("nacka", "HEMLIG", "Nacka")
    with pytest.raises(NotKept):
        gate.check({"a": [("b", {"c": participant})]})
    assert list(gate.texts(participant)) == ["nacka", "HEMLIG", "Nacka", "other", ""]


def test_one_marked_draft_stops_the_whole_call() -> None:
    operation = opened()
    with pytest.raises(NotKept):
        append(Draft(operation, Said("Snow")), Draft(operation, Said("HEMLIG")), by=NACKA)
    assert texts(operation) == []


def test_what_opens_an_operation_offers_no_pointer_as_there_is_nowhere_to_leave_it() -> None:
    before = Operation.objects.count()
    with pytest.raises(NotKept) as refused:
        opened(RSK, OPENED.__class__(title="HEMLIG", operation_kind="exercise", participants=OPENED.participants))
    assert refused.value.instead == ""
    assert Operation.objects.count() == before


def test_nothing_of_it_is_in_the_database_files() -> None:
    operation = opened()
    with pytest.raises(NotKept):
        say(operation, f"HEMLIG\n{SECRET}")
    assert not StoredEntry.objects.filter(payload__contains="Fjärilen").exists()
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        for file in name.parent.glob(name.name + "*"):
            assert "Fjärilen".encode() not in file.read_bytes()

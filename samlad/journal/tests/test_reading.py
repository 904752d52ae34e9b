"""The reading log: what is logged, what is not, and who is told."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samlad.journal import read, reading
from samlad.journal.entries import OWN, Audience, Marking
from samlad.journal.models import Reading
from samlad.journal.personal import read_by, remove_readings
from samlad.journal.tests.scene import NACKA, SOLNA, opened, say

pytestmark = pytest.mark.django_db(transaction=True)
MARKED = Marking("OSL 18:13", "nacka:tib", datetime(2026, 1, 5, tzinfo=UTC))


@pytest.fixture
def operation() -> UUID:
    """One entry that is marked and one that is not, of different actors."""
    operation = opened()
    say(operation, "whispered", marking=MARKED)
    say(operation, "open", by=SOLNA)
    return operation


def test_ordinary_reading_is_not_logged(operation: UUID) -> None:
    entries = [entry for _number, entry in read.entries(operation, SOLNA)]
    reading.note(SOLNA, entries[:1] + entries[2:], "page")
    reading.note(SOLNA, [], "export")
    assert not Reading.objects.exists()


def test_opening_what_is_marked_is_one_row_in_one_statement(operation: UUID) -> None:
    marked = read.entries(operation, SOLNA)[1][1]
    with CaptureQueriesContext(connection) as asked:
        reading.note(SOLNA, [marked], "page")
    assert len([one for one in asked if one["sql"].startswith("INSERT")]) == 1
    (row,) = reading.of(operation, marked.id)
    assert (row.person, row.actor, row.role, row.how) == (SOLNA.person, "solna", "liaison", "page")


def test_an_export_is_logged_once_and_for_each_that_is_marked(operation: UUID) -> None:
    entries = [entry for _number, entry in read.entries(operation, SOLNA)]
    reading.note(SOLNA, entries, "export")
    assert [row.entry_id for row in Reading.objects.order_by("pk")] == [entries[1].id, None]


def test_each_actor_is_told_of_its_own(operation: UUID) -> None:
    entries = [entry for _number, entry in read.entries(operation, SOLNA)]
    reading.note(SOLNA, entries[1:], "export")
    reading.note(SOLNA, entries[2:], "export")
    assert [row.entry_id for row in reading.of_actor(operation, "nacka")] == [None, entries[1].id]
    assert [row.entry_id for row in reading.of_actor(operation, "solna")] == [None, None]
    assert not reading.of_actor(operation, "msb").exists()
    assert not reading.of_actor(operation, "nack").exists()


def test_what_others_may_not_read_leaves_nothing_with_them(operation: UUID) -> None:
    """An export that holds only what one may not read is not told of either."""
    say(operation, "hidden", by=SOLNA, marking=MARKED, audience=OWN)
    say(operation, "hidden", by=SOLNA, marking=MARKED, audience=Audience("actors", ("msb",)))
    reading.note(SOLNA, [entry for _number, entry in read.entries(operation, SOLNA, after=3)], "export")
    assert Reading.objects.count() == 3
    assert not reading.of_actor(operation, "nacka").exists()


def test_it_is_personal_data_that_is_found_and_removed(operation: UUID) -> None:
    reading.note(SOLNA, [read.entries(operation, SOLNA)[1][1]], "page")
    assert [row["actor"] for row in read_by(SOLNA.person)] == ["solna"]
    assert list(read_by(NACKA.person)) == []
    assert remove_readings(datetime(2020, 1, 1, tzinfo=UTC)) == 0
    assert remove_readings(datetime(2100, 1, 1, tzinfo=UTC)) == 1

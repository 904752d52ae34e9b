"""A row is changed one way, and its table is seen as it was at the end of any day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samlad.base import clock
from samlad.base.ids import new_id
from samlad.base.refused import NotKept, Refused
from samlad.governance.models import Paper
from samlad.governance.record import changes, rebuilt, remove, row, rows, save, seen, state_of
from samlad.journal.who import SYSTEM
from samlad.registers.history import latest_edits
from samlad.registers.models import Change
from samlad.registers.tests.cast import Everybody

FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)


def a_paper(**values: Any) -> Paper:
    return Paper(**{"of": new_id(), "title": "Avtal", "name": "avtal.pdf", "size": 3, "added_at": FIRST} | values)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Sets the clock of the history."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("samlad.registers.history.now", lambda: moment)

    yield set_to


@pytest.mark.django_db
def test_a_table_is_seen_as_it_was(at: Any) -> None:
    paper = a_paper()
    at(FIRST)
    assert save(paper, by=SYSTEM, new=True)
    at(FIRST + timedelta(days=2))
    paper.title = "Överenskommelse"
    assert save(paper, by=SYSTEM, reason="rätt namn")
    at(FIRST + timedelta(days=4))
    remove(paper, by=SYSTEM, reason="dubblett")
    titles = [[one.title for one in rows(Paper, date(2026, 3, day))] for day in (1, 2, 3, 4, 5)]
    assert titles == [["Avtal"], ["Avtal"], ["Överenskommelse"], ["Överenskommelse"], []]
    assert rows(Paper, date(2026, 2, 28)) == [] == rows(Paper)
    assert [change.reason for change in changes(Paper, paper.pk)] == ["dubblett", "rätt namn", ""]


@pytest.mark.django_db
def test_a_day_ends_at_midnight_in_stockholm(at: Any) -> None:
    at(datetime(2026, 3, 1, 22, 59, tzinfo=UTC))  # 23.59
    save(a_paper(title="före"), by=SYSTEM)
    at(datetime(2026, 3, 1, 23, 0, tzinfo=UTC))  # midnight
    save(a_paper(title="efter"), by=SYSTEM)
    assert [one.title for one in rows(Paper, date(2026, 3, 1))] == ["före"]


@pytest.mark.django_db
def test_what_is_the_same_is_no_change() -> None:
    paper = a_paper()
    assert save(paper, by=SYSTEM, new=True)
    assert not save(paper, by=SYSTEM, new=True)
    assert Change.objects.filter(register="gov.paper").count() == 1


@pytest.mark.django_db
def test_a_new_row_does_not_overwrite_another() -> None:
    paper = a_paper()
    save(paper, by=SYSTEM, new=True)
    with pytest.raises(Refused):
        save(a_paper(id=paper.pk, title="En annan"), by=SYSTEM, new=True)
    assert rows(Paper)[0].title == "Avtal"


@pytest.mark.django_db
def test_a_colleague_who_was_faster_is_not_overwritten() -> None:
    paper = a_paper()
    save(paper, by=SYSTEM)
    stamp = seen(paper)
    paper.title = "Kollegans"
    save(paper, by=SYSTEM, seen=stamp)
    paper.title = "Mitt"
    with pytest.raises(Refused, match="Kollegans"):
        save(paper, by=SYSTEM, seen=stamp)
    assert rows(Paper)[0].title == "Kollegans"


@pytest.mark.django_db
def test_what_is_marked_as_classified_is_not_kept() -> None:
    with pytest.raises(NotKept):
        save(a_paper(title="KVALIFICERAT HEMLIG"), by=SYSTEM)
    assert not rows(Paper) and not Change.objects.filter(register="gov.paper").exists()


@pytest.mark.django_db
def test_rows_are_found_by_what_they_hold() -> None:
    owner = new_id()
    save(a_paper(of=owner), by=SYSTEM)
    save(a_paper(), by=SYSTEM)
    tomorrow = clock.now().date() + timedelta(days=1)
    for on in (None, tomorrow):
        assert [one.of for one in rows(Paper, on, of=owner)] == [owner]
    found = rows(Paper, of=owner)[0]
    assert row(Paper, found.pk, tomorrow) == found
    assert row(Paper, new_id()) is None


@pytest.mark.django_db
def test_the_registers_own_page_leaves_them_out(everybody: Everybody) -> None:
    save(a_paper(), by=everybody.secretariat.who)
    assert "gov.paper" not in {change.register for change in latest_edits(people=True)}


class EveryState(TestCase):
    """Whatever a row held, it is rebuilt from what the history kept of it."""

    @settings(max_examples=50, deadline=None)
    @given(title=st.text(max_size=160), size=st.integers(0, 2**31 - 1), at=st.datetimes(timezones=st.just(UTC)))
    def test_is_rebuilt(self, title: str, size: int, at: datetime) -> None:
        paper = a_paper(title=title, size=size, added_at=at)
        again = rebuilt(Paper, state_of(paper))
        assert state_of(again) == state_of(paper)
        assert (again.title, again.size, again.added_at) == (title, size, at)

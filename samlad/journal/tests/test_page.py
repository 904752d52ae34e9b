"""The moment a page of an operation shows: now, a position, or a time; nonsense is now."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest

from samlad.base.ids import new_id
from samlad.journal import store
from samlad.journal.entries import ALL, OWN
from samlad.journal.operations import NotHere
from samlad.journal.page import SLIDER_POINTS, operation_page
from samlad.journal.tests.scene import NACKA, SOLNA, STRANGER, closed, opened, say

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def operation(monkeypatch: pytest.MonkeyPatch) -> UUID:
    """Five entries, one a minute, of which SOLNA reads four."""
    minutes = count()
    monkeypatch.setattr(store, "now", lambda: START + timedelta(minutes=next(minutes)))
    operation = opened()
    for audience in (ALL, OWN, ALL, ALL):
        say(operation, audience=audience)
    return operation


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ({}, None),
        ({"at": "2"}, 2),
        ({"at": "1"}, 1),
        ({"at": "4"}, None),
        ({"at": "5"}, None),
        ({"at": "0"}, None),
        ({"at": "-1"}, None),
        ({"at": "two"}, None),
        ({"at": "²"}, None),
        ({"at": "9" * 5000}, None),
        ({"time": "2026-01-05T12:01:30+00:00"}, 2),
        ({"time": "2026-01-05T13:03+01:00"}, 3),
        ({"time": "2020-01-01T00:00Z"}, 1),
        ({"time": "0001-01-01T00:00:00+14:00"}, 1),
        ({"time": "9999-12-31T23:59:59-14:00"}, None),
        ({"time": "2026-01-05T12:01:30"}, None),
        ({"time": "yesterday"}, None),
        ({"time": "\0"}, None),
    ],
    ids=str,
)
def test_which_moment_is_shown(operation: UUID, query: dict[str, str], at: int | None) -> None:
    page = operation_page(operation, SOLNA, query)
    assert (page.at, page.position) == (at, 4)
    assert page.basics.title == "Snow"


def test_a_moment_looked_back_to(operation: UUID) -> None:
    page = operation_page(operation, SOLNA, {"at": "2"})
    assert page.as_of == page.moment == START + timedelta(minutes=1)
    assert page.context("/live/x")["live_url"] == ""
    now = operation_page(operation, SOLNA, {})
    assert now.as_of is None
    assert now.context("/live/x")["live_url"] == "/live/x"


def test_the_slider_has_the_first_and_the_last_and_not_too_many_between(operation: UUID) -> None:
    times = operation_page(operation, NACKA, {}).context()["slider_times"]
    assert [position for position, _time in times] == [1, 2, 3, 4, 5]
    for number in range(3 * SLIDER_POINTS):
        say(operation, str(number))
    page = operation_page(operation, NACKA, {})
    times = page.context()["slider_times"]
    assert times[0][0] == 1
    assert times[-1][0] == page.position == 5 + 3 * SLIDER_POINTS
    assert len(times) <= SLIDER_POINTS * 3 // 2 + 2
    assert times == sorted(times)


def test_closed_is_told_from_when_it_was(operation: UUID) -> None:
    over = closed()
    assert operation_page(over, NACKA, {}).basics.closed_at
    assert not operation_page(over, NACKA, {"at": "1"}).basics.closed_at


def test_not_for_everybody(operation: UUID) -> None:
    for id, reader in ((operation, STRANGER), (new_id(), NACKA)):
        with pytest.raises(NotHere):
            operation_page(id, reader, {})

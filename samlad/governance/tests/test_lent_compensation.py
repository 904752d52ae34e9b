"""Compensation of the pool, from shifts and rates alone."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from samlad.base.clock import STOCKHOLM
from samlad.governance.lent.compensation import KINDS, Duty, Rates, cut, lines, pieces, total, wall

HOURS = Rates(
    date(2020, 1, 1), Decimal(10), Decimal(20), Decimal(30), Decimal(40), night_begins=time(22), night_ends=time(6)
)
WEEKLY = Rates(date(2020, 1, 1), week=Decimal(7000))


def duty(first: str, last: str, person: str = "a", deputy: bool = False) -> Duty:
    starts, ends = (datetime.fromisoformat(one).replace(tzinfo=STOCKHOLM).astimezone(UTC) for one in (first, last))
    return Duty(person, starts, ends, deputy)


def hours(found: Duty, rates: Rates = HOURS) -> dict[str, Decimal]:
    return {line.kind: line.quantity for line in lines([found], [rates])}


def test_a_week_by_kind() -> None:
    """Monday 08:00 to Monday 08:00 in a week without holidays or change of clocks."""
    found = hours(duty("2026-11-09T08:00", "2026-11-16T08:00"))
    # By day: Monday from 08, four whole days, the last Monday until 08. At night: before midnight five times, after it
    # on four mornings and the last.
    assert found == {"weekday": Decimal(14 + 4 * 16 + 2), "night": Decimal(5 * 2 + 5 * 6), "weekend": Decimal(48)}
    assert sum(found.values()) == 168


def test_a_holiday_is_neither_weekend_nor_night() -> None:
    found = hours(duty("2026-12-23T20:00", "2026-12-26T12:00"))  # the eve, Christmas Day and the day after, a Saturday
    assert found == {"weekday": Decimal(2), "night": Decimal(2), "holiday": Decimal(24 + 24 + 12)}


def test_clocks_that_change_keep_night_at_its_hour() -> None:
    spring, autumn = duty("2026-03-29T00:00", "2026-03-30T08:00"), duty("2026-10-25T00:00", "2026-10-26T08:00")
    assert hours(spring) == {"weekend": Decimal(23), "night": Decimal(6), "weekday": Decimal(2)}
    assert hours(autumn) == {"weekend": Decimal(25), "night": Decimal(6), "weekday": Decimal(2)}


def test_a_week_is_a_week_also_where_the_clocks_change() -> None:
    for first, last in (("2026-03-23", "2026-03-30"), ("2026-10-19", "2026-10-26"), ("2026-11-09", "2026-11-16")):
        (line,) = lines([duty(f"{first}T08:00", f"{last}T08:00")], [WEEKLY])
        assert (line.kind, line.quantity, line.amount) == ("week", Decimal(1), Decimal("7000.00"))


def test_rates_of_their_day() -> None:
    later = Rates(date(2026, 11, 11), Decimal(100), Decimal(100), Decimal(100), Decimal(100))
    found = lines([duty("2026-11-10T12:00", "2026-11-11T12:00")], [HOURS, later])
    assert [(one.kind, one.quantity, one.rate, one.amount) for one in found] == [
        ("weekday", Decimal(10), Decimal(10), Decimal("100.00")),
        ("weekday", Decimal(12), Decimal(100), Decimal("1200.00")),
        ("night", Decimal(2), Decimal(20), Decimal("40.00")),
    ]


def test_what_is_not_known_is_not_computed() -> None:
    known_in_part = Rates(date(2020, 1, 1), weekday=Decimal(10))
    found = lines([duty("2026-11-13T12:00", "2026-11-14T12:00")], [known_in_part])
    assert [(one.kind, one.amount) for one in found] == [("weekday", Decimal("120.00")), ("weekend", None)]
    assert total(found) is None
    assert total(lines([duty("2026-11-13T12:00", "2026-11-13T13:00")], [])) is None
    assert total(lines([], [HOURS])) == 0


def test_deputies_only_where_the_rates_say_so_and_nobody_twice() -> None:
    both = [duty("2026-11-10T08:00", "2026-11-10T12:00"), duty("2026-11-10T10:00", "2026-11-10T14:00", deputy=True)]
    month = (wall(date(2026, 11, 1)), wall(date(2026, 12, 1)))
    assert sum(one.quantity for one in lines(cut(both, *month), [HOURS])) == 4
    paid = Rates(date(2020, 1, 1), Decimal(10), Decimal(20), Decimal(30), Decimal(40), deputies=True)
    assert sum(one.quantity for one in lines(cut(both, *month), [paid])) == 6


MOMENTS = st.integers(0, 1_000_000).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
DUTIES = st.lists(
    st.builds(
        lambda person, starts, minutes: Duty(person, starts, starts + timedelta(minutes=minutes)),
        st.sampled_from("ab"), MOMENTS, st.integers(1, 40_000),
    ),
    max_size=5,
)  # fmt: skip


@given(DUTIES)
def test_pieces_are_the_whole_shift_and_kinds_are_known(found: list[Duty]) -> None:
    for one in found:
        parts = list(pieces(one, [HOURS]))
        assert sum(part.seconds for part in parts) == (one.ends - one.starts).total_seconds()
        assert {part.kind for part in parts} <= set(KINDS)


@given(DUTIES, st.dates(date(2026, 2, 1), date(2027, 11, 1)))
def test_months_sum_to_the_whole_and_no_moment_is_counted_twice(found: list[Duty], split: date) -> None:
    begin, middle, end = wall(date(2026, 1, 1)), wall(split), wall(date(2029, 1, 1))
    whole, first, last = cut(found, begin, end), cut(found, begin, middle), cut(found, middle, end)

    def seconds(some: list[Duty]) -> float:
        return sum((one.ends - one.starts).total_seconds() for one in some)

    assert seconds(whole) == seconds(first) + seconds(last)
    for person in "ab":
        own = sorted((one.starts, one.ends) for one in whole if one.person == person)
        assert all(before[1] <= after[0] for before, after in pairwise(own))
    assert seconds(cut(reversed(found), begin, end)) == seconds(whole)

"""Months, shares and the balance of categories: what is summed is the whole."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from samlad.governance.lent.balance import EMPTY, FULL, PARTLY, WANTED, Stay, cells, gaps, gaps_of, together
from samlad.governance.lent.months import ZERO, between, days_in, last_of, later, month_from, part_of_month, rounded

DAYS = st.dates(date(2015, 1, 1), date(2032, 12, 31))
AMOUNTS = st.decimals(0, 200_000, places=2)
SHARES = st.integers(1, 100)


@given(DAYS, AMOUNTS, st.lists(st.integers(1, 31), max_size=5))
def test_spans_that_follow_on_one_another_sum_to_the_month(day: date, amount: Decimal, cuts: list[int]) -> None:
    month, last = day.replace(day=1), last_of(day.replace(day=1))
    ends = sorted({min(cut, last.day) for cut in cuts} | {last.day})
    begins = [1, *(end + 1 for end in ends[:-1])]
    parts = [
        part_of_month(amount, month, month.replace(day=a), month.replace(day=b))
        for a, b in zip(begins, ends, strict=True)
    ]
    assert sum(parts, ZERO) == amount
    assert all(part >= 0 and part == rounded(part) for part in parts)


@given(DAYS, st.integers(0, 900), AMOUNTS)
def test_a_period_costs_its_whole_months_and_no_more_than_its_ends(first: date, length: int, amount: Decimal) -> None:
    last = first + timedelta(days=length)
    months = list(between(first, last))
    parts = [part_of_month(amount, month, first, last) for month in months]
    assert all(part == amount for part in parts[1:-1])
    assert all(ZERO <= part <= amount for part in parts)
    assert sum(days_in(month, first, last) for month in months) == length + 1
    assert part_of_month(amount, later(months[-1], 1), first, last) == ZERO


STAYS = st.lists(
    st.builds(
        lambda kind, first, length, share: Stay(kind, first, first + timedelta(days=length), share),
        st.sampled_from((*WANTED, "other")), st.dates(date(2026, 1, 1), date(2027, 6, 1)), st.integers(0, 300), SHARES,
    ),
    max_size=6,
)  # fmt: skip


@given(STAYS)
def test_cells_and_gaps_say_the_same(stays: list[Stay]) -> None:
    first, last = date(2026, 1, 1), date(2027, 12, 1)
    shown = cells(stays, first, last)
    for kind in WANTED:
        free = gaps_of(kind, stays, first, last_of(last))
        lacking = {gap.first + timedelta(days=day) for gap in free for day in range((gap.last - gap.first).days + 1)}
        for cell in shown[kind]:
            days = [cell.month + timedelta(days=place) for place in range(last_of(cell.month).day)]
            there = [day for day in days if any(s.category == kind and s.first <= day <= s.last for s in stays)]
            assert len(there) == cell.days == sum(day not in lacking for day in days)
            assert not cell.equivalents or cell.days
            assert cell.state == (EMPTY if not there else FULL if len(there) == len(days) else PARTLY)
    assert shown == cells(reversed(stays), first, last)  # independent of order


def test_what_a_month_shows() -> None:
    stays = [
        Stay("municipality", date(2026, 1, 1), date(2026, 12, 31), 100),
        Stay("municipality", date(2026, 3, 1), date(2026, 3, 31), 50),
        Stay("traffic", date(2026, 3, 17), date(2026, 5, 31), 100),
        Stay("blue_light", date(2026, 1, 1), date(2026, 4, 30), 80),
    ]
    shown = cells(stays, date(2026, 3, 1), date(2026, 5, 1))
    assert [cell.equivalents for cell in shown["municipality"]] == [Decimal("1.50"), Decimal(1), Decimal(1)]
    assert [cell.state for cell in shown["traffic"]] == [PARTLY, FULL, FULL]
    assert shown["traffic"][0].equivalents == Decimal("0.48")  # 15 days of 31
    assert not together(shown, date(2026, 3, 20)) and together(shown, date(2026, 4, 20))
    ahead = gaps(stays, date(2026, 3, 1), date(2026, 12, 31))
    assert [(gap.category, gap.first, gap.last, gap.lasts) for gap in ahead] == [
        ("traffic", date(2026, 3, 1), date(2026, 3, 16), False),
        ("blue_light", date(2026, 5, 1), date(2026, 12, 31), True),
        ("traffic", date(2026, 6, 1), date(2026, 12, 31), True),
    ]


def test_months_in_addresses() -> None:
    assert month_from("2026-02") == date(2026, 2, 1)
    assert [month_from(text) for text in ("2026-13", "2026", "", "2026-2", "nu", "2026-02-01", "２０２６-02")] == [
        None
    ] * 7

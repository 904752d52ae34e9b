"""Dates as people write them."""

import pytest

from samlad.learning.readers.dates import find_clock, find_date, months_come_first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Publiceringsdatum: 24 juli 2018", "2018-07-24T12:00:00+02:00"),
        ("Regional lägesbild 2018-07-24 kl 17:00", "2018-07-24T17:00:00+02:00"),
        ("Lägesbild 2018-07-26 uppdaterad kl. 18.26", "2018-07-26T18:26:00+02:00"),
        ("Date de rapportage : 17 Sept 2025", "2025-09-17T12:00:00+02:00"),
        ("le 1er août 2025", "2025-08-01T12:00:00+02:00"),
        ("10Sept 2025", "2025-09-10T12:00:00+02:00"),
        ("May 3, 2019", "2019-05-03T12:00:00+02:00"),
        ("2024-01-01 7:13:10 +01:00", "2024-01-01T07:13:10+01:00"),
        ("2025-12-01T14:03:27Z", "2025-12-01T14:03:27+00:00"),
        ("31.12.2024", "2024-12-31T12:00:00+01:00"),
        ("20260527", "2026-05-27T12:00:00+02:00"),
    ],
)
def test_a_date_is_found_with_its_time(text: str, expected: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.moment.isoformat() == expected


@pytest.mark.parametrize(
    "text", ["", "Söndag 31 maj", "30 februari 2024", "80 000 kvadratmeter", "35 %", "12 jui 2020", "99-99-9999"]
)
def test_what_is_no_date_or_lacks_its_year_is_not_guessed(text: str) -> None:
    assert find_date(text) is None


def test_a_year_told_elsewhere_completes_a_date() -> None:
    found = find_date("Söndag 31 maj", year=2020)
    assert found is not None
    assert str(found.day) == "2020-05-31"
    assert not found.year


def test_american_dates_are_told_from_the_whole_column() -> None:
    assert months_come_first(["12/21/2017", "03/04/2017"])
    assert not months_come_first(["21/12/2017", "03/04/2017"])
    assert not months_come_first(["03/04/2017"])
    found = find_date("12/21/2017 14:17", month_first=True)
    assert found is not None
    assert found.moment.isoformat() == "2017-12-21T14:17:00+01:00"


def test_a_clock_is_no_percentage_and_no_date() -> None:
    assert str(find_clock("Omvärldsbevakning 21.00")) == "21:00:00"
    assert find_clock("18.26 %") is None
    assert find_clock("den 24.07.2018") is None

"""A list is sorted, filtered and taken along in the same order, and no cell becomes a formula."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from samlad.governance.lists import Column, Listing

Line = tuple[str, Decimal | None, date, str]
LINES: list[Line] = [
    ("Österåker", Decimal("10.50"), date(2026, 1, 2), "ja"),
    ("Ekerö", None, date(2026, 3, 4), "nej"),
    ("=1+1", Decimal("2"), date(2025, 12, 31), "ja"),
    ("Åre", Decimal("9"), date(2026, 1, 1), "ja"),
]
COLUMNS = [
    Column[Line]("name", "Namn", lambda line: line[0]),
    Column[Line]("amount", "Belopp", lambda line: line[1], number=True),
    Column[Line]("day", "Dag", lambda line: line[2]),
    Column[Line]("answer", "Svar", lambda line: line[3], choice=True),
    Column[Line]("secret", "Bara i filer", lambda line: 1, hidden=True),
]


def listing(**query: str) -> Listing[Line]:
    return Listing(COLUMNS, LINES, query, name="lista")


def first(found: Listing[Line]) -> list[str]:
    return [line[0] for line in found.rows]


def test_names_are_in_swedish_order() -> None:
    assert first(listing(sort="name")) == ["=1+1", "Ekerö", "Åre", "Österåker"]


def test_numbers_by_size_and_what_is_missing_last_both_ways() -> None:
    assert first(listing(sort="amount")) == ["=1+1", "Åre", "Österåker", "Ekerö"]
    assert first(listing(sort="-amount")) == ["Österåker", "Åre", "=1+1", "Ekerö"]


def test_an_unknown_column_is_no_order() -> None:
    assert first(listing(sort="nothing")) == [line[0] for line in LINES]


def test_words_and_choices_together() -> None:
    found = listing(q="ÅRE ja", answer="ja")
    assert first(found) == ["Åre"] and found.filtered
    assert [choice.values for choice in found.choices] == [["ja", "nej"]]
    assert first(listing(answer="kanske")) == []


def test_what_else_the_address_says_stays() -> None:
    found = listing(on="2026-01-01", q="a", sort="day")
    assert found.kept == [("on", "2026-01-01"), ("sort", "day")]
    assert found.heads[0].url == "?on=2026-01-01&q=a&sort=name"
    assert found.heads[2].sorted == "ascending" and found.heads[2].url.endswith("sort=-day")


def test_two_lists_on_a_page_do_not_meet() -> None:
    found = Listing(COLUMNS, LINES, {"a-sort": "name", "sort": "-day"}, name="lista", key="a")
    assert first(found)[0] == "=1+1"


def test_hidden_columns_are_in_files_only() -> None:
    assert len(listing().heads) == 4 == len(listing().cells[0])
    answer = listing(format="json").file()
    assert answer is not None
    assert json.loads(answer.content)[1] == {
        "name": "Ekerö", "amount": None, "day": "2026-03-04", "answer": "nej", "secret": 1,
    }  # fmt: skip


def test_csv_has_no_formula_and_a_decimal_comma() -> None:
    answer = listing(format="csv", sort="name").file()
    assert answer is not None and answer["Content-Disposition"] == 'attachment; filename="lista.csv"'
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == ["Namn", "Belopp", "Dag", "Svar", "Bara i filer"]
    assert lines[1][0] == "'=1+1" and lines[4][1] == "10,50"


def test_excel_has_days_numbers_and_no_formula() -> None:
    answer = listing(format="xlsx").file()
    assert answer is not None
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    lines = list(sheet.iter_rows(min_row=2))
    assert lines[0][1].value == 10.5 and str(lines[0][2].value).startswith("2026-01-02")
    assert lines[2][0].data_type == "s" and lines[2][0].value == "'=1+1"


@pytest.mark.parametrize("wanted", ["", "pdf", "exe"])
def test_another_format_is_the_page(wanted: str) -> None:
    assert listing(format=wanted).file() is None

"""No cell of a sheet can become a formula."""

import csv
import io
import json
from pathlib import Path

import pytest

from samlad.base.sheets import cell, sheet

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "security" / "csv_injection.json"
KNOWN = ['=DDE("cmd";"/C calc";"!A0")A0', "@SUM(1+9)*cmd|' /C calc'!A0", "+1", "-1+1", "\t=1", "\r=1", "\n=1", "  =1+1"]


def attacks() -> list[str]:
    """The known attacks, and the collected ones where they are at hand."""
    return [*KNOWN, *(json.loads(SHARED.read_text()) if SHARED.is_file() else [])]


@pytest.mark.parametrize("text", attacks())
def test_a_formula_is_text(text: str) -> None:
    assert cell(text) == "'" + text
    (row,) = csv.reader(io.StringIO(sheet([[text]]).removeprefix("\ufeff"), newline=""), delimiter=";")
    assert row == ["'" + text]


@pytest.mark.parametrize(
    ("value", "text"),
    [("Nacka", "Nacka"), ("a=b", "a=b"), ("", ""), (None, ""), (-3, "-3"), (1.5, "1.5"), ("8-10", "8-10")],
)
def test_what_is_no_formula_stays(value: object, text: str) -> None:
    assert cell(value) == text


def test_quotes_and_separators_stay_in_their_cell() -> None:
    rows = [['a";=1+1', "b\r\nc"], ["å;ä", "ö"]]
    text = sheet(rows)
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")) == rows

"""What is taken out of the program as a sheet holds no formulas, whatever people, actors and places are called."""

import csv
import io
from typing import Final

import pytest
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from hypothesis import strategies as st

from samlad.base.sheets import DANGEROUS, sheet
from samlad.governance.lists import EXCEL
from samlad.registers.models import ActorVersion, Area, Person
from tests.access import ROWS
from tests.everything import PARAMETERS, Everything, address
from tests.fuzz.browser import Request, ask
from tests.fuzz.profile import thrown
from tests.fuzz.strings import FORMULAS, texts

pytestmark = pytest.mark.django_db
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEETS: Final = ("csv", "xlsx", "ods", "tsv")
KINDS: Final = (
    *("text/html", "text/csv", "text/plain", "text/javascript", "text/calendar", "application/json", "application/pdf"),
    *("application/ld+json", EXCEL, WORD, "application/zip", "application/xml", "application/toml"),
)
LOOKING: Final = [row for row in ROWS if row.method == "GET" and "200" in row.gets.values()]


def read(text: str) -> list[list[str]]:
    """A sheet as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def formulas(rows: list[list[str]]) -> list[str]:
    """The cells that a spreadsheet would compute; numbers are what they are."""
    return [cell for row in rows for cell in row if cell.lstrip(" \0\ufeff").startswith(DANGEROUS) and not number(cell)]


def number(cell: str) -> bool:
    """Whether it is a negative number and no more."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_any_text_in_a_sheet() -> None:
    values = st.one_of(
        texts, st.sampled_from(FORMULAS), st.integers(), st.floats(allow_nan=False), st.none(), st.booleans()
    )

    @thrown(st.lists(st.lists(values, min_size=1, max_size=4), max_size=5), few=300)
    def throw(rows: list[list[object]]) -> None:
        plain = [[cell.replace("\0", "") if isinstance(cell, str) else cell for cell in row] for row in rows]
        found = read(sheet(plain))
        assert [len(row) for row in found] == [len(row) for row in rows]
        assert formulas(found) == []

    throw()


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_sheet_of_any_page_holds_a_formula(formula: str, everything: Everything) -> None:
    sheets = 0
    with transaction.atomic():
        for model, field in ((Person, "name"), (ActorVersion, "name"), (ActorVersion, "short_name"), (Area, "name")):
            named = Substr(Concat(Value(formula), F(field)), 1, 40)
            model._default_manager.update(**{field: named})
        for row in LOOKING:
            reader = next(reader for reader, gets in row.gets.items() if gets == "200")
            if "format=csv" not in row.query and formula != FORMULAS[0]:
                continue  # which pages have sheets does not depend on the formula
            for kind in SHEETS:
                path = f"{address(row.route, everything.names())}?format={kind}"
                answer = ask(Request(row.route, path.encode(), session=everything.sessions.get(reader, "")))
                assert answer.kind in KINDS
                if answer.kind == "text/csv":
                    sheets += 1
                    assert formulas(read(answer.text)) == []
                    assert "attachment" in answer.header("content-disposition")
        transaction.set_rollback(True)
    assert sheets


def test_every_address_with_parts_was_tried() -> None:
    assert {row.route for row in LOOKING} <= PARAMETERS.keys()

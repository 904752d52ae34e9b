"""Every list of governance that can be taken along is a file for those who read its page, and for nobody else."""

from typing import Final

import pytest

from tests.access_governance import governance
from tests.access_words import READERS, Row
from tests.everything import MISSING, Everything
from tests.fuzz.browser import Request, ask
from tests.test_access import path_of

pytestmark = pytest.mark.django_db
FORMATS: Final = ("csv", "xlsx", "json")
PAGES: Final = [
    row for rows in governance() for row in rows if row.method == "GET" and not row.query and "200" in row.gets.values()
]


def asked(everything: Everything, reader: str, row: Row, path: str) -> tuple[int, str]:
    """The status and the media type of what a reader gets."""
    answer = ask(Request(row.route, path.encode(), session=everything.sessions.get(reader, "")))
    return answer.status, answer.header("content-disposition")


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.route)
def test_a_file_is_for_those_who_read_the_page(row: Row, everything: Everything) -> None:
    path, missing = path_of(row, everything.names()), path_of(row, MISSING)
    inside = next(reader for reader, gets in row.gets.items() if gets == "200")
    for format_ in FORMATS:
        _status, disposition = asked(everything, inside, row, f"{path}?format={format_}")
        if "attachment" not in disposition:
            continue
        for reader in READERS:
            if row.gets[reader] != "200":
                found = asked(everything, reader, row, f"{path}?format={format_}")
                assert found[0] == (302 if row.gets[reader] in ("sign in", "302") else 404), (reader, format_)
                assert "attachment" not in found[1]
        if missing != path:
            assert asked(everything, inside, row, f"{missing}?format={format_}")[0] == 404


def test_some_pages_have_files() -> None:
    assert len(PAGES) > 30

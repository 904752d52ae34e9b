"""Every address, by GET and POST, for every kind of reader: what tests/access.py says, and nothing else.

For those outside, what exists and what does not give the same answer, to the byte.
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests import access
from tests.access import OPEN, ROWS
from tests.access_words import READERS, Row
from tests.architecture.test_routes import routes
from tests.bodies import posted
from tests.everything import MISSING, PARAMETERS, Everything, address

pytestmark = pytest.mark.django_db
TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|<p class="print-only">.*?</p>')


def ask(everything: Everything, reader: str, row: Row, path: str) -> HttpResponse:
    """Ask as this reader, and leave nothing behind."""
    client = Client()
    if reader != "anonymous":
        client.cookies["sessionid"] = everything.sessions[reader]
    with transaction.atomic():
        answer: Any
        answer = client.get(path) if row.method == "GET" else client.post(path, posted(row.route, everything))
        transaction.set_rollback(True)
    return answer  # type: ignore[no-any-return]


def got(answer: HttpResponse) -> str:
    """What came, in the words of the table."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/?next="):
        return "sign in"
    return str(answer.status_code)


def test_every_address_is_in_the_table_once_for_each_method() -> None:
    listed = [(row.name, row.method) for row in ROWS]
    assert len(listed) == len(set(listed))
    assert {(row.route, row.method) for row in ROWS} == {
        (str(it.name), method) for _address, it in routes() for method in ("GET", "POST")
    }
    assert all(set(row.gets) == set(READERS) for row in ROWS)


def test_what_is_open_says_why() -> None:
    assert {
        str(it.name) for _address, it in routes() if not getattr(it.callback, "login_required", True)
    } == OPEN.keys()
    assert {row.route for row in ROWS if row.gets["anonymous"] != "sign in"} == OPEN.keys()


def test_the_page_for_people_is_not_stale() -> None:
    assert access.PAGE.read_text() == access.document(), "run: python -m tests.access"


def row_name(row: Row) -> str:
    """A row's name in the list of tests."""
    return f"{row.method}-{row.name}"


def path_of(row: Row, names: Mapping[str, Any], query: str = "") -> str:
    """The row's address."""
    return address(row.route, names) + (f"?{asked}" if (asked := query or row.query) else "")


def names_of(row: Row, everything: Everything) -> dict[str, Any]:
    """What stands in it."""
    return everything.limited_names() if row.limited else everything.names()


def plain(answer: HttpResponse, *paths: str) -> tuple[int, dict[str, str], str]:
    """An answer without what differs each time, and without these addresses: its own is said back to the browser."""
    own = re.compile("|".join(re.escape(text) for path in paths for text in (path, quote(path))))
    headers = {
        name: own.sub("PATH", value)
        for name, value in answer.headers.items()
        if name not in ("Content-Length", "Expires")
    }
    return answer.status_code, headers, own.sub("PATH", TOKEN.sub("", answer.content.decode()))


known: Final[dict[tuple[str, str, str], tuple[str, object]]] = {}


def there(everything: Everything, reader: str, row: Row) -> tuple[str, object]:
    """What a reader gets of what is there: asked for once, for all tests."""
    key = (reader, row.method, row.name)
    if key not in known:
        path = path_of(row, names_of(row, everything))
        answer = ask(everything, reader, row, path)
        outside = got(answer) in OUTSIDE
        known[key] = got(answer), plain(answer, path, path_of(row, MISSING)) if outside else None
    return known[key]


OUTSIDE: Final = ("404", "405", "sign in")


@pytest.mark.parametrize("row", ROWS, ids=row_name)
def test_everybody_gets_what_the_table_says(row: Row, everything: Everything) -> None:
    assert {reader: there(everything, reader, row)[0] for reader in READERS} == row.gets


@pytest.mark.parametrize("row", [row for row in ROWS if PARAMETERS[row.route]], ids=row_name)
def test_outside_what_is_there_and_what_is_not_are_the_same(row: Row, everything: Everything) -> None:
    path, missing = path_of(row, names_of(row, everything)), path_of(row, MISSING)
    for reader, gets in row.gets.items():
        answer = ask(everything, reader, row, missing)
        if gets in OUTSIDE:
            assert there(everything, reader, row)[1] == plain(answer, path, missing), reader
        else:
            assert got(answer) == "404", reader


LOOKING_BACK: Final = [
    row for row in ROWS if row.method == "GET" and "operation" in PARAMETERS[row.route] and "200" in row.gets.values()
]


@pytest.mark.parametrize("row", LOOKING_BACK, ids=row_name)
def test_an_earlier_moment_is_for_the_same_readers(row: Row, everything: Everything) -> None:
    path = address(row.route, names_of(row, everything))
    for reader, gets in row.gets.items():
        if gets != "200" and reader not in ("outsider", "stranger"):
            continue
        wanted = row.at or gets if gets == "200" else gets
        assert got(ask(everything, reader, row, f"{path}?at={everything.position(reader)}")) == wanted, reader
        assert got(ask(everything, reader, row, f"{path}?at={'9' * 40}")) == gets, reader


@pytest.mark.parametrize("route", ["report", "picture", "picture_pdf"])
def test_before_there_was_anything_nothing_is_there(route: str, everything: Everything) -> None:
    row = Row(route, "GET", {})
    there = address(route, everything.names()) + "?at=1"
    missing = address(route, everything.names() | {name: MISSING[name] for name in ("entry", "number")})
    one, other = (ask(everything, "rsk", row, path) for path in (there, missing))
    assert plain(one, there, missing) == plain(other, there, missing)

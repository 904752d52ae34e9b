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
from tests.access import READERS, ROWS, Row
from tests.architecture.test_routes import OPEN, routes
from tests.everything import MISSING, PARAMETERS, Everything, address, posted

pytestmark = pytest.mark.django_db
TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


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
    assert {row.route for row in ROWS if row.open_because} == OPEN.keys()
    for row in ROWS:
        assert bool(row.open_because) or row.gets["anonymous"] == "sign in"


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
    return everything.names() | ({"entry": everything.limited} if row.limited else {})


def plain(answer: HttpResponse, path: str) -> tuple[int, dict[str, str], str]:
    """An answer without what differs each time, and without its own address, which is said back to the browser."""
    body = TOKEN.sub("", answer.content.decode())
    for text in (path, quote(path)):
        body = body.replace(text, "PATH")
    headers = {
        name: value.replace(path, "PATH").replace(quote(path), "PATH")
        for name, value in answer.headers.items()
        if name != "Content-Length"
    }
    return answer.status_code, headers, body


@pytest.mark.parametrize("row", ROWS, ids=row_name)
def test_everybody_gets_what_the_table_says(row: Row, everything: Everything) -> None:
    path = path_of(row, names_of(row, everything))
    assert {reader: got(ask(everything, reader, row, path)) for reader in READERS} == row.gets


@pytest.mark.parametrize("row", [row for row in ROWS if PARAMETERS[row.route]], ids=row_name)
def test_outside_what_is_there_and_what_is_not_are_the_same(row: Row, everything: Everything) -> None:
    there, missing = path_of(row, names_of(row, everything)), path_of(row, MISSING)
    for reader, gets in row.gets.items():
        if gets in ("404", "405", "sign in"):
            one, other = (ask(everything, reader, row, path) for path in (there, missing))
            assert plain(one, there) == plain(other, missing), reader
        else:
            assert got(ask(everything, reader, row, missing)) == "404", reader


LOOKING_BACK: Final = [row for row in ROWS if row.method == "GET" and "operation" in PARAMETERS[row.route]]


@pytest.mark.parametrize("row", LOOKING_BACK, ids=row_name)
def test_an_earlier_moment_is_for_the_same_readers(row: Row, everything: Everything) -> None:
    path = address(row.route, names_of(row, everything))
    for reader, gets in row.gets.items():
        wanted = row.at or gets if gets == "200" else gets
        assert got(ask(everything, reader, row, f"{path}?at={everything.position(reader)}")) == wanted, reader
        assert got(ask(everything, reader, row, f"{path}?at={'9' * 40}")) == gets, reader


@pytest.mark.parametrize("route", ["report", "picture", "picture_pdf"])
def test_before_there_was_anything_nothing_is_there(route: str, everything: Everything) -> None:
    row = Row(route, "GET", {})
    there = address(route, everything.names()) + "?at=1"
    missing = address(route, everything.names() | {name: MISSING[name] for name in ("entry", "number")})
    assert plain(ask(everything, "rsk", row, there), there) == plain(ask(everything, "rsk", row, missing), missing)

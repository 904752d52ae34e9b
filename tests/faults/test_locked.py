"""Somebody outside holds the database: a sentence, the text kept, and it goes on when they let go."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from samlad.base.ids import new_id
from tests.faults.clients import DONE, filing, nothing_lost, people, until
from tests.running import Running


@contextmanager
def held(running: Running) -> Iterator[None]:
    """What a forgotten psql or sqlite3 does: it has begun to write and is not done."""
    if running.database.startswith("postgres"):
        with psycopg.connect(running.database) as outside:
            outside.execute("SELECT * FROM journal_operation FOR UPDATE")
            yield
            outside.rollback()
        return
    with sqlite3.connect(running.database, isolation_level=None) as file:
        file.execute("BEGIN IMMEDIATE")
        yield
        file.execute("ROLLBACK")
    file.close()


def test_a_held_database(running: Running) -> None:
    (browser,) = people(running, "tib.nacka")
    operation, id = browser.raise_alarm(), str(new_id())
    with held(running):
        answer = browser.report(operation, "Två bandvagnar behövs", id)
        assert answer.status == 503, answer.words
        assert "Samlad kan inte spara just nu." in answer.words
        assert "Två bandvagnar behövs" in answer.words
        for page in (operation, f"{operation}reports/", f"{operation}reports/new/", "/"):
            assert browser.get(page).status == 200
    assert browser.report(operation, "Två bandvagnar behövs", id).status in DONE
    filed = [entry["id"] for entry in browser.entries(operation) if entry["kind"] == "picture.report_filed"]
    assert filed == [id]


def test_held_for_a_moment_while_many_report_nobody_notices(running: Running) -> None:
    browsers = people(running, "tib.nacka", "tib.solna", "tib.salem", "rsk")
    operation = browsers[0].raise_alarm()
    with filing(browsers, operation) as threads:
        for _ in range(3):
            before = len(threads[0].acknowledged)
            until(lambda before=before: len(threads[0].acknowledged) > before)  # type: ignore[misc]
            with held(running):
                shown = browsers[0].get(operation)
    assert shown.status == 200, shown.words
    nothing_lost(browsers[0], operation, threads)
    assert not [trouble for thread in threads for trouble in thread.trouble]


def test_signing_in_while_it_is_held(running: Running) -> None:
    """A page that must write and cannot says so in a sentence too."""
    (browser,) = people(running, "tib.nacka")
    with held_everything(running):
        answer = browser.post("/sign-out/", {})
    assert answer.status in (503, *DONE), answer.words
    assert answer.status != 503 or "Samlad kan inte spara just nu" in answer.words


@contextmanager
def held_everything(running: Running) -> Iterator[None]:
    """Also the table of sessions."""
    if running.database.startswith("postgres"):
        with psycopg.connect(running.database) as outside:
            outside.execute("LOCK TABLE django_session IN EXCLUSIVE MODE")
            yield
            outside.rollback()
        return
    with held(running):
        yield

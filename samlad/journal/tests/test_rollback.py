"""An append inside somebody's transaction is part of it: rolled back, it was never there, on disk or in memory."""

import pytest
from django.db import OperationalError, connection, transaction

from samlad.base.refused import Unavailable
from samlad.journal import folds, read, table, tail
from samlad.journal.models import Operation
from samlad.journal.tests.scene import HEARD, NACKA, opened, rows, say, texts
from samlad.journal.who import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


class Changed(Exception):
    """The caller's mind."""


def test_rolled_back_is_gone_from_disk_and_memory() -> None:
    operation = opened()
    say(operation, "before")
    with pytest.raises(Changed), transaction.atomic():
        receipt = say(operation, "never")
        assert texts(operation) == ["before", "never"]
        assert folds.state(HEARD, operation, NACKA).texts == ("before", "never")
        raise Changed
    assert texts(operation) == ["before"]
    assert folds.state(HEARD, operation, NACKA).texts == ("before",)
    assert len(rows(operation)) == 2
    assert say(operation, "after").seq == receipt.seq
    assert folds.state(HEARD, operation, NACKA).texts == ("before", "after")


def test_a_rolled_back_opening_is_gone() -> None:
    with pytest.raises(Changed), transaction.atomic():
        operation = opened()
        raise Changed
    assert not Operation.objects.filter(id=operation).exists()
    assert read.entries(operation, SYSTEM) == []


def test_the_tail_hears_of_it_after_the_commit_only() -> None:
    heard: list[set[str]] = []
    operation = opened()
    stop = tail.listen(heard.append)
    try:
        with pytest.raises(Changed), transaction.atomic():
            say(operation)
            raise Changed
        with transaction.atomic():
            receipt = say(operation)
            assert heard == []
        say(operation, id=receipt.id)
    finally:
        stop()
    assert heard == [{operation.hex}]


def test_a_listener_that_fails_fails_no_append(caplog: pytest.LogCaptureFixture) -> None:
    def listener(moved: set[str]) -> None:
        raise Changed

    operation = opened()
    stop = tail.listen(listener)
    try:
        say(operation)
    finally:
        stop()
    assert texts(operation) == ["Snow"]
    assert "a listener of the tail failed" in caplog.text


def broken(*_: object) -> None:
    """A database that fails."""
    raise OperationalError("database or disk is full")


def test_a_full_disk_is_unavailable_and_nothing_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    operation = opened()
    with monkeypatch.context() as patch:
        patch.setattr(table, "insert", broken)
        with pytest.raises(Unavailable, match="still in the form"):
            say(operation)
    assert len(rows(operation)) == 1
    assert say(operation).seq == 2


def test_a_full_disk_within_a_transaction_takes_all_of_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, transaction.atomic():
        operation = opened()
        patch.setattr(table, "move", broken)
        with pytest.raises(Unavailable):
            say(operation)
        assert connection.needs_rollback
    assert not Operation.objects.filter(id=operation).exists()


def test_a_lost_connection_is_opened_again() -> None:
    operation = opened()
    assert connection.connection is not None
    if connection.vendor == "postgresql":
        connection.connection.close()  # as a restarted server does
    else:
        connection.close()
    assert say(operation).seq == 2

"""The tail's watch: what another process appends is noticed, on both databases."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from samlad.base.ids import new_id
from samlad.journal import tail
from samlad.journal.models import Operation
from samlad.journal.tail import Watch
from samlad.journal.tests.elsewhere import start, until
from samlad.journal.tests.scene import opened

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard() -> Iterator[list[set[str]]]:
    """What a listener of this process hears, with a watch that has begun."""
    before, heard = opened(), list[set[str]]()
    stop = tail.listen(heard.append)
    watch = Watch()
    watch.start()
    until(told(heard, before.hex))
    yield heard
    stop()
    watch.stop()
    watch.join(30)
    assert not watch.is_alive()


def told(heard: list[set[str]], operation: str) -> Callable[[], object]:
    """Whether the listener has heard of an operation."""
    return lambda: any(operation in moved for moved in list(heard))


def elsewhere(operation: object, count: int) -> None:
    """Append in another process."""
    process = start("say", operation, count)
    assert len(process.communicate(timeout=120)[0].split()) == count


def test_another_process_appends(heard: list[set[str]]) -> None:
    operation = opened()
    for _ in range(2):
        heard.clear()
        elsewhere(operation, 1)
        until(told(heard, operation.hex))


def test_whatever_moved_before_the_watch_began_is_told() -> None:
    operation, heard = opened(), list[set[str]]()
    stop = tail.listen(heard.append)
    watch = Watch()
    watch.start()
    until(told(heard, operation.hex))
    stop()
    watch.stop()
    watch.join(30)


def test_a_watch_that_loses_the_database_goes_on(heard: list[set[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    operation = opened()
    until(told(heard, operation.hex))
    real, failures = tail.current_heads, list[int]()

    def heads() -> dict[str, int]:
        failures.append(1)
        if len(failures) == 1:
            raise ValueError("something nobody thought of")
        return real()

    monkeypatch.setattr(tail, "current_heads", heads)
    if connection.vendor == "postgresql":  # a note that is no operation's, and then a server that ends the connection
        with connection.cursor() as cursor:
            cursor.execute("NOTIFY samlad, 'nonsense'")
    heard.clear()
    elsewhere(operation, 1)
    until(told(heard, operation.hex))
    until(lambda: len(failures) > 1)
    heard.clear()
    elsewhere(operation, 1)
    until(told(heard, operation.hex))


def test_a_server_that_ends_the_connection(heard: list[set[str]]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    operation = opened()
    until(told(heard, operation.hex))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    heard.clear()
    elsewhere(operation, 1)
    until(told(heard, operation.hex))


def test_the_heads() -> None:
    operation = opened()
    assert tail.current_heads()[operation.hex] == 1
    Operation.objects.create(id=(id := new_id()), kind="ordinary", exercise=False, opened_at="2026-01-05T12:00Z")
    assert tail.current_heads() == {operation.hex: 1, id.hex: 0}

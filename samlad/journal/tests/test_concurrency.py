"""Many at once: gapless, each once, every receipt a row on disk."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import append as appending
from samlad.journal import store, table, verify
from samlad.journal.append import append
from samlad.journal.entries import Draft, Expectation, Receipt
from samlad.journal.models import Operation
from samlad.journal.prepare import prepare
from samlad.journal.tests.elsewhere import start
from samlad.journal.tests.scene import NACKA, OPENED, RSK, SOLNA, Said, opened, rows, say, texts

pytestmark = pytest.mark.django_db(transaction=True)
Result = TypeVar("Result")


def at_once(count: int, do: Callable[[int], Result]) -> list[Result]:
    """What `do(number)` gives, in as many threads as numbers, all let go at the same moment."""
    barrier = threading.Barrier(count)

    def one(number: int) -> Result:
        barrier.wait(60)
        try:
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def whole(operation: UUID, receipts: list[Receipt]) -> None:
    """Assert that the receipts are exactly the rows after the opening, and that the chain holds."""
    stored = [(row.entry_id, row.seq, row.hash) for row in rows(operation)[1:]]
    assert [seq for _id, seq, _hash in stored] == list(range(2, len(stored) + 2))
    assert stored == sorted(((it.id, it.seq, it.hash) for it in receipts), key=lambda it: it[1])
    assert verify.verify(Operation.objects.get(id=operation)) == len(stored) + 1


def test_thirty_two_writers_on_one_operation() -> None:
    operation = opened()
    told = at_once(32, lambda writer: [say(operation, f"{writer} {number}") for number in range(20)])
    whole(operation, [receipt for receipts in told for receipt in receipts])


def test_two_hundred_clients_on_one_operation() -> None:
    operation = opened()
    told = at_once(200, lambda client: append(Draft(operation, Said(str(client))), by=NACKA))
    whole(operation, [receipt for receipts in told for receipt in receipts])
    assert sorted(texts(operation)) == sorted(str(client) for client in range(200))


def test_many_writers_on_many_operations() -> None:
    operations = [opened() for _ in range(5)]
    told = at_once(16, lambda writer: [say(operation, str(writer)) for operation in operations])
    for number, operation in enumerate(operations):
        whole(operation, [receipts[number] for receipts in told])


def test_the_same_id_from_many_threads_is_one_entry() -> None:
    operation, id = opened(), new_id()
    receipts = at_once(16, lambda _: say(operation, id=id))
    assert len({receipt.hash for receipt in receipts}) == 1
    assert Counter(receipt.repeated for receipt in receipts) == {True: 15, False: 1}
    assert len(rows(operation)) == 2


def test_the_same_id_with_different_words_from_many_threads_is_one_entry() -> None:
    operation, id = opened(), new_id()

    def one(number: int) -> bool:
        try:
            return bool(say(operation, str(number), id=id))
        except Refused:
            return False

    assert sum(at_once(16, one)) == 1
    assert len(rows(operation)) == 2


def test_one_of_many_who_expect_to_be_alone_wins() -> None:
    operation = opened()

    def one(number: int) -> bool:
        try:
            return bool(say(operation, str(number), expects=Expectation(("tests.said",), 1)))
        except Refused:
            return False

    assert sum(at_once(16, one)) == 1
    assert len(texts(operation)) == 1


def test_two_in_the_same_commit_who_expect_to_be_alone() -> None:
    operation = opened()
    expects = Expectation(("tests.said",), 1)
    jobs = [job(Draft(operation, Said(text), expects=expects)) for text in ("first", "second")]
    appending.commit(jobs)
    assert jobs[0].answer()[0].seq == 2
    with pytest.raises(store.Overtaken):
        jobs[1].answer()
    assert texts(operation) == ["first"]


def test_the_same_id_twice_in_the_same_commit() -> None:
    operation = opened()
    draft = Draft(operation, Said("Snow"))
    jobs = [job(draft), job(draft)]
    appending.commit(jobs)
    assert [jobs[0].answer()[0].repeated, jobs[1].answer()[0].repeated] == [False, True]


def test_one_refusal_in_a_commit_is_nobody_elses() -> None:
    operation = opened()
    jobs = [job(Draft(operation, Said("good"))), job(Draft(new_id(), Said("lost"))), job(Draft(operation, Said("too")))]
    appending.commit(jobs)
    assert [jobs[0].answer()[0].seq, jobs[2].answer()[0].seq] == [2, 3]
    with pytest.raises(Refused):
        jobs[1].answer()


def test_one_draft_that_the_database_cannot_take_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    operation, real = opened(), table.insert

    def insert(rows: list[tuple[object, ...]]) -> None:
        if any("poison" in str(row) for row in rows):
            raise IntegrityError("one of these can't be stored")
        real(rows)

    monkeypatch.setattr(table, "insert", insert)
    jobs = [job(Draft(operation, Said(text))) for text in ("good", "poison", "good too")]
    appending.commit(jobs)
    with pytest.raises(Exception, match="cannot save"):
        jobs[1].answer()
    assert [jobs[0].answer()[0].seq, jobs[2].answer()[0].seq] == [2, 3]
    assert texts(operation) == ["good", "good too"]


def job(draft: Draft) -> appending.Job:
    """A call on its way through the queue."""
    return appending.Job([prepare(draft, NACKA)])


def test_writers_in_transactions_of_their_own_and_in_the_queue() -> None:
    operation = opened()

    def one(number: int) -> Receipt:
        if number % 2:
            return say(operation, str(number))
        with transaction.atomic():
            return say(operation, str(number), by=SOLNA)

    whole(operation, at_once(12, one))


def test_two_processes() -> None:
    operation = opened()
    processes = [start("say", operation, 100) for _ in range(2)]
    here = at_once(4, lambda writer: [say(operation, f"{writer} {number}").id for number in range(25)])
    ids = [UUID(line) for process in processes for line in process.communicate(timeout=120)[0].split()]
    ids += [id for some in here for id in some]
    assert len(ids) == 300
    assert Counter(row.entry_id for row in rows(operation)[1:]) == Counter(ids)
    assert verify.verify(Operation.objects.get(id=operation)) == 301


def test_two_processes_open_the_same_operation() -> None:
    operation = new_id()
    processes = [start("open", operation) for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.wait(60) for process in processes] == [0, 0]
    assert [row.kind for row in rows(operation)] == ["journal.opened", "tests.said", "tests.said"]


def test_opened_by_another_node_a_moment_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """What two nodes on PostgreSQL meet: neither saw the operation, and the slower one's row is refused."""
    operation, real, looks = opened(), store.lock_heads, []

    def first_sees_nothing(operations: set[UUID]) -> dict[UUID, store.Head]:
        looks.append(operations)
        return {} if len(looks) == 1 else real(operations)

    monkeypatch.setattr(store, "lock_heads", first_sees_nothing)
    with pytest.raises(Refused, match="already open"):
        append(Draft(operation, OPENED), by=RSK)
    assert len(looks) == 2

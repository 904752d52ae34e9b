"""What the program has done in a call is told in the journal, once."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError

from samlad.activation.actions import tell_calling, telling
from samlad.activation.entries.calling import CallingTold
from samlad.activation.tests.scene import alarm, close
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.who import SYSTEM
from samlad.notify.models import Alert, Happening
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db


def happened(operation: UUID, *whats: str) -> Alert:
    """An alert in which this happened at Nacka."""
    alert = Alert.objects.create(
        id=new_id(), operation=operation, purpose="call_out", subject="Larm", text="Larm", short="Larm",
        language="sv", exercise=False, ladder=[], asked_at=now(), until=now() + timedelta(hours=1),
    )  # fmt: skip
    for what in whats:
        Happening.objects.create(alert=alert, actor="nacka", what=what, at=now(), person="x", channel="sms")
    return alert


def told(operation: UUID) -> list[list[str]]:
    """What stands in the journal of an operation, entry by entry."""
    found = read.entries(operation, SYSTEM, kinds=frozenset({"activation.calling_told"}))
    return [[line.what for line in it.payload.lines] for _n, it in found if isinstance(it.payload, CallingTold)]


@pytest.fixture(autouse=True)
def nothing_else(cast: Cast) -> None:
    """What the alarm itself asks for is no matter of these tests."""


def test_it_is_told_in_order_and_once(cast: Cast) -> None:
    operation = alarm(cast)
    happened(operation, "handed", "deputies")
    assert tell_calling() and not tell_calling()
    assert told(operation) == [["handed", "deputies"]]


def test_each_operation_gets_its_own(cast: Cast) -> None:
    first, second = alarm(cast), alarm(cast, what="Brand")
    happened(first, "handed")
    happened(second, "failed")
    tell_calling()
    assert told(first) == [["handed"]] and told(second) == [["failed"]]


def test_when_it_can_not_be_told_it_is_told_later(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    operation = alarm(cast)
    happened(operation, "handed")

    def away(*_drafts: object, **_by: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patch, pytest.raises(DatabaseError):
        patch.setattr(telling, "append", away)
        tell_calling()
    assert tell_calling() and told(operation) == [["handed"]]


def test_what_happened_before_the_end_is_told_after_it(cast: Cast) -> None:
    operation = alarm(cast)
    happened(operation, "handed")
    close(cast, operation)
    tell_calling()
    assert [whats for whats in told(operation) if "handed" in whats] == [["handed"]]


def test_what_belongs_to_no_operation_is_let_go(cast: Cast) -> None:
    happened(new_id(), "handed")
    assert tell_calling() and not tell_calling()

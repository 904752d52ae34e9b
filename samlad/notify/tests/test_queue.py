"""The queue: one notice for one entry, person and channel; an exercise is always marked."""

import pytest
from django.db import IntegrityError, transaction

from samlad.base.ids import new_id
from samlad.notify.actions import NoticeDraft, queue_notices
from samlad.notify.models import Notice

pytestmark = pytest.mark.django_db
OPERATION, ENTRY = new_id(), new_id()


def draft(person: str = "ett", address: str = "ett@nacka.example", exercise: bool = False) -> NoticeDraft:
    """A notice to somebody."""
    return NoticeDraft(OPERATION, ENTRY, person, "nacka", address, "Larm:\n snö", "Vad: snö", exercise)


def test_asked_for_twice_is_once() -> None:
    queue_notices([draft(), draft("två")])
    queue_notices([draft(address="annan@nacka.example"), draft("tre")])
    assert Notice.objects.count() == 3
    assert Notice.objects.get(person="ett").address == "ett@nacka.example"


def test_a_subject_is_one_line() -> None:
    queue_notices([draft()])
    assert Notice.objects.get().subject == "Larm: snö"


def test_an_exercise_is_marked_by_the_queue_itself() -> None:
    queue_notices([draft(exercise=True)])
    notice = Notice.objects.get()
    assert notice.subject == "ÖVNING – Larm: snö" and notice.body.startswith("ÖVNING ÖVNING ÖVNING\n\nVad: snö")


def test_the_database_refuses_an_unmarked_exercise() -> None:
    queue_notices([draft(exercise=True)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(subject="Larm: snö")


def test_without_an_address_it_is_seen_that_it_failed() -> None:
    queue_notices([draft(address="")])
    notice = Notice.objects.get()
    assert (notice.state, notice.trouble) == ("failed", "no_address")

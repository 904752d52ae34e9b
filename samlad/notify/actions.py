"""Asking that people be told. What is asked for is a row in the queue; the sender carries it out."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from samlad.base.clock import now
from samlad.notify.models import EXERCISE_MARKS, Notice, Trouble
from samlad.notify.queries import WAITING


class NoticeDraft(msgspec.Struct, frozen=True):
    """What to tell whom: because of which entry, to which person, for which actor, at which address."""

    operation: UUID
    entry: UUID
    person: str
    actor: str
    address: str
    subject: str
    body: str
    exercise: bool
    channel: str = "email"
    language: str = "sv"

    @property
    def key(self) -> str:
        """One entry is told to one person once on each channel."""
        return f"{self.entry.hex}:{self.person}:{self.channel}"


def queue_notices(drafts: Iterable[NoticeDraft]) -> None:
    """Put notices into the queue. One that is there already (same entry, person and channel) stays as it was.

    An exercise is marked here, first in subject and text, so that no caller can forget it. Without an address the
    notice is kept, as one that failed: that somebody can't be reached must be seen.
    """
    Notice.objects.bulk_create([_notice(draft) for draft in drafts], ignore_conflicts=True)


def queue_what_holds(drafts: Iterable[NoticeDraft], *, about: UUID, at: datetime) -> None:
    """Queue all that is to be told of one thing now, and take back what is no longer so and has not been sent.

    `about` is what stands where these notices name an operation.
    """
    held = list(drafts)
    queue_notices(held)
    waiting = Notice.objects.filter(WAITING, operation=about, claimed_at=None)
    over = waiting.exclude(entry__in={draft.entry for draft in held})
    over.update(given_up_at=at, trouble=Trouble.WITHDRAWN)


def _notice(draft: NoticeDraft) -> Notice:
    at = now()
    subject, body = " ".join(draft.subject.split()), draft.body.strip() + "\n"
    if draft.exercise:
        mark = EXERCISE_MARKS[draft.language]
        subject, body = f"{mark} – {subject}", f"{mark} {mark} {mark}\n\n{body}\n{mark} {mark} {mark}\n"
    return Notice(
        key=draft.key,
        operation=draft.operation,
        entry=draft.entry,
        person=draft.person,
        actor=draft.actor,
        channel=draft.channel,
        address=draft.address,
        subject=subject,
        body=body,
        language=draft.language,
        exercise=draft.exercise,
        queued_at=at,
        due_at=at,
        trouble="" if draft.address else Trouble.NO_ADDRESS,
        given_up_at=None if draft.address else at,
    )

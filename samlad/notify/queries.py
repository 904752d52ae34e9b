"""Reading the queue: what is due, and what a reader may see of it."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet

from samlad.journal.who import Who
from samlad.notify.models import Call, Notice, Recipient

LEASE: Final = timedelta(seconds=30)
"""How long whoever began to send a notice has it; after that they are taken to have died, and it is sent again. No
gateway is waited for longer than ten seconds."""

WAITING: Final = Q(sent_at=None, given_up_at=None)
STATES: Final = {
    "waiting": WAITING,
    "sent": ~Q(sent_at=None),
    "failed": ~Q(given_up_at=None),
}


def due(at: datetime) -> "QuerySet[Notice]":
    """Notices to send at a moment, oldest first: not sent, not given up, and nobody is sending them."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - LEASE)
    return Notice.objects.filter(WAITING, free, due_at__lte=at).order_by("due_at", "id")


def held(rows: "QuerySet[Any]") -> list[int]:
    """Lock rows until the transaction ends, and return their keys. All lock calls, then people, then messages, each in
    the order of their keys: two who want the same rows then never wait for each other."""
    return list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def stalled(at: datetime) -> datetime | None:
    """Since when something in a call has been due without being done: no process is calling. None while all is well."""
    late = at - LEASE
    waiting = Notice.objects.filter(WAITING, claimed_at=None, recipient__isnull=False)
    moments = (
        Call.objects.filter(next_at__lt=late).aggregate(at=Min("next_at"))["at"],
        Recipient.objects.filter(next_at__lt=late, call__alert__closed_at=None).aggregate(at=Min("next_at"))["at"],
        waiting.filter(due_at__lt=late).aggregate(at=Min("due_at"))["at"],
    )
    return min((moment for moment in moments if moment), default=None)


def outbox(who: Who, state: str = "") -> "QuerySet[Notice]":
    """The notices a reader may see, newest first: their own actor's; an administrator, who looks after it, all."""
    notices = Notice.objects.order_by("-queued_at", "-id")
    if "administrator" not in who.roles:
        notices = notices.filter(actor=who.actor) if who.actor else notices.none()
    return notices.filter(STATES[state]) if state in STATES else notices


def may_open(notice: Notice, who: Who) -> bool:
    """Whether the reader may see what a notice says. Looking after the outbox is no reason to read operations."""
    return who.may_read and notice.actor == who.actor


def counts(who: Who) -> dict[str, int]:
    """How many notices the reader may see in each of STATES."""
    found: dict[str, int] = outbox(who).aggregate(**{state: Count("id", filter=rule) for state, rule in STATES.items()})
    return found

"""Calling actors: what other rooms ask for, inside their own transaction. `ladder` and `sender` carry it out.

An alert calls each actor's people on their ways in order and climbs its ladder until the actor has answered, the alert
is withdrawn, or it no longer means anything. All of it are rows: a process that dies goes on from them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import F, QuerySet

from samlad.base.clock import now
from samlad.notify import tokens, wake
from samlad.notify.call_models import Alert, Call, Happening, Recipient
from samlad.notify.models import Notice, Trouble
from samlad.notify.queries import WAITING, held

Steps = tuple[tuple[int, str], ...]
"""Seconds from the alert and what is then done: "first" those on call; "again" those already called once more;
"deputies" theirs; "everyone" with a duty role at the actor, and its switchboard; "by_hand" a note to whoever leads."""

LADDER: Final[Steps] = ((0, "first"), (300, "deputies"), (600, "everyone"), (900, "by_hand"))
NEXT_WAY: Final = 60
OVER: Final = "over"
"""The purpose of what tells that an operation is over."""


class AlertDraft(msgspec.Struct, frozen=True):
    """What to tell which actors. `id` is that of the entry it was decided by; asked for again, it is the same alert.

    `roles`: whom at the actor (none: every duty role). `ladder`: seconds from the alert and what is then done.
    `answerable`: there is something to answer, and the message ends with a link to it. `short` is for a small screen,
    `keys` is what a call says last: which key is which.
    """

    id: UUID
    operation: UUID
    purpose: str
    actors: tuple[str, ...]
    subject: str
    text: str
    short: str
    exercise: bool
    until: datetime
    roles: tuple[str, ...] = ()
    ladder: Steps = LADDER
    next_way: int | None = NEXT_WAY
    language: str = "sv"
    answerable: bool = True
    keys: str = ""


def open_alert(draft: AlertDraft) -> None:
    """Begin to call. Asking again for the same alert changes nothing. The first messages leave after the commit."""
    at = now()
    with transaction.atomic():
        alert, fresh = Alert.objects.get_or_create(
            id=draft.id,
            defaults={
                "operation": draft.operation,
                "purpose": draft.purpose,
                "roles": list(draft.roles),
                "subject": " ".join(draft.subject.split()),
                "text": draft.text.strip(),
                "short": draft.short.strip() or draft.subject.strip(),
                "keys": draft.keys,
                "language": draft.language,
                "exercise": draft.exercise,
                "answerable": draft.answerable,
                "ladder": [list(step) for step in draft.ladder],
                "next_way": draft.next_way,
                "asked_at": at,
                "until": draft.until,
            },
        )
        if fresh:
            actors = dict.fromkeys(draft.actors)
            Call.objects.bulk_create([Call(alert=alert, actor=actor, next_at=at) for actor in actors])
    wake.after_commit()


def answered(alert: UUID, actor: str, recipient: int | None = None) -> None:
    """An actor has answered: nobody there is called any more, and what waits to be sent is not. `recipient`: whose
    link, code or key it was. Whoever answers first stops it for their actor."""
    at = now()
    with transaction.atomic():
        calls = Call.objects.filter(alert=alert, actor=actor)
        held(calls)
        calls.filter(answered_at=None).update(answered_at=at)
        _silence(calls, Trouble.ANSWERED, at)
        if recipient is not None:
            Recipient.objects.filter(pk=recipient, answered_at=None).update(answered_at=at)


def answered_all(operation: UUID, actor: str) -> None:
    """An actor has answered all that an operation asks of it now. After the answer's entry, in its transaction: the
    operation's lock keeps away a call that is made at the same moment."""
    asked = Call.objects.filter(alert__operation=operation, alert__answerable=True, actor=actor)
    for alert in asked.filter(answered_at=None, closed_at=None).order_by("pk").values_list("alert", flat=True):
        answered(alert, actor)


def withdraw(alert: UUID, actors: Collection[str] | None = None) -> None:
    """The alert no longer matters, or not for these actors: what waits is never sent. It is told of each actor."""
    at = now()
    with transaction.atomic():
        calls = Call.objects.filter(alert=alert, closed_at=None)
        if actors is None:
            Alert.objects.filter(pk=alert, closed_at=None).update(closed_at=at)
        else:
            calls = calls.filter(actor__in=list(actors))
        calls = Call.objects.filter(pk__in=held(calls))
        calls.update(closed_at=at)
        open_ = list(calls.filter(answered_at=None))  # read under their locks: whoever has just answered is none
        _silence(calls, Trouble.WITHDRAWN, at)
        Happening.objects.bulk_create(
            [Happening(alert_id=alert, actor=call.actor, what="withdrawn", at=at) for call in open_]
        )
    wake.after_commit()


def withdraw_all(operation: UUID) -> None:
    """The operation is over: nothing of it rings any more, but what says just that."""
    for alert in Alert.objects.filter(operation=operation, closed_at=None).exclude(purpose=OVER):
        withdraw(alert.pk)


def tell_called(draft: AlertDraft) -> bool:
    """Tell those whom the operation's earlier alerts have called, and nobody else, each on the first of their ways and
    once. For what is said when it is over: with the purpose OVER it is sent although the operation is closed. Whether
    there is anybody to tell."""
    before = Recipient.objects.filter(call__alert__operation=draft.operation).exclude(call__alert=draft.id)
    called: dict[str, dict[str, str]] = {}
    for actor, person, role in before.order_by("id").values_list("call__actor", "person", "role"):
        called.setdefault(actor, {}).setdefault(person, role)
    if not called:
        return False
    with transaction.atomic():
        open_alert(msgspec.structs.replace(draft, actors=tuple(called), ladder=(), next_way=None, answerable=False))
        calls = Call.objects.filter(alert=draft.id).select_related("alert")
        add_recipients({call: list(called[call.actor].items()) for call in calls}, now())
    wake.after_commit()
    return True


def goes_on(alert: UUID) -> bool:
    """Whether anybody can still be called in an alert: it is not closed, and its time is not over."""
    return Alert.objects.filter(pk=alert, closed_at=None, until__gt=now()).exists()


def resend(alert: UUID, actors: Sequence[str]) -> None:
    """Call actors once more from the start of their people's ways, those who have answered left out."""
    at = now()
    with transaction.atomic():
        calls = Call.objects.filter(alert=alert, actor__in=list(actors), answered_at=None, closed_at=None)
        ids = held(calls)
        Call.objects.filter(pk__in=ids).update(round=F("round") + 1)
        people = held(Recipient.objects.filter(call__in=ids))
        Recipient.objects.filter(pk__in=people).update(next_way=0, next_at=at)
    wake.after_commit()


def add_person(alert: UUID, actor: str, person: str, role: str = "") -> None:
    """Call one more person for an actor at once: a stand-in."""
    at = now()
    with transaction.atomic():
        for call in Call.objects.filter(alert=alert, actor=actor, answered_at=None, closed_at=None):
            add_recipients({call: [(person, role)]}, at)
    wake.after_commit()


def add_recipients(people: dict[Call, list[tuple[str, str]]], at: datetime) -> int:
    """Put people (person, role) who are not there yet into calls, to be called at a moment. How many were new."""
    known = set(Recipient.objects.filter(call__in=list(people)).values_list("call", "person"))
    fresh = [
        Recipient(call=call, person=person, role=role, code=tokens.code(), next_at=at)
        for call, told in people.items()
        for person, role in dict(told).items()
        if (call.pk, person) not in known
    ]
    Recipient.objects.bulk_create(fresh)
    return len(fresh)


def _silence(calls: "QuerySet[Call]", trouble: Trouble, at: datetime) -> None:
    """Nothing more is done in these calls, and what waits in them is given up."""
    ids = list(calls.values_list("pk", flat=True))
    Call.objects.filter(pk__in=ids).update(next_at=None)
    held(Recipient.objects.filter(call__in=ids))
    Recipient.objects.filter(call__in=ids, next_at__isnull=False).update(next_at=None)
    waiting = Notice.objects.filter(WAITING, recipient__call__in=ids)
    waiting.update(given_up_at=at, trouble=trouble, claimed_at=None)

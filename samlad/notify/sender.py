"""Handing messages over to gateways: several at once on each channel, and no channel waits for another.

At least once: a notice is claimed, sent, and then marked as sent. Killed between the last two, it is sent again when
the claim has run out, with the same key, by which a gateway that knows keys (e-mail, push, webhook) knows the copy; an
SMS or a call can come twice then. Claims skip what another node holds, so two workers share the work.

A gateway that is down or hangs costs one attempt in all, not one for each notice; everything due on that channel then
waits together, a little longer for each time, and the people concerned are called on their next way at once.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Event
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from samlad.base.clock import now
from samlad.journal.models import Operation
from samlad.notify import channels
from samlad.notify.alerts import OVER
from samlad.notify.call_models import Recipient
from samlad.notify.channels.faults import NotTaken
from samlad.notify.channels.messages import Connection, Gateway, Outgoing
from samlad.notify.models import Notice, Trouble
from samlad.notify.outcomes import Outcome, give_up, note
from samlad.notify.queries import due
from samlad.notify.tokens import link_in

log = logging.getLogger(__name__)

AT_ONCE: Final = 16  # messages under way in all


class Sender:
    """What is under way. One thread uses it; the messages themselves are handed over by threads of its own, which
    never touch the database."""

    def __init__(self, done: Event | None = None) -> None:
        self.done = done or Event()
        self.pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sender")
        self.results: SimpleQueue[Outcome] = SimpleQueue()
        self.under_way: Counter[str] = Counter()
        self.idle: dict[str, list[Connection]] = {}

    def turn(self) -> bool:
        """Note what has been sent since the last turn, and begin to send what is due. Whether anything is under way."""
        self.settle()
        self.begin()
        if self.under_way.total():
            return True
        self.hang_up()
        return False

    def begin(self) -> None:
        """Claim as many notices as there is room for, and hand them to the threads."""
        room = AT_ONCE - self.under_way.total()
        free = {name: places(name) - self.under_way[name] for name in channels.CHANNELS}
        if room <= 0 or all(left <= 0 for left in free.values()):
            return
        for notice in claim(room, free):
            self.under_way[notice.channel] += 1
            self.pool.submit(self.send, notice)

    def send(self, notice: Notice) -> None:
        """Hand one notice over, in a thread; whatever happens is an outcome."""
        try:
            gateway = channels.gateway(notice.channel)
            reason = unusable(gateway, notice)
            if gateway is None or reason:
                raise NotTaken(reason or Trouble.NO_GATEWAY, "", final=True)
            self.hand_over(gateway, notice)
            outcome = Outcome(notice, gateway.name, None, now())
        except Exception as error:
            outcome = Outcome(notice, "", error, now())
        self.results.put(outcome)
        self.done.set()

    def hand_over(self, gateway: Gateway, notice: Notice) -> None:
        """Send by a connection that nobody else uses meanwhile; one that failed is not used again."""
        free = self.idle.setdefault(notice.channel, [])
        try:
            connection = free.pop()
        except IndexError:
            connection = gateway.connect()
        try:
            connection.send(outgoing(notice))
        except NotTaken:
            free.append(connection)
            raise
        except BaseException:
            connection.close()
            raise
        free.append(connection)

    def hang_up(self) -> None:
        """End the connections that nobody uses."""
        for free in self.idle.values():
            while free:
                free.pop().close()

    def settle(self) -> None:
        """Note the outcomes that have come, in one transaction."""
        outcomes: list[Outcome] = []
        try:
            while True:
                outcomes.append(self.results.get_nowait())
        except Empty:
            pass
        if not outcomes:
            return
        try:
            note(outcomes)
        except Exception:
            for outcome in outcomes:  # not lost: noted at the next turn, when the database is back
                self.results.put(outcome)
            raise
        self.under_way.subtract(Counter(outcome.notice.channel for outcome in outcomes))

    def wait(self) -> None:
        """Until nothing is under way and nothing more is due now."""
        while self.turn():
            self.done.wait(1.0)
            self.done.clear()

    def close(self) -> None:
        """Let what is under way end, and note it."""
        self.pool.shutdown(wait=True)
        self.settle()
        self.hang_up()


def places(channel: str) -> int:
    """How many messages may be under way on a channel. One where it is no longer in use: they are given up."""
    gateway = channels.gateway(channel)
    return min(gateway.at_once, AT_ONCE) if gateway else 1


def send_due() -> None:
    """Send all that is due now, and return when it has been noted. Raises nothing that a gateway can cause."""
    sender = Sender()
    try:
        sender.wait()
    finally:
        sender.close()


def claim(room: int, free: "dict[str, int]") -> list[Notice]:
    """Take notices in hand, oldest first, those that are not wanted any more given up on the way. What another node
    is taking at the same moment is left to it."""
    at = now()
    if not due(at).exists():
        return []
    with transaction.atomic():
        taken: list[Notice] = []
        for channel, left in free.items():
            most = min(room - len(taken), left)
            if most > 0:
                taken += due(at).filter(channel=channel).select_for_update(skip_locked=True)[:most]
        if not taken:
            return []
        reasons = no_longer_wanted(taken, at)
        wanted = [notice for notice in taken if notice.pk not in reasons]
        for notice in taken:
            if reason := reasons.get(notice.pk):
                give_up(notice, reason, notice.last_error, at)
        Notice.objects.filter(pk__in=[one.pk for one in wanted]).update(claimed_at=at, attempts=F("attempts") + 1)
    for notice in wanted:
        notice.attempts += 1
    return wanted


def no_longer_wanted(notices: Iterable[Notice], at: datetime) -> dict[int, Trouble]:
    """Why notices should not be sent any more: an alarm must not ring when the matter is over, or was answered."""
    notices = list(notices)
    closed: dict[UUID, datetime | None] = dict(
        Operation.objects.filter(pk__in={one.operation for one in notices}, closed_at__isnull=False)
        .values_list("pk", "closed_at")
    )  # fmt: skip
    calls = {
        one.pk: one.call
        for one in Recipient.objects.filter(pk__in={one.recipient_id for one in notices}).select_related("call__alert")
    }
    reasons: dict[int, Trouble] = {}
    for notice in notices:
        call = calls.get(notice.recipient_id or 0)
        if notice.expires_at <= at:
            reasons[notice.pk] = Trouble.TOO_OLD
        elif is_over(notice, closed.get(notice.operation)) and not (call and call.alert.purpose == OVER):
            reasons[notice.pk] = Trouble.CLOSED
        elif call and (call.closed_at or call.alert.closed_at):
            reasons[notice.pk] = Trouble.WITHDRAWN
        elif call and call.answered_at:
            reasons[notice.pk] = Trouble.ANSWERED
    return reasons


def is_over(notice: Notice, closed_at: datetime | None) -> bool:
    """Whether the operation was closed after the notice was queued. One queued later tells of the closing itself."""
    return closed_at is not None and notice.queued_at < closed_at


def unusable(gateway: Gateway | None, notice: Notice) -> Trouble | None:
    """Why a channel can't take a notice. Looked at last of all: nothing of an exercise goes where exercises may not."""
    if gateway is None:
        return Trouble.NO_GATEWAY
    if notice.exercise and not gateway.exercises:
        return Trouble.NOT_FOR_EXERCISES
    return None


def outgoing(notice: Notice) -> Outgoing:
    """A notice as channels see it."""
    return Outgoing(
        key=notice.key,
        channel=notice.channel,
        address=notice.address,
        subject=notice.subject,
        body=notice.body,
        exercise=notice.exercise,
        link=link_in(notice.body),
        language=notice.language,
    )


def sends_for_real() -> bool:
    """Whether mail leaves the house: there is a mail server, and this is not the demo."""
    return bool(settings.EMAIL_HOST) and not settings.DEMO

"""What became of messages: noted in the queue and for the journal at once; who was not reached is called on."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db import transaction
from django.db.models import F, Q

from samlad.base.clock import now
from samlad.notify import wake, ways
from samlad.notify.call_models import Happening, Recipient
from samlad.notify.channels.faults import NoServer, NotTaken
from samlad.notify.ladder import hurry_calls
from samlad.notify.models import Notice, Trouble
from samlad.notify.queries import due, held

log = logging.getLogger(__name__)

PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 15, 30, 60, 120))
DETAIL: Final = 1000


class Outcome(msgspec.Struct, frozen=True):
    """How it went with one notice: handed over by which gateway, or the error."""

    notice: Notice
    sent_by: str = ""
    error: Exception | None = None
    at: datetime | None = None


def note(outcomes: list[Outcome]) -> None:
    """Note how it went, in the queue and for the journal, in one transaction."""
    sent = [outcome for outcome in outcomes if outcome.error is None]
    down: dict[str, tuple[Notice, NoServer]] = {}
    with transaction.atomic():
        people = hold_people(outcomes)
        by_gateway: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in sent:
            by_gateway[outcome.sent_by].append(outcome)
        for gateway, some in by_gateway.items():
            Notice.objects.filter(pk__in=[one.notice.pk for one in some]).update(
                sent_at=some[-1].at, sent_by=gateway, claimed_at=None, trouble="", last_error="", given_up_at=None
            )
        for outcome in outcomes:
            notice = outcome.notice
            match outcome.error:
                case None:
                    continue
                case NoServer() as error:
                    put_off(notice, error.trouble, error.detail)
                    down[notice.channel] = (notice, error)
                case NotTaken(final=True) as error:
                    give_up(notice, error.trouble, error.detail, now())
                case NotTaken() as error:
                    put_off(notice, error.trouble, error.detail)
                case error:  # one message that can't be built must not stop the others
                    log.error("notice %s could not be sent", notice.key, exc_info=error)
                    put_off(notice, Trouble.OTHER, f"{type(error).__name__}: {error}")
        happened(outcomes)
        hurry_calls(calls_of(outcomes), now())
        for channel, (notice, error) in down.items():
            log.warning("no server for %s: %s", channel, error)
            put_off_all(notice, error, people)
    ways.worked([one.notice.way for one in sent if one.notice.way], now())
    ways.failed([one.notice.way for one in outcomes if one.notice.way and refused(one.error)], now())


def hold_people(outcomes: Iterable[Outcome]) -> list[int]:
    """Lock the people before their messages, in the order of an answer: else each could wait for the other. With a
    gateway that is away, everybody's whose message waits there."""
    people: set[int | None] = {one.notice.recipient_id for one in outcomes if one.error}
    for channel in {one.notice.channel for one in outcomes if isinstance(one.error, NoServer)}:
        people.update(due(now()).filter(channel=channel).values_list("recipient", flat=True))
    return held(Recipient.objects.filter(pk__in=[one for one in people if one]))


def calls_of(outcomes: Iterable[Outcome]) -> set[int]:
    """The calls in which a message was refused for good."""
    lost = [one.notice.recipient_id or 0 for one in outcomes if isinstance(one.error, NotTaken) and one.error.final]
    return set(Recipient.objects.filter(pk__in=lost).values_list("call", flat=True)) if lost else set()


def refused(error: Exception | None) -> bool:
    """Whether an address was refused for good."""
    return isinstance(error, NotTaken) and error.final and error.trouble == Trouble.RECIPIENT


def happened(outcomes: list[Outcome]) -> None:
    """Tell the journal's keeper, and let those who were not reached be called on their next way at once."""
    called = [outcome for outcome in outcomes if outcome.notice.recipient_id is not None]
    roles = dict(Recipient.objects.filter(pk__in={one.notice.recipient_id for one in called}).values_list("pk", "role"))
    Happening.objects.bulk_create(
        Happening(
            alert_id=one.notice.entry,
            actor=one.notice.actor,
            person=one.notice.person,
            role=roles.get(one.notice.recipient_id or 0, ""),
            channel=one.notice.channel,
            what="failed" if one.error else "handed",
            trouble=getattr(one.error, "trouble", Trouble.OTHER) if one.error else "",
            at=one.at or now(),
        )
        for one in called
        if not (one.error and one.notice.attempts > 1)  # a server that stays down is told of once for each message
    )
    hurry([one.notice.recipient_id for one in called if one.error and one.notice.attempts <= 1])


def hurry(recipients: Iterable[int | None]) -> None:
    """These people are called on their next way now, not when its turn would have come."""
    waiting = Recipient.objects.filter(pk__in=[one for one in recipients if one], next_at__isnull=False)
    waiting.update(next_at=now())
    wake.after_commit()


def give_up(notice: Notice, trouble: Trouble, detail: str, at: datetime) -> None:
    """Note that a notice will not be sent, and why."""
    Notice.objects.filter(pk=notice.pk).update(
        given_up_at=at, claimed_at=None, trouble=trouble, last_error=detail[:DETAIL]
    )


def pause(attempts: int) -> timedelta:
    """How long to wait after a number of attempts."""
    return PAUSES[min(attempts, len(PAUSES) - 1)]


def put_off(notice: Notice, trouble: Trouble, detail: str) -> None:
    """Note that a notice could not be sent now, why, and when it is tried again."""
    Notice.objects.filter(pk=notice.pk, given_up_at=None).update(
        due_at=now() + pause(notice.attempts - 1), claimed_at=None, trouble=trouble, last_error=detail[:DETAIL]
    )


def put_off_all(notice: Notice, error: NoServer, people: Collection[int]) -> None:
    """The same for all others that are due on the channel: they would meet with the same. Their people are called on
    their next way."""
    others = due(now()).filter(Q(recipient=None) | Q(recipient__in=people), channel=notice.channel)
    told = list(others.filter(recipient__isnull=False, attempts=0).select_related("recipient"))
    happened([Outcome(one, "", error, now()) for one in told])
    others.update(
        due_at=now() + pause(notice.attempts - 1),
        attempts=F("attempts") + 1,
        trouble=error.trouble,
        last_error=error.detail[:DETAIL],
    )

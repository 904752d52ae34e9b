"""Climbing: which people are called next, and on which of their ways.

Runs in the same thread as the sender, at the commit of an alert and whenever something is due. Each turn takes some
calls and some people in one transaction, under locks that another node skips, so that a crash loses nothing and two
workers never do the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.base.clock import now
from samlad.notify import tokens, ways
from samlad.notify.alerts import add_recipients
from samlad.notify.call_models import Alert, Call, Happening, Recipient
from samlad.notify.channels.arriving import takes_replies
from samlad.notify.models import EXERCISE_MARKS, EXPIRES, Notice
from samlad.registers.on_call import OnCall, on_call

AT_ONCE: Final = 8  # calls in one turn
PEOPLE: Final = 100  # recipients in one turn
SHORT: Final = frozenset({"sms", "voice", "push"})
UNDER_WAY: Final = Q(next_at__isnull=False) | Q(notices__isnull=False, notices__given_up_at=None)
"""Of a recipient: is called, or has been and may answer."""
SWITCHBOARD: Final = ""  # the person of a recipient that is an actor's switchboard


def climb() -> bool:
    """Take one turn: the next step for calls that are due, the next way for people who are. Whether there was any.

    Looked at first without a transaction: on SQLite each takes the turn to write from somebody.
    """
    at = now()
    if not (Call.objects.filter(next_at__lte=at).exists() or Recipient.objects.filter(next_at__lte=at).exists()):
        return False
    with transaction.atomic():
        stepped = next_steps(now())
        return next_ways(now()) or stepped


def next_due(after: datetime) -> datetime | None:
    """When there is something to climb that was not yet due at a moment; None while nothing is waiting."""
    moments = (
        Call.objects.filter(next_at__gt=after).aggregate(at=Min("next_at"))["at"],
        Recipient.objects.filter(next_at__gt=after).aggregate(at=Min("next_at"))["at"],
    )
    return min((moment for moment in moments if moment), default=None)


def next_steps(at: datetime) -> bool:
    """Take the calls that are due one step up. A step that finds nobody leads to the next at once: an actor with
    nobody on call must not cost five minutes of silence."""
    due = (
        Call.objects.filter(next_at__lte=at)
        .order_by("next_at", "id")
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
    )
    calls = list(due.select_related("alert")[:AT_ONCE])
    by_roles: dict[tuple[str, ...], list[Call]] = defaultdict(list)
    for call in calls:
        by_roles[tuple(call.alert.roles)].append(call)
    people = {roles: on_call({call.actor for call in some}, at, roles or None) for roles, some in by_roles.items()}
    happened: list[Happening] = []
    for call in calls:
        if call.alert.closed_at or call.alert.until <= at:
            call.next_at = None
            continue
        take_steps(call, people[tuple(call.alert.roles)].get(call.actor, OnCall()), at, happened)
    keep(Call, calls, "step", "next_at", "round")
    Happening.objects.bulk_create(happened)
    return bool(calls)


def take_steps(call: Call, people: OnCall, at: datetime, happened: list[Happening]) -> None:
    """Steps from where the call is until one of them had somebody to call, or the ladder ends.

    While somebody is being called, a step that finds nobody more is waited for like any other."""
    ladder = [(seconds, step) for seconds, step in call.alert.ladder]
    planned = call.next_at or at
    while call.step < len(ladder):
        seconds, step = ladder[call.step]
        called = carry_out(call, step, people, at)
        if step != "first" and (called or step == "by_hand"):
            happened.append(Happening(alert=call.alert, actor=call.actor, what=step, at=at))
        call.step += 1
        if called or call.recipients.filter(UNDER_WAY).exists():
            break
    following = ladder[call.step][0] if call.step < len(ladder) else None
    # Counted from when this step was to be taken, so that a late turn does not put off what comes after.
    call.next_at = None if following is None else planned + timedelta(seconds=following - seconds)


def carry_out(call: Call, step: str, people: OnCall, at: datetime) -> int:
    """Do what a step says; how many people it calls."""
    if step == "by_hand":
        return 0
    if step == "again":
        call.round += 1
        return call.recipients.update(next_way=0, next_at=at)
    seats = {"first": people.first, "deputies": people.deputies, "everyone": people.everyone}[step]
    chosen = [(seat.person, seat.role) for seat in seats]
    if step == "everyone" and ways.switchboards([call.actor], call.alert.exercise).get(call.actor):
        chosen.append((SWITCHBOARD, ""))
    return add_recipients({call: chosen}, at)


def next_ways(at: datetime) -> bool:
    """Queue a message on the next way of each person who is due, and say when the one after that would be."""
    due = Recipient.objects.filter(next_at__lte=at, call__alert__closed_at=None).order_by("next_at", "id")
    locked = due.select_for_update(skip_locked=True, no_key=True, of=("self",))
    recipients = list(locked.select_related("call__alert")[:PEOPLE])
    if not recipients:
        return False
    happened: list[Happening] = []
    notices: list[Notice] = []
    for exercise in (False, True):
        some = [one for one in recipients if one.call.alert.exercise is exercise]
        people, boards = found_ways(some, exercise)
        for one in some:
            take_way(one, boards.get(one.call.actor, ()) if not one.person else people.get(one.person, ()), at,
                     notices, happened)  # fmt: skip
    keep(Recipient, recipients, "next_way", "next_at")
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    Happening.objects.bulk_create(happened)
    if unreached := {one.call_id for one in recipients if one.next_at is None and not one.next_way}:
        hurry_calls(unreached, at)
    return True


def hurry_calls(calls: Collection[int], at: datetime) -> None:
    """The next step is taken now where none of a call's people has any way, or none that took the message: such a step
    found nobody either. A call that is held by somebody else is being answered or climbed."""
    if not calls:
        return
    reached = Recipient.objects.filter(UNDER_WAY, call__in=calls).values("call")
    silent = Call.objects.filter(pk__in=calls, next_at__gt=at, answered_at=None, closed_at=None).exclude(pk__in=reached)
    ids = list(silent.order_by("pk").select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
    if ids:
        Call.objects.filter(pk__in=ids).update(next_at=at)


def keep(model: type[Call] | type[Recipient], rows: Sequence[Call] | Sequence[Recipient], *fields: str) -> None:
    """Write fields of rows back, those that are alike together: mostly all of a turn are."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in rows:
        alike[tuple(getattr(row, field) for field in fields)].append(row.pk)
    for values, keys in alike.items():
        model._default_manager.filter(pk__in=keys).update(**dict(zip(fields, values, strict=True)))


Ways = Mapping[str, Sequence[ways.WayView]]


def found_ways(recipients: Iterable[Recipient], exercise: bool) -> tuple[Ways, Ways]:
    """The ways to these people by key, and to their actors' switchboards by code."""
    recipients = list(recipients)
    keys = {one.person for one in recipients if one.person}
    actors = {one.call.actor for one in recipients if not one.person}
    return (
        ways.ways_of(keys, exercise) if keys else {},
        ways.switchboards(actors, exercise) if actors else {},
    )


def take_way(
    one: Recipient, theirs: Sequence[ways.WayView], at: datetime, notices: list[Notice], happened: list[Happening]
) -> None:
    """The next way of one person. Who has none at all is told of at once: silence is information."""
    call = one.call
    if call.answered_at or call.closed_at or call.alert.until <= at:
        one.next_at = None
        return
    if not theirs:
        happened.append(
            Happening(alert=call.alert, actor=call.actor, person=one.person, role=one.role, what="failed",
                      trouble="no_address", at=at)
        )  # fmt: skip
    elif one.next_way < len(theirs):
        notices.append(notice(one, theirs[one.next_way], at))
        one.next_way += 1
    more = one.next_way < len(theirs) and call.alert.next_way is not None
    one.next_at = at + timedelta(seconds=call.alert.next_way or 0) if more else None


def notice(one: Recipient, way: ways.WayView, at: datetime) -> Notice:
    """The message to one person on one way. The same text goes to the same number of an actor once a round, however
    many people share it: the key says so."""
    call, alert = one.call, one.call.alert
    subject, body = words(alert, one, way.channel)
    number = sha256(way.address.encode()).hexdigest()[:16]
    return Notice(
        key=f"{alert.pk.hex}:{call.actor}:{way.channel}:{number}:{call.round}",
        recipient=one,
        way=way.id,
        operation=alert.operation,
        entry=alert.pk,
        person=one.person,
        actor=call.actor,
        channel=way.channel,
        address=way.address,
        subject=subject,
        body=body,
        language=alert.language,
        exercise=alert.exercise,
        queued_at=at,
        due_at=at,
        expires_at=min(alert.until, at + EXPIRES),
    )


def words(alert: Alert, one: Recipient, channel: str) -> tuple[str, str]:
    """Subject and text for a channel: short where a screen or a voice is, and how to answer."""
    text = alert.short if channel in SHORT else alert.text
    if alert.answerable and channel == "voice":
        text = f"{text} {alert.keys}".strip()
    elif alert.answerable:
        with override(alert.language):
            by_sms = channel == "sms" and takes_replies()
            answer = _("Answer YES, NO or UNCLEAR %(code)s, or: %(link)s") if by_sms else _("Answer: %(link)s")
            answer %= {"link": tokens.link(one), "code": one.code}
        text = f"{text}\n{answer}" if channel in SHORT else f"{text}\n\n{answer}"
    if not alert.exercise:
        return alert.subject, text
    mark = EXERCISE_MARKS[alert.language]
    if channel in SHORT:
        return f"{mark} – {alert.subject}", f"{mark} {text}"
    return f"{mark} – {alert.subject}", f"{mark} {mark} {mark}\n\n{text}\n\n{mark} {mark} {mark}"

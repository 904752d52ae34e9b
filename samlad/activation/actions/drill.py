"""A test alarm (larmprov): an exercise that is one call-out, and closes by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction

from samlad.activation.entries.calling import Answered, CalledOut, CallingTold, Line, Way
from samlad.activation.prepared import calling_ladder
from samlad.base.ids import follows
from samlad.journal.append import append, saving
from samlad.journal.entries import Closed, Draft, Opened, Participant, Receipt, Refs
from samlad.journal.who import SYSTEM, Who
from samlad.notify import alerts


class DrillWords(msgspec.Struct, frozen=True):
    """What a test alarm says: what it is called, and the text in full and for a small screen."""

    title: str
    text: str
    short: str


def opening(
    id: UUID, words: DrillWords, called: Sequence[Participant], observers: Sequence[str], call: CalledOut
) -> tuple[Draft, Draft]:
    """The two entries that a test alarm begins with. Their ids follow from the operation's."""
    opened = Opened(words.title, "exercise", tuple(called), tuple(observers))
    return Draft(id, opened, id=id), Draft(id, call, id=follows(id, "call"), refs=Refs(answers=(id,)))


def begin_drill(
    *,
    by: Who,
    operation: UUID,
    words: DrillWords,
    called: Sequence[Participant],
    observers: Sequence[str],
    call: CalledOut,
    until: datetime,
    whole_ladder: bool,
) -> Receipt:
    """Open the exercise and call its actors, in one transaction. Asked for again, it is the same one.

    `call` says what is asked; `whole_ladder`: deputies and everyone are called too, but nobody has to call by hand.
    """
    steps = tuple(step for step in calling_ladder(call.times) if step[1] != "by_hand") if whole_ladder else FIRST
    with saving(), transaction.atomic():
        receipts = append(*opening(operation, words, called, observers, call), by=by)
        alerts.open_alert(
            alerts.AlertDraft(
                id=receipts[1].id,
                operation=operation,
                purpose="drill",
                actors=call.actors,
                subject=call.subject,
                text=call.text,
                short=call.short,
                exercise=True,
                until=until,
                roles=call.roles,
                ladder=tuple(step for step in steps if timedelta(seconds=step[0]) < until - receipts[0].recorded_at),
                next_way=call.times.next_way,
            )
        )
    return receipts[0]


FIRST: alerts.Steps = ((0, "first"),)


def end_drill(*, by: Who, operation: UUID, result: str) -> Receipt:
    """Close the exercise with its result; nothing of it rings any more."""
    with saving(), transaction.atomic():
        # The entry first, as everywhere: whoever answers now has the operation's lock and waits for the call's.
        receipt = append(Draft(operation, Closed(result), id=follows(operation, "end")), by=by)[0]
        alerts.withdraw_all(operation)
    return receipt


class MadeUp(msgspec.Struct, frozen=True):
    """An answer that nobody gave: of which actor, in which role, how, and when."""

    actor: str
    role: str
    way: Way
    at: datetime


def recount_drill(
    *,
    operation: UUID,
    words: DrillWords,
    called: Sequence[Participant],
    call: CalledOut,
    at: datetime,
    answers: Sequence[MadeUp],
    lines: Sequence[Line],
    result: str,
) -> None:
    """Put a test alarm that never was into the journal, for a demo: replayed, closed, entered by the program itself and
    in nobody's name. Calls nobody. Asked for again, it adds nothing."""
    opened = Opened(words.title, "exercise", tuple(called), replayed=True)
    id = follows(operation, "call")
    refs = Refs(answers=(id,))
    told = CallingTold(id, tuple(lines))
    with saving(), transaction.atomic():
        append(
            Draft(operation, opened, id=operation, occurred_at=at),
            Draft(operation, call, id=id, refs=Refs(answers=(operation,)), occurred_at=at),
            Draft(operation, told, id=follows(operation, "told"), refs=refs, occurred_at=at),
            by=SYSTEM,
        )
        for role in dict.fromkeys(one.role for one in answers):
            drafts = [
                Draft(
                    operation,
                    Answered("no", way=one.way, call=id, option="received"),
                    id=follows(operation, one.actor),
                    actor=one.actor,
                    refs=refs,
                    occurred_at=one.at,
                )
                for one in answers
                if one.role == role
            ]
            append(*drafts, by=Who(SYSTEM.person, "", frozenset({role}), SYSTEM.name))
        append(Draft(operation, Closed(result), id=follows(operation, "end"), occurred_at=call.answer_by), by=SYSTEM)

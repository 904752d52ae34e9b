"""Playing an exercise: the people of the region do in the program what the file says, by the same actions as anyone.

The operation is always an exercise and marked as one. Each step has an id that follows from the operation and the
step's name, so that an exercise that was interrupted goes on where it stopped.
"""

import logging
import threading
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from samlad.activation import actions as activation
from samlad.activation.calling_out import assessing, proposal
from samlad.activation.entries.trigger import Assessed
from samlad.activation.prepared import answer_options
from samlad.activation.queries import activation as activation_of
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Refused, Unavailable
from samlad.journal import operations, read
from samlad.journal.entries import Participant
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM, Who
from samlad.learning.exercise import (
    Acknowledging,
    Assessing,
    Compiling,
    Exercise,
    Reporting,
    SettingDeadline,
    SettingLevels,
    Step,
    read_exercise,
)
from samlad.learning.ids import derived_id
from samlad.picture import actions as picture
from samlad.picture.entries import TEXTS, ReportFiled
from samlad.picture.queries import picture as picture_state
from samlad.registers.models import Person
from samlad.registers.queries import parties, today, who_for

log = logging.getLogger(__name__)

RECENT = timedelta(days=1)


class Pace:
    """When each minute of an exercise is: the head lies in the past, a minute a minute; the rest comes at speed."""

    def __init__(self, exercise: Exercise, speed: float, start: datetime, first: float = 0) -> None:
        self.head = max(first, exercise.head)
        self.speed = speed
        self.start = start

    def at(self, minute: float) -> datetime:
        """The real moment of a minute of the exercise."""
        rate = self.speed if minute > self.head else 1
        return self.start + timedelta(minutes=(minute - self.head) / rate)


def run_exercise(file: Path, *, speed: float | None = None, stopping: threading.Event | None = None) -> UUID:
    """Play an exercise from its first minute to its last; returns the operation. Raises Refused for a bad file."""
    exercise = read_exercise(file)
    operation = begin_exercise(exercise, speed=speed)
    continue_exercise(exercise, operation, speed=speed, stopping=stopping)
    return operation


def begin_exercise(exercise: Exercise, *, speed: float | None = None) -> UUID:
    """Raise the alarm and play the head at once, so that there is something to see. Raises Refused, for instance when
    somebody in the file is not in the registers."""
    missing = exercise.people() - set(Person.objects.values_list("username", flat=True))
    if missing:
        names = ", ".join(sorted(missing))
        raise Refused(_("These people of the exercise are not in the registers: %(names)s") % {"names": names})
    pace = Pace(exercise, speed or exercise.speed, now())
    operation = activation.raise_operation(
        by=who_for(exercise.raised_by),
        what=exercise.what,
        where=exercise.where,
        participants=expected_participants(),
        kind="exercise",
        areas=exercise.areas,
        operation=new_id(),
        occurred_at=pace.at(0),
        convening=exercise.convening,
    )
    for name, step in exercise.steps():
        if step.minute <= exercise.head:
            attempt(exercise, operation, name, step, pace)
    return operation


def continue_exercise(
    exercise: Exercise, operation: UUID, *, speed: float | None = None, stopping: threading.Event | None = None
) -> None:
    """Play the steps that have not been played, each at its time, until the last or until `stopping` is set."""
    stopping = stopping or threading.Event()
    left = unplayed(exercise, operation)
    if not left:
        return
    # Interrupted: go on with the next step now, not with all that were missed at once.
    pace = Pace(exercise, speed or exercise.speed, now(), left[0][1].minute)
    for name, step in left:
        if stopping.wait(max((pace.at(step.minute) - now()).total_seconds(), 0)):
            return
        if basics(operation, SYSTEM).closed_at:
            return
        attempt(exercise, operation, name, step, pace)


def recent_exercise(exercise: Exercise) -> UUID | None:
    """The newest operation of this exercise, if it began within a day and is still open."""
    recent = operations.readable(SYSTEM).filter(exercise=True, closed_at=None, opened_at__gte=now() - RECENT)
    for operation in recent:
        if basics(operation.id, SYSTEM).title == exercise.title:
            return operation.id
    return None


def expected_participants() -> tuple[Participant, ...]:
    """The parties of today, as an operation takes them down."""
    return tuple(Participant(one.code, one.name, one.short, one.category, one.area) for one in parties(today()))


def unplayed(exercise: Exercise, operation: UUID) -> list[tuple[str, Step]]:
    """The steps that are still to come, or were refused."""
    return [(name, step) for name, step in exercise.steps() if not played(operation, name, step)]


def played(operation: UUID, name: str, step: Step) -> bool:
    """Whether a step has been played before."""
    return read.receipt(operation, who_for(step.by), derived_id(operation, name)) is not None


def attempt(exercise: Exercise, operation: UUID, name: str, step: Step, pace: Pace) -> None:
    """Do a step. What the rules refuse (somebody may have been faster) is logged, and the exercise goes on."""
    try:
        do(exercise, operation, name, step, pace)
    except (Refused, Unavailable, operations.NotHere) as refused:
        log.warning("the exercise's %s by %s was not done: %s", name, step.by, refused)


def do(exercise: Exercise, operation: UUID, name: str, step: Step, pace: Pace) -> None:
    """Do a step through the rooms' own actions. Raises Refused and Unavailable."""
    by, id, at = who_for(step.by), derived_id(operation, name), min(pace.at(step.minute), now())
    match step:
        case Acknowledging():
            option = next((one.code for one in answer_options() if one.affected == step.affected), "")
            activation.acknowledge(
                by=by,
                operation=operation,
                affected=step.affected,
                note=step.note,
                option=option,
                id=id,
                occurred_at=at,
            )
        case Assessing():
            assess(operation, step, by, id, at)
        case SettingLevels():
            activation.set_levels(
                by=by, operation=operation, mode=step.mode, levels=step.levels, reason=step.reason, id=id
            )
        case SettingDeadline():
            until = pace.at(step.minute + step.after)
            picture.set_deadline(by=by, operation=operation, at=until, note=step.note, id=id)
        case Reporting(unchanged=True):
            picture.file_unchanged(by=by, operation=operation, id=id)
        case Reporting():
            picture.file_report(
                by=by, operation=operation, report=told(step, at), actor=step.actor, id=id, occurred_at=at
            )
        case Compiling():
            compile_picture(exercise, operation, name, step, by)


def assess(operation: UUID, step: Assessing, by: Who, id: UUID, at: datetime) -> None:
    """Make the assessment, and call all participants with the words that are prepared."""
    known, state = basics(operation, by), assessing(operation, by)
    call = proposal(step.outcome, known, activation_of(operation, by), by, at)
    if call is not None:
        call = msgspec.structs.replace(call, actors=tuple(known.participants))
    told = Assessed(
        outcome=step.outcome,
        verified=step.verified,
        severity=step.severity,
        spread=step.spread,
        pressure=step.pressure,
        concerns=step.concerns,
        grounds=step.grounds,
    )
    latest = state.latest.id if state.latest else None
    activation.assess(by=by, operation=operation, told=told, call=call, replaces=latest, id=id, occurred_at=at)


def told(step: Reporting, at: datetime) -> ReportFiled:
    """A report as the form would send it."""
    texts = {field: getattr(step, field).strip() for field in TEXTS}
    return ReportFiled(
        status=step.status,
        as_of=at,
        source=step.source,
        confidence=step.confidence,
        figures=step.figures,
        **texts,
    )


def compile_picture(exercise: Exercise, operation: UUID, name: str, step: Compiling, by: Who) -> None:
    """Take the statements, write the assessment, publish. What earlier pictures of the exercise took and this one does
    not is dropped; what somebody else has taken stays."""
    ours = taken_before(exercise, operation)
    state = picture_state(operation, by)
    standing = {(one.payload.actor, one.payload.block): id for id, one in state.statements.items() if id in ours}
    for place, take in enumerate(step.take):
        reported = state.reports.get(take.actor)
        text = getattr(reported.current.payload, take.field) if reported else ""
        if reported is None or not text:
            continue
        picture.take_statement(
            by=by,
            operation=operation,
            block=TEXTS[take.field],
            text=text,
            report=reported.current.id,
            replaces=standing.pop((take.actor, TEXTS[take.field]), None),
            id=derived_id(operation, f"{name}.{place}"),
        )
    for statement in standing.values():
        picture.drop_statement(by=by, operation=operation, statement=statement)
    written = picture_state(operation, by).assessment
    picture.write_assessment(
        by=by,
        operation=operation,
        status=step.status,
        text=step.assessment,
        outlook=step.outlook,
        replaces=written.id if written else None,
        id=derived_id(operation, f"{name}.assessment"),
    )
    picture.publish(by=by, operation=operation, id=derived_id(operation, name))


def taken_before(exercise: Exercise, operation: UUID) -> set[UUID]:
    """The ids of all statements that the exercise takes."""
    return {
        derived_id(operation, f"{name}.{place}")
        for name, step in exercise.steps()
        if isinstance(step, Compiling)
        for place in range(len(step.take))
    }

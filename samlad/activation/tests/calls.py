"""A call-out with the fixed cast, as the engine has it once the first people have been called."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from samlad.activation.actions import answering
from samlad.activation.asked import calls_of
from samlad.activation.calling_fold import ActorCall
from samlad.activation.entries.calling import AnswerNoted, Bridge, CalledOut, CallingTold, Line, Option
from samlad.activation.tests.scene import BOARD, alarm
from samlad.activation.waking import wake
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.entries import Draft
from samlad.journal.who import SYSTEM
from samlad.notify import ladder, tokens
from samlad.notify.models import Alert, Recipient
from samlad.registers.tests.cast import Cast, Member

ACTORS = ("nacka", "sodertalje", BOARD, "polisregion-stockholm")
OPTIONS = (
    Option("comes", "Berörd, deltar", "yes", True),
    Option("affected", "Berörd, deltar inte", "yes"),
    Option("not", "Ej berörd", "no"),
    Option("unclear", "Oklart", "unclear"),
)


def call_out(cast: Cast, operation: UUID | None = None, *, exercise: bool = False, **changes: Any) -> UUID:
    """RSK calls the actors to a conference; those on call are recipients now. The call's id."""
    operation = operation or alarm(cast, kind="exercise" if exercise else "disturbance")
    told: dict[str, Any] = {
        "purpose": "call_out",
        "actors": ACTORS,
        "subject": "Konferens: Snöoväder",
        "text": "Länsstyrelsen kallar till samverkanskonferens om snöovädret.",
        "answer_by": now() + timedelta(minutes=15),
        "conference_at": now() + timedelta(minutes=45),
        "bridge": Bridge("08-123 45 67,4711#", "https://video.example/snö", "RAPS 12"),
        "options": OPTIONS,
    }
    called, id = CalledOut(**(told | changes)), new_id()
    answering.append(Draft(operation, called, id=id), by=cast.rsk.who)  # type: ignore[attr-defined]
    wake(id, operation, called, exercise)
    while ladder.climb():
        pass
    return id


def recipient(call: UUID, member: Member) -> Recipient:
    """The one of the cast in the call."""
    return Recipient.objects.select_related("call__alert").get(call__alert=call, person=member.person.key)


def link(call: UUID, member: Member) -> str:
    """The path of the link that somebody got."""
    return "/a/" + tokens.token(recipient(call, member).pk)


def operation_of(call: UUID) -> UUID:
    """The operation of a call."""
    return Alert.objects.get(pk=call).operation


def standing(call: UUID, actor: str) -> ActorCall:
    """How it stands with an actor in a call."""
    return calls_of(operation_of(call)).calls[call].actors[actor]


def noted(call: UUID) -> list[tuple[str, str]]:
    """Which answers changed nothing: why, and by which way."""
    found = read.entries(operation_of(call), SYSTEM, kinds=frozenset({"activation.answer_noted"}))
    return [(it.payload.why, it.payload.way) for _n, it in found if isinstance(it.payload, AnswerNoted)]


def happened(call: UUID, actor: str, *lines: tuple[str, str, str, str], at: float = 0) -> None:
    """The program told of what it did for an actor (step, person, channel, trouble), so many seconds after the call."""
    asked = calls_of(operation_of(call)).calls[call]
    moment = asked.at + timedelta(seconds=at)
    told = CallingTold(call, tuple(Line(moment, actor, what, person, "", channel, trouble)  # type: ignore[arg-type]
                                   for what, person, channel, trouble in lines))  # fmt: skip
    answering.append(Draft(operation_of(call), told), by=SYSTEM)  # type: ignore[attr-defined]

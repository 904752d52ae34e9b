"""Calling people, what became of it, and their answers."""

from typing import Literal
from uuid import UUID

import msgspec

from samlad.journal.kinds import Kind, Moment

Affected = Literal["yes", "no", "unclear"]
Purpose = Literal["assess", "call_out", "inform", "drill"]
Way = Literal["page", "link", "sms", "voice", "by_hand"]
Step = Literal["handed", "failed", "again", "deputies", "everyone", "by_hand", "withdrawn"]


class Bridge(msgspec.Struct, frozen=True, omit_defaults=True):
    """How to get into the conference: telephone, video, Rakel talk group."""

    phone: str = ""
    video: str = ""
    talk_group: str = ""


class Option(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer that can be chosen: its code, its words, what it says of whether the actor is affected."""

    code: str
    label: str
    affected: Affected
    attends: bool = False


class Times(msgspec.Struct, frozen=True):
    """The ladder, in seconds from the call: pause between a person's ways; asked again (0: not); deputies; everyone;
    call by hand."""

    next_way: int = 60
    again: int = 0
    deputy: int = 300
    everyone: int = 600
    by_hand: int = 900


class CalledOut(msgspec.Struct, frozen=True, omit_defaults=True):
    """Actors are called: why, with which words, what is asked of them and until when. Its id is the alert's."""

    purpose: Purpose
    actors: tuple[str, ...]
    subject: str
    text: str
    short: str = ""
    answer_by: Moment | None = None
    conference_at: Moment | None = None
    bridge: Bridge = Bridge()
    options: tuple[Option, ...] = ()
    times: Times = Times()
    roles: tuple[str, ...] = ()  # whom at the actor; none: every duty role
    template: str = ""


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing the program did for one actor: handed a message over, failed to, or took the next step."""

    at: Moment
    actor: str
    what: Step
    person: str = ""
    role: str = ""
    channel: str = ""
    trouble: str = ""


class CallingTold(msgspec.Struct, frozen=True):
    """What the program has done in a call since it last told, in order."""

    call: UUID
    lines: tuple[Line, ...]


class Acknowledged(msgspec.Struct, frozen=True, omit_defaults=True):
    """An actor has been reached, and says whether it is affected. A later answer replaces an earlier one."""

    affected: Affected
    note: str = ""


class Answered(msgspec.Struct, frozen=True, omit_defaults=True):
    """As Acknowledged, in its second form: also by which way, to which call, and who attends the conference."""

    affected: Affected
    note: str = ""
    attends: str = ""
    way: Way = "page"
    call: UUID | None = None
    option: str = ""


class AnswerNoted(msgspec.Struct, frozen=True, omit_defaults=True):
    """An answer that changed nothing: given before, by somebody else than was asked, too late, or not understood."""

    call: UUID
    actor: str
    why: Literal["again", "other_person", "late", "withdrawn", "closed", "garbled"]
    way: Way
    person: str = ""
    text: str = ""


class CalledByHand(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody telephoned an actor that had not answered, and what came of it: whom they spoke with, and what was
    said of whether the actor is affected and who attends."""

    call: UUID
    actor: str
    reached: bool
    spoke_with: str = ""
    note: str = ""
    affected: Affected | Literal[""] = ""
    attends: str = ""


class StandInNamed(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody stands in for an actor's people in a call. `person` is a key where they are in the register."""

    call: UUID
    actor: str
    person: str = ""
    name: str = ""
    reason: str = ""


class CallResent(msgspec.Struct, frozen=True):
    """Actors that have not answered are called once more."""

    call: UUID
    actors: tuple[str, ...]


class CallWithdrawn(msgspec.Struct, frozen=True, omit_defaults=True):
    """A call no longer matters: what waits is not sent. Without actors, the whole call."""

    call: UUID
    reason: str
    actors: tuple[str, ...] = ()


ALL = "All participants and observers: who is reached is for everyone."


NOT_UNDERSTOOD = (
    "What was not understood: the actor and whoever called. Everything else: all participants and observers."
)


def kind(
    payload: type[msgspec.Struct],
    word: str,
    *texts: str,
    version: int = 1,
    after_close: bool = False,
    seen_by: str = ALL,
) -> Kind:
    """A kind of this part: shown by the template of its name, read by all, shredded where it names a person."""
    shreds = f"{', '.join(texts)}: if they name a person." if texts else "Nothing: it holds no text."
    shown = f"activation/entries/{word}.html"
    return Kind(payload, f"activation.{word}", shown, seen_by, shreds, version, after_close, texts)


KINDS = (
    kind(CalledOut, "called_out", "subject", "text", "short"),
    kind(CallingTold, "calling_told", after_close=True),
    kind(Acknowledged, "acknowledged", "note"),
    kind(Answered, "acknowledged", "note", "attends", version=2),
    kind(AnswerNoted, "answer_noted", "text", after_close=True, seen_by=NOT_UNDERSTOOD),
    kind(CalledByHand, "called_by_hand", "spoke_with", "note", "attends"),
    kind(StandInNamed, "stand_in_named", "name", "reason"),
    kind(CallResent, "call_resent"),
    kind(CallWithdrawn, "call_withdrawn", "reason"),
)

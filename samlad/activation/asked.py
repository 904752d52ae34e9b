"""Somebody who was asked in a call, and answers without signing in: what was asked, and whether it still matters."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from samlad.activation.calling_fold import ActorCall, Calling, apply
from samlad.activation.entries.calling import Answered, CalledOut, Option, Way
from samlad.activation.prepared import answer_options
from samlad.journal.fold import Basics
from samlad.journal.folds import Fold, state
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM, Who
from samlad.notify.call_models import Recipient
from samlad.registers.models import Person
from samlad.registers.queries import seats_of, speaking

CALLING: Final = Fold("activation.calling.1", Calling(), apply)
SWITCHBOARD: Final = "switchboard:"
"""What the author of an entry is called where no person answered but an actor's switchboard: this and the actor."""
LONGEST_KEY: Final = 60

WhyNot = Literal["late", "withdrawn", "closed"]


class Asked(msgspec.Struct, frozen=True):
    """One recipient of a call. `why_not` says why an answer changes nothing any more; empty while it does."""

    recipient: int
    call: UUID
    operation: UUID
    actor: str
    person: str
    role: str
    language: str
    exercise: bool
    until: datetime
    used_at: datetime | None
    why_not: WhyNot | Literal[""]
    basics: Basics
    called: CalledOut
    by: str
    state: ActorCall

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be answered."""
        return self.called.options or answer_options()

    @property
    def who(self) -> Who:
        """Who was asked: the person with the roles they have at the actor, or the actor's switchboard."""
        if not self.person:
            return Who((SWITCHBOARD + self.actor)[:LONGEST_KEY], self.actor, frozenset(), "")
        person = Person.objects.filter(key=self.person).first()
        if person is None:
            return Who(self.person, self.actor, frozenset(), "")
        held = speaking(person, seats_of(person.key), self.actor)
        # A stand-in may sit elsewhere: they answer for the actor that they were asked for.
        roles = held.roles if held.actor == self.actor else frozenset({self.role} - {""})
        return Who(person.key, self.actor, roles, person.name)

    def answer(self, option: Option, way: Way, attends: str = "", note: str = "") -> Answered:
        """One of the options as what is entered."""
        return Answered(option.affected, note.strip(), attends.strip(), way, self.call, option.code)

    def now(self) -> "Asked":
        """The same with what the actor has answered by now."""
        return msgspec.structs.replace(self, state=calls_of(self.operation).calls[self.call].actors[self.actor])

    def said_already(self, told: Answered) -> bool:
        """Whether the actor has answered just this."""
        reply = self.state.reply
        return reply is not None and (reply.affected, reply.option, reply.attends, reply.note) == (
            told.affected, told.option, told.attends, told.note
        )  # fmt: skip


def asked(recipient: Recipient, at: datetime) -> Asked | None:
    """What somebody was asked, as it stands at a moment. None where there was nothing to answer."""
    call, alert = recipient.call, recipient.call.alert
    found = calls_of(alert.operation).calls.get(alert.pk)
    if found is None or call.actor not in found.actors:
        return None
    about, state = basics(alert.operation, SYSTEM), found.actors[call.actor]
    why_not: WhyNot | Literal[""] = ""
    if about.closed_at:
        why_not = "closed"
    elif alert.closed_at or call.closed_at or found.withdrawn_at or state.withdrawn:
        why_not = "withdrawn"
    elif alert.until <= at:
        why_not = "late"
    return Asked(
        recipient=recipient.pk, call=alert.pk, operation=alert.operation, actor=call.actor, person=recipient.person,
        role=recipient.role, language=alert.language, exercise=alert.exercise, until=alert.until,
        used_at=recipient.answered_at, why_not=why_not, basics=about, called=found.called, by=found.by, state=state,
    )  # fmt: skip


def calls_of(operation: UUID, who: Who = SYSTEM, at: int | None = None) -> Calling:
    """The calls of an operation as a reader has them, now or at a position of theirs."""
    return state(CALLING, operation, who, at)

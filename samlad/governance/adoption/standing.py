"""Where each actor is with a version that it was asked to adopt. Pure: from rows to what is shown.

"A decision to adopt equals a signature": ADR 0029 says which outcomes bind, from when, and why others don't.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.governance.adoption.models import (
    BINDING,
    FINAL,
    SETTLING,
    AdoptionDecision,
    AdoptionLetter,
    Dispatch,
    Outcome,
    Receiver,
)
from samlad.registers.queries import ActorView

STAGES: Final[dict[str, Promise]] = {
    "sent": pgettext_lazy("adoption", "Sent out, nothing heard"),
    "planned": pgettext_lazy("adoption", "Meeting planned"),
    "prepared": pgettext_lazy("adoption", "Prepared, not decided"),
    "met": pgettext_lazy("adoption", "Has met as planned, nothing heard"),
    "gone": pgettext_lazy("adoption", "No longer a party"),
}


@dataclass(frozen=True)
class Standing:
    """One actor and one version. `decisions` in order; `day`: the day that is asked about; `ended`: why the actor is no
    party any more, "" as long as it is."""

    receiver: Receiver
    actor: ActorView
    decisions: tuple[AdoptionDecision, ...]
    letters: tuple[AdoptionLetter, ...]
    reply_by: date
    day: date
    ended: str = ""

    @property
    def decision(self) -> AdoptionDecision | None:
        """The latest decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def final(self) -> AdoptionDecision | None:
        """The latest decision, where nothing more is waited for."""
        return self.decision if self.decision and self.decision.outcome in FINAL else None

    @property
    def adopted(self) -> bool:
        """Whether it has decided to adopt or has signed, and that stands."""
        return binding_since(self.decisions) is not None

    @property
    def waits(self) -> bool:
        """Whether an answer is still waited for: an actor that is no party any more is not asked."""
        return self.final is None and not self.ended

    @property
    def late(self) -> bool:
        """Whether the reply date has passed without a final outcome."""
        return self.waits and self.day > self.reply_by

    @property
    def days(self) -> int | None:
        """Days from the dispatch to the final decision."""
        return (self.final.decided_on - self.receiver.sent_on).days if self.final else None

    @property
    def stage(self) -> str:
        """The code of where it is: an outcome, or one of STAGES."""
        if self.decision:
            return self.decision.outcome
        if self.ended:
            return "gone"
        if self.receiver.planned_on and self.receiver.planned_on < self.day:
            return "met"
        if self.receiver.prepared_on and self.receiver.prepared_on <= self.day:
            return "prepared"
        return "planned" if self.receiver.planned_on else "sent"

    @property
    def stage_text(self) -> str:
        """Where it is, in words."""
        return str(Outcome(self.stage).label if self.stage in Outcome.values else STAGES[self.stage])

    @property
    def badge(self) -> str:
        """The class of the mark: what is done is strong, what is late is active."""
        return "strong" if self.adopted else "active" if self.late else ""

    @property
    def told_on(self) -> date | None:
        """When a letter last went to it from here."""
        return self.letters[-1].told_on if self.letters else None


def binding_since(decisions: Sequence[AdoptionDecision]) -> date | None:
    """The day of the decision by which an actor is bound; None where none binds it.

    Laid to the file and referred back leave it as it was; a later decision to decline ends it.
    """
    since: date | None = None
    for decision in decisions:
        if decision.outcome in SETTLING:
            since = (since or decision.decided_on) if decision.outcome in BINDING else None
    return since


@dataclass(frozen=True)
class Sums:
    """A dispatch in figures. `of`: those asked who are parties or have answered. `median`: days to a final decision."""

    of: int
    adopted: int
    with_condition: int
    other: int
    waiting: int
    late: int
    median: int | None
    last: date | None

    @property
    def all_in(self) -> bool:
        """Whether nothing more is waited for."""
        return self.waiting == 0


def sums(standings: Iterable[Standing]) -> Sums:
    """The figures of a dispatch. The last day is that of the latest final decision."""
    counted = [one for one in standings if not one.ended or one.decision]
    final = [one.final for one in counted if one.final]
    days = [one.days for one in counted if one.days is not None]
    adopted = [one for one in counted if one.adopted]
    conditions = [one for one in adopted if conditions_of(one)]
    return Sums(
        of=len(counted),
        adopted=len(adopted),
        with_condition=len(conditions),
        other=sum(1 for one in counted if one.final and not one.adopted),
        waiting=sum(1 for one in counted if one.waits),
        late=sum(1 for one in counted if one.late),
        median=round(median(days)) if days else None,
        last=max((decision.decided_on for decision in final), default=None),
    )


def conditions_of(standing: Standing) -> list[AdoptionDecision]:
    """The decisions that stand with a condition: the latest of those that bind, where it has one."""
    binding = [one for one in standing.decisions if one.outcome in SETTLING]
    return [one for one in binding[-1:] if one.outcome == Outcome.CONDITION]


def standings(
    dispatch: Dispatch,
    receivers: Iterable[Receiver],
    decisions: Iterable[AdoptionDecision],
    letters: Iterable[AdoptionLetter],
    actors: Sequence[ActorView],
    ended: dict[str, str],
    day: date,
) -> list[Standing]:
    """Everybody a version was sent to, in the order in which actors are listed. What is decided after `day` is left
    out; `actors` are all that ever were; `ended`: why some are no parties that day."""
    by_actor = {receiver.actor_id: receiver for receiver in receivers if receiver.dispatch_id == dispatch.pk}
    decided, told = list(decisions), list(letters)
    return [
        Standing(
            receiver=receiver,
            actor=actor,
            decisions=tuple(one for one in decided if one.receiver_id == receiver.pk and one.decided_on <= day),
            letters=tuple(one for one in told if one.receiver_id == receiver.pk),
            reply_by=receiver.reply_by or dispatch.reply_by,
            day=day,
            ended=ended.get(actor.code, ""),
        )
        for actor in actors
        if (receiver := by_actor.get(actor.code)) is not None
    ]


NOT_PARTY: Final = _("Is no longer a party")

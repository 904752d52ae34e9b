"""What the actors in chefsgruppen say of a plan. Whoever has not answered stands as clearly as whoever has, and no
answers are counted into an outcome: chefsgruppen decides at its meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from samlad.governance import record
from samlad.governance.bodies.queries import body, members, sits_in
from samlad.governance.plan.models import PlanStance, PlanState, PlanYear
from samlad.governance.rules import is_chief, keeps
from samlad.journal.who import Who
from samlad.registers.queries import ActorView, actors_ever, parties, today

CHIEFS: Final = "chefsgruppen"
COUNCIL: Final = "regionala-radet"


@dataclass(frozen=True)
class StanceView:
    """What an actor says. `stance` is None where it has not answered; `earlier`: it answered before the plan was sent
    again, and so on another proposal."""

    actor: str
    name: str
    stance: PlanStance | None
    earlier: bool = False

    @property
    def answered(self) -> bool:
        """Whether it has said what it thinks of this proposal."""
        return self.stance is not None and not self.earlier


def stances(plan: PlanYear, on: date | None = None) -> list[StanceView]:
    """Every actor in chefsgruppen, and any other that has answered, in the usual order."""
    taken = {one.actor_id: one for one in record.rows(PlanStance, on, year_id=plan.pk)}
    codes = {one.code for one in asked(on)} | set(taken)
    return [stance_of(plan, one, taken.get(one.code)) for one in actors_ever() if one.code in codes]


def stance_of(plan: PlanYear, actor: ActorView, stance: PlanStance | None) -> StanceView:
    """One actor's stance."""
    earlier = bool(stance and plan.sent_at and stance.taken_at < plan.sent_at)
    return StanceView(actor.code, actor.name, stance, earlier)


def silent(found: Sequence[StanceView]) -> list[StanceView]:
    """Those who have not answered."""
    return [one for one in found if not one.answered]


def asked(on: date | None = None) -> Sequence[ActorView]:
    """The actors with a member in chefsgruppen that day; all parties while nobody has said who its members are."""
    everybody, group = parties(on or today()), body(CHIEFS, on)
    codes = {one.actor_id for one in members(group, on)} if group else set()
    return [one for one in everybody if one.code in codes] or everybody


def may_take_stance(who: Who, plan: PlanYear, actor: str) -> bool:
    """Whether this reader can say now what an actor thinks of a plan."""
    return plan.state == PlanState.PROPOSED and speaks_in_chefsgruppen(who, actor)


def speaks_in_chefsgruppen(who: Who, actor: str) -> bool:
    """Whether this reader says what an actor in chefsgruppen thinks: its chief, who sits there; the secretariat for
    all, since answers also come by letter."""
    if actor not in {one.code for one in asked()}:
        return False
    own = who.actor == actor and (sits_in(who, CHIEFS) or (is_chief(who) and not has_members()))
    return keeps(who) or own


def has_members() -> bool:
    """Whether anybody has said who sits in chefsgruppen."""
    group = body(CHIEFS)
    return group is not None and bool(members(group))

"""What the front pages show, read once for all of it: as it is, or as it was at the end of a day."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from uuid import UUID

from samlad.governance.adoption.queries import Asked, asked
from samlad.governance.bodies import queries as bodies
from samlad.governance.lent import queries as lent
from samlad.governance.models import (
    AgendaItem,
    Body,
    BodyMember,
    Budget,
    Fee,
    FeeRun,
    Meeting,
    MeetingDecision,
    Paper,
    PlanStance,
    PlanYear,
    Secondment,
)
from samlad.governance.money import queries as money
from samlad.governance.plan import queries as plan
from samlad.governance.plan.models import PlanState
from samlad.governance.plan.queries import ActivityView
from samlad.governance.plan.stances import StanceView, stance_of
from samlad.governance.plan.stances import asked as asked_for_stances
from samlad.governance.record import rows
from samlad.registers.queries import ActorView, actors_ever, today


class Gathered:
    """Made for one page. Each is read when it is first asked for; how often does not depend on how many actors."""

    def __init__(self, on: date | None = None) -> None:
        self.on = on
        self.day = on or today()

    @cached_property
    def actors(self) -> dict[str, ActorView]:
        """Every actor that ever was."""
        return {one.code: one for one in actors_ever()}

    def short(self, code: str) -> str:
        """An actor's short name."""
        return self.actors[code].short if code in self.actors else code

    @cached_property
    def asked(self) -> list[Asked]:
        """What is out for adoption, and was."""
        return asked(self.on)

    @cached_property
    def plans(self) -> list[PlanYear]:
        """The years' plans, latest first."""
        return plan.years(self.on)

    @cached_property
    def open_plans(self) -> list[PlanYear]:
        """Those that are not closed, earliest first."""
        return sorted((one for one in self.plans if one.state != PlanState.CLOSED), key=lambda one: one.year)

    @cached_property
    def activities(self) -> dict[int, list[ActivityView]]:
        """The activities of the plans that are not closed."""
        return {one.year: plan.activities(one.year, self.on) for one in self.open_plans}

    @cached_property
    def silent(self) -> dict[int, list[StanceView]]:
        """Those in chefsgruppen who have said nothing about a plan that is with them, by year."""
        found = [one for one in self.open_plans if one.state == PlanState.PROPOSED]
        taken = rows(PlanStance, self.on) if found else []
        members = asked_for_stances(self.on) if found else ()
        return {one.year: self._silent(one, taken, members) for one in found}

    def _silent(self, of: PlanYear, taken: Sequence[PlanStance], members: Sequence[ActorView]) -> list[StanceView]:
        own = {one.actor_id: one for one in taken if one.year_id == of.pk}
        views = [stance_of(of, actor, own.get(actor.code)) for actor in members]
        return [one for one in views if not one.answered]

    @cached_property
    def budgets(self) -> list[Budget]:
        """Every year's budget, latest first."""
        return rows(Budget, self.on)

    @cached_property
    def runs(self) -> dict[int, FeeRun]:
        """The fees that hold for each year."""
        found = rows(FeeRun, self.on)
        of = {one.year: money.holds(run for run in found if run.budget_id == one.pk) for one in self.budgets}
        return {year: run for year, run in of.items() if run}

    def fees_of(self, actor: str) -> list[tuple[int, Fee, FeeRun]]:
        """What an actor pays each year, latest first."""
        own = {fee.run_id: fee for fee in rows(Fee, self.on, actor_id=actor)}
        return [(year, own[run.pk], run) for year, run in sorted(self.runs.items(), reverse=True) if run.pk in own]

    @cached_property
    def lent_waiting(self) -> list[lent.Waiting]:
        """What waits for the secretariat of lent staff."""
        return lent.waiting(self.on)

    @cached_property
    def secondments(self) -> list[Secondment]:
        """All who are lent, were, or are asked for."""
        return rows(Secondment, self.on)

    @cached_property
    def bodies(self) -> dict[UUID, Body]:
        """The bodies."""
        return {one.pk: one for one in rows(Body, self.on)}

    @cached_property
    def members(self) -> list[BodyMember]:
        """Every place in a body that is held that day."""
        return [one for one in rows(BodyMember, self.on) if bodies.holds(one, self.day)]

    @cached_property
    def meetings(self) -> list[Meeting]:
        """All meetings, in the order in which they begin."""
        return [one for one in rows(Meeting, self.on) if one.body_id in self.bodies]

    @cached_property
    def coming(self) -> list[Meeting]:
        """Those that are to come and not cancelled."""
        return [one for one in bodies.next_meetings(self.on) if one.body_id in self.bodies]

    @cached_property
    def items(self) -> list[AgendaItem]:
        """The items of all agendas."""
        return rows(AgendaItem, self.on)

    @cached_property
    def with_papers(self) -> set[UUID]:
        """The rows that files are with."""
        return {one.of for one in rows(Paper, self.on)}

    @cached_property
    def decisions(self) -> list[MeetingDecision]:
        """What the bodies have decided."""
        return rows(MeetingDecision, self.on)

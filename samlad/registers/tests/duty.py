"""A roster for tests: Nacka's TiB, with three people who can have it, and moments counted from a fixed Monday."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from samlad.base.clock import now
from samlad.registers.models import Roster, Shift
from samlad.registers.roster_actions import add_shift
from samlad.registers.tests.cast import Everybody, Member, make_everybody, make_member

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Duty:
    """Who is there: the cast, and two more TiB at Nacka."""

    cast: Everybody
    first: Member
    second: Member
    third: Member
    at: datetime = field(default_factory=lambda: now().replace(microsecond=0))

    def shift(self, who: Member, begins: timedelta, ends: timedelta, *, deputy: bool = False) -> Shift:
        """Put somebody on duty, from and to some time from when the test began."""
        return add_shift(
            actor="nacka",
            role="tib",
            person=who.person,
            span=(self.at + begins, self.at + ends),
            deputy=deputy,
            reason="prov",
            by=self.cast.actor_administrator.who,
        )

    def roster(self) -> Roster:
        """Nacka's roster of TiB."""
        return Roster.objects.get(actor="nacka", role="tib")


def make_duty() -> Duty:
    """Save them."""
    cast = make_everybody()
    second = make_member("tib2.nacka", "TiB 2 Nacka", "nacka", "tib")
    third = make_member("tib3.nacka", "TiB 3 Nacka", "nacka", "tib")
    return Duty(cast, cast.duty_officer, second, third)


def at(text: str) -> datetime:
    """A moment in UTC, written as 2026-11-27 16:00."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

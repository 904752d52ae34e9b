"""Who lacks what: a duty officer, a chief, a deputy ... so that it is known before the bad day. Worst first."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from samlad.registers.models import Seat
from samlad.registers.queries import ActorView, holds_on, swedish_key, today
from samlad.registers.seat_rules import FEWEST_ADMINISTRATORS

LACKS: Final[dict[str, tuple[Promise, int]]] = {
    "tib": (gettext_lazy("Duty officer (TiB)"), 8),
    "rsk": (gettext_lazy("Regional coordinator on call (RSK)"), 8),
    "chief": (gettext_lazy("Chief"), 4),
    "communicator": (gettext_lazy("Communicator"), 2),
    "deputy": (gettext_lazy("Deputy"), 2),
    "administrators": (gettext_lazy("Two actor administrators"), 3),
    "emergency": (gettext_lazy("Emergency sign-in"), 1),
}
"""What an actor should have, and how bad it is without. An RSK is wanted of the actor that convenes only."""


class Gap(msgspec.Struct, frozen=True):
    """An actor and what it lacks; `administrators` is how many it has of its own."""

    actor: ActorView
    lacks: tuple[str, ...]
    administrators: int

    @property
    def weight(self) -> int:
        """How bad it is."""
        return sum(LACKS[name][1] for name in self.lacks)

    @property
    def words(self) -> tuple[str, ...]:
        """What is lacking, in the reader's language."""
        return tuple(str(LACKS[name][0]) for name in self.lacks)

    @property
    def cells(self) -> tuple[tuple[str, bool | None], ...]:
        """What `has` tells, each with its heading."""
        return tuple(zip((str(label) for label, _weight in LACKS.values()), self.has(), strict=True))

    def has(self) -> tuple[bool | None, ...]:
        """For each of LACKS whether the actor has it; None where it need not."""
        return tuple(None if name == "rsk" and not self.actor.convening else name not in self.lacks for name in LACKS)


def gaps_of(actors: Iterable[ActorView]) -> tuple[Gap, ...]:
    """What each actor lacks today, the worst first. Screens, and people who may not sign in, fill no gap."""
    held: dict[str, list[tuple[str, str, bool, bool]]] = defaultdict(list)
    rows = Seat.objects.filter(holds_on(today()), person__is_active=True, person__screen=False)
    for actor, person, role, deputy, emergency in rows.values_list("actor", "person", "role", "deputy", "emergency"):
        held[actor].append((person, role, deputy, emergency))
    found = [_gap(actor, held[actor.code]) for actor in actors]
    return tuple(sorted(found, key=lambda gap: (-gap.weight, swedish_key(gap.actor.name))))


def _gap(actor: ActorView, seats: list[tuple[str, str, bool, bool]]) -> Gap:
    roles = {role for _person, role, _deputy, _emergency in seats}
    administrators = {person for person, role, _deputy, _emergency in seats if role == "actor_administrator"}
    has = {
        "tib": "tib" in roles,
        "rsk": "rsk" in roles or not actor.convening,
        "chief": "chief" in roles,
        "communicator": "communicator" in roles,
        "deputy": any(deputy for _person, _role, deputy, _emergency in seats),
        "administrators": len(administrators) >= FEWEST_ADMINISTRATORS,
        "emergency": any(emergency for _person, _role, _deputy, emergency in seats),
    }
    return Gap(actor, tuple(name for name in LACKS if not has[name]), len(administrators))

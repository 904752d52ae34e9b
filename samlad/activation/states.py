"""Three fields that are never one: SSR's mode, each actor's own mode, and the national state; now, then, and how they
came to be.

Of what is live, the last two are in tables; of an exercise all three are in its journal, and nowhere else.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from samlad.activation.models import ActorMode, ModeTerms, NationalState
from samlad.activation.queries import activation
from samlad.activation.state_fold import Played, States, apply
from samlad.activation.state_models import Readiness
from samlad.journal.folds import Fold, state
from samlad.journal.operations import readable
from samlad.journal.page import OperationPage
from samlad.journal.queries import basics
from samlad.journal.who import Who

STATES: Final = Fold("activation.states.1", States(), apply)
NORMAL: Final = "normal"
# Asked by every page, so in one query: the actor's open live operations, its own mode, the national state.
BRIEF: Final = """
SELECT 'operation', CAST(operation.id AS text), operation.head_seq FROM journal_operation operation
JOIN journal_participation taking_part ON taking_part.operation_id = operation.id
WHERE taking_part.actor = %(actor)s AND operation.closed_at IS NULL AND NOT operation.exercise
UNION ALL SELECT * FROM (SELECT 'own', mode, 0 FROM activation_actormode
WHERE actor_id = %(actor)s ORDER BY set_at DESC, id DESC LIMIT 1) own
UNION ALL SELECT * FROM (SELECT 'national', state, 0 FROM activation_nationalstate
ORDER BY set_at DESC, id DESC LIMIT 1) national
"""


class Holding(msgspec.Struct, frozen=True):
    """The modes that hold at a moment: of each actor that has set one, and the national state where one was set."""

    modes: dict[str, Played] = {}
    national: Played | None = None

    @property
    def readiness(self) -> str:
        """The national state's code."""
        return self.national.what if self.national else NORMAL

    @property
    def raised(self) -> dict[str, Played]:
        """The actors that are not in their ordinary mode."""
        return {actor: played for actor, played in self.modes.items() if played.what}


def as_mode(row: ActorMode) -> Played:
    """A row of an actor's own mode."""
    return Played(row.mode, row.since, row.reason, row.actor_id, row.set_by, row.set_at)


def as_state(row: NationalState) -> Played:
    """A row of the national state."""
    return Played(row.state, row.since, row.reason, row.actor, row.set_by, row.set_at, row.source)


def live(at: datetime) -> Holding:
    """What was known at a moment of what is live. Two queries."""
    newest = ActorMode.objects.filter(actor=OuterRef("actor"), set_at__lte=at).order_by("-set_at", "-id").values("pk")
    modes = {row.actor_id: as_mode(row) for row in ActorMode.objects.filter(pk=Subquery(newest[:1]))}
    national = NationalState.objects.filter(set_at__lte=at).first()
    return Holding(modes, as_state(national) if national else None)


def played(operation: UUID, who: Who, at: int | None = None) -> Holding:
    """What holds in an exercise, at a position of the reader."""
    found = state(STATES, operation, who, at)
    latest = {actor: history[-1] for actor, history in found.modes.items()}
    return Holding(latest, found.national[-1] if found.national else None)


def holding(page: OperationPage, who: Who) -> Holding:
    """What held at the moment that an operation's page shows."""
    if page.basics.exercise:
        return played(page.operation.id, who, page.at)
    return live(page.moment)


def own_history(actors: Iterable[str] | None = None, last: int = 60) -> list[Played]:
    """The latest settings of actors' own modes, newest first."""
    rows = ActorMode.objects.all() if actors is None else ActorMode.objects.filter(actor__in=set(actors))
    return [as_mode(row) for row in rows[:last]]


def national_history(last: int = 60) -> list[Played]:
    """The latest settings of the national state, newest first."""
    return [as_state(row) for row in NationalState.objects.all()[:last]]


def terms_of(actor: str) -> list[str]:
    """What an actor calls its own modes: the region's words for it, then those it has used itself."""
    stored = ModeTerms.objects.filter(actor=actor).first()
    proposed = list(stored.terms) if stored else [_("Staff mode"), _("Crisis management mode")]
    used = ActorMode.objects.filter(actor=actor).exclude(mode="").values_list("mode", flat=True)[:20]
    return list(dict.fromkeys([*proposed, *used]))


def activated(who: Who) -> list[UUID]:
    """The open live operations in activated mode that the reader may know of: SSR is activated while there is one.

    One query, and a fold for each operation that has moved since it was last asked.
    """
    heads = readable(who).filter(closed_at=None, exercise=False).values_list("id", "head_seq")
    return [id for id, head in heads if mode_at(id, head, who) == "activated"]


def mode_at(operation: UUID, head: int, who: Who) -> str:
    """An operation's mode as it is while its newest entry is `head`; empty where it was read in."""
    if connection.in_atomic_block:  # what a transaction sees may be rolled back: never into the shared memory
        return _mode_of(operation, who)
    return _remembered(operation, head, msgspec.structs.replace(who, person="", name=""))


@lru_cache(maxsize=4096)
def _remembered(operation: UUID, head: int, who: Who) -> str:
    return _mode_of(operation, who)


def _mode_of(operation: UUID, who: Who) -> str:
    return "" if basics(operation, who).replayed else activation(operation, who).mode


def brief(who: Who, name: str) -> list[str]:
    """What stands on every page while something is not ordinary, in a few words; `name` is the reader's actor's."""
    if not who.may_read:
        return []
    with connection.cursor() as cursor:
        cursor.execute(BRIEF, {"actor": who.actor})
        rows = cursor.fetchall()
    active = (mode_at(UUID(id), head, who) == "activated" for what, id, head in rows if what == "operation")
    told = [_("SSR: activated mode")] if any(active) else []
    told += [f"{name}: {mode}" for what, mode, _head in rows if what == "own" and mode]
    return told + [str(Readiness(code).label) for what, code, _head in rows if what == "national" and code != NORMAL]

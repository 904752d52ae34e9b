"""How long what is kept, and what there is on one person."""

from datetime import datetime
from typing import Any

import msgspec

from samlad.base.clock import now
from samlad.journal import kinds
from samlad.journal.actions import NEVER_SHREDDED
from samlad.privacy.holdings import HOLDINGS, holding
from samlad.privacy.models import RetentionDecision

Key = tuple[str, bool]


class Period(msgspec.Struct, frozen=True):
    """How long something is kept: `days` None is until further notice. `decided_at` None: nobody has decided, it is
    as the program came."""

    what: str
    exercises: bool
    days: int | None
    ground: str = ""
    by: str = ""
    decided_at: datetime | None = None


def decided() -> dict[Key, Period]:
    """The decisions that hold, by what they are about and whether about exercises."""
    rows = RetentionDecision.objects.order_by("at", "id")
    return {
        (row.what, row.exercises): Period(row.what, row.exercises, row.days, row.ground, row.by, row.at) for row in rows
    }


def period(what: str, *, exercises: bool = False, known: dict[Key, Period] | None = None) -> Period:
    """How long a holding or a kind of entry is kept. A decision about exercises goes before the general one there."""
    found = decided() if known is None else known
    chosen = (found.get((what, True)) if exercises else None) or found.get((what, False))
    if chosen is not None:
        return chosen
    own = holding(what)
    return Period(what, exercises, own.days if own else None)


def shreddable() -> list[kinds.Kind]:
    """The latest version of each kind of entry that can be shredded, by name."""
    latest = {kind.name: kind for kind in kinds.registered()}
    return [kind for name, kind in latest.items() if name not in NEVER_SHREDDED]


def known(what: str) -> bool:
    """Whether a decision can be made about this."""
    own = holding(what)
    return (own is not None and own.remove is not None) or what in {kind.name for kind in shreddable()}


def on_person(key: str) -> dict[str, Any]:
    """Everything the tables hold on one person, by holding, as JSON can hold it (GDPR art. 15)."""
    found = {
        own.name: {
            "title": str(own.title),
            "purpose": str(own.purpose),
            "ground": str(own.ground),
            "kept_days": period(own.name).days,
            "rows": [dict(row) for row in own.of(key)],
        }
        for own in HOLDINGS
    }
    return {"person": key, "made_at": now(), "holdings": found}

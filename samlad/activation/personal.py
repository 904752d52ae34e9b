"""Activation's personal data: who set an actor's own mode, or the national state."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.activation.models import ActorMode, NationalState
from samlad.base.personal import Holding, Row


def states_set_by(key: str) -> Iterator[Row]:
    """Modes and states that the person set."""
    for row in ActorMode.objects.filter(set_by=key):
        yield {"actor": row.actor_id, "mode": row.mode, "since": row.since, "at": row.set_at, "reason": row.reason}
    for state in NationalState.objects.filter(set_by=key):
        yield {"state": state.state, "since": state.since, "at": state.set_at, "reason": state.reason}


HOLDINGS: Final = (
    Holding(
        name="activation.states",
        title=_("Who set a mode or the national state"),
        tables=("activation.actormode", "activation.nationalstate"),
        whose=_("Staff of the parties who set it"),
        what=_("What was set, from when, why, by whom and when"),
        purpose=_("To be able to answer which mode held on a given day, and who decided it"),
        counted_from=_("it is part of the record of the operations"),
        days=None,
        of=states_set_by,
    ),
)
NO_PERSONAL_DATA: Final = (
    "activation.actioncard",
    "activation.answeroption",
    "activation.bridgedefault",
    "activation.callouttemplate",
    "activation.laddertimes",
    "activation.modeterms",
    "activation.weeklyexception",
    "activation.weeklyrun",
    "activation.weeklyschedule",
)

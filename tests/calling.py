"""A call-out in the scene of everything: its id, and the link that Nacka's duty officer got."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from samlad.activation.actions.assessing import assess
from samlad.activation.asked import calls_of
from samlad.activation.entries.calling import CalledOut, Option
from samlad.activation.entries.trigger import Assessed
from samlad.base.clock import now
from samlad.notify import ladder, tokens
from samlad.notify.models import Recipient
from samlad.registers.tests.cast import Everybody

ACTORS = ("nacka", "sodertalje", "polisregion-stockholm")
OPTIONS = (Option("comes", "Berörd, deltar", "yes", True), Option("not", "Ej berörd", "no"))


def called(cast: Everybody, operation: UUID) -> dict[str, Any]:
    """RSK assesses and calls three actors; what stands in the addresses that are about it."""
    call = CalledOut("call_out", ACTORS, "Konferens: Snö", "Konferens om snön.", "Konferens.",
                     answer_by=now() + timedelta(minutes=15), options=OPTIONS)  # fmt: skip
    assess(by=cast.rsk.who, operation=operation, told=Assessed("conference", grounds="Snö."), call=call)
    (id,) = calls_of(operation).calls
    while ladder.climb():
        pass
    asked = Recipient.objects.get(call__alert=id, person=cast.duty_officer.person.key)
    return {"call": id, "link": tokens.token(asked.pk)}

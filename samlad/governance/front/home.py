"""What the program's first page says of governance: one line for those who speak for an actor."""

from samlad.governance.front import kansli, of_actor
from samlad.governance.front.gathered import Gathered
from samlad.governance.rules import keeps, reads, speaks_for
from samlad.journal.who import Who


def waiting_count(who: Who) -> int:
    """How many things wait for whoever speaks for an actor, or keeps the registers; 0 for everybody else."""
    if not speaks_for(who, who.actor) or not reads(who):
        return 0
    return len(kansli.waits(Gathered()) if keeps(who) else of_actor.waits(Gathered(), who.actor, who))


def governance_only(who: Who) -> bool:
    """Whether governance is all that somebody reads here: a registrar has no operations."""
    return "registrar" in who.roles and not who.may_read and reads(who)

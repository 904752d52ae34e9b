"""Who may do what with the registers of governance. Each actor keeps its mandate: it records its own decisions."""

from typing import Final

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.who import READING_ROLES, SYSTEM, Who
from samlad.registers.queries import actor_view, today

KEEPING: Final = frozenset({"secretariat"})
SPEAKING: Final = frozenset({"registrar", "chief", "actor_administrator"})
"""Those who record for their own actor what it has decided, proposes, lends and costs."""
READING: Final = (READING_ROLES - {"wall"}) | SPEAKING


def keeps(who: Who) -> bool:
    """Whether this reader keeps the joint registers: the coordination secretariat."""
    return who == SYSTEM or bool(who.roles & KEEPING)


def reads(who: Who) -> bool:
    """Whether this reader may read what all parties read: anybody with a role at an actor that is a party today, but
    not a wall screen, nor a system administrator, who looks after the program and not after this."""
    return who == SYSTEM or (bool(who.roles & READING) and actor_view(who.actor, today()) is not None)


def speaks_for(who: Who, actor: str) -> bool:
    """Whether this reader records for an actor: its registrar, chief or administrator; the secretariat for all, since
    answers also come by letter."""
    return keeps(who) or (who.actor == actor and bool(who.roles & SPEAKING))


def is_chief(who: Who) -> bool:
    """Whether this reader is in an actor's management: takes stances for it in regionala chefsgruppen."""
    return "chief" in who.roles


def check_keeps(who: Who) -> None:
    """Refuse everybody but the secretariat."""
    if not keeps(who):
        raise Refused(_("Only the coordination secretariat changes this."))


def check_speaks_for(who: Who, actor: str) -> None:
    """Refuse everybody but those who speak for the actor, and the secretariat."""
    if not speaks_for(who, actor):
        raise Refused(_("Only the actor's registrar, chief or administrator, and the secretariat, record this."))


def reader_or_404(who: Who) -> None:
    """For views: not there for those who may not read."""
    if not reads(who):
        raise Http404


def keeper_or_404(who: Who) -> None:
    """For views: not there for those who do not keep the registers."""
    if not keeps(who):
        raise Http404


def speaker_or_404(who: Who, actor: str) -> None:
    """For views: not there for those who do not record for the actor."""
    if not speaks_for(who, actor):
        raise Http404

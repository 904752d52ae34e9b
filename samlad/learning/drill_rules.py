"""Who plans test alarms, and who sees what came of them. What one may not see is not there (404)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.who import DUTY_ROLES, SYSTEM, Who
from samlad.registers.rules import may_edit

SEEING_ALL: Final = frozenset({"rsk", "secretariat"})
SEEING_OWN: Final = DUTY_ROLES | {"secretariat", "actor_administrator"}
SHORTEST: Final = 5
LONGEST: Final = 180


def may_plan(who: Who) -> bool:
    """Whether this reader plans test alarms, and so knows of those that are not announced."""
    return may_edit(who)


def may_start(who: Who) -> bool:
    """Whether this reader may start one at once."""
    return "secretariat" in who.roles


def may_see_all(who: Who) -> bool:
    """Whether this reader sees how each actor did: the coordinator and the secretariat."""
    return bool(who.roles & SEEING_ALL)


def may_see_report(who: Who, party: bool) -> bool:
    """Whether there is a report for this reader, whose actor is a party today or not: those with a duty at a party, its
    administrators, the secretariat."""
    return may_see_all(who) or (party and bool(who.roles & SEEING_OWN))


def may_see_actor(who: Who, actor: str) -> bool:
    """Whether this reader sees how an actor did: one's own; all of them who sees all."""
    return may_see_all(who) or (bool(who.roles & SEEING_OWN) and who.actor == actor)


def check_can_plan(who: Who) -> None:
    """Refuse everybody but the secretariat and administrators."""
    if who != SYSTEM and not may_plan(who):
        raise Refused(_("Only the coordination secretariat and administrators plan test alarms."))


def check_can_start(who: Who) -> None:
    """Refuse everybody but the secretariat."""
    if who != SYSTEM and not may_start(who):
        raise Refused(_("Only the coordination secretariat starts a test alarm at once."))


def check_answer_within(minutes: int) -> None:
    """Refuse times that would test nothing, or that would ring all day."""
    if not SHORTEST <= minutes <= LONGEST:
        told = {"shortest": SHORTEST, "longest": LONGEST}
        sentence = _("Between %(shortest)s and %(longest)s minutes.")
        raise Refused(sentence % told, field="answer_within")

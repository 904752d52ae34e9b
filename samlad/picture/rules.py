"""Who may do what with the picture, and why not: `check_can_...` raises Refused with a sentence, `can_...` asks."""

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.fold import Basics
from samlad.journal.who import Who

COMPILING_ROLES = frozenset({"picture_lead", "rsk"})
CLOSED = _("The operation is closed. Only corrections can be added.")


def check_can_report(who: Who, basics: Basics) -> None:
    """A duty seat of a participating actor reports for its actor, while the operation is open."""
    if basics.closed_at:
        raise Refused(CLOSED)
    if who.actor not in basics.participants:
        raise Refused(_("Your actor does not take part in this operation and cannot report in it."))
    if not who.on_duty:
        raise Refused(_("Only those with a duty role can report for their actor."))


def can_report(who: Who, basics: Basics) -> bool:
    """Whether the report form is shown."""
    return not basics.closed_at and who.actor in basics.participants and who.on_duty


def check_can_convey(who: Who, basics: Basics) -> None:
    """Any duty seat of an actor in the operation may convey what another actor has told (förmedlad lägesbild)."""
    if basics.closed_at:
        raise Refused(CLOSED)
    if not can_convey(who, basics):
        raise Refused(_("Only those with a duty role in the operation can convey a report for another actor."))


def can_convey(who: Who, basics: Basics) -> bool:
    """Whether a report can be filed on behalf of another actor."""
    takes_part = who.actor in basics.participants or who.actor in basics.observers
    return not basics.closed_at and who.on_duty and takes_part


def check_can_correct(who: Who, actor: str, conveyed_by: str) -> None:
    """Whoever stands behind a report corrects it, also after the operation has been closed."""
    if not can_correct(who, actor, conveyed_by):
        raise Refused(_("Only the actor that sent the report can correct it."))


def can_correct(who: Who, actor: str, conveyed_by: str) -> bool:
    """Whether the correction form is shown."""
    return who.on_duty and who.actor == (conveyed_by or actor)


def check_can_compile(who: Who, basics: Basics) -> None:
    """The compiler of the picture (lägesbildsansvarig), or the RSK, works at the desk."""
    if basics.closed_at:
        raise Refused(CLOSED)
    if not who.roles & COMPILING_ROLES:
        raise Refused(_("Only the compiler of the picture or the coordinator (RSK) works at the desk."))


def can_compile(who: Who, basics: Basics) -> bool:
    """Whether the desk is shown."""
    return not basics.closed_at and bool(who.roles & COMPILING_ROLES)

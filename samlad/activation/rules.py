"""Who may do what in activation, and why not: `check_can_...` raises Refused with a sentence, `can_...` asks."""

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.fold import Basics
from samlad.journal.who import Who

# Who leads the joint work on behalf of all: RSK and the compiler; and the convening actor's duty officer (domain, 2.2).
LEADING_ROLES = frozenset({"rsk", "picture_lead"})


def check_can_raise(who: Who) -> None:
    """Any duty seat may press the green button (domain, 2.3 step 1), of whatever actor: better one alarm too many."""
    if not who.on_duty:
        raise Refused(_("Only those with a duty role can raise the alarm. Call your duty officer (TiB)."))


def can_raise(who: Who) -> bool:
    """Whether the green button is shown."""
    return who.on_duty


def check_can_acknowledge(who: Who, basics: Basics) -> None:
    """A duty seat of a participating actor answers for its actor, while the operation is open."""
    if basics.closed_at:
        raise Refused(_("The operation is closed. No answer is needed any more."))
    if who.actor not in basics.participants:
        raise Refused(_("Your actor does not take part in this operation and has nothing to acknowledge."))
    if not who.on_duty:
        raise Refused(_("Only those with a duty role can answer for their actor."))


def can_acknowledge(who: Who, basics: Basics) -> bool:
    """Whether the answer buttons are shown."""
    return not basics.closed_at and who.actor in basics.participants and who.on_duty


def check_can_lead(who: Who, basics: Basics) -> None:
    """Mode, levels, deadlines and standing down are set by those who lead the joint work."""
    if basics.closed_at:
        raise Refused(_("The operation is closed."))
    if not leads(who, basics):
        raise Refused(
            _("Only the coordinator (RSK), the compiler of the picture or the convening duty officer can do this.")
        )


def can_lead(who: Who, basics: Basics) -> bool:
    """Whether the controls of mode, levels and standing down are shown."""
    return not basics.closed_at and leads(who, basics)


def leads(who: Who, basics: Basics) -> bool:
    """Whether a person leads the joint work."""
    return bool(who.roles & LEADING_ROLES) or (
        bool(basics.convening) and who.actor == basics.convening and "tib" in who.roles
    )

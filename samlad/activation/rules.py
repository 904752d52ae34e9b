"""Who may do what in activation, and why not: `check_can_...` raises Refused with a sentence, `can_...` asks."""

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.fold import Basics
from samlad.journal.who import Who

# Who leads the joint work on behalf of all: RSK and the compiler; and the convening actor's duty officer (domain, 2.2).
LEADING_ROLES = frozenset({"rsk", "picture_lead"})
OWN_MODE_ROLES = frozenset({"tib", "chief"})
NATIONAL_ROLES = frozenset({"rsk", "secretariat"})


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


def assesses(who: Who, basics: Basics) -> bool:
    """Whether a person makes the first assessment: RSK, and the duty officer of the actor that convenes the others."""
    return "rsk" in who.roles or (bool(basics.convening) and who.actor == basics.convening and "tib" in who.roles)


def can_assess(who: Who, basics: Basics) -> bool:
    """Whether the page of the first assessment has its form."""
    return not basics.closed_at and not basics.replayed and assesses(who, basics)


def check_can_assess(who: Who, basics: Basics) -> None:
    """RSK or the convening duty officer assesses, calls out and withdraws a call, while the operation is open."""
    if basics.closed_at:
        raise Refused(_("The operation is closed."))
    if basics.replayed:
        raise Refused(_("This operation is read in from another system. Nobody is called to it."))
    if not assesses(who, basics):
        raise Refused(_("Only the coordinator (RSK) and the convening duty officer (TiB) assess and call out."))


def check_can_set_own(who: Who, exercise: Basics | None) -> None:
    """An actor's duty officer or chief sets its own mode; with an exercise: in it, while it goes on."""
    check_played(exercise)
    if not who.roles & OWN_MODE_ROLES:
        raise Refused(_("The actor's duty officer (TiB) or chief sets its own mode."))


def check_can_set_national(who: Who, exercise: Basics | None, convening: str = "") -> None:
    """RSK, the secretariat and the convening actor's duty officer enter the national state."""
    check_played(exercise)
    if not enters_national(who, exercise.convening if exercise else convening):
        raise Refused(
            _("Only the coordinator (RSK), the secretariat or the convening duty officer enters the national state.")
        )


def enters_national(who: Who, convening: str) -> bool:
    """Whether somebody may enter the national state; `convening` is the code of the convening actor."""
    return bool(who.roles & NATIONAL_ROLES) or (bool(convening) and who.actor == convening and "tib" in who.roles)


def check_played(exercise: Basics | None) -> None:
    """Refuse what is set in an operation that is no exercise, or that is over."""
    if exercise is None:
        return
    if not exercise.exercise or exercise.replayed:
        raise Refused(_("Only an exercise has states of its own."))
    if exercise.closed_at:
        raise Refused(_("The operation is closed."))

"""Who did something in a call, and how, in words: roles, ways, channels and troubles as people read them."""

from typing import Final

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samlad.activation.asked import SWITCHBOARD
from samlad.journal.who import ROLES
from samlad.notify.models import Trouble
from samlad.registers.models import Role

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
WAYS: Final = {
    "page": pgettext_lazy("way to answer", "on the page"),
    "link": pgettext_lazy("way to answer", "by the link"),
    "sms": pgettext_lazy("way to answer", "by SMS"),
    "voice": pgettext_lazy("way to answer", "by a key in a call"),
    "by_hand": pgettext_lazy("way to answer", "called by hand"),
}
CHANNELS: Final = {
    "sms": pgettext_lazy("channel", "SMS"),
    "voice": pgettext_lazy("channel", "call"),
    "email": pgettext_lazy("channel", "e-mail"),
    "push": pgettext_lazy("channel", "notice on the phone"),
    "chat": pgettext_lazy("channel", "chat"),
    "webhook": pgettext_lazy("channel", "webhook"),
}
STEPS: Final = {
    "again": _("called again"),
    "deputies": _("deputies called"),
    "everyone": _("everyone called"),
    "by_hand": _("call by hand"),
    "withdrawn": pgettext_lazy("call", "withdrawn"),
}
TOLD: Final = {**STEPS, "handed": _("handed over"), "failed": _("could not be handed over")}
WHY_NOTED: Final = {
    "again": _("had answered before"),
    "other_person": _("somebody else than was asked"),
    "late": _("after the time to answer"),
    "withdrawn": _("the call had been withdrawn"),
    "closed": _("the operation was closed"),
    "garbled": _("not understood"),
}
SHORT: Final = {"tib": "TiB", "rsk": "RSK"}


def roles_named(person: str, roles: str) -> str:
    """Whose entry something is, without a name: the roles it was made in (codes with commas), or the switchboard."""
    if person.startswith(SWITCHBOARD):
        return gettext("the switchboard")
    held = set(roles.split(","))
    return ", ".join(SHORT.get(role, str(Role(role).label)) for role in ROLES if role in held)


def way(code: str) -> str:
    """By which way somebody answered."""
    return str(WAYS.get(code, code))


def channel(code: str) -> str:
    """What a channel is called."""
    return str(CHANNELS.get(code, code))


def step(code: str) -> str:
    """How far the program has gone to reach an actor."""
    return str(STEPS.get(code, ""))


def told(what: str) -> str:
    """What the program did, in a line of its own."""
    return str(TOLD.get(what, what))


def why_noted(why: str) -> str:
    """Why an answer changed nothing."""
    return str(WHY_NOTED.get(why, why))


def lasted(seconds: int) -> str:
    """How long something took: 48 s, 4 min 10 s, 1 h 5 min."""
    if seconds < MINUTE:
        return gettext("%(seconds)s s") % {"seconds": seconds}
    if seconds < HOUR:
        return gettext("%(minutes)s min %(seconds)s s") % {"minutes": seconds // MINUTE, "seconds": seconds % MINUTE}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": seconds // HOUR, "minutes": seconds % HOUR // MINUTE}


def trouble(code: str) -> str:
    """Why a message did not go."""
    return str(Trouble(code).label) if code in Trouble.values else str(Trouble.OTHER.label)

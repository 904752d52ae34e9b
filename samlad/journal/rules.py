"""Who may change who reads an entry, and how: `check_can_...` raises Refused with a sentence."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal import kinds
from samlad.journal.audience import holds, named
from samlad.journal.entries import Entry, PointerLeft
from samlad.journal.standing import FIXED, Standing
from samlad.journal.who import Who


def owner(entry: Entry) -> str:
    """The actor that stands behind an entry: who conveyed it, where somebody else's words were conveyed."""
    return getattr(entry.payload, "conveyed_by", "") or entry.actor


def owns(who: Who, entry: Entry) -> bool:
    """Whether the forms for readers and marking are shown: a duty role at the actor that stands behind the entry."""
    changeable = entry.kind not in FIXED and entry.payload is not None
    return changeable and who.on_duty and who.actor == owner(entry)


def check_owns(who: Who, entry: Entry) -> None:
    """Raises Refused where this is not for them to change, or not for anybody."""
    if entry.kind in FIXED:
        raise Refused(_("Who may read this entry is always the same."))
    if entry.payload is None:
        raise Refused(_("The content of the entry is gone: there is nothing left to read."))
    if not owns(who, entry):
        raise Refused(_("Only those with a duty role at the actor that wrote the entry can change this."))


def check_can_widen(stands: Standing, audience: str, reason: str, reexamined: bool, present: Collection[str]) -> None:
    """More, and nobody left out. A marked entry is examined again first (OSL 10), and is never public. Raises Refused.

    Named actors may be let in where actors are named; all participants always; a level only all together: who is on it
    changes. `present` are the actors that may read the operation.
    """
    if audience == stands.audience:
        raise Refused(_("They can read it already."), field="audience")
    if not holds(audience, stands.audience):
        raise Refused(_("Everybody who can read it now must be among them, and more."), field="audience")
    if (named(audience) or frozenset()) - {*present}:
        raise Refused(_("Choose actors that take part in the operation."), field="audience")
    if stands.marking is None:
        return
    if audience == "public":
        raise Refused(_("What is marked as secret can't be public. Take away the marking first."), field="audience")
    if not reexamined:
        raise Refused(_("Examine again whether it may be disclosed: it is marked as secret."), field="reexamined")
    if not reason.strip():
        raise Refused(_("State the reason: the entry is marked as secret."), field="reason")


def check_can_narrow(stands: Standing, audience: str, reason: str, by: Who) -> None:
    """Fewer, by name, the own actor among them, with a reason. Raises Refused."""
    if audience == stands.audience or not holds(stands.audience, audience):
        raise Refused(_("Choose fewer than those who can read it now, and nobody else."), field="audience")
    if by.actor not in (named(audience) or ()):
        raise Refused(_("Choose actors by name, your own among them."), field="audience")
    if not reason.strip():
        raise Refused(_("State the reason."), field="reason")


def check_can_mark(entry: Entry, stands: Standing, ground: str, reason: str) -> None:
    """Something to keep secret, and a ground; a reason where a marking is taken away or another. Raises Refused."""
    if not kinds.get(entry.kind, entry.version).texts:
        raise Refused(_("Such an entry has no text to keep secret, and can't be marked."))
    if ground == (stands.marking.ground if stands.marking else ""):
        raise Refused(_("It is marked so already.") if ground else _("It is not marked."), field="ground")
    if stands.marking and not reason.strip():
        raise Refused(_("State the reason."), field="reason")
    if ground and stands.audience == "public":
        raise Refused(_("It is public. Limit who may read it first."), field="ground")


def check_can_point(who: Who, pointer: PointerLeft) -> None:
    """Those on duty, and all three questions answered. Raises Refused."""
    if not who.on_duty:
        raise Refused(_("Only those with a duty role can leave a pointer."))
    for name in ("what", "owner", "how"):
        if not getattr(pointer, name).strip():
            raise Refused(_("Say what it is about, who has it and how it is fetched."), field=name)

"""What the registers refuse, each time with a sentence a person can read."""

import re
from typing import Any, Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.who import READING_ROLES, SYSTEM, Who
from samlad.registers.models import ActorVersion, Person, Seat

EDITORS: Final = frozenset({"secretariat", "administrator"})


def may_edit(who: Who) -> bool:
    """Whether this reader may change the registers."""
    return who == SYSTEM or bool(who.roles & EDITORS)


def may_see_people(who: Who) -> bool:
    """Whether this reader may see who sits where: any reading role but a wall screen, and administrators."""
    return bool(who.roles & (READING_ROLES - {"wall"} | EDITORS | {"actor_administrator"}))


def is_administrator(who: Who) -> bool:
    """Whether this reader may hand out administration and passwords."""
    return who == SYSTEM or "administrator" in who.roles


def check_can_edit(who: Who) -> None:
    """Refuse everybody but the secretariat, administrators and the import."""
    if not may_edit(who):
        raise Refused(_("Only the coordination secretariat and administrators change the registers."))


def check_can_set_password(who: Who, person: Person, password: str) -> None:
    """Refuse all but administrators and the person themself, and passwords that are too weak."""
    if not (is_administrator(who) or who.person == person.key):
        raise Refused(_("Only an administrator can set somebody else's password."))
    try:
        validate_password(password, person)
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages), field="password") from None


def check_code(code: str) -> None:
    """Refuse codes of actors that would not do in an address."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) or code == "new":
        raise Refused(_("A code has only a–z, 0–9 and single hyphens between them."), field="code")


def check_version_fits(version: ActorVersion) -> None:
    """Refuse a version that ends before it begins or overlaps another of the same actor."""
    begins, ends = version.valid_from, version.valid_to
    if ends is not None and ends <= begins:
        raise Refused(_("The last day must come after the first."), field="valid_to")
    for other in ActorVersion.objects.filter(actor=version.actor_id).exclude(pk=version.pk):
        if (other.valid_to is None or other.valid_to > begins) and (ends is None or ends > other.valid_from):
            sentence = _("Overlaps “%(name)s”, which holds from %(from)s to %(to)s.")
            shown = {"name": other.name, "from": other.valid_from, "to": other.valid_to or _("further notice")}
            raise Refused(sentence % shown, field="valid_from")


def check_seat_free(seat: Seat) -> None:
    """Refuse a seat that ends before it begins or that the person already holds on some of the same days."""
    if seat.valid_to is not None and seat.valid_to < seat.valid_from:
        raise Refused(_("The last day must not come before the first."), field="valid_to")
    same = Seat.objects.filter(person=seat.person_id, actor=seat.actor_id, role=seat.role).exclude(pk=seat.pk)
    for other in same:
        begins_before_it_ends = other.valid_to is None or other.valid_to > seat.valid_from
        if begins_before_it_ends and (seat.valid_to is None or seat.valid_to > other.valid_from):
            raise Refused(_("The person already has this role at this actor on some of these days."), field="role")


def check_lent_for_a_period(seat: Seat) -> None:
    """Refuse a lent seat without a last day, and one where lender and borrower are the same."""
    if seat.lender_id is None:
        return
    if seat.valid_to is None:
        raise Refused(_("A lent person has the role for a period: say until when."), field="valid_to")
    if seat.lender_id == seat.actor_id:
        raise Refused(_("A person is lent by another actor than the one they are lent to."), field="lender")


def check_unchanged(seen: str, now_is: dict[str, Any], stamp: str) -> None:
    """Refuse to overwrite what somebody else changed since the form was fetched (`seen` is the stamp it carried)."""
    if seen and seen != stamp:
        values = ", ".join(str(value) for value in now_is.values() if value not in (None, "", False))
        sentence = _("Somebody changed this while you wrote. It now says: %(values)s. Save again to use yours.")
        raise Refused(sentence % {"values": values})

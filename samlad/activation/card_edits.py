"""Every way to change an action card. Each makes its next edition and leaves a row of history; none changes an earlier
one, since operations refer to it."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samlad.activation.cards import KINDS, latest, steps_in
from samlad.activation.models import ActionCard
from samlad.base.refused import Refused
from samlad.journal.who import DUTY_ROLES, Who
from samlad.registers.actions import one_change, stamp
from samlad.registers.history import note, snapshot
from samlad.registers.rules import check_can_edit, check_code, check_unchanged

FIELDS: Final = ("role", "operation_kinds", "title", "steps", "source", "valid")
REGISTER: Final = "cards"
MOST: Final = 40  # steps: a card is one A4
LONGEST: Final = 300  # characters of a step


def state_of(card: ActionCard) -> dict[str, Any]:
    """A card as the history keeps it."""
    return snapshot(card, FIELDS)


@one_change
def save_card(*, card: ActionCard, reason: str, by: Who, seen: str = "", new: bool = False) -> bool:
    """Save a new card, or what it says now as its next edition. `seen` is the stamp of what the form was filled from.

    Returns whether anything differs. Raises Refused, also where `new` and the code is taken.
    """
    check_can_edit(by)
    check_code(card.code)
    check_card(tidied(card))
    before_row = latest(card.code)
    if new and before_row is not None:
        raise Refused(_("There is already a card with this code."), field="code")
    before = state_of(before_row) if before_row else None
    after = state_of(card)
    if before == after:
        return False
    if before is not None:
        check_unchanged(seen, {"title": before["title"]}, stamp(before))
    ActionCard.objects.create(
        code=card.code, edition=before_row.edition + 1 if before_row else 1, **{name: after[name] for name in FIELDS}
    )
    note(register=REGISTER, key=card.code, by=by, before=before, after=after, reason=reason)
    return True


def tidied(card: ActionCard) -> ActionCard:
    """The same card, its lines without space around and within them and without empty ones, its kinds in order."""
    card.steps = [text for line in card.steps if (text := " ".join(line.split()))]
    card.operation_kinds = [kind for kind in KINDS if kind in card.operation_kinds]
    return card


def check_card(card: ActionCard) -> None:
    """Refuse a card that nobody could work by."""
    steps = steps_in(card.steps)
    if not card.title.strip():
        raise Refused(_("Give the card a title."), field="title")
    if card.role not in DUTY_ROLES:
        raise Refused(_("A card is for one of the duty roles."), field="role")
    if not card.operation_kinds:
        raise Refused(_("Choose in which operations the card is offered."), field="operation_kinds")
    if not steps:
        raise Refused(_("Write at least one step."), field="steps")
    if len(steps) > MOST:
        told = {"most": MOST, "here": len(steps)}
        raise Refused(_("At most %(most)s steps fit on a card; this has %(here)s.") % told, field="steps")
    if long := next((line for line in card.steps if len(line) > LONGEST), ""):
        text = _("A step has at most %(longest)s characters. Divide the one that begins “%(text)s”.")
        raise Refused(text % {"longest": LONGEST, "text": long[:60]}, field="steps")

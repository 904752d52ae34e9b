"""What a region's files say of this room: action cards, and what actors call their own modes.

Read by `samlad region import` after the registers. What somebody has changed in a page since stays.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from samlad.activation import card_edits
from samlad.activation.cards import KINDS, latest
from samlad.activation.models import ActionCard, ModeTerms
from samlad.journal.who import DUTY_ROLES, SYSTEM
from samlad.registers.history import edited_by_hand, note
from samlad.registers.models import Actor
from samlad.registers.region_files import Wrong
from samlad.registers.region_import import REASON, Kept, RoomTable

LONGEST_TERM: Final = 60


@dataclass(frozen=True)
class CardRow:
    """An action card; a line of `steps` that begins with "# " is a heading."""

    code: str
    role: str
    kinds: list[str]
    title: str
    steps: list[str]
    source: str


@dataclass(frozen=True)
class TermsRow:
    """What an actor calls its own modes, beside the ordinary."""

    actor: str
    terms: list[str]
    source: str


def import_card(row: CardRow) -> str:
    """One card, as its next edition where it differs."""
    if row.role not in DUTY_ROLES:
        raise Wrong(_("“role” should be one of %(known)s.") % {"known": ", ".join(sorted(DUTY_ROLES))}, "role")
    if unknown := set(row.kinds) - set(KINDS):
        told = {"unknown": ", ".join(sorted(unknown)), "known": ", ".join(KINDS)}
        raise Wrong(_("“kinds” has %(unknown)s; known are %(known)s.") % told, "kinds")
    stored = latest(row.code)
    new = ActionCard(
        code=row.code, role=row.role, operation_kinds=row.kinds, title=row.title, steps=row.steps, source=row.source
    )
    differs = stored is None or card_edits.state_of(stored) != card_edits.state_of(card_edits.tidied(new))
    if differs and edited_by_hand(card_edits.REGISTER, row.code):
        raise Kept
    changed = card_edits.save_card(card=new, reason=REASON, by=SYSTEM)
    return "added" if stored is None else "changed" if changed else "same"


def import_terms(row: TermsRow) -> str:
    """One actor's words for its modes."""
    if not Actor.objects.filter(code=row.actor).exists():
        raise Wrong(_("There is no actor %(code)s.") % {"code": row.actor}, "actor")
    if any(not term.strip() or len(term) > LONGEST_TERM for term in row.terms):
        raise Wrong(_("A term has 1 to %(longest)s characters.") % {"longest": LONGEST_TERM}, "terms")
    stored = ModeTerms.objects.filter(actor=row.actor).first()
    if stored is not None and (stored.terms, stored.source) == (row.terms, row.source):
        return "same"
    ModeTerms.objects.update_or_create(actor_id=row.actor, defaults={"terms": row.terms, "source": row.source})
    before = {"terms": stored.terms, "source": stored.source} if stored else None
    after = {"terms": row.terms, "source": row.source}
    note(register="mode_terms", key=row.actor, by=SYSTEM, before=before, after=after, reason=REASON)
    return "changed" if stored else "added"


TABLES: Final = (
    RoomTable("cards.toml", "card", CardRow, import_card, {"code": 60, "title": 120}),
    RoomTable("modes.toml", "terms", TermsRow, import_terms),
)

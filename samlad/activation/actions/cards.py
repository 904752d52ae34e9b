"""What is done with an action card in an operation: it is begun by its first tick, and ticked off step by step."""

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samlad.activation.card_fold import Begun, Cards, apply
from samlad.activation.cards import Card, Step, begun_by, cards_for, edition_of
from samlad.activation.entries.cards import CardStarted, StepTicked
from samlad.activation.queries import activation
from samlad.base.ids import follows, new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.append import append
from samlad.journal.entries import OWN, Draft, Expectation, Receipt
from samlad.journal.fold import Basics
from samlad.journal.folds import Fold, state
from samlad.journal.operations import get
from samlad.journal.queries import basics
from samlad.journal.store import Overtaken
from samlad.journal.who import DUTY_ROLES, Who

CARDS: Final = Fold("activation.cards.1", Cards(), apply)
TRIES: Final = 3  # two of an actor's people can begin the same card at the same moment


def cards_in(operation: UUID, who: Who, at: int | None = None) -> Cards:
    """The begun cards that a reader may see: their own actor's."""
    return state(CARDS, operation, who, at)


def offered(operation: UUID, who: Who, basics: Basics, at: int | None = None) -> list[Card]:
    """The cards that are offered to a reader's roles by the operation's kind and mode."""
    if not takes_part(who, basics):
        return []
    return cards_for(who.roles & DUTY_ROLES, begun_by(basics.kind, activation(operation, who, at).mode))


def takes_part(who: Who, basics: Basics) -> bool:
    """Whether the reader's actor is in the operation, so that its people work by cards in it."""
    return who.on_duty and (who.actor in basics.participants or who.actor in basics.observers)


def check_can_tick(who: Who, basics: Basics) -> None:
    """Those with a duty role at an actor in the operation tick off its cards, while the operation is open."""
    if basics.closed_at:
        raise Refused(_("The operation is closed."))
    if basics.replayed or not takes_part(who, basics):
        raise Refused(_("Only those with a duty role at an actor in the operation tick off its cards."))


def tick(
    *, by: Who, operation: UUID, card: str, edition: int, step: int, done: bool = True, note: str = "", id: UUID | None
) -> Receipt | None:
    """Say that a step is done, or is not after all; the first tick begins the card. For the own actor's people.

    What a colleague has just said already is said once: then None. Raises Refused.
    """
    if sent := read.receipt(operation, by, id):
        return sent
    check_can_tick(by, basics(operation, by))
    for left in reversed(range(TRIES)):
        head = get(operation, by).head_seq  # before the state is read
        begun = cards_in(operation, by).begun.get((by.actor, card))
        which = begun_card(operation, by, begun, card, edition)
        wanted = step_of(which, step)
        known = begun.ticks.get(step) if begun else None
        if (known.done if known else False) == done and not note.strip():
            return None
        drafts = drafts_of(operation, which, wanted, begun, done, note.strip(), id or new_id(), head)
        try:
            return append(*drafts, by=by)[-1]
        except Overtaken:  # somebody began a card at this very moment, maybe this one
            if not left:
                raise
    return None


def begun_card(operation: UUID, by: Who, begun: Begun | None, code: str, edition: int) -> Card:
    """The card that is worked by: in the edition in which it was begun, else one that is offered now."""
    if begun is not None:
        if begun.edition != edition:
            raise Refused(_("A colleague began this card in another edition. Look at it and tick again."))
        found = edition_of(code, begun.edition)
    else:
        cards = offered(operation, by, basics(operation, by))
        found = next((card for card in cards if card.code == code), None)
        if found is not None and found.edition != edition:
            raise Refused(_("The card was changed a moment ago. Look at it and tick again."))
    if found is None:
        raise Refused(_("There is no such card for you in this operation."))
    return found


def step_of(card: Card, number: int) -> Step:
    """A step of a card. Raises Refused where it has none such."""
    if not 1 <= number <= len(card.steps):
        raise Refused(_("The card has no such step."))
    return card.steps[number - 1]


def drafts_of(
    operation: UUID, card: Card, step: Step, begun: Begun | None, done: bool, note: str, id: UUID, seq: int
) -> list[Draft]:
    """The entry of a tick, after that of the beginning where the card has none: both or neither."""
    ticked = StepTicked(card.code, card.edition, step.number, step.text, done, note)
    drafts = [Draft(operation, ticked, id=id, audience=OWN)]
    if begun is None:
        started = CardStarted(card.code, card.edition, card.title, card.role)
        # Nobody shall have begun it meanwhile, maybe in another edition.
        expects = Expectation(("activation.card_started",), seq)
        drafts.insert(0, Draft(operation, started, id=follows(id), audience=OWN, expects=expects))
    return drafts

"""Action cards (åtgärdskort): begun, and ticked off step by step."""

import msgspec

from samlad.journal.kinds import Kind


class CardStarted(msgspec.Struct, frozen=True):
    """Somebody began to work by an action card: which card, in which edition, for which role."""

    card: str
    edition: int
    title: str
    role: str


class StepTicked(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step of a card is done, or not done after all."""

    card: str
    edition: int
    step: int
    text: str
    done: bool = True
    note: str = ""


KINDS = (
    Kind(
        payload=CardStarted,
        name="activation.card_started",
        shown="activation/entries/card_started.html",
        seen_by="The own actor.",
        shreds="Nothing: it holds no text of anybody's.",
    ),
    Kind(
        payload=StepTicked,
        name="activation.card_step_ticked",
        shown="activation/entries/card_step_ticked.html",
        seen_by="The own actor.",
        shreds="The note, if it names a person.",
        texts=("note",),
    ),
)

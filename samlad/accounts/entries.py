"""What sign-in tells an operation: only that somebody broke the glass."""

import msgspec

from samlad.journal.kinds import Kind, Moment


class BrokeGlass(msgspec.Struct, frozen=True):
    """Somebody signed in past their actor's identity provider, as a person named for that; why, and until when."""

    reason: str
    until: Moment


KINDS = (
    Kind(
        payload=BrokeGlass,
        name="accounts.broke_glass",
        shown="accounts/entries/broke_glass.html",
        seen_by="All participants and observers: who relies on an actor must know how its people signed in.",
        shreds="The reason, if it names a person.",
        texts=("reason",),
    ),
)

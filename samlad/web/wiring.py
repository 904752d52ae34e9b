"""The lists that put the house together: which kinds of entries there are, which followers, which panels and tabs.

Explicit, so that a newcomer sees in one place what is in and what it is connected to.
"""

import samlad.activation.entries
import samlad.journal.entries
import samlad.picture.entries
from samlad.journal import kinds

KINDS = (
    *samlad.journal.entries.KINDS,
    *samlad.activation.entries.KINDS,
    *samlad.picture.entries.KINDS,
)


def register_kinds() -> None:
    """Make every kind known; an undocumented or doubled one stops the program here."""
    kinds.register(KINDS)

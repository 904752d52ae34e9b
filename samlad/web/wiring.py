"""The lists that put the house together: which kinds of entries there are, which followers, which panels and tabs.

Explicit, so that a newcomer sees in one place what is in and what it is connected to.
"""

import samlad.activation.entries
import samlad.journal.entries
import samlad.picture.entries
from samlad.journal import kinds
from samlad.journal.followers import Follower, Pump

KINDS = (
    *samlad.journal.entries.KINDS,
    *samlad.activation.entries.KINDS,
    *samlad.picture.entries.KINDS,
)

FOLLOWERS: tuple[Follower, ...] = ()
"""What happens because of entries; run by the one worker."""
PUMPS: tuple[Pump, ...] = ()
"""What carries out the queues that followers fill; run by the one worker."""


def register_kinds() -> None:
    """Make every kind known; an undocumented or doubled one stops the program here."""
    kinds.register(KINDS)

"""Every room's holdings of personal data, in one list. Rooms above this floor have none of their own."""

from typing import Final

from samlad.accounts import personal as accounts
from samlad.activation import personal as activation
from samlad.base.personal import Holding
from samlad.governance import personal as governance
from samlad.journal import personal as journal
from samlad.notify import personal as notify
from samlad.privacy import personal as privacy
from samlad.registers import personal as registers

ROOMS: Final = (registers, accounts, activation, notify, journal, governance, privacy)
HOLDINGS: Final[tuple[Holding, ...]] = tuple(holding for room in ROOMS for holding in room.HOLDINGS)
NO_PERSONAL_DATA: Final[tuple[str, ...]] = (
    *(table for room in ROOMS for table in room.NO_PERSONAL_DATA),
    # Django's own, and not used for people.
    "auth.group",
    "auth.permission",
    "contenttypes.contenttype",
    # Of the room beside this one: who set a plan stands in the history of changes, who answered in the journal.
    "learning.drill",
    "learning.drillplan",
)


def holding(name: str) -> Holding | None:
    """A holding by its name."""
    return next((found for found in HOLDINGS if found.name == name), None)

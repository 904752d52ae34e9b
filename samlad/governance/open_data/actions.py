"""Opening a set to all, and shutting it."""

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.governance.open_data.models import OpenSet
from samlad.governance.open_data.queries import SETS
from samlad.governance.record import save
from samlad.governance.rules import check_keeps
from samlad.journal.who import Who


def switch(row: OpenSet, *, by: Who, reason: str, seen: str = "") -> bool:
    """Say whether a set is open to all; whether that is new. Raises Refused."""
    check_keeps(by)
    if row.name not in SETS:
        raise Refused(_("There is no such set."))
    return save(row, by=by, reason=reason, seen=seen)

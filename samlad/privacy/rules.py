"""What this room refuses, with a sentence."""

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.who import Who


def may_decide(who: Who) -> bool:
    """Whether this reader decides how long things are kept, and may take out what there is on somebody else."""
    return "administrator" in who.roles


def check_can_decide(who: Who) -> None:
    """Refuse everybody but system administrators."""
    if not may_decide(who):
        raise Refused(_("Only an administrator decides how long personal data is kept."))

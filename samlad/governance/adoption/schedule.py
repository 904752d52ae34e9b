"""When those who have not answered are reminded: 30 and 7 days before the reply date, the day after, then each 30 days.

Pure. Days are days in Stockholm.
"""

from datetime import date, timedelta
from typing import Final

from samlad.governance.adoption.models import LetterKind

AHEAD: Final = (timedelta(days=30), timedelta(days=7))
AFTER: Final = timedelta(days=1)
AGAIN: Final = timedelta(days=30)


def latest_due(first_told: date, reply_by: date, day: date) -> tuple[LetterKind, date] | None:
    """The last reminder that is due on a day, and which day it is for; None before the first.

    Those for days up to the one on which the recipient was first told are left out: it has the letter itself.
    """
    due = [(LetterKind.AHEAD, reply_by - before) for before in AHEAD]
    if day >= reply_by + AFTER:
        times = (day - reply_by - AFTER) // AGAIN
        due.append((LetterKind.AFTER, reply_by + AFTER + times * AGAIN))
    return next(((kind, on) for kind, on in reversed(due) if first_told < on <= day), None)


def next_due(first_told: date, reply_by: date, day: date) -> date:
    """When the next reminder after a day goes, if nothing is heard."""
    ahead = [on for before in AHEAD if (on := reply_by - before) > max(first_told, day)]
    if ahead:
        return ahead[0]
    if day < reply_by + AFTER:
        return reply_by + AFTER
    return reply_by + AFTER + ((day - reply_by - AFTER) // AGAIN + 1) * AGAIN

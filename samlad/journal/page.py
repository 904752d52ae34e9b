"""What every page of an operation starts from: the operation, its basics, and which moment is shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from samlad.base.clock import now
from samlad.journal import read
from samlad.journal.fold import Basics
from samlad.journal.models import Operation
from samlad.journal.operations import get
from samlad.journal.queries import basics
from samlad.journal.who import Who

SLIDER_POINTS: Final = 200


class OperationPage(msgspec.Struct, frozen=True):
    """An operation as one reader's page shows it. `at` is None for now, else the reader's position that is shown."""

    operation: Operation
    basics: Basics
    at: int | None
    position: int
    as_of: datetime | None
    moments: tuple[datetime, ...]

    @property
    def moment(self) -> datetime:
        """What time it is on this page: now, the moment looked back to, or the clock of what was replayed."""
        return self.as_of or now()

    def context(self, live_url: str = "") -> dict[str, Any]:
        """What the template journal/operation.html needs."""
        step = max(1, len(self.moments) // SLIDER_POINTS)
        marked = [*range(0, len(self.moments), step)]
        if self.moments and marked[-1] != len(self.moments) - 1:
            marked.append(len(self.moments) - 1)
        return {
            "operation": self.operation,
            "basics": self.basics,
            "exercise": self.operation.exercise,
            "position": self.position,
            "at": self.at,
            "as_of": self.as_of,
            "slider_times": [[index + 1, self.moments[index].isoformat()] for index in marked],
            "live_url": live_url if self.at is None else "",
        }


def operation_page(operation: UUID, who: Who, query: Mapping[str, str]) -> OperationPage:
    """The page of an operation for a reader; `query` may hold `at` (a position) or `time` (ISO 8601, aware).

    Raises NotHere where there is nothing for this reader. An `at` that makes no sense is now.
    """
    row = get(operation, who)
    moments = read.moments(operation, who)
    at = chosen(query, operation, who, len(moments))
    state = basics(operation, who, at or len(moments))
    as_of = moments[at - 1] if at else None
    if state.replayed:
        as_of = state.latest_at
    return OperationPage(row, state, at, len(moments), as_of, tuple(moments))


def chosen(query: Mapping[str, str], operation: UUID, who: Who, position: int) -> int | None:
    """The position asked for, or None for now."""
    if text := query.get("time"):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        if moment.tzinfo is None:
            return None
        at = max(1, read.position_at(operation, who, moment))
    else:
        text = query.get("at", "")
        at = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return at if 0 < at < position else None

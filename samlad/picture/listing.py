"""The list of reports: filtered, paged, as a page and as JSON. The JSON is encoded from structs, without Django."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from django.urls import reverse
from django.utils.http import urlencode

from samlad.journal import read, reading
from samlad.journal.entries import Entry
from samlad.journal.fold import Basics
from samlad.journal.who import Who
from samlad.picture.entries import Confidence, Figure, ReportFiled, Status
from samlad.picture.history import Filed
from samlad.picture.wording import first_words, short

PER_PAGE: Final = 100
MOST: Final = 1000  # in one JSON answer


class Row(msgspec.Struct, frozen=True):
    """A report as the list shows it."""

    id: UUID
    name: str
    actor: str
    status: Status
    as_of: datetime
    filed_at: datetime
    words: str
    changes: str
    conveyor: str
    unchanged: bool
    correction: bool
    corrected: bool
    limited: bool
    entry: Entry  # for the cover, where it is marked


class Shared(msgspec.Struct, frozen=True, omit_defaults=True):
    """A report as other systems get it."""

    position: int
    id: UUID
    actor: str
    name: str
    status: Status
    as_of: datetime
    occurred_at: datetime
    recorded_at: datetime
    audience: str
    event: str = ""
    consequences: str = ""
    measures: str = ""
    resources: str = ""
    forecast_24h: str = ""
    forecast_72h: str = ""
    needs: str = ""
    offers: str = ""
    communication: str = ""
    source: str = ""
    confidence: Confidence = ""
    conveyed_by: str = ""
    unchanged: bool = False
    figures: tuple[Figure, ...] = ()
    previous: UUID | None = None
    corrects: UUID | None = None
    corrected_by: UUID | None = None


class Query(msgspec.Struct, frozen=True):
    """What the address asks for: one actor, one status, reports before a position of the reader."""

    actor: str = ""
    status: str = ""
    before: int = 0

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Query":
        """From a query string; what makes no sense is left out."""
        before = asked.get("before", "")
        return cls(
            asked.get("actor", ""),
            asked.get("status", ""),
            int(before) if before.isascii() and before.isdigit() and len(before) < 10 else 0,
        )

    def chosen(self, reports: Iterable[Filed]) -> list[Filed]:
        """The reports asked for by actor and status, newest first."""
        found = [one for one in reports if self.actor in ("", one.actor) and self.status in ("", one.payload.status)]
        found.reverse()
        return found

    def start(self, found: list[Filed]) -> int:
        """Where the page begins in them."""
        if not self.before:
            return 0
        return next((place for place, one in enumerate(found) if one.position < self.before), len(found))


def row(filed: Filed, reports: Mapping[UUID, Filed], basics: Basics) -> Row:
    """A report with what changed since the one before it."""
    entry, payload = filed.entry, filed.payload
    before = reports.get(filed.previous) if filed.previous else None
    return Row(
        entry.id,
        basics.short(entry.actor),
        entry.actor,
        payload.status,
        payload.as_of,
        entry.occurred_at,
        first_words(payload),
        short(filed.since(before)) if before else "",
        basics.short(payload.conveyed_by) if payload.conveyed_by else "",
        payload.unchanged,
        filed.corrects is not None,
        filed.corrected_by is not None,
        entry.audience not in ("all", "public"),
        entry,
    )


def encoded(operation: UUID, who: Who, found: list[Filed], query: Query, basics: Basics) -> bytes:
    """At most MOST reports as JSON, with the texts of those that are marked, and the address of those before them.

    That they are taken out is logged.
    """
    begin = query.start(found)
    chosen = found[begin : begin + MOST]
    whole = read.with_texts(operation, who, [(one.position, one.entry) for one in chosen])
    reading.note(who, (entry for _number, entry in whole), "export")
    more = begin + MOST < len(found)
    last = {"format": "json", "before": str(chosen[-1].position)} if more else {}
    filters = {name: value for name, value in (("actor", query.actor), ("status", query.status)) if value}
    address = reverse("reports", args=[operation]) + "?" + urlencode(filters | last)
    answer = {
        "operation": operation,
        "title": basics.title,
        "exercise": basics.exercise,
        "count": len(found),
        "reports": [shared(one, entry, basics) for one, (_number, entry) in zip(chosen, whole, strict=True)],
        "next": address if more else None,
    }
    return msgspec.json.encode(answer)


def shared(filed: Filed, entry: Entry, basics: Basics) -> Shared:
    """A report as other systems get it; `entry` has its texts."""
    told: ReportFiled = entry.payload
    return Shared(
        filed.position, entry.id, entry.actor, basics.name(entry.actor), told.status, told.as_of,
        entry.occurred_at, entry.recorded_at, filed.entry.audience, told.event, told.consequences, told.measures,
        told.resources, told.forecast_24h, told.forecast_72h, told.needs, told.offers, told.communication,
        told.source, told.confidence, told.conveyed_by, told.unchanged,
        told.figures, filed.previous, filed.corrects, filed.corrected_by,
    )  # fmt: skip

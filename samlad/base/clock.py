"""The one place that asks what time it is, so that tests and the time slider can answer instead."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The present moment, aware, in UTC (design, section 7: stored in UTC)."""
    return datetime.now(UTC)

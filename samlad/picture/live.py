"""The live region of this room: that something newer has come. It never touches what stands on the page."""

from collections.abc import Mapping
from uuid import UUID

from django.template.loader import render_to_string

from samlad.journal import read
from samlad.journal.live import LivePage, Regions
from samlad.journal.who import Who
from samlad.picture.queries import REPORTS

EDITIONS = frozenset({"picture.published", "picture.closing_published"})


def news(operation: UUID, who: Who, params: Mapping[str, str], at: int) -> Regions:
    """How many reports and pictures have come after the reader's position `since`, the one the page was made at, until
    position `at`."""
    since = int(params.get("since", "0"))
    reports = len(read.entries(operation, who, after=since, until=at, kinds=REPORTS))
    editions = read.entries(operation, who, after=since, until=at, kinds=EDITIONS)
    context = {
        "reports": reports,
        "number": editions[-1][1].payload.number if editions and editions[-1][1].payload else 0,
        "operation": operation,
    }
    return {"picture-news": render_to_string("picture/news.html", context)}


LIVE_PAGES = (LivePage("picture", news),)

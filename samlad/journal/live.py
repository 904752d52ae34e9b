"""Live regions: parts of a page that are kept up to date, rendered once for all who may read the same.

A room offers a `LivePage`: a function from operation and reader to the HTML of each region. The page's own view renders
its first HTML from the same function, so that page and stream cannot disagree. What it shows may depend only on what
the reader may read and on `params`, never on who the reader is: buttons and forms stand outside live regions.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import msgspec
from django.core import signing
from django.template import Context, Engine
from django.template.loader import get_template

from samlad.base.clock import now
from samlad.journal.who import Who

SALT: Final = "samlad.live"
# A ticket stands for the reader's seats when the page was fetched; after this the page must be fetched again.
VALID: Final = timedelta(hours=1)


class Region(str):
    """The HTML of a region. `version` is what it was rendered from: the same version needs no sending again, though
    texts like "12 min ago" in it have moved on."""

    version: object

    def __new__(cls, html: str, version: object = None) -> "Region":
        """A region whose version is its HTML unless told otherwise."""
        region = super().__new__(cls, html)
        region.version = html if version is None else version
        return region


Regions = Mapping[str, str]


class LivePage(msgspec.Struct, frozen=True):
    """A page with live regions: given operation, reader, params and the reader's position, each region's HTML as it is
    at exactly that position. Were it newer, a reader who has that position would never be told of the difference."""

    name: str
    regions: Callable[[UUID, Who, Mapping[str, str], int], Regions]


class Ticket(msgspec.Struct, frozen=True):
    """What a stream's address says: which page, for which reader, in which language, and what it already shows."""

    page: str
    operation: UUID
    who: Who
    language: str
    position: int
    params: tuple[tuple[str, str], ...] = ()


_pages: dict[str, LivePage] = {}
decode_ticket: Final = msgspec.json.Decoder(Ticket).decode


def register(pages: Iterable[LivePage]) -> None:
    """Make live pages known, at start."""
    _pages.update({page.name: page for page in pages})


def page(name: str) -> LivePage:
    """A live page by name. Raises KeyError."""
    return _pages[name]


def url(page: str, operation: UUID, who: Who, language: str, *, position: int, **params: str) -> str:
    """The address of a reader's stream for a page that shows the reader's `position`. Signed; valid for an hour."""
    ticket = Ticket(page, operation, who, language, position, tuple(sorted(params.items())))
    return "/live/" + signing.dumps(msgspec.to_builtins(ticket), salt=SALT, compress=True)


def ticket(signed: str) -> Ticket | None:
    """The ticket of an address; None when it is forged or too old."""
    try:
        return msgspec.convert(signing.loads(signed, salt=SALT, max_age=VALID), Ticket)
    except (signing.BadSignature, msgspec.ValidationError):
        return None


def rendered(template: str, language: str, **context: Any) -> Region:
    """A template's HTML, kept for as long as the same context (hashable values) is asked for within the minute."""
    return _rendered(template, language, tuple(sorted(context.items())), int(now().timestamp()) // 60)


def forget() -> None:
    """Keep nothing: something has been shredded."""
    _rendered.cache_clear()


@lru_cache(maxsize=20_000)
def _rendered(template: str, language: str, context: tuple[tuple[str, Any], ...], minute: int) -> Region:
    found = get_template(template)
    engine: Engine = found.template.engine  # type: ignore[attr-defined]
    html = found.template.render(Context(dict(context), autoescape=engine.autoescape))  # type: ignore[attr-defined]
    return Region(html.strip(), (template, language, context))

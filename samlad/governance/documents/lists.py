"""The lists of steering documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samlad.governance.documents.models import DocumentVersion, Status, SteeringDocument
from samlad.governance.documents.queries import Library, Standing
from samlad.governance.lists import Column, Listing

BADGES: Final[Mapping[str, str]] = {Status.IN_FORCE: "active", Status.OUT: "strong"}


UNTIL: Final = gettext_lazy("Is to apply to and including")


@dataclass(frozen=True)
class Line:
    """A version in a list."""

    document: SteeringDocument
    version: DocumentVersion
    standing: Standing
    url: str


@dataclass(frozen=True)
class Branch:
    """A document in the tree of what is an attachment to what, with its latest version that is somewhere."""

    document: SteeringDocument
    lines: tuple[Line, ...]
    under: "tuple[Branch, ...]"


def asked_on(on: date | None) -> str:
    """The end of an address within a page that is seen as it was on a day."""
    return f"?on={on}" if on else ""


def line(library: Library, version: DocumentVersion, day: date) -> Line:
    """One version as it is listed."""
    url = reverse("edition", args=[version.pk]) + asked_on(library.on)
    return Line(library.document_of(version), version, library.standing(version, day), url)


def versions(library: Library, day: date, query: Mapping[str, str]) -> Listing[Line]:
    """All versions of all documents."""
    found = [
        line(library, one, day) for document in library.documents.values() for one in library.versions_of(document)
    ]
    return Listing(
        [
            Column("document", pgettext_lazy("list", "Document"), title_of, link=lambda one: one.url),
            Column("kind", gettext_lazy("Kind"), lambda one: one.document.get_kind_display(), choice=True),
            Column("version", gettext_lazy("Version"), lambda one: one.version.number),
            Column(
                "status", pgettext_lazy("document", "Status"), lambda one: one.standing.label,
                badge=lambda one: BADGES.get(one.standing.status, ""), choice=True,
            ),
            Column("since", pgettext_lazy("status", "Since"), lambda one: one.standing.since, text=since),
            Column("dated", gettext_lazy("Dated"), lambda one: one.version.dated, hidden=True),
            Column("valid_from", gettext_lazy("Is to apply from"), lambda one: one.version.valid_from, hidden=True),
            Column("valid_to", UNTIL, lambda one: one.version.valid_to, hidden=True),
            Column("obtained", gettext_lazy("The text is obtained"), lambda one: one.version.obtained, choice=True),
            Column("source", gettext_lazy("Source"), lambda one: one.version.source, hidden=True),
        ],
        found, query, name=_("steering-documents"),
    )  # fmt: skip


def title_of(one: Line) -> str:
    """The title of the document."""
    return one.document.title


def since(one: Line) -> str:
    """The day of a status, with that it is assumed."""
    if one.standing.since is None:
        return ""
    told = one.standing.since.isoformat()
    return _("%(day)s (assumed)") % {"day": told} if one.standing.assumed else told


def tree(library: Library, day: date) -> list[Branch]:
    """The documents, each with those that are attachments to it beneath."""
    known = library.documents

    def branch(document: SteeringDocument) -> Branch:
        under = [one for one in known.values() if one.part_of_id == document.pk]
        lines = tuple(line(library, one, day) for one in library.versions_of(document))
        return Branch(document, lines, tuple(branch(one) for one in under))

    return [branch(one) for one in known.values() if one.part_of_id not in known]

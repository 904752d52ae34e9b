"""A file of joint goals, read and checked as a whole. What is wrong is told by line; with anything wrong nothing of it
is taken, so that a slip never becomes half a målbild."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from samlad.governance.documents.queries import Library
from samlad.governance.goals.models import Capability, SubCapability
from samlad.governance.goals.rows import KINDS, LENGTHS, AnyRow, AreaRow, Content, GoalRow, SubRow, VisionRow, content
from samlad.registers.region_files import Place, Refusal, Wrong, checked, read_file

LARGEST: Final = 500_000
"""Bytes of a file; a målbild of a hundred goals has fewer than 100 000."""
RESERVED: Final = frozenset({"new", "import", "capabilities", "areas", "goals"})
"""Words that stand in the addresses of other pages."""
CODE: Final = re.compile(r"[A-Za-z0-9_-]+\Z")
DOTTED: Final = re.compile(r"[A-Za-z0-9_.-]+\Z")


@dataclass
class Read:
    """What a file says, and what is wrong with it."""

    content: Content = field(default_factory=Content)
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What a file can refer to without saying it: codes of capabilities and their parts, versions of documents."""

    capabilities: frozenset[str]
    versions: frozenset[tuple[str, str]]


def read(name: str, sent: bytes) -> Read:
    """Read a file against what is in the registers now."""
    if len(sent) > LARGEST:
        return Read(refused=[Refusal(name, _("The file is larger than 500 kB; joint goals are not that long."))])
    tables, refused = read_file(name, sent, KINDS)
    placed: list[tuple[Place, AnyRow]] = []
    for table in tables:
        try:
            row = checked(table.values, table.expected)
            check_alone(row)
            placed.append((table.place, row))
        except Wrong as wrong:
            refused.append(Refusal(table.place.at(wrong.key), wrong.why))
    refused += check_together(placed, known(placed))
    if not tables and not refused:
        refused.append(Refusal(name, _("There are no joint goals in it, and no capabilities.")))
    return Read(content([row for _place, row in placed]), refused)


def known(placed: Iterable[tuple[Place, AnyRow]]) -> Known:
    """What can be referred to: capabilities of the file where it has any, as it then replaces the others."""
    own = {row.code for _place, row in placed if not isinstance(row, VisionRow | AreaRow | GoalRow)}
    stored = {*Capability.objects.values_list("code", flat=True), *SubCapability.objects.values_list("code", flat=True)}
    library = Library()
    versions = frozenset((library.document_of(one).code, one.number) for one in library.versions.values())
    return Known(frozenset(own or stored), versions)


def check_alone(row: Any) -> None:
    """What can be seen of one table by itself. Raises Wrong."""
    for key, longest in LENGTHS[type(row)].items():
        if len(getattr(row, key)) > longest:
            raise Wrong(_("“%(key)s” is longer than %(longest)s characters.") % {"key": key, "longest": longest}, key)
    if not (DOTTED if isinstance(row, SubRow) else CODE).match(row.code):
        raise Wrong(_("“code” has letters a to z, digits, hyphens and underscores only."), "code")
    if isinstance(row, VisionRow):
        if row.code in RESERVED:
            raise Wrong(_("That word stands in other addresses already. Choose another short name."), "code")
        if row.last_day < row.first_day:
            raise Wrong(_("The last day is before the first."), "last_day")
        if bool(row.document) != bool(row.version):
            raise Wrong(_("“document” and “version” are said together or not at all."), "document")


def check_together(placed: list[tuple[Place, AnyRow]], known: Known) -> list[Refusal]:
    """What is wrong between the tables: codes twice, references to what is not there."""
    refused = []
    names = Counter(name_of(row) for _place, row in placed)
    there = set(names)
    met = set()
    for place, row in placed:
        if name_of(row) in met:
            refused.append(Refusal(place.at("code"), _("This code stands here twice.")))
        met.add(name_of(row))
        refused += [Refusal(place.at(key), why) for key, why in unknown(row, there, known)]
    return refused


def name_of(row: AnyRow) -> tuple[str, ...]:
    """What a table is told apart by."""
    if isinstance(row, AreaRow):
        return "area", row.vision, row.code
    if isinstance(row, GoalRow):
        return "goal", row.vision, row.area, row.code
    return ("vision" if isinstance(row, VisionRow) else "capability", row.code)


def unknown(row: AnyRow, there: set[tuple[str, ...]], known: Known) -> Iterable[tuple[str, str]]:
    """What a table refers to that is nowhere: the key and a sentence."""
    if isinstance(row, AreaRow | GoalRow) and ("vision", row.vision) not in there:
        yield "vision", _("There is no [[vision]] with the code “%(code)s” in the file.") % {"code": row.vision}
    elif isinstance(row, GoalRow) and ("area", row.vision, row.area) not in there:
        yield "area", _("There is no [[area]] with the code “%(code)s” in the file.") % {"code": row.area}
    if isinstance(row, SubRow) and ("capability", row.capability) not in there:
        yield (
            "capability",
            _("There is no [[capability]] with the code “%(code)s” in the file.") % {"code": row.capability},
        )
    if isinstance(row, GoalRow):
        for code in row.aims_at:
            if code not in known.capabilities:
                yield "aims_at", _("There is no capability with the code “%(code)s”.") % {"code": code}
    if isinstance(row, VisionRow) and row.document and (row.document, row.version) not in known.versions:
        told = {"document": row.document, "version": row.version}
        yield "document", _("There is no version %(version)s of a document with the short name %(document)s.") % told

"""The desk's view of the state: what there is to take in each block, and what stands in the working version."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from samlad.journal.entries import Entry
from samlad.journal.fold import Basics
from samlad.picture.changes import plain
from samlad.picture.entries import BLOCKS, TEXTS, Block, ReportFiled
from samlad.picture.fold import Picture, Report, Taken
from samlad.picture.history import Filed

OPEN = frozenset({"all", "public"})


class Card(msgspec.Struct, frozen=True):
    """What one actor's latest report says in one block."""

    report: Report
    text: str
    taken: bool
    fresh: bool  # new or changed in this block since the actor's report before
    restricted: bool  # not everybody who will read the published picture may read the report
    earlier: UUID | None = None  # the statement that was taken from an earlier report of this actor
    covered: Entry | None = None  # where it is marked: what it says is read by opening it


class Line(msgspec.Struct, frozen=True):
    """A statement of the working version, with what has happened to its source since it was taken."""

    taken: Taken
    newer: UUID | None = None  # a newer report from the same actor that says something else in this block
    corrected: bool = False  # the report it was taken from has been corrected
    restricted: bool = False


class Section(msgspec.Struct, frozen=True):
    """A block of the working version."""

    block: Block
    lines: tuple[Line, ...]
    waiting: int  # statements in the reports that have not been taken in


def block_text(report: ReportFiled, block: Block) -> str:
    """What a report says in a block, as one text. Figures stand with the consequences."""
    if block == "forecast":
        parts = [
            _("24 h: %(text)s") % {"text": report.forecast_24h} if report.forecast_24h else "",
            _("72 h: %(text)s") % {"text": report.forecast_72h} if report.forecast_72h else "",
        ]
    elif block == "needs":
        parts = [report.needs, _("Offers: %(text)s") % {"text": report.offers} if report.offers else ""]
    elif block == "consequences":
        parts = [report.consequences, *figure_lines(report)]
    else:
        parts = [getattr(report, block)]
    return "\n".join(part for part in parts if part)


def figure_lines(report: ReportFiled) -> list[str]:
    """Each figure of a report as a line of text."""
    return [f"{figure.label}: {plain(figure.value)} {figure.unit}".rstrip() for figure in report.figures]


def cards(state: Picture, basics: Basics, reports: Mapping[UUID, Filed], block: Block) -> list[Card]:
    """What every actor says in a block, in the participants' order.

    What has been repeated word for word since it was taken is still taken in.
    """
    found = []
    for actor in in_order(state, basics):
        report = state.reports[actor].current
        text = block_text(report.payload, block)
        if report.marking:
            covered = reports[report.id].entry
            found.append(Card(report, "", False, False, report.audience not in OPEN, covered=covered))
            continue
        if not text:
            continue
        sources = {
            one.id: reports.get(one.payload.report) if one.payload.report else None
            for one in state.statements.values()
            if one.payload.block == block and one.payload.actor == actor
        }
        taken = any(it and (it.id == report.id or block_text(it.payload, block) == text) for it in sources.values())
        fresh = report.previous is None or any(TEXTS.get(one.field, "consequences") == block for one in report.changes)
        earlier = None if taken else next(iter(sources), None)
        found.append(Card(report, text, taken, fresh, report.audience not in OPEN, earlier))
    return found


def in_order(state: Picture, basics: Basics) -> list[str]:
    """The actors that have reported, participants first and in their order."""
    return [code for code in basics.participants if code in state.reports] + [
        code for code in state.reports if code not in basics.participants
    ]


def sections(state: Picture, basics: Basics, reports: Mapping[UUID, Filed]) -> list[Section]:
    """The working version by block."""
    return [
        Section(
            block,
            tuple(line(one, state, reports) for one in state.statements.values() if one.payload.block == block),
            sum(not card.taken and not card.covered for card in cards(state, basics, reports, block)),
        )
        for block in BLOCKS
    ]


def line(taken: Taken, state: Picture, reports: Mapping[UUID, Filed]) -> Line:
    """One statement, compared with what its actor says now."""
    source = reports.get(taken.payload.report) if taken.payload.report else None
    current = state.reports.get(taken.payload.actor)
    if source is None or current is None:
        return Line(taken)
    block = taken.payload.block
    covered = source.entry.marking or current.current.marking  # what it says can't be compared here
    says_else = not covered and block_text(source.payload, block) != block_text(current.current.payload, block)
    return Line(
        taken,
        newer=current.current.id if current.current.id != source.id and says_else else None,
        corrected=source.corrected_by is not None,
        restricted=source.entry.audience not in OPEN,
    )

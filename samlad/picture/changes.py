"""What differs between two reports of the same actor. Pure: part of the fold."""

from decimal import Decimal
from typing import Literal

import msgspec

from samlad.picture.entries import TEXTS, ReportFiled


class Change(msgspec.Struct, frozen=True):
    """One difference. `field` is `status`, a text field, or the label of a figure; `what` says how to show it."""

    what: Literal["status", "added", "removed", "changed", "figure", "revised", "silent"]
    field: str
    before: str = ""
    after: str = ""


def changes(before: ReportFiled, after: ReportFiled) -> tuple[Change, ...]:
    """The differences from one report to the next, the status first."""
    found: list[Change] = []
    if before.status != after.status:
        found.append(Change("status", "status", before.status, after.status))
    for field in TEXTS:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            found.append(Change("changed" if old and new else "added" if new else "removed", field, old, new))
    return (*found, *figure_changes(before, after))


def told_changes(before: ReportFiled, after: ReportFiled, covered: bool) -> tuple[Change, ...]:
    """The same where one of them may be marked: its texts are blank, and only its status can be compared."""
    found = changes(before, after)
    return tuple(one for one in found if one.what == "status") if covered else found


def figure_changes(before: ReportFiled, after: ReportFiled) -> list[Change]:
    """What became of the figures. A cumulative figure that goes down has been revised; one that is no longer told is
    silent, which is not zero."""
    old = {figure.label: figure for figure in before.figures}
    new = {figure.label: figure for figure in after.figures}
    found = []
    for label, figure in new.items():
        if label not in old:
            found.append(Change("figure", label, "", plain(figure.value)))
        elif old[label].value != figure.value:
            revised = figure.cumulative and figure.value < old[label].value
            what: Literal["revised", "figure"] = "revised" if revised else "figure"
            found.append(Change(what, label, plain(old[label].value), plain(figure.value)))
    found.extend(Change("silent", label, plain(figure.value)) for label, figure in old.items() if label not in new)
    return found


def plain(value: Decimal) -> str:
    """A number without exponent or trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

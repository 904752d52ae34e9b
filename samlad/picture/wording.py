"""What the codes and changes of the picture are called, in the reader's language."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from samlad.base.templatetags.marks import status_word
from samlad.picture.changes import Change
from samlad.picture.entries import TEXTS, ReportFiled

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BLOCK_NAMES: Final[dict[str, "_StrPromise"]] = {
    "event": pgettext_lazy("block", "Event"),
    "consequences": pgettext_lazy("block", "Consequences"),
    "measures": pgettext_lazy("block", "Measures"),
    "resources": pgettext_lazy("block", "Resources"),
    "forecast": pgettext_lazy("block", "Forecast"),
    "needs": pgettext_lazy("block", "Needs"),
    "communication": pgettext_lazy("block", "Communication"),
}
FIELD_NAMES: Final[dict[str, "_StrPromise"]] = {
    **{field: BLOCK_NAMES[field] for field in ("event", "consequences", "measures", "resources")},
    "forecast_24h": gettext_lazy("Forecast 24 h"),
    "forecast_72h": gettext_lazy("Forecast 72 h"),
    "needs": pgettext_lazy("block", "Needs"),
    "offers": gettext_lazy("Offers"),
    "communication": BLOCK_NAMES["communication"],
}
CONFIDENCE: Final[dict[str, "_StrPromise"]] = {
    "confirmed": pgettext_lazy("confidence", "Confirmed"),
    "likely": pgettext_lazy("confidence", "Likely"),
    "unconfirmed": pgettext_lazy("confidence", "Unconfirmed"),
}
READ_FIRST: Final = ("consequences", "event", "measures", "needs")


def confidence_word(confidence: str) -> str:
    """The word for how sure something is; empty when it is not told."""
    return str(CONFIDENCE.get(confidence, ""))


def short(changes: Sequence[Change], limit: int = 2) -> str:
    """What changed, in a line: "Red from yellow · Changed: consequences, measures"; empty for no change.

    At most `limit` parts; how many more there are is told.
    """
    parts = [*status_parts(changes), *revised_parts(changes), *text_parts(changes), *figure_parts(changes)]
    if len(parts) > limit:
        left = len(parts) - limit
        parts = [*parts[:limit], ngettext("%(count)s more", "%(count)s more", left) % {"count": left}]
    return " · ".join(parts)


def status_parts(changes: Sequence[Change]) -> list[str]:
    """From which status to which."""
    return [
        _("%(after)s from %(before)s") % {"after": status_word(one.after), "before": status_word(one.before).lower()}
        for one in changes
        if one.what == "status"
    ]


def revised_parts(changes: Sequence[Change]) -> list[str]:
    """Cumulative figures that went down."""
    return [
        _("%(label)s %(before)s → %(after)s (revised)") % {"label": one.field, "before": one.before, "after": one.after}
        for one in changes
        if one.what == "revised"
    ]


def text_parts(changes: Sequence[Change]) -> list[str]:
    """Which texts are changed, new or gone."""
    parts = []
    for what, sentence in (
        ("changed", _("Changed: %(fields)s")),
        ("added", _("New: %(fields)s")),
        ("removed", _("Removed: %(fields)s")),
    ):
        names = [str(FIELD_NAMES[one.field]) for one in changes if one.what == what and one.field in FIELD_NAMES]
        if names:
            fields = [name[:1].lower() + name[1:] for name in names]
            parts.append(sentence % {"fields": ", ".join(fields)})
    return parts


def figure_parts(changes: Sequence[Change]) -> list[str]:
    """Figures that are new, moved, or are no longer told."""
    parts = []
    for one in changes:
        if one.what == "figure" and one.before:
            parts.append(f"{one.field} {one.before} → {one.after}")
        elif one.what == "figure":
            parts.append(f"{one.field} {one.after}")
        elif one.what == "silent":
            parts.append(_("%(label)s no longer told") % {"label": one.field})
    return parts


def first_words(report: ReportFiled, length: int = 160) -> str:
    """The beginning of what a report says; its figures when it has no text."""
    for field in (*READ_FIRST, *TEXTS):
        if text := getattr(report, field):
            line = " ".join(text.split())
            return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"
    return ", ".join(f"{figure.label} {figure.value} {figure.unit}".strip() for figure in report.figures[:4])

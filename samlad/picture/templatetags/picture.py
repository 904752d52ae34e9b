"""What pages about reports and pictures need: the names of blocks and codes, statuses, texts with their changes."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samlad.journal.fold import Basics
from samlad.journal.wording import readers
from samlad.picture import wording
from samlad.picture.changes import Change, plain
from samlad.picture.diff import Piece
from samlad.picture.entries import TEXTS, Figure, ReportFiled
from samlad.picture.fold import Report
from samlad.picture.wording import BLOCK_NAMES, FIELD_NAMES, confidence_word, short

register = template.Library()

register.filter("short", short)
register.filter("confidence", confidence_word)
register.filter("readers", readers)


@register.filter
def block_name(block: str) -> str:
    """What a block of the picture is called."""
    return str(BLOCK_NAMES.get(block, block))


@register.filter
def field_name(field: str) -> str:
    """What a text of a report is called."""
    return str(FIELD_NAMES.get(field, field))


@register.filter
def texts_told(report: ReportFiled) -> list[tuple[str, str]]:
    """The texts of a report that say something, by field."""
    return [(name, text) for name in TEXTS if (text := getattr(report, name))]


TAGS = {"same": "{}{}", "added": "{}<ins>{}</ins>", "removed": "{}<del>{}</del>"}


@register.filter
def pieces(found: Sequence[Piece]) -> SafeString:
    """A text with what came and what went marked in it. One that was written anew is read first, the old one after."""
    if [kind for kind, _text in found] == ["removed", "added"]:
        (_, old), (_, new) = found
        return format_html("<ins>{}</ins>\n<del>{}</del>", new, old)
    parts = ((kind, text[: len(text) - len(text.lstrip())], text.lstrip()) for kind, text in found)
    # A word brings the space before it: outside the mark it looks as it is read.
    return format_html_join("", "{}", ((format_html(TAGS[kind], space, text),) for kind, space, text in parts))


@register.filter
def after(found: Sequence[Piece]) -> str:
    """A text as it is now, without the marks."""
    return "".join(text for kind, text in found if kind != "removed")


@register.filter
def has_changes(found: Sequence[Piece]) -> bool:
    """Whether anything in a text came or went."""
    return any(kind != "same" for kind, _text in found)


@register.filter
def number(figure: Figure) -> str:
    """A figure's value without needless decimals."""
    return plain(figure.value)


@register.filter
def of_field(changes: Sequence[Change], field: str) -> Change | None:
    """The change of one text or figure among a report's changes."""
    return next((one for one in changes if one.field == field), None)


@register.filter
def lookup(names: dict[str, str], key: str) -> str:
    """A person's name by key; empty when it is not known."""
    return names.get(key, "")


@register.filter
def short_name(actor: str, basics: Basics) -> str:
    """An actor's short name in this operation."""
    return basics.short(actor)


@register.filter
def words(report: ReportFiled) -> str:
    """The beginning of what a report's payload says."""
    return wording.first_words(report, 120)


@register.filter
def first_words(report: Report) -> str:
    """The beginning of what a report says."""
    return wording.first_words(report.payload, 90)

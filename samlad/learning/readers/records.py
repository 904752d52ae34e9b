"""Records: JSON and JSON Lines. A record with a time, a name and a text or figures is a report, whatever it is called.

What a record lacks is looked for in the records it lies within, and a record that is no report is searched for some.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from django.utils.translation import gettext as _

from samlad.learning.readers import prose
from samlad.learning.readers.columns import Roles, interpret, roles_of
from samlad.learning.readers.content import LONGEST, one_line
from samlad.learning.told import Fault, Told

DEEPEST: Final = 12
MOST_LINES_REFUSED: Final = 1_000
Scalars = dict[str, str]


class Problem(Exception):
    """A record can't be a report; the message is a sentence."""


def recognises(text: str) -> bool:
    """A text that begins as JSON does."""
    start = text.lstrip()[:1]
    return start in ("{", "[")


def read(file: str, text: str) -> Iterator[Told | Fault]:
    """The reports of a JSON document, or of JSON Lines."""
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        lines = text.split("\n")
        if len([line for line in lines if line.strip()]) > 1 and text.lstrip().startswith("{") and "}\n" in text:
            yield from read_lines(file, lines)
        else:
            yield Fault(file, 1, not_json(error))
        return
    yield from records_of(file, 1, document)


def read_lines(file: str, lines: list[str]) -> Iterator[Told | Fault]:
    """The reports of JSON Lines; a broken line is told and the rest goes on."""
    refused = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            refused += 1
            if refused > MOST_LINES_REFUSED:
                yield Fault(file, number, _("Too many lines are not JSON; the rest of the file was not read."))
                return
            yield Fault(file, number, not_json(error))
            continue
        yield from records_of(file, number, record)


def not_json(error: Exception) -> str:
    """Why a text is not JSON."""
    return _("This is not JSON: %(reason)s.") % {"reason": one_line(str(error), 120).rstrip(".")}


def records_of(file: str, line: int, document: Any) -> Iterator[Told | Fault]:
    """The reports of a JSON value; one fault when there are none."""
    found = False
    for one in walk(file, line, document, {}, 0):
        found = True
        yield one
    if not found:
        yield Fault(file, line, _("There is no record here with a time, a name and a text."))


def walk(file: str, line: int, node: Any, outer: Scalars, depth: int) -> Iterator[Told | Fault]:
    """The reports in a value and in what lies within it. Faults come from records that hold nothing further in."""
    if depth > DEEPEST:
        return
    if isinstance(node, list):
        for one in node:
            if isinstance(one, dict | list):
                yield from walk(file, line, one, outer, depth + 1)
        return
    if not isinstance(node, dict):
        return
    own = scalars(node)
    inner = [one for one in node.values() if isinstance(one, dict | list)]
    try:
        reports = list(report_of(file, line, own, outer))
    except Problem as problem:
        found = False
        for one in inner:
            for report in walk(file, line, one, {**outer, **own}, depth + 1):
                found = True
                yield report
        if not found and own and (depth <= 1 or len(own) > 3):
            yield Fault(file, line, str(problem))
        return
    yield from reports


def scalars(node: Mapping[str, Any]) -> Scalars:
    """A record's own plain values as texts, and those one level down under "outer inner" names."""
    flat: Scalars = {}
    for name, value in node.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            flat[str(name)] = str(value)
        elif isinstance(value, dict):
            for inner, deeper in value.items():
                if isinstance(deeper, str | int | float) and not isinstance(deeper, bool):
                    flat.setdefault(f"{name} {inner}", str(deeper))
    return flat


def report_of(file: str, line: int, own: Scalars, outer: Scalars) -> Iterator[Told | Fault]:
    """A record as reports. Raises Problem when it lacks what makes one."""
    roles = roles_of(tuple(own))
    text = own.get(roles.text, "")
    if not (text or roles.fields or roles.titles):
        raise Problem(_("There is no text in it."))
    if len(text) > LONGEST:
        raise Problem(_("The text is longer than %(count)s characters.") % {"count": LONGEST})
    around = {**outer, **own}
    if not roles.when and not roles.actor and text:
        # A text alone, as from a web page: it says itself when it is from and whose it is.
        outer_roles = roles_of(tuple(outer))
        if not outer_roles.when:
            yield from prose.read_text(file, line, text, url=url_of(around))
            return
    yield interpret_record(file, line, own, around, roles)


def url_of(values: Scalars) -> str:
    """The address a record says it comes from."""
    return next((value for value in values.values() if value.startswith(("https://", "http://"))), "")


def interpret_record(file: str, line: int, own: Scalars, around: Scalars, roles: Roles) -> Told:
    """A record with a time of its own or around it. Raises Problem."""
    wide = roles_of(tuple(around))
    merged = Roles(
        when=roles.when or wide.when,
        actor=roles.actor or wide.actor,
        places=roles.places or wide.places,
        text=roles.text,
        titles=roles.titles,
        status=roles.status or wide.status,
        fields=roles.fields,
        figures=roles.figures,
    )
    told = interpret(file, line, around, merged, url=url_of(around))
    if isinstance(told, Fault):
        raise Problem(told.reason)
    return told

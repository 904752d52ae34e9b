"""The message catalogues: `python -m samlad.base.catalogues extract|check|compile`, without GNU gettext.

Texts are English where they are written; each room keeps its Swedish in locale/sv/LC_MESSAGES/django.po. A room without
texts has no catalogue. The .mo files that Django reads are compiled beside them and never committed.
"""

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SAMLAD = Path(__file__).resolve().parent.parent
SINGLE = ("_", "gettext", "gettext_lazy", "gettext_noop")
PLURAL = ("ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy")
CONTEXT = ("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy")
CALLS: Any = {*SINGLE, *PLURAL, *CONTEXT}  # babel only asks whether a name is in it
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{[^{}]*\}")


class Text(NamedTuple):
    """One text to translate, and where it was first met."""

    context: str | None
    text: str
    plural: str | None
    place: str

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes it one message in a catalogue."""
        return self.context, self.text


def rooms() -> list[Path]:
    """The folders of all rooms."""
    return sorted(path.parent for path in SAMLAD.glob("*/__init__.py"))


def catalogue_file(room: Path) -> Path:
    """Where a room's Swedish lies, or would lie."""
    return room / "locale" / "sv" / "LC_MESSAGES" / "django.po"


def texts(room: Path) -> dict[tuple[str | None, str], Text]:
    """Every text of a room's program and templates; tests have none."""
    found: dict[tuple[str | None, str], Text] = {}
    for file in sorted(room.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.relative_to(room).parts):
            _collect(found, file, file.read_text())
    for file in sorted(path for path in (room / "templates").rglob("*") if path.is_file()):
        source = templatize(file.read_text(), origin=str(file))
        # Only calls are of interest: indentation would be a syntax error to the tokenizer.
        _collect(found, file, "\n".join(line.strip() for line in source.split("\n")))
    return found


def _collect(found: dict[tuple[str | None, str], Text], file: Path, source: str) -> None:
    arguments: Any
    for line, function, arguments, _comments in extract_python(io.BytesIO(source.encode()), CALLS, (), {}):
        parts = [arguments] if isinstance(arguments, str) else list(arguments or ())
        strings = [part for part in parts if isinstance(part, str)]
        context = strings.pop(0) if function in CONTEXT and strings else None
        if strings and strings[0]:
            plural = strings[1] if function in PLURAL and len(strings) > 1 else None
            text = Text(context, strings[0], plural, f"{file.relative_to(SAMLAD.parent)}:{line}")
            found.setdefault(text.key, text)


def read(room: Path) -> Catalog | None:
    """A room's Swedish catalogue, if it has one. Raises on a file that is not a catalogue."""
    file = catalogue_file(room)
    if not file.exists():
        return None
    with file.open("rb") as source:
        return read_po(source, locale="sv", abort_invalid=True)


def faults(room: Path) -> Iterator[str]:
    """What is wrong with a room's Swedish, one sentence each."""
    wanted = texts(room)
    catalogue = read(room) or Catalog(locale="sv")
    for text in wanted.values():
        message = catalogue.get(text.text, text.context)
        if message is None:
            yield f"{text.place}: {text.text!r} is not in {room.name}'s catalogue"
        else:
            yield from _message_faults(room, text, message)
    for message in catalogue:
        if message.id and (message.context, _single(message)) not in wanted:
            yield f"{room.name}: {_single(message)!r} is in the catalogue but nowhere in the room"
    for message in catalogue.obsolete.values():
        yield f"{room.name}: {_single(message)!r} is marked as obsolete"


def _message_faults(room: Path, text: Text, message: Message) -> Iterator[str]:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if message.fuzzy:
        yield f"{room.name}: the Swedish of {text.text!r} is marked as fuzzy"
    if not all(forms) or len(forms) < (2 if text.plural else 1):
        yield f"{room.name}: {text.text!r} has no Swedish"
        return
    allowed = {frozenset(PLACEHOLDER.findall(source)) for source in (text.text, text.plural or text.text)}
    if any(frozenset(PLACEHOLDER.findall(form)) not in allowed for form in forms):
        yield f"{room.name}: the Swedish of {text.text!r} has other placeholders"


def _single(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def conflicts() -> Iterator[str]:
    """Texts that two rooms translate differently: only one of them would ever be seen."""
    seen: dict[tuple[str | None, str], tuple[str, object]] = {}
    for room in rooms():
        for message in read(room) or ():
            if not message.id:
                continue
            first, string = seen.setdefault((message.context, _single(message)), (room.name, message.string))
            if string != message.string:
                yield f"{_single(message)!r} is {string!r} in {first} and {message.string!r} in {room.name}"


def extract() -> None:
    """Add new texts to the catalogues, untranslated, and take away those that are no longer there."""
    for room in rooms():
        wanted = texts(room)
        catalogue = read(room)
        if not wanted and catalogue is None:
            continue
        catalogue = catalogue or Catalog(locale="sv", project="Samlad", charset="utf-8", fuzzy=False)
        for message in list(catalogue):
            if message.id and (message.context, _single(message)) not in wanted:
                catalogue.delete(_single(message), message.context)
        for text in wanted.values():
            if catalogue.get(text.text, text.context) is None:
                catalogue.add((text.text, text.plural) if text.plural else text.text, context=text.context)
        file = catalogue_file(room)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            write_po(out, catalogue, width=120, ignore_obsolete=True, no_location=True)


def compile_all() -> None:
    """Write the .mo files that are missing or older than their catalogue."""
    for room in rooms():
        source = catalogue_file(room)
        compiled = source.with_suffix(".mo")
        if not source.exists() or (compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime):
            continue
        catalogue = read(room)
        assert catalogue is not None
        unfinished = compiled.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as out:
            write_mo(out, catalogue)
        unfinished.replace(compiled)  # another process never reads half a file


def main(command: str) -> None:
    """Run one of the three commands; `check` exits with 1 and names each fault."""
    if command == "extract":
        extract()
    elif command == "compile":
        compile_all()
    elif command == "check":
        found = [*(fault for room in rooms() for fault in faults(room)), *conflicts()]
        sys.stdout.write("".join(f"{fault}\n" for fault in found))
        sys.exit(1 if found else 0)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")

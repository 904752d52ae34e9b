"""All the files of a folder, each by the reader that recognises what is in it: the content decides, not the name."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

from django.utils.translation import gettext as _

from samlad.learning.readers import prose, records, sitrep, tables
from samlad.learning.readers.content import Unreadable, load
from samlad.learning.told import Fault, Told

READERS: Final[tuple[ModuleType, ...]] = (records, tables, sitrep, prose)
"""In the order in which they are asked. Each has `recognises(text)` and `read(file, text)`."""


def read_folder(folder: Path) -> Iterator[Told | Fault]:
    """Everything that the files under a folder tell, in order of their names."""
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        yield from read(path, str(path.relative_to(folder)))


def read(path: Path, name: str = "") -> Iterator[Told | Fault]:
    """What one file tells. Nothing in a file makes this raise."""
    name = name or path.name
    try:
        text = load(path)
    except Unreadable as unreadable:
        yield Fault(name, 0, str(unreadable))
        return
    for reader in READERS:
        if reader.recognises(text):
            yield from reader.read(name, text)
            return
    yield Fault(name, 0, _("Nothing in it looks like a report, a record or a table."))

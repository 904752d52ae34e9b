"""An office document as the zip it is: opened without being hurt by it."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from samlad.journal.examine.limits import ENTRIES, MEGABYTE, RATIO, UNPACKED, Unfit

FILES_WITHIN: Final = (
    b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"%PDF-", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b",
    b"{\\rtf", b"\xca\xfe\xba\xbe",
)  # fmt: skip
PIECE: Final = 64 * 1024


class Archive:
    """The parts of an office document by name, each read at most once and within what all together may be."""

    def __init__(self, content: bytes) -> None:
        """Raises Unfit for what is encrypted, broken or built to grow."""
        self.size = len(content)
        self.left = min(UNPACKED, max(RATIO * self.size, MEGABYTE))
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unfit("broken") from error
        self.entries = [entry for entry in self.zip.infolist() if not entry.is_dir()]
        if len(self.zip.infolist()) > ENTRIES:
            raise Unfit("bomb")
        self._check_names()
        self._check_sizes()

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return [entry.filename for entry in self.entries]

    def _check_names(self) -> None:
        seen: set[str] = set()
        for entry in self.entries:
            name = entry.filename
            strange = name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or ":" in name
            linked = stat.S_ISLNK(entry.external_attr >> 16)
            if strange or linked or "\0" in entry.orig_filename or len(name) > 255 or name.casefold() in seen:
                raise Unfit("broken")
            seen.add(name.casefold())

    def _check_sizes(self) -> None:
        """What the headers say, and that no two parts share their bytes."""
        if any(entry.flag_bits & 0x1 for entry in self.entries):
            raise Unfit("encrypted")
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in self.entries):
            raise Unfit("broken")
        if sum(entry.file_size for entry in self.entries) > self.left:
            raise Unfit("bomb")
        end = 0
        for entry in sorted(self.entries, key=lambda one: one.header_offset):
            if entry.header_offset < end:
                raise Unfit("bomb")
            end = entry.header_offset + 30 + len(entry.orig_filename.encode()) + entry.compress_size
        if end > self.size:
            raise Unfit("bomb")

    def read(self, entry: zipfile.ZipInfo) -> bytes:
        """A part, measured while it is unpacked. Raises Unfit."""
        pieces: list[bytes] = []
        try:
            with self.zip.open(entry) as part:
                while piece := part.read(PIECE):
                    self.left -= len(piece)
                    if self.left < 0:
                        raise Unfit("bomb")
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
            raise Unfit("broken") from error
        return b"".join(pieces)

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """All parts with their bytes. Raises Unfit where one is a file of another kind."""
        for entry in self.entries:
            content = self.read(entry)
            if content.startswith(FILES_WITHIN):
                raise Unfit("macros" if "vba" in entry.filename.lower() else "embedded")
            yield entry.filename, content

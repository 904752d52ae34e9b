"""Images: how large they are, what is written in them beside the picture, and the same picture without it.

A photo tells where and when it was taken and with what: positions of protected objects and of people's homes. That is
taken out, losslessly, by leaving out those parts of the file; only which way is up is kept.
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from samlad.journal.examine.limits import PIXELS, SIDE, Unfit

PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
)
WEBP_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # the JPEG segments that tell the size
ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # JPEG markers without a length


class Image(NamedTuple):
    """The picture alone, and the bytes that were left out: texts, positions, thumbnails."""

    content: bytes
    beside: bytes


def cleaned(media_type: str, content: bytes) -> Image:
    """An image without what is written beside it. Raises Unfit for one that is broken or huge."""
    try:
        match media_type:
            case "image/png":
                return png(content)
            case "image/jpeg":
                return jpeg(content)
            case _:
                return webp(content)
    except (struct.error, IndexError) as error:
        raise Unfit("broken") from error


def check_size(width: int, height: int) -> None:
    """Raises Unfit for an image that would fill the memory of whoever opens it."""
    if not 0 < width <= SIDE or not 0 < height <= SIDE or width * height > PIXELS:
        raise Unfit("pixels")


def png(content: bytes) -> Image:
    """Chunk by chunk, to the end of the picture: what is written after it goes too."""
    kept, at, ended = [content[:8]], 8, False
    beside: list[bytes] = []
    while not ended:
        length, name = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + length + 12]
        if len(chunk) != length + 12 or (at == 8) != (name == b"IHDR"):
            raise Unfit("broken")
        if name == b"IHDR":
            check_size(*struct.unpack_from(">II", chunk, 8))
        (kept if name in PNG_KEPT else beside).append(chunk)
        at += length + 12
        ended = name == b"IEND"
    return Image(b"".join(kept), b"".join(beside) + content[at:])


def jpeg(content: bytes) -> Image:
    """Segment by segment to the picture's data, which is kept to its end."""
    kept, at, sized, turned = [content[:2]], 2, False, 1
    beside: list[bytes] = []
    while True:
        if content[at] != 0xFF:
            raise Unfit("broken")
        marker = content[at + 1]
        if marker == 0xFF or marker in ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == 0xDA:
            break
        (length,) = struct.unpack_from(">H", content, at + 2)
        segment = content[at : at + 2 + length]
        if length < 2 or len(segment) != length + 2:
            raise Unfit("broken")
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", segment, 5)
            check_size(width, height)
            sized = True
        told = marker == 0xFE or (0xE0 <= marker <= 0xEF and not picture_data(marker, segment))
        turned = orientation(segment) or turned if marker == 0xE1 else turned
        (beside if told else kept).append(segment)
        at += 2 + length
    end = content.rfind(b"\xff\xd9")
    if not sized or end < at:
        raise Unfit("broken")
    if turned != 1:
        kept.insert(1, upright(turned))
    return Image(b"".join(kept) + content[at : end + 2], b"".join(beside) + content[end + 2 :])


def picture_data(marker: int, segment: bytes) -> bool:
    """Whether an application segment is needed to show the picture right: JFIF, a colour profile, Adobe's colours."""
    body = segment[4:]
    return (
        (marker == 0xE0 and body.startswith(b"JFIF\0"))
        or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and body.startswith(b"Adobe"))
    )


def orientation(segment: bytes) -> int | None:
    """Which way is up, of an Exif segment: 1 to 8; None where it does not say."""
    if segment[4:10] != b"Exif\0\0":
        return None
    tiff = segment[10:]
    order = ">" if tiff[:2] == b"MM" else "<"
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for number in range(min(count, 200)):
            tag, _kind, _count, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * number)
            if tag == 0x0112 and 1 <= value <= 8:
                return int(value)
    except struct.error:
        return None
    return None


def upright(turned: int) -> bytes:
    """An Exif segment that tells which way is up and nothing else."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def webp(content: bytes) -> Image:
    """Chunk by chunk; the flags that promise Exif and XMP are taken back."""
    (size,) = struct.unpack_from("<I", content, 4)
    at, end = 12, min(8 + size, len(content))
    kept: list[bytes] = []
    beside: list[bytes] = []
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", content, at)
        chunk = content[at : at + 8 + length + (length & 1)]
        if len(chunk) < 8 + length:
            raise Unfit("broken")
        if name == b"VP8X":
            flags, wide, high = chunk[8] & ~0x0C, chunk[12:15], chunk[15:18]
            check_size(int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1)
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        elif name == b"VP8 ":
            width, height = struct.unpack_from("<HH", chunk, 14)
            check_size(width & 0x3FFF, height & 0x3FFF)
        elif name == b"VP8L":
            (bits,) = struct.unpack_from("<I", chunk, 9)
            check_size((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1)
        (kept if name in WEBP_KEPT else beside).append(chunk)
        at += len(chunk)
    if not any(chunk[:4] in (b"VP8 ", b"VP8L", b"ANMF") for chunk in kept):
        raise Unfit("broken")
    body = b"WEBP" + b"".join(kept)
    return Image(b"RIFF" + struct.pack("<I", len(body)) + body, b"".join(beside) + content[end:])


def texts(beside: bytes) -> Iterator[str]:
    """What may be text in the parts that are not the picture, read in the ways it is written there."""
    for encoding in ("utf-8", "latin-1", "utf-16-le", "utf-16-be"):
        text = beside.decode(encoding, "replace")
        yield "\n\n".join(
            line for line in "".join(one if one.isprintable() else "\n" for one in text).split("\n") if len(line) > 3
        )

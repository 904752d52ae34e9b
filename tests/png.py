"""PNG pictures with a palette: a third of the size of what a browser makes, and no library for it."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
COLOURS: Final = 256
Colour = tuple[int, ...]


def smaller(png: bytes) -> bytes:
    """The same picture with at most 256 colours, the most frequent ones. For 8-bit RGB or RGBA that is not interlaced;
    raises ValueError for others."""
    width, height, pixels = decoded(png)
    counted = Counter(pixels)
    palette = [colour for colour, _times in counted.most_common(COLOURS)]
    place = {colour: nearest(colour, palette) for colour in counted}
    for index, colour in enumerate(palette):
        place[colour] = index
    rows = bytearray()
    for row in range(height):
        rows.append(0)
        rows += bytes(place[colour] for colour in pixels[row * width : (row + 1) * width])
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = b"".join(bytes(colour) for colour in palette)
    parts = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(chunk(name, data) for name, data in parts)


def nearest(colour: Colour, palette: list[Colour]) -> int:
    """The index of the colour in the palette that looks most alike."""
    red, green, blue = colour
    return min(
        range(len(palette)),
        key=lambda at: (palette[at][0] - red) ** 2 + (palette[at][1] - green) ** 2 + (palette[at][2] - blue) ** 2,
    )


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG file."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def decoded(png: bytes) -> tuple[int, int, list[Colour]]:
    """Width, height and the colour of each pixel, row by row. Transparency is left out."""
    chunks = dict[bytes, bytes]()
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name = png[at + 4 : at + 8]
        chunks[name] = chunks.get(name, b"") + png[at + 8 : at + 8 + length]
        at += length + 12
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if depth != 8 or kind not in (2, 6) or interlaced:
        raise ValueError("not an 8-bit RGB picture")
    channels = 3 if kind == 2 else 4
    pixels: list[Colour] = []
    for line in unfiltered(zlib.decompress(chunks[b"IDAT"]), width * channels, channels):
        pixels += zip(line[0::channels], line[1::channels], line[2::channels], strict=True)
    return width, height, pixels


def unfiltered(data: bytes, length: int, channels: int) -> Iterator[bytes]:
    """The rows of a picture as they were before PNG's filters."""
    above = bytes(length)
    for start in range(0, len(data), length + 1):
        kind, line = data[start], bytearray(data[start + 1 : start + 1 + length])
        for at in range(length if kind else 0):
            left = line[at - channels] if at >= channels else 0
            up, corner = above[at], above[at - channels] if at >= channels else 0
            line[at] = (line[at] + (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]) & 255
        above = bytes(line)
        yield above


def paeth(left: int, up: int, corner: int) -> int:
    """PNG's predictor: which of the three is nearest to left + up - corner."""
    guess = left + up - corner
    away = (abs(guess - left), abs(guess - up), abs(guess - corner))
    return (left, up, corner)[away.index(min(away))]

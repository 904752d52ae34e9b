"""The process that looks into one file: bytes in, one line of JSON out. Nothing of the text leaves it.

It has a limit of time and memory, can't write a file, and knows neither the database nor its password: a hostile file
can at most end it. The name comes first, on a line of its own.
"""

import json
import logging
import re
import resource
import sys
from collections.abc import Iterable
from typing import Any, Final

from samlad.journal import classified
from samlad.journal.examine import images, office, pdf
from samlad.journal.examine.limits import FILE, MEMORY, SECONDS, TEXT, Unfit
from samlad.journal.examine.what import IMAGES, OFFICE, decoded, extension, what
from samlad.journal.letters import flat

NAME_PARTS: Final = re.compile(r"[\s_.\-+,;]+")
NAMED: Final = re.compile(r"\b(?:kvalificera[td]|begransa[td]) hemlig\b|\btop secret\b|\bcosmic\b", re.I)
LISTS: Final = frozenset({"keywords", "keyword", "category", "subject", "tags", "labels", "li"})
LISTED: Final = re.compile(r"[,;|\n]")


def limited() -> None:
    """From here on: so much time, so much memory, no file written, few opened."""
    for limit, value in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def examined(name: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """What is to be told of a file, and the bytes to keep of it (without what is left out of photos).

    Raises Unfit.
    """
    if len(content) > FILE:
        raise Unfit("large")
    if level := of_name(name):
        return {"marked": level, "where": "name"}, b""
    media_type, ending = what(name, content), extension(name)
    readable = True
    if media_type in IMAGES:
        content, beside = images.cleaned(media_type, content)
        found: Iterable[tuple[str, str]] = (("", text) for text in images.texts(beside))
        readable = False
    elif media_type == "application/pdf":
        found, readable = pdf.texts(content)
    elif ending in OFFICE:
        found = office.texts(ending, content)
    else:
        found = [("", decoded(content))]
    level = marked(found)
    if level:
        return {"marked": level, "where": "content"}, b""
    return {"type": media_type, "examined": readable}, content


def marked(found: Iterable[tuple[str, str]]) -> str:
    """The class of the first marking in the texts; all are looked at, so that nothing hides behind something unfit."""
    level, size = "", 0
    for label, text in found:
        size += len(text)
        if size > 3 * TEXT:
            raise Unfit("text")
        level = level or of_text(label, text)
    return level


def of_text(label: str, text: str) -> str:
    """The class of the marking in a text, alone, as the value of its label, or as one of a list of keywords."""
    tries = [text]
    if label:
        tries.append(f"{label}: {text}")
        if label.casefold() in LISTS and LISTED.search(text):
            tries += [word.strip() for word in LISTED.split(text)]
    return next((match.level for one in tries if (match := classified.found(one))), "")


def of_name(name: str) -> str:
    """The class of the marking in a file's name, where signs stand for spaces."""
    stem = name.rpartition(".")[0] or name
    parts = [part for part in NAME_PARTS.split(stem) if part]
    tries = [stem, " ".join(parts), " - ".join(parts)]
    level = next((match.level for one in tries if (match := classified.found(one))), "")
    return level or ("classified" if NAMED.search(flat(" ".join(parts))) else "")


def main() -> None:
    """Read a name, a line end and a file; write what was found as JSON, a line end and the bytes to keep."""
    limited()
    logging.disable(logging.CRITICAL)
    name = sys.stdin.buffer.readline().decode("utf-8", "replace").strip()
    try:
        told, content = examined(name, sys.stdin.buffer.read())
    except Unfit as unfit:
        told, content = {"unfit": unfit.fault}, b""
    except (MemoryError, RecursionError):
        told, content = {"unfit": "slow"}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)


if __name__ == "__main__":
    main()

"""What an answer must be like, whatever was asked: no failure, a sentence for people, nothing of the asker's in it as
anything but text."""

import json
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from django.utils.html import escape
from lxml import html

from tests.fuzz.browser import Answer, Request

PROBE: Final = "xq7"
KNOWN: Final = frozenset({200, 204, 206, 301, 302, 303, 304, 400, 403, 404, 405, 409, 413, 415, 416, 422, 429})
WITHOUT_BODY: Final = frozenset({204, 301, 302, 303, 304})
REFUSED: Final = frozenset({409, 422})
ADDRESSES: Final = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset", "data-live-url")
NEVER: Final = frozenset(
    {"iframe", "object", "embed", "base", "frame", "frameset", "applet", "style", "noembed", "xmp"}
)
SHORTEST: Final = 15  # characters of a sentence


def faults(request: Request, answer: Answer, kept: Iterable[str] = ()) -> list[str]:
    """What is wrong with an answer; nothing, it is to be hoped. `kept`: texts that a refusal must still hold."""
    found: list[str] = []
    if answer.status >= 500 or answer.status not in KNOWN:
        return [f"status {answer.status}"]
    found += heads(answer)
    if answer.status in WITHOUT_BODY or request.method == "HEAD":
        return found
    try:
        text = answer.text if answer.kind.startswith(("text/", "application/json")) else ""
    except UnicodeDecodeError:
        return [*found, "not UTF-8"]
    if answer.kind == "text/html":
        found += page(text)
    elif answer.kind == "application/json":
        found += notation(text, answer.status)
    if answer.status >= 400:
        found += silent(answer, text)
    if answer.status in REFUSED and answer.kind == "text/html":
        found += [f"lost: {value[:60]!r}" for value in kept if escape(value) not in text]
    return found


def heads(answer: Answer) -> list[str]:
    """What is wrong with the headers."""
    found = [f"header {name}: {value!r}" for name, value in answer.headers if re.search(r"[\r\n\0]", name + value)]
    target = urlsplit(answer.header("location"))
    if target.netloc not in ("", "localhost") or target.scheme not in ("", "http") or "\\" in target.path[:3]:
        found.append(f"sends away: {answer.header('location')[:100]!r}")
    if any(PROBE in name for name, _ in answer.headers):
        found.append("a header of the asker's")
    if answer.status == 200 and answer.header("x-content-type-options") != "nosniff":
        found.append("may be sniffed")
    return found


def page(text: str) -> list[str]:
    """What in a page is more than text, and not ours."""
    if not text.strip():
        return []  # `silent` tells
    found = [f"raw: {text[max(0, at - 40) : at + 40]!r}" for at in [text.lower().find(f"<{PROBE}")] if at >= 0]
    for element in html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8")).iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        if element.tag in NEVER or PROBE in element.tag:
            found.append(f"element <{element.tag}>")
        if element.tag == "script" and (element.text or "").strip() and element.get("type") != "application/json":
            found.append("a script within the page")
        if element.tag == "meta" and element.get("http-equiv") and not element.get("content", "").isdigit():
            found.append("meta http-equiv")
        found += [one for name, value in element.items() for one in attribute(element.tag, str(name), str(value))]
    return found


def attribute(tag: str, name: str, value: str) -> list[str]:
    """What is wrong with an attribute."""
    lower = name.lower()
    if lower.startswith("on") or lower in ("style", "srcdoc") or PROBE in lower:
        return [f"attribute {name} of <{tag}>"]
    if lower not in ADDRESSES:
        return []
    # As browsers read it: no control characters, \ is /.
    plain = re.sub(r"[\x00-\x20]", "", value).replace("\\", "/")
    parts = urlsplit(plain) if not re.search(r"[\[\]]", plain) else urlsplit("")
    if (
        plain.startswith("//")
        or PROBE in parts.netloc
        or parts.scheme.lower() not in ("", "http", "https", "mailto", "tel", "otpauth")
    ):
        return [f"{name}={value[:80]!r} of <{tag}>"]
    return []


def notation(text: str, status: int) -> list[str]:
    """What is wrong with JSON."""
    try:
        value = json.loads(text)
    except ValueError:
        return ["not JSON"]
    if status >= 400 and not (isinstance(value, dict) and len(str(value.get("error", ""))) >= SHORTEST):
        return [f"no error told: {text[:80]}"]
    return []


def silent(answer: Answer, text: str) -> list[str]:
    """A refusal says why, to people, in our own shell."""
    if answer.kind == "application/json":
        return []
    if answer.kind == "text/html" and text:
        main = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8")).find(".//main")
        said = " ".join(str(main.text_content()).split()) if main is not None else ""
        return [] if len(said) >= SHORTEST else [f"{answer.status} says nothing in our shell: {text[:60]!r}"]
    return [] if len(text.strip()) >= SHORTEST else [f"{answer.status} says nothing: {text[:60]!r}"]

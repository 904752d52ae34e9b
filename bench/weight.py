"""Bytes on the wire of a first visit to the front page and of a later one, gzipped, heads and bodies."""

import gzip
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.urls import reverse

from bench.browser import Answer, Browser
from bench.figures import Figure, number
from bench.region import liaisons, operation, session
from bench.serving import server

FIRST: Final = 100.0  # kB
LATER: Final = 30.0
REFERRED: Final = re.compile(
    r"""(?:src|href|srcset)="([^"#]+\.(?:css|m?js|svg|png|ico|woff2|webmanifest)(?:\?[^"]*)?)[#"]"""
)
IN_CSS: Final = re.compile(r"""url\(["']?([^"')#]+)|@import\s+["']([^"']+)""")
IN_JS: Final = re.compile(r"""(?:import|from)\s*\(?\s*["'](\.{0,2}/[^"']+)["']""")


def measure() -> Iterator[Figure]:
    """The two lines."""
    people = liaisons()
    path = reverse("operation", args=[operation(people, 2000)])
    with server() as running:
        browser = Browser(running.url, session(people[0]))
        page = browser.page(path, Accept_Encoding="gzip")
        parts = with_all_it_needs(browser, path, page)
        again = browser.page(path, Accept_Encoding="gzip")
        kept = {name for name, part in parts.items() if "immutable" in part.headers.get("cache-control", "")}
        asked = {name: revalidated(browser, name, part) for name, part in parts.items() if name not in kept}
    first = (page.wire + sum(part.wire for part in parts.values())) / 1000
    later = (again.wire + sum(part.wire for part in asked.values())) / 1000
    biggest = sorted(parts.items(), key=lambda it: -it[1].wire)[:4]
    told = ", ".join(f"{name.rpartition('/')[2]} {number(part.wire / 1000)}" for name, part in biggest)
    note = f"the page itself {number(page.wire / 1000)} kB, {len(parts)} files; the largest: {told}"
    yield Figure("first visit", "kB", first, target=f"under {FIRST:.0f} kB", met=first < FIRST, note=note)
    note = f"{len(kept)} files kept, {len(asked)} asked for again"
    yield Figure("later visit", "kB", later, target=f"under {LATER:.0f} kB", met=later < LATER, note=note)


def with_all_it_needs(browser: Browser, path: str, page: Answer) -> dict[str, Answer]:
    """Every style sheet, script and picture that the page or one of those refers to."""
    parts: dict[str, Answer] = {}
    wanted = [(path, REFERRED.findall(text(page)))]
    while wanted:
        base, names = wanted.pop()
        for name in names:
            address = urlsplit(urljoin(base, name))
            whole = address.path + (f"?{address.query}" if address.query else "")
            if address.netloc or address.scheme or whole in parts:
                continue
            part = parts[whole] = browser.page(whole, Accept_Encoding="gzip")
            kind = part.headers.get("content-type", "")
            if "css" in kind:
                wanted.append((whole, [one or other for one, other in IN_CSS.findall(text(part))]))
            elif "javascript" in kind:
                wanted.append((whole, IN_JS.findall(text(part))))
    return parts


def revalidated(browser: Browser, name: str, part: Answer) -> Answer:
    """The file asked for again as a browser does that has it."""
    headers = {"If_None_Match": part.headers["etag"]} if "etag" in part.headers else {}
    if "last-modified" in part.headers:
        headers["If_Modified_Since"] = part.headers["last-modified"]
    return browser.get(name, Accept_Encoding="gzip", **headers)


def text(answer: Answer) -> str:
    """The body, unpacked."""
    packed = answer.headers.get("content-encoding") == "gzip"
    return (gzip.decompress(answer.body) if packed else answer.body).decode()

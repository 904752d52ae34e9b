"""Who gets what: every address of the program, for every kind of reader. One table; the tests try all of it.

`python -m tests.access` writes it to docs/access.md, for people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "access.md"

READERS: Final = {
    "anonymous": "has not signed in",
    "duty_officer": "TiB at Nacka, a participant; pressed the green button",
    "rsk": "the coordinator (RSK), at the convening county board",
    "liaison": "at Södertälje, a participant",
    "picture_lead": "compiles the joint picture, at the county board",
    "observer": "reads for the county board, has no duty",
    "stranger": "TiB at an actor that is no party to the collaboration",
    "administrator": "looks after registers and accounts, at the county board; reads no operation by that",
}
READING: Final = frozenset({"duty_officer", "rsk", "liaison", "picture_lead", "observer"})
DUTY: Final = READING - {"observer"}
LEADING: Final = frozenset({"rsk", "picture_lead"})
SIGNED_IN: Final = frozenset(READERS) - {"anonymous"}

Gets = dict[str, str]


@dataclass(frozen=True)
class Row:
    """What each reader gets from one address by one method. `open_because`: why it needs no sign-in."""

    route: str
    method: str
    gets: Gets
    open_because: str = ""
    at: str = ""  # what those who get it get with ?at=, where that differs


def to(readers: frozenset[str], answer: str, otherwise: str, **others: str) -> Gets:
    """These readers get `answer`, other signed-in ones `otherwise`, the anonymous are sent to sign in."""
    gets = {reader: answer if reader in readers else otherwise for reader in READERS}
    return gets | {"anonymous": "sign in"} | others


def read(route: str, readers: frozenset[str] = READING, at: str = "") -> list[Row]:
    """A page to look at: 404 for those it is not for."""
    return [Row(route, "GET", to(readers, "200", "404"), at=at), refused_method(route, "POST")]


def write(route: str, readers: frozenset[str], posted: Gets | None = None, at: str = "") -> list[Row]:
    """A page with a form for these readers; whoever gets the form may send it, unless `posted` says otherwise."""
    return [
        Row(route, "GET", to(readers, "200", "404"), at=at),
        Row(route, "POST", posted or to(readers, "302", "404")),
    ]


def send(route: str, posted: Gets) -> list[Row]:
    """An address that only takes something."""
    return [refused_method(route, "GET"), Row(route, "POST", posted)]


def refused_method(route: str, method: str) -> Row:
    """The method is not for anybody, whatever there is."""
    return Row(route, method, to(SIGNED_IN, "405", "405"))


def open_to_all(route: str, because: str, get: Gets, post: Gets) -> list[Row]:
    """An address that needs no sign-in, with the reason."""
    return [Row(route, "GET", get, because), Row(route, "POST", post, because)]


def everybody(answer: str, **others: str) -> Gets:
    """The same for all readers."""
    return dict.fromkeys(READERS, answer) | others


def doors() -> Iterator[list[Row]]:
    """What is not about one operation."""
    officers = DUTY | {"stranger"}
    yield open_to_all("healthz", "asked by machines that watch the service", everybody("200"), everybody("405"))
    signed_in = everybody("302", anonymous="200"), everybody("302", anonymous="422")
    yield open_to_all("sign_in", "where one says who one is", *signed_in)
    yield open_to_all("demo_sign_in", "sign-in by one click, in a demo only", everybody("405"), everybody("404"))
    yield open_to_all("set_language", "the sign-in page is read in either language", everybody("405"), everybody("302"))
    yield send("sign_out", to(SIGNED_IN, "302", ""))
    yield send("seat", to(frozenset({"duty_officer"}), "302", "404"))
    yield read("home", SIGNED_IN)
    yield read("outbox", SIGNED_IN)
    # Whoever has a duty may raise the alarm, of whatever actor: better one too many.
    yield [Row("raise", "GET", to(officers, "200", "403")), Row("raise", "POST", to(officers, "302", "403"))]


def operation() -> Iterator[list[Row]]:
    """The pages of an operation that Nacka raised and in which Södertälje has reported."""
    for route in ("operation", "journal", "api_entries", "reports", "report", "actor_reports", "figures"):
        yield read(route)
    for route in ("pictures", "picture", "picture_pdf"):
        yield read(route)
    yield write("acknowledge", READING, to(DUTY, "302", "404", observer="409"))
    yield write("situation", READING, to(LEADING, "302", "404", duty_officer="409", liaison="409", observer="409"))
    yield write("stand_down", LEADING)
    yield write("report_new", DUTY)
    reported = frozenset({"liaison"})
    yield send("report_unchanged", to(reported, "302", "404", duty_officer="409", rsk="409", picture_lead="409"))
    yield read("desk", LEADING)
    for route in ("desk_take", "desk_drop", "desk_assess"):
        yield send(route, to(LEADING, "302", "404"))
    yield write("desk_preview", LEADING, at="302")
    yield write("deadline", LEADING)


def registers() -> Iterator[list[Row]]:
    """The registers: read by all, people included; written by administrators (and the secretariat)."""
    for name in ("", "_actors", "_actor", "_areas", "_area", "_people", "_person"):
        yield read(f"registers{name}", SIGNED_IN)
    names = ("actor_new", "actor_version_new", "actor_edit", "population_new", "person_new", "person_edit")
    for name in (*names, "seat_new", "seat_end", "password"):
        yield write(f"registers_{name}", frozenset({"administrator"}))


ROWS: Final = [row for rows in (*doors(), *operation(), *registers()) for row in rows]

INTRODUCTION: Final = """# Who gets what

Every address of the program for every kind of reader, as `tests/test_access.py` tries it. Made from
`tests/access.py` by `python -m tests.access`; change it there.

200 the page · 302 done, and on to the next page · sign in: sent to the sign-in page · 403 told why not · 404 not there
for this reader, and in nothing different from what does not exist · 405 not by this method · 409 refused with a
sentence, what was typed stays · 422 wrongly filled in (here: a wrong password).

The readers, and how they stand to the operation that is tried:

"""
LIVE: Final = """
Beside these, `/live/<ticket>` is a page's live stream. The ticket is signed, stands in a page that its reader got,
names that reader's seats and is valid for an hour; without a valid one the answer is 403.

Open without sign-in, and why:

"""


def document() -> str:
    """The table as Markdown."""
    lines = [f"- **{reader}**: {who}" for reader, who in READERS.items()]
    names = [reader.replace("_", " ") for reader in READERS]
    table = [f"| address | method | {' | '.join(names)} |", f"|---|---|{'---|' * len(names)}"]
    for row in ROWS:
        cells = " | ".join(row.gets[reader] for reader in READERS)
        table.append(f"| `{row.route}` | {row.method} | {cells} |")
    because = {row.route: row.open_because for row in ROWS if row.open_because}
    reasons = [f"- `{route}`: {why}" for route, why in because.items()]
    return INTRODUCTION + "\n".join([*lines, "", *table, ""]) + LIVE + "\n".join([*reasons, ""])


if __name__ == "__main__":
    PAGE.write_text(document())

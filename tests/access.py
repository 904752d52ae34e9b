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
    "stranger": "TiB at an actor that is no party to the collaboration",
    "ended": "had a seat at Nacka until yesterday: can sign in, and has nothing",
    "administrator": "looks after registers and accounts, at the county board; reads no operation by that",
    "actor_administrator": "looks after Nacka's people; reads no operation by that",
    "wall": "the screen in Nacka's control room: looks, and sends nothing",
    "observer": "reads for the county board, has no duty",
    "outsider": "liaison at Polisen, a participant; not among those whom the limited report is for",
    "liaison": "at Södertälje, a participant; wrote the reports",
    "chief": "at Södertälje",
    "duty_officer": "TiB at Nacka, a participant; pressed the green button",
    "lent": "lent to Nacka for some days by an actor outside, and speaks for Nacka",
    "rsk": "the coordinator (RSK), at the convening county board",
    "picture_lead": "compiles the joint picture, at the county board",
    "secretariat": "at the county board; keeps the registers",
}
SIGNED_IN: Final = frozenset(READERS) - {"anonymous"}
READING: Final = SIGNED_IN - {"stranger", "ended", "administrator", "actor_administrator"}
NAMED: Final = READING - {"outsider"}
"""Those who may read the report that is for Södertälje, Nacka and the county board."""
DUTY: Final = READING - {"observer", "secretariat", "wall"}
LEADING: Final = frozenset({"rsk", "picture_lead"})

NACKA: Final = frozenset({"duty_officer", "lent", "actor_administrator", "wall"})

ANSWERS: Final = {
    "200": "the page",
    "302": "done, and on to the next page",
    "sign in": "sent to the sign-in page",
    "403": "told why not",
    "404": "not there for this reader, and in nothing different from what does not exist",
    "405": "not by this method",
    "409": "refused with a sentence, what was typed stays",
    "422": "wrongly filled in (here: a wrong password)",
}
INTRODUCTION: Final = f"""# Who gets what

Every address of the program for every kind of reader, as `tests/test_access.py` tries it. Made from
`tests/access.py` by `python -m tests.access`; change it there.

{" · ".join(f"{code}: {what}" for code, what in ANSWERS.items())}.

The readers, and how they stand to the operation that is tried:
"""
OPERATION: Final = """Nacka raised it, Södertälje has reported: to all, and once to Nacka and the county board only
(limited)."""
OPEN_TO_ALL: Final = """## Live streams

Beside these, `/live/<ticket>` is a page's live stream. The ticket is signed, stands in a page that its reader got,
names that reader's seats, and is valid for an hour and only together with a living session of that reader; without
the answer is 403. Within half a minute after the session or the seat has ended, the stream ends.

## Open without sign-in, and why
"""

Gets = dict[str, str]


@dataclass(frozen=True)
class Row:
    """What each reader gets from one address by one method. `open_because`: why it needs no sign-in."""

    route: str
    method: str
    gets: Gets
    open_because: str = ""
    at: str = ""  # what those who get it get with ?at=, where that differs
    query: str = ""  # another form of the same, such as ?format=json
    limited: bool = False  # the entry in the address is one that only some may read

    @property
    def name(self) -> str:
        """The row's address as the table and the tests show it."""
        return self.route + (f"?{self.query}" if self.query else "") + (" (limited)" if self.limited else "")


@dataclass(frozen=True)
class Area:
    """Addresses that are about the same."""

    title: str
    about: str
    rows: list[Row]


def to(readers: frozenset[str], answer: str, otherwise: str, **others: str) -> Gets:
    """These readers get `answer`, other signed-in ones `otherwise`, the anonymous are sent to sign in."""
    gets = {reader: answer if reader in readers else otherwise for reader in READERS}
    return gets | {"anonymous": "sign in"} | others


def read(route: str, readers: frozenset[str] = READING, at: str = "", forms: tuple[str, ...] = ()) -> list[Row]:
    """A page to look at: 404 for those it is not for; `forms` are other forms of it, by query."""
    gets = to(readers, "200", "404")
    return [
        Row(route, "GET", gets, at=at),
        *(Row(route, "GET", gets, query=query) for query in forms),
        refused_method(route, "POST"),
    ]


def limited(route: str) -> Row:
    """The address of an entry that only some may read."""
    return Row(route, "GET", to(NAMED, "200", "404"), limited=True)


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
    yield open_to_all("healthz", "asked by machines that watch the service", everybody("200"), everybody("405"))
    signed_in = everybody("302", anonymous="200"), everybody("302", anonymous="422")
    yield open_to_all("sign_in", "where one says who one is", *signed_in)
    yield open_to_all("demo_sign_in", "sign-in by one click, in a demo only", everybody("405"), everybody("404"))
    yield open_to_all("set_language", "the sign-in page is read in either language", everybody("405"), everybody("302"))
    yield send("sign_out", to(SIGNED_IN, "302", ""))
    yield send("seat", to(NACKA, "302", "404"))


def everyday() -> Iterator[list[Row]]:
    """The first page, the outbox and the green button."""
    yield read("home", SIGNED_IN)
    yield read("outbox", SIGNED_IN)
    # Whoever has a duty may raise the alarm, of whatever actor: better one too many.
    officers = DUTY | {"stranger"}
    yield [Row("raise", "GET", to(officers, "200", "403")), Row("raise", "POST", to(officers, "302", "403"))]


def operation() -> Iterator[list[Row]]:
    """The pages of an operation that Nacka raised and in which Södertälje has reported."""
    for route in ("operation", "journal", "api_entries", "report", "actor_reports", "figures"):
        yield read(route)
    yield [limited("report")]
    yield read("reports", forms=("format=json",))
    for route in ("pictures", "picture", "picture_pdf"):
        yield read(route)
    looking = dict.fromkeys(("observer", "secretariat", "wall"), "409")
    yield write("acknowledge", READING, to(DUTY, "302", "404", **looking))
    yield write("situation", READING, to(READING, "409", "404", **dict.fromkeys(LEADING, "302")))
    yield write("stand_down", LEADING)
    yield write("report_new", DUTY)
    reported = frozenset({"liaison", "chief"})
    yield send("report_unchanged", to(DUTY, "409", "404", **dict.fromkeys(reported, "302")))
    yield read("desk", LEADING)
    for route in ("desk_take", "desk_drop", "desk_assess"):
        yield send(route, to(LEADING, "302", "404"))
    yield write("desk_preview", LEADING, at="302")
    yield write("deadline", LEADING)


def registers() -> Iterator[list[Row]]:
    """The registers: read by all, people included; written by administrators and the secretariat."""
    for name in ("", "_actors", "_actor", "_areas", "_area"):
        yield read(f"registers{name}", SIGNED_IN)
    for name in ("_people", "_person"):
        yield read(f"registers{name}", SIGNED_IN - {"ended", "wall"})
    names = ("actor_new", "actor_version_new", "actor_edit", "population_new", "person_new", "person_edit")
    for name in (*names, "seat_new", "seat_end"):
        yield write(f"registers_{name}", frozenset({"administrator", "secretariat"}))
    yield write("registers_password", frozenset({"administrator"}))


def area(title: str, rows: Iterator[list[Row]], about: str = "") -> Area:
    """The rows of a part of the program."""
    return Area(title, about, [row for some in rows for row in some])


AREAS: Final = (
    area("Doors: signing in and out, language, seat", doors()),
    area("Every day", everyday()),
    area("An operation", operation(), OPERATION),
    area("Registers", registers()),
)
ROWS: Final = [row for part in AREAS for row in part.rows]


def table(rows: list[Row]) -> Iterator[str]:
    """Some rows as a Markdown table."""
    names = [reader.replace("_", " ") for reader in READERS]
    yield f"| address | method | {' | '.join(names)} |"
    yield f"|---|---|{'---|' * len(names)}"
    for row in rows:
        cells = " | ".join(row.gets[reader] for reader in READERS)
        yield f"| {row.name} | {row.method} | {cells} |"


def document() -> str:
    """The table as Markdown."""
    lines = [INTRODUCTION, *(f"- **{reader.replace('_', ' ')}**: {who}" for reader, who in READERS.items()), ""]
    for part in AREAS:
        lines += [f"## {part.title}", "", *([part.about, ""] if part.about else []), *table(part.rows), ""]
    because = {row.route: row.open_because for row in ROWS if row.open_because}
    lines += [OPEN_TO_ALL, *(f"- `{route}`: {why}" for route, why in because.items()), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(document())

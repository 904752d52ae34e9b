"""The words of the table of access: who the readers are, and what can be said of an address."""

from dataclasses import dataclass
from typing import Final

READERS: Final = {
    "anonymous": "has not signed in",
    "stranger": "TiB at an actor that is no party to the collaboration",
    "ended": "had a seat at Nacka until yesterday: can sign in, and has nothing",
    "administrator": "looks after registers and accounts, at the county board; reads no operation by that",
    "actor_administrator": "looks after Nacka's people; reads no operation by that",
    "registrar": "records what Nacka has decided; reads no operation by that",
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
HUMANS: Final = SIGNED_IN - {"wall"}
"""Those who are somebody: a wall screen is shown the wall, and nothing else is there for it."""
READING: Final = HUMANS - {"stranger", "ended", "administrator", "actor_administrator", "registrar"}
NAMED: Final = READING - {"outsider"}
"""Those who may read the report that is for Södertälje, Nacka and the county board."""
DUTY: Final = READING - {"observer", "secretariat"}
LEADING: Final = frozenset({"rsk", "picture_lead"})

NACKA: Final = frozenset({"duty_officer", "lent", "actor_administrator", "registrar"})
NACKAS_TIB: Final = frozenset({"duty_officer"})
SETTING_MODES: Final = frozenset({"duty_officer", "chief"})
SETTING_STATE: Final = frozenset({"rsk", "secretariat"})
SODERTALJE: Final = frozenset({"liaison", "chief"})
GOVERNED: Final = READING | {"actor_administrator", "registrar"}
"""Those who read what all parties read of governance; the stranger, who is no party, does not."""
SPEAKING_FOR_NACKA: Final = frozenset({"registrar", "actor_administrator", "secretariat"})
KEEPING: Final = frozenset({"secretariat"})
KEEPERS: Final = frozenset({"administrator", "secretariat"})
NACKAS_KEEPERS: Final = frozenset({"administrator", "actor_administrator"})

Gets = dict[str, str]


@dataclass(frozen=True)
class Row:
    """What each reader gets from one address by one method."""

    route: str
    method: str
    gets: Gets
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
    """These readers get `answer`, other signed-in people `otherwise`, the anonymous are sent to sign in; for a wall
    screen nothing is there."""
    gets = {reader: answer if reader in readers else otherwise for reader in READERS}
    return gets | {"anonymous": "sign in", "wall": "404"} | others


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


def refused_method(route: str, method: str, **others: str) -> Row:
    """The method is not for anybody, whatever there is."""
    return Row(route, method, to(HUMANS, "405", "405", **others))


def open_to_all(route: str, get: Gets, post: Gets) -> list[Row]:
    """An address that needs no sign-in; OPEN says why."""
    return [Row(route, "GET", get), Row(route, "POST", post)]


def everybody(answer: str, **others: str) -> Gets:
    """The same for all people."""
    return dict.fromkeys(READERS, answer) | {"wall": "404"} | others

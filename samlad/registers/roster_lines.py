"""What a file says of one shift, whatever sort of file it is, and whom it means by it."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

import msgspec
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM
from samlad.registers.models import Person

MOST_LINES: Final = 2000
LARGEST: Final = 1_000_000
"""Bytes of a file; a year of daily shifts as a calendar is a fifth of it."""


class Line(msgspec.Struct, frozen=True):
    """One shift as a file has it. `where` says where in the file, `names` whom it may mean, best first.

    `uid` is what tells it from the file's others, and makes it the same when the file comes again. `cancelled`: the
    file takes it back.
    """

    where: str
    uid: str
    names: tuple[str, ...]
    starts: datetime
    ends: datetime
    deputy: bool = False
    cancelled: bool = False


class Skipped(msgspec.Struct, frozen=True):
    """Something in a file that was not taken: where, and why in a sentence."""

    where: str
    why: str


class Reading(msgspec.Struct):
    """A file as read: the shifts in it, and what was refused."""

    lines: list[Line] = msgspec.field(default_factory=list)
    refused: list[Skipped] = msgspec.field(default_factory=list)

    def refuse(self, where: str, why: str) -> None:
        """Note what was not taken."""
        self.refused.append(Skipped(where, why))


class Unreadable(Exception):
    """Nothing in the file can be used; the text says why."""


def short(text: str, most: int = 60) -> str:
    """A text from a file on one line, cut, without what does not print."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def quoted(text: str, most: int = 60) -> str:
    """A text from a file as it is shown: on one line, cut, in quotation marks."""
    return _("“%(text)s”") % {"text": short(text, most)}


def decoded(content: bytes) -> str:
    """A file's bytes as text: UTF-8, UTF-16 with its mark, or what Windows programs write. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 1 MB."))
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("This is no text file."))


def local(moment: datetime) -> datetime:
    """A moment without a time zone is by Stockholm's clocks. Returns UTC.

    Raises ValueError for an hour that the clocks skip; one that comes twice is the first.
    """
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    there = moment.replace(tzinfo=STOCKHOLM)
    if there.astimezone(UTC).astimezone(STOCKHOLM).replace(tzinfo=None) != moment:
        raise ValueError(_("The time %(time)s does not exist: the clocks go forward then.") % {"time": moment})
    return there.astimezone(UTC)


def uid_of(*parts: object) -> str:
    """A short name for a shift of a file: a digest, since what calendars call their events can be any length."""
    return sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:40]


def folded(text: str) -> str:
    """A name or an address as it is compared."""
    return " ".join(text.casefold().split())


Called = dict[str, list[Person]]


class People:
    """Those who can have duty on a roster, found by e-mail, username or name."""

    def __init__(self, able: Iterable[Person], everybody: Iterable[Person]) -> None:
        """`able`: who has the role; `everybody`: who is known at all, to say why somebody can't."""
        self.able = list(able)
        self.called = by_what_they_are_called(self.able)
        self.others = by_what_they_are_called(everybody)

    def found(self, names: Iterable[str]) -> Person:
        """The one person that one of the names means, the first that means somebody. Raises Unreadable."""
        given = [name for name in names if folded(name)]
        for name in given:
            matches = self.called.get(folded(name)) or self._within(name)
            if len(matches) == 1:
                return matches[0]
            if matches:
                raise Unreadable(_("“%(name)s” can be several people. Use an e-mail address.") % {"name": short(name)})
        for name in given:
            if folded(name) in self.others:
                raise Unreadable(_("“%(name)s” does not have this role at this actor.") % {"name": short(name)})
        if not given:
            raise Unreadable(_("It does not say who has the shift."))
        shown = ", ".join(quoted(name) for name in given[:3])
        raise Unreadable(_("Nobody with this role is called %(names)s.") % {"names": shown})

    def _within(self, name: str) -> list[Person]:
        """By a name that stands in a longer text, such as "TiB: Anna Andersson"; the longest name that does."""
        text = folded(name)
        there = [one for one in self.able if folded(one.name) and _stands_in(folded(one.name), text)]
        longest = max((len(folded(one.name)) for one in there), default=0)
        return [one for one in there if len(folded(one.name)) == longest]


def by_what_they_are_called(people: Iterable[Person]) -> Called:
    """People by address, username and name, as they are compared."""
    found: Called = {}
    for one in people:
        for name in {folded(one.email), folded(one.username), folded(one.name)} - {""}:
            found.setdefault(name, []).append(one)
    return found


def _stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None

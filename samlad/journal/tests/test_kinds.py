"""Kinds: each answers its four questions at start, or there is no start."""

from datetime import datetime
from typing import Any

import msgspec
import pytest

from samlad.journal import kinds
from samlad.journal.entries import Opened
from samlad.journal.kinds import KindError, Moment
from samlad.journal.tests.scene import SAID, Said

replace = msgspec.structs.replace


class Documented(msgspec.Struct, frozen=True):
    """It says what it is."""

    text: str


class Undocumented(msgspec.Struct, frozen=True):
    text: str


class Unfrozen(msgspec.Struct):
    """It could change after it was said."""

    text: str


class Within(msgspec.Struct, frozen=True):
    """A time without a zone."""

    at: datetime | None = None


class Naive(msgspec.Struct, frozen=True):
    """Holds one deep inside."""

    parts: tuple[tuple[int, Within], ...]
    again: "Naive | None" = None


class Aware(msgspec.Struct, frozen=True):
    """All its times have a zone."""

    at: Moment
    others: dict[str, tuple[Moment | None, ...]]
    again: "Aware | None" = None


GOOD = replace(SAID, payload=Documented, name="tests.documented")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"payload": Undocumented}, "no docstring"),
        ({"payload": Unfrozen}, "not frozen"),
        ({"payload": Naive}, "time zone"),
        ({"shown": ""}, "shown is not answered"),
        ({"seen_by": " "}, "seen_by is not answered"),
        ({"shreds": ""}, "shreds is not answered"),
        ({"name": "documented"}, "not a name"),
        ({"name": "tests.Documented"}, "not a name"),
        ({"name": "tests." + "a" * 60}, "not a name"),
        ({"name": "tests.said"}, "registered twice"),
        ({"payload": Said}, "registered twice"),
        ({"payload": Said, "version": 2}, "registered twice"),
    ],
    ids=str,
)
def test_what_stops_the_program_at_start(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(KindError, match=reason):
        kinds.register([replace(GOOD, **change)])
    with pytest.raises(KindError, match="no registered kind"):
        kinds.of(Documented("never came in"))


def test_registering_the_very_same_again_is_harmless() -> None:
    before = kinds.registered()
    kinds.register([SAID])
    assert kinds.registered() == before


def test_times_with_their_zone_are_welcome() -> None:
    replace(GOOD, payload=Aware, texts=()).check()


def test_a_new_version_is_a_payload_of_its_own_and_both_are_read() -> None:
    class SaidLouder(msgspec.Struct, frozen=True):
        """Somebody said something, and how loud."""

        text: str
        volume: int

    second = replace(SAID, payload=SaidLouder, version=2)
    kinds.register([second])
    assert kinds.of(SaidLouder("Snow", 11)) is second
    assert kinds.decode("tests.said", 1, '{"text":"Snow"}') == Said("Snow")
    assert kinds.decode("tests.said", 2, '{"text":"Snow","volume":11}') == SaidLouder("Snow", 11)


@pytest.mark.parametrize(("name", "version"), [("tests.unheard", 1), ("tests.said", 77)])
def test_an_unknown_kind_is_an_error(name: str, version: int) -> None:
    with pytest.raises(KindError, match="unknown kind"):
        kinds.get(name, version)
    with pytest.raises(KindError, match="unknown kind"):
        kinds.decode(name, version, "{}")


def test_the_journals_own_kinds_are_registered_at_start() -> None:
    names = [kind.name for kind in kinds.registered()]
    assert {"journal.opened", "journal.closed", "journal.shredded"} <= set(names)
    assert kinds.of(Opened("Snow", "disturbance", ())).name == "journal.opened"

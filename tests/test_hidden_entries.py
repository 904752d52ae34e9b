"""What one may not read does not exist.

Whatever people do in an operation, and whoever looks: every page, its headers and how many questions it asks of the
database, every refusal, every export and every live stream are the same, to the byte, as in the twin of the operation
where the entries that this reader may not read have never been. The clock is held, so that what differs can only come
from them.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import pytest
from django.db import transaction
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from samlad.base import clock
from samlad.journal import read
from samlad.journal.entries import OWN, Audience
from samlad.journal.log import view
from samlad.journal.operations import NotHere
from samlad.journal.who import SYSTEM
from samlad.registers.tests.cast import make_everybody
from tests import twins
from tests.deeds import BEGAN, BOARD, Clock, Deed, Scene, begin, deeds, play
from tests.everything import session
from tests.fuzz.profile import LONG, thrown
from tests.twins import addresses, different, hidden, posts, seen, visible, without

pytestmark = pytest.mark.django_db
READERS: Final = (
    *("outsider", "observer", "chief", "lent", "wall", "stranger", "ended", "duty_officer", "rsk", "picture_lead"),
    *("liaison", "secretariat", "administrator", "actor_administrator"),
)
WORD: Final = re.compile(r"ord\d+av\w+")
PAGES: Final = 120 if LONG else 24  # of all that there are, for one reader
SENT: Final = 20 if LONG else 4


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """An operation that has begun, and a clock that stands still."""
    held = Clock()
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "datetime", held)
        yield begin(make_everybody(), held)
        transaction.set_rollback(True)
    twins.empty()


def compared(scene: Scene, name: str, paths: list[str], sent: list[Any]) -> list[str]:
    """What differs for a reader between the operation and its twin. Signed in anew: some pages ask again who one is
    when that was long ago."""
    who, cookie = scene.who(name), session(scene.cast.members()[name])
    unread = hidden(scene, who)
    twins.empty()
    with_it = seen(scene, cookie, who, paths, sent)
    with without(scene, unread):
        twin = seen(scene, cookie, who, paths, sent)
    return different(with_it, twin) + told(scene, name, with_it)


def told(scene: Scene, name: str, found: dict[str, object]) -> list[str]:
    """Words that reached a reader out of entries that are not theirs to read, or not to read any more."""
    all_ = {word for _number, entry in read.entries(scene.operation, SYSTEM) for word in words(entry)}
    who, open_ = scene.who(name), set[str]()
    with suppress(NotHere):
        theirs = [entry for _number, entry in visible(scene.operation, who)]
        marked = view(scene.operation, who).opened.values()
        open_ = {word for entry in (*theirs, *marked) for word in words(entry)}
    text = repr(found)
    return [f"{word} reached {name}" for word in all_ - open_ if word in text]


def words(entry: Any) -> set[str]:
    """The words that stand in an entry and nowhere else."""
    return set(WORD.findall(repr(entry.payload)))


@pytest.mark.parametrize("reader", READERS)
def test_whatever_is_done_a_reader_gets_what_the_twin_gives(reader: str, stage: Scene) -> None:
    scene = stage

    @thrown(st.tuples(deeds, st.randoms(use_true_random=False)), few=2, about=reader)
    def throw(drawn: Any) -> None:
        done, chance = drawn
        with transaction.atomic():
            scene.held.moment = BEGAN
            play(scene, done)
            scene.held.moment = BEGAN.replace(hour=18, minute=43)
            paths, sent = addresses(scene), posts(scene)
            paths, sent = chance.sample(paths, min(PAGES, len(paths))), chance.sample(sent, min(SENT, len(sent)))
            wrong = compared(scene, reader, paths, sent)
            transaction.set_rollback(True)
        twins.empty()
        assert wrong == [], "\n".join(wrong)

    throw()


EVERYTHING: Final = [
    Deed("report", "duty_officer", OWN, True, True, 3, 5),
    Deed("take", "picture_lead", OWN, False, False, 0, 5),
    Deed("assess", "picture_lead", OWN, False, False, 0, 5),
    Deed("publish", "picture_lead", OWN, False, False, 0, 5),
    Deed("report", "liaison", Audience("actors", ("nacka", BOARD)), True, True, 1, 5),
    Deed("widen", "liaison", Audience("actors", ("nacka", BOARD, "polisregion-stockholm")), True, False, 2, 5),
    Deed("report", "rsk", Audience("level", level="inriktande"), False, True, 2, 5),
    Deed("correct", "duty_officer", OWN, False, False, 1, 5),
    Deed("narrow", "liaison", OWN, False, False, 0, 5),
    Deed("mark", "liaison", OWN, True, False, 3, 5),
    Deed("assess", "picture_lead", OWN, False, False, 0, 5),
    Deed("deadline", "rsk", OWN, False, False, 0, 25),
    Deed("publish", "rsk", OWN, False, False, 0, 5),
    Deed("take", "rsk", OWN, False, False, 2, 5),
]


@pytest.mark.parametrize("reader", ["outsider", "observer", "wall", "chief", "lent", "stranger"])
def test_every_page_of_an_operation_with_everything_in_it(reader: str, stage: Scene) -> None:
    scene = stage
    with transaction.atomic():
        scene.held.moment = BEGAN
        play(scene, EVERYTHING)
        scene.held.moment = BEGAN.replace(hour=18, minute=43)
        paths, sent = addresses(scene), posts(scene)
        wrong = compared(scene, reader, paths if LONG else paths[::5], sent if LONG else sent[::7])
        transaction.set_rollback(True)
    twins.empty()
    assert wrong == [], "\n".join(wrong)


def test_whoever_may_read_it_sees_that_the_test_would_see(stage: Scene) -> None:
    scene = stage
    who, cookie = scene.who("duty_officer"), session(scene.cast.duty_officer)
    found = [entry for entry in scene.entries(who, "picture.report_filed") if entry.audience != "all"]
    paths = [path for path in addresses(scene) if "?" not in path or "format=json" in path]
    twins.empty()
    with_it = seen(scene, cookie, who, paths, [])
    with without(scene, {entry.id for entry in found}):
        twin = seen(scene, cookie, who, paths, [])
    differs = {path.split(str(scene.operation))[-1] for path in with_it if with_it[path] != twin.get(path)}
    assert {"/", "/reports/", "/reports/?format=json", "/actors/sodertalje/", "/journal/"} <= differs
    assert any(name.startswith("front since") for name in differs)

"""What open pages are sent when who may read an entry, or its marking, is changed."""

from uuid import UUID

import pytest

from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.actions import change_marking, narrow, widen
from samlad.journal.entries import ALL, OWN
from samlad.journal.live import Ticket
from samlad.registers.tests.cast import Cast, Member
from samlad.web.shown import Key, Picture, render
from samlad.web.tests.scene import report, snow
from samlad.web.tests.test_entry_page import MARKED, SECRET

pytestmark = pytest.mark.django_db


def show(picture: Picture, operation: UUID, member: Member) -> int:
    """Bring what a reader's stream is shown up to date, as the hub does; returns the position."""
    found = render({Key.of(Ticket("front", operation, member.who, "sv", 1))}, {})
    (shown,) = found.fresh.values()
    if shown[0] != picture.position:
        picture.update(*shown)
    return picture.position


def test_left_out_the_words_go_from_the_page(cast: Cast) -> None:
    operation, picture = snow(cast), Picture()
    said = report(cast.liaison.who, operation, "red", SECRET)
    before = show(picture, operation, cast.rsk)
    assert SECRET.encode() in picture.message(0)
    narrow(by=cast.liaison.who, operation=operation, entry=said, audience=OWN, reason="Fel")
    assert show(picture, operation, cast.rsk) == before + 1
    sent = picture.message(before).decode()
    assert SECRET not in sent and '"actor-sodertalje"' in sent and '"latest"' in sent
    assert SECRET not in picture.message(0).decode() and SECRET not in str(vars(picture))


def test_marked_it_is_covered_on_the_page(cast: Cast) -> None:
    operation, picture = snow(cast), Picture()
    said = report(cast.liaison.who, operation, "red", SECRET)
    before = show(picture, operation, cast.rsk)
    change_marking(by=cast.liaison.who, operation=operation, entry=said, marking=MARKED)
    show(picture, operation, cast.rsk)
    sent = picture.message(before).decode()
    assert SECRET not in sent and "OSL 18:13" in sent and SECRET not in str(vars(picture))


def test_let_in_it_comes_to_the_page(cast: Cast) -> None:
    operation, picture = snow(cast), Picture()
    said = report(cast.liaison.who, operation, "red", SECRET, audience=OWN)
    before = show(picture, operation, cast.rsk)
    widen(by=cast.liaison.who, operation=operation, entry=said, audience=ALL, id=new_id())
    assert show(picture, operation, cast.rsk) == before + 2 == read.position(operation, cast.rsk.who)
    assert SECRET in picture.message(before).decode()

"""What may not be widened, narrowed or marked, and by whom: the rules of journal.rules as the actions hold them."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.actions import change_marking, narrow, shred, widen
from samlad.journal.entries import ALL, OWN, Audience, Marking
from samlad.journal.operations import NotHere
from samlad.journal.tests.scene import CHIEF, NACKA, RSK, SOLNA, opened, say
from samlad.journal.who import SYSTEM, Who

pytestmark = pytest.mark.django_db(transaction=True)

MARKED = Marking("OSL 18:13", "nacka:tib", datetime(2026, 1, 5, tzinfo=UTC))
LEVEL = Audience("level", level="inriktande")
NACKA_OBSERVER = Who("8" * 32, "nacka", frozenset({"observer"}), "Observatör Nacka")
WALL = Who("9" * 32, "nacka", frozenset({"wall"}), "Väggskärm Nacka")


@pytest.fixture
def operation() -> UUID:
    """An operation with nothing said in it."""
    return opened()


@pytest.mark.parametrize("who", [SOLNA, RSK, NACKA_OBSERVER, WALL], ids=lambda who: who.name)
def test_only_the_owner_on_duty_changes_anything(operation: UUID, who: Who) -> None:
    said = say(operation, audience=ALL)
    with pytest.raises(Refused, match="Only those with a duty role"):
        widen(by=who, operation=operation, entry=said.id, audience=Audience("public"))
    with pytest.raises(Refused, match="Only those with a duty role"):
        narrow(by=who, operation=operation, entry=said.id, audience=OWN, reason="x")
    with pytest.raises(Refused, match="Only those with a duty role"):
        change_marking(by=who, operation=operation, entry=said.id, marking=MARKED)
    assert len(read.entries(operation, SYSTEM)) == 2


def test_what_one_may_not_read_is_not_here(operation: UUID) -> None:
    said = say(operation, audience=OWN)
    for id in (said.id, new_id()):
        with pytest.raises(NotHere):
            widen(by=SOLNA, operation=operation, entry=id, audience=ALL)
    level = say(operation, by=CHIEF, audience=LEVEL)
    with pytest.raises(NotHere):
        widen(by=SOLNA, operation=operation, entry=level.id, audience=ALL)
    widen(by=CHIEF, operation=operation, entry=level.id, audience=ALL)
    assert read.entry(operation, SOLNA, level.id)


WIDER = [
    (OWN, Audience("actors", ("solna",)), True),
    (OWN, ALL, True),
    (OWN, LEVEL, False),
    (OWN, OWN, False),
    (Audience("actors", ("solna",)), OWN, False),
    (Audience("actors", ("solna",)), Audience("actors", ("msb",)), False),
    (Audience("actors", ("solna",)), Audience("actors", ("msb", "solna")), True),
    (Audience("actors", ("solna",)), Audience("actors", ("gotland", "solna")), False),
    (ALL, Audience("public"), True),
    (ALL, Audience("actors", ("solna", "msb")), False),
    (Audience("public"), ALL, False),
]


@pytest.mark.parametrize(("was", "becomes", "allowed"), WIDER)
def test_widening_leaves_nobody_out(operation: UUID, was: Audience, becomes: Audience, allowed: bool) -> None:
    said = say(operation, audience=was)
    if allowed:
        widen(by=NACKA, operation=operation, entry=said.id, audience=becomes)
        assert read.standing(operation, NACKA, said.id).audience == becomes.text("nacka")
        return
    with pytest.raises(Refused) as refused:
        widen(by=NACKA, operation=operation, entry=said.id, audience=becomes)
    assert refused.value.field == "audience"


NARROWER = [
    (ALL, OWN, True),
    (ALL, Audience("actors", ("solna",)), True),
    (ALL, LEVEL, False),
    (ALL, ALL, False),
    (Audience("public"), ALL, False),
    (Audience("public"), OWN, True),
    (OWN, ALL, False),
    (Audience("actors", ("solna",)), OWN, True),
    (Audience("actors", ("solna",)), Audience("actors", ("msb",)), False),
]


@pytest.mark.parametrize(("was", "becomes", "allowed"), NARROWER)
def test_narrowing_is_to_fewer_by_name(operation: UUID, was: Audience, becomes: Audience, allowed: bool) -> None:
    said = say(operation, audience=was)
    if allowed:
        narrow(by=NACKA, operation=operation, entry=said.id, audience=becomes, reason="By mistake")
        assert read.standing(operation, NACKA, said.id).audience == becomes.text("nacka")
        return
    with pytest.raises(Refused) as refused:
        narrow(by=NACKA, operation=operation, entry=said.id, audience=becomes, reason="By mistake")
    assert refused.value.field == "audience"


def test_a_level_can_only_become_everybody(operation: UUID) -> None:
    said = say(operation, by=CHIEF, audience=LEVEL)
    with pytest.raises(Refused):
        widen(by=CHIEF, operation=operation, entry=said.id, audience=Audience("actors", ("nacka",)))
    with pytest.raises(Refused):
        narrow(by=CHIEF, operation=operation, entry=said.id, audience=OWN, reason="x")
    widen(by=CHIEF, operation=operation, entry=said.id, audience=ALL)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_reason_is_asked_for(operation: UUID, reason: str) -> None:
    said = say(operation, marking=MARKED)
    with pytest.raises(Refused, match="reason"):
        narrow(by=NACKA, operation=operation, entry=said.id, audience=OWN, reason=reason)
    with pytest.raises(Refused, match="reason"):
        change_marking(by=NACKA, operation=operation, entry=said.id, marking=None, reason=reason)


def test_what_can_not_be_changed(operation: UUID) -> None:
    told = say(operation)
    narrow(by=NACKA, operation=operation, entry=told.id, audience=OWN, reason="x")
    opening, change = (read.entries(operation, NACKA)[place][1].id for place in (0, 2))
    for id, by in ((opening, RSK), (change, NACKA)):
        with pytest.raises(Refused, match="always the same"):
            widen(by=by, operation=operation, entry=id, audience=ALL)
    shred(by=RSK, operation=operation, entries=[told.id], ground="GDPR")
    with pytest.raises(Refused, match="gone"):
        widen(by=NACKA, operation=operation, entry=told.id, audience=ALL)
    with pytest.raises(Refused, match="cannot be shredded"):
        shred(by=RSK, operation=operation, entries=[change], ground="GDPR")


def test_marking_as_it_is_marked(operation: UUID) -> None:
    said = say(operation)
    with pytest.raises(Refused, match="not marked"):
        change_marking(by=NACKA, operation=operation, entry=said.id, marking=None, reason="x")
    change_marking(by=NACKA, operation=operation, entry=said.id, marking=MARKED)
    with pytest.raises(Refused, match="already"):
        change_marking(by=NACKA, operation=operation, entry=said.id, marking=MARKED, reason="x")
    public = say(operation, audience=Audience("public"))
    with pytest.raises(Refused, match="public"):
        change_marking(by=NACKA, operation=operation, entry=public.id, marking=MARKED)

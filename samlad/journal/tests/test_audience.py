"""Who may read what: the table, and what a reader cannot tell."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from samlad.base.ids import new_id
from samlad.journal import folds, operations, read, store
from samlad.journal.audience import LEVEL_ROLES, may_read
from samlad.journal.entries import ALL, OWN, Audience
from samlad.journal.operations import NotHere
from samlad.journal.tests.scene import (
    ADMINISTRATOR,
    CHIEF,
    HEARD,
    NACKA,
    OBSERVER,
    READERS,
    RSK,
    SOLNA,
    STRANGER,
    opened,
    say,
    texts,
)
from samlad.journal.who import NOBODY, SYSTEM, Who

ALL_READERS = {NACKA, SOLNA, CHIEF, RSK, OBSERVER, SYSTEM}

TABLE: dict[str, set[Who]] = {
    "all": ALL_READERS,
    "public": ALL_READERS,
    "own:nacka": {NACKA, SYSTEM},
    "own:solna": {SOLNA, CHIEF, SYSTEM},
    "actors:lansstyrelsen,nacka": {NACKA, RSK, SYSTEM},
    "actors:nacka": {NACKA, SYSTEM},
    "level:inriktande": {CHIEF, RSK, SYSTEM},
    "level:samordnande": {NACKA, SOLNA, CHIEF, RSK, SYSTEM},
    "level:verkställande": {NACKA, SOLNA, CHIEF, RSK, SYSTEM},
    "level:unheard": {SYSTEM},
    "own:": {SYSTEM},
    "actors:": {SYSTEM},
    "actors:nac,ka": {SYSTEM},
    "unheard": {SYSTEM},
    "": {SYSTEM},
}


@pytest.mark.parametrize("audience", TABLE)
def test_audiences_and_readers(audience: str) -> None:
    assert {who for who in ALL_READERS if may_read(audience, who)} == TABLE[audience]


def test_levels_are_those_of_the_domain() -> None:
    assert set(LEVEL_ROLES) == {"inriktande", "samordnande", "verkställande"}


@pytest.mark.parametrize(
    "who", [*READERS, STRANGER, ADMINISTRATOR, NOBODY, SYSTEM], ids=lambda who: who.name or "nobody"
)
def test_operations_and_readers(db: None, who: Who) -> None:
    operation = opened()
    if who in ALL_READERS:
        assert operations.get(operation, who).id == operation
        assert [row.id for row in operations.readable(who)] == [operation]
        return
    assert list(operations.readable(who)) == []
    with pytest.raises(NotHere):
        operations.get(operation, who)


def test_operations_newest_first_each_once(db: None) -> None:
    ids = [opened() for _ in range(3)]
    assert [row.id for row in operations.readable(NACKA)] == ids[::-1]


def test_an_operation_that_is_not_there(db: None) -> None:
    with pytest.raises(NotHere):
        operations.get(new_id(), SYSTEM)


def test_numbers_have_no_gaps_where_something_is_left_out(db: None) -> None:
    operation = opened()
    for number, audience in enumerate([ALL, OWN, ALL, OWN, OWN, ALL]):
        say(operation, str(number), audience=audience)
    assert [number for number, _entry in read.entries(operation, SOLNA)] == [1, 2, 3, 4]
    assert texts(operation, SOLNA) == ["0", "2", "5"]
    assert texts(operation, NACKA) == ["0", "1", "2", "3", "4", "5"]


def test_what_one_may_not_read_is_not_here(db: None) -> None:
    operation = opened()
    secret = say(operation, audience=OWN)
    assert read.entry(operation, NACKA, secret.id).id == secret.id
    for id in (secret.id, new_id()):
        with pytest.raises(NotHere):
            read.entry(operation, SOLNA, id)
        assert read.receipt(operation, SOLNA, id) is None


def test_only_the_author_gets_the_receipt_again(db: None) -> None:
    operation = opened()
    sent = say(operation, by=SOLNA)
    again = read.receipt(operation, SOLNA, sent.id)
    assert again is not None
    assert (again.seq, again.hash, again.repeated) == (sent.seq, sent.hash, True)
    assert read.receipt(operation, CHIEF, sent.id) is None
    assert read.receipt(operation, SOLNA, None) is None


def test_what_one_may_not_read_changes_nothing_in_what_one_sees(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same entries with the others' secrets between them and without: the same bytes, positions and states."""
    monkeypatch.setattr(store, "now", lambda: datetime(2026, 1, 5, 12, tzinfo=UTC))
    plain, mixed = opened(), opened()
    for number in range(12):
        id = new_id()
        say(mixed, "whispered", by=SOLNA, audience=OWN)
        say(mixed, "whispered too", by=SOLNA, audience=Audience("actors", ("lansstyrelsen",)))
        for operation in (plain, mixed):
            say(operation, str(number), id=id)
        say(mixed, "whispered three", by=CHIEF, audience=Audience("level", level="inriktande"))
    assert told(plain) == told(mixed)
    assert len(texts(mixed)) == 48


def told(operation: UUID) -> object:
    """Everything that can be asked about an operation for NACKA, but for the id of its opening."""
    encoded = [read.encoded(read.entries(operation, NACKA, after=after)) for after in range(1, 14)]
    states = [folds.state(HEARD, operation, NACKA, at) for at in range(14)]
    heard = [(state.texts, state.ids[1:]) for state in states]
    return encoded, read.position(operation, NACKA), read.moments(operation, NACKA), heard

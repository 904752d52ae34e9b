"""Followers: each entry once and in order, whatever fails and however often."""

from uuid import UUID

import pytest
from django.db import OperationalError

from samlad.journal import followers
from samlad.journal.actions import shred
from samlad.journal.append import append
from samlad.journal.entries import Draft, Entry
from samlad.journal.followers import Follower, Worker, behind
from samlad.journal.models import FollowerPosition, Participation
from samlad.journal.tests.scene import NACKA, RSK, Said, opened, say

pytestmark = pytest.mark.django_db(transaction=True)
FOLLOWED = frozenset({"tests.said"})


class Listing:
    """Handles entries by writing a row for each, and fails where it is told to."""

    def __init__(self, name: str = "tests.listing") -> None:
        self.failing = ""
        self.handled: list[str] = []
        self.follower = Follower(name, self.handle, FOLLOWED)

    def handle(self, entry: Entry) -> None:
        """An effect in the database, which a failure must take back."""
        actor = f"{self.follower.name}-{entry.seq}"
        Participation.objects.create(operation_id=entry.operation, actor=actor)
        self.handled.append(entry.payload.text)
        if entry.payload.text == self.failing:
            raise ZeroDivisionError

    def effects(self, operation: UUID) -> list[str]:
        """The rows that are there, by the seq of their entry."""
        found = Participation.objects.filter(operation_id=operation, actor__startswith=self.follower.name + "-")
        return sorted((row.actor.split("-")[-1] for row in found), key=int)


def position(operation: UUID, name: str = "tests.listing") -> int | None:
    """The stored position of a follower."""
    row = FollowerPosition.objects.filter(operation_id=operation, follower=name).first()
    return row.seq if row else None


def test_each_entry_of_the_kinds_followed_once_and_in_order() -> None:
    one, other, listing = opened(), opened(), Listing()
    worker = Worker([listing.follower], [])
    for number in range(3):
        say(one, str(number))
    worker.turn()
    worker.turn()
    assert listing.handled == ["0", "1", "2"]
    say(other, "there")
    say(one, "3")
    worker.turn()
    assert sorted(listing.handled[3:]) == ["3", "there"]
    assert (position(one), position(other), behind(listing.follower)) == (5, 2, [])


def test_more_than_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "GROUP", 4)
    operation, listing = opened(), Listing()
    append(*(Draft(operation, Said(str(number))) for number in range(11)), by=NACKA)
    Worker([listing.follower], []).turn()
    assert listing.handled == [str(number) for number in range(11)]


def test_a_failure_leaves_nothing_half_done_and_holds_up_nothing_before_it(caplog: pytest.LogCaptureFixture) -> None:
    operation, listing = opened(), Listing()
    for text in ("a", "b", "bad", "c"):
        say(operation, text)
    worker = Worker([listing.follower], [])
    listing.failing = "bad"
    worker.turn()
    worker.turn()
    assert listing.effects(operation) == ["2", "3"]
    assert position(operation) == 3
    assert "follower tests.listing failed" in caplog.text
    listing.failing, listing.handled = "", []
    worker.turn()
    assert listing.handled == ["bad", "c"]
    assert listing.effects(operation) == ["2", "3", "4", "5"]


def test_a_failing_follower_stops_neither_others_nor_other_operations_nor_pumps() -> None:
    bad_one, good_one = opened(), opened()
    failing, other, pumped = Listing("tests.failing"), Listing("tests.other"), list[str]()
    failing.failing = "bad"
    say(bad_one, "bad")
    say(good_one, "good")

    def broken() -> None:
        raise ZeroDivisionError

    Worker([failing.follower, other.follower], [broken, lambda: pumped.append("pump")]).turn()
    assert failing.effects(good_one) == ["2"]
    assert sorted(other.handled) == ["bad", "good"]
    assert pumped == ["pump"]


def test_a_lost_database_ends_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the connection goes PostgreSQL's lock of the one worker: nothing more may be done without it."""
    operation, listing = opened(), Listing()
    say(operation)

    def lost(entry: Entry) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    pumped: list[str] = []
    worker = Worker([Follower("tests.lost", lost, FOLLOWED), listing.follower], [lambda: pumped.append("pump")])
    with pytest.raises(OperationalError):
        worker.turn()
    assert (listing.handled, pumped) == ([], [])


def test_what_has_been_shredded_is_passed_over() -> None:
    operation, listing = opened(), Listing()
    named = say(operation, "Anna")
    say(operation, "Snow")
    shred(by=RSK, operation=operation, entries=[named.id], ground="GDPR art. 17")
    Worker([listing.follower], []).turn()
    assert (listing.handled, position(operation)) == (["Snow"], 4)


def test_a_new_follower_begins_at_the_beginning() -> None:
    operation, first, second = opened(), Listing(), Listing("tests.second")
    say(operation, "1")
    Worker([first.follower], []).turn()
    say(operation, "2")
    Worker([first.follower, second.follower], []).turn()
    assert first.handled == second.handled == ["1", "2"]

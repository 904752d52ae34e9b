"""Action cards in an operation: offered by kind and mode, begun by the first tick, ticked off by an actor's people."""

import threading
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samlad.activation.actions.cards import cards_in, offered, tick
from samlad.activation.actions.situation import set_levels
from samlad.activation.card_edits import save_card
from samlad.activation.cards import begun_by, steps_in
from samlad.activation.models import ActionCard
from samlad.activation.tests.scene import BOARD, alarm, close
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM, Who
from samlad.registers.tests.cast import Cast, make_member

pytestmark = pytest.mark.django_db
LINES = ["# Direkt", "Svara på larmet", "Ring vakthavande", "# Sedan", "Rapportera"]


def make_card(
    code: str = "tib-larm", role: str = "tib", kinds: tuple[str, ...] = ("disturbance",), **more: Any
) -> None:
    """A card that the import has brought."""
    told: dict[str, Any] = {"title": "TiB: när larmet går", "steps": LINES} | more
    save_card(card=ActionCard(code=code, role=role, operation_kinds=list(kinds), **told), reason="import", by=SYSTEM)


def ticked(who: Who, operation: UUID, step: int = 1, done: bool = True, **more: Any) -> Any:
    """Tick a step of the card of the first edition."""
    told: dict[str, Any] = {"card": "tib-larm", "edition": 1, "id": new_id()} | more
    return tick(by=who, operation=operation, step=step, done=done, **told)


def kinds_of(operation: UUID, who: Who) -> list[str]:
    """The kinds of the entries about cards that a reader has."""
    return [entry.kind for _number, entry in read.entries(operation, who) if entry.kind.startswith("activation.card")]


def test_lines_become_steps_under_their_headings() -> None:
    found = steps_in([*LINES, "", "  Avlösning   planeras "])
    assert [(one.number, one.text, one.phase) for one in found] == [
        (1, "Svara på larmet", "Direkt"),
        (2, "Ring vakthavande", "Direkt"),
        (3, "Rapportera", "Sedan"),
        (4, "Avlösning planeras", "Sedan"),
    ]


def test_the_first_tick_begins_the_card(cast: Cast) -> None:
    make_card()
    operation, who = alarm(cast), cast.duty_officer.who
    assert ticked(who, operation)
    begun = cards_in(operation, who).begun["nacka", "tib-larm"]
    assert (begun.title, begun.done, begun.ticks[1].author) == ("TiB: när larmet går", 1, who.person)
    assert kinds_of(operation, who) == ["activation.card_started", "activation.card_step_ticked"]


def test_what_is_ticked_is_the_own_actors(cast: Cast) -> None:
    make_card()
    operation = alarm(cast)
    ticked(cast.duty_officer.who, operation, note="Ringde driftcentralen")
    assert kinds_of(operation, cast.rsk.who) == []
    assert cards_in(operation, cast.liaison.who).begun == {}


def test_a_tick_can_be_taken_back_and_noted(cast: Cast) -> None:
    make_card()
    operation, who = alarm(cast), cast.duty_officer.who
    ticked(who, operation)
    ticked(who, operation, done=False)
    assert cards_in(operation, who).begun["nacka", "tib-larm"].done == 0
    ticked(who, operation, done=False, note="Ingen svarar")
    assert cards_in(operation, who).begun["nacka", "tib-larm"].ticks[1].note == "Ingen svarar"


def test_what_a_colleague_has_ticked_is_ticked_once(cast: Cast) -> None:
    make_card()
    colleague = make_member("tib2.nacka", "TiB 2 Nacka", "nacka", "tib").who
    operation = alarm(cast)
    assert ticked(cast.duty_officer.who, operation)
    assert ticked(colleague, operation) is None
    assert len(kinds_of(operation, colleague)) == 2


def test_sent_twice_is_ticked_once(cast: Cast) -> None:
    make_card()
    operation, id = alarm(cast), new_id()
    first = ticked(cast.duty_officer.who, operation, id=id)
    again = ticked(cast.duty_officer.who, operation, id=id)
    assert (first.id, again.repeated) == (again.id, True)


def test_a_begun_card_keeps_its_edition(cast: Cast) -> None:
    make_card()
    operation, who = alarm(cast), cast.duty_officer.who
    ticked(who, operation)
    make_card(steps=["Något helt annat"])
    ticked(who, operation, step=3)
    with pytest.raises(Refused):
        ticked(who, operation, step=1, edition=2)
    assert cards_in(operation, who).begun["nacka", "tib-larm"].done == 2


def test_a_card_that_was_changed_before_it_was_begun_is_looked_at_again(cast: Cast) -> None:
    make_card()
    operation = alarm(cast)
    make_card(steps=["Något helt annat"])
    with pytest.raises(Refused):
        ticked(cast.duty_officer.who, operation)


@pytest.mark.parametrize(
    ("kind", "mode", "wanted"),
    [
        ("disturbance", "ordinary", {"disturbance"}),
        ("exercise", "activated", {"exercise"}),
        ("ordinary", "ordinary", {"ordinary"}),
        ("ordinary", "activated", {"ordinary", "disturbance"}),
    ],
)
def test_cards_begin_by_kind_and_by_mode(kind: str, mode: str, wanted: set[str]) -> None:
    assert begun_by(kind, mode) == wanted


def test_an_ordinary_operation_that_is_activated_offers_the_cards_of_a_disturbance(cast: Cast) -> None:
    make_card("rsk-larm", "rsk")
    make_card("rsk-vecka", "rsk", ("ordinary",), title="RSK: veckans konferens")
    operation, who = alarm(cast, kind="ordinary"), cast.rsk.who
    assert [one.code for one in offered(operation, who, basics(operation, who))] == ["rsk-vecka"]
    set_levels(by=who, operation=operation, mode="activated", levels=["samordnande"], reason="Det blev värre.")
    codes = [one.code for one in offered(operation, who, basics(operation, who))]
    assert sorted(codes) == ["rsk-larm", "rsk-vecka"]


def test_who_may_not_tick(cast: Cast) -> None:
    make_card()
    operation = alarm(cast)
    for who in (cast.observer.who, cast.stranger.who, cast.liaison.who):
        with pytest.raises(Exception):  # noqa: B017 Refused, or nothing is there
            ticked(who, operation)
    close(cast, operation)
    with pytest.raises(Refused):
        ticked(cast.duty_officer.who, operation)


@pytest.mark.parametrize("step", [0, 4, -1])
def test_a_step_that_is_not_there_is_refused(cast: Cast, step: int) -> None:
    make_card()
    with pytest.raises(Refused):
        ticked(cast.duty_officer.who, alarm(cast), step=step)


def test_the_panel_and_the_page(cast: Cast, client: Client) -> None:
    make_card()
    operation = alarm(cast)
    client.force_login(cast.duty_officer.person)
    front = client.get(reverse("operation", args=[operation])).content.decode()
    assert "TiB: när larmet går" in front and "Svara på larmet" in front
    page = reverse("card", args=[operation, "tib-larm"])
    answer = client.post(page, {"id": new_id(), "edition": 1, "tick": 1, "panel": 1})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("operation", args=[operation]))
    answer = client.post(page, {"id": new_id(), "edition": 1, "note": 2, "note-2": "Upptaget"})
    assert answer.status_code == 302
    shown = client.get(page).content.decode()
    assert "TiB Nacka" in shown and "Upptaget" in shown and 'name="untick" value="1"' in shown
    assert "1 av 3" in client.get(reverse("cards", args=[operation])).content.decode()
    assert "TiB Nacka" in client.get(reverse("journal", args=[operation])).content.decode()


def test_the_page_as_it_was(cast: Cast, client: Client) -> None:
    make_card()
    operation, who = alarm(cast), cast.duty_officer.who
    before = read.position(operation, who)
    ticked(who, operation)
    client.force_login(cast.duty_officer.person)
    page = client.get(reverse("card", args=[operation, "tib-larm"]), {"at": before}).content.decode()
    assert "0 av 3" in page and "<button" not in page.split('<div class="card-page">')[1].split("</main>")[0]


@pytest.mark.parametrize(
    "sent", [{}, {"tick": "x"}, {"tick": 1, "untick": 2}, {"note": 1, "note-1": "x" * 501}, {"tick": 99}]
)
def test_what_makes_no_sense_gets_a_sentence(cast: Cast, client: Client, sent: dict[str, Any]) -> None:
    make_card()
    operation = alarm(cast)
    client.force_login(cast.duty_officer.person)
    answer = client.post(reverse("card", args=[operation, "tib-larm"]), {"id": new_id(), "edition": 1} | sent)
    assert answer.status_code in (409, 422)
    assert sent.get("note-1", "") in answer.content.decode()


def test_others_find_no_card(cast: Cast, client: Client) -> None:
    make_card()
    operation = alarm(cast)
    client.force_login(cast.liaison.person)
    assert client.get(reverse("card", args=[operation, "tib-larm"])).status_code == 404
    assert "Det finns inget åtgärdskort" in client.get(reverse("cards", args=[operation])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_a_card_at_the_same_moment(cast: Cast) -> None:
    make_card()
    colleague = make_member("tib2.nacka", "TiB 2 Nacka", "nacka", "tib").who
    operation = alarm(cast)
    together, failed = threading.Barrier(2), []

    def press(who: Who, step: int) -> None:
        try:
            together.wait(10)
            ticked(who, operation, step=step)
        except Exception as error:  # told below
            failed.append(error)
        finally:
            connection.close()

    pressing = [threading.Thread(target=press, args=it) for it in ((cast.duty_officer.who, 1), (colleague, 2))]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert failed == []
    assert cards_in(operation, colleague).begun["nacka", "tib-larm"].done == 2
    assert kinds_of(operation, colleague).count("activation.card_started") == 1


def test_the_board_has_cards_of_its_own(cast: Cast) -> None:
    make_card("rsk-larm", "rsk")
    operation = alarm(cast)
    tick(by=cast.rsk.who, operation=operation, card="rsk-larm", edition=1, step=1, id=new_id())
    assert list(cards_in(operation, SYSTEM).begun) == [(BOARD, "rsk-larm")]

"""The three modes: SSR's, each actor's own, and the national state, each with its history; exercises have their own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samlad.activation import states
from samlad.activation.actions import set_levels
from samlad.activation.actions.states import set_national_state, set_own_mode
from samlad.activation.forms import this_minute
from samlad.activation.models import ActorMode, ModeTerms, NationalState
from samlad.activation.tests.scene import BOARD, alarm, close
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import NotKept, Refused
from samlad.journal import read
from samlad.registers.tests.cast import Cast, Member, make_member

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]


def staff_mode(cast: Cast, mode: str = "Stabsläge", **more: Any) -> bool:
    """Nacka's duty officer sets its own mode."""
    return set_own_mode(by=cast.duty_officer.who, mode=mode, reason="Snö.", since=now(), **more)


def readiness(cast: Cast, state: Any = "skarpt", **more: Any) -> bool:
    """The coordinator enters the national state."""
    return set_national_state(by=cast.rsk.who, state=state, reason="Oro.", source="Regeringen", since=now(), **more)


def typed(**changes: Any) -> dict[str, Any]:
    """The form of an own mode."""
    return {"id": new_id(), "mode": "-", "other": "Krisläge", "since": this_minute(), "reason": "Snö."} | changes


def test_an_actors_own_mode_has_a_history(cast: Cast) -> None:
    staff_mode(cast)
    begun = now()
    staff_mode(cast, "")
    assert [one.what for one in states.own_history()] == ["", "Stabsläge"]
    assert states.live(begun).raised["nacka"].what == "Stabsläge"
    assert states.live(now()).raised == {}


def test_who_sets_an_own_mode(cast: Cast) -> None:
    chief = make_member("chef.nacka", "Chef Nacka", "nacka", "chief")
    assert set_own_mode(by=chief.who, mode="Stabsläge", reason="Snö.", since=now())
    for who in (cast.rsk.who, cast.liaison.who, cast.observer.who):
        with pytest.raises(Refused):
            set_own_mode(by=who, mode="Stabsläge", reason="Snö.", since=now())


def test_who_enters_the_national_state(cast: Cast) -> None:
    convening = make_member("tib.lst", "TiB Länsstyrelsen", BOARD, "tib")
    for number, who in enumerate((cast.rsk.who, convening.who)):
        state: Any = ("skarpt", "hogsta")[number]
        assert set_national_state(by=who, state=state, reason="Oro.", source="Regeringen", since=now())
    with pytest.raises(Refused):
        set_national_state(by=cast.duty_officer.who, state="normal", reason="x", source="x", since=now())


def test_what_is_refused(cast: Cast) -> None:
    staff_mode(cast)
    with pytest.raises(Refused):
        staff_mode(cast)  # holds already
    with pytest.raises(Refused):
        set_own_mode(by=cast.duty_officer.who, mode="", reason=" ", since=now())
    with pytest.raises(Refused):
        set_own_mode(by=cast.duty_officer.who, mode="", reason="x", since=now() + timedelta(hours=1))
    with pytest.raises(NotKept):
        set_own_mode(by=cast.duty_officer.who, mode="", reason="HEMLIG enligt 2 kap.", since=now())
    with pytest.raises(Refused):
        readiness(cast, "normal")  # holds already
    with pytest.raises(Refused):
        set_national_state(by=cast.rsk.who, state="skarpt", reason="Oro.", source=" ", since=now())
    assert (ActorMode.objects.count(), NationalState.objects.count()) == (1, 0)


def test_an_exercise_has_its_own(cast: Cast) -> None:
    exercise = alarm(cast, kind="exercise")
    staff_mode(cast, operation=exercise)
    readiness(cast, "hogsta", operation=exercise)
    assert (ActorMode.objects.count(), NationalState.objects.count()) == (0, 0)
    held = states.played(exercise, cast.observer.who)
    assert (held.modes["nacka"].what, held.readiness) == ("Stabsläge", "hogsta")
    assert states.brief(cast.duty_officer.who, "Nacka") == []
    live = alarm(cast)
    with pytest.raises(Refused):
        staff_mode(cast, operation=live)
    close(cast, exercise)
    with pytest.raises(Refused):
        staff_mode(cast, "Annat", operation=exercise)


def test_pressing_twice_in_an_exercise_is_once(cast: Cast) -> None:
    exercise, id = alarm(cast, kind="exercise"), new_id()
    position = read.position(exercise, cast.rsk.who)
    assert staff_mode(cast, operation=exercise, id=id) and staff_mode(cast, operation=exercise, id=id)
    assert read.position(exercise, cast.rsk.who) == position + 1


def test_ssr_is_activated_while_a_live_operation_is(cast: Cast) -> None:
    alarm(cast, kind="exercise")
    assert states.activated(cast.rsk.who) == []
    operation = alarm(cast)
    assert states.activated(cast.rsk.who) == [operation]
    assert states.activated(cast.stranger.who) == []
    set_levels(by=cast.rsk.who, operation=operation, mode="ordinary", levels=(), reason="Lugnt.")
    assert states.activated(cast.rsk.who) == []
    set_levels(by=cast.rsk.who, operation=operation, mode="activated", levels=("samordnande",), reason="Värre.")
    close(cast, operation)
    assert states.activated(cast.rsk.who) == []


def test_every_page_tells_what_is_not_ordinary(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.duty_officer)
    assert 'class="modes' not in client.get("/").content.decode()
    alarm(cast)
    staff_mode(cast)
    readiness(cast)
    page = client.get("/").content.decode()
    for text in ("SSR: aktiverat läge", "Nacka: Stabsläge", "Skärpt beredskap"):
        assert text in page
    assert "Utanför övningen:" not in page
    exercise = alarm(cast, kind="exercise")
    assert "Utanför övningen:" in client.get(reverse("operation", args=[exercise])).content.decode()
    assert "Nacka: Stabsläge" not in client_for(cast.liaison).get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_it_costs_the_same_however_many_operations_there_are(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert states.brief(cast.rsk.who, "Länsstyrelsen") == ["SSR: aktiverat läge"]
        return len(asked)

    alarm(cast)
    states.brief(cast.rsk.who, "")
    few = queries()
    for _operation in range(4):
        alarm(cast)
    states.brief(cast.rsk.who, "")
    assert queries() == few == 1


def test_the_page_with_the_histories(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    set_levels(by=cast.rsk.who, operation=operation, mode="ordinary", levels=(), reason="Det lugnade sig.")
    staff_mode(cast)
    readiness(cast)
    page = client_for(cast.liaison).get(reverse("mode")).content.decode()
    for text in ("Det lugnade sig.", "Stabsläge", "Regeringen", "Snöoväder, hela länet", "TiB Nacka"):
        assert text in page
    assert "mode/own" not in page and "mode/national" not in page


def test_the_situation_as_it_was(cast: Cast, client_for: ClientFor) -> None:
    exercise = alarm(cast, kind="exercise")
    staff_mode(cast, operation=exercise)
    before = read.position(exercise, cast.rsk.who)
    staff_mode(cast, "Katastrofläge", operation=exercise)
    client, address = client_for(cast.observer), reverse("situation", args=[exercise])
    then = client.get(address, {"at": before}).content.decode()
    assert "Nacka: Stabsläge" in then and "Katastrofläge" not in then
    assert "Nacka: Katastrofläge" in client.get(address).content.decode()
    live = alarm(cast)
    assert "Katastrofläge" not in client.get(reverse("situation", args=[live])).content.decode()


def test_the_form_of_an_own_mode(cast: Cast, client_for: ClientFor) -> None:
    ModeTerms.objects.create(actor_id="nacka", terms=["Förstärkningsläge"])
    client = client_for(cast.duty_officer)
    assert "Förstärkningsläge" in client.get(reverse("mode_own")).content.decode()
    assert client.post(reverse("mode_own"), typed()).status_code == 302
    assert "Krisläge" in client.get(reverse("mode_own")).content.decode()  # proposed from now on
    exercise = alarm(cast, kind="exercise")
    assert client.post(reverse("played_own", args=[exercise]), typed(mode="=", other="")).status_code == 409
    assert client.post(reverse("played_own", args=[exercise]), typed()).status_code == 302


@pytest.mark.parametrize(
    "changes", [{"mode": "okänt"}, {"other": ""}, {"since": "i går"}, {"reason": ""}, {"other": "x" * 61}]
)
def test_a_form_that_makes_no_sense(cast: Cast, client_for: ClientFor, changes: dict[str, Any]) -> None:
    answer = client_for(cast.duty_officer).post(reverse("mode_own"), typed(**changes))
    assert answer.status_code == 422
    assert ("Snö." in answer.content.decode()) == ("reason" not in changes)


def test_the_form_of_the_national_state(cast: Cast, client_for: ClientFor) -> None:
    client, told = client_for(cast.rsk), typed(state="hogsta", source="Regeringen")
    assert client.post(reverse("mode_national"), told).status_code == 302
    assert client.post(reverse("mode_national"), told).status_code == 409
    assert client.post(reverse("mode_national"), told | {"state": "krig"}).status_code == 422
    exercise = alarm(cast, kind="exercise")
    assert client.post(reverse("played_national", args=[exercise]), told).status_code == 302
    assert client.get(reverse("played_national", args=[alarm(cast)])).status_code == 404


def test_a_change_of_mode_needs_a_reason(cast: Cast) -> None:
    operation = alarm(cast)
    for mode in ("ordinary", "activated"):
        with pytest.raises(Refused):
            set_levels(by=cast.rsk.who, operation=operation, mode=mode, levels=["samordnande"], reason=" ")
    assert set_levels(
        by=cast.rsk.who, operation=operation, mode="activated", levels=["samordnande"], reason="Kvarstår."
    )

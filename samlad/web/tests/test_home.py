"""The first page: what is going on, and what one is called to."""

from collections.abc import Callable

from django.test import Client

from samlad.activation.actions import acknowledge
from samlad.governance.models import PlanYear
from samlad.governance.record import save
from samlad.journal.who import SYSTEM
from samlad.learning.drill_demo import remember_drills
from samlad.registers.queries import today
from samlad.registers.tests.cast import Cast, Everybody, Member
from samlad.web.tests.scene import snow

ClientFor = Callable[[Member], Client]


def test_everybody_gets_a_first_page(cast: Cast, client_for: ClientFor) -> None:
    for member in cast.members().values():
        assert client_for(member).get("/").status_code == 200


def test_the_called_are_told_until_they_answer(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    address = f"/operations/{operation}/acknowledgements/"
    assert address in client_for(cast.liaison).get("/").content.decode()
    acknowledge(by=cast.liaison.who, operation=operation, affected="no")
    assert address not in client_for(cast.liaison).get("/").content.decode()


def test_whoever_assesses_is_led_to_the_assessment_and_the_others_are_told_that_there_is_none(
    cast: Cast, client_for: ClientFor
) -> None:
    operation = snow(cast)
    html = client_for(cast.rsk).get("/").content.decode()
    assert "Larm att bedöma: Snöoväder" in html and f"/operations/{operation}/assessment/" in html
    html = client_for(cast.liaison).get("/").content.decode()
    assert "Ni är larmade" not in html and "ännu inte bedömt" in html and "assessment" not in html


def test_observers_are_not_called(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    html = client_for(cast.observer).get("/").content.decode()
    assert f"/operations/{operation}/" in html and "acknowledgements" not in html


def test_strangers_see_no_operation(cast: Cast, client_for: ClientFor) -> None:
    snow(cast)
    for member in (cast.stranger, cast.administrator):
        html = client_for(member).get("/").content.decode()
        assert "Snöoväder" not in html and "/operations/" not in html


def test_test_alarms_that_are_over_stand_in_their_report(cast: Cast, client_for: ClientFor) -> None:
    remember_drills()
    for member, href in (
        (cast.rsk, "/drills/"),
        (cast.duty_officer, "/drills/"),
        (cast.administrator, "/drills/plans/"),
    ):
        html = client_for(member).get("/").content.decode()
        assert f'href="{href}"' in html and "Larmprov november" not in html and "Nattligt" not in html
    for member in (cast.stranger, cast.observer):
        assert "/drills/" not in client_for(member).get("/").content.decode()


def test_only_duty_roles_have_the_green_button(cast: Cast, client_for: ClientFor) -> None:
    for name, member in cast.members().items():
        shown = "button-green" in client_for(member).get("/").content.decode()
        assert shown == (name not in ("observer", "administrator"))


def test_a_registrar_comes_to_the_actors_governance(everybody: Everybody, client_for: ClientFor) -> None:
    answer = client_for(everybody.registrar).get("/", follow=True)
    assert answer.redirect_chain[-1][0] == "/governance/actors/nacka/" and answer.status_code == 200


def test_those_who_speak_for_an_actor_have_one_line_of_what_waits(everybody: Everybody, client_for: ClientFor) -> None:
    plan = PlanYear(year=today().year + 1)
    save(plan, by=SYSTEM)
    for member, line in (
        (everybody.actor_administrator, True),
        (everybody.chief, True),
        (everybody.duty_officer, False),
    ):
        html = client_for(member).get("/").content.decode()
        assert ("Styrning: 1 sak väntar på er" in html) == line, member.who.name
    snow(everybody)
    html = client_for(everybody.chief).get("/").content.decode()
    assert "acknowledgements" in html and "Styrning: 1 sak" not in html

"""What was taken away by mistake or on purpose is still told at the foot of the page it stood on: who, when, why."""

import pytest
from django.test import Client

from samlad.governance.bodies import actions
from samlad.governance.bodies.models import BodyMember
from samlad.governance.goals import actions as goals_actions
from samlad.governance.goals.models import Goal
from samlad.governance.models import BudgetLine, Outcome
from samlad.governance.money import actions as money_actions
from samlad.governance.tests.bodies_scene import a_body, a_meeting, an_item
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody
from tests.governance_documents import library
from tests.governance_money import money

WHY = "Stod fel, se kansliets anteckning"


@pytest.fixture
def reader(everybody: Everybody, client: Client) -> Client:
    client.force_login(everybody.chief.person)
    return client


def test_members_and_items(everybody: Everybody, reader: Client) -> None:
    by, body = everybody.secretariat.who, a_body(everybody)
    meeting = a_meeting(everybody, body)
    actions.remove_item(an_item(everybody, meeting, "Reservkraft"), by=by, reason=WHY)
    page = reader.get(f"/governance/bodies/meetings/{meeting.pk}/").content.decode()
    assert WHY in page and "Reservkraft" in page
    actions.remove_member(BodyMember.objects.get(), by=by, reason=WHY)
    assert WHY in reader.get(f"/governance/bodies/{body.code}/").content.decode()


def test_bookings(everybody: Everybody, reader: Client) -> None:
    by, year = everybody.secretariat.who, today().year
    money(everybody, year)
    money_actions.remove_outcome(Outcome.objects.get(), by=by, reason=WHY)
    money_actions.remove_line(BudgetLine.objects.get(), by=by)
    assert WHY in reader.get(f"/governance/money/{year}/outcome/").content.decode()


def test_goals(everybody: Everybody, reader: Client) -> None:
    named = library(everybody)
    goal = Goal.objects.get(pk=named["goal"])
    goals_actions.remove_goal(goal, by=everybody.secretariat.who, reason=WHY)
    page = reader.get(f"/governance/goals/{named['vision']}/").content.decode()
    assert WHY in page and "Hålla ut" in page

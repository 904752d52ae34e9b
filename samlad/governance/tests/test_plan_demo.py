"""The demonstration's plans: three years, each in another stage."""

import pytest
from django.test import Client

from samlad.governance.plan import demo, queries
from samlad.governance.plan.models import PlanState
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody

pytestmark = pytest.mark.django_db
PAGES = ("", "activities/", "chart/", "stances/", "report/", "plan.pdf", "report.docx", "report.pdf")


def test_three_years_in_three_stages(everybody: Everybody, client: Client) -> None:
    demo.remember()
    year = today().year
    assert [(one.year, one.state) for one in queries.years()] == [
        (year + 1, PlanState.DRAFTING),
        (year, PlanState.PRESENTED),
        (year - 1, PlanState.CLOSED),
    ]
    client.force_login(everybody.secretariat.person)
    for page in PAGES:
        assert client.get(f"/governance/plans/{year - 1}/{page}").status_code == 200, page
    for one in queries.activities(year):
        assert client.get(f"/governance/plans/activities/{one.activity.pk}/").status_code == 200


def test_it_is_made_once(everybody: Everybody) -> None:
    demo.remember()
    before = len(queries.activities(today().year))
    demo.remember()
    assert len(queries.activities(today().year)) == before

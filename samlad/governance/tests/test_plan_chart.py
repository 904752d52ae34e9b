"""The year at a glance: bars where the days are, words beside shapes, and the same on paper."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from samlad.governance.plan import chart
from samlad.governance.tests.plans import YEAR, a_plan, an_activity, in_plan
from samlad.registers.tests.cast import Everybody

days = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))


@given(days, days)
def test_later_days_stand_further_right(one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    assert chart.LEFT <= chart.place_of(YEAR, earlier) <= chart.place_of(YEAR, later) < chart.RIGHT


def test_the_year_fills_the_picture_and_nothing_stands_outside() -> None:
    assert chart.place_of(YEAR, date(YEAR, 1, 1)) == chart.LEFT
    assert chart.place_of(YEAR, date(YEAR + 1, 1, 1)) == chart.RIGHT
    assert chart.place_of(YEAR, date(YEAR + 5, 1, 1)) == chart.RIGHT
    assert chart.place_of(YEAR, date(YEAR - 5, 1, 1)) == chart.LEFT
    assert [month.quarter for month in chart.months(YEAR)].count(True) == 4


def test_a_long_title_is_on_two_lines() -> None:
    assert chart.title_lines("Larmprov") == ("Larmprov",)
    assert len(chart.title_lines("ord " * 60)) == 2


@pytest.mark.django_db
def test_shapes_words_and_arrows(everybody: Everybody, client: Client) -> None:
    plan = a_plan("presented")
    in_plan(plan, "Går vidare", last_day=date(YEAR + 1, 3, 31), amount=Decimal("1234567.50"))
    in_plan(plan, "En dag", first_day=date(YEAR, 12, 31), last_day=date(YEAR, 12, 31))
    an_activity(plan, "Bara föreslagen")
    client.force_login(everybody.outsider.person)
    page = client.get(f"/governance/plans/{YEAR}/chart/").content.decode()
    svg = page.partition("<svg viewBox")[2].partition("</section>")[0]
    assert svg.count('class="arrow"') == 1
    assert "Ingen uppföljning ännu" in svg
    assert "Bara föreslagen" not in svg
    assert "," not in svg.partition('class="bar"')[2].partition("/>")[0]  # no decimal commas in measures


@pytest.mark.django_db
def test_the_paper_has_everything(everybody: Everybody, client: Client) -> None:
    plan = a_plan("decided", about="Om planen")
    in_plan(plan, "Övning om elavbrott", first_day=date(YEAR, 2, 1), why="#strong[x]")
    an_activity(plan, "Studieresa", state="left_out", left_out="För dyr.")
    client.force_login(everybody.outsider.person)
    pdf = PdfReader(io.BytesIO(client.get(f"/governance/plans/{YEAR}/plan.pdf").content))
    text = " ".join(page.extract_text() for page in pdf.pages).replace("\n", " ")
    for wanted in ("Övning om elavbrott", "#strong[x]", "För dyr.", "Enligt förslaget.", "Har inte svarat"):
        assert wanted in text
    last = pdf.pages[-1].mediabox
    assert last.width > last.height


def test_a_day_is_a_day_wide_or_more() -> None:
    day = date(YEAR, 6, 1)
    assert chart.place_of(YEAR, day + timedelta(days=1)) > chart.place_of(YEAR, day)

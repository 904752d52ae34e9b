"""Choosing readers on a phone: a live sum, a category in one tick, a long list searched; with script or without."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from samlad.base.clock import STOCKHOLM, now
from tests.browser import PHONE, axe, fits
from tests.journeys.conftest import Open, operation_of, something_else

pytestmark = pytest.mark.journey

ALL = "Kan läsas av alla deltagande aktörer"


@pytest.fixture
def operation(open_as: Open) -> str:
    """The address of an operation that was just raised."""
    page = open_as("tib.nacka")
    page.goto("/raise/")
    page.get_by_label("Vad har hänt").fill("Misstänkt föremål")
    page.get_by_label("Var?").fill("Nacka")
    page.get_by_role("button", name="Larma").click()
    something_else(page, "Misstänkt föremål")
    return operation_of(page)


def test_a_limited_report_and_a_line_to_the_others(open_as: Open, operation: str) -> None:
    page = open_as("tib.nacka", viewport=PHONE)
    page.goto(f"{operation}reports/new/")
    summary = page.locator(".audience-choice > summary")
    expect(summary).to_contain_text(ALL)
    expect(page.get_by_label("Rad till övriga")).not_to_be_visible()
    summary.click()
    page.get_by_label("Bara vissa aktörer").check()
    expect(summary).to_contain_text("ingen vald än")
    page.get_by_role("group", name="Blåljus").get_by_label("alla").check()
    expect(summary).to_contain_text("6 aktörer")  # five, and Nacka
    page.get_by_role("searchbox").fill("polis")
    expect(page.get_by_role("checkbox", name="Polisen")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Botkyrka")).not_to_be_visible()
    page.get_by_role("checkbox", name="Polisen").uncheck()
    expect(summary).to_contain_text("5 aktörer")
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("group", name="Blåljus").get_by_label("alla")).not_to_be_checked()
    axe(page)
    fits(page)
    page.locator(".marking > summary").click()
    page.get_by_label("Sekretessgrund").select_option("OSL 18:13")
    page.get_by_label("Rad till övriga").fill("Avspärrning kring torget")
    until = (now() + timedelta(hours=2)).astimezone(STOCKHOLM)
    page.get_by_label("Gäller till").fill(until.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Röd").check()
    page.get_by_label("Konsekvenser").fill("En övergiven väska.")
    page.get_by_role("button", name="Skicka lägesrapporten").click()
    expect(page.get_by_role("status").filter(has_text="Läskrets: bara")).to_be_visible()
    other = open_as("liaison.solna", viewport=PHONE)
    other.goto(operation)
    expect(other.locator("#lines")).to_contain_text(f"Nacka: Avspärrning kring torget till {until:%H:%M}")
    expect(other.locator("main")).not_to_contain_text("väska")
    axe(other)
    fits(other)


def test_a_network_is_one_choice(open_as: Open, operation: str) -> None:
    page = open_as("liaison.sodertalje", viewport=PHONE)
    page.goto(f"{operation}reports/new/")
    summary = page.locator(".audience-choice > summary")
    summary.click()
    page.get_by_label("Ett aktörsnätverk").check()
    page.get_by_role("radio", name="Trafik 3 aktörer").check()
    expect(summary).to_contain_text("Trafik, 3 aktörer")
    axe(page)
    fits(page)


def test_without_script_the_numbers_stand_beside_each_choice(open_as: Open, operation: str) -> None:
    page = open_as("liaison.solna", viewport=PHONE, java_script_enabled=False)
    page.goto(f"{operation}reports/new/")
    expect(page.locator(".audience-choice > summary")).to_contain_text(ALL)
    page.locator(".audience-choice > summary").click()
    page.get_by_label("Bara vissa aktörer").check()
    page.get_by_role("group", name="Trafik").get_by_label("alla 2").check()
    page.get_by_label("Gul").check()
    page.get_by_label("Konsekvenser").fill("Vi klarar det.")
    page.get_by_role("button", name="Skicka lägesrapporten").click()
    expect(page).to_have_url(re.compile("/reports/[0-9a-f-]{36}/"))
    expect(page.locator("main")).to_contain_text("Stockholms Hamnar")

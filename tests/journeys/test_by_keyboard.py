"""The main job without a mouse, in English: everything is reached by Tab, in an order that leads there."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import axe
from tests.journeys.conftest import Open, operation_of

pytestmark = pytest.mark.journey
FAR = 90  # presses of Tab; the longest page has its whole form before the last button


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    expect(wanted).to_be_attached()
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"not reached by Tab: {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go there by Tab and press."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def write(page: Page, wanted: Locator, text: str) -> None:
    """Go there by Tab and type."""
    tab_to(page, wanted)
    page.keyboard.type(text)


def test_from_the_alarm_to_the_picture(open_as: Open) -> None:
    officer, liaison, lead = (
        open_as(username, locale="en-GB") for username in ("tib.nacka", "liaison.solna", "lagesbild")
    )
    raise_the_alarm(officer)
    answer_and_report(liaison)
    publish(lead, operation_of(officer))


def raise_the_alarm(page: Page) -> None:
    """The cursor stands in the first field."""
    page.goto("/")
    press(page, page.get_by_role("link", name="Raise the alarm").last)
    expect(page.get_by_label("What has happened")).to_be_focused()
    page.keyboard.type("Power failure")
    write(page, page.get_by_label("Where?"), "Solna")
    press(page, page.get_by_role("button", name="Raise the alarm"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Power failure, Solna")


def answer_and_report(page: Page) -> None:
    """From the first page to a filed report."""
    page.goto("/")
    press(page, page.get_by_role("link", name="Say whether you are affected"))
    press(page, page.get_by_role("button", name="Affected", exact=True))
    press(page, page.get_by_role("link", name="Send a situation report"))
    tab_to(page, page.get_by_label("Green"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Yellow")).to_be_checked()
    write(page, page.get_by_label("Consequences"), "4,000 customers without power.")
    press(page, page.get_by_role("button", name="Send the report"))
    expect(page.get_by_text("The report has been filed")).to_be_visible()
    axe(page)


def publish(page: Page, at: str) -> None:
    """The desk, the preview, the picture."""
    page.goto(f"{at}desk/?block=consequences")
    press(page, page.get_by_role("button", name="Take in"))
    draft = page.locator("#draft")
    expect(draft.get_by_text("4,000 customers")).to_be_visible()
    tab_to(page, draft.get_by_label("Green"))
    page.keyboard.press("ArrowRight")
    write(page, draft.get_by_label("Overall assessment"), "Local, and under control.")
    press(page, draft.get_by_role("button", name="Save the assessment"))
    expect(page.get_by_text("The assessment is saved")).to_be_visible()
    press(page, page.get_by_role("link", name="Preview and publish"))
    press(page, page.get_by_role("button", name="Publish number 1"))
    expect(page).to_have_url(re.compile("/pictures/1/$"))
    expect(page.locator("article.document")).to_contain_text("Local, and under control.")
    axe(page)

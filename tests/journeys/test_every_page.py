"""Every page with a whole exercise in it: two languages, two widths, 400 % zoom, paper; by axe and by size."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, axe, fits
from tests.journeys.conftest import LAPTOP, Open, operation_of
from tests.running import Running

pytestmark = pytest.mark.journey
ZOOMED = {"width": 320, "height": 640}  # 1280 pixels at 400 %
PLAY = """
from pathlib import Path
from samlad.learning.actions import run_exercise
run_exercise(Path("regions/stockholm/exercises/snowstorm.toml"), speed=1e6)
"""
PAGES = (
    *("/", "/raise/", "/outbox/", "/nothing-here/", "/ways/", "/ways/new/", "/ways/actors/", "/ways/actors/nacka/"),
    *("@", "@?at=9", "@acknowledgements/", "@situation/", "@reports/", "@reports/?status=red", "@reports/new/"),
    *("@reports/new/?actor=solna", "@actors/norrtalje/", "@actors/nykvarn/", "@desk/", "@desk/?block=needs"),
    *("@desk/preview/", "@deadline/", "@pictures/", "@pictures/1/", "@figures/", "@journal/", "@standing-down/"),
    *(
        "@cards/",
        "@cards/rsk-larm/",
        "@assessment/",
        "@assessment/?outcome=staff",
        "@national-state/",
        "/mode/",
        "/mode/national/",
        "/weekly/",
    ),
)
REGISTERS = (
    *("", "actors/", "actors/?on=2015-06-01", "actors/nacka/", "areas/", "areas/0182/", "people/", "actors/new/"),
    *("actors/nacka/versions/new/", "areas/0182/population/new/", "people/new/"),
    *(
        "rosters/",
        "rosters/?at=2026-11-27T17:00",
        "rosters/nacka/",
        "rosters/lansstyrelsen-stockholm/",
        "shifts/",
        "gaps/",
    ),
    *(
        "rosters/nacka/tib/",
        "rosters/nacka/tib/shifts/new/",
        "rosters/nacka/tib/patterns/new/",
        "rosters/nacka/tib/import/",
    ),
    *("call-out/", "call-out/texts/new/", "call-out/times/planned/edit/", "call-out/answers/new/"),
    *("cards/", "cards/rsk-larm/", "cards/rsk-larm/edit/", "cards/new/", "../weekly/schedule/", "../weekly/weeks/"),
)


@pytest.fixture(scope="module")
def site(install: Callable[[], Running]) -> Iterator[Running]:
    """A server on which the demo's exercise has been played to its end."""
    one = install()
    one.command("shell", "-v0", "-c", PLAY)
    one.start()
    yield one
    one.stop()


def operation_at(page: Page) -> str:
    """The address of the exercise."""
    page.goto("/")
    page.locator(".card-link a").first.click()
    page.wait_for_url(re.compile("/operations/"))
    return operation_of(page)


@pytest.mark.parametrize(
    ("locale", "viewport", "by_axe"),
    [("sv-SE", LAPTOP, True), ("en-GB", PHONE, True), ("sv-SE", PHONE, False), ("en-GB", LAPTOP, False)],
    ids=["Swedish-laptop", "English-phone", "Swedish-phone", "English-laptop"],
)
def test_pages_of_an_operation(open_as: Open, locale: str, viewport: dict[str, int], by_axe: bool) -> None:
    page = open_as("rsk", viewport=viewport, locale=locale)
    at = operation_at(page)
    for path in PAGES:
        answer = page.goto(path.replace("@", at))
        assert answer and answer.status == (404 if path == "/nothing-here/" else 200), path
        expect(page.locator("html")).to_have_attribute("lang", locale[:2])
        fits(page)
        if by_axe:  # it takes its second a page, and finds the same in either width
            axe(page)


@pytest.mark.parametrize("locale", ["sv-SE", "en-GB"])
def test_pages_of_the_registers(open_as: Open, locale: str) -> None:
    page = open_as("admin", viewport=PHONE, locale=locale)
    for path in REGISTERS:
        answer = page.goto(f"/registers/{path}")
        assert answer and answer.ok, path
        fits(page)
        axe(page)


@pytest.mark.parametrize("locale", ["sv-SE", "en-GB"])
def test_pages_of_a_duty_officer(open_as: Open, locale: str) -> None:
    page = open_as("tib.nacka", viewport=PHONE, locale=locale)
    at = operation_at(page)
    for path in ("/mode/own/", f"{at}own-mode/", f"{at}cards/tib-larm/", f"{at}situation/"):
        answer = page.goto(path)
        assert answer and answer.ok, path
        fits(page)
        axe(page)


@pytest.mark.parametrize("page_name", ["", "reports/new/", "desk/", "pictures/1/", "standing-down/", "journal/"])
def test_at_400_percent_nothing_scrolls_sideways(open_as: Open, page_name: str) -> None:
    page = open_as("rsk", viewport=ZOOMED)
    page.goto(operation_at(page) + page_name)
    fits(page)


def test_the_language_is_changed_where_one_is(open_as: Open) -> None:
    page = open_as("lagesbild")
    page.goto(operation_at(page) + "desk/?block=measures")
    expect(page.get_by_role("heading", name="Åtgärder").first).to_be_visible()
    here = page.url
    page.locator("details.account summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Measures").first).to_be_visible()
    assert page.url == here
    axe(page)


def test_a_picture_on_paper(open_as: Open) -> None:
    page = open_as("lagesbild")
    page.goto(operation_at(page) + "pictures/1/")
    page.emulate_media(media="print")
    for gone in ("header.top", "nav", "samlad-slider", "details.account"):
        expect(page.locator(gone).first).not_to_be_visible()
    expect(page.locator("article.document")).to_be_visible()
    expect(page.locator("footer .print-only")).to_be_visible()
    expect(page.locator(".exercise-word").first).to_be_visible()

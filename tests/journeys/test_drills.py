"""Test alarms: their pages with made-up answers, by axe, at both widths, at 400 %, in the dark and on paper."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, axe, fits
from tests.journeys.conftest import LAPTOP, Open
from tests.running import Running

pytestmark = pytest.mark.journey
ZOOMED = {"width": 320, "height": 640}  # 1280 pixels at 400 %
PLAY = "from samlad.learning.drill_demo import remember_drills; remember_drills()"
REPORTS = ("/drills/", "/drills/actors/nacka/")
PLANS = ("/drills/plans/", "/drills/plans/new/")


@pytest.fixture(scope="module")
def site(install: Callable[[], Running]) -> Iterator[Running]:
    """A server that remembers test alarms."""
    one = install()
    one.command("shell", "-v0", "-c", PLAY)
    one.start()
    yield one
    one.stop()


@pytest.mark.parametrize(("locale", "viewport"), [("sv-SE", LAPTOP), ("en-GB", PHONE)], ids=["laptop", "phone"])
@pytest.mark.parametrize(("who", "paths"), [("rsk", REPORTS), ("tib.nacka", REPORTS), ("admin", PLANS)])
def test_pages(open_as: Open, who: str, paths: tuple[str, ...], locale: str, viewport: dict[str, int]) -> None:
    page = open_as(who, viewport=viewport, locale=locale)
    for path in paths:
        answer = page.goto(path)
        assert answer and answer.ok, path
        fits(page)
        axe(page)


def test_enlarged_in_the_dark_and_on_paper(open_as: Open) -> None:
    page = open_as("rsk", viewport=ZOOMED)
    for path in REPORTS:
        page.goto(path)
        fits(page)
    page.emulate_media(color_scheme="dark")
    axe(page)
    page.emulate_media(media="print", color_scheme="light")
    expect(page.locator(".plot svg").first).to_be_visible()
    expect(page.get_by_role("table").first).to_be_visible()

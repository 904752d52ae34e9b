"""People at their screens: `open_as("rsk", viewport=WALL)` is a page of somebody signed in, each in an own browser."""

import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser import NewContext
from tests.running import Running

LAPTOP = {"width": 1366, "height": 768}
expect.set_options(timeout=20_000)  # milliseconds; the machine may be busy
OPERATION = re.compile(r"/operations/[0-9a-f-]{36}/")
Open = Callable[..., Page]
PEOPLE = ("tib.nacka", "rsk", "lagesbild", "liaison.sodertalje", "liaison.solna", "observator", "admin")


@pytest.fixture(scope="module")
def keys(site: Running) -> Mapping[str, str]:
    """Everybody's session at the module's site, by username."""
    return dict(zip(PEOPLE, site.sessions(*PEOPLE), strict=True))


@pytest.fixture
def open_as(site: Running, keys: Mapping[str, str], new_context: NewContext) -> Open:
    """A page of somebody who is signed in: open_as("tib.nacka", viewport=PHONE, locale="en-GB")."""

    def page(username: str, **options: object) -> Page:
        context = new_context(base_url=site.url, **{"viewport": LAPTOP, **options})
        context.add_cookies([{"name": "sessionid", "value": keys[username], "url": site.url}])
        return context.new_page()

    return page


def something_else(page: Page, heading: str) -> None:
    """The alarm is raised: where another looks like it, that it is something else is said first."""
    asked = page.get_by_role("button", name="Nej, det här är något annat: larma")
    there = page.get_by_role("heading", level=1, name=heading)
    expect(asked.or_(there).first).to_be_visible()
    if asked.is_visible():
        asked.click()
    expect(there).to_be_visible()


def operation_of(page: Page) -> str:
    """The address of the operation that the page is about, without its host."""
    found = OPERATION.search(page.url)
    assert found, page.url
    return found.group()

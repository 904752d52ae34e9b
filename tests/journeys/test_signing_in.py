"""The page everybody meets first."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, NewContext, axe, fits
from tests.running import Running

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(("language", "heading"), [("sv-SE", "Logga in"), ("en-GB", "Sign in")])
def test_sign_in_page(
    site: Running, new_context: NewContext, viewport: dict[str, int], language: str, heading: str
) -> None:
    page = new_context(base_url=site.url, viewport=viewport, locale=language).new_page()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    axe(page)
    fits(page)


def test_a_wrong_password_keeps_the_name(site: Running, new_context: NewContext) -> None:
    page = new_context(base_url=site.url).new_page()
    page.goto("/sign-in/")
    page.locator("input[name=username]").fill("tib.nacka")
    page.locator("input[name=password]").fill("fel")
    page.locator("input[name=password]").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("input[name=username]")).to_have_value("tib.nacka")
    axe(page)

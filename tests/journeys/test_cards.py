"""An action card in a browser: ticked off on the front page, seen by a colleague, printed on one sheet."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.test_every_page import PLAY, operation_at
from tests.running import Running

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def site(install: Callable[[], Running]) -> Iterator[Running]:
    """A server on which the demo's exercise has been played to its end."""
    one = install()
    one.command("shell", "-v0", "-c", PLAY)
    one.start()
    yield one
    one.stop()


def test_a_card_is_ticked_off(open_as: Open) -> None:
    page = open_as("rsk")
    at = operation_at(page)
    panel = page.locator(".card-panel")
    expect(panel).to_contain_text("0 av 13 steg klara")
    panel.get_by_role("button", name="Bocka av: Kontakta").click()
    expect(panel).to_contain_text("1 av 13 steg klara")
    page.goto(f"{at}cards/rsk-larm/")
    page.locator("li", has_text="Följ tavlan").locator("summary").click()
    note = page.get_by_label("Anteckning").locator("visible=true")
    note.fill("Nykvarn svarar inte")
    note.press("Enter")  # presses nothing: least of all the first step's box
    expect(page.get_by_role("button", name="Ta bort bocken:")).to_have_count(1)
    page.get_by_role("button", name="Spara anteckningen").locator("visible=true").click()
    expect(page.locator("li", has_text="Följ tavlan")).to_contain_text("Nykvarn svarar inte")
    page.goto(f"{at}journal/")
    expect(page.locator("main")).to_contain_text("Nykvarn svarar inte")


def test_a_card_is_one_sheet(open_as: Open) -> None:
    page = open_as("rsk")
    for card in ("rsk-larm", "tib-larm", "lagesbild-larm"):
        page.goto(f"/registers/cards/{card}/")
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1, card

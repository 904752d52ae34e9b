"""The alarm on a phone: raised, answered, read in the outbox, led and ended; keyboard and screen reader included."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, NewContext, axe, fits
from tests.running import Running

pytestmark = pytest.mark.journey

Open = Callable[..., Page]


@pytest.fixture
def at(site: Running, new_context: NewContext) -> Open:
    """A page of somebody who is signed in: at("tib.nacka", PHONE)."""

    def open_page(username: str, viewport: dict[str, int] = PHONE) -> Page:
        context = new_context(base_url=site.url, viewport=viewport)
        (session,) = site.sessions(username)
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        return context.new_page()

    return open_page


def good(page: Page) -> None:
    """Nothing that axe finds, nothing that scrolls sideways."""
    axe(page)
    fits(page)


def raised(page: Page, what: str) -> str:
    """Raise the alarm with the keyboard alone; returns the operation's address."""
    page.goto("/raise/")
    page.keyboard.type(what)
    page.keyboard.press("Tab")
    page.keyboard.type("Nacka och Värmdö")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{what}, Nacka och Värmdö")
    return page.url


def test_from_the_button_to_the_answer_on_a_phone(at: Open) -> None:
    page = at("tib.nacka")
    page.goto("/raise/")
    good(page)
    page.get_by_role("button", name="Larma").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv med några ord vad som har hänt.")
    good(page)
    address = raised(page, "Kraftigt snöfall")
    called = at("liaison.solna")
    called.goto(f"{address}acknowledgements/")
    good(called)
    called.get_by_text("Lägg till några ord först").click()
    called.get_by_role("textbox").fill("Två bussdepåer står still.")
    called.reload()  # nobody loses text
    called.get_by_text("Lägg till några ord först").click()
    expect(called.get_by_role("textbox")).to_have_value("Två bussdepåer står still.")
    called.get_by_role("button", name="Berörd", exact=True).click()
    expect(called.get_by_text("Tack. Nu ser alla att ni är nådda.")).to_be_visible()
    expect(called.get_by_text("Två bussdepåer står still.").first).to_be_visible()
    good(called)


def test_the_letter_is_in_the_outbox(at: Open) -> None:
    page = at("tib.nacka")
    address = raised(page, "Översvämning")
    page.goto("/outbox/")
    expect(page.get_by_text("ÖVNING – Larm: Översvämning").first).to_be_visible()
    page.get_by_text("ÖVNING – Larm: Översvämning").first.click()
    good(page)
    # The letter says localhost, where passkeys work; this browser came by number and stays there.
    answer = f"{address}acknowledgements/"
    expect(page.get_by_role("link", name=answer.replace("127.0.0.1", "localhost")).first).to_be_visible()
    page.goto(answer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Översvämning")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_led_and_ended(at: Open, viewport: dict[str, int]) -> None:
    page = at("rsk", viewport)
    address = raised(page, "Strömavbrott")
    page.goto(f"{address}situation/")
    good(page)
    page.get_by_label("Inriktande nivå").check()
    page.get_by_role("button", name="Ändra läge och nivåer").click()
    expect(page.get_by_role("cell", name="inriktande, samordnande")).to_be_visible()
    page.get_by_role("link", name="Avveckla händelsen").click()
    page.get_by_role("button", name="Publicera avslutande lägesbild och avsluta").click()
    expect(page.get_by_role("alert")).to_be_visible()
    good(page)
    page.get_by_label("Varför kan händelsen avslutas?").fill("Strömmen är tillbaka.")
    page.get_by_label("Avslutande sammanfattning").fill("Alla har ström.")
    page.get_by_label("Jag förstår").check()
    page.get_by_role("button", name="Publicera avslutande lägesbild och avsluta").click()
    expect(page.get_by_text("Avslutad", exact=False).first).to_be_visible()
    page.goto(f"{address}acknowledgements/")
    expect(page.get_by_text("Inget svar behövs längre.")).to_be_visible()
    good(page)

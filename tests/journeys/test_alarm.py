"""The alarm: raised, assessed, called out, answered, led and ended; on a phone, with keyboard and screen reader."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, NewContext, axe, fits
from tests.journeys.conftest import something_else
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
    something_else(page, f"{what}, Nacka och Värmdö")
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


def test_the_letter_is_in_the_outbox_of_those_who_assess(at: Open) -> None:
    address, page = raised(at("tib.nacka"), "Översvämning"), at("rsk")
    page.goto("/outbox/")
    expect(page.get_by_text("ÖVNING – Bedöm: Översvämning").first).to_be_visible()
    page.get_by_text("ÖVNING – Bedöm: Översvämning").first.click()
    good(page)
    # The letter says localhost, where passkeys work; this browser came by number and stays there.
    answer = f"{address}assessment/"
    expect(page.get_by_text(answer.replace("127.0.0.1", "localhost")).first).to_be_visible()
    page.goto(answer)
    expect(page.get_by_role("heading", name="Första bedömning")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_assessed_and_called_out(at: Open, viewport: dict[str, int]) -> None:
    officer, rsk = at("tib.nacka", viewport), at("rsk", viewport)
    address = raised(officer, "Ras")
    officer.goto("/raise/")
    officer.get_by_label("Vad har hänt").fill("Ett ras")
    officer.get_by_label("Var?").fill("Nacka")
    officer.get_by_role("button", name="Larma").click()
    expect(officer.get_by_role("heading", name="Är det samma sak?")).to_be_visible()
    good(officer)
    officer.get_by_role("button", name="Anslut till denna").first.click()
    expect(officer.get_by_role("heading", level=1)).to_have_text(re.compile("^Ras, Nacka"))
    rsk.goto(address)
    expect(rsk.get_by_text("Ingen bedömning på")).to_be_visible()
    rsk.get_by_role("link", name="Bedöm och kalla").click()
    good(rsk)
    rsk.get_by_role("link", name="Konferens på samordnande nivå", exact=True).click()
    good(rsk)
    rsk.get_by_text("Ändra texten").click()
    rsk.get_by_label("Ämne").fill("Konferens {when} om raset")
    expect(rsk.locator("[data-subject]")).to_have_text(re.compile(r"^Konferens kl\. \d\d\.\d\d om raset$"))
    rsk.get_by_label("Blåljus").check()
    expect(rsk.locator("[data-called-actors]")).to_have_text("5")
    rsk.get_by_role("button", name="Kalla", exact=True).click()
    expect(rsk.get_by_text("utkallningen har börjat")).to_be_visible()
    rsk.goto(f"{address}assessment/")
    good(rsk)
    expect(rsk.get_by_text("om raset").first).to_be_visible()
    rsk.locator("#calls ~ ul summary").first.click()
    rsk.locator("textarea[name=reason]").first.fill("Fel.")
    rsk.locator("#calls ~ ul button.danger").first.click()
    expect(rsk.get_by_text(": Fel.").first).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_led_and_ended(at: Open, viewport: dict[str, int]) -> None:
    page = at("rsk", viewport)
    address = raised(page, "Strömavbrott")
    page.goto(f"{address}situation/")
    good(page)
    page.get_by_label("Inriktande nivå").check()
    page.get_by_role("textbox", name="Varför").fill("Chefernas beslut behövs.")
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

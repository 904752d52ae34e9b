"""Signing in as people do, in a real browser: with a passkey of its own, and with an app's codes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from samlad.accounts.tests.people import code
from tests.browser import DESKTOP, PHONE, NewContext, axe, fits
from tests.running import Running

pytestmark = pytest.mark.journey
PASSWORD = "snow over the county"
PREPARE = """
from samlad.registers.models import Person
for username in ("rsk", "lagesbild"):
    person = Person.objects.get(username=username)
    person.set_password("snow over the county")
    person.save()
"""
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def strong(running: Running) -> Iterator[str]:
    """An installation that demands strong sign-in, at the name passkeys need."""
    running.stop()
    running.environment |= {"SAMLAD_SIGN_IN": "strong"}
    running.command("shell", "-v0", "-c", PREPARE)
    running.start()
    yield running.url.replace("127.0.0.1", "localhost")


def good(page: Page) -> None:
    """Nothing for axe to find, nothing sideways, at both sizes."""
    for size in (PHONE, DESKTOP):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        axe(page)
        fits(page)


def type_password(page: Page, username: str) -> None:
    """Sign in by name and password."""
    page.goto("/sign-in/?next=/registers/areas/")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_label("Lösenord").press("Enter")


def test_a_passkey_is_made_and_then_signs_in_alone(strong: str, new_context: NewContext) -> None:
    page = new_context(base_url=strong).new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    type_password(page, "rsk")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ställ in din inloggning")
    good(page)
    page.get_by_role("link", name="Skapa en passnyckel").click()
    good(page)
    page.get_by_label("Passnyckelns namn").fill("Nyckeln i kassaskåpet")
    page.get_by_role("button", name="Skapa en passnyckel").click()
    page.get_by_role("button", name="Visa mina återställningskoder").click()
    expect(page.locator(".recovery li")).to_have_count(10)
    good(page)
    page.get_by_role("link", name="Jag har sparat dem").click()
    expect(page).to_have_url(f"{strong}/registers/areas/")
    page.goto("/account/")
    expect(page.locator("strong", has_text="Nyckeln i kassaskåpet")).to_be_visible()
    good(page)
    page.context.clear_cookies()
    page.goto("/registers/areas/")
    good(page)
    page.get_by_role("button", name="Logga in med passnyckel").click()
    expect(page).to_have_url(f"{strong}/registers/areas/")


def test_a_device_without_the_passkey_says_so(strong: str, new_context: NewContext) -> None:
    page = new_context(base_url=strong).new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto("/sign-in/")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    expect(page.locator("samlad-passkey [role=status]")).to_contain_text("Det avbröts eller tog för lång tid")


def test_codes_are_set_up_and_then_asked_for(strong: str, new_context: NewContext) -> None:
    page = new_context(base_url=strong).new_page()
    type_password(page, "lagesbild")
    page.get_by_role("link", name="Ställ in engångskoder").click()
    good(page)
    page.get_by_text("Går bilden inte att läsa av?").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Kod från appen").fill(code(secret))
    page.get_by_role("button", name="Klar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Återställningskoder")
    page.context.clear_cookies()
    type_password(page, "lagesbild")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ett steg till")
    good(page)
    page.get_by_label("Kod", exact=True).fill(code(secret, 1))
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url(f"{strong}/registers/areas/")


def test_what_was_written_outlives_an_expired_sign_in(strong: str, new_context: NewContext) -> None:
    page = new_context(base_url=strong).new_page()
    type_password(page, "lagesbild")
    page.goto("/account/codes/")
    page.get_by_text("Går bilden inte att läsa av?").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Kod från appen").fill(code(secret))
    page.get_by_role("button", name="Klar").click()
    page.goto("/raise/")
    page.get_by_label("Vad har hänt").fill("Elavbrott i hela länet")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Larma").click()
    page.get_by_label("Användarnamn").fill("lagesbild")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_label("Lösenord").press("Enter")
    page.get_by_label("Kod", exact=True).fill(code(secret, 1))
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_label("Vad har hänt")).to_have_value("Elavbrott i hela länet")

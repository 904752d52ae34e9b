"""The main job: from a pressed green button to a published picture, live in every browser, and to the end."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser import PHONE, axe, fits
from tests.journeys.conftest import Open, operation_of

pytestmark = pytest.mark.journey


def good(page: Page) -> None:
    """Nothing that axe finds, nothing that scrolls sideways."""
    axe(page)
    fits(page)


def row(page: Page, actor: str) -> Locator:
    """An actor's row on the front page."""
    return page.locator(f"#actor-{actor}")


def test_from_the_alarm_to_the_end(open_as: Open) -> None:
    officer, rsk, lead = open_as("tib.nacka"), open_as("rsk"), open_as("lagesbild")
    liaison, writer = open_as("liaison.sodertalje", viewport=PHONE), open_as("liaison.solna")
    at = the_alarm_is_raised(officer)
    rsk.goto(at)
    expect(rsk.locator("samlad-live")).to_have_attribute("data-state", "on")
    rsk.evaluate("window.samePage = true")
    the_call_is_answered(liaison, rsk)
    half_a_report_is_written(writer, at)
    a_report_is_filed(liaison, rsk, at)
    nothing_has_changed(liaison, rsk, at)
    half_a_report_is_still_there(writer)
    the_first_picture_is_published(lead, rsk, at)
    it_becomes_worse(liaison, rsk, at)
    the_second_picture_says_what_is_new(lead, at)
    assert rsk.evaluate("window.samePage"), "the front page was loaded again"
    the_time_slider_goes_back(rsk, at)
    it_is_stood_down(rsk, at)
    only_corrections_are_taken(liaison, writer, at)


def the_alarm_is_raised(page: Page) -> str:
    """With the keyboard alone, from the sign-in page's first button on."""
    page.context.clear_cookies()
    page.goto("/")
    good(page)
    page.locator("summary", has_text="roller").first.press("Enter")
    page.get_by_role("button", name="TiB Nacka", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Händelser")
    good(page)
    page.get_by_role("link", name="Larma").last.press("Enter")
    expect(page.get_by_label("Vad har hänt")).to_be_focused()
    good(page)
    page.keyboard.type("Kraftigt snöfall")
    page.keyboard.press("Tab")
    page.keyboard.type("hela länet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kraftigt snöfall, hela länet")
    good(page)
    return operation_of(page)


def the_call_is_answered(liaison: Page, rsk: Page) -> None:
    """One click at the liaison's; the coordinator sees it without doing anything."""
    expect(row(rsk, "sodertalje")).to_contain_text("Ej nådd")
    liaison.goto("/")
    called = liaison.get_by_role("heading", name="Larm: Kraftigt snöfall")
    expect(called).to_contain_text("Kraftigt snöfall, hela länet")
    good(liaison)
    liaison.get_by_role("link", name="Säg om ni är berörda").click()
    good(liaison)
    liaison.get_by_role("button", name="Berörd", exact=True).click()
    expect(liaison.get_by_text("Nu ser alla att ni är nådda")).to_be_visible()
    expect(row(rsk, "sodertalje")).to_contain_text("Berörd")
    expect(row(rsk, "sodertalje")).not_to_contain_text("Ej nådd")


def half_a_report_is_written(writer: Page, at: str) -> None:
    """Somebody begins a report and is called away."""
    writer.goto(f"{at}reports/new/")
    writer.get_by_label("Röd").check()
    writer.get_by_label("Konsekvenser").fill("Halvskrivet: tre vägar")


def a_report_is_filed(liaison: Page, rsk: Page, at: str) -> None:
    """On a phone; first with the status missing."""
    liaison.get_by_role("link", name="Lämna lägesrapport").click()
    good(liaison)
    liaison.get_by_label("Konsekvenser").fill("Tre skolor är stängda.")
    liaison.get_by_label("Behov").fill("Två bandvagnar.")
    liaison.get_by_label("Källa").fill("Kommunens krisledning")
    send = liaison.get_by_role("button", name="Skicka lägesrapporten")
    send.click()
    expect(liaison.get_by_role("alert")).to_be_visible()
    expect(liaison.get_by_label("Konsekvenser")).to_have_value("Tre skolor är stängda.")
    good(liaison)
    liaison.get_by_label("Gul").check()
    send.click()
    expect(liaison.get_by_text("Lägesrapporten är skickad")).to_be_visible()
    good(liaison)
    expect(row(rsk, "sodertalje")).to_contain_text("Gul")
    expect(row(rsk, "sodertalje")).to_contain_text("Tre skolor är stängda.")
    expect(row(rsk, "sodertalje").locator(".age")).to_contain_text("min")


def nothing_has_changed(liaison: Page, rsk: Page, at: str) -> None:
    """The second report is one click."""
    liaison.goto(f"{at}reports/new/")
    liaison.get_by_role("button", name="Oförändrat sedan").click()
    expect(liaison.get_by_text("Skickat: oförändrat läge")).to_be_visible()
    expect(row(rsk, "sodertalje")).to_contain_text("Oförändrat")


def half_a_report_is_still_there(writer: Page) -> None:
    """Neither updates nor a reload take anything from a form that is being written."""
    text = writer.get_by_label("Konsekvenser")
    expect(text).to_have_value("Halvskrivet: tre vägar")
    expect(text).to_be_focused()
    writer.reload()
    expect(text).to_have_value("Halvskrivet: tre vägar")
    expect(writer.get_by_label("Röd")).to_be_checked()
    expect(writer.get_by_text("blev inte skickat")).to_be_visible()
    good(writer)


def the_first_picture_is_published(lead: Page, rsk: Page, at: str) -> None:
    """Statements are taken in with their source, the whole is judged, previewed, published."""
    lead.goto(f"{at}desk/?block=consequences")
    good(lead)
    lead.get_by_role("button", name="Ta in").first.click()
    draft = lead.locator("#draft")
    expect(draft.get_by_text("Tre skolor är stängda.")).to_be_visible()
    expect(draft.get_by_text("Södertälje").first).to_be_visible()
    draft.get_by_label("Gul").check()
    draft.get_by_label("Samlad bedömning").fill("Ansträngt men under kontroll.")
    draft.get_by_role("button", name="Spara bedömningen").click()
    expect(lead.get_by_text("Bedömningen är sparad")).to_be_visible()
    good(lead)
    lead.get_by_role("link", name="Förhandsgranska och publicera").click()
    expect(lead.locator("article.document")).to_contain_text("Ansträngt men under kontroll.")
    good(lead)
    lead.get_by_role("button", name="Publicera nummer 1").click()
    expect(lead).to_have_url(re.compile("/pictures/1/$"))
    expect(lead.locator("article.document .kicker")).to_contain_text("nummer 1")
    expect(rsk.locator("#summary")).to_contain_text("Nummer 1")


def it_becomes_worse(liaison: Page, rsk: Page, at: str) -> None:
    """A third report says so, and in which way."""
    liaison.goto(f"{at}reports/new/")
    expect(liaison.get_by_label("Konsekvenser")).to_have_value("Tre skolor är stängda.")
    liaison.get_by_label("Röd").check()
    liaison.get_by_label("Konsekvenser").fill("Nio skolor är stängda.")
    liaison.get_by_role("button", name="Skicka lägesrapporten").click()
    expect(liaison.get_by_text("Lägesrapporten är skickad")).to_be_visible()
    expect(row(rsk, "sodertalje")).to_contain_text("Röd från gul")
    expect(row(rsk, "sodertalje")).to_contain_text("konsekvenser")


def the_second_picture_says_what_is_new(lead: Page, at: str) -> None:
    """And who had not reported; the PDF says the same."""
    lead.goto(f"{at}desk/?block=consequences")
    lead.get_by_role("button", name="Ersätt den intagna").first.click()
    draft = lead.locator("#draft")
    expect(draft.get_by_text("Nio skolor är stängda.")).to_be_visible()
    draft.get_by_label("Röd").check()
    draft.get_by_label("Samlad bedömning").fill("Allvarligt i söder.")
    draft.get_by_role("button", name="Spara bedömningen").click()
    expect(lead.get_by_text("Bedömningen är sparad")).to_be_visible()
    lead.get_by_role("link", name="Förhandsgranska och publicera").click()
    lead.get_by_role("button", name="Publicera nummer 2").click()
    expect(lead).to_have_url(re.compile("/pictures/2/$"))
    document = lead.locator("article.document")
    expect(document.locator(".kicker")).to_contain_text("nummer 2")
    expect(document.locator("ins", has_text="Nio").first).to_be_visible()
    expect(document).to_contain_text("Hade inte rapporterat")
    expect(document).to_contain_text("Solna")
    good(lead)
    answer = lead.request.get(f"{at}pictures/2.pdf")
    paper = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages).split())
    for words in ("Allvarligt i söder.", "Nio skolor är stängda.", "Södertälje", "Hade inte rapporterat", "Solna"):
        assert words in paper, paper


def the_time_slider_goes_back(page: Page, at: str) -> None:
    """To the moment before anybody had reported."""
    slider = page.get_by_label("Tidpunkt")
    slider.focus()
    slider.press("Home")
    for _ in range(2):
        slider.press("ArrowRight")
    expect(page.get_by_text("Så var det")).to_be_visible()
    expect(row(page, "sodertalje")).not_to_contain_text("Röd")
    expect(page.locator("#summary")).to_contain_text("0 av")
    good(page)
    page.get_by_role("link", name="Tillbaka till nu").click()
    expect(row(page, "sodertalje")).to_contain_text("Röd")


def it_is_stood_down(rsk: Page, at: str) -> None:
    """With a closing picture."""
    rsk.get_by_role("link", name="Avveckla").click()
    good(rsk)
    rsk.get_by_label("Varför kan händelsen avslutas?").fill("Snön har slutat falla.")
    rsk.get_by_label("Avslutande sammanfattning").fill("Alla vägar är öppna.")
    rsk.get_by_label("Jag förstår").check()
    rsk.get_by_role("button", name="Publicera avslutande lägesbild och avsluta").click()
    expect(rsk.locator(".op-title")).to_contain_text("Avslutad")
    good(rsk)
    rsk.goto(f"{at}pictures/3/")
    expect(rsk.locator("article.document")).to_contain_text("Alla vägar är öppna.")


def only_corrections_are_taken(liaison: Page, writer: Page, at: str) -> None:
    """What somebody was still writing is refused with a sentence and stays; a correction is taken."""
    writer.get_by_role("button", name="Skicka lägesrapporten").click()
    expect(writer.get_by_role("alert")).to_contain_text("avslutad")
    expect(writer.get_by_label("Konsekvenser")).to_have_value("Halvskrivet: tre vägar")
    good(writer)
    liaison.goto(f"{at}actors/sodertalje/")
    good(liaison)
    liaison.locator("main a[href*='/reports/']").first.click()
    liaison.get_by_role("link", name="Rätta").click()
    liaison.get_by_label("Konsekvenser").fill("Åtta skolor var stängda.")
    liaison.get_by_role("button", name="Skicka rättelsen").click()
    expect(liaison.get_by_text("Lägesrapporten är skickad")).to_be_visible()
    expect(liaison.locator("main")).to_contain_text("Åtta")

"""A decision from the letter to the register, a year's fees from the budget to the statement, by people on screens."""

import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect
from pypdf import PdfReader

from tests.browser import PHONE, axe, fits
from tests.journeys.conftest import Open
from tests.journeys.test_by_keyboard import press, write
from tests.running import Running

pytestmark = pytest.mark.journey
PEOPLE = ("samordningskansli", "registrator.nacka", "registrator.norrtalje", "chef.nacka")
REMEMBER = """
from samlad.governance.demo import remember
from samlad.governance.money.demo import figures
from samlad.registers.queries import today
remember()
figures(today().year + 1)
"""
EXTRACT = "Kommunstyrelsen § 212 Gemensam målbild. Kommunstyrelsen beslutar att anta den gemensamma målbilden.".encode()


@pytest.fixture(scope="module")
def site(install: Callable[[], Running]) -> Iterator[Running]:
    """A server with the demonstration's governance, and next year's population figures."""
    one = install()
    one.command("shell", "-v0", "-c", REMEMBER)
    one.start()
    yield one
    one.stop()


@pytest.fixture(scope="module")
def keys(site: Running) -> Mapping[str, str]:
    """Everybody's session, by username."""
    return dict(zip(PEOPLE, site.sessions(*PEOPLE), strict=True))


def good(page: Page) -> None:
    """Nothing that axe finds, nothing that scrolls sideways."""
    axe(page)
    fits(page)


def waits(page: Page, text: str | re.Pattern[str]) -> Locator:
    """A row of what waits."""
    return page.locator(".waits > li", has_text=text)


def test_a_registrar_records_a_decision_without_script(open_as: Open) -> None:
    registrar = open_as("registrator.nacka", java_script_enabled=False)
    registrar.goto("/")
    expect(registrar.get_by_role("heading", name="Vad SSR väntar av oss")).to_be_visible()
    waits(registrar, "Besluta om Gemensam målbild").get_by_role("link").click()
    registrar.get_by_role("link", name="Registrera beslut").click()
    registrar.get_by_role("button", name="Spara").click()
    expect(registrar.locator(".form-errors")).to_be_visible()  # what is missing is said
    registrar.get_by_label("Utfall").select_option(label="Antagen")
    registrar.get_by_label("Beslutande organ").fill("Kommunstyrelsen")
    registrar.get_by_label("Beslutat", exact=True).fill("2026-11-16")
    registrar.locator("[name=paragraph]").fill("§ 212")
    registrar.get_by_label("Aktörens eget diarienummer").fill("KS 2026/1441")
    extract = FilePayload(name="utdrag.txt", mimeType="text/plain", buffer=EXTRACT)
    registrar.get_by_label("Protokollsutdrag").set_input_files(extract)
    registrar.get_by_role("button", name="Spara").click()
    expect(registrar.get_by_role("article").get_by_text("KS 2026/1441")).to_be_visible()
    expect(registrar.get_by_role("link", name="utdrag.txt")).to_be_visible()
    registrar.goto("/")
    expect(waits(registrar, "Besluta om Gemensam målbild 2027")).to_have_count(0)
    expect(registrar.get_by_role("cell", name="KS 2026/1441")).to_be_visible()
    the_secretariat_sees_it(open_as("samordningskansli"))


def the_secretariat_sees_it(page: Page) -> None:
    """In the register, with the file."""
    page.goto("/governance/")
    good(page)
    waits(page, "har inte beslutat").get_by_role("link").click()
    row = page.locator("table.list tbody tr", has_text="KS 2026/1441")
    expect(row).to_contain_text("Antagen")
    row.get_by_role("link").first.click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="utdrag.txt").click()
    assert fetched.value.path().read_bytes() == EXTRACT


def test_a_years_fees_are_decided_and_an_actor_fetches_its_statement(open_as: Open) -> None:
    kansli = open_as("samordningskansli")
    kansli.goto("/governance/")
    waits(kansli, re.compile(r"Avgifter \d+: att beräkna")).get_by_role("link").click()
    kansli.get_by_role("link", name="Beräkna avgifter").click()
    good(kansli)
    kansli.get_by_role("button", name="Beräkna och spara som förslag").click()
    kansli.get_by_role("link", name="Besluta", exact=True).click()
    kansli.get_by_label("Beslutat hur").fill("Regionala chefsgruppen, påhittat beslut")
    kansli.get_by_role("button", name=re.compile("Besluta|Spara")).click()
    expect(kansli.locator("h2 + .badge")).to_have_text("Beslutade")
    good(kansli)
    kansli.goto("/governance/")
    expect(waits(kansli, "beslutade, att låsa och debitera")).to_be_visible()
    registrar = open_as("registrator.norrtalje", viewport=PHONE)
    registrar.goto("/")
    with registrar.expect_download() as fetched:
        registrar.get_by_role("row").filter(has_text="Beslutade").get_by_role("link", name="PDF").click()
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(fetched.value.path().read_bytes())).pages)
    assert "Norrtälje" in text


def test_what_is_planned_is_told_by_the_keyboard_alone(open_as: Open) -> None:
    page = open_as("registrator.norrtalje", locale="en-GB")
    page.goto("/")
    press(page, waits(page, "Decide on").get_by_role("link"))
    press(page, page.get_by_role("link", name="Before the decision"))
    write(page, page.get_by_label("Note"), "After the budget.")
    press(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_role("definition").filter(has_text="After the budget.")).to_be_visible()
    good(page)


def test_a_chief_is_told_on_the_first_page_in_one_line(open_as: Open) -> None:
    page = open_as("chef.nacka", viewport=PHONE)
    page.goto("/")
    page.get_by_role("link", name=re.compile(r"Styrning: \d+ saker? väntar på er")).click()
    expect(page.get_by_role("heading", level=2, name="Nacka kommun")).to_be_visible()
    good(page)


def test_the_page_as_it_was_and_another_actor(open_as: Open) -> None:
    page = open_as("registrator.nacka")
    page.goto("/governance/?on=2026-01-01")
    page.goto("/governance/actors/nacka/?on=2020-01-01")
    expect(page.get_by_text("Så här stod det i slutet av den 1 januari 2020.")).to_be_visible()
    page.get_by_role("link", name="Visa som det är nu").click()
    page.get_by_label("Aktör").select_option("solna")
    page.get_by_role("button", name="Visa", exact=True).first.click()
    expect(page.get_by_role("heading", level=2, name="Solna stad")).to_be_visible()
    good(page)

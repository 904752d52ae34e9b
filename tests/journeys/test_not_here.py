"""What may not be here leaves nothing behind in the browser either; files are refused and taken as they should."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from samlad.journal.tests.papers import jpeg, pdf
from tests.browser import axe
from tests.journeys.conftest import Open, operation_of, something_else

pytestmark = pytest.mark.journey

OBJECT = "Objekt Fjärilen"
KEPT = "JSON.stringify(localStorage).includes('Fjärilen')"


@pytest.fixture
def form(open_as: Open) -> Page:
    """The report form of an operation that was just raised."""
    page = open_as("tib.nacka")
    page.goto("/raise/")
    page.get_by_label("Vad har hänt").fill("Misstänkt föremål")
    page.get_by_label("Var?").fill("Nacka")
    page.get_by_role("button", name="Larma").click()
    something_else(page, "Misstänkt föremål")
    page.goto(f"{operation_of(page)}reports/new/")
    page.get_by_label("Grön").check()
    return page


def send(page: Page) -> None:
    page.get_by_role("button", name="Skicka lägesrapporten").click()


def paper(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_a_marked_text_stays_on_the_page_only(form: Page) -> None:
    form.get_by_label("Åtgärder").fill(f"HEMLIG\n{OBJECT} har reservkraft.")
    assert form.evaluate(KEPT)  # a draft, as of any other text: nobody has seen yet what it is
    send(form)
    expect(form.get_by_role("alert")).to_contain_text("Det du skrev är märkt hemlig.")
    expect(form.get_by_label("Åtgärder")).to_have_value(f"HEMLIG\n{OBJECT} har reservkraft.")
    assert not form.evaluate(KEPT)
    form.get_by_label("Åtgärder").fill(f"HEMLIG\n{OBJECT} har mer än så.")
    assert not form.evaluate(KEPT)
    axe(form)
    form.reload()
    expect(form.get_by_label("Åtgärder")).to_have_value("")
    form.get_by_role("link", name="Lämna en hänvisning i stället").click()
    form.get_by_label("Vad gäller uppgifterna?").fill("reservkraft vid ett skyddsobjekt")
    form.get_by_label("Vem har uppgifterna?").fill("Länsstyrelsen")
    form.get_by_label("Hur hämtas de?").fill("Signe")
    axe(form)
    form.get_by_role("button", name="Lämna hänvisningen").click()
    expect(form.get_by_role("status").filter(has_text="Hänvisningen är lämnad.")).to_be_visible()


def test_files_are_kept_in_the_form_until_they_are_taken(form: Page) -> None:
    form.get_by_text("Bifoga filer").click()
    chosen = form.get_by_label("Filer")
    chosen.set_input_files([paper("läge.pdf", pdf("Plogning"))])
    form.get_by_label("Åtgärder").fill("HEMLIG")
    send(form)
    expect(form.get_by_role("alert")).to_be_visible()
    assert chosen.evaluate("field => field.files[0].name") == "läge.pdf"
    form.get_by_label("Åtgärder").fill("Plogning pågår.")
    chosen.set_input_files([paper("plan.pdf", pdf("HEMLIG"))])
    send(form)
    expect(form.get_by_role("alert")).to_contain_text("”plan.pdf” är märkt hemlig.")
    expect(form.get_by_label("Åtgärder")).to_have_value("Plogning pågår.")
    axe(form)
    both = [paper("läge.pdf", pdf("Plogning")), paper("foto.jpg", jpeg())]
    chosen.set_input_files(both)
    send(form)
    expect(form.get_by_role("heading", name="Filer")).to_be_visible()
    with form.expect_download() as got:
        form.get_by_role("link", name="läge.pdf").click()
    assert got.value.suggested_filename == "läge.pdf"


def test_too_much_at_once_is_said_and_the_text_is_kept(form: Page) -> None:
    form.get_by_text("Bifoga filer").click()
    large = b"%PDF-" + b"a" * 9_500_000
    files = [paper(f"{number}.pdf", large) for number in range(3)]
    form.get_by_label("Filer").set_input_files(files)
    form.get_by_label("Åtgärder").fill("Plogning pågår.")
    send(form)
    expect(form.get_by_role("status").filter(has_text="Det här är för stort för att skickas.")).to_be_visible()
    expect(form.get_by_label("Åtgärder")).to_have_value("Plogning pågår.")

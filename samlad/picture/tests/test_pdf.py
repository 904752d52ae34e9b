"""The picture on paper: the same as the page, marked on every sheet, and no text in it is ever a command."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.test import Client
from pypdf import PdfReader

from samlad.picture.tests.scene import ClientFor, filed, published, snow, taken
from samlad.registers.tests.cast import Cast


def read(client: Client, operation: UUID, number: int = 1) -> PdfReader:
    """The PDF of a number."""
    answer = client.get(f"/operations/{operation}/pictures/{number}.pdf")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    return PdfReader(BytesIO(answer.content))


def text(reader: PdfReader) -> str:
    """All its text, with single spaces."""
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


def test_it_says_what_the_page_says(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report = filed(cast.rsk.who, operation, actor="nacka", consequences="Snö.", source="TiB, telefon", status="red")
    taken(cast.rsk.who, operation, "Åkrar och ängar översvämmas.", report)
    published(cast.rsk.who, operation, "Läget är ansträngt.\n\nDet blir värre.")
    found = text(read(client_for(cast.observer), operation))
    for part in (
        "Samlad lägesbild · nummer 1", "Snöoväder, hela länet", "Läget är ansträngt.", "Det blir värre.",
        "Åkrar och ängar översvämmas.", "källa: TiB, telefon", "Röd", "Södertälje, Länsstyrelsen, Polisen",
        "Sida 1 / 1",
    ):  # fmt: skip
        assert part in found, part


def test_it_is_tagged_titled_and_in_swedish_or_english(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    published(cast.rsk.who, operation)
    client = client_for(cast.rsk)
    reader = read(client, operation)
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"].startswith("sv") and catalogue["/MarkInfo"]["/Marked"]
    assert reader.metadata and reader.metadata.title == "ÖVNING – Samlad lägesbild · nummer 1 – Snöoväder, hela länet"
    client.post("/language/", {"language": "en", "next": "/"})
    english = read(client, operation)
    catalogue = english.trailer["/Root"]
    assert catalogue["/Lang"].startswith("en") and "Overall assessment" in text(english)


def test_an_exercise_is_marked_on_every_sheet_and_nothing_else_is(cast: Cast, client_for: ClientFor) -> None:
    exercise, real = snow(cast), snow(cast, operation_kind="disturbance")
    for operation in (exercise, real):
        for number in range(40):
            taken(cast.rsk.who, operation, f"Rad {number}: " + "lång text " * 40)
        published(cast.rsk.who, operation)
    client = client_for(cast.rsk)
    sheets = [sheet.extract_text() for sheet in read(client, exercise).pages]
    assert len(sheets) > 2 and all(sheet.count("ÖVNING") >= 2 for sheet in sheets)
    assert "ÖVNING" not in text(read(client, real))


def test_text_is_never_markup(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast, title='Titel #panic("x") *')
    nasty = '#import "/etc/passwd": * $ ] } #read("/etc/passwd") @ref <label> \\ // not a comment _under_ = Rubrik'
    taken(cast.rsk.who, operation, nasty)
    published(cast.rsk.who, operation, nasty)
    found = text(read(client_for(cast.rsk), operation))
    assert found.count('#import "/etc/passwd": * $ ] }') == 2 and "// not a comment _under_ = Rubrik" in found
    assert 'Titel #panic("x") *' in found and "root:" not in found

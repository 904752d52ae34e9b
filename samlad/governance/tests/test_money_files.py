"""Files that others have written: population figures and bookings, in their many shapes; what is not taken is told."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samlad.governance.models import BudgetLine, Outcome
from samlad.governance.money import outcome_files, population_files
from samlad.governance.money.fields import plain_number
from samlad.governance.money.tables import Unreadable
from samlad.registers.models import Population
from samlad.registers.tests.cast import Everybody
from tests.governance_money import a_budget, inhabitants, money

REAL = Path(__file__).resolve().parents[4] / "shared/data/municipalities/stockholm_county_population.csv"
OWN = "code;name;date;kind;population;source\n0182;Nacka;2024-06-30;mid-year;112 003;SCB\n"
SCB = (
    '"Folkmängd efter region och år"\n\n"region","2022","2023"\n'
    '"0182 Nacka",108234,109486\n"0115 Vallentuna",..,34513\n'
)
FIGURES = "/governance/money/figures/"


def seen(content: bytes) -> list[tuple[str, str, int]]:
    """What a file says."""
    return [(one.code, one.on.isoformat(), one.figure) for one in population_files.read(content).figures]


def test_our_own_layout() -> None:
    assert seen(OWN.encode()) == [("0182", "2024-06-30", 112003)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_of_scb_in_any_encoding(encoding: str) -> None:
    assert seen(SCB.encode(encoding)) == [
        ("0182", "2022-12-31", 108234), ("0182", "2023-12-31", 109486), ("0115", "2023-12-31", 34513),
    ]  # fmt: skip


def test_months_and_quarters_are_their_last_day() -> None:
    text = "region\t2024M06\t2024K2\tFolkmängd 2023\n0182 Nacka\t1\t1\t2\n"
    assert {day for _code, day, _figure in seen(text.encode())} == {"2024-06-30", "2023-12-31"}


def test_a_zero_lost_by_excel_is_put_back_and_told() -> None:
    (one,) = population_files.read(OWN.replace("0182", "182").encode()).figures
    assert one.code == "0182" and one.told


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "tom"),
        (b"\0\1\2", "textfil"),
        (b"PK\x03\x04 a workbook", "CSV"),
        (b"%PDF-1.7", "CSV"),
        ("region;kön;2023\n0182 Nacka;män;1\n".encode(), "kön"),
        (b"a;b\n1;2\n", "rad"),
        (b"x" * 2_000_001, "2 MB"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        population_files.read(content)


def test_rows_that_cannot_be_used_are_told_and_the_rest_is_taken() -> None:
    text = (
        OWN
        + "Nacka;;2024-06-30;;1;\n0181;;igår;;1;\n0181;;2024-06-30;;många;\n"
        + "0163;;2024-06-30;;5;\n0163;;2024-06-30;;6;\n"
    )
    found = population_files.read(text.encode())
    assert [one.code for one in found.figures] == ["0182"]
    assert len(found.refused) == 4


@pytest.mark.skipif(not REAL.exists(), reason="the real figures are not on this machine")
def test_the_real_file() -> None:
    found = population_files.read(REAL.read_bytes())
    assert found.refused == []
    assert len(found.figures) == 127
    assert ("0115", date(2013, 12, 31), 31616) in {(one.code, one.on, one.figure) for one in found.figures}


@pytest.mark.django_db
def test_figures_are_previewed_then_taken(everybody: Everybody, client: Client) -> None:
    inhabitants(2024)
    client.force_login(everybody.secretariat.person)
    file = SimpleUploadedFile("scb.csv", SCB.encode("cp1252"))
    answer = client.post(FIGURES, {"file": file, "edition": "SCB 2023", "source": "SCB"})
    assert answer.status_code == 200 and not Population.objects.filter(edition="SCB 2023").exists()
    assert answer.context["taken"]
    client.post(FIGURES, {"taken": answer.context["taken"]})
    assert list(Population.objects.filter(edition="SCB 2023").values_list("area_id", "figure").order_by("figure")) == [
        ("0182", 108234), ("0182", 109486),
    ]  # fmt: skip
    assert client.post(FIGURES, {"taken": "made up"}).status_code == 409
    nameless = SimpleUploadedFile("scb.csv", SCB.encode())
    assert client.post(FIGURES, {"file": nameless}).status_code == 422


LINES = [BudgetLine(code="10", text="Lånad personal")]
BOOKED = "Datum;Rad;Belopp;Text;Verifikat\n2024-01-31;10;1 234,50;Lön;A1\n2024-01-31;10;1 234,50;Lön;A1\n"


def test_bookings_are_the_same_when_the_file_comes_again() -> None:
    first = outcome_files.read(BOOKED.encode("cp1252"), LINES, date(2024, 12, 31)).booked
    again = outcome_files.read((BOOKED + "2024-02-29;10;-5;Åter;\n").encode(), LINES, date(2024, 12, 31)).booked
    assert [one.amount for one in again] == [Decimal("1234.50"), Decimal("1234.50"), Decimal(-5)]
    assert len({one.pk for one in again}) == 3
    assert [one.pk for one in first] == [one.pk for one in again][:2]


def test_bookings_that_cannot_be_used_are_told() -> None:
    rows = (
        "2024-01-31;11;1",
        "igår;10;1",
        "2025-01-01;10;1",
        "2024-01-31;10;1,005",
        "2024-01-31;10;NaN",
        "2024-01-31;10;",
    )
    text = "date;line;amount\n" + "\n".join(rows)
    found = outcome_files.read(text.encode(), LINES, date(2024, 12, 31))
    assert found.booked == [] and len(found.refused) == len(rows)
    with pytest.raises(Unreadable):
        outcome_files.read(b"date;amount\n", LINES, date(2024, 12, 31))


@pytest.mark.django_db
def test_bookings_are_previewed_then_taken_once(everybody: Everybody, client: Client) -> None:
    money(everybody, 2024)
    client.force_login(everybody.secretariat.person)
    url = "/governance/money/2024/outcome/"
    answer = client.post(url, {"file": SimpleUploadedFile("a.csv", BOOKED.encode())})
    assert Outcome.objects.count() == 1
    for _time in range(2):
        client.post(url, {"taken": answer.context["taken"]})
    assert Outcome.objects.count() == 3
    assert client.post(url, {"file": SimpleUploadedFile("a.csv", BOOKED.encode())}).context["same"] == 2
    a_budget(everybody, 2025)
    assert client.post("/governance/money/2025/outcome/", {"taken": answer.context["taken"]}).status_code == 409


@pytest.mark.parametrize(
    ("typed", "read"),
    [("5 000 000", "5000000"), ("49 716,50", "49716.50"), ("1.234,50", "1234.50"), ("1,234.50", "1234.50"), ("x", "x")],
)
def test_amounts_as_people_type_them(typed: str, read: str) -> None:
    assert plain_number(typed) == read

"""Tables with one row per actor and day, in several spellings."""

from decimal import Decimal

import pytest

from samlad.learning.readers import tables
from samlad.learning.readers.columns import is_cumulative, number_of
from samlad.learning.readers.content import Unreadable, decode
from samlad.learning.told import Fault, Told

LEVELS = """level,province,zone,date,cum_cases,new_cases,note_id,revision
National,National,NA,2026-05-14,8,NA,1,FALSE
Province,Nord,NA,2026-05-14,3,1,2,FALSE
Zone,Nord,Alfa,2026-05-14,3,1,3,FALSE
Zone,Nord,Alfa,2026-05-15,2,-1,4,TRUE
Zone,Nord,Beta,2026-05-15,NA,,5,FALSE
"""
SWEDISH = """\ufeffDatum;Kommun;Antal sjuka totalt;Nya fall;Åtgärder
2024-02-01;Exempelby;1 250;12,5;Provtagning
2024-02-02;Exempelby;1 260;–;
2024-02-02;Annanby;"4";0;"Rad ett
rad två"
"""


def read(text: str) -> list[Told | Fault]:
    assert tables.recognises(text)
    return list(tables.read("fil.csv", text))


def test_a_row_belongs_to_the_finest_place_it_names() -> None:
    told = [one for one in read(LEVELS) if isinstance(one, Told)]
    assert [one.actor for one in told] == ["National", "Nord", "Alfa", "Alfa"]


def test_what_is_not_told_is_silence_and_never_zero() -> None:
    found = read(LEVELS)
    assert not [one for one in found if isinstance(one, Fault)]
    assert not [one for one in found if isinstance(one, Told) and one.actor == "Beta"]
    national = found[0]
    assert isinstance(national, Told)
    assert [(figure.label, figure.value) for figure in national.figures] == [("cum cases", Decimal(8))]


def test_cumulative_figures_are_told_from_others_by_name() -> None:
    alfa = read(LEVELS)[2]
    assert isinstance(alfa, Told)
    assert [(figure.label, figure.cumulative) for figure in alfa.figures] == [("cum cases", True), ("new cases", False)]
    assert is_cumulative("Kumulativt antal")
    assert is_cumulative("Nombre total de cas")
    assert not is_cumulative("Total alertes du jour")
    assert not is_cumulative("Échantillons reçus (total)")


def test_semicolons_decimal_commas_and_swedish_names() -> None:
    told = [one for one in read(decode(SWEDISH.encode())) if isinstance(one, Told)]
    assert [one.actor for one in told] == ["Exempelby", "Exempelby", "Annanby"]
    assert [(figure.label, figure.value, figure.cumulative) for figure in told[0].figures] == [
        ("Antal sjuka totalt", Decimal(1250), True),
        ("Nya fall", Decimal("12.5"), False),
    ]
    assert told[0].texts == {"measures": "Provtagning"}
    assert [figure.label for figure in told[1].figures] == ["Antal sjuka totalt"]
    assert told[2].texts["measures"] == "Rad ett\nrad två"


def test_latin_1_and_utf_16_are_read_too() -> None:
    for encoding in ("cp1252", "utf-16"):
        told = read(decode(SWEDISH.replace("\ufeff", "").replace("–", "-").encode(encoding)))
        assert isinstance(told[0], Told)
        assert told[0].texts == {"measures": "Provtagning"}


def test_a_broken_row_is_refused_with_its_line_and_the_rest_goes_on() -> None:
    found = read("day,place,cases\n2024-01-01,Alfa,1\n2024-01-02,Alfa\nsometime,Alfa,3\n2024-01-04,Alfa,4\n" * 1)
    assert [(one.line, type(one)) for one in found] == [(2, Told), (3, Fault), (4, Fault), (5, Told)]


def test_a_table_without_dates_says_so_once() -> None:
    (fault,) = read("name,value\nAlfa,1\nBeta,2\n")
    assert isinstance(fault, Fault)
    assert fault.line == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 250", "1250"),
        ("12,5", "12.5"),
        ("-4", "-4"),
        ("68,7%", "68.7"),
        ("0,123", "0.123"),
        ("1,234,567", "1234567"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert number_of(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "NaN", "1e999999999", "=1+1", "Infinity", "12 apor", "1" * 40, "1/2"])
def test_what_is_no_number_is_no_figure(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"\x1f\x8b\x08\x00abc", b"%PDF-1.7", b"abc\x00def", b"<?xml version='1.0'?><a/>"]
)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable) as raised:
        decode(data)
    assert str(raised.value)

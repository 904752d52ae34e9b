"""Situation texts in prose that nobody wrote for us."""

from samlad.learning.readers import prose
from samlad.learning.told import Fault, Told

LAGESBILD = """# Lägesrapport 3, översvämning

Från: Exempelby kommun
Datum: 3 mars 2024 kl. 14.30
Status: gul

Ån stiger med två centimeter i timmen.

Konsekvenser

Gångbron vid kvarnen är avstängd.

Vidtagna åtgärder

Sandsäckar läggs ut vid reningsverket.

Resursbehov

Två pumpar.

Prognos

Toppen väntas i natt.

Kvarnen: vattnet står vid trappan
"""
LOG = """Vecka 9 2024

Fredag 1 mars

Omvärldsbevakning 20.00

Inget att rapportera.

Omvärldsbevakning 08.00

Två artiklar om vattnet i ån.

Torsdag 29 februari

Läsarmejl om en bro.
"""


def reports(text: str, **more: str) -> list[Told]:
    found = list(prose.read_text("fil.txt", 1, text, counted=True, **more))  # type: ignore[arg-type]
    assert all(isinstance(one, Told) for one in found), found
    return [one for one in found if isinstance(one, Told)]


def test_a_report_is_taken_apart_by_its_headings() -> None:
    (told,) = reports(LAGESBILD)
    assert told.actor == "Exempelby kommun"
    assert told.at.isoformat() == "2024-03-03T14:30:00+01:00"
    assert told.title == "Lägesrapport 3, översvämning"
    assert told.status == "yellow"
    assert told.texts["consequences"] == "Gångbron vid kvarnen är avstängd."
    assert "Sandsäckar" in told.texts["measures"]
    assert told.texts["needs"] == "Två pumpar."
    assert told.texts["forecast_24h"].startswith("Toppen väntas i natt.")
    assert "Ån stiger" in told.texts["event"]


def test_no_text_is_lost() -> None:
    (told,) = reports(LAGESBILD)
    everything = "\n".join(told.texts.values())
    for words in ("centimeter", "Gångbron", "Sandsäckar", "pumpar", "Toppen", "trappan"):
        assert words in everything


def test_a_log_gives_one_report_for_each_dated_section() -> None:
    told = reports(LOG, actor="Exempelmyndigheten")
    assert [one.at.isoformat() for one in told] == [
        "2024-03-01T20:00:00+01:00",
        "2024-03-01T08:00:00+01:00",
        "2024-02-29T12:00:00+01:00",
    ]
    assert [one.line for one in told] == [5, 9, 15]


def test_nothing_to_report_is_a_report_and_not_silence() -> None:
    told = reports(LOG, actor="Exempelmyndigheten")
    assert told[0].unchanged
    assert told[0].texts == {"event": "Inget att rapportera."}
    assert not told[1].unchanged


def test_a_county_s_picture_published_elsewhere_is_conveyed() -> None:
    text = "Regional lägesbild 2018-07-26 uppdaterad kl. 18.26\n\nTvå bränder i Exempel, en av dem i Kalmar län.\n"
    (told,) = reports(text, url="https://www.exempel.se/nyheter/lagesbild")
    assert (told.actor, told.conveyed_by) == ("Länsstyrelsen Kalmar", "Exempel.se")
    assert "https://www.exempel.se/nyheter/lagesbild" in told.source


def test_the_county_board_s_own_page_is_its_own_statement() -> None:
    (told,) = reports("Läget i länet 2020-03-24\n\nLugnt.", url="https://www.lansstyrelsen.se/vastra-gotaland/x.html")
    assert (told.actor, told.conveyed_by) == ("Länsstyrelsen Västra Götaland", "")


def test_what_can_t_be_placed_is_refused_with_a_reason() -> None:
    reasons = []
    for text in ("Trafikverket: E4 är stängd.", "Trafikverket, 6 september: E4 är stängd.", "E4 är stängd 2024-01-01."):
        (fault,) = prose.read("fil.txt", text)
        assert isinstance(fault, Fault)
        reasons.append(fault.reason)
    assert len(set(reasons)) == 3


def test_headings_in_capitals_or_with_numbers_need_no_blank_line() -> None:
    capitals = "Lägesrapport\nSOS Alarm 2024-02-02 kl 09.15\nBEHOV AV STÖD\nEn helikopter till.\n72 TIMMAR\nRegn.\n"
    numbered = (
        "Lägesrapport\nSOS Alarm 2024-02-02 kl 09.15\n1. Behov av stöd\nEn helikopter till.\n2. På 72 timmar\nRegn.\n"
    )
    for text in (capitals, numbered):
        (told,) = reports(text)
        assert told.texts["needs"].endswith("En helikopter till.")
        assert told.texts["forecast_72h"].endswith("Regn.")

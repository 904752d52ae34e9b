"""One sentence of a decision, and what is decided by it. What is not decided must not look so."""

import pytest

from samlad.governance.reading import read_text

PAPER = """Nacka kommun
Kommunstyrelsen
Sammanträdesprotokoll 2019-05-06

§ 91 Målbild för Samverkan Stockholmsregionen
Dnr KS 2019/77

Beslut
{sentence}

Sammanfattning
Målbilden har tagits fram. Kommunledningskontoret föreslår att kommunstyrelsen antar målbilden.
"""
SENTENCES = (
    ("Kommunstyrelsen ställer sig bakom den gemensamma målbilden.", "antagen", "decided"),
    ("Kommunstyrelsen antar inte den gemensamma målbilden.", "avslag", "decided"),
    ("Kommunstyrelsen beslutar att inte ställa sig bakom målbilden.", "avslag", "decided"),
    ("Kommunstyrelsen beslutar att avstå från att ingå i överenskommelsen.", "avslag", "decided"),
    ("Kommunstyrelsen avböjer deltagande i överenskommelsen.", "avslag", "decided"),
    ("Kommunstyrelsen avslår förslaget att anta målbilden.", "avslag", "decided"),
    ("Kommunstyrelsen noterar att målbilden har antagits av övriga parter.", "", "decided"),
    ("Kommunstyrelsen tackar för informationen om målbilden.", "", "decided"),
    ("Informationen om målbilden läggs till handlingarna.", "lagd till handlingarna", "decided"),
    ("Kommunstyrelsen godkänner informationen om målbilden.", "", "decided"),
    ("Kommunstyrelsen godkänner redovisningen av arbetet med målbilden.", "", "decided"),
    ("Kommunstyrelsen antar förvaltningens yttrande över målbilden som sitt eget.", "", "decided"),
    ("Kommunstyrelsen tillstyrker målbilden.", "antagen", "proposed"),
    ("Kommunstyrelsen föreslår kommunfullmäktige att anta målbilden.", "antagen", "proposed"),
    (
        "Kommunstyrelsen föreslår kommunfullmäktige besluta\natt anta målbilden,\n"
        "att uppdra åt kommunstyrelsen att verkställa.",
        "antagen",
        "proposed",
    ),
    (
        "Kommunstyrelsen beslutar för egen del att uppdra åt kommundirektören att bevaka frågan "
        "samt föreslår kommunfullmäktige att anta målbilden.",
        "antagen",
        "proposed",
    ),
    (
        "Kommunstyrelsen beslutar för egen del att anta målbilden. "
        "Kommunstyrelsen föreslår kommunfullmäktige att avsätta medel.",
        "antagen",
        "decided",
    ),
    (
        "Kommunstyrelsen ansluter sig till avsiktsförklaringen med undantag för punkt 4.",
        "antagen med villkor",
        "decided",
    ),
    (
        "Kommunstyrelsen antar målbilden under förutsättning av kommunfullmäktiges godkännande.",
        "antagen med villkor",
        "decided",
    ),
    ("Ärendet om målbilden utgår.", "", "decided"),
    ("Kommunstyrelsen återremitterar ärendet.", "återremiss", "decided"),
    ("Kommunstyrelsen bifaller förslaget om att anta målbilden.", "antagen", "decided"),
    ("Kommunstyrelsen medger att kommundirektören undertecknar överenskommelsen.", "antagen", "decided"),
    ("Kommunstyrelsen upphäver målbilden 2014-2018 och antar målbilden 2019-2022.", "antagen", "decided"),
    ("Kommunstyrelsen beslutar att säga upp överenskommelsen.", "", "decided"),
    ("Kommunstyrelsen skjuter upp beslutet om att anta målbilden.", "", "decided"),
    ("Kommunstyrelsen ställer sig positiv till att målbilden antas.", "", "decided"),
    ("Kommunstyrelsen uppmanar kommunens bolag att anta målbilden.", "", "decided"),
    ("Kommunstyrelsen beslutar att målbilden ska antas först när finansieringen är klar.", "", "decided"),
    (
        "Kommunstyrelsen antar målbilden.\nEn ledamot reserverar sig mot att målbilden antas utan finansiering.",
        "antagen",
        "decided",
    ),
    ("Kommunstyrelsen förklarar att målbilden inte kan antas i nuvarande form.", "avslag", "decided"),
    ("Målbilden antas ej.", "avslag", "decided"),
    (
        "Kommunstyrelsen beslutar anta målbilden med de ändringar som framgår av bilaga 2.",
        "antagen med villkor",
        "decided",
    ),
    ("Kommunstyrelsen avslår återremissyrkandet.\nKommunstyrelsen antar målbilden.", "antagen", "decided"),
    (
        "Kommunstyrelsen beslutar att inte återremittera ärendet.\nKommunstyrelsen antar målbilden.",
        "antagen",
        "decided",
    ),
)


@pytest.mark.parametrize(("sentence", "outcome", "status"), SENTENCES)
def test_what_a_sentence_decides(sentence: str, outcome: str, status: str) -> None:
    proposal = read_text(PAPER.format(sentence=sentence)).proposals[0]
    told = [found.value if found else "" for found in (proposal.outcome, proposal.status)]
    assert told == [outcome, status]


def test_who_sent_a_matter_did_not_prepare_it() -> None:
    text = PAPER.format(sentence="Kommunstyrelsen antar målbilden.")
    sent = text + "\nSamordningskansliet har översänt målbilden för antagande senast 2019-10-31.\n"
    told = [one.body.value for one in read_text(sent).proposals[0].prepared_by]
    assert "samordningskansliet" not in told


def test_an_authority_whose_letterhead_is_in_capitals() -> None:
    text = """KUSTBEVAKNINGEN                        BESLUT
                                       Datum           Diarienummer
                                       2019-04-02      2019-01123-4

Beslut
Kustbevakningen antar Gemensam målbild 2019-2022, Samverkan Stockholmsregionen.
"""
    found = read_text(text).proposals[0]
    assert found.organisation and found.organisation.value == "Kustbevakningen"
    assert found.dnr and found.dnr.value == "2019-01123-4"

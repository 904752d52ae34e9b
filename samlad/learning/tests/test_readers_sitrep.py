"""Situation reports as pdftotext leaves them. The text is our own and imitates the form only."""

from decimal import Decimal

from samlad.learning.readers import sitrep
from samlad.learning.told import Fault, Told

FRENCH = """
            MINISTERE DE LA SANTE
                         Centre des opérations d’urgence
                               « COU-EX »

          Rapport de Situation de la Maladie X/3ème épidémie
                        SitRep MX N° 007/2024
     Pays/Province              : Exemple / Nord
     Zone de Santé              : ALFA, BETA et GAMMA
     Date de rapportage         : 17 Sept 2024
     Date de publication        : 19 Sept 2024

                    I. POINTS SAILLANTS
     ▪  Deux nouveaux cas dans la zone de santé de Alfa.
     ▪  Réception de 1000 doses
        de vaccin.

            II.   MISE A JOUR DE LA SITUATION EPIDEMIOLOGIQUE

                      Cas                       Décès
   ZONE DE         Nouveaux      Total        Nouveaux     Total
    SANTE            cas        des cas         décès      décès
ALFA                  2            12             1            4
BETA                  0             3            ND            1
TOTAL                 2            15             1            5

   Total des cas confirmés            15
   Total alertes du jour     9      4      2

 III. ACTIONS DE REPONSE
 COORDINATION
   ▪  Réunion quotidienne.
   ZS Beta :
   ▪  Briefing de deux agents.

 SitRep Maladie X / EX / No 7/ 2024                       Page 2
 IV. COMMUNICATION SUR LES RISQUES ET ENGAGEMENT COMMUNAUTAIRE
   ▪  Causeries éducatives.
 V. DEFIS ET GAPS
   ▪  Manque de matériel.
 VI. PERSPECTIVES
   ▪  Renforcer la surveillance.

 POUR TOUTE INFORMATION :
   Dr Quelqu’un
"""


def read() -> dict[str, Told]:
    assert sitrep.recognises(FRENCH)
    found = list(sitrep.read("a.txt", FRENCH))
    assert not [one for one in found if isinstance(one, Fault)]
    return {one.actor: one for one in found if isinstance(one, Told)}


def test_the_report_is_its_issuer_s_with_the_day_it_reports_on() -> None:
    issuer = read()["COU-EX"]
    assert issuer.at.date().isoformat() == "2024-09-17"
    assert issuer.conveyed_by == ""
    assert issuer.named == ("Alfa", "Beta", "Gamma")
    assert issuer.place == "Exemple / Nord"
    assert issuer.title.endswith("sitrep 7")


def test_sections_go_to_the_fields_they_are_about() -> None:
    texts = read()["COU-EX"].texts
    assert "Réception de 1000 doses de vaccin." in texts["event"]
    assert "Réunion quotidienne." in texts["measures"]
    assert texts["communication"] == "– Causeries éducatives."
    assert texts["needs"] == "– Manque de matériel."
    assert texts["forecast_24h"] == "– Renforcer la surveillance."
    assert "Quelqu" not in str(texts)


def test_a_label_with_one_number_is_a_figure_and_a_row_of_days_is_not() -> None:
    figures = {figure.label: figure for figure in read()["COU-EX"].figures}
    assert figures["Total des cas confirmés"].value == 15
    assert figures["Total des cas confirmés"].cumulative
    assert not any("alertes" in label for label in figures)


def test_zones_get_what_is_clearly_theirs_conveyed() -> None:
    told = read()
    alfa, beta = told["Alfa"], told["Beta"]
    assert alfa.conveyed_by == beta.conveyed_by == "COU-EX"
    values = [figure.value for figure in alfa.figures]
    assert values == [Decimal(2), Decimal(12), Decimal(1), Decimal(4)]
    assert "zone de santé de Alfa" in alfa.texts["event"]
    assert beta.texts["measures"] == "– Briefing de deux agents."
    assert len(beta.figures) == 3, "ND is not told, and no zero"
    assert "Gamma" not in told


def test_a_report_without_a_date_is_refused() -> None:
    (fault,) = sitrep.read("a.txt", FRENCH.replace("2024", ""))
    assert isinstance(fault, Fault)

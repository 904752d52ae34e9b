"""The five real documents beside the project (../shared/seeds): what is right to read from each, field by field."""

from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings

from samlad.governance.reading import Proposal, Reading, read_text
from samlad.governance.tests.test_reading_forms import prepared
from samlad.governance.tests.test_reading_properties import passages

SEEDS: Final[Path] = settings.PROJECT.parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds (../shared/seeds) are not on this machine")

# Read by a person. "" and [] are: not stated in the document.
EXPECTED: Final[dict[str, dict[str, Any]]] = {
    "000": {
        "form": "protocol_extract", "count": 1, "notes": [], "organisation": "", "dnr": "2019/KS 0154 31",
        "other_dnr": [],
        "number": "", "paragraph": "90", "document_date": "", "meeting_date": "", "adjusted_on": "",
        "prepared_by": ["kommunledningsutskottet 2019-04-24 § 41"], "deciding_body": "kommunstyrelsen",
        "title": "Gemensam målbild 2019-2022 Samverkan Stockholmsregionen", "kind": "målbild", "version": "1.0",
        "period": "2019-2022", "outcome": "antagen", "status": "decided", "condition": "", "recipients": [],
        "attachments": [
            "Kommunledningsutskottet protokollsutdrag 2019-04-24 § 41.pdf",
            "Tjänsteskrivelse Gemensam målbild 2019-2022 Samverkan Stockholmsregionen.pdf",
            "Målbild 2019-2022 inför antagande 1.0.pdf",
            "Bilaga Gemensamma förmågor -Samverkan Stockholmsregionen 2.0 (20190221).pdf",
            "Bilaga Modellbeskrivning ver 2.0 OS_190221.pdf",
        ],
    },
    "001": {
        "form": "tjänsteutlåtande", "count": 1, "notes": [], "organisation": "Ekerö kommun",
        "dnr": "KS19/80", "other_dnr": [],
        "number": "", "paragraph": "", "document_date": "2019-03-19", "meeting_date": "", "adjusted_on": "",
        "prepared_by": [], "deciding_body": "kommunstyrelsen",
        "title": "Gemensam Målbild 2019-2022 - Samverkan Stockholmsregionen", "kind": "målbild", "version": "1.0",
        "period": "2019-2022", "outcome": "antagen", "status": "proposed", "condition": "",
        "recipients": ["Länsstyrelsen i Stockholms län"],
        "attachments": [
            "Tjänsteutlåtande 2019-03-19",
            "Gemensam Målbild 2019-2022 (version1.0) med bilagorna: Målbeskrivning och Gemensamma förmågor",
        ],
    },
    "002": {
        "form": "tjänsteskrivelse", "count": 1, "notes": [], "organisation": "", "dnr": "", "other_dnr": [],
        "number": "",
        "paragraph": "", "document_date": "2019-10-21", "meeting_date": "", "adjusted_on": "", "prepared_by": [],
        "deciding_body": "kommunstyrelsen", "title": "gemensam målbild 2019-2022 – Samverkan Stockholmsregionen",
        "kind": "målbild", "version": "", "period": "2019-2022", "outcome": "antagen", "status": "proposed",
        "condition": "", "recipients": [],
        "attachments": ["Målbild 2019-2022", "Bilaga Gemensamma förmågor -Samverkan Stockholmsregionen 2.0"],
    },
    "003": {
        "form": "notice", "count": 0, "notes": ["no_decision", "sent_out_for_adoption"],
        "about": "Gemensam målbild 2019-2022 för antagande",
    },
    "004": {
        "form": "pm", "count": 1, "notes": [], "organisation": "Stockholms stad", "dnr": "307-1883/2013",
        "other_dnr": [],
        "number": "PM 2014:61 RI", "paragraph": "", "document_date": "2014-04-02", "meeting_date": "",
        "adjusted_on": "",
        "prepared_by": ["stadsledningskontoret 2014-02-11", "borgarrådsberedningen"],
        "deciding_body": "kommunstyrelsen",
        "title": "Avsiktsförklaring om en trygg, säker och störningsfri region - modell för regional samverkan",
        "kind": "avsiktsförklaring", "version": "", "period": "2014-04-01-", "outcome": "antagen", "status": "proposed",
        "condition": "", "recipients": [],
        "attachments": ["Avsiktsförklaring: En trygg, säker och störningsfri region – modell för regional samverkan"],
    },
}  # fmt: skip

# How sure it says to be, where that matters.
SURENESS: Final[dict[str, dict[str, str]]] = {
    "000": {"dnr": "sure", "outcome": "sure", "version": "likely", "paragraph": "sure"},
    "001": {"organisation": "likely", "dnr": "sure", "status": "sure"},
    "002": {"status": "sure", "document_date": "sure"},
    "004": {"organisation": "likely", "document_date": "sure"},
}


def read(seed: str) -> tuple[str, Reading]:
    """A seed's text, and what is read from it."""
    file = next(SEEDS.glob(f"{seed}_*.txt"))
    text = file.read_bytes().decode("utf-8")
    return text, read_text(text)


def values(reading: Reading) -> dict[str, Any]:
    """Everything that was read, as plain values."""
    proposal = reading.proposals[0] if reading.proposals else Proposal()
    told: dict[str, Any] = {
        "form": reading.form.value if reading.form else "",
        "count": len(reading.proposals),
        "notes": list(reading.notes),
        "about": reading.title.value if reading.title else "",
    }
    for name in Proposal.__struct_fields__:
        value = getattr(proposal, name)
        if name == "prepared_by":
            told[name] = [prepared(one) for one in value]
        elif isinstance(value, tuple):
            told[name] = [one.value for one in value]
        else:
            told[name] = "" if value is None else value.value
    return told


@pytest.mark.parametrize("seed", sorted(EXPECTED))
def test_every_field_of_a_seed(seed: str) -> None:
    told = values(read(seed)[1])
    expected = EXPECTED[seed]
    wrong = {name: (told[name], wanted) for name, wanted in expected.items() if told[name] != wanted}
    print(f"{seed}: {len(expected) - len(wrong)} of {len(expected)} fields right")  # noqa: T201 - shown with -s
    assert wrong == {}


@pytest.mark.parametrize("seed", sorted(SURENESS))
def test_how_sure_it_is(seed: str) -> None:
    proposal = read(seed)[1].proposals[0]
    assert {name: getattr(proposal, name).sure for name in SURENESS[seed]} == SURENESS[seed]


@pytest.mark.parametrize("seed", sorted(EXPECTED))
def test_no_proposal_of_a_seed_is_taken_for_a_decision(seed: str) -> None:
    statuses = [proposal.status.value for proposal in read(seed)[1].proposals if proposal.status]
    assert statuses == (["decided"] if seed == "000" else ["proposed"] if seed != "003" else [])


@pytest.mark.parametrize("seed", sorted(EXPECTED))
def test_nobody_is_named(seed: str) -> None:
    text, reading = read(seed)
    addresses = {part for word in text.split() if "@" in word for part in word.casefold().split("@")[0].split(".")}
    told = str(values(reading)).casefold()
    assert not [part for part in addresses if part in told]
    assert "@" not in "".join(found.passage for found in passages(reading))

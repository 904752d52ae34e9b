"""Markings of security classification are found, and prose that mentions the words is not taken for one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samlad.journal.classified import found
from samlad.journal.letters import flat

CORPUS = Path(__file__).parent / "classified"
SHARED = Path(__file__).resolve().parents[4] / "shared"
LONG = 60_000


def corpus(name: str) -> list[str]:
    return [text.strip("\n") for text in (CORPUS / f"{name}.txt").read_text().split("\n%\n")]


def test_every_marking_is_found_and_no_prose_is_refused() -> None:
    marked, prose = corpus("marked"), corpus("unmarked")
    missed = [text for text in marked if found(text) is None]
    refused = [text for text in prose if found(text) is not None]
    hits = len(marked) - len(missed)
    precision = hits / (hits + len(refused))
    assert not missed and not refused, (
        f"recall {hits / len(marked):.3f}, precision {precision:.3f}\nmissed: {missed}\nrefused: {refused}"
    )


def test_the_corpus_is_large_enough_to_say_something() -> None:
    assert len(set(corpus("marked"))) >= 300
    assert len(set(corpus("unmarked"))) >= 300


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("KVALIFICERAT HEMLIG", "top secret"),
        ("KVALIFICERAT\nHEMLIG", "top secret"),
        ("H/TS", "top secret"),
        ("HEMLIG", "secret"),
        ("HEMLIG/SECRET", "secret"),
        ("Säkerhetsskyddsklass: Konfidentiell", "confidential"),
        ("BEGRÄNSAT\nHEMLIG", "restricted"),
        ("HEMLIG/RESTRICTED", "restricted"),
        ("RESTREINT UE/EU RESTRICTED", "restricted"),
        ("Säkerhetsskyddsklassificerad: Ja", "classified"),
    ],
)
def test_the_class_is_told(text: str, level: str) -> None:
    match = found(text)
    assert match is not None and match.level == level


def test_a_marking_is_found_wherever_in_a_long_text() -> None:
    prose = "Vägen är avstängd och trafiken leds om. Det hemliga mötet är flyttat.\n" * 200
    for text in (f"HEMLIG\n\n{prose}", f"{prose}\nHEMLIG", f"{prose}\n\nHEMLIG\n\n{prose}"):
        assert found(text) is not None
    assert found(prose) is None


def test_letters_that_only_look_different_are_the_same() -> None:
    assert flat("ＨＥＭＬＩＧ Ħ НЕМLIG H\u200bE\u00adM\u2060LIG").split()[0] == "HEMLIG"
    assert flat("B E G R Ä N S A T   H E M L I G") == "BEGRANSAT HEMLIG"
    assert flat("A B C") == "A B C"


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, held in value.items():
            yield name
            yield from texts(held)
    elif isinstance(value, list):
        for held in value:
            yield from texts(held)


def real_texts() -> Iterator[tuple[Path, str]]:
    """Every text of the real data, whole and, where it is JSON, each of its strings."""
    names = ("swedish_texts", "sitreps", "vma", "krisinformation", "smhi", "trafikverket", "ics209", "icalendar", "cap")
    folders = [SHARED / "seeds", *(SHARED / "data" / name for name in names)]
    for file in sorted(file for folder in folders for file in folder.rglob("*") if file.is_file()):
        text = file.read_bytes().decode("utf-8", "replace")
        yield file, text
        for line in text.splitlines() if file.suffix == ".jsonl" else [text] if file.suffix == ".json" else []:
            for held in texts(json.loads(line)):
                yield file, held


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the real data is not here")
def test_nothing_in_real_situation_reports_is_refused() -> None:
    assert not [(file.name, found(text)) for file, text in real_texts() if found(text) is not None]


@pytest.mark.parametrize(
    "piece",
    [
        "hemliga ",
        "hemliga\n",
        "HEMLIG/ ",
        "(HEMLIG ",
        "Säkerhetsskyddsklass: ",
        "1 kap. hemliga ",
        "- hemliga - ",
        "hemlig" + " " * 200,
        "denna rapport ",
        "H ",
        "[x] ",
        "klass\n\n\n\n",
    ],
)
def test_a_long_text_of_half_markings_comes_to_an_end(piece: str) -> None:
    """Expressions that look back at what they have seen would not, in any time a test has."""
    found((piece * LONG)[:LONG])

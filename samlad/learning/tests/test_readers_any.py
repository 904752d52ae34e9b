"""Whatever is in a file, reading it gives reports and sentences, and never raises."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlad.learning.readers.folder import READERS, read, read_folder
from samlad.learning.told import Fault, Told

# ruff: noqa: E501
PIECES = st.sampled_from(
    [
        "Regional lägesbild 2018-07-24 kl 17:00", "Resursbehov", "Vecka 22 2020", "Söndag 31 maj", "Omvärldsbevakning 21.00",
        "Sitrep N° 12", "Rapport de Situation", "Zone de Santé : ALFA et BETA", "Date de rapportage : 17 Sept 2025", "« COU-X »",
        "ALFA      1     2", "BETA      3     4", "I. POINTS SAILLANTS", "•", "   ", "\n", "\n\n", "\t", ",", ";", '"', "{", "}", "[",
        '"date":', "2024-01-01", "date,zone,cases", "2024-01-01,Alfa,1", "NA", "\x00", "\x0b", "\ud7ff", "\u202e", "9" * 30, "%", ":",
    ]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30) | PIECES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["date", "text", "actor", "zone", "body", "x"]), inner, max_size=5)
    ),
    max_leaves=25,
)


def check(found: list[Told | Fault]) -> None:
    """Each is a report with a time and a name, or a fault with a sentence."""
    for one in found:
        if isinstance(one, Told):
            assert one.actor
            assert one.at.tzinfo
        else:
            assert one.reason


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "any"
    file.write_bytes(data)
    check(list(read(file)))


@given(st.lists(PIECES | st.text(max_size=20), max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_by_every_reader(parts: list[str]) -> None:
    for text in ("\n".join(parts), " ".join(parts), "".join(parts)):
        for reader in READERS:
            if reader.recognises(text):
                check(list(reader.read("fil", text)))


@given(VALUES)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json(tmp_path: Path, value: object) -> None:
    file = tmp_path / "any.json"
    file.write_text(json.dumps(value))
    check(list(read(file)))


def test_huge_lines_and_odd_files_are_a_sentence_each(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "line.txt").write_text("Trafikverket 2024-01-01 " + "x" * 3_000_000)
    (tmp_path / "spaces.txt").write_text("Sitrep\n" + " " * 500_000 + "\n" + "    x   y\n")
    (tmp_path / "wide.csv").write_text(",".join(f"c{n}" for n in range(5_000)) + "\n" + "," * 4_999 + "\n")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    found = list(read_folder(tmp_path))
    check(found)
    assert {one.file for one in found} == {"empty", "line.txt", "spaces.txt", "wide.csv", "dangling"}


@pytest.mark.parametrize(
    "text", ["a" * 50_000, " " * 50_000 + "x", "Från: " * 10_000, "1. " * 20_000, "24 " * 20_000, "\n " * 30_000 + "x"]
)
def test_no_text_takes_for_ever(text: str) -> None:
    for reader in READERS:
        if reader.recognises(text):
            check(list(reader.read("fil", text)))

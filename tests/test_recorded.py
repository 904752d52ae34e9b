"""Journals recorded by earlier versions fold to the same picture for ever.

Beside each recorded journal lies what it added up to, for a few readers. A field that a state has got since is no
fault; one that is gone or says something else is. A new recording: export an operation into the folder, run this test,
read the state that it writes, commit both.
"""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.utils.translation import override

from samlad.activation.asked import calls_of
from samlad.activation.calling_out import assessing
from samlad.activation.queries import activation
from samlad.journal import read
from samlad.journal.models import Operation
from samlad.journal.queries import basics
from samlad.journal.shown import shown
from samlad.journal.transfer import export, load
from samlad.journal.verify import verify
from samlad.journal.who import SYSTEM, Who
from samlad.picture.queries import picture
from samlad.web.wiring import KINDS

FOLDER = Path(__file__).resolve().parent.parent / "samlad/journal/tests/recorded"
RECORDED = sorted(FOLDER.glob("*.jsonl"))
READERS = {
    "everything": SYSTEM,
    "compiler": Who("3", "lansstyrelsen-stockholm", frozenset({"picture_lead"}), ""),
    "duty officer": Who("1", "nacka", frozenset({"tib"}), ""),
    "observer": Who("9", "msb", frozenset({"observer"}), ""),
}

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("file", RECORDED, ids=lambda file: file.stem)]


def state(operation: UUID, who: Who, at: int | None = None) -> dict[str, Any]:
    """What an operation adds up to for a reader, as plain values."""
    folded = {
        "basics": basics(operation, who, at),
        "activation": activation(operation, who, at),
        "picture": picture(operation, who, at),
        "assessing": assessing(operation, who, at),
        "calling": calls_of(operation, who, at),
    }
    plain = msgspec.to_builtins(folded, str_keys=True)
    return {"position": read.position(operation, who), **plain}


def states(operation: UUID) -> dict[str, Any]:
    """What it adds up to for every reader, and what it did half-way."""
    now = {name: state(operation, who) for name, who in READERS.items()}
    half = now["everything"]["position"] // 2
    return {**now, "everything half-way": state(operation, SYSTEM, half)}


def lost(before: Any, now: Any, where: str = "state") -> list[str]:
    """What was recorded and is not so any more."""
    if isinstance(before, dict) and isinstance(now, dict):
        gone = [f"{where}.{name} is gone" for name in before.keys() - now.keys()]
        return gone + [
            fault for name in before.keys() & now.keys() for fault in lost(before[name], now[name], f"{where}.{name}")
        ]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = enumerate(zip(before, now, strict=True))
        return [fault for number, (one, other) in pairs for fault in lost(one, other, f"{where}[{number}]")]
    return [] if before == now else [f"{where} was {before!r} and is {now!r}"]


def test_it_folds_to_the_same_picture(file: Path) -> None:
    with file.open(encoding="utf-8") as lines:
        operation = load(lines).id
    found, told = json.loads(json.dumps(states(operation))), file.with_suffix(".state.json")
    if not told.exists():
        told.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        pytest.fail(f"{told.name} has been written: read it and commit it")
    assert lost(json.loads(told.read_text()), found) == []


def test_its_chain_holds_and_it_is_exported_as_it_came(file: Path) -> None:
    operation = load(file.read_text(encoding="utf-8").splitlines(keepends=True))
    assert verify(Operation.objects.get(id=operation.id)) == operation.head_seq
    assert "".join(export(operation)) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_entry_is_shown_in_words(file: Path, language: str) -> None:
    operation = load(file.read_text(encoding="utf-8").splitlines()).id
    with override(language):
        told = basics(operation, SYSTEM)
        for _number, entry in read.entries(operation, SYSTEM):
            assert shown(entry, told, language).strip(), entry.kind


def test_every_kind_there_is_has_been_recorded(file: Path) -> None:
    recorded = set()
    for one in RECORDED:
        for line in one.read_text(encoding="utf-8").splitlines():
            value = json.loads(line)
            recorded.add((value.get("kind"), value.get("version")))
    assert {(kind.name, kind.version) for kind in KINDS} <= recorded

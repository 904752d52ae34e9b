"""Documents in the forms that Swedish authorities use, with invented contents, and what is to be read from each.

Each file in forms/ has what is expected between two lines of +++, and then the document.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from samlad.governance.reading import Found, Preparation, Proposal, Reading, read_text

FORMS = sorted((Path(__file__).parent / "forms").glob("*.txt"))
LISTS = {"attachments", "other_dnr"}


def load(file: Path) -> tuple[dict[str, Any], str]:
    """What is expected of a document, and the document."""
    _nothing, expected, text = file.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(expected), text


def prepared(one: Preparation) -> str:
    """A preparation as one line."""
    return " ".join(
        [
            one.body.value,
            *([one.date.value] if one.date else []),
            *([f"§ {one.paragraph.value}"] if one.paragraph else []),
        ]
    )


def told(reading: Reading, proposal: Proposal | None, field: str) -> Any:
    """What was read for a field of the expectations; empty where nothing is stated."""
    if field in ("form", "form_sure"):
        return "" if reading.form is None else getattr(reading.form, "sure" if field.endswith("sure") else "value")
    if field == "count":
        return len(reading.proposals)
    if field == "notes":
        return list(reading.notes)
    name, sure = field.removesuffix("_sure"), field.endswith("_sure")
    value: Any = getattr(proposal, name)
    if name == "prepared_by":
        return [prepared(one) for one in value]
    if name in LISTS:
        return len(value)
    if isinstance(value, tuple):
        return [one.value for one in value]
    found: Found | None = value
    return "" if found is None else (found.sure if sure else found.value)


def differences(file: Path) -> list[str]:
    """Every field that is read otherwise than it is expected to be."""
    expected, text = load(file)
    reading = read_text(text)
    proposal = reading.proposals[0] if reading.proposals else Proposal()
    return [
        f"{field}: {got!r} for {wanted!r}"
        for field, wanted in expected.items()
        if (got := told(reading, proposal, field)) != wanted
    ]


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_a_document_is_read_as_a_person_would(file: Path) -> None:
    assert differences(file) == []


def test_there_are_many_forms() -> None:
    assert len(FORMS) >= 25

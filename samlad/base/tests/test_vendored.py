"""What we carry of others' work is what VENDORED.md says, with its licence; what we serve ourselves stays light."""

import gzip
import hashlib
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parent.parent / "static"


@pytest.mark.parametrize("folder", sorted((STATIC / "vendor").iterdir()), ids=lambda folder: folder.name)
def test_vendored_files_are_unchanged_and_licensed(folder: Path) -> None:
    said = (folder / "VENDORED.md").read_text()
    assert (folder / "LICENSE").read_text().strip()
    assert "http" not in said  # by name only: no host
    for script in folder.glob("*.js"):
        assert hashlib.sha256(script.read_bytes()).hexdigest() in said


def test_the_style_sheet_is_under_12_kb_over_the_wire() -> None:
    assert len(gzip.compress((STATIC / "base" / "samlad.css").read_bytes(), 9)) < 12_000

"""What the architecture tests look at: the rooms with their floors, the program's modules, the tracked files."""

import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SAMLAD = ROOT / "samlad"


def floors() -> dict[str, int]:
    """Each room's floor, 0 lowest, as the import contract in pyproject.toml has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {room.strip(" ()"): floor for floor, layer in enumerate(reversed(layers)) for room in layer.split("|")}


def rooms() -> list[Path]:
    """The folders of the rooms there are."""
    return sorted(path.parent for path in SAMLAD.glob("*/__init__.py"))


def modules() -> list[Path]:
    """All Python of ours but migrations, which Django writes."""
    folders = [SAMLAD, ROOT / "tests", ROOT / "scripts", ROOT / "bench"]
    found = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    """All templates of all rooms."""
    return sorted(path for room in rooms() for path in (room / "templates").rglob("*") if path.is_file())


def tracked() -> list[Path]:
    """Every file git tracks, or the test is skipped where this is no checkout (an unpacked archive)."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def shown(path: Path) -> str:
    """A path as people write it."""
    return str(path.relative_to(ROOT))

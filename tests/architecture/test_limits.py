"""Smoke alarms: sizes above which a file is usually two things.

A file that is better whole stands in EXCUSED with the number of the ADR that says why.
"""

import ast
import re
from pathlib import Path

from tests.architecture.tree import ROOT, SAMLAD, modules, rooms, shown, templates

MODULE, FUNCTION, TEMPLATE, SCRIPT, README = 300, 40, 120, 120, 60
EXCUSED: dict[str, str] = {}
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "core", "manager", "managers"}


def too_long(paths: list[Path], most: int) -> list[str]:
    """The files with more lines than that."""
    lengths = {shown(path): len(path.read_text().splitlines()) for path in paths}
    return [f"{name}: {length} lines" for name, length in lengths.items() if length > most and name not in EXCUSED]


def test_modules() -> None:
    assert not too_long(modules(), MODULE)


def test_templates() -> None:
    assert not too_long(templates(), TEMPLATE)


def test_scripts() -> None:
    scripts = [path for path in SAMLAD.glob("*/static/**/*.js") if "vendor" not in path.parts]
    assert not too_long(scripts, SCRIPT)


def test_functions() -> None:
    long = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION:
                    long.append(f"{shown(path)}: {node.name} has {lines} lines")
    assert not long


def test_every_room_has_a_short_readme() -> None:
    readmes = [room / "README.md" for room in rooms()]
    assert not [shown(readme) for readme in readmes if not readme.exists()]
    assert not too_long(readmes, README)


def test_names_say_what_is_inside() -> None:
    names = {path: {path.stem, *path.relative_to(ROOT).parts[:-1]} for path in modules()}
    assert not [shown(path) for path, parts in names.items() if parts & FORBIDDEN]


def test_views_are_functions() -> None:
    classes = re.compile(r"from django\.views(\.generic)? import .*View|\.as_view\(")
    assert not [shown(path) for path in modules() if path != Path(__file__) and classes.search(path.read_text())]


def test_base_stays_small() -> None:
    small_tools = [path for path in (SAMLAD / "base").glob("*.py") if path.stem not in ("__init__", "apps")]
    assert len(small_tools) <= 10, "base has ten modules at most: whose word is the new one?"

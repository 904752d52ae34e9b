"""What Django could carry past the import linter: foreign keys, templates, signals."""

import ast
import re

import pytest
from django.apps import apps
from django.db.models import Field

from tests.architecture.tree import SAMLAD, floors, modules, rooms, shown, templates

FLOORS = floors()
BELOW = -1  # Django's own tables lie below the house
USES = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")


def test_every_room_has_a_floor() -> None:
    assert {room.name for room in rooms()} <= FLOORS.keys()


def floor_of(module: str) -> int:
    """The floor of a module by its dotted name."""
    return FLOORS[module.split(".")[1]] if module.startswith("samlad.") else BELOW


def test_foreign_keys_point_to_the_same_or_a_lower_floor() -> None:
    wrong = [
        f"{model.__name__}.{field.name} points up to {field.related_model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("samlad.")
        for field in model._meta.get_fields()
        if isinstance(field, Field) and isinstance(field.related_model, type)
        if not points_down(model.__module__, field.related_model.__module__)
    ]
    assert not wrong


def points_down(module: str, other: str) -> bool:
    """Whether `other` is in the same room as `module`, or on a floor below."""
    return module.split(".")[:2] == other.split(".")[:2] or floor_of(other) < floor_of(module)


def test_templates_use_only_their_own_room_or_lower() -> None:
    wrong = []
    for path in templates():
        room = path.relative_to(SAMLAD).parts[0]
        for used in USES.findall(path.read_text()):
            other = used.split("/")[0]
            if other != room and FLOORS.get(other, BELOW) >= FLOORS[room]:
                wrong.append(f"{shown(path)} uses {used}")
    assert not wrong


def test_templates_lie_in_a_folder_with_their_rooms_name() -> None:
    # Django's own error pages must lie at the root; the lowest room with pages has them.
    errors = re.compile(r"(4\d\d(_csrf)?|5\d\d)\.html")
    wrong = [
        shown(path)
        for room in rooms()
        for path in (room / "templates").rglob("*")
        if path.is_file() and path.relative_to(room / "templates").parts[0] != room.name
        if not (room.name == "base" and errors.fullmatch(path.name))
    ]
    assert not wrong


@pytest.mark.parametrize("module", ["django.dispatch", "django.db.models.signals", "django.core.signals"])
def test_nobody_listens_to_signals(module: str) -> None:
    users = [shown(path) for path in modules() if SAMLAD in path.parents and module in imported(path.read_text())]
    assert not users, "an action says what follows; a follower does what follows an entry"


def imported(source: str) -> set[str]:
    """The modules a program imports, with the names taken from packages as if they were modules."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found

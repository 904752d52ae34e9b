"""The history is whole only if every change goes by `record`: no other code of the room writes to a table (ADR 27)."""

import ast
from pathlib import Path

import samlad.governance

ROOM = Path(samlad.governance.__file__).parent
WRITING = {"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "update", "delete", "save"}
ALLOWED = {"record.py": "the one way", "papers.py": "the bytes of a file", "personal.py": "what is no longer kept",
           "demo.py": "a past is made up: the history's own days are set"}  # fmt: skip
NO_REGISTER = ("MeetingFeed.",)
"""Tables that are no register: an address that a calendar program asks, which its owner makes and takes back."""
HARMLESS = {"messages", "book", "document", "workbook", "out", "hashed", "archive", "values", "shown", "digest"}


def modules() -> list[Path]:
    found = [path for path in ROOM.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]
    return [path for path in found if path.name not in ALLOWED]


def writes(path: Path) -> list[str]:
    """Calls of the ORM that write: on `objects` or what is made of it, or of a row itself."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        text = ast.unparse(node.func.value)
        asked = ".objects" in text or "_default_manager" in text
        on_row = node.func.attr in ("save", "delete") and text.split(".")[0] not in HARMLESS | {"record"}
        if node.func.attr in WRITING and (asked or on_row) and not text.startswith(NO_REGISTER):
            found.append(f"{path.relative_to(ROOM)}:{node.lineno} {ast.unparse(node.func)}")
    return found


def test_every_change_goes_by_the_record() -> None:
    assert not [line for path in modules() for line in writes(path)]


def test_a_write_past_it_is_found() -> None:
    assert [line.split()[1] for line in writes(ROOM / "papers.py")] == ["PaperContent.objects.create"]

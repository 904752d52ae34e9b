"""What a region's files say of call-outs: texts, times, answers and the bridge. Read by `samlad region import`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db.models import Model

from samlad.activation import template_edits as edits
from samlad.activation.models import AnswerOption, BridgeDefault, CallOutTemplate, LadderTimes
from samlad.journal.who import SYSTEM
from samlad.registers.history import edited_by_hand
from samlad.registers.region_import import REASON, Kept, RoomTable

FILE: Final = "call_out.toml"


@dataclass(frozen=True)
class TextRow:
    """The words of a call-out."""

    code: str
    outcome: str
    subject: str
    text: str
    short: str
    source: str
    roles: list[str]
    operation_kind: str = ""
    audience: str = "all"
    answer_minutes: int = 15
    conference_minutes: int | None = None


@dataclass(frozen=True)
class TimesRow:
    """The ladder in a kind of operation, in seconds."""

    operation_kind: str
    source: str
    next_way: int = 60
    again: int = 0
    deputy: int = 300
    everyone: int = 600
    by_hand: int = 900
    assess_again: int = 300
    assess_deputy: int = 600
    assess_everyone: int = 900
    assess_by_hand: int = 1200
    same_hours: int = 6


@dataclass(frozen=True)
class AnswerRow:
    """One answer to choose."""

    code: str
    label: str
    affected: str
    place: int
    attends: bool = False
    source: str = ""


@dataclass(frozen=True)
class BridgeRow:
    """The conference bridge; there is one."""

    source: str
    phone: str = ""
    video: str = ""
    talk_group: str = ""


def imported(row: Model) -> str:
    """Save one row of a file, unless somebody has edited it in a page since."""
    old = edits.stored(row)
    if (
        old is not None
        and edits.state_of(old) != edits.state_of(row)
        and edited_by_hand(edits.REGISTER, edits.key_of(row))
    ):
        raise Kept
    changed = edits.save(row=row, reason=REASON, by=SYSTEM)
    return "added" if old is None else "changed" if changed else "same"


def given(row: Any) -> Mapping[str, Any]:
    """The columns as they stand in the file, texts without space around them."""
    return {name: value.strip() if isinstance(value, str) else value for name, value in asdict(row).items()}


def import_text(row: TextRow) -> str:
    """One text."""
    return imported(CallOutTemplate(**given(row)))


def import_times(row: TimesRow) -> str:
    """The times of one kind of operation."""
    return imported(LadderTimes(**given(row)))


def import_answer(row: AnswerRow) -> str:
    """One answer."""
    return imported(AnswerOption(**given(row)))


def import_bridge(row: BridgeRow) -> str:
    """The bridge."""
    return imported(BridgeDefault(pk=1, **given(row)))


TABLES: Final = (
    RoomTable(FILE, "text", TextRow, import_text, {"code": 60, "subject": 120, "text": 4000, "short": 1000}),
    RoomTable(FILE, "times", TimesRow, import_times),
    RoomTable(FILE, "answer", AnswerRow, import_answer, {"code": 40, "label": 60}),
    RoomTable(FILE, "bridge", BridgeRow, import_bridge, {"phone": 120, "video": 300, "talk_group": 120}),
)

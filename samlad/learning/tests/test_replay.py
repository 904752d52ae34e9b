"""Replaying a folder: an operation of its own, from which the picture comes out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from samlad.base.refused import Refused
from samlad.journal import operations
from samlad.journal.models import Operation
from samlad.journal.queries import basics
from samlad.journal.verify import verify
from samlad.journal.who import SYSTEM
from samlad.learning.replay import Outcome, replay
from samlad.learning.told import Fault
from samlad.picture.queries import picture, reports

CSV = """zone,date,cum_cases,new_cases
Nacka,2024-02-01,10,1
Nacka,2024-02-02,12,2
Nacka,2024-02-04,9,0
Beta,2024-02-01,NA,NA
Beta,2024-02-02,0,NA
"""
TEXT = """Regional lägesbild 2024-02-03 kl 17:00

Två bränder i Kalmar län.

Resursbehov

Brandslang.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rows").write_text(CSV)
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "picture.txt").write_text(TEXT)
    (tmp_path / "broken").write_bytes(b"\x00\x01\x02")
    return tmp_path


def run(source: Path, **more: Any) -> tuple[Outcome, list[Fault]]:
    faults: list[Fault] = []
    return replay(source, tell=faults.append, **more), faults


def test_the_picture_comes_out(cast: Any, folder: Path) -> None:
    outcome, faults = run(folder)
    assert outcome.operation
    assert (outcome.reports, outcome.actors, outcome.refused) == (5, 3, 1)
    assert [fault.file for fault in faults] == ["broken"]
    state = picture(outcome.operation, SYSTEM)
    board = state.reports["lansstyrelsen-kalmar"].current.payload
    assert (board.needs, board.as_of.isoformat()) == ("Brandslang.", "2024-02-03T17:00:00+01:00")
    verify(Operation.objects.get(id=outcome.operation))


def test_a_cumulative_figure_that_goes_down_is_a_revision(cast: Any, folder: Path) -> None:
    outcome, _faults = run(folder)
    assert outcome.operation
    changes = picture(outcome.operation, SYSTEM).reports["nacka-2"].current.changes
    assert [(one.what, one.field, one.before, one.after) for one in changes] == [
        ("revised", "cum cases", "12", "9"),
        ("figure", "new cases", "2", "0"),
    ]


def test_missing_days_and_figures_are_silence(cast: Any, folder: Path) -> None:
    outcome, _faults = run(folder)
    assert outcome.operation
    days = [one.payload.as_of.day for one in reports(outcome.operation, SYSTEM, actor="nacka-2")]
    assert days == [1, 2, 4]
    (beta,) = reports(outcome.operation, SYSTEM, actor="beta")
    assert [figure.label for figure in beta.payload.figures] == ["cum cases"]


def test_it_can_never_be_taken_for_something_that_happens(cast: Any, folder: Path) -> None:
    outcome, _faults = run(folder)
    assert outcome.operation
    operation = operations.get(outcome.operation, cast.liaison.who)  # all parties may look at it
    state = basics(outcome.operation, SYSTEM)
    assert operation.exercise
    assert state.exercise
    assert state.replayed
    assert state.now(datetime.now(UTC)) == datetime(2024, 2, 4, 11, tzinfo=UTC)


def test_actors_of_the_data_are_none_of_the_register(cast: Any, folder: Path) -> None:
    outcome, _faults = run(folder)
    assert outcome.operation
    participants = basics(outcome.operation, SYSTEM).participants
    assert "nacka" not in participants  # a party of the register, which has nothing to answer here
    assert participants["nacka-2"].name == "Nacka"


def test_again_into_the_same_operation_adds_nothing(cast: Any, folder: Path) -> None:
    first, _faults = run(folder)
    again, _faults = run(folder, operation=first.operation)
    assert (again.reports, again.repeated) == (0, 5)
    (folder / "late").write_text("zone,date,cum_cases\nNacka,2024-02-05,13\nGamma,2024-02-05,1\n")
    third, faults = run(folder, operation=first.operation)
    assert (third.reports, third.repeated) == (1, 5)
    assert ("late", 3) in [(fault.file, fault.line) for fault in faults]


def test_only_a_replayed_operation_goes_on(cast: Any, folder: Path) -> None:
    with pytest.raises(Refused):
        run(folder, operation=uuid4())


def test_a_part_in_time(cast: Any, folder: Path) -> None:
    outcome, _faults = run(folder, since=datetime(2024, 2, 3, tzinfo=UTC), until=datetime(2024, 2, 4, tzinfo=UTC))
    assert (outcome.reports, outcome.title) == (1, "Regional lägesbild, Kalmar")


def test_conveyed_reports_name_who_conveys(cast: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"url": "https://www.exempel.se/x", "text": "Regional lägesbild 2024-02-03\\n\\nBrand i Kalmar län."}\n'
    )
    outcome, _faults = run(tmp_path)
    assert outcome.operation
    (report,) = reports(outcome.operation, SYSTEM)
    assert (report.actor, report.payload.conveyed_by) == ("lansstyrelsen-kalmar", "exempel-se")
    assert report.payload.source.startswith("Regional lägesbild 2024-02-03")


def test_the_command_tells_what_it_did(cast: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("replay", str(folder), title="Provet")
    told = capsys.readouterr()
    assert "Provet" in told.out
    assert "/operations/" in told.out
    assert told.err.startswith("broken: ")


def test_the_command_fails_when_nothing_can_be_read(cast: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    for arguments in ([str(tmp_path)], [str(tmp_path / "nowhere")], [str(tmp_path), "--speed", "0"]):
        with pytest.raises(CommandError):
            call_command("replay", *arguments)


def test_speed_waits_between_reports_and_can_be_stopped(cast: Any, folder: Path) -> None:
    class Stopped:
        waited: list[float] = []

        def wait(self, seconds: float) -> bool:
            self.waited.append(seconds)
            return len(self.waited) > 2

    outcome, _faults = run(folder, speed=3600, stopping=Stopped())
    assert outcome.reports == 3
    assert Stopped.waited[0] == pytest.approx(24.0)

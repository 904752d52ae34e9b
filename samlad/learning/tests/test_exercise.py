"""Playing an exercise: the people of the region, through the same actions as anyone."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.models import Operation
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.learning.actions import begin_exercise, continue_exercise, recent_exercise, run_exercise
from samlad.learning.exercise import read_exercise
from samlad.picture.queries import not_reported, picture
from samlad.registers.region_import import import_region

REGION = settings.PROJECT / "regions" / "stockholm"
SNOWSTORM = REGION / "exercises" / "snowstorm.toml"
SMALL = """
what = "Prov"
where = "Nacka"
raised_by = "tib.nacka"
convening = "lansstyrelsen-stockholm"
head = 5
speed = 1000000

[[acknowledgement]]
minute = 1
by = "tib.nacka"
affected = "yes"

[[deadline]]
minute = 4
by = "rsk"
after = 20000000

[[report]]
minute = 2
by = "liaison.sodertalje"
status = "red"
event = "Snö."
needs = "Plog."
figures = [{ label = "Kunder utan el", value = 10 }]

[[report]]
minute = 8
by = "liaison.sodertalje"
unchanged = true

[[report]]
minute = 9
by = "rsk"
actor = "polisregion-stockholm"
status = "green"
event = "Lugnt."
source = "Telefon"

[[picture]]
minute = 7
by = "lagesbild"
status = "red"
assessment = "Allvarligt."
take = [{ actor = "sodertalje", field = "event" }, { actor = "nacka", field = "event" }]

[[picture]]
minute = 10
by = "lagesbild"
status = "yellow"
assessment = "Bättre."
take = [{ actor = "sodertalje", field = "needs" }, { actor = "polisregion-stockholm", field = "event" }]
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "small.toml"
    file.write_text(SMALL)
    return file


def test_the_head_is_there_at_once_and_lies_in_the_past(cast: Any, small: Path) -> None:
    operation = begin_exercise(read_exercise(small))
    state = basics(operation, SYSTEM)
    assert state.exercise
    assert not state.replayed
    assert now() - state.opened_at >= timedelta(minutes=5)
    assert set(picture(operation, SYSTEM).reports) == {"sodertalje"}
    assert Operation.objects.get(id=operation).exercise


def test_it_is_played_to_the_end(cast: Any, small: Path) -> None:
    operation = run_exercise(small)
    state = picture(operation, cast.picture_lead.who)
    assert [edition.payload.number for edition in state.editions] == [1, 2]
    assert state.reports["sodertalje"].current.payload.unchanged
    assert state.reports["polisregion-stockholm"].current.payload.conveyed_by == "lansstyrelsen-stockholm"
    assert [one.text for one in state.editions[0].payload.statements] == ["Snö."]
    assert [one.text for one in state.editions[1].payload.statements] == ["Lugnt.", "Plog."]
    assert "nacka" in not_reported(state, basics(operation, SYSTEM))


def test_interrupted_it_goes_on_and_played_again_adds_nothing(cast: Any, small: Path) -> None:
    exercise = read_exercise(small)
    operation = begin_exercise(exercise)
    assert recent_exercise(exercise) == operation
    stopped = threading.Event()
    stopped.set()
    continue_exercise(exercise, operation, stopping=stopped)
    assert len(picture(operation, SYSTEM).editions) == 0
    continue_exercise(exercise, operation)
    length = read.position(operation, SYSTEM)
    continue_exercise(exercise, operation)
    assert read.position(operation, SYSTEM) == length
    assert len(picture(operation, SYSTEM).editions) == 2


def test_people_who_are_not_in_the_registers_are_named(cast: Any, small: Path) -> None:
    small.write_text(SMALL.replace('by = "tib.nacka"\naff', 'by = "tib.ingenstans"\naff'))
    with pytest.raises(Refused, match=r"tib\.ingenstans"):
        begin_exercise(read_exercise(small))


@pytest.mark.parametrize(
    "change", [('"red"', '"rött"'), ("minute = 2", "minut = 2"), ('"event" }, {', '"evnt" }, {'), ("what", "=")]
)
def test_a_bad_file_is_refused_with_a_reason(small: Path, change: tuple[str, str]) -> None:
    small.write_text(SMALL.replace(*change))
    with pytest.raises(Refused):
        read_exercise(small)


def play_snowstorm() -> UUID:
    import_region(REGION)
    return run_exercise(SNOWSTORM, speed=1e9)


def test_the_snowstorm(db: None, caplog: pytest.LogCaptureFixture) -> None:
    operation = play_snowstorm()
    assert not caplog.records, "no step is refused"
    state = picture(operation, SYSTEM)
    kinds = [entry.kind for _number, entry in read.entries(operation, SYSTEM)]
    answered = {
        entry.actor for _number, entry in read.entries(operation, SYSTEM) if entry.kind == "activation.acknowledged"
    }
    participants = basics(operation, SYSTEM).participants
    assert len(participants) == 36
    assert len(answered) == 30
    assert 35 <= kinds.count("picture.report_filed") <= 45
    assert kinds.count("picture.published") == 2
    assert {state.status(code) for code in state.reports} == {"green", "yellow", "red"}
    first, second = state.editions
    assert len(second.payload.not_reported) < len(first.payload.not_reported)

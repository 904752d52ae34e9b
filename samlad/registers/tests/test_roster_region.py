"""Rosters in a region's files: somebody is on duty whenever it is imported, and what can't be used is told."""

from pathlib import Path

import pytest

from samlad.base.clock import now
from samlad.registers.models import Shift, ShiftSwap
from samlad.registers.region_import import import_region
from samlad.registers.roster_gaps import roster_gaps
from samlad.registers.roster_queries import on_duty
from samlad.registers.roster_swaps import waiting
from samlad.registers.tests.duty import Duty, make_duty
from samlad.registers.tests.test_parties import STOCKHOLM

pytestmark = pytest.mark.django_db
PATTERN = """[[pattern]]
code = "tib"
actor = "{actor}"
role = "{role}"
people = ["tib.nacka", "{second}"]
weekday = "{weekday}"
handover = "{handover}"
weeks = {weeks}
on_holiday = "{on_holiday}"
"""
GOOD = {
    "actor": "nacka",
    "role": "tib",
    "second": "tib2.nacka",
    "weekday": "fri",
    "handover": "17:00",
    "weeks": 1,
    "on_holiday": "same",
}


@pytest.fixture
def duty() -> Duty:
    return make_duty()


def test_the_demonstration_has_people_on_duty_a_swap_and_a_gap() -> None:
    assert not import_region(STOCKHOLM).refused
    here = {(one.actor, one.role): one.name for one in on_duty(None, now()) if not one.deputy}
    assert here["lansstyrelsen-stockholm", "rsk"] == "RSK" and here["nacka", "tib"] == "TiB Nacka"
    assert {gap.actor for gap in roster_gaps() if gap.kind == "hole"} == {"nynashamn"}
    (swap,) = waiting(now())
    assert (swap.asked_by.username, swap.asked_of.username) == ("rsk2", "rsk3")
    before = Shift.objects.count()
    import_region(STOCKHOLM)
    assert (Shift.objects.count(), ShiftSwap.objects.count()) == (before, 1)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, 0),
        ({"actor": "ingen"}, 3),
        ({"role": "wall"}, 4),
        ({"second": "ingen"}, 5),
        ({"second": "liaison.sodertalje"}, 5),
        ({"weekday": "fredag"}, 1),
        ({"handover": "25:00"}, 7),
        ({"weeks": 9}, 8),
        ({"on_holiday": "aldrig"}, 9),
    ],
)
def test_what_can_not_be_used_is_told(tmp_path: Path, duty: Duty, changes: dict[str, str | int], line: int) -> None:
    (tmp_path / "rosters.toml").write_text(PATTERN.format(**{**GOOD, **changes}))
    refused = [one.where for one in import_region(tmp_path).refused]
    assert refused == ([f"rosters.toml:{line}"] if line else [])
    assert Shift.objects.exists() == (not line) and duty.first

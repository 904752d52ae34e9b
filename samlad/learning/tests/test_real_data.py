"""Real reports that nobody in the project wrote, where they are: beside the project, in ../shared/data."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.learning.readers.folder import read, read_folder
from samlad.learning.replay import replay
from samlad.learning.told import Fault, Told
from samlad.picture.fold import Report
from samlad.picture.queries import picture, reports

DATA: Path = settings.PROJECT.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real data (../shared/data) is not on this machine")
EBOLA = DATA / "sitreps" / "drc_ebola"


def told_and_faults(source: Path) -> tuple[list[Told], list[Fault]]:
    found = list(read_folder(source) if source.is_dir() else read(source))
    return [one for one in found if isinstance(one, Told)], [one for one in found if isinstance(one, Fault)]


def test_the_gavleborg_pictures_of_july_2018_make_one_picture(cast: Any) -> None:
    faults: list[Fault] = []
    told, _refused = told_and_faults(DATA / "swedish_texts")
    july = [one for one in told if one.at.year == 2018]
    assert [(one.actor, one.conveyed_by, one.at.isoformat()) for one in july] == [
        ("Länsstyrelsen Gävleborg", "", "2018-07-24T17:00:00+02:00"),
        ("Länsstyrelsen Gävleborg", "Ljusdal.se", "2018-07-26T18:26:00+02:00"),
    ]
    outcome = replay(DATA / "swedish_texts", tell=faults.append)
    assert outcome.operation
    state = picture(outcome.operation, SYSTEM)
    board = state.reports["lansstyrelsen-gavleborg"]
    assert board.count == 2
    assert board.current.payload.needs == "Fortsatt stort behov av materiel, framförallt brandslang."
    assert {change.field for change in board.current.changes} >= {"event", "needs", "forecast_24h", "communication"}
    joint = reports(outcome.operation, SYSTEM, actor="lansstyrelsen-gavleborg")[0].payload
    assert joint.event.startswith("Allt fokus är att få kontroll på branden, rädda liv och egendom.")


def test_logs_and_what_lacks_a_time() -> None:
    told, faults = told_and_faults(DATA / "swedish_texts")
    logs = [one for one in told if one.actor == "Krisinformation.se"]
    assert len(logs) == 10
    assert sum(one.unchanged for one in logs) == 7
    assert [fault.line for fault in faults] == [5, 8]


def revisions(before: list[Report]) -> int:
    """How often a cumulative figure goes down from one report to the next."""
    count = 0
    for earlier, later in itertools.pairwise(before):
        old = {figure.label: figure.value for figure in earlier.payload.figures if figure.cumulative}
        new = {figure.label: figure.value for figure in later.payload.figures if figure.cumulative}
        count += any(new[label] < old[label] for label in old.keys() & new.keys())
    return count


def test_daily_indicators_have_every_zone_and_its_revisions(cast: Any) -> None:
    outcome = replay(EBOLA / "daily_indicators.csv", tell=lambda fault: None)
    assert outcome.operation
    assert (outcome.reports, outcome.refused) == (363, 0)
    assert outcome.actors == 29  # 25 zones, three provinces and the country
    participants = basics(outcome.operation, SYSTEM).participants
    assert {"bunia", "miti-murhesa", "ituri", "national"} <= set(participants)
    assert sum(revisions(reports(outcome.operation, SYSTEM, actor=code)) for code in participants) >= 15
    latest = picture(outcome.operation, SYSTEM).reports["sud-kivu"].current
    assert ("revised", "cum cases", "3", "1") in [
        (one.what, one.field, one.before, one.after) for one in latest.changes
    ]


@pytest.mark.parametrize(("folder", "files"), [("mve16_2025", 19), ("mve17_2026", 6)])
def test_every_situation_report_is_read_and_dated(folder: str, files: int) -> None:
    told, faults = told_and_faults(EBOLA / folder)
    assert not faults
    issued = [one for one in told if not one.conveyed_by]
    assert len(issued) == files
    assert {one.actor for one in issued} <= {"COUSP-RDC", "INSP"}
    assert all(one.at.year in (2025, 2026) for one in told)
    assert all(sum(map(len, one.texts.values())) > 1_000 for one in issued)


def test_the_zones_of_the_situation_reports_have_their_figures() -> None:
    told, _faults = told_and_faults(EBOLA / "mve16_2025")
    bulape = {one.at.date().isoformat(): one for one in told if one.actor == "Bulape"}
    totals = {
        day: figure.value for day, one in bulape.items() for figure in one.figures if figure.label == "Total de cas"
    }
    assert totals["2025-09-17"] == 48
    assert totals["2025-09-20"] == 53


@pytest.mark.parametrize(
    "folder",
    ["cap", "edxl-emsi", "ics209", "icalendar", "krisinformation", "municipalities", "security", "smhi", "syndication",
     "trafikverket", "vma", "polisen/snapshots"],
)  # fmt: skip
def test_everything_else_is_read_or_refused_with_a_reason(folder: str) -> None:
    _told, faults = told_and_faults(DATA / folder)
    assert all(fault.reason and fault.file for fault in faults)

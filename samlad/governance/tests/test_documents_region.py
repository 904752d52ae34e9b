"""What Stockholm's files say of steering documents and goals: what the sources state, with what is not known said."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from samlad.governance.documents import actions
from samlad.governance.documents.models import DocumentVersion, Status, SteeringDocument, VersionStep
from samlad.governance.documents.queries import in_force, status_of
from samlad.governance.goals.models import Capability, GoalArea, SubCapability
from samlad.governance.goals.queries import current_vision
from samlad.registers.region_import import import_region
from samlad.registers.tests.cast import Everybody
from samlad.registers.tests.test_parties import STOCKHOLM

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Only the files of governance."""
    shutil.copytree(STOCKHOLM / "governance", tmp_path / "governance")
    for other in (tmp_path / "governance").iterdir():
        if other.name not in ("documents.toml", "goals.toml"):
            other.unlink()
    return tmp_path


def version(code: str) -> DocumentVersion:
    return DocumentVersion.objects.get(document__code=code)


def test_what_was_in_force_by_the_sources(folder: Path) -> None:
    assert import_region(folder).refused == []
    on = {day: [one.document.code for one in in_force(day)] for day in (date(2014, 4, 1), date(2019, 6, 1))}
    assert on[date(2014, 4, 1)] == ["avsiktsforklaring"]
    assert on[date(2019, 6, 1)] == ["avsiktsforklaring", "modellbeskrivning", "overenskommelse"]
    goals = version("malbild-2019-2022")
    days = {date(2018, 11, 14): Status.PRESENTED, date(2019, 10, 21): Status.OUT, date(2022, 12, 31): Status.IN_FORCE}
    assert {day: status_of(goals, day).status for day in days} == days
    assert status_of(goals, date(2023, 1, 1)).status == Status.ENDED
    assert status_of(version("gemensamma-formagor"), date(2021, 1, 1)).through == goals


def test_days_that_no_source_states_are_marked_and_no_text_is_claimed(folder: Path) -> None:
    import_region(folder)
    known = {(one.version.document.code, one.status) for one in VersionStep.objects.filter(assumed=False)}
    assert known == {
        ("avsiktsforklaring", "out"), ("avsiktsforklaring", "in_force"), ("malbild-2019-2022", "presented"),
    }  # fmt: skip
    assert all(one.note for one in VersionStep.objects.filter(assumed=True))
    assert all(one.source for one in VersionStep.objects.all())
    assert not DocumentVersion.objects.filter(obtained=True).exists()
    assert not GoalArea.objects.filter(obtained=True).exists()
    assert Capability.objects.count() == 5 and SubCapability.objects.filter(ours=False).count() == 0
    assert current_vision(date(2020, 1, 1)) is not None and current_vision(date(2026, 1, 1)) is None


def test_again_changes_nothing_and_what_differs_is_changed(folder: Path) -> None:
    first = import_region(folder).added
    again = import_region(folder)
    assert (again.same, again.added, again.changed) == (first, 0, 0)
    for name, old, new in (
        ("documents.toml", "on = 2018-11-14", "on = 2018-11-15"),
        ("goals.toml", 'name = "Aktivera aktörsgemensamt läge"', 'name = "Aktivera"'),
    ):
        file = folder / "governance" / name
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert (import_region(folder).changed, Capability.objects.get(code="1").name) == (2, "Aktivera")


def test_what_a_person_has_changed_stays(everybody: Everybody, folder: Path) -> None:
    import_region(folder)
    document = SteeringDocument.objects.get(code="modellbeskrivning")
    document.about = "Texten är nu inhämtad."
    actions.save_document(document, by=everybody.secretariat.who)
    outcome = import_region(folder)
    assert len(outcome.kept) == 1 and outcome.changed == 0
    document.refresh_from_db()
    assert document.about == "Texten är nu inhämtad."


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("documents.toml", 'kind = "agreement"', 'kind = "contract"'),
        ("documents.toml", 'status = "approved"', 'status = "agreed"'),
        ("documents.toml", 'relation = "basis"', 'relation = "kin"'),
        ("documents.toml", 'part_of = "overenskommelse"', 'part_of = "nothing"'),
        ("documents.toml", 'version = "2015–2018"', 'version = "3.0"'),
        ("goals.toml", 'capability = "1"', 'capability = "9"'),
        ("goals.toml", 'version = "1.0"', 'version = "7.0"'),
        ("goals.toml", 'vision = "malbild-2015-2018"', 'vision = "malbild-1999"'),
    ],
)
def test_what_is_wrong_is_refused_by_line(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / "governance" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    told = [one.where for one in import_region(folder).refused]
    assert told and all(where.startswith("governance/") for where in told)
    assert any(abs(int(where.rsplit(":", 1)[1]) - line) <= 2 for where in told)

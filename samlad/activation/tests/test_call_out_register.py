"""What is prepared for a call-out: imported from the region's files, read by all, changed by the secretariat."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from samlad.activation import template_edits as edits
from samlad.activation.entries.trigger import OUTCOMES
from samlad.activation.models import AnswerOption, BridgeDefault, CallOutTemplate, LadderTimes
from samlad.activation.prepared import (
    LONGEST_SHORT,
    answer_options,
    assessing_ladder,
    calling_ladder,
    calling_times,
    prepared,
    sms_length,
)
from samlad.base.refused import Refused
from samlad.journal.who import SYSTEM
from samlad.registers.models import Change
from samlad.registers.region_import import import_region
from samlad.registers.tests.cast import Cast, Everybody, Member, make_everybody

ClientFor = Callable[[Member], Client]
REGION = Path(__file__).resolve().parents[3] / "regions" / "stockholm"
PAGE = "/registers/call-out/"


@pytest.fixture
def everybody(db: None) -> Everybody:
    """Everybody."""
    return make_everybody()


@pytest.fixture
def region(tmp_path: Path, everybody: Everybody) -> Path:
    """The region's call-out file by itself, imported."""
    (tmp_path / "call_out.toml").write_text((REGION / "call_out.toml").read_text())
    assert import_region(tmp_path).refused == []
    return tmp_path


def text(**changes: Any) -> dict[str, Any]:
    """The form of a prepared text."""
    return {
        "code": "natt", "outcome": "conference", "subject": "{what}", "text": "{who}", "short": "{what}",
        "audience": "all", "answer_minutes": "10", "valid": "on", "reason": "Prov",
    } | changes  # fmt: skip


def test_the_region_s_file_is_whole(region: Path) -> None:
    for outcome in OUTCOMES[1:]:
        found = prepared(outcome, "disturbance")
        assert found and found.code, outcome
        # With what a long event and a bridge take, it is two SMS at most.
        assert sms_length(found.short) + 100 <= LONGEST_SHORT
    assert answer_options()[0].code == "berord-deltar"
    assert calling_ladder(calling_times("disturbance")) == (
        (0, "first"), (300, "deputies"), (600, "everyone"), (900, "by_hand")
    )  # fmt: skip
    assert assessing_ladder("exercise")[1] == (300, "again")
    again = import_region(region)
    assert (again.added, again.changed) == (0, 0)


def test_without_data_there_are_plain_words(cast: Cast) -> None:
    assert prepared("none", "disturbance") is None
    found = prepared("staff", "disturbance")
    assert found and "{what}" in found.subject and found.conference_minutes
    assert [option.affected for option in answer_options()] == ["yes", "no", "unclear"]


def test_a_kind_of_its_own_comes_first(region: Path) -> None:
    row = CallOutTemplate(
        code="ovning", outcome="conference", operation_kind="exercise", subject="x", text="x", short="x"
    )
    edits.save(row=row, reason="", by=SYSTEM)
    first, other = prepared("conference", "exercise"), prepared("conference", "disturbance")
    assert first and other and (first.code, other.code) == ("ovning", "konferens-samordnande")


def test_what_somebody_changed_stays_at_the_next_import(
    region: Path, everybody: Everybody, client_for: ClientFor
) -> None:
    client = client_for(everybody.secretariat)
    answer = client.post(PAGE + "bridge/default/edit/", {"phone": "08-1", "reason": "Nytt nummer"})
    assert answer.status_code == 302 and BridgeDefault.objects.get().phone == "08-1"
    outcome = import_region(region)
    assert len(outcome.kept) == 1 and BridgeDefault.objects.get().phone == "08-1"
    html = client.get(PAGE).content.decode()
    assert "Nytt nummer" in html and "Telefon" in html


def test_who_reads_and_who_changes(region: Path, everybody: Everybody, client_for: ClientFor) -> None:
    for name, member in everybody.members().items():
        client = client_for(member)
        if name == "wall":
            continue
        editor = name in ("secretariat", "administrator")
        assert client.get(PAGE).status_code == 200, name
        for path in ("texts/new/", "answers/new/", "text/information/edit/", "times/planned/edit/",
                     "answer/ej-berord/edit/", "bridge/default/edit/"):  # fmt: skip
            assert client.get(PAGE + path).status_code == (200 if editor else 404), (name, path)


@pytest.mark.parametrize("path", ["text/nope/edit/", "times/nope/edit/", "answer/nope/edit/", "x/y/edit/"])
def test_what_is_not_there(everybody: Everybody, client_for: ClientFor, path: str) -> None:
    assert client_for(everybody.secretariat).get(PAGE + path).status_code == 404


def test_a_new_text_and_its_history(everybody: Everybody, client_for: ClientFor) -> None:
    client = client_for(everybody.secretariat)
    assert client.post(PAGE + "texts/new/", text(roles=["tib"])).status_code == 302
    row = CallOutTemplate.objects.get()
    assert (row.code, row.roles, row.conference_minutes) == ("natt", ["tib"], None)
    assert Change.objects.get().object_key == "text:natt"
    answer = client.post(PAGE + "texts/new/", text(outcome="staff"))
    assert answer.status_code == 409 and "redan en med den koden" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "{nobody}"}, "Det finns ingen plats {nobody}."),
        ({"code": "Natt!"}, "En kod"),
        ({"answer_minutes": "0"}, "1"),
        ({"conference_minutes": "9999"}, "1440"),
        ({"text": "HEMLIG/SECRET enligt säkerhetsskyddslagen"}, "säkerhetsskydd"),
        ({"reason": ""}, ""),
        ({"audience": "network:x"}, ""),
    ],
)
def test_bad_texts_are_refused_and_kept(
    everybody: Everybody, client_for: ClientFor, changes: dict[str, str], sentence: str
) -> None:
    answer = client_for(everybody.secretariat).post(PAGE + "texts/new/", text(**changes))
    assert answer.status_code in (409, 422) and sentence in answer.content.decode()
    assert not CallOutTemplate.objects.exists() and not Change.objects.exists()


def test_whoever_is_slower_is_told(region: Path, everybody: Everybody, client_for: ClientFor) -> None:
    client = client_for(everybody.secretariat)
    html = client.get(PAGE + "answer/ej-berord/edit/").content.decode()
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    sent = {"label": "Nej", "affected": "no", "place": "2", "valid": "on", "reason": "Kort"}
    client.post(PAGE + "answer/ej-berord/edit/", sent)
    answer = client.post(PAGE + "answer/ej-berord/edit/", sent | {"label": "Inte vi", "seen": seen})
    assert answer.status_code == 409 and AnswerOption.objects.get(pk="ej-berord").label == "Nej"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"next_way": 5}, "next_way"),
        ({"deputy": 10}, "deputy"),
        ({"everyone": 200}, "everyone"),
        ({"by_hand": 90_000}, "by_hand"),
        ({"assess_again": 5}, "assess_again"),
        ({"assess_deputy": 1000}, "assess_everyone"),
        ({"same_hours": 0}, "same_hours"),
    ],
)
def test_times_are_bounded_and_in_order(db: None, changes: dict[str, int], field: str) -> None:
    with pytest.raises(Refused) as refused:
        edits.save(row=LadderTimes(**({"operation_kind": "disturbance"} | changes)), reason="", by=SYSTEM)
    assert refused.value.field == field


def test_a_digit_is_one_answer_s_and_one_answer_is_left(db: None) -> None:
    edits.save(row=AnswerOption(code="a", label="A", affected="yes", place=1), reason="", by=SYSTEM)
    for row in (
        AnswerOption(code="b", label="B", affected="no", place=1),
        AnswerOption(code="a", label="A", affected="yes", place=1, valid=False),
        AnswerOption(code="c", label="C", affected="perhaps", place=3),
        AnswerOption(code="c", label=" ", affected="no", place=3),
    ):
        with pytest.raises(Refused):
            edits.save(row=row, reason="", by=SYSTEM)


def test_saving_nothing_new_leaves_no_history(region: Path) -> None:
    before = Change.objects.count()
    assert not edits.save(row=LadderTimes.objects.get(pk="planned"), reason="", by=SYSTEM)
    assert Change.objects.count() == before

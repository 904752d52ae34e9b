"""A file of joint goals: written and read it is the same, what is wrong is told by line, what it would do is shown."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlad.base.refused import Refused
from samlad.governance.goals import importing
from samlad.governance.goals.file import read
from samlad.governance.goals.models import Capability, Goal, GoalArea, GoalCapability, SubCapability, Vision
from samlad.governance.goals.queries import Goals
from samlad.governance.goals.rows import AnyRow, AreaRow, CapabilityRow, Content, GoalRow, SubRow, VisionRow, content
from samlad.governance.goals.toml_text import value, written
from samlad.journal.who import SYSTEM
from samlad.registers.models import Change
from samlad.registers.tests.cast import Everybody

pytestmark = pytest.mark.django_db

LETTERS = st.characters(codec="utf-8")
WORDS = st.text(LETTERS.filter(lambda letter: letter != "\0"), min_size=1, max_size=60)
MAYBE = st.one_of(st.just(""), WORDS)
CODES = st.text("abcXYZ0123456789_-", min_size=1, max_size=8)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))

FILE = """\
[[capability]]
code = "1"
name = "Aktivera aktörsgemensamt läge"

[[sub_capability]]
code = "1.1"
capability = "1"
name = "Kan nås dygnet runt"
ours = true

[[vision]]
code = "malbild"
title = "Målbild"
first_day = 2027-01-01
last_day = 2030-12-31

[[area]]
vision = "malbild"
code = "1"
name = "Robusthet"

[[goal]]
vision = "malbild"
area = "1"
code = "1-1"
text = "Hålla ut"
aims_at = ["1.1"]
"""


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Any joint goals that hang together."""
    rows: list[AnyRow] = []
    capabilities = draw(st.lists(CODES, max_size=3, unique=True))
    rows += [CapabilityRow(code, draw(WORDS), draw(MAYBE)) for code in capabilities]
    subs = [f"{of}.{n}" for of in capabilities for n in range(draw(st.integers(0, 2)))]
    rows += [
        SubRow(code, code[: code.index(".")], draw(WORDS), draw(MAYBE), draw(st.booleans()), draw(MAYBE))
        for code in subs
    ]
    for vision in draw(st.lists(CODES.map(lambda code: f"m{code}"), max_size=2, unique=True)):
        first, last = sorted((draw(DAYS), draw(DAYS)))
        rows.append(VisionRow(vision, draw(WORDS), first, last, draw(MAYBE), source=draw(MAYBE)))
        for area in draw(st.lists(CODES, max_size=2, unique=True)):
            rows.append(AreaRow(vision, area, draw(WORDS), draw(MAYBE), draw(st.booleans()), draw(MAYBE)))
            for goal in draw(st.lists(CODES, max_size=2, unique=True)):
                aims = draw(st.lists(st.sampled_from([*capabilities, *subs]), max_size=3)) if capabilities else []
                rows.append(GoalRow(vision, area, goal, draw(WORDS), aims, draw(MAYBE)))
    return content(rows)


@given(contents())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_reads_the_same(made: Content) -> None:
    found = read("goals.toml", written(made).encode())
    assert found.content == made
    assert found.refused == [] or made.every == ()


@given(st.text(LETTERS))
def test_any_text_is_the_same_in_toml(text: str) -> None:
    assert tomllib.loads(f"text = {value(text)}\n")["text"] == text


@given(contents(), contents())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_register_becomes_as_the_file_has_it(before: Content, after: Content) -> None:
    for model in (GoalCapability, Goal, GoalArea, Vision, SubCapability, Capability):
        model._default_manager.all().delete()
    importing.take_in(before, by=SYSTEM, reason="")
    assert Goals().content() == before
    shown = importing.preview(after, by=SYSTEM) if possible(before, after) else []
    assert Goals().content() == before
    if possible(before, after):
        assert importing.take_in(after, by=SYSTEM, reason="") == shown
        assert importing.take_in(after, by=SYSTEM, reason="") == []
        named = {one.code for one in after.visions}
        now = Goals().content()
        assert now.capabilities == (after.capabilities or before.capabilities)
        assert tuple(one for one in now.goals if one.vision in named) == after.goals
        assert {one.code for one in now.visions} == named | {one.code for one in before.visions}


def possible(before: Content, after: Content) -> bool:
    """Whether what the second file aims at is there: it says capabilities of its own, or aims at nothing."""
    return bool(after.capabilities) or not any(goal.aims_at for goal in after.goals)


def lines_of(text: str) -> dict[int, str]:
    """What is refused of a file, by line."""
    return {int(one.where.split(":")[1]): one.why for one in read("f", text.encode()).refused}


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ('capability = "1"', 'capability = "9"', 7),
        ("last_day = 2030-12-31", "last_day = 2020-12-31", 15),
        ("first_day = 2027-01-01", 'first_day = "2027-01-01"', 14),
        ('code = "1-1"', 'code = "1 1"', 25),
        ('aims_at = ["1.1"]', 'aims_at = ["1.1", "7"]', 27),
        ('aims_at = ["1.1"]', 'aims_at = "1.1"', 27),
        ('area = "1"', 'area = "2"', 24),
        ('text = "Hålla ut"', "text = ", 26),
        ('text = "Hålla ut"', 'text = "' + "x" * 4001 + '"', 26),
        ('name = "Robusthet"', 'name = "Robusthet"\ncolour = "blue"', 21),
        ('title = "Målbild"', 'title = "Målbild"\ndocument = "avtal"\nversion = "9"', 14),
        ('title = "Målbild"', 'title = "Målbild"\ndocument = "avtal"', 14),
        ('title = "Målbild"', "", 11),
    ],
)
def test_what_is_wrong_is_told_by_its_line(right: str, wrong: str, line: int) -> None:
    assert right in FILE and read("f", FILE.encode()).refused == []
    assert line in lines_of(FILE.replace(right, wrong, 1))


def test_a_code_twice_is_told_at_the_second() -> None:
    again = FILE + '\n[[area]]\nvision = "malbild"\ncode = "1"\nname = "En till"\n'
    assert list(lines_of(again)) == [31]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xfe",
        b"MZ\x90\x00",
        b"%PDF-1.7",
        b"x = " + b"9" * 5000,
        b"x = " + b"[" * 3000,
        b"a" * 600_000,
        b"[x]\n",
    ],
)
def test_any_wrong_file_gets_a_sentence(sent: bytes) -> None:
    found = read("goals.toml", sent)
    assert found.refused and all(one.why for one in found.refused) and found.content == Content()


@given(st.binary(max_size=400))
def test_any_bytes_get_a_sentence_or_are_read(sent: bytes) -> None:
    found = read("goals.toml", sent)
    assert found.refused or found.content.every


def test_windows_line_ends_and_mark_are_read() -> None:
    found = read("f", b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    assert found.refused == [] and found.content == read("f", FILE.encode()).content


def test_capabilities_that_goals_of_another_period_aim_at_are_taken_away_with_that(everybody: Everybody) -> None:
    importing.take_in(read("f", FILE.encode()).content, by=SYSTEM, reason="")
    new = '[[capability]]\ncode = "1"\nname = "Aktivera"\n' + (
        '[[sub_capability]]\ncode = "1.2"\ncapability = "1"\nname = "Larma"\n'
    )
    done = importing.take_in(read("f", new.encode()).content, by=everybody.secretariat.who, reason="De riktiga")
    assert {(one.action, one.kind) for one in done} == {
        ("changed", "capability"), ("added", "subcapability"),
        ("removed", "goalcapability"), ("removed", "subcapability"),
    }  # fmt: skip
    assert Goal.objects.count() == 1 and not GoalCapability.objects.exists()
    assert Change.objects.filter(reason="De riktiga").count() == len(done)


def test_a_part_that_moves_takes_its_goals_along() -> None:
    importing.take_in(read("f", FILE.encode()).content, by=SYSTEM, reason="")
    moved = '[[capability]]\ncode = "1"\nname = "A"\n[[capability]]\ncode = "2"\nname = "B"\n' + (
        '[[sub_capability]]\ncode = "1.1"\ncapability = "2"\nname = "Kan nås dygnet runt"\n'
    )
    importing.take_in(read("f", moved.encode()).content, by=SYSTEM, reason="")
    link = GoalCapability.objects.get()
    assert link.capability.code == "2" and link.sub is not None and link.sub.capability == link.capability


def test_only_the_secretariat(everybody: Everybody) -> None:
    with pytest.raises(Refused):
        importing.take_in(read("f", FILE.encode()).content, by=everybody.chief.who, reason="")


def test_the_regions_file_is_such_a_file() -> None:
    text = Path(__file__).parents[3].joinpath("regions/stockholm/governance/goals.toml").read_bytes()
    found = read("goals.toml", text.replace(b'document = "malbild', b"#").replace(b'version = "', b"#"))
    assert found.refused == []
    assert found.content.capabilities[0].name == "Aktivera aktörsgemensamt läge"
    assert len(found.content.capabilities) == 5 and len(found.content.subs) == 17
    assert all(one.ours and "inte SSR:s lydelse" in one.source for one in found.content.subs)
    assert not any(one.obtained for one in found.content.areas) and found.content.goals == ()

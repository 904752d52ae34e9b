"""`samlad region import`: again changes nothing, refuses by line and reason, leaves history."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from samlad.journal.who import SYSTEM
from samlad.registers import actions
from samlad.registers.models import ActorVersion, Area, Change, Person, Population, Seat
from samlad.registers.queries import parties, today
from samlad.registers.region_import import import_region
from samlad.registers.tests.cast import Cast
from samlad.registers.tests.test_parties import STOCKHOLM

pytestmark = pytest.mark.django_db

ACTOR = """[[actor]]
code = "{code}"
name = "{name}"
short = "{name}"
category = "{category}"
since = {since}
why = "joined"
source = "a test"
"""


def actor(
    code: str = "one", name: str = "One", category: str = "state", since: str = "2020-01-01", more: str = ""
) -> str:
    return ACTOR.format(code=code, name=name, category=category, since=since) + more + "\n"


def folder_with(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def refusals(folder: Path) -> list[str]:
    return [refusal.where for refusal in import_region(folder).refused]


def test_a_second_run_changes_nothing() -> None:
    first = import_region(STOCKHOLM)
    assert first.added > 200 and first.changed == first.same == 0
    changes = Change.objects.count()
    second = import_region(STOCKHOLM)
    assert (second.added, second.changed, second.refused) == (0, 0, [])
    assert second.same == first.added
    assert Change.objects.count() == changes == first.added


def test_what_differs_is_changed_with_history(tmp_path: Path) -> None:
    import_region(folder_with(tmp_path, actors=actor()))
    outcome = import_region(folder_with(tmp_path, actors=actor(name="Uno")))
    assert (outcome.added, outcome.changed) == (0, 1)
    change = Change.objects.first()
    assert change is not None and change.before is not None and change.after is not None
    assert (change.before["name"], change.after["name"], change.by) == ("One", "Uno", "system")


def test_refused_lines_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = (
        actor("good")
        + actor("bad", category="army")
        + actor("good", since="2020-06-01")
        + actor("BAD CODE")
        + actor("more", more="colour = 1\n")
        + actor("typed", since='"2020-01-01"')
        + actor("last")
    )
    outcome = import_region(folder_with(tmp_path, actors=text))
    told = {refusal.where: refusal.why for refusal in outcome.refused}
    wrong = ('category = "army"', "since = 2020-06-01", 'code = "BAD CODE"', "colour = 1", 'since = "2020-01-01"')
    assert list(told) == [f"actors.toml:{text.splitlines().index(line) + 1}" for line in wrong]
    assert all(told.values())
    assert {party.code for party in parties(date(2020, 7, 1))} == {"good", "last"}


def test_a_missing_key_is_told_at_the_table(tmp_path: Path) -> None:
    assert refusals(folder_with(tmp_path, people='# first\n\n[[person]]\nname = "TiB"\n')) == ["people.toml:3"]


def test_a_broken_file_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    area = '[[area]]\ncode = "01"\nname = "County"\nkind = "county"\nsource = "x"\n'
    assert refusals(folder_with(tmp_path, areas=area, actors="[[actor]]\ncode = \n")) == ["actors.toml:2"]
    assert Area.objects.get().code == "01"


def test_without_certain_lines_the_tables_number_is_told(tmp_path: Path) -> None:
    text = actor("one", more='why_ended = """\n[[actor]]\n"""\n') + actor("two", category="army")
    (refusal,) = import_region(folder_with(tmp_path, actors=text)).refused
    assert refusal.where.startswith("actors.toml: ") and refusal.where.endswith("2")


@pytest.mark.parametrize("value", ["true", "-1", '"1"', "2018-01-01", "99999999999"])
def test_a_figure_is_a_whole_number(tmp_path: Path, value: str) -> None:
    area = '[[area]]\ncode = "01"\nname = "County"\nkind = "county"\nsource = "x"\n'
    figure = f'[[population]]\narea = "01"\non = 2020-01-01\nedition = "a"\nfigure = {value}\nsource = "x"\n'
    assert refusals(folder_with(tmp_path, areas=area + figure)) == ["areas.toml:10"]


@pytest.mark.parametrize("value", ['"a\\u0000b"', '""', f'"{"x" * 81}"'])
def test_a_text_the_database_would_not_take(tmp_path: Path, value: str) -> None:
    assert refusals(folder_with(tmp_path, people=f'[[person]]\nusername = "a"\nname = {value}\n')) == ["people.toml:3"]


def test_figures_of_two_editions_stand_side_by_side(tmp_path: Path) -> None:
    text = '[[area]]\ncode = "01"\nname = "County"\nkind = "county"\nsource = "x"\n'
    for edition in ("a", "b"):
        text += f'[[population]]\narea = "01"\non = 2020-01-01\nedition = "{edition}"\nfigure = 5\nsource = "x"\n'
    assert refusals(folder_with(tmp_path, areas=text)) == []
    assert Population.objects.count() == 2


def test_seats_need_their_person_actor_and_role(tmp_path: Path) -> None:
    person = (
        '[[person]]\nusername = "a"\nname = "A"\nemail = "not an address"\n[[person]]\nusername = "b"\nname = "B"\n'
    )
    seat = '[[seat]]\nperson = "{}"\nactor = "{}"\nrole = "{}"\nsince = 2020-01-01\n'
    seats = seat.format("a", "one", "tib") + seat.format("b", "two", "tib") + seat.format("b", "one", "king")
    told = refusals(folder_with(tmp_path, actors=actor(), people=person, seats=seats + seat.format("b", "one", "tib")))
    assert told == ["people.toml:4", "seats.toml:2", "seats.toml:8", "seats.toml:14"]
    assert Seat.objects.count() == 1


def test_what_was_edited_in_a_page_stays(cast: Cast, tmp_path: Path) -> None:
    import_region(folder_with(tmp_path, actors=actor()))
    version = ActorVersion.objects.get(actor="one")
    version.name = "By hand"
    actions.save_version(version=version, reason="right name", by=cast.administrator.who)
    outcome = import_region(folder_with(tmp_path, actors=actor(name="From the file")))
    assert len(outcome.kept) == 1 and outcome.kept[0].where == "actors.toml:1"
    assert ActorVersion.objects.get(actor="one").name == "By hand"


def test_a_seat_ended_in_a_page_is_not_opened_again() -> None:
    import_region(STOCKHOLM)
    seat = Seat.objects.get(person__username="admin")
    somebody = Person.objects.create_user("boss", name="Boss")
    by = type(SYSTEM)(somebody.key, "nacka", frozenset({"administrator"}), "Boss")
    actions.end_seat(seat=seat, on=today(), reason="left", by=by)
    assert import_region(STOCKHOLM).kept
    assert Seat.objects.get(pk=seat.pk).valid_to == today()


def test_the_command_tells_and_fails_when_something_is_refused(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command(
            "region", "import", str(folder_with(tmp_path, actors=actor(category="army"))), stdout=out, stderr=err
        )
    assert "actors.toml:5" in err.getvalue()


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("region", "import", str(tmp_path), stdout=StringIO(), stderr=StringIO())


def test_demo_passwords_reach_example_addresses_only(tmp_path: Path) -> None:
    people = '[[person]]\nusername = "{0}"\nname = "{0}"\nemail = "{1}"\n'
    folder_with(tmp_path, people=people.format("a", "a@x.example") + people.format("b", "b@x.se"))
    call_command("region", "import", str(tmp_path), "--demo-password", "snow and ice", stdout=StringIO())
    assert Person.objects.get(username="a").check_password("snow and ice")
    assert not Person.objects.get(username="b").has_usable_password()

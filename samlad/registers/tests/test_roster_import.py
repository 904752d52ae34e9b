"""Taking a file into a roster: previewed first; the same again changes nothing; swaps since then stay."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samlad.base.clock import STOCKHOLM, now
from samlad.registers.models import Change, Seat, Shift
from samlad.registers.queries import today
from samlad.registers.roster_actions import remove_shift
from samlad.registers.roster_import import plan, take
from samlad.registers.roster_swaps import answer, propose
from samlad.registers.tests.duty import DAY, Duty, make_duty

pytestmark = pytest.mark.django_db
PATH = "/registers/rosters/nacka/tib/import/"


@pytest.fixture
def duty() -> Duty:
    return make_duty()


def sheet(*rows: tuple[str, int, int]) -> bytes:
    """A CSV file: whose, from and to so many days from now."""
    lines = ["person;från;till"]
    for person, begins, ends in rows:
        days = [(now() + timedelta(days=day)).astimezone(STOCKHOLM) for day in (begins, ends)]
        lines.append(f"{person};{days[0]:%Y-%m-%d 08:00};{days[1]:%Y-%m-%d 08:00}")
    return "\n".join(lines).encode()


def calendar(person: str, *, days: int = 2, hours: int = 8, cancelled: bool = False) -> bytes:
    """A calendar with one event."""
    begins = (now() + days * DAY).replace(hour=9, minute=0)
    status = "STATUS:CANCELLED\r\n" if cancelled else ""
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:ett@nacka.example\r\n"
        f"SUMMARY:TiB\r\nATTENDEE;CN=Någon:mailto:{person}\r\n{status}"
        f"DTSTART:{begins:%Y%m%dT%H%M%SZ}\r\nDURATION:PT{hours}H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def taken(duty: Duty, content: bytes, name: str = "schema.csv") -> dict[str, int]:
    """Take a file, as the page does."""
    made = plan(actor="nacka", role="tib", content=content, name=name)
    shifts = [one.shift for one in made.steps]
    by = duty.cast.actor_administrator.who
    return take(actor="nacka", role="tib", sort=made.sort, shifts=shifts, source=name, by=by)


def standing() -> list[str]:
    return [one.person.username for one in Shift.objects.filter(removed_at=None).order_by("starts")]


def test_the_same_file_again_changes_nothing(duty: Duty) -> None:
    content = sheet(("tib.nacka", 1, 2), ("TiB 2 Nacka", 2, 3), ("okänd", 3, 4), ("liaison.sodertalje", 4, 5))
    made = plan(actor="nacka", role="tib", content=content, name="a.csv")
    assert not Shift.objects.exists() and len(made.those("added")) == 2
    assert [one.where for one in made.refused] == ["rad 4", "rad 5"]
    assert taken(duty, content)["added"] == 2 and standing() == ["tib.nacka", "tib2.nacka"]
    again = taken(duty, content)
    assert (again["added"], again["changed"], again["same"]) == (0, 0, 2)
    assert Shift.objects.count() == 2 and Change.objects.filter(register="rosters").count() == 1


def test_a_swap_since_then_stays_and_a_changed_line_changes(duty: Duty) -> None:
    content = sheet(("tib.nacka", 1, 2), ("tib2.nacka", 2, 3))
    taken(duty, content)
    mine, theirs = Shift.objects.order_by("starts")
    swap = propose(offered=mine, asked_of=duty.second.person, wanted=theirs, message="", by=duty.first.who)
    answer(swap=swap, agree=True, by=duty.second.who)
    assert taken(duty, content)["same"] == 2 and standing() == ["tib2.nacka", "tib.nacka"]
    done = taken(duty, sheet(("tib3.nacka", 1, 2), ("tib2.nacka", 2, 3)))
    assert (done["changed"], done["same"]) == (1, 1) and standing() == ["tib3.nacka", "tib.nacka"]


def test_what_was_taken_away_here_stays_away(duty: Duty) -> None:
    content = sheet(("tib.nacka", 1, 2))
    taken(duty, content)
    remove_shift(shift=Shift.objects.get(), reason="x", by=duty.cast.actor_administrator.who)
    assert taken(duty, content)["same"] == 1 and not standing()
    assert taken(duty, sheet(("tib2.nacka", 1, 2)))["added"] == 1


def test_a_calendars_event_moves_is_cancelled_and_comes_back(duty: Duty) -> None:
    first = calendar(duty.first.person.email)
    assert taken(duty, first, "a.ics")["added"] == 1
    assert taken(duty, first, "a.ics")["same"] == 1
    assert taken(duty, calendar(duty.first.person.email, hours=10), "a.ics")["changed"] == 1
    (shift,) = Shift.objects.filter(removed_at=None)
    assert shift.ends - shift.starts == timedelta(hours=10)
    gone = calendar(duty.first.person.email, hours=10, cancelled=True)
    assert taken(duty, gone, "a.ics")["removed"] == 1 and not standing()
    assert taken(duty, gone, "a.ics")["removed"] == 0
    assert taken(duty, first, "a.ics")["added"] == 1 and len(standing()) == 1


def test_a_changed_shift_that_is_under_way_is_split_and_then_the_same(duty: Duty) -> None:
    taken(duty, calendar(duty.first.person.email, days=1, hours=20), "a.ics")
    begun = now() - timedelta(hours=1)
    Shift.objects.update(starts=begun)
    other = calendar(duty.second.person.email, days=1, hours=20)
    assert taken(duty, other, "a.ics")["changed"] == 1
    assert standing() == ["tib.nacka", "tib2.nacka"]
    assert taken(duty, other, "a.ics")["same"] == 1


def sent(duty: Duty, client: Client, content: bytes, name: str) -> Any:
    client.force_login(duty.cast.actor_administrator.person)
    return client.post(PATH, {"file": SimpleUploadedFile(name, content)})


def test_in_the_page(duty: Duty, client: Client) -> None:
    content = sheet(("tib.nacka", 1, 2), ("<b>okänd</b>", 2, 3))
    html = sent(duty, client, content, "schema.csv").content.decode()
    assert "Inget har ändrats" in html and "&lt;b&gt;okänd" in html and not Shift.objects.exists()
    kept = html.split('name="taken" value="')[1].split('"')[0]
    answer_ = client.post(PATH, {"taken": kept, "source": "schema.csv"})
    assert answer_.status_code == 302 and standing() == ["tib.nacka"]
    assert "1 pass tillagda" in client.get(answer_.headers["Location"]).content.decode()
    # It says for which roster it is, and nobody can write it themselves.
    for path, text in ((PATH, kept[:-3]), (PATH, "x"), ("/registers/rosters/nacka/liaison/import/", kept)):
        refused = client.post(path, {"taken": text})
        assert refused.status_code == 409 and "för gammal" in refused.content.decode()


def test_who_has_lost_the_role_since_the_preview_is_left_out(duty: Duty) -> None:
    made = plan(actor="nacka", role="tib", content=sheet(("tib.nacka", 1, 2)), name="a.csv")
    Seat.objects.filter(person=duty.first.person).update(valid_to=today())
    shifts = [one.shift for one in made.steps]
    by = duty.cast.actor_administrator.who
    done = take(actor="nacka", role="tib", sort="csv", shifts=shifts, source="a.csv", by=by)
    assert (done["added"], done["refused"]) == (0, 1)


@pytest.mark.parametrize(("content", "name"), [(b"", "a.csv"), (b"\0\1", "a.ics"), (b"hej", "a.txt")])
def test_a_file_that_is_none_is_told(duty: Duty, client: Client, content: bytes, name: str) -> None:
    answer_ = sent(duty, client, content, name)
    assert answer_.status_code == 422 and "error" in answer_.content.decode()


def test_a_long_file_is_taken_in_few_steps(duty: Duty) -> None:
    rows = [("tib.nacka", day, day + 1) for day in range(1, 301)]
    made = plan(actor="nacka", role="tib", content=sheet(*rows), name="a.csv")
    by, shifts = duty.cast.actor_administrator.who, [one.shift for one in made.steps]
    with CaptureQueriesContext(connection) as asked:
        done = take(actor="nacka", role="tib", sort="csv", shifts=shifts, source="a.csv", by=by)
    assert done["added"] == 300 and len(asked) < 20

"""An entry's own page: what it says to whom, what opening it leaves, and the ways to change its readers."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.actions import change_marking, narrow, widen
from samlad.journal.entries import ALL, OWN, Audience, Marking
from samlad.journal.models import Reading
from samlad.journal.page import operation_page
from samlad.picture.queries import all_reports, picture
from samlad.registers.tests.cast import Cast, Member, make_member
from samlad.web.tests.scene import report, snow

pytestmark = pytest.mark.django_db
MARKED = Marking("OSL 18:13", "sodertalje:liaison", datetime(2026, 11, 21, tzinfo=UTC))
SECRET = "Reservkraften räcker två timmar"
ClientFor = Callable[[Member], Client]


@pytest.fixture
def wall(cast: Cast) -> Member:
    """The screen in Nacka's control room."""
    return make_member("wall.nacka", "Väggskärm Nacka", "nacka", "wall")


def page(client: Client, operation: UUID, entry: UUID, name: str = "entry", query: str = "") -> tuple[int, str]:
    """An answer and its text."""
    answer = client.get(reverse(name, args=[operation, entry]) + query)
    return answer.status_code, answer.content.decode()


def mark(cast: Cast, operation: UUID, entry: UUID) -> None:
    """Södertälje marks what it said."""
    change_marking(by=cast.liaison.who, operation=operation, entry=entry, marking=MARKED)


def test_all_of_it_for_those_who_may_read(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET)
    for member in (cast.liaison, cast.rsk, cast.duty_officer, cast.observer):
        code, text = page(client_for(member), operation, said)
        assert code == 200 and SECRET in text and "Samverkansperson" in text
        assert ("Begränsa läsekretsen" in text) == (member is cast.liaison) and "Låt fler läsa" not in text
    assert not Reading.objects.exists()


def test_not_there_for_others(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET, audience=OWN)
    for member in (cast.rsk, cast.duty_officer, cast.stranger, cast.administrator):
        hidden, absent = (page(client_for(member), operation, id) for id in (said, new_id()))
        assert hidden[0] == absent[0] == 404
    for name in ("entry_widen", "entry_narrow", "entry_mark"):
        assert page(client_for(cast.rsk), operation, said, name)[0] == 404


def test_an_earlier_moment_holds_what_had_come(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    before = read.position(operation, cast.rsk.who)
    said = report(cast.liaison.who, operation, "red", SECRET, audience=OWN)
    widen(by=cast.liaison.who, operation=operation, entry=said, audience=ALL)
    report(cast.liaison.who, operation)
    assert page(client_for(cast.rsk), operation, said, query=f"?at={before}")[0] == 404
    assert page(client_for(cast.rsk), operation, said, query=f"?at={before + 1}")[0] == 404
    code, text = page(client_for(cast.rsk), operation, said, query=f"?at={before + 2}")
    assert code == 200 and SECRET in text and "utökat" not in text


def test_marked_it_is_covered_everywhere_and_opened_here(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET)
    mark(cast, operation, said)
    client = client_for(cast.rsk)
    for name in ("operation", "reports", "journal", "figures", "desk", "pictures"):
        text = client.get(reverse(name, args=[operation])).content.decode()
        assert SECRET not in text, name
        if name in ("operation", "reports", "journal", "desk"):
            assert "OSL 18:13" in text, name
    for name, what in (("report", str(said)), ("actor_reports", "sodertalje")):
        text = client.get(reverse(name, args=[operation, what])).content.decode()
        assert SECRET not in text and "OSL 18:13" in text and reverse("entry", args=[operation, said]) in text
    assert not Reading.objects.exists()
    code, text = page(client, operation, said)
    assert code == 200 and SECRET in text and "En markering är en varning" in text
    (row,) = Reading.objects.all()
    assert (row.entry_id, row.person, row.how) == (said, cast.rsk.who.person, "page")
    owners = page(client_for(cast.liaison), operation, said)[1]
    assert "Öppnad av" in owners and cast.rsk.who.name in owners
    assert cast.rsk.who.name not in page(client_for(cast.duty_officer), operation, said)[1]


def test_a_status_still_shows_and_a_change_of_texts_does_not(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report(cast.liaison.who, operation, "yellow", "Förut")
    said = report(cast.liaison.who, operation, "red", SECRET)
    mark(cast, operation, said)
    report(cast.liaison.who, operation, "red", "Efteråt")
    filed = all_reports(operation, cast.rsk.who)
    changes = [one.since(filed[one.previous]) for one in filed.values() if one.previous]
    assert [[change.field for change in one] for one in changes] == [["status"], []]
    assert picture(operation, cast.rsk.who).reports["sodertalje"].current.changes == ()


def test_a_wall_shows_that_it_is_marked_and_no_more(cast: Cast, client_for: ClientFor, wall: Member) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET)
    mark(cast, operation, said)
    code, text = page(client_for(wall), operation, said)
    assert code == 200 and SECRET not in text and "väggskärm" in text
    assert not Reading.objects.exists()
    for address in (reverse("api_entries", args=[operation]), reverse("reports", args=[operation]) + "?format=json"):
        assert SECRET not in client_for(wall).get(address).content.decode()


@pytest.mark.parametrize("name", ["api_entries", "reports"])
def test_exports_hold_it_and_are_logged(cast: Cast, client_for: ClientFor, name: str) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET)
    mark(cast, operation, said)
    answer = client_for(cast.rsk).get(reverse(name, args=[operation]) + "?format=json")
    assert SECRET in answer.content.decode()
    assert {(row.entry_id, row.how) for row in Reading.objects.all()} == {(said, "export"), (None, "export")}


def test_the_reading_log_is_the_owners(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET)
    mark(cast, operation, said)
    page(client_for(cast.rsk), operation, said)
    client_for(cast.picture_lead).get(reverse("api_entries", args=[operation]))
    log = {member: client_for(member).get(reverse("readings", args=[operation])) for member in (cast.liaison, cast.rsk)}
    own = log[cast.liaison].content.decode()
    assert "Öppnad på sidan" in own and cast.rsk.who.name in own and "Uttagen" in own and SECRET not in own
    assert "Öppnad på sidan" not in log[cast.rsk].content.decode()
    for member in (cast.observer, cast.stranger, cast.administrator):
        assert client_for(member).get(reverse("readings", args=[operation])).status_code == 404


def test_widened_by_the_form(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET, audience=OWN)
    address = reverse("entry_widen", args=[operation, said])
    client = client_for(cast.liaison)
    assert client.get(address).status_code == 200
    sent = {"id": str(new_id()), "audience": "actors", "readers": ["nacka"], "reason": "De behöver det"}
    assert client.post(address, sent).status_code == 302
    assert read.standing(operation, cast.liaison.who, said).audience == "actors:nacka,sodertalje"
    assert SECRET in page(client_for(cast.duty_officer), operation, said)[1]
    assert page(client_for(cast.rsk), operation, said)[0] == 404
    assert client.post(address, sent).status_code == 302  # sent twice
    assert client.post(address, {"id": str(new_id()), "audience": "all", "reason": ""}).status_code == 302
    assert client.post(address, {"id": str(new_id()), "audience": "all"}).status_code == 409
    assert client.post(address, {"id": str(new_id()), "audience": "own"}).status_code == 422


def test_a_marked_one_is_examined_again(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET, audience=OWN)
    mark(cast, operation, said)
    address, client = reverse("entry_widen", args=[operation, said]), client_for(cast.liaison)
    refused = client.post(address, {"id": str(new_id()), "audience": "all", "reason": "De behöver det"})
    assert refused.status_code == 409 and "De behöver det" in refused.content.decode()
    sent = {"id": str(new_id()), "audience": "all", "reason": "De behöver det", "reexamined": "on"}
    assert client.post(address, sent).status_code == 302


def test_narrowed_by_the_form_which_says_who_could(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET)
    mark(cast, operation, said)
    page(client_for(cast.rsk), operation, said)
    address, client = reverse("entry_narrow", args=[operation, said]), client_for(cast.liaison)
    text = client.get(address).content.decode()
    assert "har kunnat läsa posten sedan" in text and cast.rsk.who.name in text
    assert client.post(address, {"id": str(new_id()), "audience": "own", "reason": ""}).status_code == 422
    assert client.post(address, {"id": str(new_id()), "audience": "own", "reason": "Fel"}).status_code == 302
    code, text = page(client_for(cast.rsk), operation, said)
    assert code == 200 and SECRET not in text and "begränsats" in text and "Fel" in text
    assert "sodertalje" not in picture(operation, cast.rsk.who).reports


def test_marked_and_unmarked_by_the_form(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET)
    address, client = reverse("entry_mark", args=[operation, said]), client_for(cast.liaison)
    assert client.get(address).status_code == 200
    assert client.post(address, {"id": str(new_id()), "ground": "OSL 18:13"}).status_code == 302
    marking = read.entry(operation, cast.liaison.who, said).marking
    assert marking and (marking.ground, marking.decided_by) == ("OSL 18:13", "sodertalje:liaison")
    assert client.post(address, {"id": str(new_id()), "ground": ""}).status_code == 422  # a reason is asked for
    assert client.post(address, {"id": str(new_id()), "ground": "påhittad"}).status_code == 422
    assert client.post(address, {"id": str(new_id()), "ground": "", "reason": "Inte längre"}).status_code == 302
    assert read.entry(operation, cast.liaison.who, said).marking is None


def test_a_late_report_does_not_replace_a_newer(cast: Cast) -> None:
    operation = snow(cast)
    first = report(cast.liaison.who, operation, "red", "Först", audience=Audience("actors", ("nacka",)))
    newer = report(cast.liaison.who, operation, "green", "Sedan")
    widen(by=cast.liaison.who, operation=operation, entry=first, audience=ALL)
    for who in (cast.rsk.who, cast.liaison.who, cast.duty_officer.who):
        reported = picture(operation, who).reports["sodertalje"]
        assert (reported.current.id, reported.current.previous, reported.count) == (newer, first, 2)
        filed = all_reports(operation, who)
        assert (filed[newer].previous, filed[first].previous) == (first, None)
        assert filed[first].entry.audience == "all"
    assert list(all_reports(operation, cast.rsk.who)) == [newer, first]


def test_the_folds_audience_follows(cast: Cast) -> None:
    operation = snow(cast)
    said = report(cast.liaison.who, operation, "red", SECRET)
    narrow(by=cast.liaison.who, operation=operation, entry=said, audience=OWN, reason="Fel")
    at = operation_page(operation, cast.liaison.who, {}).position
    assert picture(operation, cast.liaison.who).reports["sodertalje"].current.audience == "own:sodertalje"
    assert picture(operation, cast.liaison.who, at - 1).reports["sodertalje"].current.audience == "all"
    widen(by=cast.liaison.who, operation=operation, entry=said, audience=ALL)
    assert picture(operation, cast.rsk.who).reports["sodertalje"].current.audience == "all"


def test_reading_log_does_not_tell_of_what_is_for_a_level_one_is_not_on(cast: Cast, client_for: ClientFor) -> None:
    operation, chief = snow(cast), make_member("chef.s", "Chef Södertälje", "sodertalje", "chief")
    report(chief.who, operation, consequences=SECRET, audience=Audience("level", level="inriktande"), marking=MARKED)
    (_number, said) = read.entries(operation, chief.who)[-1]
    assert page(client_for(cast.rsk), operation, said.id)[0] == 200
    address = reverse("readings", args=[operation])
    assert "RSK" in client_for(chief).get(address).content.decode()
    told = client_for(cast.liaison).get(address)
    assert told.status_code == 200 and not told.context["rows"]

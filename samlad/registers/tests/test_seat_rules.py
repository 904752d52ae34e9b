"""Who gives and ends seats, changes people, and sees private numbers."""

import pytest
from django.test import Client

from samlad.base.refused import Refused
from samlad.journal.who import NOBODY, Who
from samlad.registers import actions
from samlad.registers.models import Change, Person, Seat
from samlad.registers.queries import seats_of, speaking, today
from samlad.registers.seat_rules import may_see_phone
from samlad.registers.tests.cast import SINCE, Cast, Member, make_member

pytestmark = pytest.mark.django_db
BOARD = "lansstyrelsen-stockholm"


def as_member(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


@pytest.fixture
def keeper(cast: Cast) -> Member:
    """Nacka's own administrator; there is a second one."""
    make_member("admin2.nacka", "Ersättande administratör Nacka", "nacka", "actor_administrator")
    return make_member("admin.nacka", "Administratör Nacka", "nacka", "actor_administrator")


@pytest.fixture
def office(cast: Cast) -> Member:
    """The secretariat."""
    return make_member("kansli", "Samordningskansliet", BOARD, "secretariat")


def seat(person: Person, actor: str, role: str) -> Seat:
    return Seat(person=person, actor_id=actor, role=role, valid_from=today())


# By whom (a name of `test_who_gives_what`): the roles given at Nacka to somebody of Nacka.
GIVES = {
    "keeper": {"tib", "liaison", "chief", "communicator", "observer", "actor_administrator"},
    "office": {"tib", "rsk", "liaison", "picture_lead", "chief", "communicator", "secretariat", "observer"},
    "system": {"tib", "rsk", "liaison", "picture_lead", "chief", "communicator", "secretariat", "observer"}
    | {"administrator", "actor_administrator"},
    "officer": set(),
    "elsewhere": set(),
}


@pytest.mark.parametrize("name", GIVES)
def test_who_gives_what(cast: Cast, keeper: Member, office: Member, name: str) -> None:
    elsewhere = make_member("admin.s", "Administratör Södertälje", "sodertalje", "actor_administrator")
    by = {"keeper": keeper, "office": office, "system": cast.administrator, "officer": cast.duty_officer}
    by["elsewhere"] = elsewhere
    given = set()
    for role in (*GIVES["system"], "wall"):
        person = make_member(f"somebody-{role}", "Någon", "nacka", "observer" if role != "observer" else "tib").person
        try:
            given.add(role) if actions.save_seat(
                seat=seat(person, "nacka", role), reason="x", by=by[name].who
            ) else None
        except Refused:
            assert not Seat.objects.filter(person=person, actor="nacka", role=role).exists()
    assert given == GIVES[name]


def test_people_of_other_actors_are_invited_or_lent(keeper: Member, cast: Cast) -> None:
    with pytest.raises(Refused, match="nbjudan"):
        actions.save_seat(seat=seat(cast.liaison.person, "nacka", "liaison"), reason="x", by=keeper.who)
    with pytest.raises(Refused):
        actions.save_seat(seat=seat(keeper.person, "sodertalje", "tib"), reason="x", by=keeper.who)


def test_the_last_administrator_stays(keeper: Member, cast: Cast) -> None:
    client = as_member(keeper)
    first, second = Seat.objects.filter(role="actor_administrator").order_by("pk")
    path = f"/registers/people/{first.person_id}/seats/{first.pk}/end/"
    typed = {"on": today().isoformat(), "reason": "left"}
    warned = client.post(path, typed, follow=True).content.decode()
    assert "ska finnas minst två" in warned
    mine = f"/registers/people/{second.person_id}/seats/{second.pk}/"
    assert client.post(f"{mine}end/", typed).status_code == 409
    assert client.post(mine, {"valid_to": "2030-01-01", "reason": "x"}).status_code == 409
    assert "ska finnas minst 2" in client.get("/our-people/nacka/").content.decode()
    shut_out = {"name": "A", "username": keeper.person.username, "email": "a@nacka.example", "reason": "x"}
    assert client.post(f"/registers/people/{keeper.person.key}/edit/", shut_out).status_code == 409
    assert as_member(cast.administrator).post(f"{mine}end/", typed).status_code == 302


def test_whom_an_actors_administrator_changes(keeper: Member, office: Member, cast: Cast) -> None:
    client = as_member(keeper)
    make_member("both", "Två aktörer", "nacka", "tib")
    both, joint = Person.objects.get(username="both"), make_member("rsk.nacka", "RSK Nacka", "nacka", "rsk").person
    Seat.objects.create(person=both, actor_id="sodertalje", role="tib", valid_from=SINCE)
    allowed = {cast.duty_officer.person.key: 200, keeper.person.key: 200}
    allowed |= {both.key: 404, joint.key: 404, cast.liaison.person.key: 404, cast.administrator.person.key: 404}
    for key, status in allowed.items():
        assert client.get(f"/registers/people/{key}/edit/").status_code == status
    kept = as_member(office)
    typed = {"name": "X", "username": "x", "email": "x@x.example", "reason": "x"}
    assert kept.post(f"/registers/people/{keeper.person.key}/edit/", typed).status_code == 409
    assert kept.post(f"/registers/people/{joint.key}/edit/", typed).status_code == 302


def test_an_actor_administrator_reads_no_operation(keeper: Member) -> None:
    assert not keeper.who.may_read and not keeper.who.on_duty


def who(actor: str, *roles: str, person: str = "") -> Who:
    return Who(person or f"{actor}-{'-'.join(roles)}", actor, frozenset(roles), "")


# The one rule of private numbers, for somebody ("p") who holds a seat at Nacka.
SEES = {
    who("sodertalje", "observer", person="p"): True,
    who(BOARD, "administrator"): True,
    who("nacka", "actor_administrator"): True,
    who("nacka", "tib"): True,
    who(BOARD, "tib"): True,
    who(BOARD, "rsk"): True,
    who("nacka", "liaison"): False,
    who("nacka", "chief"): False,
    who("nacka", "rsk"): False,
    who("nacka", "wall"): False,
    who(BOARD, "secretariat"): False,
    who(BOARD, "actor_administrator"): False,
    who(BOARD, "picture_lead"): False,
    who(BOARD, "observer"): False,
    who("sodertalje", "tib"): False,
    who("sodertalje", "rsk"): False,
    who("sodertalje", "actor_administrator"): False,
    NOBODY: False,
}


@pytest.mark.parametrize("reader", SEES, ids=lambda reader: reader.person or "nobody")
def test_who_sees_a_private_number(reader: Who) -> None:
    assert may_see_phone(reader, "p", {"nacka"}, {BOARD}) == SEES[reader]


def test_nobody_sees_the_number_of_nobody() -> None:
    assert not may_see_phone(NOBODY, "", {""}, {""})


def test_a_number_on_pages(keeper: Member, cast: Cast, office: Member) -> None:
    person, number = cast.duty_officer.person, "070-174 06 05"
    path = f"/registers/people/{person.key}/"
    client = as_member(keeper)
    assert client.post(f"{path}phone/", {"phone": number}).status_code == 302
    assert client.post(f"{path}phone/", {"phone": "call me"}).status_code == 422
    assert number not in str(list(Change.objects.values())) and Change.objects.filter(object_key=person.key).exists()
    for member, sees in ((keeper, True), (cast.rsk, True), (cast.duty_officer, True), (cast.administrator, True)):
        assert (number in as_member(member).get(path).content.decode()) == sees
    assert number in client.get("/our-people/nacka/").content.decode()
    for member in (cast.liaison, cast.observer, cast.picture_lead, office):
        assert number not in as_member(member).get(path).content.decode()
        assert number not in as_member(member).get("/registers/people/").content.decode()
    assert number not in as_member(office).get("/our-people/nacka/").content.decode()
    assert as_member(cast.liaison).get(f"{path}phone/").status_code == 404
    assert as_member(cast.duty_officer).get(f"{path}phone/").status_code == 200


def test_deputy_and_emergency_stand_in_the_history(keeper: Member, cast: Cast) -> None:
    held = Seat.objects.get(person=cast.duty_officer.person)
    path = f"/registers/people/{held.person_id}/seats/{held.pk}/"
    typed = {"deputy": "on", "emergency": "on", "valid_to": "", "reason": "named"}
    assert as_member(keeper).post(path, typed).status_code == 302
    held.refresh_from_db()
    assert held.deputy and held.emergency
    page = as_member(keeper).get(f"/registers/people/{held.person_id}/").content.decode()
    assert "Nödinloggning" in page and "Ersättare" in page
    after = Change.objects.get(object_key=held.person_id).after
    assert (after["deputy"], after["emergency"]) == (True, True)


def test_one_day_ends_it_at_once(keeper: Member, cast: Cast) -> None:
    held = Seat.objects.get(person=cast.duty_officer.person)
    path = f"/registers/people/{held.person_id}/seats/{held.pk}/end/"
    assert as_member(keeper).post(path, {"on": today().isoformat(), "reason": "x"}).status_code == 302
    assert speaking(held.person, seats_of(held.person_id)).roles == frozenset()

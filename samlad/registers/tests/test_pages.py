"""Every page of the registers by everybody of the fixed cast; what a page shows; how each change is made and kept."""

from datetime import date

import pytest
from django.db import OperationalError
from django.test import Client

from samlad.registers.models import ActorVersion, Area, Change, Person, Population, Seat
from samlad.registers.queries import parties, today
from samlad.registers.tests.cast import Cast, Member, make_member

pytestmark = pytest.mark.django_db
READERS = ("duty_officer", "rsk", "liaison", "picture_lead", "observer", "stranger")


def as_member(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


@pytest.fixture
def admin(cast: Cast) -> Client:
    Area.objects.create(code="0182", name="Nacka", kind="municipality", tile_column=5, tile_row=5)
    return as_member(cast.administrator)


@pytest.fixture
def secretariat(cast: Cast) -> Member:
    return make_member("kansli", "Samordningskansliet", "lansstyrelsen-stockholm", "secretariat")


def pages(cast: Cast) -> dict[str, set[str]]:
    """Each page, and who of the cast gets it."""
    everybody = {*READERS, "administrator"}
    version = ActorVersion.objects.get(actor="nacka").pk
    person, seat = cast.rsk.person.key, Seat.objects.get(person=cast.rsk.person).pk
    read = ("", "actors/", "actors/?on=2019-06-01", "actors/nacka/", "areas/", "areas/0182/", "people/")
    write = (
        "actors/new/",
        "actors/nacka/versions/new/",
        f"actors/nacka/versions/{version}/",
        "areas/0182/population/new/",
        "people/new/",
        f"people/{person}/edit/",
        f"people/{person}/seats/new/",
        f"people/{person}/seats/{seat}/end/",
        f"people/{person}/password/",
    )
    gets = dict.fromkeys((*read, f"people/{person}/"), everybody) | {path: {"administrator"} for path in write}
    return {f"/registers/{path}": who for path, who in gets.items()}


def test_every_page_by_everybody(cast: Cast, admin: Client) -> None:
    clients = {name: as_member(member) for name, member in cast.members().items()}
    for path, allowed in pages(cast).items():
        assert Client().get(path).status_code == 302, path
        for name, client in clients.items():
            assert client.get(path).status_code == (200 if name in allowed else 404), (path, name)
            if "new/" in path and name not in allowed:
                assert client.post(path, {}).status_code == 404, (path, name)


def test_who_has_no_role_sees_no_people(cast: Cast) -> None:
    client = as_member(make_member("nobody", "Ingen", "nacka"))
    assert client.get("/registers/actors/").status_code == 200
    assert client.get("/registers/people/").status_code == 404
    assert cast.rsk.person.email not in client.get("/registers/actors/lansstyrelsen-stockholm/").content.decode()


@pytest.mark.parametrize(
    "path",
    ["actors/nowhere/", "areas/99/", "people/nobody/", "people/%00/", "actors/nacka/versions/99999999999999999999/"],
)
def test_what_is_not_there(admin: Client, path: str) -> None:
    assert admin.get(f"/registers/{path}").status_code == 404


def test_a_day_that_is_none_is_told_and_kept(admin: Client) -> None:
    answer = admin.get("/registers/actors/", {"on": "midsummer"})
    assert answer.status_code == 422 and "midsummer" in answer.content.decode()


VERSION = {
    "name": "Nacka stad",
    "short_name": "Nacka",
    "category": "municipality",
    "area": "0182",
    "valid_from": "2030-01-01",
    "why": "renamed",
    "reason": "decided in council",
}


def test_a_new_name_ends_the_old_one(admin: Client, cast: Cast) -> None:
    assert admin.post("/registers/actors/nacka/versions/new/", VERSION).status_code == 302
    assert [party.name for party in parties(date(2029, 12, 31)) if party.code == "nacka"] == ["Nacka kommun"]
    assert [party.name for party in parties(date(2030, 1, 1)) if party.code == "nacka"] == ["Nacka stad"]
    assert Change.objects.filter(register="actors", object_key="nacka", by=cast.administrator.person.key).count() == 2
    page = admin.get("/registers/actors/nacka/").content.decode()
    assert "decided in council" in page and "Nacka stad" in page


def test_versions_never_overlap_and_what_was_typed_stays(admin: Client, cast: Cast) -> None:
    answer = admin.post("/registers/actors/nacka/versions/new/", VERSION | {"valid_from": "2010-01-01"})
    assert answer.status_code == 409
    assert 'value="Nacka stad"' in answer.content.decode() and 'value="decided in council"' in answer.content.decode()
    assert ActorVersion.objects.filter(actor="nacka").count() == 1


def test_without_a_reason_nothing_is_changed(admin: Client, cast: Cast) -> None:
    answer = admin.post("/registers/actors/nacka/versions/new/", VERSION | {"reason": ""})
    assert answer.status_code == 422
    assert not Change.objects.exists()


def test_a_new_actor_gets_a_page(admin: Client) -> None:
    answer = admin.post("/registers/actors/new/", VERSION | {"code": "ny-part", "name": "Ny part", "area": ""})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/registers/actors/ny-part/")
    assert admin.get("/registers/actors/ny-part/").status_code == 200
    for code in ("ny-part", "new", "Stor Bokstav"):
        assert admin.post("/registers/actors/new/", VERSION | {"code": code}).status_code == 409


def test_a_database_that_can_not_save_loses_no_text(admin: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(ActorVersion, "save", full)
    answer = admin.post("/registers/actors/nacka/versions/new/", VERSION)
    assert answer.status_code == 503
    assert 'value="Nacka stad"' in answer.content.decode()
    assert not Change.objects.exists()


def test_a_colleague_who_was_faster_is_not_overwritten_unawares(admin: Client, cast: Cast) -> None:
    path = f"/registers/people/{cast.rsk.person.key}/edit/"
    seen = admin.get(path).context["form"].initial["seen"]
    Person.objects.filter(key=cast.rsk.person.key).update(name="RSK 2")
    typed = {"name": "RSK 3", "username": "rsk", "email": "", "is_active": "on", "reason": "x", "seen": seen}
    answer = admin.post(path, typed)
    assert answer.status_code == 409
    assert "RSK 2" in answer.content.decode() and "RSK 3" in answer.content.decode()
    again = typed | {"seen": answer.context["form"]["seen"].value()}
    assert admin.post(path, again).status_code == 302
    assert Person.objects.get(key=cast.rsk.person.key).name == "RSK 3"


def test_a_population_figure_with_its_edition(admin: Client) -> None:
    typed = {"on_date": "2024-12-31", "edition": "SCB 2024", "figure": "111000", "source": "SCB", "reason": "yearly"}
    assert admin.post("/registers/areas/0182/population/new/", typed).status_code == 302
    assert Population.objects.get().figure == 111000
    assert "SCB 2024" in admin.get("/registers/areas/0182/").content.decode()
    typed = typed | {"figure": "-1"}
    assert admin.post("/registers/areas/0182/population/new/", typed).status_code == 422


def test_a_person_and_their_seat(admin: Client, cast: Cast) -> None:
    typed = {"name": "Chef Nacka", "username": "chef.nacka", "email": "c@nacka.example", "is_active": "on"}
    answer = admin.post("/registers/people/new/", typed | {"reason": "new"})
    person = Person.objects.get(username="chef.nacka")
    assert answer.headers["Location"] == f"/registers/people/{person.key}/"
    assert not person.has_usable_password()
    seat = {"actor": "nacka", "role": "chief", "valid_from": today().isoformat(), "reason": "new"}
    assert admin.post(f"/registers/people/{person.key}/seats/new/", seat).status_code == 302
    assert admin.post(f"/registers/people/{person.key}/seats/new/", seat).status_code == 409
    held = Seat.objects.get(person=person)
    end = f"/registers/people/{person.key}/seats/{held.pk}/end/"
    assert admin.post(end, {"on": today().isoformat(), "reason": "left"}).status_code == 302
    assert Seat.objects.get(pk=held.pk).valid_to == today()
    actions = list(Change.objects.filter(object_key=person.key).order_by("id").values_list("action", flat=True))
    assert actions == ["added", "added", "ended"]
    assert admin.post("/registers/people/new/", typed | {"reason": "again"}).status_code == 409


def test_the_secretariat_makes_no_administrators(cast: Cast, secretariat: Member) -> None:
    client = as_member(secretariat)
    seat = {"actor": "nacka", "role": "administrator", "valid_from": today().isoformat(), "reason": "x"}
    assert client.post(f"/registers/people/{secretariat.person.key}/seats/new/", seat).status_code == 422
    assert client.get(f"/registers/people/{cast.rsk.person.key}/password/").status_code == 404
    path = f"/registers/people/{cast.administrator.person.key}/edit/"
    typed = {"name": "X", "username": "admin", "email": "x@x.example", "reason": "x"}
    assert client.post(path, typed).status_code == 409
    assert client.post(f"/registers/people/{cast.rsk.person.key}/edit/", typed | {"username": "r"}).status_code == 302


def test_a_password_is_set_and_never_told(admin: Client, cast: Cast) -> None:
    path = f"/registers/people/{cast.rsk.person.key}/password/"
    assert admin.post(path, {"password": "short"}).status_code == 409
    assert admin.post(path, {"password": "a long winter night"}).status_code == 302
    assert Person.objects.get(username="rsk").check_password("a long winter night")
    assert "winter" not in str(list(Change.objects.values()))


def test_people_are_found_in_swedish(admin: Client, cast: Cast) -> None:
    page = admin.get("/registers/people/", {"q": "SÖDERTÄLJE"}).content.decode()
    assert "Samverkansperson Södertälje" in page and "TiB Nacka" not in page

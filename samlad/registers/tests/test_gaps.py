"""Who lacks what: worst first, as a page and as a sheet."""

import csv
import io

import pytest
from django.test import Client

from samlad.registers.gaps import gaps_of
from samlad.registers.models import ActorVersion, Person, Seat
from samlad.registers.queries import parties, today
from samlad.registers.tests.cast import SINCE, Cast, Member, make_member

pytestmark = pytest.mark.django_db


def as_member(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def test_what_is_lacking(cast: Cast) -> None:
    found = {gap.actor.code: gap for gap in gaps_of(parties(today()))}
    assert found["nacka"].lacks == ("chief", "communicator", "deputy", "administrators", "emergency")
    assert "rsk" not in found["lansstyrelsen-stockholm"].lacks and "tib" in found["lansstyrelsen-stockholm"].lacks
    assert [gap.weight for gap in gaps_of(parties(today()))] == sorted(
        (it.weight for it in found.values()), reverse=True
    )
    Person.objects.filter(pk=cast.duty_officer.person.pk).update(is_active=False)
    assert "tib" in {gap.actor.code: gap for gap in gaps_of(parties(today()))}["nacka"].lacks


def test_somebody_in_every_role_lacks_nothing(cast: Cast) -> None:
    make_member("chef.nacka", "Chef Nacka", "nacka", "chief", "communicator")
    first = make_member("a.nacka", "Administratör Nacka", "nacka", "actor_administrator").person
    make_member("b.nacka", "Ersättande administratör Nacka", "nacka", "actor_administrator")
    Seat.objects.filter(person=first).update(deputy=True, emergency=True)
    assert gaps_of(parties(today()))[-1].lacks == ()


def test_who_gets_the_page(cast: Cast) -> None:
    office = make_member("kansli", "Samordningskansliet", "lansstyrelsen-stockholm", "secretariat")
    keeper = make_member("a.nacka", "Administratör Nacka", "nacka", "actor_administrator")
    page = as_member(office).get("/registers/gaps/").content.decode()
    assert "Nacka" in page and "Södertälje" in page
    own = as_member(keeper).get("/registers/gaps/").content.decode()
    assert "Nacka" in own and "Södertälje" not in own
    for member in (cast.duty_officer, cast.rsk, cast.observer, cast.stranger):
        assert as_member(member).get("/registers/gaps/").status_code == 404


def test_as_a_sheet_without_formulas(cast: Cast) -> None:
    ActorVersion.objects.filter(actor="nacka").update(name='=cmd|"/C calc"!A0', valid_from=SINCE)
    answer = as_member(cast.administrator).get("/registers/gaps/?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 5 and rows[0][0] == "Aktör"
    assert not [value for row in rows for value in row if value.startswith("=")]

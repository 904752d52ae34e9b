"""People on loan: proposed by one side, answered by the other."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samlad.registers.models import Change, Loan, Seat
from samlad.registers.queries import today
from samlad.registers.tests.cast import Cast, Member, make_member

pytestmark = pytest.mark.django_db


def as_member(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


@pytest.fixture
def lender(cast: Cast) -> Client:
    return as_member(make_member("admin.s", "Administratör Södertälje", "sodertalje", "actor_administrator"))


@pytest.fixture
def borrower(cast: Cast) -> Client:
    return as_member(make_member("admin.n", "Administratör Nacka", "nacka", "actor_administrator"))


def typed(**more: Any) -> dict[str, Any]:
    days = {"valid_from": today().isoformat(), "valid_to": (today() + timedelta(days=30)).isoformat()}
    return {"lender": "sodertalje", "borrower": "nacka", "role": "liaison", "why": "storm", **days, **more}


def path(cast: Cast) -> str:
    return f"/registers/people/{cast.liaison.person.key}/loans/new/"


@pytest.mark.parametrize("first", ["lender", "borrower"])
def test_both_sides_agree(first: str, lender: Client, borrower: Client, cast: Cast) -> None:
    asks, answers = (lender, borrower) if first == "lender" else (borrower, lender)
    assert asks.post(path(cast), typed()).status_code == 302
    loan = Loan.objects.get()
    here = f"/registers/loans/{loan.pk}/"
    assert not Seat.objects.filter(actor="nacka", person=cast.liaison.person).exists()
    assert asks.post(here, {"answer": "agree"}).status_code == 409
    assert (
        "väntar på dig"
        in answers.get(f"/our-people/{'nacka' if first == 'lender' else 'sodertalje'}/").content.decode()
    )
    assert answers.post(here, {"answer": "agree"}).status_code == 302
    seat = Seat.objects.get(actor="nacka", person=cast.liaison.person)
    assert (seat.lender_id, seat.role, seat.valid_to) == ("sodertalje", "liaison", today() + timedelta(days=30))
    assert Seat.objects.filter(actor="sodertalje", person=cast.liaison.person, valid_to=None).exists()
    last = (today() + timedelta(days=29)).isoformat()
    assert f"utlånad från Södertälje till och med {last}" in borrower.get("/our-people/nacka/").content.decode()
    assert "Utlånade till andra" in lender.get("/our-people/sodertalje/").content.decode()
    assert {row.action for row in Change.objects.filter(object_key=cast.liaison.person.key)} == {"proposed", "added"}
    assert answers.post(here, {"answer": "agree"}).status_code == 409


def test_the_lender_takes_them_back(lender: Client, borrower: Client, cast: Cast) -> None:
    lender.post(path(cast), typed())
    borrower.post(f"/registers/loans/{Loan.objects.get().pk}/", {"answer": "agree"})
    seat = Seat.objects.get(actor="nacka", person=cast.liaison.person)
    end = f"/registers/people/{seat.person_id}/seats/{seat.pk}/end/"
    assert lender.post(end, {"on": today().isoformat(), "reason": "needed at home"}).status_code == 302
    assert Seat.objects.get(pk=seat.pk).valid_to == today()


@pytest.mark.parametrize("answer", ["decline", "withdraw"])
def test_no_comes_to_nothing(answer: str, lender: Client, borrower: Client, cast: Cast) -> None:
    lender.post(path(cast), typed())
    client = borrower if answer == "decline" else lender
    here = f"/registers/loans/{Loan.objects.get().pk}/"
    assert client.post(here, {"answer": answer, "reason": "full"}).status_code == 302
    assert Loan.objects.get().agreed is False and not Seat.objects.filter(actor="nacka", role="liaison").exists()
    assert borrower.post(here, {"answer": "agree"}).status_code == 409


def test_the_secretariat_speaks_for_both(cast: Cast) -> None:
    office = as_member(make_member("kansli", "Samordningskansliet", "lansstyrelsen-stockholm", "secretariat"))
    board = "lansstyrelsen-stockholm"
    assert office.post(path(cast), typed(borrower=board, role="secretariat")).status_code == 302
    assert Seat.objects.get(person=cast.liaison.person, role="secretariat").lender_id == "sodertalje"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"borrower": "sodertalje"}, 409),
        ({"lender": "nacka"}, 422),
        ({"role": "actor_administrator"}, 422),
        ({"role": "rsk"}, 422),
        ({"valid_to": ""}, 422),
        ({"valid_to": "2020-01-01"}, 409),
        ({"borrower": "polisregion-stockholm"}, 302),
    ],
)
def test_what_is_refused(lender: Client, cast: Cast, more: dict[str, str], status: int) -> None:
    assert lender.post(path(cast), typed(**more)).status_code == status


def test_who_sees_a_loan(lender: Client, borrower: Client, cast: Cast) -> None:
    lender.post(path(cast), typed())
    here = f"/registers/loans/{Loan.objects.get().pk}/"
    other = as_member(make_member("admin.p", "Administratör Polisen", "polisregion-stockholm", "actor_administrator"))
    for client, status in ((lender, 200), (borrower, 200), (other, 404), (as_member(cast.liaison), 404)):
        assert client.get(here).status_code == status
    assert as_member(cast.duty_officer).get(path(cast)).status_code == 404


def test_nobody_makes_a_loan_longer_alone(lender: Client, borrower: Client, cast: Cast) -> None:
    lender.post(path(cast), typed())
    borrower.post(f"/registers/loans/{Loan.objects.get().pk}/", {"answer": "agree"})
    seat = Seat.objects.get(actor="nacka", person=cast.liaison.person)
    here = f"/registers/people/{seat.person_id}/seats/{seat.pk}/"
    longer = {"valid_to": (today() + timedelta(days=60)).isoformat(), "reason": "x"}
    shorter = {"valid_to": (today() + timedelta(days=10)).isoformat(), "reason": "x"}
    assert borrower.post(here, longer).status_code == 409
    assert borrower.post(here, {"valid_to": "", "reason": "x"}).status_code == 409
    assert borrower.post(here, shorter).status_code == 302

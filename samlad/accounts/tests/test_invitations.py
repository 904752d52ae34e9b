"""Invitations: who makes them, what the link does, how they end; what nobody can tell."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from samlad.accounts.invitations import Wanted, accept, by_token, invite
from samlad.accounts.models import Invitation
from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal.who import SYSTEM
from samlad.registers.models import Change, Loan, Person, Seat
from samlad.registers.queries import today
from samlad.registers.tests.cast import Cast, Member, make_member

pytestmark = pytest.mark.django_db
NEW = "/our-people/nacka/invitations/new/"
TYPED = {"email": "ny@nacka.example", "name": "Chef Nacka", "roles": ["chief"]}


@pytest.fixture
def keeper(cast: Cast) -> Member:
    """Nacka's own administrator."""
    return make_member("admin.nacka", "Administratör Nacka", "nacka", "actor_administrator")


def as_member(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def invited(keeper: Member, *roles: str, **more: Any) -> str:
    """The token of a fresh invitation to Nacka."""
    made = invite(Wanted("ny@nacka.example", "nacka", roles or ("chief",), "Chef Nacka", **more), by=keeper.who)
    return made.link.rstrip("/").rpartition("/")[2]


def test_an_invitation_by_hand_and_a_new_person(keeper: Member, settings: Any) -> None:
    client = as_member(keeper)
    page = client.post(NEW, TYPED)
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    link = re.search(r"/invitation/[\w-]{43}/", page.content.decode())
    assert link is not None
    row = Invitation.objects.get()
    assert row.state == "sent" and link[0].split("/")[2] not in str(row.__dict__)
    guest = Client()
    shown = guest.get(link[0]).content.decode()
    assert "Nacka kommun" in shown and "Administratör Nacka" in shown
    assert Invitation.objects.get().state == "opened"
    assert guest.post(link[0], {"name": ""}).status_code == 422
    answer = guest.post(link[0], {"name": "Chef Nacka"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/set-up/")
    person = Person.objects.get(email="ny@nacka.example")
    assert guest.session["_auth_user_id"] == person.key and not person.has_usable_password()
    assert Seat.objects.get(person=person).role == "chief"
    assert Change.objects.filter(object_key=person.key, by=keeper.person.key).count() == 2
    assert Invitation.objects.get().state == "accepted"
    assert Client().get(link[0]).status_code == 404
    assert "Chef Nacka" in client.get("/our-people/nacka/").content.decode()


def test_an_invitation_by_mail_shows_nobody_the_link(keeper: Member, settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.example", "django.core.mail.backends.locmem.EmailBackend"
    answer = as_member(keeper).post(NEW, TYPED)
    assert answer.status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["ny@nacka.example"] and "/invitation/" in letter.body
    assert Invitation.objects.get().sent_at is not None


def test_who_has_an_account_signs_in_and_gets_the_seat(keeper: Member, cast: Cast) -> None:
    token = invited(keeper, "liaison")
    client = as_member(cast.liaison)
    page = client.get(f"/invitation/{token}/").content.decode()
    assert "Du är inloggad som Samverkansperson Södertälje" in page and 'name="name"' not in page
    assert client.post(f"/invitation/{token}/").headers["Location"] == "/"
    assert Seat.objects.filter(person=cast.liaison.person, actor="nacka", role="liaison").exists()
    assert Person.objects.filter(email="ny@nacka.example").count() == 0


def test_every_link_that_can_not_be_used_gets_the_same_answer(keeper: Member) -> None:
    late, gone, used = invited(keeper), invited(keeper), invited(keeper)
    rows = list(Invitation.objects.order_by("pk"))
    Invitation.objects.filter(pk=rows[0].pk).update(expires_at=now() - timedelta(minutes=1))
    assert as_member(keeper).post(f"/invitations/{rows[1].pk}/withdraw/").status_code == 302
    accept(used, name="Chef Nacka")
    pages = set()
    for token in (late, gone, used, "A" * 43, "nonsense"):
        answer = Client().get(f"/invitation/{token}/")
        assert answer.status_code == 404
        pages.add(re.sub(r'value="\w{64}"|nonce="[^"]+"|next" value="[^"]+"', "", answer.content.decode()))
        with pytest.raises(Refused):
            accept(token, name="X")
    assert len(pages) == 1


def test_sent_again_the_old_link_stops(keeper: Member) -> None:
    old = invited(keeper)
    page = as_member(keeper).post(f"/invitations/{Invitation.objects.get().pk}/resend/").content.decode()
    new = re.search(r"/invitation/([\w-]{43})/", page)
    assert new is not None and by_token(old) is None and by_token(new[1]) is not None


def test_who_never_set_up_a_sign_in_can_be_let_in_again(keeper: Member) -> None:
    person = accept(invited(keeper), name="Chef Nacka")
    page = as_member(keeper).post(f"/invitations/{Invitation.objects.get().pk}/resend/").content.decode()
    new = re.search(r"/invitation/([\w-]{43})/", page)
    assert new is not None and accept(new[1]) == person and Seat.objects.filter(person=person).count() == 1
    person.set_password("a long winter night")
    person.save()
    refused = as_member(keeper).post(f"/invitations/{Invitation.objects.get().pk}/resend/", follow=True)
    assert "/invitation/" not in refused.content.decode()


def test_a_link_sent_again_is_no_way_into_what_somebody_has_elsewhere(keeper: Member, cast: Cast) -> None:
    """Accepted by an account that has lost its factors since and sits elsewhere too: its actors are not reached."""
    accept(invited(keeper, "liaison"), person=cast.rsk.person)
    page = as_member(keeper).post(f"/invitations/{Invitation.objects.get().pk}/resend/", follow=True)
    assert "/invitation/" not in page.content.decode()


def test_a_link_sent_again_ends_when_a_sign_in_is_set_up(keeper: Member) -> None:
    person = accept(invited(keeper), name="Chef Nacka")
    page = as_member(keeper).post(f"/invitations/{Invitation.objects.get().pk}/resend/").content.decode()
    new = re.search(r"/invitation/([\w-]{43})/", page)
    assert new is not None
    person.set_password("a long winter night")
    person.save()
    with pytest.raises(Refused):
        accept(new[1])


@pytest.mark.parametrize("role", ["rsk", "picture_lead", "secretariat", "administrator", "wall", "unheard"])
def test_roles_an_actor_does_not_give(keeper: Member, role: str) -> None:
    assert as_member(keeper).post(NEW, TYPED | {"roles": [role]}).status_code == 422
    with pytest.raises(Refused):
        invited(keeper, role)


def test_only_to_ones_own_actor(keeper: Member, cast: Cast) -> None:
    assert as_member(keeper).get("/our-people/sodertalje/invitations/new/").status_code == 404
    assert as_member(cast.duty_officer).get(NEW).status_code == 404
    with pytest.raises(Refused):
        invite(Wanted("a@b.example", "sodertalje", ("chief",)), by=keeper.who)
    mine = invite(Wanted("a@b.example", "sodertalje", ("chief",)), by=SYSTEM).invitation
    assert as_member(keeper).post(f"/invitations/{mine.pk}/withdraw/").status_code == 404


def test_an_invitation_gives_nothing_its_maker_could_not_give_any_more(keeper: Member) -> None:
    token = invited(keeper)
    Seat.objects.filter(person=keeper.person).update(valid_to=today())
    with pytest.raises(Refused):
        accept(token, name="Chef Nacka")
    assert not Person.objects.filter(email="ny@nacka.example").exists()


def test_on_loan_waits_for_the_lenders_administrator(keeper: Member) -> None:
    until = today() + timedelta(days=30)
    person = accept(invited(keeper, "liaison", lender="sodertalje", until=until), name="Lånad")
    assert not Seat.objects.filter(person=person).exists()
    loan = Loan.objects.get(person=person)
    assert (loan.lender_id, loan.borrower_id, loan.agreed) == ("sodertalje", "nacka", None)


def test_two_people_with_one_address_get_two_usernames(keeper: Member) -> None:
    first, second = (accept(invited(keeper, role), name="X") for role in ("chief", "liaison"))
    assert {first.username, second.username} == {"ny@nacka.example", "ny@nacka.example-2"}


def test_the_first_administrator_comes_in_by_the_command(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("invite", "first@nacka.example", actor="nacka", role=["administrator"])
    token = capsys.readouterr().out.strip().rstrip("/").rpartition("/")[2]
    person = accept(token, name="Administratör")
    assert Seat.objects.get(person=person).role == "administrator"
    for wrong in ({"actor": "nowhere"}, {"role": ["king"]}, {"days": 0}):
        with pytest.raises(CommandError):
            call_command("invite", "a@b.example", **({"actor": "nacka", "role": ["chief"]} | wrong))
    with pytest.raises(CommandError):
        call_command("invite", "no address", actor="nacka", role=["chief"])

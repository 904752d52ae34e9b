"""Breaking the glass: past an identity provider that is down, by those named for it, and everybody hears of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from samlad.accounts import actions
from samlad.accounts.identities import link
from samlad.accounts.models import BrokenGlass
from samlad.accounts.tests.conftest import ORG, Idp, Known, down, oidc_provider
from samlad.accounts.tests.test_oidc import signed_in
from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.entries import Opened, Participant
from samlad.journal.tests.scene import opened
from samlad.journal.who import SYSTEM
from samlad.notify.models import Notice
from samlad.registers.models import Change, Person, Seat
from samlad.registers.queries import today
from samlad.registers.tests.cast import Cast

PAGE = "/account/break-glass/"
REASON = "Kommunens inloggning ligger nere sedan 14:05"


@pytest.fixture
def closed(oidc: Idp, known: Known, cast: Cast) -> Idp:
    """Nacka's people sign in by their provider only; its duty officer is named for when it is down."""
    known(oidc_provider(oidc.url, local="emergency"))
    Seat.objects.filter(person=cast.duty_officer.person).update(emergency=True)
    return oidc


@pytest.fixture
def client(cast: Cast) -> Client:
    """The duty officer, with their own passkey or password."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(cast.duty_officer.person)
    return browser


def operation(cast: Cast, *codes: str) -> UUID:
    """An open operation in which these actors and the county board take part."""
    parts = tuple(Participant(code, code, code) for code in (*codes, "lansstyrelsen-stockholm"))
    return opened(cast.rsk.who, Opened(title="Skyfall", operation_kind="disturbance", participants=parts))


def broken(client: Client, reason: str = REASON) -> Any:
    return client.post(PAGE, {"reason": reason})


def test_other_sign_in_does_not_speak_for_the_actor(closed: Idp, client: Client) -> None:
    assert client.get("/raise/").status_code == 403
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    page = client.get(PAGE).content.decode()
    assert "Your organisation signs in elsewhere" in page and "Break the glass" in page


def test_the_providers_own_sign_in_does(cast: Cast, closed: Idp) -> None:
    link(cast.duty_officer.person, closed.url, f"tib@{ORG}", SYSTEM)
    client = Client()
    signed_in(client)
    assert client.get("/raise/").status_code == 200


def test_broken_glass_speaks_for_the_actor_and_is_announced(cast: Cast, closed: Idp, client: Client) -> None:
    Person.objects.filter(pk=cast.administrator.person.pk).update(email="admin@example.se")
    here = operation(cast, "nacka")
    elsewhere = operation(cast, "sodertalje")
    with down(closed):
        assert Client().get("/sign-in/with/nacka/").status_code == 503
        assert broken(client).status_code == 302
        assert client.get("/raise/").status_code == 200
    assert "Break-glass sign-in" in client.get("/").content.decode()
    kinds = [entry.kind for _number, entry in read.entries(here, cast.rsk.who)]
    assert kinds.count("accounts.broke_glass") == 1
    assert "accounts.broke_glass" not in [entry.kind for _number, entry in read.entries(elsewhere, cast.rsk.who)]
    entry = next(entry for _number, entry in read.entries(here, cast.rsk.who) if entry.kind == "accounts.broke_glass")
    assert (entry.actor, entry.payload.reason, entry.audience) == ("nacka", REASON, "all")
    assert Change.objects.filter(object_key=cast.duty_officer.person.key, after__has_key="broken_glass").count() == 1
    notice = Notice.objects.exclude(operation__in=[here, elsewhere]).get()
    assert notice.person == cast.administrator.person.key and REASON in notice.body


def test_the_entry_is_shown_to_the_other_participants(cast: Cast, closed: Idp, client: Client) -> None:
    here = operation(cast, "nacka")
    broken(client)
    other = Client(headers={"accept-language": "en"})
    other.force_login(cast.rsk.person)
    page = other.get(f"/operations/{here}/journal/").content.decode()
    assert "has broken the glass" in page and REASON in page


def test_not_named(cast: Cast, closed: Idp, client: Client) -> None:
    Seat.objects.update(emergency=False)
    answer = broken(client)
    assert answer.status_code == 409
    assert client.get("/raise/").status_code == 403
    assert not BrokenGlass.objects.exists()
    assert "Break the glass</button>" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("reason", ["", "nere", "x" * 301])
def test_without_a_proper_reason(closed: Idp, client: Client, reason: str) -> None:
    answer = broken(client, reason)
    assert answer.status_code in (409, 422)
    assert reason in answer.content.decode()
    assert not BrokenGlass.objects.exists()


def test_holds_for_a_shift(closed: Idp, client: Client) -> None:
    broken(client)
    glass = BrokenGlass.objects.get()
    assert glass.until - glass.at == timedelta(hours=12)
    BrokenGlass.objects.update(until=now())
    assert client.get("/raise/").status_code == 403
    assert "Break-glass sign-in, until" not in client.get(PAGE).content.decode()


def test_holds_in_the_session_that_broke_it_only(cast: Cast, closed: Idp, client: Client) -> None:
    broken(client)
    other = Client()
    other.force_login(cast.duty_officer.person)
    assert other.get("/raise/").status_code == 403
    session = other.session
    session["broken_glass"] = 999_999
    session.save()
    assert other.get("/raise/").status_code == 403


def test_seat_that_is_no_longer_named(closed: Idp, client: Client) -> None:
    broken(client)
    Seat.objects.update(emergency=False)
    assert client.get("/raise/").status_code == 403


def test_ended_by_whoever_broke_it(closed: Idp, client: Client) -> None:
    broken(client)
    assert client.post("/account/break-glass/end/").status_code == 302
    assert client.get("/raise/").status_code == 403
    assert BrokenGlass.objects.get().ended_at is not None


def test_ended_by_an_administrator(cast: Cast, closed: Idp, client: Client) -> None:
    broken(client)
    glass = BrokenGlass.objects.get()
    person = f"/registers/people/{cast.duty_officer.person.key}/identities/"
    assert client.post(f"{person}glass/{glass.pk}/end/").status_code == 404
    admin = Client()
    admin.force_login(cast.administrator.person)
    assert REASON in admin.get(person).content.decode()
    assert admin.post(f"{person}glass/{glass.pk}/end/").status_code == 302
    assert client.get("/raise/").status_code == 403


def test_seats_elsewhere_need_no_breaking(cast: Cast, closed: Idp, client: Client) -> None:
    Seat.objects.create(person=cast.duty_officer.person, actor_id="sodertalje", role="tib", valid_from=today())
    assert client.get("/raise/").context["request"].who.actor == "sodertalje"
    assert client.post("/seat/", {"seat": "nacka"}).status_code == 404


def test_nothing_to_break(cast: Cast, client: Client) -> None:
    assert "You need not" in client.get(PAGE).content.decode()
    with pytest.raises(Refused):
        actions.break_glass(person=cast.duty_officer.person, reason=REASON)


def test_a_federated_session_can_not_reach_further_by_breaking(cast: Cast, closed: Idp, known: Known) -> None:
    """The county board's provider vouches for somebody who is also named at Nacka: Nacka's glass is broken locally."""
    person = cast.duty_officer.person
    Seat.objects.create(person=person, actor_id="sodertalje", role="tib", valid_from=today())
    known(
        oidc_provider(closed.url, actors=("sodertalje",)),
        oidc_provider("https://idp.example", id="other", local="emergency"),
    )
    link(person, closed.url, f"tib@{ORG}", SYSTEM)
    client = Client()
    signed_in(client)
    broken(client)
    assert client.post("/seat/", {"seat": "nacka"}).status_code == 404


def test_without_a_sign_in(closed: Idp) -> None:
    assert Client().get(PAGE).status_code == 302

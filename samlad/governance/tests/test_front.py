"""The front pages: the secretariat sees what waits for whom; an actor what is waited for, decided, paid and lent."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samlad.governance import models, record
from samlad.governance.front.waits import Wait, by_urgency, some_of
from samlad.journal.who import SYSTEM
from samlad.registers.models import Actor, ActorVersion
from samlad.registers.queries import today
from samlad.registers.tests.cast import SINCE, Everybody, Member

ClientFor = Callable[[Member], Client]
DAY = timedelta(days=1)
FRONT, NACKA = "/governance/", "/governance/actors/nacka/"


def made(model: type[Model], **values: Any) -> Any:
    """A row, saved with its history."""
    row = model(**values)
    record.save(row, by=SYSTEM)
    return row


def sent_to(dispatch: Any, *actors: str) -> list[Any]:
    """Receivers of a dispatch."""
    return [
        made(models.Receiver, dispatch_id=dispatch.pk, actor_id=actor, function="Registrator", sent_on=dispatch.sent_on)
        for actor in actors
    ]


@pytest.fixture
def adopting(everybody: Everybody) -> Any:
    """A version is out since two months, and its day has passed: Södertälje has adopted it, Nacka has not."""
    document = made(models.SteeringDocument, code="avtal", title="Avtal", kind="agreement", binding="own_decision")
    version = made(models.DocumentVersion, document_id=document.pk, number="1.0")
    days = {"sent_on": today() - 60 * DAY, "reply_by": today() - 10 * DAY}
    dispatch = made(models.Dispatch, version_id=version.pk, **days)
    _nacka, other = sent_to(dispatch, "nacka", "sodertalje")
    made(
        models.AdoptionDecision, receiver_id=other.pk, outcome="adopted", deciding_body="Kommunstyrelsen",
        decided_on=today() - 20 * DAY, paragraph="§ 7", reference="KS 2026/1",
    )  # fmt: skip
    return dispatch


@pytest.fixture
def busy(adopting: Any, everybody: Everybody) -> Everybody:
    """Something waits in every part."""
    year = today().year
    plan = made(models.PlanYear, year=year, state="decided", decided_on=date(year - 1, 11, 20))
    made(
        models.Activity, year_id=plan.pk, title="Övning", text="Öva", measure="Antal", responsible_id="nacka",
        proposed_by_id="nacka", first_day=date(year, 1, 1), last_day=date(year, 1, 2), state="in_plan",
        planned_on=date(year - 1, 11, 20), participants=["sodertalje"],
    )  # fmt: skip
    made(models.PlanYear, year=year + 1, state="proposed", sent_at=datetime(year, 1, 1, tzinfo=UTC))
    budget = made(models.Budget, year=year, total=Decimal(1000))
    money = {name: Decimal(0) for name in ("municipal_half", "others_half", "cut", "not_financed")}
    run = made(
        models.FeeRun, budget_id=budget.pk, number=1, state="decided", computed_at=datetime(year, 1, 1, tzinfo=UTC),
        party_day=date(year, 1, 1), total=Decimal(1000), cap=Decimal("1.50"), what_is_cut="nothing", unit="1", **money,
    )  # fmt: skip
    made(
        models.Fee, run_id=run.pk, actor_id="nacka", name="Nacka kommun", category="municipality", people=100,
        people_on=date(year, 1, 1), before_cap=Decimal(500), cut=Decimal(350), added=Decimal(0), amount=Decimal(150),
    )  # fmt: skip
    made(
        models.Secondment, seat="Samordnare", lender_id="nacka", first_day=today() - 70 * DAY,
        last_day=today() + 30 * DAY, monthly_amount=Decimal(45231), proposed_by=SYSTEM.person,
        proposed_at=datetime.now(UTC), lender_agreed_at=datetime.now(UTC), kansli_agreed_at=datetime.now(UTC),
    )  # fmt: skip
    body = made(models.Body, code="gruppen", name="Gruppen", kind="network", level="executing", readers="members")
    made(models.BodyMember, body_id=body.pk, actor_id="nacka", seat="Säkerhetschef")
    held = meeting(body, -40, "held")
    meeting(body, 7, "planned")
    made(
        models.MeetingDecision, meeting_id=held.pk, number="§ 3", text="Skriva rutin", responsible_id="nacka",
        due=today() - 5 * DAY,
    )  # fmt: skip
    return everybody


def meeting(body: Any, days: int, state: str) -> Any:
    starts = datetime.now(UTC) + timedelta(days=days)
    return made(models.Meeting, body_id=body.pk, starts=starts, ends=starts + timedelta(hours=2), state=state)


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_empty_register_has_pages_that_say_so(everybody: Everybody, client_for: ClientFor) -> None:
    html = html_of(client_for(everybody.secretariat), FRONT)
    assert "Inget har skickats ut." in html and "Ingen budget" in html and "dagar sent" not in html
    html = html_of(client_for(everybody.registrar), NACKA)
    assert "Inget väntar på svar just nu." in html and "Inget beslut är registrerat." in html


def test_the_secretariat_sees_what_waits_in_every_part(busy: Everybody, client_for: ClientFor) -> None:
    html = html_of(client_for(busy.secretariat), FRONT)
    for part in ("Antagande", "Verksamhetsplan", "Ekonomi", "Utlånad personal", "Möten"):
        assert f'<span class="part">{part}</span>' in html, part
    assert "Avtal 1.0: 1 av 2 har inte beslutat" in html and "Väntar på: Nacka" in html
    assert "Gruppen" in html and "kallelsen är inte skickad" in html
    assert "Beslut § 3, Gruppen: Skriva rutin" in html and "5 dagar sent" in html


def test_an_adoption_that_takes_its_time_is_no_alarm(busy: Everybody, client_for: ClientFor) -> None:
    html = html_of(client_for(busy.secretariat), FRONT)
    assert "10 dagar efter svarsdagen" in html and "10 dagar sent" not in html


def test_others_come_to_their_actors_page(busy: Everybody, client_for: ClientFor) -> None:
    for member in (busy.registrar, busy.duty_officer, busy.actor_administrator):
        assert client_for(member).get(FRONT).headers["Location"] == NACKA
    assert client_for(busy.stranger).get(FRONT).status_code == 404


def test_an_actor_sees_what_it_is_to_do_and_where(busy: Everybody, client_for: ClientFor) -> None:
    html = html_of(client_for(busy.registrar), NACKA)
    receiver = models.Receiver.objects.get(actor="nacka")
    activity = models.Activity.objects.get()
    assert "Vad SSR väntar av oss" in html and f"/governance/adoption/receivers/{receiver.pk}/" in html
    assert f"/governance/plans/activities/{activity.pk}/quarters/1/" in html
    assert "Redovisa egen kostnad för" in html and "Beslut § 3" in html
    assert "150 kr" in html and "100 invånare" in html and "taket tar bort 350 kr" in html
    assert f"/governance/money/{today().year}/fees/1/nacka.pdf" in html
    assert "Säkerhetschef" in html and "Samordnare" in html and "Övning" in html


def test_all_parties_read_it_without_what_is_the_actors_own(busy: Everybody, client_for: ClientFor) -> None:
    html = html_of(client_for(busy.outsider), NACKA)
    assert "Vad SSR väntar av Nacka" in html and "Avtal 1.0" in html and "Övning" in html and "Samordnare" in html
    for own in ("Redovisa egen kostnad", "Beslut § 3", "45 231", "/quarters/", "/governance/bodies/meetings/"):
        assert own not in html, own


def test_what_was_decided_and_is_in_force_on_any_day(
    adopting: Any, everybody: Everybody, client_for: ClientFor
) -> None:
    client, path = client_for(everybody.chief), "/governance/actors/sodertalje/"
    html = html_of(client, path)
    assert "KS 2026/1" in html and "§ 7" in html and "Antagen" in html
    assert "Inget som aktören själv har antagit" not in html
    assert "Inget som aktören själv har antagit" in html_of(client, f"{path}?day={today() - 30 * DAY}")
    assert html_of(client, f"{path}?day=nonsense") and html_of(client, f"{path}?day=9999-12-31")


def test_the_pages_as_they_were(busy: Everybody, client_for: ClientFor) -> None:
    before = today() - 1000 * DAY
    html = html_of(client_for(busy.secretariat), f"{FRONT}?on={before}")
    assert "Avtal" not in html and "Så här stod det" in html
    for day in (before, "0001-01-01"):
        assert "Avtal" not in html_of(client_for(busy.registrar), f"{NACKA}?on={day}")


def test_another_actor_is_chosen_in_a_list(everybody: Everybody, client_for: ClientFor) -> None:
    client = client_for(everybody.registrar)
    for asked, wanted in (("?code=sodertalje", "sodertalje"), ("?code=ingen", "nacka"), ("", "nacka")):
        assert client.get(f"/governance/actors/{asked}").headers["Location"] == f"/governance/actors/{wanted}/"
    assert client.get("/governance/actors/ingen/").status_code == 404


def asks(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize("on", ["", f"?on={today() - DAY}"], ids=["now", "as it was"])
def test_how_often_the_database_is_asked_does_not_grow_with_the_actors(
    on: str, busy: Everybody, client_for: ClientFor
) -> None:
    kansli, registrar = client_for(busy.secretariat), client_for(busy.registrar)
    pages = ((kansli, FRONT + on), (kansli, NACKA + on), (registrar, NACKA + on))
    before = [asks(client, path) for client, path in pages]
    dispatch = models.Dispatch.objects.get()
    for place in range(25):
        code = f"aktor-{place}"
        actor = Actor.objects.create(code=code)
        ActorVersion.objects.create(
            actor=actor, name=code, short_name=code, category="municipality", valid_from=SINCE, why="joined"
        )
        sent_to(dispatch, code)
    assert [asks(client, path) for client, path in pages] == before
    assert max(before) < 90, before


def test_the_order_is_by_urgency() -> None:
    day = date(2026, 6, 1)
    rows = [
        Wait("money", "no day", "/", day),
        Wait("plans", "later", "/", day, due=date(2026, 9, 1)),
        Wait("lent", "soon", "/", day, due=date(2026, 6, 20)),
        Wait("bodies", "late", "/", day, due=date(2026, 5, 30)),
        Wait("plans", "later still late", "/", day, due=date(2026, 5, 31)),
        Wait("adoption", "calm", "/", day, due=date(2026, 5, 1), calm=True),
    ]
    assert [one.what for one in by_urgency(rows)] == ["late", "later still late", "soon", "calm", "later", "no day"]
    assert rows[3].passed == 2 and rows[2].left == 19 and rows[0].left is None


def test_a_few_are_named_and_the_others_counted() -> None:
    assert some_of(["a", "b", "c", "d", "e"]) == "a, b, c, d, e"
    assert some_of(list("abcdef")) == "a, b, c, d och 2 till"

"""Reports of test alarms: who sees which part, as page, sheet and paper, and what few answers give."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from samlad.activation.actions import acknowledge, tell_calling
from samlad.activation.tests.calls import call_out
from samlad.activation.tests.scene import alarm
from samlad.base.ids import follows
from samlad.learning import drill_pages
from samlad.learning.drill_queries import report, results
from samlad.learning.models import Drill
from samlad.learning.tests.drill_scene import BEFORE, DUE, Clock, one_drill, plan
from samlad.learning.tests.drill_scene import clock as clock
from samlad.notify.models import Happening
from samlad.registers.tests.cast import Cast, Member, make_member

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


@pytest.fixture
def drill(clock: Clock, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Drill:
    """One that has been; Nacka's number on SMS was no good."""
    monkeypatch.setattr(drill_pages, "now", clock)
    found = one_drill(clock, cast)
    what = {"what": "failed", "person": cast.duty_officer.person.key, "role": "tib", "trouble": "recipient"}
    Happening.objects.create(alert_id=follows(found.pk, "call"), actor="nacka", channel="sms", at=DUE, **what)
    tell_calling()
    return found


def office() -> Member:
    """The secretariat."""
    return make_member("kansli", "Samordningskansliet", "lansstyrelsen-stockholm", "secretariat")


def page(client: Client, path: str) -> str:
    """A page's text."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", answer.content.decode())


def test_those_who_see_all_see_each_actor(drill: Drill, cast: Cast, client_for: Browser) -> None:
    for member in (cast.rsk, office()):
        text = page(client_for(member), "/drills/")
        assert "Larmprov november 2026" in text and "svarade inte" in text and "3,0 min" in text and "7,0 min" in text
        assert 'href="/drills/actors/sodertalje/"' in text and "<svg" in text and "ÖVNING" in text
        assert "2 svar: ingen median" in text and "2 svar: inget p95" in text


def test_an_actor_sees_its_own_and_names_no_other(drill: Drill, cast: Cast, client_for: Browser) -> None:
    nacka = client_for(cast.duty_officer)
    own = page(nacka, "/drills/actors/nacka/")
    assert "svarade efter 3,0 min" in own and "Kom inte fram senast" in own and cast.duty_officer.who.name in own
    whole = page(nacka, "/drills/")
    assert "Södertälje" not in whole and "7,0 min" not in whole and 'href="/drills/actors/nacka/"' in whole
    assert nacka.get("/drills/actors/sodertalje/").status_code == 404
    assert nacka.get("/drills/actors/sodertalje.pdf").status_code == 404


def test_fewer_than_five_actors_are_no_crowd(
    drill: Drill, cast: Cast, client_for: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    nacka = client_for(cast.duty_officer)
    assert "Det har inte varit något larmprov än" in page(nacka, "/drills/")
    monkeypatch.setattr("samlad.learning.drill_queries.FEWEST_ACTORS", 2)
    text = page(nacka, "/drills/")
    assert "2 / " in text and "Södertälje" not in text and "sodertalje" not in text


def test_the_dead_number_leads_on_for_those_who_can_put_it_right(drill: Drill, cast: Cast, client_for: Browser) -> None:
    keeper = make_member("admin.nacka", "Administratör Nacka", "nacka", "actor_administrator")
    text = page(client_for(keeper), "/drills/actors/nacka/")
    assert (
        'href="/ways/actors/nacka/"' in text
        and 'href="/registers/gaps/"' in text
        and 'href="/registers/rosters/nacka/"' in text
    )
    assert 'href="/registers/gaps/"' not in page(client_for(cast.duty_officer), "/drills/actors/nacka/")


def test_strangers_and_observers_find_nothing(drill: Drill, cast: Cast, client_for: Browser) -> None:
    for member in (cast.stranger, cast.observer, cast.administrator):
        for path in ("/drills/", "/drills/actors/nacka/", "/drills/actors/nacka.pdf"):
            assert client_for(member).get(path).status_code == 404


def test_what_is_not_announced_is_seen_by_planners_only(drill: Drill, cast: Cast, client_for: Browser) -> None:
    plan(title="Hemligt", announced=False)
    plan(title="Öppet", announced=True, since=BEFORE)
    for member in (cast.duty_officer, cast.rsk, cast.liaison):
        text = page(client_for(member), "/drills/")
        assert "Hemligt" not in text and "Öppet: onsdag 2 december 2026 10:00" in text
        assert client_for(member).get("/drills/plans/").status_code == 404
    for member in (office(), cast.administrator):
        assert "Hemligt" in page(client_for(member), "/drills/plans/")


def test_as_a_sheet_that_says_exercise(drill: Drill, cast: Cast, client_for: Browser) -> None:
    answer = client_for(cast.duty_officer).get("/drills/actors/nacka/?format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == ["ÖVNING", "Larmprov", "Nacka kommun"]
    assert ["november 2026, 4/11 10:00", "3,0 min", "Inloggad", "Tjänsteman i beredskap (TiB)"] in rows
    assert ["10–11", "1", "1", "0", "1 svar: ingen median", "1 svar: inget p95", "3,0 min"] in rows
    whole = client_for(cast.rsk).get("/drills/?format=csv").content.decode()
    assert "Södertälje" in whole


def test_on_one_sheet_of_paper(drill: Drill, cast: Cast, client_for: Browser) -> None:
    answer = client_for(cast.duty_officer).get("/drills/actors/nacka.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1 and "ÖVNING" in text and "Nacka kommun" in text and "3,0 min" in text
    assert "Kom inte fram senast" in text


def test_calls_in_earnest_stand_apart_and_are_for_those_who_may_read_them(
    drill: Drill, clock: Clock, cast: Cast, client_for: Browser
) -> None:
    before = report(results(), "nacka").whole
    live = alarm(cast, what="Storm", where="Nacka")
    call_out(cast, live)
    clock.at += timedelta(minutes=4)
    acknowledge(by=cast.duty_officer.who, operation=live, affected="yes")
    text = page(client_for(cast.duty_officer), "/drills/actors/nacka/")
    assert "Storm, Nacka" in text and "4,0 min" in text and "inga av siffrorna" in text
    assert report(results(), "nacka").whole == before
    sheet = client_for(cast.duty_officer).get("/drills/actors/nacka/?format=csv").content.decode()
    assert "november" in sheet and "Storm" not in sheet
    keeper = make_member("admin.nacka", "Administratör Nacka", "nacka", "actor_administrator")
    assert "Storm" not in page(client_for(keeper), "/drills/actors/nacka/")


def test_before_there_was_any(cast: Cast, client_for: Browser) -> None:
    assert "Det har inte varit något larmprov än" in page(client_for(cast.rsk), "/drills/")
    assert "inte varit med" in page(client_for(cast.rsk), "/drills/actors/nacka/")
    assert client_for(cast.rsk).get("/drills/actors/nacka.pdf").status_code == 404

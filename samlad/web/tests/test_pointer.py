"""Leaving a pointer, and what happens to a form with something that may not be here."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.entries import PointerLeft
from samlad.journal.models import StoredEntry
from samlad.registers.tests.cast import Cast, Member
from samlad.web.tests.scene import snow

ClientFor = Callable[[Member], Client]
OBJECT = "Objekt Fjärilen"


def form(**changes: str) -> dict[str, str]:
    """The form as a browser sends it."""
    told = {"what": "reservkraft vid ett skyddsobjekt", "owner": "Länsstyrelsen, säkerhetsskyddschefen", "how": "Signe"}
    return {"id": str(new_id()), "audience": "all"} | told | changes


def report(**changes: str) -> dict[str, str]:
    """The report form as a browser sends it."""
    rows = {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}
    return {"id": str(new_id()), "status": "green", "audience": "all", "measures": "Plogning"} | rows | changes


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    for name, member in cast.members().items():
        client = client_for(member)
        address = f"/operations/{operation}/pointers/new/"
        got = client.get(address).status_code, client.post(address, form()).status_code
        duty = bool(member.who.on_duty) and client.get(f"/operations/{operation}/").status_code == 200
        assert got == ((200, 302) if duty else (404, 404)), name


def test_it_stands_in_the_journal(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client = client_for(cast.liaison)
    answer = client.post(f"/operations/{operation}/pointers/new/", form())
    assert answer.headers["Location"] == f"/operations/{operation}/journal/"
    html = client_for(cast.rsk).get(f"/operations/{operation}/journal/").content.decode()
    assert "hänvisar: uppgifter om reservkraft vid ett skyddsobjekt finns hos Länsstyrelsen" in html


def test_it_is_read_by_those_it_is_for(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client_for(cast.liaison).post(f"/operations/{operation}/pointers/new/", form(audience="own"))
    left = [entry for _n, entry in read.entries(operation, cast.liaison.who) if isinstance(entry.payload, PointerLeft)]
    assert [entry.audience for entry in left] == [f"own:{cast.liaison.who.actor}"]
    assert not [1 for _n, entry in read.entries(operation, cast.rsk.who) if isinstance(entry.payload, PointerLeft)]


@pytest.mark.parametrize("name", ["what", "owner", "how"])
def test_each_question_is_answered(cast: Cast, client_for: ClientFor, name: str) -> None:
    answer = client_for(cast.liaison).post(f"/operations/{snow(cast)}/pointers/new/", form(**{name: " "}))
    assert answer.status_code == 422
    assert f'id="id_{name}_error"' in answer.content.decode()


def test_a_marked_pointer_is_refused_too(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    answer = client_for(cast.liaison).post(f"/operations/{operation}/pointers/new/", form(what=f"HEMLIG: {OBJECT}"))
    assert answer.status_code == 409
    assert answer.headers["X-Samlad-Keep"] == "no"


def test_a_marked_report_is_refused_and_stays_on_the_page_only(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client = client_for(cast.liaison)
    sent = report(measures=f"HEMLIG\n{OBJECT} har reservkraft.")
    answer = client.post(f"/operations/{operation}/reports/new/", sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Det du skrev är märkt hemlig." in html
    assert f'href="/operations/{operation}/pointers/new/"' in html
    assert OBJECT in html  # for the person to cut the marking out of
    assert answer.headers["X-Samlad-Keep"] == "no"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not StoredEntry.objects.filter(payload__contains="Fjärilen").exists()
    assert not [value for value in client.session.values() if "Fjärilen" in str(value)]
    assert cache.get("Fjärilen") is None


def test_no_draft_is_kept_where_something_else_is_wrong_too(cast: Cast, client_for: ClientFor) -> None:
    address = f"/operations/{snow(cast)}/reports/new/"
    client = client_for(cast.liaison)
    answer = client.post(address, report(status="", measures=f"HEMLIG\n{OBJECT}"))
    assert (answer.status_code, answer.headers.get("X-Samlad-Keep")) == (422, "no")
    answer = client.post(address, report(status="", measures="Den hemliga gästen har kommit."))
    assert (answer.status_code, answer.headers.get("X-Samlad-Keep")) == (422, None)


def test_ordinary_words_pass(cast: Cast, client_for: ClientFor) -> None:
    sent = report(measures="Uppgifterna är hemliga enligt polisen. SEKRETESS enligt 18 kap. 13 § OSL gäller.")
    assert client_for(cast.liaison).post(f"/operations/{snow(cast)}/reports/new/", sent).status_code == 302


def test_the_form_says_what_may_not_be_written(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    html = client_for(cast.liaison).get(f"/operations/{operation}/reports/new/").content.decode()
    assert "Skriv inget säkerhetsskyddsklassificerat här." in html

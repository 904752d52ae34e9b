"""The overall assessment: nobody overwrites somebody else's words unseen."""

import re
from typing import Any

from samlad.base.ids import new_id
from samlad.picture.queries import picture
from samlad.picture.tests.scene import ClientFor, assessed, page, snow
from samlad.registers.models import Seat
from samlad.registers.queries import seats_of, speaking
from samlad.registers.tests.cast import SINCE, Cast


def form(**changes: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {"id": str(new_id()), "replaces": "", "status": "yellow", "text": "Ansträngt.", "outlook": ""} | changes


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    for name, member in cast.members().items():
        latest = picture(operation, cast.rsk.who).assessment
        sent = form(replaces=str(latest.id) if latest else "")
        answer = client_for(member).post(f"/operations/{operation}/desk/assessment/", sent)
        assert answer.status_code == (302 if name in ("rsk", "picture_lead") else 404), name


def test_written_and_shown(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, sent = client_for(cast.rsk), form(outlook="Bättre i morgon.", status="red")
    for _time in range(2):
        assert client.post(f"/operations/{operation}/desk/assessment/", sent).status_code == 302
    written = picture(operation, cast.rsk.who).assessment
    assert written and (written.payload.status, written.payload.outlook) == ("red", "Bättre i morgon.")
    assert "Bättre i morgon.</textarea>" in page(client_for(cast.picture_lead), f"/operations/{operation}/desk/")


def test_two_compilers_at_once(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    first = assessed(cast.rsk.who, operation, "Från början.")
    address = f"/operations/{operation}/desk/assessment/"
    assert client_for(cast.rsk).post(address, form(text="Deras.", replaces=first)).status_code == 302
    client = client_for(cast.picture_lead)
    answer = client.post(address, form(text="Min.", replaces=first))
    html = answer.content.decode()
    assert answer.status_code == 409 and "Min.</textarea>" in html and "Det som sparades under tiden" in html
    assert "Deras." in html
    replaces = re.search(r'name="replaces" value="([^"]+)" id="assessment_replaces"', html)
    assert replaces and client.post(address, form(text="Min.", replaces=replaces[1])).status_code == 302
    written = picture(operation, cast.rsk.who).assessment
    assert written and written.payload.text == "Min."


def test_bad_input(cast: Cast, client_for: ClientFor) -> None:
    answer = client_for(cast.rsk).post(
        f"/operations/{snow(cast)}/desk/assessment/", form(text="", status="lila", outlook="Behåll mig.")
    )
    assert answer.status_code == 422 and "Skriv bedömningen." in answer.content.decode()
    assert "Behåll mig.</textarea>" in answer.content.decode()


def test_another_actors_compiler_is_no_conflict(cast: Cast) -> None:
    """Each actor has a working version of its own, which the other does not see."""
    operation = snow(cast)
    person = cast.duty_officer.person
    Seat.objects.create(person=person, actor_id="nacka", role="picture_lead", valid_from=SINCE)
    nacka = speaking(person, seats_of(person.key))
    assessed(cast.rsk.who, operation, "Länets.")
    assessed(nacka, operation, "Nackas.")
    assessed(cast.rsk.who, operation, "Länets, ändrad.")
    ours, theirs = picture(operation, cast.rsk.who).assessment, picture(operation, nacka).assessment
    assert ours and theirs and (ours.payload.text, theirs.payload.text) == ("Länets, ändrad.", "Nackas.")

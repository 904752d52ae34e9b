"""What was open to all parties and is closed today is closed on every way: as it was, its papers, its calendar."""

import json
from datetime import timedelta

from django.test import Client

from samlad.base.clock import now
from samlad.governance.bodies import actions, calendars, minuting
from samlad.governance.bodies.models import Body
from samlad.governance.models import Paper
from samlad.governance.tests.bodies_scene import a_body, a_meeting, a_member, a_pdf, an_item
from samlad.governance.tests.test_bodies_minutes import decided, held
from samlad.journal.files import Held
from samlad.registers.models import ActorVersion, Change
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody


def close(cast: Everybody, body: Body) -> None:
    body.readers = "members"
    actions.save_body(body, by=cast.secretariat.who, reason="Stängs")


def test_decisions_of_a_body_that_was_open_are_not_read_as_they_were(everybody: Everybody, client: Client) -> None:
    meeting, _item = held(everybody)
    decided(everybody, meeting, responsible_id=None)
    minuting.adjust(meeting, adjusted_by="Länsöverdirektör", on=today(), by=everybody.secretariat.who)
    Change.objects.update(at=now() - timedelta(days=2))
    asked = {"on": (today() - timedelta(days=1)).isoformat(), "format": "json"}
    for open_to_all in (True, False):
        for member in (everybody.registrar, everybody.chief):
            client.force_login(member.person)
            found = json.loads(client.get("/governance/bodies/decisions/", asked).content)
            assert bool(found) is (open_to_all or member is everybody.chief)
            past = {"on": asked["on"], "past-format": "json"}
            places = [one["place"] for one in json.loads(client.get("/governance/bodies/meetings/", past).content)]
            assert places == (["Rådhuset"] if found else [""])
        close(everybody, meeting.body)


def test_papers_are_closed_and_opened_with_their_body(everybody: Everybody, client: Client) -> None:
    body = a_body(everybody)
    item = an_item(everybody, a_meeting(everybody, body))
    actions.add_papers(
        item, [Held("budget.pdf", "application/pdf", a_pdf(), True)], title="", by=everybody.secretariat.who
    )
    paper = Paper.objects.get(of=item.pk)
    client.force_login(everybody.registrar.person)
    assert client.get(f"/governance/papers/{paper.pk}/").status_code == 200
    close(everybody, body)
    assert client.get(f"/governance/papers/{paper.pk}/").status_code == 404
    assert Change.objects.filter(register="gov.paper", object_key=str(paper.pk)).count() == 2
    client.force_login(everybody.chief.person)
    address = f"/governance/bodies/meetings/{item.meeting_id}/papers/{paper.pk}/"
    assert client.get(address).status_code == 200, "whoever sits there reads it as before"


def test_the_history_of_members_names_people_to_those_who_see_people(everybody: Everybody, client: Client) -> None:
    body = a_body(everybody)
    a_member(everybody, body, "nacka", person=everybody.duty_officer.person)
    for member, sees in ((everybody.registrar, False), (everybody.liaison, True), (everybody.secretariat, True)):
        client.force_login(member.person)
        page = client.get(f"/governance/bodies/{body.code}/").content.decode()
        assert "Direktör" in page and ("TiB Nacka" in page) is sees


def test_a_calendar_address_ends_when_the_actor_is_no_party(everybody: Everybody) -> None:
    a_body(everybody)
    token = calendars.token_of(calendars.open_feed(everybody.chief.person.key, "sodertalje", "sv"))
    assert calendars.found(token) is not None
    ActorVersion.objects.filter(actor="sodertalje").update(valid_to=today())
    assert calendars.found(token) is None

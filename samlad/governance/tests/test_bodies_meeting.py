"""A meeting up to when it is held: calls by e-mail, once for each change; the agenda; papers; attendance."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.bodies import actions, calls, queries
from samlad.governance.bodies.models import AgendaItem, Attendance, Meeting, MeetingCall
from samlad.governance.models import Paper
from samlad.governance.tests.bodies_scene import a_body, a_meeting, a_member, a_pdf, an_item
from samlad.notify.models import Notice
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody

BASE = "/governance/bodies/meetings"


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("queued_at", "person").values_list("person", "subject"))


def test_members_are_called_once_and_told_of_each_change(everybody: Everybody) -> None:
    body, by = a_body(everybody), everybody.secretariat.who
    a_member(everybody, body, "nacka", person=everybody.registrar.person)
    a_member(everybody, body, "polisregion-stockholm")
    meeting = a_meeting(everybody, body)
    an_item(everybody, meeting, "Budget", purpose="decide")
    people, unreached = calls.receivers(meeting)
    assert {one.person.key for one in people} == {everybody.chief.who.person, everybody.registrar.who.person}
    assert [one.actor_id for one in unreached] == ["polisregion-stockholm"]
    assert actions.call(meeting, by=by) == 2 and actions.call(meeting, by=by) == 0
    assert len(told()) == 2 and all(subject.startswith("Kallelse: Chefsgruppen") for _who, subject in told())
    text = Notice.objects.values_list("body", flat=True)[0]
    assert "1. Budget (Beslut)" in text and f"{BASE}/{meeting.pk}/" in text and "Plats: Rådhuset" in text
    meeting.about = "Nytt meddelande"
    actions.save_meeting(meeting, by=by)
    assert len(told()) == 2
    meeting.place = "Stadshuset"
    actions.save_meeting(meeting, by=by)
    actions.cancel(meeting, why="Förhinder", by=by)
    assert not actions.cancel(meeting, why="Igen", by=by)
    assert [subject.split(":")[0] for _who, subject in told()] == ["Kallelse"] * 2 + ["Ändrat"] * 2 + ["Inställt"] * 2
    assert MeetingCall.objects.count() == 3 and meeting.sequence == 3


def test_who_was_not_called_is_not_told(everybody: Everybody) -> None:
    body, by = a_body(everybody, readers="members"), everybody.secretariat.who
    meeting = a_meeting(everybody, body)
    meeting.place = "Stadshuset"
    actions.save_meeting(meeting, by=by)
    actions.cancel(meeting, why="Förhinder", by=by)
    assert told() == []
    with pytest.raises(Refused):
        actions.call(meeting, by=by)


def test_a_closed_body_s_agenda_is_not_sent(everybody: Everybody) -> None:
    meeting = a_meeting(everybody, a_body(everybody, readers="members"))
    an_item(everybody, meeting, "Hemlig punkt")
    actions.call(meeting, by=everybody.secretariat.who)
    assert "Hemlig punkt" not in Notice.objects.get().body


def test_a_meeting_by_forms(everybody: Everybody, client: Client) -> None:
    body = a_body(everybody)
    client.force_login(everybody.secretariat.person)
    filled = {
        "id": str(new_id()),
        "number": "3/2027",
        "starts": "2027-07-01T09:00",
        "ends": "2027-07-01T08:00",
        "place": "X",
    }
    wrong = client.post("/governance/bodies/chefsgruppen/meetings/new/", filled)
    assert wrong.status_code == 409 and "Mötet slutar innan det börjar." in wrong.content.decode()
    gap = {"starts": "2027-03-28T02:30", "ends": "2027-03-28T04:00"}
    assert client.post("/governance/bodies/chefsgruppen/meetings/new/", filled | gap).status_code == 422
    right = filled | {"ends": "2027-07-01T11:00"}
    assert client.post("/governance/bodies/chefsgruppen/meetings/new/", right).status_code == 302
    assert client.post("/governance/bodies/chefsgruppen/meetings/new/", right).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.starts.hour, meeting.body_id) == (7, body.pk)
    page = client.get(f"{BASE}/{meeting.pk}/change/").content.decode()
    assert 'value="2027-07-01T09:00"' in page
    changed = right | {"seen": record.seen(meeting), "starts": "2027-07-01T10:00", "reason": "Krock"}
    assert client.post(f"{BASE}/{meeting.pk}/change/", changed).status_code == 302
    late = client.post(f"{BASE}/{meeting.pk}/change/", changed | {"place": "Y"})
    assert late.status_code == 409 and "Y" in late.content.decode()
    assert Meeting.objects.get().place == "X"
    assert client.post(f"{BASE}/{meeting.pk}/cancel/", {"why": "Förhinder"}).status_code == 302
    assert "Mötet är inställt: Förhinder" in client.get(f"{BASE}/{meeting.pk}/").content.decode()


def test_the_next_number_is_proposed(everybody: Everybody) -> None:
    body = a_body(everybody)
    year = queries.day_of(a_meeting(everybody, body, days=0, number="7/2026")).year
    for number in ("2/2026", "extra", ""):
        a_meeting(everybody, body, days=0, number=number)
    assert queries.next_number(body, year) == f"8/{year}"
    assert queries.next_number(body, year - 1) == f"1/{year - 1}"


def test_items_are_moved_without_script(everybody: Everybody, client: Client) -> None:
    meeting = a_meeting(everybody, a_body(everybody))
    client.force_login(everybody.secretariat.person)
    for title in "ABC":
        filled = {"id": str(new_id()), "title": title, "purpose": "inform"}
        for _again in range(2):
            assert client.post(f"{BASE}/{meeting.pk}/items/new/", filled).status_code == 302
    first, second, third = queries.agenda(meeting)
    client.post(f"/governance/bodies/items/{third.pk}/move/", {"up": "1"})
    client.post(f"/governance/bodies/items/{first.pk}/move/", {"down": "1"})
    client.post(f"/governance/bodies/items/{third.pk}/move/", {"up": "1"})
    assert [one.title for one in queries.agenda(meeting)] == ["C", "A", "B"]
    assert actions.remove_item(AgendaItem.objects.get(pk=first.pk), by=everybody.secretariat.who, reason="Utgår")
    assert [(one.place, one.title) for one in queries.agenda(meeting)] == [(1, "C"), (2, "B")]
    assert second.pk == queries.agenda(meeting)[1].pk


def test_clock_times_follow_the_minutes(everybody: Everybody, client: Client) -> None:
    meeting = a_meeting(everybody, a_body(everybody))
    for title, minutes in (("A", 20), ("B", 25), ("C", None), ("D", 10)):
        an_item(everybody, meeting, title, minutes=minutes)
    client.force_login(everybody.registrar.person)
    page = client.get(f"{BASE}/{meeting.pk}/")
    lines = page.context["lines"]
    after = [None if line.at is None else (line.at - meeting.starts) // timedelta(minutes=1) for line in lines]
    assert after == [0, 20, 45, None]


def test_papers_are_put_with_an_item_and_fetched_by_those_who_read(everybody: Everybody, client: Client) -> None:
    meeting = a_meeting(everybody, a_body(everybody, "samordningsgruppen", "members"))
    item = an_item(everybody, meeting)
    client.force_login(everybody.secretariat.person)
    address = f"/governance/bodies/items/{item.pk}/papers/"
    assert client.post(address, {"title": "Underlag"}).status_code == 422
    for name, content in (("tom.pdf", b""), ("lås.pdf", a_pdf(password="x")), ("virus.pdf", b"MZ\x90\x00" * 40)):
        answer = client.post(address, {"title": "Underlag", "attached": SimpleUploadedFile(name, content)})
        assert answer.status_code == 409 and "Underlag" in answer.content.decode(), name
    assert client.post(address, {"attached": SimpleUploadedFile("b.pdf", a_pdf())}).status_code == 302
    paper = Paper.objects.get()
    assert paper.readers == "keepers"
    for member, code in ((everybody.chief, 200), (everybody.liaison, 200), (everybody.registrar, 404)):
        client.force_login(member.person)
        assert client.get(f"{BASE}/{meeting.pk}/papers/{paper.pk}/").status_code == code
    client.force_login(everybody.chief.person)
    other = a_meeting(everybody, a_body(everybody, "annat"))
    assert client.get(f"{BASE}/{other.pk}/papers/{paper.pk}/").status_code == 404
    with pytest.raises(Refused):
        actions.remove_item(item, by=everybody.secretariat.who, reason="x")
    client.force_login(everybody.secretariat.person)
    assert client.post(f"{BASE}/{meeting.pk}/papers/{paper.pk}/remove/", {"reason": "Fel fil"}).status_code == 302
    assert not Paper.objects.exists()


def test_held_is_held(everybody: Everybody, client: Client) -> None:
    body, by = a_body(everybody), everybody.secretariat.who
    ahead, past = a_meeting(everybody, body), a_meeting(everybody, body, days=-1)
    item = an_item(everybody, past)
    client.force_login(everybody.secretariat.person)
    client.post(f"{BASE}/{ahead.pk}/held/")
    client.post(f"{BASE}/{past.pk}/held/")
    assert dict(Meeting.objects.values_list("pk", "state")) == {ahead.pk: "planned", past.pk: "held"}
    with pytest.raises(Refused):
        actions.save_item(item, by=by)
    with pytest.raises(Refused):
        actions.move_item(item, up=True, by=by)
    assert [one.pk for one in queries.next_meetings()] == [ahead.pk]
    assert queries.next_meetings(actor="sodertalje") and not queries.next_meetings(actor="nacka")


def test_attendance_by_form(everybody: Everybody, client: Client) -> None:
    body = a_body(everybody)
    a_member(everybody, body, "nacka")
    meeting = a_meeting(everybody, body, days=-1)
    client.force_login(everybody.secretariat.person)
    address = f"{BASE}/{meeting.pk}/attendance/"
    page = client.get(address)
    seen = page.context["form"].initial["seen"]
    assert "Direktör" in page.content.decode() and "Polisen" not in page.content.decode()
    filled = {
        "seen": seen,
        "presence-nacka": "deputy",
        "who-nacka": "Ställföreträdare",
        "presence-sodertalje": "absent",
    }
    assert client.post(address, filled).status_code == 302
    assert dict(Attendance.objects.values_list("actor", "presence")) == {"nacka": "deputy", "sodertalje": "absent"}
    late = client.post(address, filled | {"presence-nacka": "present"})
    assert late.status_code == 409 and "Ersättare närvarande" in late.content.decode()


def test_a_meeting_as_it_was(everybody: Everybody, client: Client) -> None:
    meeting = a_meeting(everybody, a_body(everybody))
    client.force_login(everybody.registrar.person)
    assert client.get(f"{BASE}/{meeting.pk}/?on={today() - timedelta(days=1)}").status_code == 404
    assert client.get(f"{BASE}/?on={today() - timedelta(days=1)}").status_code == 200
    assert meeting.starts > now()

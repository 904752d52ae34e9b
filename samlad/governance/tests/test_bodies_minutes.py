"""Minutes from draft to adjusted and corrected, decisions and what becomes of them, as pages and on paper."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.governance.bodies import minuting, queries
from samlad.governance.bodies.corrections import corrections
from samlad.governance.bodies.models import AgendaItem, Meeting, MeetingDecision
from samlad.governance.tests.bodies_scene import a_body, a_meeting, an_item
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, Member

BASE = "/governance/bodies/meetings"


def held(cast: Everybody, readers: str = "parties", text: str = "Budgeten godtogs.") -> tuple[Meeting, AgendaItem]:
    body = a_body(cast, readers=readers)
    meeting = a_meeting(cast, body, days=-3)
    item = an_item(cast, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    meeting.refresh_from_db()
    minuting.write(meeting, {item.pk: text}, secretary="Kansliet", by=cast.secretariat.who)
    return meeting, item


def decided(cast: Everybody, meeting: Meeting, **fields: Any) -> MeetingDecision:
    given = {"number": "§ 1", "text": "Ta fram en rutin.", "responsible_id": "nacka"} | fields
    row = MeetingDecision(id=new_id(), meeting=meeting, **given)
    minuting.save_decision(row, by=cast.secretariat.who, new=True)
    return row


def test_a_draft_is_for_those_who_sit_there_and_adjusted_for_all(everybody: Everybody, client: Client) -> None:
    meeting, _item = held(everybody)

    def readers() -> set[str]:
        found = set()
        for name, member in everybody.members().items():
            client.force_login(member.person)
            if client.get(f"{BASE}/{meeting.pk}/minutes/").status_code == 200:
                assert client.get(f"{BASE}/{meeting.pk}/minutes.pdf").status_code == 200
                found.add(name)
        return found

    assert readers() == {"chief", "secretariat"}
    client.force_login(everybody.registrar.person)
    assert "Budgeten godtogs" not in client.get(f"{BASE}/{meeting.pk}/").content.decode()
    minuting.adjust(meeting, adjusted_by="Länsöverdirektör", on=today(), by=everybody.secretariat.who)
    assert {"registrar", "liaison", "outsider", "chief", "secretariat"} <= readers()
    assert not readers() & {"stranger", "administrator", "wall"}


def test_adjusted_minutes_are_corrected_with_a_reason_that_is_shown(everybody: Everybody, client: Client) -> None:
    (meeting, item), by = held(everybody), everybody.secretariat.who
    decision = decided(everybody, meeting)
    minuting.write(meeting, {item.pk: "Budgeten godtogs 2026."}, secretary="Kansliet", by=by)
    minuting.adjust(meeting, adjusted_by="Ordförande", on=today(), by=by)
    meeting.refresh_from_db()
    assert corrections(meeting) == []
    with pytest.raises(Refused):
        minuting.write(meeting, {item.pk: "Budgeten avslogs."}, secretary="Kansliet", by=by)
    minuting.write(meeting, {item.pk: "Budgeten avslogs."}, secretary="Kansliet", by=by, reason="Skrivfel")
    decision.text = "Ta fram två rutiner."
    with pytest.raises(Refused):
        minuting.save_decision(decision, by=by)
    minuting.save_decision(decision, by=by, reason="Rättat antal")
    minuting.follow_up(decision, state="done", text="Klart", by=by)
    client.force_login(everybody.liaison.person)
    history = client.get(f"/governance/bodies/decisions/{decision.pk}/").context["changes"]
    assert [one.reason for one in history] == ["", "Rättat antal"], "the draft's history is not for all"
    client.force_login(everybody.registrar.person)
    page = client.get(f"{BASE}/{meeting.pk}/minutes/").content.decode()
    for told in ("Skrivfel", "Budgeten godtogs 2026.", "Budgeten avslogs.", "Rättat antal", "Ta fram en rutin."):
        assert told in page
    assert "Budgeten godtogs.<" not in page, "what the draft said before is not shown"
    assert len(corrections(meeting)) == 2
    with pytest.raises(Refused):
        decided(everybody, meeting, number="§ 2")
    with pytest.raises(Refused):
        minuting.remove_decision(decision, by=by, reason="x")


def test_minutes_need_a_meeting_that_was_held(everybody: Everybody) -> None:
    by = everybody.secretariat.who
    meeting = a_meeting(everybody, a_body(everybody))
    item = an_item(everybody, meeting)
    for do in (
        lambda: minuting.write(meeting, {item.pk: "x"}, secretary="", by=by),
        lambda: minuting.adjust(meeting, adjusted_by="x", on=today(), by=by),
        lambda: decided(everybody, meeting),
    ):
        with pytest.raises(Refused):
            do()
    done, _item = held_again(everybody)
    with pytest.raises(Refused):
        minuting.adjust(done, adjusted_by="x", on=queries.day_of(done) - timedelta(days=1), by=by)
    assert minuting.adjust(done, adjusted_by="x", on=today(), by=by)
    assert not minuting.adjust(done, adjusted_by="y", on=today(), by=by)


def held_again(cast: Everybody) -> tuple[Meeting, AgendaItem]:
    body = a_body(cast, "annat")
    meeting = a_meeting(cast, body, days=-1, state="held")
    return meeting, said(cast, meeting)


def said(cast: Everybody, meeting: Meeting) -> AgendaItem:
    Meeting.objects.filter(pk=meeting.pk).update(state="planned")
    item = an_item(cast, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    minuting.write(meeting, {item.pk: "Sagt."}, secretary="", by=cast.secretariat.who)
    return item


def test_minutes_by_form_notice_a_colleague(everybody: Everybody, client: Client) -> None:
    meeting, item = held(everybody)
    client.force_login(everybody.secretariat.person)
    address = f"{BASE}/{meeting.pk}/minutes/write/"
    seen = client.get(address).context["form"].initial["seen"]
    filled = {"seen": seen, "secretary": "Kansliet", f"text-{item.pk}": "Nytt.\r\n\r\nMer."}
    assert client.post(address, {"secretary": "x"}).status_code == 422
    assert client.post(address, filled).status_code == 302
    assert queries.minutes([item])[item.pk].text == "Nytt.\n\nMer."
    late = client.post(address, filled | {f"text-{item.pk}": "Annat."})
    assert late.status_code == 409 and "Annat." in late.content.decode()
    adjust = client.post(
        f"{BASE}/{meeting.pk}/minutes/adjust/", {"adjusted_by": "Ordförande", "adjusted_on": str(today())}
    )
    assert adjust.status_code == 302
    assert "Varför rättas protokollet?" in client.get(address).content.decode()


def test_decisions_are_listed_and_followed_up(everybody: Everybody, client: Client) -> None:
    meeting, _item = held(everybody, "members")
    late = decided(everybody, meeting, due=today() - timedelta(days=1))
    decided(everybody, meeting, number="§ 10", responsible_id="sodertalje")
    decided(everybody, meeting, number="§ 9", responsible_id=None)
    assert [one.number for one in queries.decisions(meeting)] == ["§ 1", "§ 9", "§ 10"]
    with pytest.raises(Refused):
        decided(everybody, meeting, number="§ 9")
    assert queries.overdue() == [late] and queries.overdue(actor="sodertalje") == []

    def listed(member: Member) -> list[tuple[str, str]]:
        client.force_login(member.person)
        rows = json.loads(client.get("/governance/bodies/decisions/?format=json").content)
        return [(row["number"], row["state"]) for row in rows]

    assert listed(everybody.registrar) == [("§ 1", "Försenat")], "Nacka sees what is for Nacka"
    assert len(listed(everybody.secretariat)) == 3 and listed(everybody.outsider) == []
    client.force_login(everybody.registrar.person)
    address = f"/governance/bodies/decisions/{late.pk}/"
    assert client.get(address).status_code == 200
    dropped = client.post(f"{address}follow-up/", {"state": "dropped", "followed_up": ""})
    assert dropped.status_code == 409 and "Skriv varför det läggs ner." in dropped.content.decode()
    assert client.post(f"{address}follow-up/", {"state": "done", "followed_up": "Klar i mars."}).status_code == 302
    late.refresh_from_db()
    assert (late.state, late.followed_up, late.text) == ("done", "Klar i mars.", "Ta fram en rutin.")
    for other in (everybody.liaison, everybody.outsider, everybody.stranger):
        client.force_login(other.person)
        assert client.get(f"{address}follow-up/").status_code == 404


def test_a_decision_by_form(everybody: Everybody, client: Client) -> None:
    meeting, item = held(everybody)
    other = an_item(everybody, a_meeting(everybody, a_body(everybody, "annat")))
    client.force_login(everybody.secretariat.person)
    address = f"{BASE}/{meeting.pk}/decisions/new/"
    filled = {"id": str(new_id()), "number": "§ 1", "text": "Antas.", "item": str(other.pk), "due": "2027-01-01"}
    assert client.post(address, filled).status_code == 422, "an item of another meeting"
    assert client.post(address, filled | {"item": str(item.pk)}).status_code == 302
    row = MeetingDecision.objects.get()
    assert (row.item_id, str(row.due), row.responsible_id) == (item.pk, "2027-01-01", None)
    changed = {"number": "§ 1", "text": "Antas ej.", "item": "", "reason": "Fel"}
    assert client.post(f"/governance/bodies/decisions/{row.pk}/change/", changed).status_code == 302
    removed = client.post(f"/governance/bodies/decisions/{row.pk}/remove/", {"reason": "Dubblett"})
    assert removed.status_code == 302 and not MeetingDecision.objects.exists()


def test_minutes_on_paper(everybody: Everybody, client: Client) -> None:
    meeting, item = held(everybody, text="Första stycket.\n\n#let x = 1 *inget* märkspråk.")
    decided(everybody, meeting, item=item)
    client.force_login(everybody.chief.person)
    reader = PdfReader(BytesIO(client.get(f"{BASE}/{meeting.pk}/minutes.pdf").content))
    text = reader.pages[0].extract_text()
    for told in ("UTKAST", "Första stycket.", "#let x = 1 *inget* märkspråk.", "Beslut § 1", "Ansvarig: Nacka"):
        assert told in text
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"]
    assert reader.metadata and reader.metadata.title

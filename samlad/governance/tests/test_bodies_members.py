"""Bodies and who sits in them: days, gaps, who reads the meetings, the region's file."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.governance.bodies import actions, queries, rules
from samlad.governance.bodies.models import Body, BodyMember
from samlad.governance.bodies.region_tables import BodyRow, import_body
from samlad.governance.tests.bodies_scene import a_body, a_meeting, a_member
from samlad.registers.queries import parties, today
from samlad.registers.region_files import Wrong
from samlad.registers.region_import import Kept
from samlad.registers.tests.cast import Everybody


def test_a_member_sits_from_the_first_day_to_the_last(everybody: Everybody) -> None:
    body, day = a_body(everybody), today()
    a_member(everybody, body, "nacka", valid_from=day, valid_to=day)
    on = {one: {place.actor_id for place in queries.members(body) if queries.holds(place, one)} for one in (
        day - timedelta(days=1), day, day + timedelta(days=1),
    )}  # fmt: skip
    assert list(on.values()) == [{"sodertalje"}, {"sodertalje", "nacka"}, {"sodertalje"}]
    assert queries.is_in(body, "nacka") and not queries.is_in(body, "nacka", day + timedelta(days=1))


def test_who_sits_in_a_body(everybody: Everybody) -> None:
    body = a_body(everybody)
    a_member(everybody, body, "nacka", person=everybody.registrar.person)
    sitting = {name for name, one in everybody.members().items() if queries.sits_in(one.who, body.code)}
    assert sitting == {"chief", "registrar"}


@pytest.mark.parametrize(("readers", "reading"), [
    ("parties", None), ("members", {"chief", "liaison", "secretariat"}),
])  # fmt: skip
def test_who_reads_its_meetings(everybody: Everybody, readers: str, reading: set[str] | None) -> None:
    body = a_body(everybody, readers=readers)
    found = {name for name, one in everybody.members().items() if rules.reads_meetings(one.who, body)}
    assert not found & {"stranger", "administrator", "wall", "ended"}
    assert found == reading if reading else {"registrar", "duty_officer", "outsider", "secretariat"} <= found
    drafts = {name for name, one in everybody.members().items() if rules.reads_drafts(one.who, body)}
    assert drafts == {"chief", "secretariat"}


def test_gaps_are_the_parties_without_a_member(everybody: Everybody, client: Client) -> None:
    body = a_body(everybody)
    assert {one.code for one in queries.lacking(body, queries.members(body), today())} == {
        one.code for one in parties(today())
    } - {"sodertalje"}
    client.force_login(everybody.registrar.person)
    lines = json.loads(client.get("/governance/bodies/gaps/?format=json").content)
    assert {line["actor"]: line["missing"] for line in lines}["Södertälje"] == 0
    assert {line["actor"]: line["chefsgruppen"] for line in lines}["Nacka"] == "–"


def test_the_page_says_what_is_not_known_and_what_was(everybody: Everybody, client: Client) -> None:
    body = a_body(everybody)
    client.force_login(everybody.registrar.person)
    page = client.get("/governance/bodies/chefsgruppen/").content.decode()
    assert "Inte inhämtat" in page and "Direktör" in page and "3 parter har ingen ledamot här" in page
    assert client.get(f"/governance/bodies/chefsgruppen/?on={today() - timedelta(days=1)}").status_code == 404
    assert client.get("/governance/bodies/?on=2019-01-01").status_code == 200
    assert client.get(f"/governance/bodies/{body.pk}/").status_code == 404


def test_a_body_by_form(everybody: Everybody, client: Client) -> None:
    client.force_login(everybody.secretariat.person)
    filled = {
        "id": str(new_id()), "name": "Arbetsgrupp el", "code": "arbetsgrupp-el", "kind": "working_group",
        "level": "coordinating", "readers": "members",
    }  # fmt: skip
    answer = client.post("/governance/bodies/new/", filled)
    assert answer.status_code == 302 and answer["Location"] == "/governance/bodies/arbetsgrupp-el/"
    assert client.post("/governance/bodies/new/", filled | {"id": str(new_id()), "code": "meetings"}).status_code == 409
    assert client.post("/governance/bodies/new/", filled | {"id": str(new_id())}).status_code == 422
    member = {"id": str(new_id()), "actor": "nacka", "seat": "Säkerhetschef", "valid_from": "2026-02-01"}
    wrong = client.post("/governance/bodies/arbetsgrupp-el/members/new/", member | {"valid_to": "2026-01-01"})
    assert wrong.status_code == 409 and "Sista dagen ligger före den första." in wrong.content.decode()
    assert client.post("/governance/bodies/arbetsgrupp-el/members/new/", member).status_code == 302
    place = BodyMember.objects.get()
    removed = client.post(f"/governance/bodies/members/{place.pk}/remove/", {"reason": "Fel forum"})
    assert removed.status_code == 302 and not BodyMember.objects.exists()


def test_only_the_secretariat_changes_bodies(everybody: Everybody) -> None:
    body = a_body(everybody)
    for member in (everybody.chief, everybody.registrar, everybody.rsk):
        with pytest.raises(Refused):
            actions.save_body(body, by=member.who)
        with pytest.raises(Refused):
            actions.save_meeting(a_meeting(everybody, body), by=member.who)


def row(**changed: str) -> BodyRow:
    return BodyRow(
        **({"code": "radet", "name": "Rådet", "kind": "council", "level": "directing", "source": "x"} | changed)
    )


def test_a_region_s_file(everybody: Everybody) -> None:
    assert [import_body(row()), import_body(row()), import_body(row(chair="Landshövding"))] == [
        "added",
        "same",
        "changed",
    ]
    for wrong in ({"kind": "club"}, {"level": "top"}, {"readers": "all"}, {"code": "meetings"}, {"code": "å ä"}):
        with pytest.raises(Wrong):
            import_body(row(**wrong))
    body = Body.objects.get()
    body.mandate = "Ändrat på sidan"
    actions.save_body(body, by=everybody.secretariat.who)
    with pytest.raises(Kept):
        import_body(row(name="Regionala rådet"))


@pytest.mark.django_db
def test_what_is_shipped_names_its_sources_and_no_members() -> None:
    call_command("region", "import", "regions/stockholm", verbosity=0)
    found = {one.code: one for one in Body.objects.all()}
    assert {"regionala-radet", "chefsgruppen", "samordningsgruppen", "kommunikationschefsnatverket"} <= found.keys()
    assert all(one.source for one in found.values()) and not BodyMember.objects.exists()
    assert found["kommunikationschefsnatverket"].chair == ""
    open_ = {code for code, one in found.items() if one.readers == "parties"}
    assert open_ == {"regionala-radet", "chefsgruppen"}

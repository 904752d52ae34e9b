"""Networks of actors: who sees and keeps which, what a change does, and what never shows to others."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from samlad.base.refused import Refused
from samlad.journal.who import NOBODY
from samlad.registers.models import ActorSet, ActorSetMember, Change
from samlad.registers.network_actions import end_network, save_network
from samlad.registers.networks import networks_for
from samlad.registers.queries import today
from samlad.registers.region_import import import_region
from samlad.registers.tests.cast import Everybody, Member, make_everybody
from samlad.registers.tests.test_parties import STOCKHOLM

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
PAGES = "/registers/networks/"
OF_NACKA = {"duty_officer", "lent", "actor_administrator"}


@pytest.fixture
def everybody() -> Everybody:
    return make_everybody()


@pytest.fixture
def visit(client_for: ClientFor) -> Callable[[Member], Client]:
    """A client that speaks for the actor that the member stands for."""

    def signed_in(member: Member) -> Client:
        client = client_for(member)
        if member.who.actor:
            client.post("/seat/", {"seat": member.who.actor})
        return client

    return signed_in


def made(by: Member, name: str, *members: str, owner: str | None = None) -> ActorSet:
    network = ActorSet(name=name, owner_id=owner, valid_from=today())
    save_network(network=network, members=members, reason="behövs", by=by.who)
    return network


def test_who_gets_what(everybody: Everybody, visit: ClientFor) -> None:
    common = made(everybody.secretariat, "Grannar", "nacka", "sodertalje")
    own = made(everybody.duty_officer, "Nackas egna", "sodertalje", owner="nacka")
    makers = {"duty_officer", "rsk", "liaison", "picture_lead", "stranger", "administrator", "outsider", "chief"}
    makers |= {"secretariat", "actor_administrator", "lent"}
    for name, member in everybody.members().items():
        client = visit(member)
        keeps = name in ("administrator", "secretariat")
        listed = 404 if name == "wall" else 200  # a screen on a wall has no business in registers
        assert client.get(PAGES).status_code == listed, name
        assert client.get(f"{PAGES}new/").status_code == (200 if name in makers else 404), name
        assert client.get(f"{PAGES}{common.pk}/").status_code == listed, name
        for page in ("edit/", "end/"):
            assert client.get(f"{PAGES}{common.pk}/{page}").status_code == (200 if keeps else 404), (name, page)
            got = client.get(f"{PAGES}{own.pk}/{page}").status_code
            assert got == (200 if name in OF_NACKA else 404), (name, page)
        sees = name in OF_NACKA or name == "registrar"  # of Nacka too, and keeps none
        assert client.get(f"{PAGES}{own.pk}/").status_code == (200 if sees else 404), name
        assert ("Nackas egna" in client.get(PAGES).content.decode()) == sees, name


def test_an_actors_own_shows_in_no_common_history(everybody: Everybody, visit: ClientFor) -> None:
    made(everybody.duty_officer, "Nackas egna", "sodertalje", owner="nacka")
    made(everybody.secretariat, "Grannar", "nacka")
    html = visit(everybody.secretariat).get("/registers/").content.decode()
    assert "Nackas egna" not in html and "Grannar" in html
    own = visit(everybody.duty_officer).get(f"{PAGES}{ActorSet.objects.get(owner='nacka').pk}/").content.decode()
    assert "Nackas egna" in own and "behövs" in own


def test_made_changed_and_ended_in_pages(everybody: Everybody, visit: ClientFor) -> None:
    client = visit(everybody.duty_officer)
    sent: dict[str, Any] = {"name": "Grannar", "owner": "nacka", "members": ["sodertalje"], "reason": "snöröjning"}
    answer = client.post(f"{PAGES}new/", sent)
    network = ActorSet.objects.get()
    assert answer.headers["Location"] == f"{PAGES}{network.pk}/" and network.owner_id == "nacka"
    changed = {"name": "Grannarna", "members": ["sodertalje", "polisregion-stockholm"], "reason": "fler"}
    assert client.post(f"{PAGES}{network.pk}/edit/", changed).status_code == 302
    (one,) = networks_for(everybody.duty_officer.who)
    assert (one.name, one.members) == ("Grannarna", ("polisregion-stockholm", "sodertalje"))
    assert not networks_for(everybody.liaison.who)
    assert client.post(f"{PAGES}{network.pk}/end/", {"reason": "behövs inte"}).status_code == 302
    assert not networks_for(everybody.duty_officer.who) and "1 avslutat nätverk" in client.get(PAGES).content.decode()
    assert client.get(f"{PAGES}{network.pk}/edit/").status_code == 404
    history = Change.objects.filter(register="own_networks", object_key=str(network.pk))
    assert [one.action for one in history] == ["ended", "changed", "added"]


def test_whoever_leaves_was_in_it_until_today(everybody: Everybody) -> None:
    network = made(everybody.secretariat, "Grannar", "nacka", "sodertalje")
    ActorSetMember.objects.update(valid_from=today() - timedelta(days=9))
    save_network(network=network, members=["nacka"], reason="x", by=everybody.secretariat.who)
    (left,) = ActorSetMember.objects.filter(actor="sodertalje")
    assert left.valid_to == today()
    assert not save_network(network=network, members=["nacka"], reason="x", by=everybody.secretariat.who)
    (before,) = networks_for(everybody.rsk.who, today() - timedelta(days=1)) or (None,)
    assert before is None  # it did not hold then: it begins today
    (here,) = networks_for(everybody.rsk.who)
    assert here.members == ("nacka",)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"members": []}, "Välj minst en aktör."),
        ({"name": "GRANNAR"}, "Det finns redan ett nätverk med det namnet."),
        ({"name": ""}, "Namn"),
        ({"owner": "sodertalje"}, "Välj ett giltigt alternativ"),
        ({"owner": ""}, "Ange för vilka det är."),
        ({"members": ["ingen"]}, "Välj ett giltigt alternativ"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    everybody: Everybody, visit: ClientFor, changes: dict[str, Any], told: str
) -> None:
    made(everybody.duty_officer, "Grannar", "sodertalje", owner="nacka")
    sent = {"name": "Ny", "owner": "nacka", "members": ["sodertalje"], "reason": "därför"} | changes
    answer = visit(everybody.duty_officer).post(f"{PAGES}new/", sent)
    html = answer.content.decode()
    assert answer.status_code in (409, 422) and told in html and 'value="därför"' in html
    assert ActorSet.objects.count() == 1


def test_a_colleague_was_faster(everybody: Everybody, visit: ClientFor) -> None:
    network = made(everybody.secretariat, "Grannar", "nacka")
    client = visit(everybody.secretariat)
    seen = client.get(f"{PAGES}{network.pk}/edit/").content.decode().split('name="seen" value="')[1].split('"')[0]
    save_network(network=network, members=["nacka", "sodertalje"], reason="x", by=everybody.administrator.who)
    sent = {"name": "Grannar", "members": ["polisregion-stockholm"], "reason": "min", "seen": seen}
    answer = client.post(f"{PAGES}{network.pk}/edit/", sent)
    assert answer.status_code == 409 and "sodertalje" in answer.content.decode()


def test_only_by_those_who_keep_it(everybody: Everybody) -> None:
    network = made(everybody.secretariat, "Grannar", "nacka")
    with pytest.raises(Refused):
        save_network(network=network, members=["sodertalje"], reason="x", by=everybody.duty_officer.who)
    with pytest.raises(Refused):
        end_network(network=network, reason="x", by=everybody.rsk.who)
    stolen = ActorSet(name="Andras", owner_id="sodertalje", valid_from=today())
    with pytest.raises(Refused):
        save_network(network=stolen, members=["nacka"], reason="x", by=everybody.duty_officer.who)


def test_from_a_regions_file(tmp_path: Path, everybody: Everybody) -> None:
    text = """[[network]]
code = "grannar"
name = "Grannar"
members = ["nacka", {more}]
source = "ett prov"
since = 2020-01-01
"""
    file = tmp_path / "networks.toml"
    file.write_text(text.format(more='"sodertalje"'))
    assert (import_region(tmp_path).added, import_region(tmp_path).same) == (1, 1)
    file.write_text(text.format(more=""))
    assert import_region(tmp_path).changed == 1
    (one,) = networks_for(everybody.rsk.who)
    assert one.members == ("nacka",)
    network = ActorSet.objects.get(code="grannar")
    save_network(network=network, members=["sodertalje"], reason="x", by=everybody.secretariat.who)
    assert len(import_region(tmp_path).kept) == 1
    file.write_text(text.format(more='"ingen", 7'))
    assert [one.where for one in import_region(tmp_path).refused] == ["networks.toml:4"]


def test_the_regions_networks_name_parties() -> None:
    assert not import_region(STOCKHOLM).refused
    assert {one.name for one in networks_for(NOBODY)} >= {"Kommuner", "Blåljus", "Trafik"}

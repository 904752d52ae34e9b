"""Open data: shut unless the secretariat opens it, the same in every format, never a draft, a person or an address."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from samlad.governance import models, record
from samlad.governance.open_data.queries import SETS, key_of
from samlad.governance.open_data.sets import KINDS
from samlad.journal.who import SYSTEM
from samlad.registers.tests.cast import Everybody, Member

ClientFor = Callable[[Member], Client]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|<p class="print-only">.*?</p>')
SECRET = "undanhallet"
TYPES = {"whole": int, "truth": bool}


def made(model: type[Model], **values: Any) -> Any:
    """A row, saved with its history."""
    row = model(**values)
    record.save(row, by=SYSTEM)
    return row


@pytest.fixture
def scene(everybody: Everybody) -> Everybody:
    """A public row of each set, and beside it what must never be in one: it says so."""
    document = made(
        models.SteeringDocument, code="avtal", title="Avtal", kind="agreement", binding="own_decision", about="Om"
    )
    versions = [
        made(models.DocumentVersion, document_id=document.pk, number=number, note=f"{SECRET} x@nacka.example")
        for number in ("1.0", f"2.0-{SECRET}")
    ]
    for version, status in zip(versions, ("out", "draft"), strict=True):
        made(models.VersionStep, version_id=version.pk, status=status, on=date(2026, 1, 10), note=SECRET)
    draft = made(models.SteeringDocument, code=SECRET, title=SECRET, kind="other", binding="not_known")
    made(models.DocumentVersion, document_id=draft.pk, number="1.0")
    adopted(everybody, versions)
    goals(versions)
    the_year(versions)
    return everybody


def adopted(everybody: Everybody, versions: list[Any]) -> None:
    for version in versions:
        days = {"sent_on": date(2026, 1, 12), "reply_by": date(2026, 6, 1)}
        sent = made(models.Dispatch, version_id=version.pk, about=SECRET, **days)
        receiver = made(
            models.Receiver, dispatch_id=sent.pk, actor_id="nacka", function=SECRET, emails="x@nacka.example",
            note=SECRET, sent_on=date(2026, 1, 12),
        )  # fmt: skip
        made(
            models.AdoptionDecision, receiver_id=receiver.pk, outcome="adopted_with_condition", condition="Utvärderas",
            deciding_body="Kommunstyrelsen", decided_on=date(2026, 3, 1), paragraph="§ 7", reference="KS 2026/1",
        )  # fmt: skip


def goals(versions: list[Any]) -> None:
    for version in versions:
        name = version.number
        days = {"first_day": date(2026, 1, 1), "last_day": date(2029, 12, 31)}
        code = "v" if name == "1.0" else SECRET
        vision = made(models.Vision, code=code, title=f"Målbild {name}", version_id=version.pk, **days)
        area = made(models.GoalArea, vision_id=vision.pk, code="a", name=f"Område {name}")
        made(models.Goal, area_id=area.pk, code="g", text=f"Mål {name}")
    capability = made(models.Capability, code="1", name="Larma")
    made(models.SubCapability, capability_id=capability.pk, code="1.1", name="Nås", ours=True)


def the_year(versions: list[Any]) -> None:
    for year, state, title in ((2026, "decided", "Övning"), (2027, "drafting", SECRET)):
        plan = made(models.PlanYear, year=year, state=state, said=SECRET, about=SECRET)
        for named, how in ((title, "in_plan"), (SECRET, "proposed")):
            made(
                models.Activity, year_id=plan.pk, title=named, text=named, measure="Antal", responsible_id="nacka",
                proposed_by_id="nacka", participants=["sodertalje"], amount=Decimal("1000.50"), state=how,
                first_day=date(year, 2, 1), last_day=date(year, 3, 1),
            )  # fmt: skip
    for year, state in ((2026, "decided"), (2027, "proposed")):
        budget = made(models.Budget, year=year, total=Decimal(1000), about=SECRET)
        money = {name: Decimal(0) for name in ("municipal_half", "others_half", "cut", "not_financed")}
        run = made(
            models.FeeRun, budget_id=budget.pk, number=1, state=state, computed_at=datetime(2026, 1, 1, tzinfo=UTC),
            party_day=date(year, 1, 1), total=Decimal(1000), cap=Decimal("1.50"), what_is_cut="nothing", unit="1",
            note=SECRET, **money,
        )  # fmt: skip
        made(
            models.Fee, run_id=run.pk, actor_id="nacka", name="Nacka kommun" if state == "decided" else SECRET,
            category="municipality", area="0182", people=100, before_cap=Decimal(2), cut=Decimal(0), added=Decimal(0),
            amount=Decimal("1.00"),
        )  # fmt: skip
    for code, readers in (("radet", "parties"), ("gruppen", "members")):
        body = made(models.Body, code=code, name=code, kind="council", level="directing", chair=SECRET, readers=readers)
        for number, state in (("1", "held"), (SECRET, "planned")):
            meeting(body, number if readers == "parties" else SECRET, state)
    made(models.BodyMember, body_id=body.pk, actor_id="nacka", seat=SECRET)


def meeting(body: Any, number: str, state: str) -> None:
    starts, ends = (datetime(2026, 3, 1, hour, tzinfo=UTC) for hour in (9, 11))
    row = made(
        models.Meeting, body_id=body.pk, number=number, starts=starts, ends=ends, place=SECRET, state=state,
        link=f"https://{SECRET}.example", secretary=SECRET, adjusted_by=SECRET, adjusted_on=date(2026, 3, 5),
    )  # fmt: skip
    item = made(models.AgendaItem, meeting_id=row.pk, title=SECRET)
    made(models.ItemMinutes, item_id=item.pk, text=SECRET)
    made(models.MeetingDecision, meeting_id=row.pk, number="1", text=SECRET)


def opened(client: Client, name: str, is_open: bool = True) -> None:
    """The secretariat says whether a set is open."""
    row = models.OpenSet.objects.filter(name=name).first()
    posted = {"reason": "Beslut av rådet", "seen": record.seen(row) if row else ""}
    posted |= {"is_open": "on"} if is_open else {}
    answer = client.post(f"/governance/open-data/{name}/", posted)
    assert answer.status_code == 302


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_shut_until_it_is_opened_and_then_the_same_for_all(
    name: str, scene: Everybody, client_for: ClientFor, client: Client
) -> None:
    kansli = client_for(scene.secretariat)

    def seen(path: str) -> tuple[int, str]:
        answer = client.get(path)
        return answer.status_code, TOKEN.sub("", answer.content.decode()).replace(path, "")

    for format_ in ("json", "csv"):
        path, none = f"/open/governance/{name}.{format_}", f"/open/governance/finns-inte.{format_}"
        assert seen(path) == seen(none) and seen(path)[0] == 404
        signed_in = kansli.get(path)
        assert signed_in.status_code == 200 and "public" not in signed_in.headers.get("Cache-Control", "")
        assert client_for(scene.stranger).get(path).status_code == 404
    opened(kansli, name)
    assert client.get(path).content == kansli.get(path).content == signed_in.content
    assert client.get(path).headers["Cache-Control"] == "public, max-age=300"
    opened(kansli, name, is_open=False)
    assert client.get(path).status_code == 404
    assert [one.reason for one in record.changes(models.OpenSet, key_of(name))] == ["Beslut av rådet"] * 2


@pytest.mark.parametrize("name", SETS)
def test_both_formats_have_the_fields_that_are_described_and_nothing_that_is_not_public(
    name: str, scene: Everybody, client_for: ClientFor
) -> None:
    client, one = client_for(scene.registrar), SETS[name]
    as_json = json.loads(client.get(f"/open/governance/{name}.json").content)
    text = client.get(f"/open/governance/{name}.csv").content.decode()
    head, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    names = [field.name for field in one.fields]
    assert as_json and head == names and all(list(row) == names for row in as_json) and len(lines) == len(as_json)
    for row, line in zip(as_json, lines, strict=True):
        assert ["" if value is None else str(value).replace("True", "true") for value in row.values()] == [
            cell.replace("false", "False") for cell in line
        ]
    for field in one.fields:
        assert field.kind in KINDS and str(field.about)
        wanted: Any = TYPES.get(field.kind, str)
        assert all(row[field.name] is None or type(row[field.name]) is wanted for row in as_json), field.name
    for said in (SECRET, "@", *(member.who.name for member in scene.members().values())):
        assert said not in text, said


def test_a_set_as_it_was(scene: Everybody, client_for: ClientFor) -> None:
    client = client_for(scene.registrar)
    for day in ("2020-01-01", "0001-01-01"):
        assert json.loads(client.get(f"/open/governance/fees.json?on={day}").content) == []
    assert len(json.loads(client.get("/open/governance/fees.json?on=nonsense").content)) == 1
    assert "fees-2020-01-01.csv" in client.get("/open/governance/fees.csv?on=2020-01-01").headers["Content-Disposition"]


def test_who_has_it_already_gets_no_second_copy(scene: Everybody, client_for: ClientFor, client: Client) -> None:
    opened(client_for(scene.secretariat), "fees")
    first = client.get("/open/governance/fees.json")
    tag, last = first.headers["ETag"], first.headers["Last-Modified"]
    assert int(first.headers["Content-Length"]) == len(first.content)
    assert client.get("/open/governance/fees.json", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/open/governance/fees.json", headers={"If-Modified-Since": last}).status_code == 304
    assert client.head("/open/governance/fees.json").headers["ETag"] == tag
    fee = models.Fee.objects.get(name="Nacka kommun")
    fee.amount = Decimal("2.00")
    record.save(fee, by=SYSTEM)
    assert client.get("/open/governance/fees.json", headers={"If-None-Match": tag}).status_code == 200


def test_the_catalogue_tells_of_what_is_open_only(
    scene: Everybody, client_for: ClientFor, client: Client, settings: Any
) -> None:
    assert json.loads(client.get("/open/governance/").content)["dcat:dataset"] == []
    opened(client_for(scene.secretariat), "bodies")
    settings.OPEN_DATA_LICENCE = "CC0 1.0"
    found = json.loads(client.get("/open/governance/").content)
    (one,) = found["dcat:dataset"]
    assert one["dcterms:identifier"] == "bodies" and found["dcterms:license"] == "CC0 1.0"
    assert [it["@language"] for it in one["dcterms:title"]] == ["sv", "en"]
    assert found["dcterms:publisher"]["foaf:name"] == "Länsstyrelsen Stockholm"
    for it in one["dcat:distribution"]:
        path = it["dcat:downloadURL"]["@id"].removeprefix(settings.SAMLAD_URL)
        assert client.get(path).status_code == 200


def test_the_page_tells_who_reads_what(scene: Everybody, client_for: ClientFor) -> None:
    kansli, registrar = client_for(scene.secretariat), client_for(scene.registrar)
    opened(kansli, "goals")
    html = registrar.get("/governance/open-data/").content.decode()
    assert html.count(">Öppen för alla<") == 1 and html.count("/open/governance/") >= 2 * len(SETS)
    assert "/governance/open-data/goals/" not in html
    assert "Beslut av rådet" in html  # the history at the foot
    assert "/governance/open-data/goals/" in kansli.get("/governance/open-data/").content.decode()
    assert registrar.get("/governance/open-data/goals/").status_code == 404


def test_nothing_is_opened_without_a_reason(scene: Everybody, client_for: ClientFor) -> None:
    answer = client_for(scene.secretariat).post("/governance/open-data/goals/", {"is_open": "on"})
    assert answer.status_code == 422 and not models.OpenSet.objects.exists()
    assert "checked" in answer.content.decode()


def test_another_sites_page_may_read_what_is_open_and_nothing_else(
    scene: Everybody, client_for: ClientFor, client: Client
) -> None:
    opened(client_for(scene.secretariat), "documents")
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Origin": "https://other.example"}
    answer = client.get("/open/governance/documents.json", headers=elsewhere)
    assert answer.status_code == 200 and answer["Access-Control-Allow-Origin"] == "*"
    assert client_for(scene.secretariat).get("/governance/", headers=elsewhere).status_code == 403

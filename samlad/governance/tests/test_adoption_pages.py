"""Adoption's pages: sending out, where everyone is, recording, the register to take along, as it was on a day."""

import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from samlad.base.clock import now
from samlad.governance.models import AdoptionDecision, Dispatch, Paper, Receiver
from samlad.governance.tests.adoption_scene import decide, make_dispatch, make_version, receiver_of
from samlad.registers.models import Change
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, Member, make_everybody

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


@pytest.fixture
def cast() -> Everybody:
    return make_everybody()


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def test_sending_out_makes_recipients_and_letters_go_when_asked(cast: Everybody, client_for: SignIn) -> None:
    client = client_for(cast.secretariat)
    version = make_version()
    assert "Målbild 1.0" in client.get("/governance/adoption/new/").content.decode()
    sent = {"id": str(uuid4()), "version": str(version.pk), "sent_on": days_ago(1), "reply_by": days_ago(2)}
    refused = client.post("/governance/adoption/new/", sent)
    assert refused.status_code == 409 and "efter den dag" in refused.content.decode()
    made = client.post("/governance/adoption/new/", sent | {"reply_by": days_ago(-200)})
    dispatch = Dispatch.objects.get()
    assert made.status_code == 302 and made["Location"] == f"/governance/adoption/{dispatch.pk}/"
    assert Receiver.objects.count() == 4
    client.post("/governance/adoption/new/", sent | {"reply_by": days_ago(-200)})
    assert Dispatch.objects.count() == 1, "sent twice is saved once"
    page = client.get(made["Location"]).content.decode()
    assert "1 mottagare har inte fått något brev härifrån" in page and "Södertälje" in page
    done = client.post(f"/governance/adoption/{dispatch.pk}/letters/", follow=True).content.decode()
    assert "1 brev är på väg" in done


def test_a_registrar_plans_and_records_with_the_extract(cast: Everybody, client_for: SignIn) -> None:
    nacka = receiver_of(make_dispatch(), "nacka")
    client = client_for(cast.registrar)
    home = f"/governance/adoption/receivers/{nacka.pk}/"
    assert "Väntar på ert beslut" in client.get("/governance/adoption/").content.decode()
    form = client.get(f"{home}plans/").context["form"]
    planned = {"seen": form.initial["seen"], "reference": "KS 2026/7", "planned_body": "Kommunstyrelsen"}
    assert client.post(f"{home}plans/", planned | {"planned_on": days_ago(-5)}).status_code == 302
    proposed = client.get(f"{home}decisions/new/").context["form"].initial
    assert (proposed["reference"], proposed["deciding_body"]) == ("KS 2026/7", "Kommunstyrelsen")
    sent = {
        "id": str(uuid4()), "outcome": "adopted_with_condition", "deciding_body": "Kommunstyrelsen",
        "decided_on": days_ago(3), "paragraph": "§ 90", "reference": "KS 2026/7",
    }  # fmt: skip
    refused = client.post(f"{home}decisions/new/", sent)
    assert refused.status_code == 409 and "ordagrant" in refused.content.decode()
    assert 'value="§ 90"' in refused.content.decode() or 'value="90"' in refused.content.decode()
    wrong = SimpleUploadedFile("beslut.pdf", b"MZ not a pdf")
    bad = client.post(f"{home}decisions/new/", sent | {"condition": "Ett år.", "attached": wrong})
    assert bad.status_code == 409 and AdoptionDecision.objects.count() == 0
    extract = SimpleUploadedFile("beslut.txt", "Kommunstyrelsen beslutar att anta målbilden.".encode())
    done = client.post(f"{home}decisions/new/", sent | {"condition": "Ett år.", "attached": extract})
    assert done.status_code == 302
    decision = AdoptionDecision.objects.get()
    assert (decision.paragraph, decision.on_behalf, Paper.objects.get().of) == ("90", False, decision.pk)
    page = client.get(home).content.decode()
    assert "Antagen med villkor" in page and "beslut.txt" in page and "Ett år." in page
    mine = client.get("/governance/adoption/actors/nacka/").content.decode()
    assert "Inget väntar på beslut" in mine and "eget beslut" in mine


def test_the_register_as_files_and_on_paper(cast: Everybody, client_for: SignIn) -> None:
    dispatch = make_dispatch()
    condition = "=Utvärderas efter ett år, #typst *ordagrant*"
    decide(receiver_of(dispatch, "nacka"), "adopted_with_condition", days_ago(30), condition=condition, paragraph="90")
    client = client_for(cast.chief)
    address = f"/governance/adoption/{dispatch.pk}/"
    page = client.get(address).content.decode()
    assert condition in page and page.count("<svg") > 5 and "1 av 4 har antagit, 3 har inte beslutat än" in page
    assert "Svar senast" in page and "har passerats" not in page
    records = json.loads(client.get(f"{address}?format=json").content)
    (nacka,) = [one for one in records if one["code"] == "nacka"]
    assert (nacka["paragraph"], nacka["days"], nacka["condition"]) == ("90", 70, condition)
    assert "'=Utvärderas" in client.get(f"{address}?format=csv").content.decode()
    assert client.get(f"{address}?format=xlsx").content.startswith(b"PK")
    paper = client.get(f"{address}register.pdf")
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.content)).pages)
    assert "Antaganderegister" in text and "Utvärderas efter ett år" in text and "Södertälje kommun" in text


def test_as_it_was_on_a_day_before_anything_was_recorded(cast: Everybody, client_for: SignIn) -> None:
    dispatch = make_dispatch()
    client = client_for(cast.rsk)
    yesterday = days_ago(1)
    assert client.get(f"/governance/adoption/{dispatch.pk}/?on={yesterday}").status_code == 404
    assert "Inget har skickats ut" in client.get(f"/governance/adoption/?on={yesterday}").content.decode()


def test_as_it_was_before_a_decision_was_recorded(cast: Everybody, client_for: SignIn) -> None:
    dispatch = make_dispatch()
    Change.objects.filter(register__startswith="gov.").update(at=now() - timedelta(days=20))
    made = decide(receiver_of(dispatch, "nacka"), "adopted", days_ago(30))
    client, yesterday = client_for(cast.rsk), days_ago(1)
    address = f"/governance/adoption/{dispatch.pk}/"
    assert "1 av 4 har antagit" in client.get(address).content.decode()
    assert "0 av 4 har antagit" in client.get(f"{address}?on={yesterday}").content.decode()
    then = client.get(f"/governance/adoption/receivers/{made.receiver_id}/?on={yesterday}").content.decode()
    assert "Inget beslut är registrerat" in then and f"?on={yesterday}" in then
    paper = client.get(f"{address}register.pdf?on={yesterday}").content
    assert "0 av 4" in PdfReader(io.BytesIO(paper)).pages[0].extract_text()


def test_others_see_where_everyone_is_but_not_who_was_written_to(cast: Everybody, client_for: SignIn) -> None:
    nacka = receiver_of(make_dispatch(), "nacka")
    page = client_for(cast.liaison).get(f"/governance/adoption/receivers/{nacka.pk}/").content.decode()
    assert "registrator.nacka@" not in page and "Registrera beslut" not in page
    for path in ("plans/", "decisions/new/", "extracts/new/", "change/"):
        for member in (cast.liaison, cast.duty_officer, cast.administrator):
            assert client_for(member).get(f"/governance/adoption/receivers/{nacka.pk}/{path}").status_code == 404


def test_a_decision_is_corrected_and_taken_away(cast: Everybody, client_for: SignIn) -> None:
    made = decide(receiver_of(make_dispatch(), "nacka"), "adopted", days_ago(3))
    client, home = client_for(cast.registrar), f"/governance/adoption/decisions/{made.pk}/"
    form = client.get(f"{home}change/").context["form"]
    given = {name: value for name, value in form.initial.items() if value} | {"paragraph": "12", "reason": "Rätt §"}
    assert client.post(f"{home}change/", given).status_code == 302
    stale = client.post(f"{home}change/", given | {"paragraph": "13"})
    assert stale.status_code == 409 and AdoptionDecision.objects.get().paragraph == "12"
    assert client.post(f"{home}remove/", {"reason": ""}).status_code == 422
    assert client.post(f"{home}remove/", {"reason": "Fel utskick"}).status_code == 302
    history = client.get(f"/governance/adoption/receivers/{made.receiver_id}/").content.decode()
    assert AdoptionDecision.objects.count() == 0 and "Fel utskick" in history and "Rätt §" in history


def test_the_history_is_in_words(cast: Everybody, client_for: SignIn) -> None:
    made = decide(receiver_of(make_dispatch(), "nacka"), "adopted_with_condition", days_ago(3), condition="Ett år.")
    address = f"/governance/adoption/receivers/{made.receiver_id}/"
    history = client_for(cast.registrar).get(address).content.decode().partition("Historik</summary>")[2]
    assert "Antagen med villkor" in history and "adopted_with_condition" not in history
    assert str(made.pk) not in history and str(made.receiver_id) not in history

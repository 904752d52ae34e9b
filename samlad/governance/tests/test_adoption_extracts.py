"""An extract is read, shown beside its passages, and recorded when a person has confirmed it; a proposal never is."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samlad.governance.adoption.doubts import same_actor
from samlad.governance.models import AdoptionDecision, Paper, Receiver, SteeringDocument
from samlad.governance.tests.adoption_scene import make_dispatch, make_version, receiver_of
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, Member, make_everybody

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
HEAD = """Nacka kommun
Kommunstyrelsen
SAMMANTRÄDESPROTOKOLL
Utdrag
Sammanträdesdatum
{day}

§ 90 Dnr KS 2026/171

Gemensam målbild
"""
DECIDED = (
    HEAD
    + """
Kommunstyrelsens beslut
Kommunstyrelsen beslutar att anta gemensam målbild för Samverkan Stockholmsregionen.

Beskrivning av ärendet
Arbetsutskottet har berett ärendet och föreslår att kommunstyrelsen antar målbilden.
"""
)
PROPOSED = """Tjänsteskrivelse
{day}
Nacka kommun
Kommunstyrelsen
Dnr KS 2026/171

Antagande av gemensam målbild

Förslag till beslut
Kommunstyrelsen beslutar att anta gemensam målbild för Samverkan Stockholmsregionen.
"""


@pytest.fixture
def cast() -> Everybody:
    return make_everybody()


def vision() -> SteeringDocument:
    return SteeringDocument.objects.create(
        code="malbild", title="Gemensam målbild", kind="vision", binding="own_decision"
    )


def upload(client: Client, address: str, text: str, name: str = "utdrag.txt") -> str:
    content = text.format(day=today().isoformat()).encode()
    answer = client.post(address, {"attached": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_decision_is_proposed_confirmed_and_kept_with_its_file(cast: Everybody, client_for: ClientFor) -> None:
    nacka = receiver_of(make_dispatch(make_version(document=vision())), "nacka")
    client = client_for(cast.registrar)
    there = upload(client, f"/governance/adoption/receivers/{nacka.pk}/extracts/new/", DECIDED)
    page = client.get(there)
    form, shown = page.context["form"], page.content.decode()
    assert (form.initial["outcome"], form.initial["paragraph"]) == ("adopted", "90")
    assert (form.initial["decided_on"], form.initial["reference"]) == (today(), "KS 2026/171")
    assert form.initial["deciding_body"] == "Kommunstyrelsen" and "Framgår inte av handlingen" in shown
    assert "rad " in shown and AdoptionDecision.objects.count() == 0
    assert client_for(cast.liaison).get(there).status_code == 404, "not confirmed yet: nobody else's to read"
    assert {client.get(f"{there}?proposal={text}").status_code for text in ("00012", "0", "7" * 30, "²")} == {200}
    filled = {name: value for name, value in form.initial.items() if value} | {"paragraph": "91"}
    assert client_for(cast.registrar).post(there, filled).status_code == 302
    decision, paper = AdoptionDecision.objects.get(), Paper.objects.get()
    assert (decision.receiver_id, decision.paragraph, decision.outcome) == (nacka.pk, "91", "adopted")
    assert (paper.of, paper.readers, decision.read_from_id) == (decision.pk, "parties", paper.pk)
    again = client.post(there, filled)
    assert again.status_code == 302 and str(nacka.pk) in again["Location"] and AdoptionDecision.objects.count() == 1
    assert client_for(cast.liaison).get(there).status_code == 404


def test_a_proposal_to_decide_can_not_be_recorded_as_a_decision(cast: Everybody, client_for: ClientFor) -> None:
    nacka = receiver_of(make_dispatch(make_version(document=vision())), "nacka")
    client = client_for(cast.registrar)
    there = upload(client, f"/governance/adoption/receivers/{nacka.pk}/extracts/new/", PROPOSED)
    page = client.get(there)
    assert "inget beslut" in page.content.decode() and "outcome" not in page.context["form"].fields
    filled = {name: value for name, value in page.context["form"].initial.items() if value}
    everything = filled | {"outcome": "adopted", "decided_on": today(), "deciding_body": "Kommunstyrelsen"}
    assert client.post(there, everything).status_code == 302
    nacka = Receiver.objects.get(pk=nacka.pk)
    assert AdoptionDecision.objects.count() == 0
    assert (nacka.planned_body, nacka.reference) == ("Kommunstyrelsen", "KS 2026/171")
    assert Paper.objects.get().readers == "parties"


def test_the_secretariat_reads_what_came_and_chooses_whose_it_is(cast: Everybody, client_for: ClientFor) -> None:
    nacka = receiver_of(make_dispatch(make_version(document=vision())), "nacka")
    client = client_for(cast.secretariat)
    there = upload(client, "/governance/adoption/extracts/", DECIDED)
    form = client.get(there).context["form"]
    assert form.initial["receiver"] == str(nacka.pk)
    assert "utdrag.txt" in client.get("/governance/adoption/extracts/").content.decode()
    filled = {name: value for name, value in form.initial.items() if value}
    assert client.post(there, filled | {"receiver": ""}).status_code == 422
    assert client_for(cast.registrar).get(there).status_code == 404
    assert client_for(cast.secretariat).post(there, filled).status_code == 302
    decision = AdoptionDecision.objects.get()
    assert decision.receiver_id == nacka.pk and decision.on_behalf


def test_a_proposal_that_came_to_the_secretariat_fills_what_is_planned(cast: Everybody, client_for: ClientFor) -> None:
    nacka = receiver_of(make_dispatch(make_version(document=vision())), "nacka")
    nacka.note = "Ringt i maj."
    nacka.save()
    client = client_for(cast.secretariat)
    there = upload(client, "/governance/adoption/extracts/", PROPOSED)
    form = client.get(there).context["form"]
    filled = {name: value for name, value in form.initial.items() if value} | {"receiver": str(nacka.pk)}
    assert client.post(there, filled).status_code == 302
    nacka = Receiver.objects.get(pk=nacka.pk)
    assert (nacka.planned_body, nacka.note, AdoptionDecision.objects.count()) == ("Kommunstyrelsen", "Ringt i maj.", 0)


def test_what_can_not_be_read_is_kept_and_filled_in_by_hand(cast: Everybody, client_for: ClientFor) -> None:
    nacka = receiver_of(make_dispatch(), "nacka")
    client, address = client_for(cast.registrar), f"/governance/adoption/receivers/{nacka.pk}/extracts/new/"
    there = upload(client, address, "Ett kvitto på tolv kanelbullar från i onsdags, tack.")
    assert "Inget att registrera hittades" in client.get(there).content.decode()
    assert client.post(f"{there}remove/").status_code == 302
    assert Paper.objects.count() == 0 and client.get(there).status_code == 404
    for name, content in (("tom.pdf", b""), ("program.pdf", b"MZ\x90\x00" * 40), ("fel.exe", b"MZ" * 40)):
        answer = client.post(address, {"attached": SimpleUploadedFile(name, content)})
        assert answer.status_code == 409 and f"”{name}”" in answer.content.decode()
    assert client.post(address, {}).status_code == 422 and Paper.objects.count() == 0


def test_a_file_that_is_another_actors_says_so_before_anything_is_recorded(
    cast: Everybody, client_for: ClientFor
) -> None:
    nacka = receiver_of(make_dispatch(make_version(document=vision())), "nacka")
    client, address = client_for(cast.registrar), f"/governance/adoption/receivers/{nacka.pk}/extracts/new/"
    theirs = upload(client, address, DECIDED.replace("Nacka kommun", "Ekerö kommun"))
    assert "Filen verkar vara en annan aktörs: ”Ekerö kommun”" in client.get(theirs).content.decode()
    own = upload(client, address, DECIDED.replace("§ 90", "§ 91"))
    assert "Filen verkar" not in client.get(own).content.decode()


@pytest.mark.parametrize(
    ("stated", "names", "same"),
    [
        ("Nacka kommuns", ("Nacka kommun", "Nacka"), True),
        ("Stockholms stad", ("Stockholms stad", "Stockholm"), True),
        ("Länsstyrelsen i Stockholms län", ("Länsstyrelsen Stockholm", "Länsstyrelsen"), True),
        ("Ekerö kommun", ("Nacka kommun", "Nacka"), False),
        ("Region Uppsala", ("Region Stockholm", "Region Stockholm"), False),
    ],
)
def test_whose_a_document_is_is_told_by_telling_words(stated: str, names: tuple[str, str], same: bool) -> None:
    assert same_actor(stated, *names) is same

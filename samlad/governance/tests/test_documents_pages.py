"""The pages of steering documents: what the secretariat records, what all parties read, which files are not taken."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfWriter

from samlad.governance.documents import actions, whom
from samlad.governance.documents.models import DocumentVersion, SteeringDocument, VersionPart, VersionStep
from samlad.governance.models import Paper
from samlad.governance.record import rows, seen
from samlad.governance.tests.library_scene import a_document, a_part, a_step, a_version
from samlad.journal.files import Held
from samlad.registers.models import Change
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, Member

ROOT = "/governance/documents/"
In = Callable[[Member], Client]


def test_the_secretariat_makes_a_document_with_a_version(everybody: Everybody, client_for: In) -> None:
    kansli = client_for(everybody.secretariat)
    answer = kansli.post(
        ROOT + "new/",
        {"title": "Överenskommelse", "code": "overenskommelse", "kind": "agreement", "binding": "own_decision"},
    )
    assert (answer.status_code, answer["Location"]) == (302, ROOT + "overenskommelse/")
    answer = kansli.post(
        ROOT + "overenskommelse/versions/new/", {"number": "1.0", "dated": "2026-01-31", "obtained": "on"}
    )
    version = DocumentVersion.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{ROOT}versions/{version.pk}/")
    page = client_for(everybody.registrar).get(f"{ROOT}versions/{version.pk}/").content.decode()
    assert "Överenskommelse 1.0" in page and "2026-01-31" in page and f"versions/{version.pk}/change/" not in page


def test_a_short_name_that_stands_in_other_addresses_is_refused(everybody: Everybody, client_for: In) -> None:
    sent = {"title": "Nytt", "code": "new", "kind": "agreement", "binding": "own_decision"}
    answer = client_for(everybody.secretariat).post(ROOT + "new/", sent)
    assert answer.status_code == 409 and 'value="Nytt"' in answer.content.decode()
    assert not SteeringDocument.objects.exists()


def test_somebody_else_was_faster(everybody: Everybody, client_for: In) -> None:
    document = a_document()
    stamp = seen(document)
    document.title = "Ändrad av en kollega"
    actions.save_document(document, by=everybody.secretariat.who)
    sent = {"title": "Min", "kind": "agreement", "binding": "own_decision", "seen": stamp, "id": document.pk}
    answer = client_for(everybody.secretariat).post(ROOT + "avtal/change/", sent)
    assert answer.status_code == 409 and "Min" in answer.content.decode()


def test_the_unusual_is_asked_about_once_and_then_saved(everybody: Everybody, client_for: In) -> None:
    version = a_version(a_document())
    kansli, url = client_for(everybody.secretariat), f"{ROOT}versions/{version.pk}/steps/new/"
    sent = {"status": "in_force", "on": "2014-04-01", "source": "PM 2014:61"}
    answer = kansli.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'name="anyway"' in page and "PM 2014:61" in page
    assert not VersionStep.objects.exists()
    assert kansli.post(url, sent | {"anyway": "on"}).status_code == 302
    page = kansli.get(f"{ROOT}versions/{version.pk}/").content.decode()
    assert page.count('class="note warning"') == 2


def test_a_step_that_cannot_be_stays_in_the_form(everybody: Everybody, client_for: In) -> None:
    version = a_version(a_document(), "1.0", ("withdrawn", date(2020, 1, 1)))
    sent = {"status": "draft", "on": "2021-01-01", "note": "Försök igen"}
    answer = client_for(everybody.secretariat).post(f"{ROOT}versions/{version.pk}/steps/new/", sent)
    assert answer.status_code == 409 and "Försök igen" in answer.content.decode()


def test_a_step_is_changed_and_taken_away_with_a_reason(everybody: Everybody, client_for: In) -> None:
    version = a_version(a_document())
    step = a_step(version, "presented", date(2018, 11, 14))
    kansli = client_for(everybody.secretariat)
    sent = {"status": "presented", "on": "2018-11-15", "assumed": "on", "seen": seen(step), "reason": "Fel dag"}
    assert kansli.post(f"{ROOT}steps/{step.pk}/change/", sent).status_code == 302
    step.refresh_from_db()
    assert (step.on, step.assumed) == (date(2018, 11, 15), True)
    assert kansli.post(f"{ROOT}steps/{step.pk}/remove/", {"reason": ""}).status_code == 422
    assert kansli.post(f"{ROOT}steps/{step.pk}/remove/", {"reason": "Aldrig föredragen"}).status_code == 302
    page = kansli.get(f"{ROOT}versions/{version.pk}/").content.decode()
    assert not VersionStep.objects.exists() and "Aldrig föredragen" in page and "Fel dag" in page


def test_what_belongs_to_a_version(everybody: Everybody, client_for: In) -> None:
    whole, part = a_version(a_document()), a_version(a_document("bilaga"), "2.0")
    kansli, url = client_for(everybody.secretariat), f"{ROOT}versions/{whole.pk}/parts/new/"
    assert kansli.post(url, {"part": whole.pk, "relation": "attachment"}).status_code == 422
    assert kansli.post(url, {"part": part.pk, "relation": "attachment"}).status_code == 302
    assert kansli.post(url, {"part": part.pk, "relation": "attachment"}).status_code == 409
    assert "Avtal 1.0" in kansli.get(f"{ROOT}versions/{part.pk}/").content.decode()
    link = VersionPart.objects.get()
    assert kansli.post(f"{ROOT}parts/{link.pk}/remove/", {"reason": "Fel"}).status_code == 302
    assert not VersionPart.objects.exists()


def locked_pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("hemligt")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("tom.pdf", b""), ("last.pdf", locked_pdf()), ("avtal.pdf", b"MZ\x90\x00" + b"\0" * 200), ("program.exe", b"MZ")],
)
def test_a_wrong_file_gets_a_sentence_and_nothing_is_lost(
    everybody: Everybody, client_for: In, name: str, content: bytes
) -> None:
    version = a_version(a_document())
    sent = {"attached": SimpleUploadedFile(name, content), "title": "Avtalet i original"}
    answer = client_for(everybody.secretariat).post(f"{ROOT}versions/{version.pk}/files/new/", sent)
    page = answer.content.decode()
    assert answer.status_code in (409, 422) and "form-errors" in page and "Avtalet i original" in page
    assert not Paper.objects.exists()


def test_a_drafts_files_are_the_secretariats_until_it_is_presented(everybody: Everybody, client_for: In) -> None:
    version = a_version(a_document(), "1.0", ("draft", date(2026, 1, 1)))
    kansli, url = client_for(everybody.secretariat), f"{ROOT}versions/{version.pk}/"
    sent = {"attached": SimpleUploadedFile("utkast.txt", b"Ett utkast."), "title": "", "public": "on"}
    assert kansli.post(url + "files/new/", sent).status_code == 302
    paper = Paper.objects.get()
    registrar = client_for(everybody.registrar)
    assert paper.readers == "keepers" and "utkast.txt" not in registrar.get(url).content.decode()
    assert registrar.get(f"/governance/papers/{paper.pk}/").status_code == 404
    assert kansli.post(url + "steps/new/", {"status": "presented", "on": "2026-02-01"}).status_code == 302
    assert "utkast.txt" in registrar.get(url).content.decode()
    assert registrar.get(f"/governance/papers/{paper.pk}/").status_code == 200
    assert kansli.post(f"{url}files/{paper.pk}/remove/", {"reason": "Fel fil"}).status_code == 302
    assert not Paper.objects.exists()


def test_files_of_what_is_out_are_for_all_parties_or_for_all(everybody: Everybody) -> None:
    version = a_version(a_document(), "1.0", ("out", date(2026, 1, 1)))
    for name, public in (("a.txt", False), ("b.txt", True)):
        held = Held(name, "text/plain", name.encode(), True)
        actions.keep_files([held], of=version.pk, by=everybody.secretariat.who, public=public)
    assert {one.name: one.readers for one in rows(Paper)} == {"a.txt": "parties", "b.txt": "public"}


def test_any_date_answers_what_was_in_force_for_whom(
    everybody: Everybody, client_for: In, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = a_version(a_document(), "1.0", ("in_force", date(2015, 1, 1)), valid_to=date(2018, 12, 31))
    annex = a_version(a_document("bilaga", binding="with_the_whole"), "2.0")
    a_part(version, annex)
    monkeypatch.setattr(whom, "ASKED", [lambda key, day, on: {"nacka": date(2015, 6, 1)} if key == version.pk else {}])
    registrar = client_for(everybody.registrar)
    page = registrar.get(ROOT + "in-force/?day=2016-01-01").content.decode()
    assert "Avtal 1.0" in page and "Bilaga 2.0" in page and "Nacka" in page and "2015-06-01" in page
    assert "Avtal 1.0" not in registrar.get(ROOT + "in-force/?day=2019-01-01").content.decode()
    listed = registrar.get(ROOT + "in-force/?day=2016-01-01&format=json").json()
    assert [(one["document"], one["actors"]) for one in listed] == [("Avtal 1.0", "Nacka"), ("Bilaga 2.0", "")]


@pytest.mark.parametrize("asked", ["i-gar", "2026-02-30", "0000-00-00"])
def test_a_day_that_is_none_gets_a_sentence(everybody: Everybody, client_for: In, asked: str) -> None:
    answer = client_for(everybody.registrar).get(f"{ROOT}in-force/?day={asked}")
    assert answer.status_code == 422 and "form-errors" in answer.content.decode()


@pytest.mark.parametrize("asked", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(everybody: Everybody, client_for: In, asked: str) -> None:
    a_version(a_document(), "1.0", ("in_force", date(2015, 1, 1)), valid_to=date.max)
    assert client_for(everybody.registrar).get(f"{ROOT}in-force/?day={asked}").status_code == 200


def test_the_page_as_it_was(everybody: Everybody, client_for: In) -> None:
    document = a_document(title="Som det hette då")
    a_version(document)
    yesterday = today() - timedelta(days=1)
    Change.objects.update(at=Change.objects.latest("at").at - timedelta(days=2))
    document.title = "Som det heter nu"
    actions.save_document(document, by=everybody.secretariat.who)
    reader = client_for(everybody.registrar)
    for path in ("", "avtal/"):
        assert "Som det heter nu" in reader.get(ROOT + path).content.decode()
        assert "Som det hette då" in reader.get(f"{ROOT}{path}?on={yesterday}").content.decode()
    assert reader.get(f"{ROOT}avtal/?on={yesterday - timedelta(days=5)}").status_code == 404


def test_who_may(everybody: Everybody, client_for: In) -> None:
    version = a_version(a_document())
    for member in (everybody.registrar, everybody.chief, everybody.administrator):
        browser = client_for(member)
        for path in ("new/", "avtal/change/", "avtal/versions/new/", f"versions/{version.pk}/steps/new/"):
            assert browser.get(ROOT + path).status_code == 404
            assert browser.post(ROOT + path, {}).status_code == 404
    assert client_for(everybody.stranger).get(ROOT).status_code == 404


def test_the_list_is_taken_along(everybody: Everybody, client_for: In) -> None:
    a_version(a_document(), "1.0", ("in_force", date(2015, 1, 1)))
    a_version(a_document("bilaga"), "2.0")
    reader = client_for(everybody.chief)
    assert [one["version"] for one in reader.get(ROOT + "?format=json&sort=-version").json()] == ["2.0", "1.0"]
    assert reader.get(ROOT + "?format=xlsx").content[:2] == b"PK"
    assert "Bilaga" in reader.get(ROOT + "?q=bilaga&format=csv").content.decode()

"""Files with a report: attached, shown, fetched by its readers, moved, verified and shredded with it."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from samlad.base.ids import new_id
from samlad.journal import gate, read
from samlad.journal.actions import narrow, shred, widen
from samlad.journal.entries import ALL, Audience, FileAttached
from samlad.journal.models import Operation, Reading, StoredEntry, StoredFile
from samlad.journal.queries import attached
from samlad.journal.tests.papers import jpeg, pdf, png
from samlad.journal.transfer import BadFile, export, load
from samlad.journal.verify import Broken, verify
from samlad.registers.tests.cast import Cast, Member
from samlad.web.tests.scene import snow

ClientFor = Callable[[Member], Client]
PAPER = pdf("Plogning")


def report(*files: tuple[str, bytes], **changes: str) -> dict[str, Any]:
    """The report form as a browser sends it, with files."""
    rows = {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    told = {"id": str(new_id()), "status": "green", "audience": "all", "measures": "Plogning pågår.", "attached": sent}
    return told | rows | changes


def post(client: Client, operation: UUID, sent: dict[str, Any]) -> HttpResponse:
    return client.post(f"/operations/{operation}/reports/new/", sent)  # type: ignore[return-value]


def file_of(operation: UUID, cast: Cast) -> UUID:
    """The one file there is, as its author sees it."""
    [[one]] = attached(operation, cast.liaison.who).values()
    return one.id


def filed(cast: Cast, client_for: ClientFor, *files: tuple[str, bytes], **changes: str) -> tuple[UUID, UUID]:
    """An operation with a report with files, and the report's id."""
    operation = snow(cast)
    sent = report(*(files or (("läge.pdf", PAPER),)), **changes)
    assert post(client_for(cast.liaison), operation, sent).status_code == 302
    return operation, UUID(sent["id"])


def test_a_file_is_shown_and_fetched(cast: Cast, client_for: ClientFor) -> None:
    operation, entry = filed(cast, client_for, ("läge åäö.pdf", PAPER), ("foto.jpg", jpeg()))
    client = client_for(cast.rsk)
    html = client.get(f"/operations/{operation}/reports/{entry}/").content.decode()
    assert "läge åäö.pdf" in html and "foto.jpg" in html
    assert "har inte granskats automatiskt" in html
    assert "2 filer" in client.get(f"/operations/{operation}/reports/").content.decode()
    assert "bifogar en fil" in client.get(f"/operations/{operation}/journal/").content.decode()
    first, _second = attached(operation, cast.rsk.who)[entry]
    answer = client.get(f"/operations/{operation}/files/{first.id}/")
    assert answer.content == PAPER
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''l%C3%A4ge%20%C3%A5%C3%A4%C3%B6.pdf"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_it_is_given_to_those_who_may_read_the_report(cast: Cast, client_for: ClientFor) -> None:
    operation, _entry = filed(cast, client_for, audience="own")
    id = file_of(operation, cast)
    for name, member in cast.members().items():
        wanted = 200 if member.who.actor == cast.liaison.who.actor and member.who.may_read else 404
        if client_for(member).get(f"/operations/{operation}/").status_code != 200:
            wanted = 404
        assert client_for(member).get(f"/operations/{operation}/files/{id}/").status_code == wanted, name


def test_what_is_no_file_and_what_is_not_there_are_the_same(cast: Cast, client_for: ClientFor) -> None:
    operation, entry = filed(cast, client_for)
    client = client_for(cast.rsk)
    for id in (entry, new_id()):
        assert client.get(f"/operations/{operation}/files/{id}/").status_code == 404
    assert client.get(f"/operations/{snow(cast)}/files/{file_of(operation, cast)}/").status_code == 404


def test_it_goes_with_its_report_when_readers_change(cast: Cast, client_for: ClientFor) -> None:
    operation, entry = filed(cast, client_for, audience="own")
    id = file_of(operation, cast)
    client = client_for(cast.rsk)
    widen(by=cast.liaison.who, operation=operation, entry=entry, audience=ALL)
    assert client.get(f"/operations/{operation}/files/{id}/").status_code == 200
    fewer = Audience("actors", (cast.liaison.who.actor,))
    narrow(by=cast.liaison.who, operation=operation, entry=entry, audience=fewer, reason="Fel läsare")
    assert client.get(f"/operations/{operation}/files/{id}/").status_code == 404
    assert client_for(cast.liaison).get(f"/operations/{operation}/files/{id}/").status_code == 200


def test_of_a_marked_report_it_is_noted_who_fetched_it(cast: Cast, client_for: ClientFor) -> None:
    operation, entry = filed(cast, client_for, ground="OSL 18:13", marked_for_all="on")
    id = file_of(operation, cast)
    html = client_for(cast.rsk).get(f"/operations/{operation}/reports/{entry}/").content.decode()
    assert "läge.pdf" not in html and f"/files/{id}/" in html
    answer = client_for(cast.rsk).get(f"/operations/{operation}/files/{id}/")
    assert answer.content == PAPER and "l%C3%A4ge.pdf" in answer.headers["Content-Disposition"]
    assert list(Reading.objects.filter(entry_id=id).values_list("how", "actor")) == [("file", cast.rsk.who.actor)]


def test_sent_twice_it_is_there_once(cast: Cast, client_for: ClientFor) -> None:
    operation, id = snow(cast), str(new_id())
    for _again in range(2):
        assert post(client_for(cast.liaison), operation, report(("a.pdf", PAPER), id=id)).status_code == 302
    assert StoredFile.objects.filter(operation_id=operation).count() == 1
    assert len(attached(operation, cast.liaison.who)[UUID(id)]) == 1


def test_a_file_that_is_not_taken_stops_the_report_and_keeps_its_text(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    answer = post(client_for(cast.liaison), operation, report(("a.pdf", PAPER), ("program.pdf", b"MZ")))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "”program.pdf” är inte det som namnet säger." in html and "Plogning pågår." in html
    assert 'id="id_attached_error"' in html
    assert "X-Samlad-Keep" not in answer.headers
    assert not StoredFile.objects.filter(operation_id=operation).exists()
    assert not StoredEntry.objects.filter(operation_id=operation, kind="picture.report_filed").exists()


def test_a_marked_file_is_refused_and_a_pointer_offered(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    answer = post(client_for(cast.liaison), operation, report(("a.pdf", pdf("HEMLIG", "Objektet"))))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "”a.pdf” är märkt hemlig." in html and f"/operations/{operation}/pointers/new/" in html
    assert "X-Samlad-Keep" not in answer.headers  # the text is the author's to keep
    assert not StoredFile.objects.filter(operation_id=operation).exists()


def test_too_many_files_are_refused(cast: Cast, client_for: ClientFor) -> None:
    answer = post(client_for(cast.liaison), snow(cast), report(*[(f"{n}.png", png()) for n in range(6)]))
    assert answer.status_code == 409 and "Högst 5 filer" in answer.content.decode()


def test_shredding_the_report_deletes_its_files(cast: Cast, client_for: ClientFor) -> None:
    operation, entry = filed(cast, client_for)
    id = file_of(operation, cast)
    shred(by=cast.rsk.who, operation=operation, entries=[entry], ground="GDPR art. 17")
    assert not StoredFile.objects.filter(operation_id=operation).exists()
    assert read.entry(operation, cast.liaison.who, id).payload is None
    assert client_for(cast.liaison).get(f"/operations/{operation}/files/{id}/").status_code == 404
    verify(Operation.objects.get(id=operation))


def test_shredding_a_file_leaves_its_report(cast: Cast, client_for: ClientFor) -> None:
    operation, entry = filed(cast, client_for)
    shred(by=cast.rsk.who, operation=operation, entries=[file_of(operation, cast)], ground="GDPR art. 17")
    assert not StoredFile.objects.filter(operation_id=operation).exists()
    assert read.entry(operation, cast.liaison.who, entry).payload is not None
    assert "läge.pdf" not in client_for(cast.rsk).get(f"/operations/{operation}/reports/{entry}/").content.decode()


def test_verify_tells_a_file_that_is_another_or_gone(cast: Cast, client_for: ClientFor) -> None:
    operation, _entry = filed(cast, client_for)
    row = Operation.objects.get(id=operation)
    assert verify(row)
    StoredFile.objects.filter(operation_id=operation).update(content=b"another")
    with pytest.raises(Broken, match="its file"):
        verify(row)
    StoredFile.objects.filter(operation_id=operation).delete()
    with pytest.raises(Broken, match="its file"):
        verify(row)


def test_an_operation_is_moved_with_its_files(cast: Cast, client_for: ClientFor) -> None:
    operation, _entry = filed(cast, client_for)
    lines, id = list(export(Operation.objects.get(id=operation))), file_of(operation, cast)
    Operation.objects.get(id=operation).delete()
    load(lines)
    assert bytes(StoredFile.objects.get(operation_id=operation, entry_id=id).content) == PAPER


@pytest.mark.parametrize("what", ["without", "another", "twice"])
def test_an_export_with_other_files_is_not_taken_in(cast: Cast, client_for: ClientFor, what: str) -> None:
    operation, _entry = filed(cast, client_for)
    lines = list(export(Operation.objects.get(id=operation)))
    Operation.objects.get(id=operation).delete()
    at = next(number for number, line in enumerate(lines) if '"file":' in line)
    match what:
        case "without":
            del lines[at]
        case "another":
            lines[at] = json.dumps({**json.loads(lines[at]), "content": "aGVq"})
        case _:
            lines.insert(at, lines[at])
    with pytest.raises(BadFile, match="file"):
        load(lines)
    assert not StoredFile.objects.filter(operation_id=operation).exists()


def test_an_export_with_marked_text_is_not_taken_in(
    cast: Cast, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:  # where there is no gate
        elsewhere.setattr(gate, "check", lambda *values, **options: None)
        operation, _entry = filed(cast, client_for, measures="HEMLIG\nObjekt Fjärilen")
    lines = list(export(Operation.objects.get(id=operation)))
    Operation.objects.get(id=operation).delete()
    with pytest.raises(BadFile, match="marked as security-classified"):
        load(lines)
    assert not Operation.objects.filter(id=operation).exists()


def test_the_form_says_what_may_be_attached_before(cast: Cast, client_for: ClientFor) -> None:
    html = client_for(cast.liaison).get(f"/operations/{snow(cast)}/reports/new/").content.decode()
    assert "Högst 5 filer, 10 MB per fil och 20 MB tillsammans." in html
    assert "Bilder och skannade sidor granskas inte automatiskt" in html
    assert 'enctype="multipart/form-data"' in html


def test_the_entry_tells_what_the_file_is(cast: Cast, client_for: ClientFor) -> None:
    operation, entry = filed(cast, client_for)
    told = read.entry(operation, cast.rsk.who, file_of(operation, cast)).payload
    assert isinstance(told, FileAttached)
    assert (told.entry, told.name, told.size, told.examined) == (entry, "läge.pdf", len(PAPER), True)

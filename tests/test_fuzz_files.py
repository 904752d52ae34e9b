"""Files that are sent: spoiled, disguised, with XML that attacks whoever reads it. Each is taken or refused with a
sentence, and what is taken is given back as a file to save, never as a page of ours."""

import re
from dataclasses import replace
from typing import Any, Final

import pytest
from django.db import transaction
from hypothesis import strategies as st

from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.entries import Entry
from samlad.journal.tests.papers import WORD, W, packed, pdf, word
from samlad.web.front import environ_of
from tests.bodies import FIGURES, REPORT
from tests.everything import Everything, address
from tests.fuzz.browser import Answer, Request, ask, connections_open, front, multipart
from tests.fuzz.judge import faults
from tests.fuzz.pages import found
from tests.fuzz.profile import thrown
from tests.fuzz.strings import SECURITY, wire

pytestmark = pytest.mark.django_db
BOMB: Final = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><a>&c;&c;&c;</a>'
READS: Final = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
FETCHES: Final = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>'
INCLUDES: Final = (
    b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>'
)
OTHERS: Final = [file.read_bytes() for file in sorted((SECURITY / "xml").glob("*.xml"))] if SECURITY.is_dir() else []
ATTACKS: Final = [BOMB, READS, FETCHES, INCLUDES, *OTHERS]
PARTS: Final = (
    "word/document.xml",
    "[Content_Types].xml",
    "word/_rels/document.xml.rels",
    "docProps/core.xml",
    "../x.xml",
)
ENDINGS: Final = ("docx", "xlsx", "odt", "pdf", "png", "jpg", "txt", "csv", "svg", "html", "xml", "zip", "exe", "")
GOOD: Final = [
    word(),
    pdf("Plogning"),
    b"Plogning",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"%PDF-1.7",
    b"PK\x03\x04",
]


def field(everything: Everything) -> str:
    """What the report's form calls its file, as the page has it."""
    form = next(form for form in found(everything).forms if form.route == "report_new" and form.multipart)
    return next(one.name for one in form.fields if one.kind == "file")


def in_office(part: str, content: bytes) -> bytes:
    """A Word file with one part replaced."""
    types = f'<Types><Override ContentType="{WORD}"/></Types>'
    body = f"<w:document {W}><w:body/></w:document>"
    return packed({"[Content_Types].xml": types, "word/document.xml": body, part: content})


def spoiled(content: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with some of them changed, or cut off, or more."""
    at = st.integers(0, len(content))
    changed = st.tuples(at, st.binary(min_size=1, max_size=4)).map(
        lambda it: content[: it[0]] + it[1] + content[it[0] + 1 :]
    )
    return st.one_of(changed, at.map(lambda end: content[:end]), wire.map(lambda more: content + more))


contents: Final = st.one_of(
    st.sampled_from(GOOD).flatmap(spoiled),
    st.sampled_from([*GOOD, *ATTACKS]),
    st.tuples(st.sampled_from(PARTS), st.sampled_from(ATTACKS)).map(lambda it: in_office(*it)),
    wire,
)
names: Final = st.tuples(wire, st.sampled_from(ENDINGS)).map(lambda it: it[0][:200] + b"." + it[1].encode())
plain: Final = st.sampled_from(ENDINGS).map(lambda it: f"karta.{it}".encode())


def sent(everything: Everything, name: bytes, content: bytes, kind: bytes) -> Request:
    """A report with a file."""
    told: dict[str, Any] = {"id": new_id(), **REPORT, **FIGURES}
    pairs = [(key.encode(), str(value).encode()) for key, value in told.items()]
    head, body = multipart(pairs, [(field(everything).encode(), name, kind, content)])
    path = address("report_new", everything.names()).encode()
    return Request("report_new", path, "POST", body, {"content-type": head}, everything.sessions["duty_officer"])


def attached(everything: Everything) -> set[Entry]:
    """The entries of files that there are."""
    who = everything.cast.duty_officer.who
    kinds = frozenset({"journal.file_attached"})
    return {entry for _number, entry in read.entries(everything.operation, who, kinds=kinds)}


def test_any_file(everything: Everything) -> None:
    kinds = st.sampled_from([b"text/html", b"image/svg+xml", b"application/pdf", b"", b"multipart/form-data"]) | wire

    @thrown(st.tuples(names | plain, contents, kinds), few=10)
    def throw(drawn: tuple[bytes, bytes, bytes]) -> None:
        request = sent(everything, *drawn)
        assert faults(request, ask(request)) == []

    throw()


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_xml_that_attacks_is_not_taken(attack: bytes, everything: Everything) -> None:
    for part in PARTS[:4]:
        request = sent(everything, b"karta.docx", in_office(part, attack), b"")
        answer = ask(request)
        assert faults(request, answer) == []
        assert "root:" not in answer.text
        assert answer.status == 409 or not (b"<!DOCTYPE" in attack or b"<!ENTITY" in attack)


def test_what_is_taken_comes_back_as_a_file_to_save(everything: Everything) -> None:
    def check(name: bytes, content: bytes) -> int:
        before = attached(everything)
        with transaction.atomic(), connections_open():
            request = sent(everything, name, content, b"text/html")
            front().run(environ_of(request.scope(), request.body), lambda message: None)
            fresh = attached(everything) - before
            for entry in fresh:
                path = address("file", everything.names() | {"file": entry.id}).encode()
                given_back(ask(replace(request, route="file", target=path, method="GET", body=b"", headers={})))
            transaction.set_rollback(True)
        return len(fresh)

    @thrown(st.tuples(names, st.sampled_from([b"<script>xq7()</script>", b"=1+1;2", b"Plogning", word()])), few=5)
    def throw(drawn: tuple[bytes, bytes]) -> None:
        check(*drawn)

    throw()
    assert check(b"karta.txt", b"Plogning") == 1


def given_back(answer: Answer) -> None:
    """A file that no browser shows as a page of ours."""
    assert answer.status == 200
    assert answer.header("content-disposition").startswith("attachment")
    assert answer.header("content-security-policy").startswith("sandbox")
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.kind not in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml")
    assert not re.search(r"[\r\n\0]", "".join(name + value for name, value in answer.headers))

"""All papers as one PDF: page numbers that are right, bookmarks, pages of all sizes, and files that can't be opened."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from samlad.governance.bodies import actions, pack
from samlad.governance.bodies.meeting_views import lines_of
from samlad.governance.bodies.models import Body, Meeting
from samlad.governance.models import PaperContent
from samlad.governance.tests.bodies_scene import a_body, a_meeting, a_pdf, an_item, held
from samlad.registers.tests.cast import Everybody


def packed(body: Body, meeting: Meeting) -> tuple[PdfReader, list[str]]:
    reader = PdfReader(BytesIO(pack.packed(body, meeting, lines_of(meeting))))
    return reader, [page.extract_text() for page in reader.pages]


def with_papers(cast: Everybody, *files: tuple[str, bytes, str]) -> tuple[Body, Meeting]:
    body = a_body(cast)
    meeting = a_meeting(cast, body)
    for name, content, media_type in files:
        item = an_item(cast, meeting, f"Punkt om {name}")
        actions.add_papers(item, [held(name, content, media_type)], title="", by=cast.secretariat.who)
    return body, meeting


def test_the_numbers_on_the_agenda_are_where_the_papers_are(everybody: Everybody) -> None:
    pdf = "application/pdf"
    body, meeting = with_papers(everybody, ("a.pdf", a_pdf(3), pdf), ("b.pdf", a_pdf(2), pdf))
    reader, texts = packed(body, meeting)
    assert len(texts) == 6
    assert "a.pdf, sida 2" in texts[0] and "b.pdf, sida 5" in texts[0]
    assert [text.strip() for text in texts[1:]] == [f"sida {number} / 6" for number in range(2, 7)]
    marks = [one for one in reader.outline if not isinstance(one, list)]
    assert [(one.title, reader.get_destination_page_number(one)) for one in marks] == [
        ("Dagordning", 0), ("1. Punkt om a.pdf", 1), ("2. Punkt om b.pdf", 4),
    ]  # fmt: skip


def test_an_agenda_of_many_pages_counts_itself(everybody: Everybody) -> None:
    body = a_body(everybody)
    meeting = a_meeting(everybody, body)
    for number in range(40):
        item = an_item(everybody, meeting, f"Punkt {number}", text="En lång beskrivning. " * 20)
    actions.add_papers(item, [held("sist.pdf", a_pdf(1))], title="Sist", by=everybody.secretariat.who)
    _reader, texts = packed(body, meeting)
    assert len(texts) > 4
    assert f"Sist, sida {len(texts)}" in "".join(texts).replace("\n", " ")


def test_what_cannot_be_merged_is_told_with_why(everybody: Everybody) -> None:
    body, meeting = with_papers(
        everybody,
        ("tabell.xlsx", b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("låst.pdf", a_pdf(password="hemligt"), "application/pdf"),
        ("skadad.pdf", b"%PDF-1.4 inget mer", "application/pdf"),
        ("borta.pdf", a_pdf(), "application/pdf"),
        ("hel.pdf", a_pdf(), "application/pdf"),
    )
    PaperContent.objects.filter(paper__name="borta.pdf").delete()
    _reader, texts = packed(body, meeting)
    cover = texts[0].replace("\n", " ")
    assert len(texts) == 2 and "hel.pdf, sida 2" in cover
    for told in (
        "ingen PDF: hämtas för sig",
        "skyddad med lösenord",
        "skadad, går inte att öppna",
        "filen finns inte kvar",
    ):
        assert told in cover


def test_turned_and_wide_pages_are_numbered_upright(everybody: Everybody) -> None:
    pdf = "application/pdf"
    files = [(f"{turned}.pdf", a_pdf(1, 842, 595, turned), pdf) for turned in (0, 90, 180, 270)]
    body, meeting = with_papers(everybody, *files)
    reader, texts = packed(body, meeting)
    assert [text.strip() for text in texts[1:]] == [f"sida {number} / 5" for number in range(2, 6)]
    assert [page.rotation for page in reader.pages] == [0] * 5
    sizes = [(round(page.cropbox.width), round(page.cropbox.height)) for page in reader.pages][1:]
    assert sizes == [(842, 595), (595, 842), (842, 595), (595, 842)]


def test_too_long_is_left_out_with_why(everybody: Everybody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "MOST_PAGES", 3)
    pdf = "application/pdf"
    files = (("a.pdf", a_pdf(2), pdf), ("b.pdf", a_pdf(2), pdf), ("c.pdf", a_pdf(1), pdf))
    _reader, texts = packed(*with_papers(everybody, *files))
    assert len(texts) == 4 and "för lång för samlingen (2 sidor)" in texts[0].replace("\n", " ")


def test_nothing_typed_is_read_as_markup(everybody: Everybody, client: Client) -> None:
    body = a_body(everybody)
    meeting = a_meeting(everybody, body, place="#sys.exit $x$ *fet*")
    an_item(everybody, meeting, "= Rubrik #let x = 1")
    client.force_login(everybody.registrar.person)
    answer = client.get(f"/governance/bodies/meetings/{meeting.pk}/papers.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "#sys.exit $x$ *fet*" in text and "= Rubrik #let x = 1" in text

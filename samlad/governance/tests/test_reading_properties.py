"""What holds for any text: reading never fails, every passage stands in the text, page headers change nothing."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlad.governance.reading import Found, Proposal, Reading, read_text
from samlad.governance.tests.test_reading_forms import FORMS, load

FRAGMENTS = (
    "§ 12", "§ 13 Gemensam målbild", "Dnr KS 2019/12", "KS19/80", "Kommunstyrelsens beslut", "Förslag till beslut",
    "Kommunstyrelsen antar målbilden.", "föreslår att kommunstyrelsen", "enligt förvaltningens förslag", "antas",
    "beslutar att", "Avsiktsförklaring om samverkan", "överens-", "kommelse", "Beslutet skickas till",
    "Länsstyrelsen", "Bilagor", "1. Bilaga.pdf", "2019-03-19", "den 2 april 2014", "Sammanträdesdatum",
    "Sida 3 (12)", "Justerandes sign", "Protokollsutdrag", "Tjänsteutlåtande", "med tillägget att den utvärderas",
    "till handlingarna", "återremitteras", "avslås", "\f", "\n", "\n\n", "\r\n", "   ", "\u00ad", "\u00a0",
    "a\u030a", "ﬁ", "Nacka kommun", "x@ekero.se", "...", "….", "-", "§", "(", "2OI9-03-ll", "Undertecknad", "\x0b",
    "\u2028",
)  # fmt: skip
PAPERS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=60).flatmap(
    lambda parts: st.sampled_from(["\n", " ", "\n\n", "\r\n", ""]).map(lambda between: between.join(parts))
)
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def passages(value: Any) -> Iterator[Found]:
    """Every thing that was found, wherever it hangs."""
    if isinstance(value, Found):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from passages(one)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from passages(getattr(value, name))


def check(text: str, reading: Reading) -> None:
    """Every passage stands where it is said to stand."""
    for found in passages(reading):
        assert text[found.start : found.start + len(found.passage)] == found.passage
        assert found.line == 1 + len(re.findall(r"\r\n|\n|\r", text[: found.start]))
        assert found.page == 1 + text[: found.start].count("\f")
        assert found.passage.strip() and found.value


@given(PAPERS)
@QUIET
def test_any_text_is_read(text: str) -> None:
    check(text, read_text(text))


@given(st.text(max_size=400))
@QUIET
def test_arbitrary_characters_are_read(text: str) -> None:
    paper = text + " beslut Dnr målbild § 1"
    check(paper, read_text(paper, titles=[text[:20]]))


def changed(text: str, how: str) -> str:
    """A document as other programs would have written it."""
    if how == "decomposed":
        return unicodedata.normalize("NFD", text)
    if how == "windows":
        return text.replace("\n", "\r\n")
    if how == "hard spaces":
        return text.replace(" ", "\u00a0")
    return re.sub(r"([a-zåäö]{4})([a-zåäö]{4})", "\\1\u00ad\\2", text)


def shown(reading: Reading) -> Any:
    """What was read, without where."""

    def bare(value: Any) -> Any:
        if isinstance(value, Found):
            return value.value, value.sure
        if isinstance(value, tuple):
            return tuple(bare(one) for one in value)
        if isinstance(value, msgspec.Struct):
            return {name: bare(getattr(value, name)) for name in value.__struct_fields__}
        return value

    return bare(reading)


@pytest.mark.parametrize("how", ["decomposed", "windows", "hard spaces", "soft hyphens"])
@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_how_the_text_was_written_down_changes_nothing(file: Path, how: str) -> None:
    text = load(file)[1]
    again = changed(text, how)
    reading = read_text(again)
    check(again, reading)
    assert shown(reading) == shown(read_text(text))


HEADER = (
    "\n\nUtdragsbestyrkande\n\fExempelstads förvaltning                  Sida {page} (9)\nPostadress 123 45 Orten\n\n"
)
DECISION = ("outcome", "status", "condition", "paragraph", "dnr", "deciding_body", "kind")


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_page_headers_in_the_middle_change_no_decision(file: Path) -> None:
    lines = load(file)[1].splitlines()
    before = read_text("\n".join(lines))
    for step in (7, 11):
        with_pages = "".join(
            line + (HEADER.format(page=2 + at // step) if at and at % step == 0 else "\n")
            for at, line in enumerate(lines)
        )
        after = read_text(with_pages)
        check(with_pages, after)
        for one, other in zip(before.proposals, after.proposals, strict=True):
            assert decided(other) == decided(one)


def decided(proposal: Proposal) -> dict[str, str]:
    """What a proposal says of the decision."""
    told = {name: getattr(proposal, name) for name in DECISION}
    return {name: found.value for name, found in told.items() if found}


def test_titles_of_the_caller_choose_among_the_items() -> None:
    text = (
        "Protokoll\nKommunstyrelsen 2021-05-04\n\n§ 1 Handlingsplan för vattenbrist\nBeslut\nKommunstyrelsen antar"
        " handlingsplanen.\n\n§ 2 Avtal om lokaler\nBeslut\nKommunstyrelsen godkänner avtalet.\n"
    )
    assert read_text(text).notes == ("no_matching_item",)
    proposal = read_text(text, titles=["Handlingsplan för vattenbrist"]).proposals[0]
    assert proposal.paragraph is not None and proposal.paragraph.value == "1"


def test_three_hundred_pages_are_read_at_once() -> None:
    first = load(FORMS[0])[1]
    more = "".join(
        f"§ {number} Yttrande över förslag {number}\nBeslut\nKommunstyrelsen godkänner förslaget.\nÄrendet\n"
        + "Kontoret har lämnat en uppföljning som visar att avvikelserna är små.\n" * 45
        + f"Justerandes sign\f NYNÄSHAMNS KOMMUN   {number} (500)\n"
        for number in range(200, 500)
    )
    reading = read_text(first + more)
    assert len(reading.proposals) == 1

"""What changed, in a line; who reads it; and each kind of entry as a line."""

from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from samlad.base.clock import now
from samlad.journal import read
from samlad.journal.entries import exactly
from samlad.journal.kinds import get
from samlad.journal.queries import basics
from samlad.journal.wording import readers
from samlad.picture.changes import Change
from samlad.picture.entries import Figure, ReportFiled
from samlad.picture.panels import actor_rows
from samlad.picture.queries import picture
from samlad.picture.tests.scene import TO_BOARD, filed, published, snow, taken
from samlad.picture.wording import first_words, short
from samlad.registers.tests.cast import Cast

CHANGES = (
    Change("status", "status", "yellow", "red"),
    Change("changed", "consequences", "a", "b"),
    Change("changed", "measures", "a", "b"),
    Change("added", "needs", "", "b"),
    Change("revised", "cum_cases", "106", "103"),
    Change("figure", "Kunder", "1", "2"),
    Change("figure", "Nya", "", "2"),
    Change("silent", "Döda", "2"),
)


def test_a_line_in_either_language() -> None:
    with translation.override("sv"):
        assert short(CHANGES) == "Röd från gul · cum_cases 106 → 103 (reviderat) · 5 till"
        assert short(CHANGES, 9).endswith(
            "Ändrat: konsekvenser, åtgärder · Nytt: behov · Kunder 1 → 2 · Nya 2 · Döda anges inte längre"
        )
        assert short(()) == ""
        assert short([Change("status", "status", "unstated", "green")]) == "Grön från utan status"
    with translation.override("en"):
        assert short(CHANGES) == "Red from yellow · cum_cases 106 → 103 (revised) · 5 more"


def test_first_words() -> None:
    figure = Figure("Fall", Decimal(3), "st")
    assert (
        first_words(ReportFiled("red", now(), measures="Plogar.", consequences="Snö\n\növerallt.")) == "Snö överallt."
    )
    assert first_words(ReportFiled("unstated", now(), figures=(figure,))) == "Fall 3 st"
    assert first_words(ReportFiled("red", now(), event="ord " * 100)).endswith(" …")
    assert first_words(ReportFiled("red", now())) == ""


@pytest.mark.parametrize("text", ["all", "public", "own:nacka", "actors:nacka,sodertalje", "level:inriktande"])
def test_an_audience_comes_back_the_same(text: str) -> None:
    assert exactly(text).text("solna") == text


def test_readers_in_words(cast: Cast) -> None:
    state = basics(snow(cast), cast.rsk.who)
    with translation.override("sv"):
        assert readers("own:nacka", state) == "bara Nacka"
        assert readers("all", state) == "alla deltagande aktörer och observatörer"


def test_every_kind_has_a_line(cast: Cast) -> None:
    operation, by = snow(cast), cast.picture_lead.who
    report = filed(cast.liaison.who, operation, consequences="<b>Snö</b>", audience=TO_BOARD)
    filed(cast.rsk.who, operation, actor="nacka", consequences="Ringde.", source="TiB")
    taken(by, operation, "Snö.", report)
    published(by, operation)
    shown: dict[str, str] = {}
    for _number, entry in read.entries(operation, by):
        if entry.kind.startswith("picture."):
            state = basics(operation, by)
            context: dict[str, Any] = {"entry": entry, "payload": entry.payload, "basics": state}
            template = get(entry.kind, entry.version).shown
            shown[entry.kind] = render_to_string(template, context | {"name": state.short(entry.actor)})
    assert "förmedlat av Länsstyrelsen" in shown["picture.report_filed"]
    assert "<b>Snö" not in "".join(shown.values()) and "nummer 1" in shown["picture.published"]
    assert (
        "took" not in "".join(shown.values())
        and "tog in en uppgift från Södertälje" in shown["picture.statement_taken"]
    )


def test_rows_for_other_pages(cast: Cast) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, minutes=5, status="yellow", consequences="Snö.")
    report = filed(cast.liaison.who, operation, status="red", consequences="Snö.")
    with translation.override("sv"):
        rows = {row.actor: row for row in actor_rows(picture(operation, cast.rsk.who), basics(operation, cast.rsk.who))}
    row = rows["sodertalje"]
    assert (row.status, row.changes, row.report, row.conveyor) == ("red", "Röd från gul", report, "")
    assert rows["nacka"].status is None and next(iter(rows)) == "nacka"

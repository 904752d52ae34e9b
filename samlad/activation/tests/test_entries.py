"""How this room's entries, and the journal's own, are shown in a line."""

from django.utils.translation import override

from samlad.activation.actions import acknowledge, set_levels
from samlad.activation.tests.scene import alarm, close
from samlad.journal.actions import shred
from samlad.journal.queries import basics
from samlad.journal.read import entries
from samlad.journal.shown import shown
from samlad.registers.tests.cast import Cast


def test_each_kind_says_who_did_what(cast: Cast) -> None:
    operation = alarm(cast, what="Rök <b>", kind="exercise")
    told = acknowledge(by=cast.liaison.who, operation=operation, affected="yes", note="Vi <i>plogar</i>.")
    set_levels(by=cast.rsk.who, operation=operation, mode="activated", levels=("inriktande",), reason="Värre.")
    shred(by=cast.rsk.who, operation=operation, entries=[told.id], ground="GDPR art. 17")
    close(cast, operation)
    state = basics(operation, cast.rsk.who)
    with override("sv"):
        lines = {entry.kind: shown(entry, state, "sv") for _number, entry in entries(operation, cast.rsk.who)}
    expected = {
        "journal.opened": "<b>Nacka</b> öppnade övningen ”Rök &lt;b&gt;, hela länet”, med 4 aktörer",
        "activation.raised": "<b>Nacka</b> larmade: Rök &lt;b&gt;, hela länet",
        "activation.levels_set": "<b>Länsstyrelsen</b> satte aktiverat läge, nivåer i arbete: inriktande",
        "journal.shredded": '<b>Länsstyrelsen</b> gallrade 1 post: <span class="text">GDPR art. 17',
        "journal.closed": '<b>Länsstyrelsen</b> avslutade händelsen: <span class="text">Det är över.',
        "activation.acknowledged": "borta för alltid",
    }
    for kind, text in expected.items():
        assert text in lines[kind], (kind, lines[kind])


def test_an_answer_says_reached_and_affected(cast: Cast) -> None:
    operation = alarm(cast)
    acknowledge(by=cast.liaison.who, operation=operation, affected="no", note="Vi <i>plogar</i>.")
    with override("sv"):
        line = shown(entries(operation, cast.rsk.who)[-1][1], basics(operation, cast.rsk.who), "sv")
    assert "<b>Södertälje</b> är nådd:" in line and "Ej berörd" in line and "Vi &lt;i&gt;plogar&lt;/i&gt;." in line

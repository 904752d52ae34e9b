"""How the entries of a call are shown in a line of the journal."""

from uuid import UUID

from django.test import Client
from django.utils.translation import override

from samlad.activation.actions.board import called_by_hand, name_stand_in, resend
from samlad.activation.tests.calls import call_out, happened, link, operation_of
from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.queries import basics
from samlad.journal.shown import shown
from samlad.journal.who import SYSTEM
from samlad.registers.tests.cast import Cast


def lines(operation: UUID) -> dict[str, str]:
    """The latest line of each kind."""
    with override("sv"):
        state = basics(operation, SYSTEM)
        return {it.kind: shown(it, state, "sv") for _n, it in read.entries(operation, SYSTEM)}


def test_each_says_what_happened(cast: Cast) -> None:
    call = call_out(cast)
    operation, by = operation_of(call), cast.rsk.who
    sent = ("handed", "x", "sms", ""), ("failed", "x", "email", "unreachable"), ("by_hand", "", "", "")
    happened(call, "nacka", *sent)
    Client().post(link(call, cast.liaison), {"id": str(new_id()), "option": "comes", "attends": "Chefen <b>"})
    Client().post(link(call, cast.liaison), {"id": str(new_id()), "option": "not"})
    resend(by=by, operation=operation, call=call, actors=["nacka"], id=new_id())
    called_by_hand(by=by, operation=operation, call=call, actor="nacka", reached=True, spoke_with="Växeln",
                   affected="no", id=new_id())  # fmt: skip
    name_stand_in(by=by, operation=operation, call=call, actor="nacka", name="Vakthavande", reason="Sjuk", id=new_id())
    expected = {
        "activation.called_out": "Konferens: Snöoväder",
        "activation.calling_told": "1 meddelande lämnat, <strong>1 gick inte att lämna</strong>, ring för hand: Nacka",
        "activation.acknowledged": "deltar i konferensen: Chefen &lt;b&gt;",
        "activation.answer_noted": "Södertälje, hade redan svarat",
        "activation.called_by_hand": "fick tag i per telefon: Nacka, Växeln",
        "activation.stand_in_named": "utsåg ersättare för Nacka: Vakthavande",
    }
    got = lines(operation)
    for kind, text in expected.items():
        assert text in " ".join(got[kind].split()), (kind, got[kind])
    assert "activation.call_resent" in got
    assert "e-post" in got["activation.calling_told"] and "<details" in got["activation.calling_told"]

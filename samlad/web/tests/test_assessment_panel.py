"""The front page says how the first assessment and the call-out stand, live and as it was."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
from django.test import Client

from samlad.activation.actions import acknowledge, assess, stand_down, tell_calling
from samlad.activation.calling_out import assessing, proposal
from samlad.activation.entries.trigger import Assessed, Outcome
from samlad.activation.queries import activation
from samlad.activation.tests.scene import alarm
from samlad.base.clock import now
from samlad.journal import read
from samlad.journal.queries import basics
from samlad.notify import ladder
from samlad.notify.clock import shift
from samlad.registers.models import Seat
from samlad.registers.tests.cast import Cast, Member, make_member
from samlad.web.front_page import regions

ClientFor = Callable[[Member], Client]


def panel(cast: Cast, operation: Any, at: int) -> str:
    """The region as the stream sends it to the coordinator."""
    return regions(operation, cast.rsk.who, {}, at)["assessment"]


def decide(cast: Cast, operation: Any, outcome: Outcome) -> None:
    """Assess with what is prepared, and call two."""
    who = cast.rsk.who
    call = proposal(outcome, basics(operation, who), activation(operation, who), who, now())
    if call:
        call = msgspec.structs.replace(call, actors=("nacka", "sodertalje"))
    latest = assessing(operation, who).latest
    told = Assessed(outcome, grounds="Prov.")
    assess(by=who, operation=operation, told=told, call=call, replaces=latest.id if latest else None)


def later(cast: Cast, operation: Any, seconds: int) -> str:
    """The region when so many seconds have passed and the journal knows it."""
    shift(timedelta(seconds=-seconds))
    while ladder.climb():
        pass
    tell_calling()
    return panel(cast, operation, read.position(operation, cast.rsk.who))


def test_nobody_has_assessed_until_somebody_has(cast: Cast, client_for: ClientFor) -> None:
    make_member("rsk.ersattare", "RSK ersättare", "lansstyrelsen-stockholm", "rsk", deputy=True)
    operation = alarm(cast)
    html = later(cast, operation, 0)
    assert "Ingen bedömning på" in html and "Bedöm och kalla" in html
    assert "Bedöm och kalla" not in client_for(cast.liaison).get(f"/operations/{operation}/").content.decode()
    assert "RSK och TiB är påminda" in later(cast, operation, 301)
    assert "ersättarna är larmade" in later(cast, operation, 300)
    before = read.position(operation, cast.rsk.who)
    decide(cast, operation, "conference")
    html = later(cast, operation, 0)
    assert "Konferens på samordnande nivå" in html and "Kallelse: 0 av 2 nådda" in html
    acknowledge(by=cast.duty_officer.who, operation=operation, affected="yes")
    assert "Kallelse: 1 av 2 nådda" in later(cast, operation, 0)
    assert "Ingen bedömning på" in panel(cast, operation, before)  # as it was


def test_an_outcome_that_calls_nobody(cast: Cast) -> None:
    operation = alarm(cast)
    decide(cast, operation, "none")
    html = panel(cast, operation, 3)
    assert "Ingen åtgärd" in html and "nådda" not in html


def test_everybody_was_called(cast: Cast) -> None:
    Seat.objects.filter(role="rsk").delete()
    operation = alarm(cast)
    assert "alla kallades direkt" in panel(cast, operation, 3)


def test_what_is_over_asks_for_nothing(cast: Cast) -> None:
    operation = alarm(cast)
    stand_down(by=cast.rsk.who, operation=operation, reason="Över.")
    assert "Ingen bedömning" not in panel(cast, operation, 3)

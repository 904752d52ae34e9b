"""How the first assessment and the latest call-out stand, as a live region of the operation's front page."""

from samlad.activation.asked import calls_of
from samlad.activation.calling_out import assessing
from samlad.activation.rules import can_assess
from samlad.journal.live import Region, rendered
from samlad.journal.page import OperationPage
from samlad.journal.who import Who


def assessment_region(page: OperationPage, who: Who, language: str) -> Region:
    """The region; empty where nothing was asked, as in ordinary mode or where it was read in."""
    operation, at, basics = page.operation.id, page.at or page.position, page.basics
    state = assessing(operation, who, at)
    latest = state.latest
    alive = not basics.closed_at and not basics.replayed and basics.kind != "ordinary"
    calls = [one for one in calls_of(operation, who, at).calls.values() if one.called.purpose == "call_out"]
    call = next((one for one in reversed(calls) if one.withdrawn_at is None), None)
    reached = sum(one.reached_at is not None for one in call.actors.values()) if call else 0
    return rendered(
        "activation/assessment_panel.html",
        language,
        operation=operation,
        as_of=page.as_of,
        waiting=alive and latest is None and state.asked_at is not None,
        asked_at=state.asked_at,
        again=state.asked_again[-1][1] if state.asked_again else "",
        everybody=latest is None and call is not None,
        outcome=latest.told.outcome if latest and not basics.closed_at else "",
        assessed_by=basics.short(latest.actor) if latest else "",
        assessed_at=latest.at if latest else None,
        called=(len(call.actors), reached) if call else None,
        may=page.at is None and can_assess(who, basics),
    )

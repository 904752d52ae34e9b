"""The live regions of the calling board: a row for each actor, and what they add up to."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from django.utils.translation import get_language

from samlad.activation.asked import calls_of
from samlad.activation.board import SHOWN, Board, board
from samlad.activation.calling_fold import Calling, CallOut
from samlad.journal.live import LivePage, rendered
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.who import Who


def chosen(calling: Calling, wanted: str) -> CallOut | None:
    """The call that is asked for, else the latest; None where nobody has been called."""
    by_id = {id.hex: call for id, call in calling.calls.items()}
    latest = next(reversed(by_id.values()), None)
    return by_id.get(wanted.replace("-", ""), latest)


def board_of(page: OperationPage, call: CallOut, *, named: bool = True) -> Board:
    """The board of a call at the moment that a page shows."""
    return board(call, page.basics, page.moment, named=named)


def regions_of(page: OperationPage, call: CallOut, found: Board, show: str) -> dict[str, str]:
    """The HTML of every live region."""
    language, operation = get_language() or "sv", page.operation.id
    common = {"operation": operation, "as_of": page.as_of, "call": call.id}
    html: dict[str, str] = {
        "calling-summary": rendered(
            "activation/calling/summary.html",
            language,
            reached=found.reached,
            asked=found.asked,
            median=found.median,
            attending=len(found.attending),
            since=call.at,
            purpose=call.called.purpose,
            times=call.called.times,
            withdrawn_at=call.withdrawn_at,
            **common,
        ),
        "calling-hand": rendered("activation/calling/hand.html", language, rows=found.by_hand, **common),
        "calling-down": rendered("activation/calling/down.html", language, down=found.down, **common),
        "calling-attendance": rendered(
            "activation/calling/attendance.html", language, rows=found.attending, asked=found.asked, **common
        ),
    }
    for row in found.rows:
        shown = row.shown_among(show)
        html[f"call-{row.code}"] = rendered("activation/calling/row.html", language, row=row, shown=shown, **common)
    return html


def regions(operation: UUID, who: Who, params: Mapping[str, str], at: int) -> dict[str, str]:
    """The live regions at the reader's position: what the stream sends."""
    page = operation_page(operation, who, {"at": str(at)})
    if not page.basics.replayed:
        page = msgspec.structs.replace(page, as_of=None)  # an open page counts from now
    call = chosen(calls_of(operation, who, at), params.get("call", ""))
    if call is None:
        return {}
    show = params.get("show", "")
    return regions_of(page, call, board_of(page, call), show if show in SHOWN else "all")


LIVE_PAGES = (LivePage("calling", regions),)

"""The first page: what is going on, what one's actor is called to, and the green button."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samlad.activation.calling_out import assessing
from samlad.activation.queries import activation
from samlad.activation.rules import can_assess, can_raise
from samlad.governance.front.home import governance_only, waiting_count
from samlad.journal.models import Operation
from samlad.journal.operations import readable
from samlad.journal.queries import basics
from samlad.journal.who import Who
from samlad.learning.drill_rules import may_plan, may_see_report
from samlad.learning.models import Drill
from samlad.picture.queries import picture
from samlad.registers.http import Request
from samlad.registers.seats_lost import whom_to_ask

CLOSED_SHOWN = 10


@require_safe
def home(request: Request) -> HttpResponse:
    """GET /: open operations first, then the latest closed ones. A registrar comes to the page of their actor."""
    if governance_only(request.who):
        return redirect("governance")
    operations = readable(request.who)
    opened = [card(operation, request.who) for operation in operations.filter(closed_at=None)]
    over = operations.exclude(closed_at=None).exclude(pk__in=Drill.objects.values("pk"))  # those have a report
    closed = [card(operation, request.who) for operation in over[:CLOSED_SHOWN]]
    called = [one for one in opened if one["called"] or one["to_assess"]]
    context = {
        "opened": opened,
        "closed": closed,
        "called": called,
        "can_raise": can_raise(request.who),
        "exercise": False,
        "drills_url": drills_url(request),
        # Whoever is called has something else to do, and their page has nothing else to wait for.
        "waiting": 0 if called else waiting_count(request.who),
    }
    if not request.seats:
        context["keepers"] = whom_to_ask(request.user)
        return render(request, "web/home_without_seat.html", context)
    return render(request, "web/home.html", context)


def drills_url(request: Request) -> str:
    """Where this reader finds the test alarms: the report, or for who plans only, the plans."""
    # An actor that is no party has no name today.
    party = any(seat.actor == request.who.actor and seat.actor_name != seat.actor for seat in request.seats)
    if may_see_report(request.who, party):
        return reverse("drills")
    return reverse("drill_plans") if may_plan(request.who) else ""


def card(operation: Operation, who: Who) -> dict[str, object]:
    """An operation in the list."""
    state, reach, situation = basics(operation.id, who), activation(operation.id, who), picture(operation.id, who)
    own = {code for code, it in situation.reports.items() if it.own_at}
    reached = own | {code for code in state.participants if reach.reached_at(code)}
    expected = who.on_duty and who.actor in state.participants and not state.closed_at
    return {
        "operation": operation,
        "basics": state,
        "mode": reach.mode,
        "reached": len(reached & state.participants.keys()),
        "reported": len(situation.reports),
        "edition": situation.edition,
        "called": expected and reach.calls(who.actor) and who.actor not in reached and not state.replayed,
        "decided": bool(reach.called),
        "to_assess": can_assess(who, state) and reach.rings and assessing(operation.id, who).latest is None,
        "deadline": situation.deadline,
    }

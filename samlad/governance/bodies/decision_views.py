"""Pages of decisions: all that meetings made, and what became of each."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.governance import record, rules
from samlad.governance.bodies import minuting, queries
from samlad.governance.bodies.forms import DecisionForm, FollowUpForm, ReasonForm
from samlad.governance.bodies.minutes_views import minutes_of
from samlad.governance.bodies.models import Body, Meeting, MeetingDecision
from samlad.governance.bodies.rules import follows_up, reads_decision, reads_drafts, reads_minutes
from samlad.governance.bodies.shown import Made, decision_list, decisions_read, names, the_meeting
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.registers.http import Request
from samlad.registers.queries import today


@require_safe
def meeting_decisions(request: Request) -> HttpResponse:
    """/governance/bodies/decisions/: decisions of all meetings that the reader may read, with what became of them."""
    rules.reader_or_404(request.who)
    on = on_day(request)
    made = decisions_read(request.who, on)
    late = sum(one.late for one in made)
    shown = decision_list(made, request.GET, empty=_("No decisions have been recorded that you may read."))
    if file := shown.file():
        return file
    return page(request, "governance/bodies_decisions.html", {"list": shown, "late": late, "seen_on": True}, on=on)


def the_decision(request: Request, key: UUID, on: date | None = None) -> tuple[MeetingDecision, Meeting, Body]:
    """A decision that the reader may read; else Http404."""
    rules.reader_or_404(request.who)
    row = queries.decision(key, on)
    meeting = queries.meeting(row.meeting_id, on) if row else None
    of = queries.body_of(meeting.body_id) if meeting else None
    if row is None or meeting is None or of is None or not reads_decision(request.who, of, meeting, row):
        raise Http404
    return row, meeting, of


@require_safe
def meeting_decision(request: Request, meeting_decision: UUID) -> HttpResponse:
    """/governance/bodies/decisions/<decision>/: a decision, who is to carry it out, what has become of it."""
    on = on_day(request)
    row, found, of = the_decision(request, meeting_decision, on)
    actor = names().get(row.responsible_id or "", row.responsible_id or "")
    shown = {
        "made": Made(row, found, of, actor, queries.is_late(row, on or today())),
        "meeting": found, "body": of, "item": queries.item(row.item_id, on) if row.item_id else None,
        "reads_minutes": reads_minutes(request.who, of, found),
        "follows": on is None and follows_up(request.who, row), "edits": on is None and rules.keeps(request.who),
        "seen_on": True,
    }  # fmt: skip
    changes = record.changes(MeetingDecision, row.pk)
    if not reads_drafts(request.who, of):  # what the draft said is for those who sit there
        since = found.adjusted_at
        changes = tuple(one for one in changes if since and one.at > since)
    return page(request, "governance/bodies_decision.html", shown, on=on, changes=changes)


@READ_OR_WRITE
def meeting_decision_new(request: Request, meeting: UUID) -> HttpResponse:
    """/governance/bodies/meetings/<meeting>/decisions/new/: what a meeting decided."""
    rules.keeper_or_404(request.who)
    found, _of = the_meeting(request.who, meeting)
    made = queries.decisions(found)
    initial = {"item": request.GET.get("item", ""), "number": f"§ {len(made) + 1}"}
    form = DecisionForm(request.POST or None, instance=MeetingDecision(meeting=found), meeting=found, initial=initial)

    def do() -> bool:
        return minuting.save_decision(form.row(), by=request.who, new=True)

    return changing(request, form, do, title=_("Another decision"), back=minutes_of(meeting))


@READ_OR_WRITE
def meeting_decision_edit(request: Request, meeting_decision: UUID) -> HttpResponse:
    """/governance/bodies/decisions/<decision>/change/: correct a decision."""
    rules.keeper_or_404(request.who)
    row, found, _of = the_decision(request, meeting_decision)
    form = DecisionForm(request.POST or None, instance=row, meeting=found)

    def do() -> bool:
        return minuting.save_decision(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    away = (reverse("meeting_decision_remove", args=[row.pk]), _("Take the decision away"))
    return changing(
        request, form, do, title=_("Change the decision"), back=address_of(row),
        template="governance/bodies_edit.html", away=None if found.adjusted_on else away,
    )  # fmt: skip


@READ_OR_WRITE
def meeting_decision_remove(request: Request, meeting_decision: UUID) -> HttpResponse:
    """/governance/bodies/decisions/<decision>/remove/: one that should not have been written."""
    rules.keeper_or_404(request.who)
    row, found, _of = the_decision(request, meeting_decision)
    form = ReasonForm(request.POST or None)

    def do() -> bool:
        return minuting.remove_decision(row, by=request.who, reason=form.cleaned_data["reason"])

    return changing(
        request, form, do, title=_("Take away %(number)s") % {"number": row.number}, back=address_of(row),
        done=lambda: minutes_of(found.pk), button=_("Take away"),
    )  # fmt: skip


@READ_OR_WRITE
def meeting_decision_follow(request: Request, meeting_decision: UUID) -> HttpResponse:
    """/governance/bodies/decisions/<decision>/follow-up/: what has become of it; by the actor or the secretariat."""
    row, _meeting, _of = the_decision(request, meeting_decision)
    if not follows_up(request.who, row):
        raise Http404
    form = FollowUpForm(request.POST or None, instance=row)

    def do() -> bool:
        given = form.cleaned_data
        stored = MeetingDecision.objects.get(pk=row.pk)
        return minuting.follow_up(
            stored, state=given["state"], text=given["followed_up"], by=request.who, reason=form.why, seen=given["seen"]
        )

    about = row.text
    return changing(
        request, form, do, title=_("Follow up %(number)s") % {"number": row.number}, back=address_of(row), about=about
    )


def address_of(row: MeetingDecision) -> str:
    """Where a decision's page is."""
    return reverse("meeting_decision", args=[row.pk])

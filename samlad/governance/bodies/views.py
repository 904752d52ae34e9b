"""Pages of the register of bodies: which there are, who sits in them, who is missing."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from msgspec.structs import replace

from samlad.governance import record, rules
from samlad.governance.bodies import actions, queries
from samlad.governance.bodies.forms import BodyForm, MemberForm, ReasonForm
from samlad.governance.bodies.models import Body, BodyMember, Level, Meeting
from samlad.governance.bodies.rules import reads_meetings
from samlad.governance.bodies.shown import decisions_read, meeting_list, member_list, names, sittings, the_body
from samlad.governance.lists import Column, Listing
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.journal.who import Who
from samlad.registers.history import ChangeView
from samlad.registers.http import Request
from samlad.registers.queries import ActorView, parties, today
from samlad.registers.rules import may_see_people

SOON = 6
NO_MEETING = gettext_lazy("No meeting is planned.")
NONE_YET = gettext_lazy("None yet.")


class Card:
    """A body as the register shows it: how many actors sit in it, whether the reader's does, and its next meeting."""

    def __init__(self, body: Body, known: list[BodyMember], day: date, actor: str, coming: Meeting | None) -> None:
        held = [one for one in known if one.body_id == body.pk and queries.holds(one, day)]
        self.body, self.next = body, coming
        self.actors = len({one.actor_id for one in held})
        self.own = any(one.actor_id == actor for one in held)


@require_safe
def bodies(request: Request) -> HttpResponse:
    """/governance/bodies/: the bodies by level, with how many sit in each, and the next meetings."""
    rules.reader_or_404(request.who)
    on = on_day(request)
    day, known = on or today(), record.rows(BodyMember, on)
    ahead = queries.next_meetings(on)
    next_of: dict[UUID, Meeting] = {}
    for one in reversed(ahead):
        next_of[one.body_id] = one
    found = queries.bodies(on)
    at_work = [one for one in found if queries.is_open(one, day)]
    cards = [Card(one, known, day, request.who.actor, next_of.get(one.pk)) for one in at_work]
    levels = [(level.label, [card for card in cards if card.body.level == level]) for level in Level]
    late = [made for made in decisions_read(request.who, on) if made.late]
    shown = {
        "levels": [(label, own) for label, own in levels if own],
        "parties": len(parties(day)),
        "soon": sittings(request.who, ahead[:SOON], on),
        "ended": [one for one in found if not queries.is_open(one, day)],
        "late": len(late),
        "seen_on": True,
    }
    return page(request, "governance/bodies.html", shown, on=on)


@require_safe
def body(request: Request, body: str) -> HttpResponse:
    """/governance/bodies/<code>/: a body's mandate, members, and meetings."""
    on = on_day(request)
    found = the_body(request.who, body, on)
    known = record.rows(BodyMember, on, body_id=found.pk)
    keeps = rules.keeps(request.who) and on is None
    held = queries.members_of(found, known, on or today())
    empty = _("Not obtained: which actors have a member in it has not been recorded.")
    listed = member_list(held, request.GET, found, keeps=keeps, empty=empty)
    all_meetings = queries.meetings(on, found)
    ahead = {one.pk for one in queries.next_meetings(on)}
    coming = sittings(request.who, [one for one in all_meetings if one.pk in ahead], on)
    past = sittings(request.who, [one for one in reversed(all_meetings) if one.pk not in ahead], on)
    lists = (
        listed,
        meeting_list(
            coming, request.GET, name=f"{body}-moten", key="coming", of_body=True, empty=_("No meeting is planned.")
        ),
        meeting_list(past, request.GET, name=f"{body}-tidigare", key="past", of_body=True, empty=_("None yet.")),
    )
    if file := next((answer for one in lists if (answer := one.file())), None):
        return file
    shown = {
        "body": found,
        "members": listed,
        "coming": lists[1],
        "past": lists[2],
        "lacking": queries.lacking(found, known, on or today()),
        "reads": reads_meetings(request.who, queries.body_of(found.pk) or found),
        "seen_on": True,
    }
    return page(request, "governance/bodies_body.html", shown, on=on, changes=history(found, request.who))


def history(of: Body, who: Who) -> list[ChangeView]:
    """What was changed of a body and its members, also those that are gone, latest first."""
    members = record.changes(BodyMember, *record.keys_ever(BodyMember, "body", of.pk))
    found = (*record.changes(Body, of.pk), *(members if may_see_people(who) else without_people(members)))
    return sorted(found, key=lambda one: one.at, reverse=True)


def without_people(changes: Iterable[ChangeView]) -> tuple[ChangeView, ...]:
    """The history of members for those who do not see who sits where: functions, and no persons."""
    label = str(BodyMember._meta.get_field("person").verbose_name)
    return tuple(replace(one, fields=tuple(field for field in one.fields if field.label != label)) for one in changes)


@require_safe
def gaps(request: Request) -> HttpResponse:
    """/governance/bodies/gaps/: which parties have a member in which body; filtered, and taken along."""
    rules.reader_or_404(request.who)
    on = on_day(request)
    day, known = on or today(), record.rows(BodyMember, on)
    at_work = [one for one in queries.bodies(on) if queries.is_open(one, day)]
    seats: dict[tuple[str, UUID], list[str]] = {}
    for place in known:
        if queries.holds(place, day):
            seats.setdefault((place.actor_id, place.body_id), []).append(place.seat)

    known_of = {body for _actor, body in seats}
    listed_bodies = [one for one in at_work if one.pk in known_of]
    unknown = [one for one in at_work if one.pk not in known_of]

    def missing(actor: ActorView) -> int:
        return sum((actor.code, one.pk) not in seats for one in listed_bodies)

    def seat_in(one: Body) -> "Column[ActorView]":
        return Column(one.code, one.name, lambda actor: "; ".join(seats.get((actor.code, one.pk), [])) or "–")

    columns: list[Column[ActorView]] = [
        Column("actor", gettext_lazy("Actor"), lambda actor: actor.short),
        *[seat_in(one) for one in listed_bodies],
        Column("missing", pgettext_lazy("bodies", "Without a member"), missing, number=True),
    ]
    listed = Listing(columns, parties(day), request.GET, name="ledamoter")
    if file := listed.file():
        return file
    return page(request, "governance/bodies_gaps.html", {"list": listed, "unknown": unknown, "seen_on": True}, on=on)


@READ_OR_WRITE
def body_new(request: Request) -> HttpResponse:
    """/governance/bodies/new/: another body."""
    rules.keeper_or_404(request.who)
    form = BodyForm(request.POST or None)

    def do() -> bool:
        return actions.save_body(form.row(), by=request.who, new=True)

    return changing(
        request, form, do, title=_("Another body"), back=reverse("bodies"),
        done=lambda: reverse("body", args=[form.row().code]),
    )  # fmt: skip


@READ_OR_WRITE
def body_edit(request: Request, body: str) -> HttpResponse:
    """/governance/bodies/<code>/change/: what is known of a body."""
    rules.keeper_or_404(request.who)
    form = BodyForm(request.POST or None, instance=the_body(request.who, body))

    def do() -> bool:
        return actions.save_body(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    return changing(
        request, form, do, title=_("Change the body"), back=reverse("body", args=[body]),
        done=lambda: reverse("body", args=[form.row().code]),
    )  # fmt: skip


@READ_OR_WRITE
def body_member_new(request: Request, body: str) -> HttpResponse:
    """/governance/bodies/<code>/members/new/: another member."""
    rules.keeper_or_404(request.who)
    form = MemberForm(request.POST or None, instance=BodyMember(body=the_body(request.who, body)))

    def do() -> bool:
        return actions.save_member(form.row(), by=request.who, new=True)

    return changing(request, form, do, title=_("Another member"), back=reverse("body", args=[body]))


@READ_OR_WRITE
def body_member(request: Request, member: UUID) -> HttpResponse:
    """/governance/bodies/members/<member>/: change a place in a body; one who leaves gets a last day."""
    rules.keeper_or_404(request.who)
    row, of = the_member(member)
    form = MemberForm(request.POST or None, instance=row)

    def do() -> bool:
        return actions.save_member(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    away = (reverse("body_member_remove", args=[member]), _("Take the member away"))
    return changing(
        request, form, do, title=_("Change the member"), back=reverse("body", args=[of.code]),
        template="governance/bodies_edit.html", away=away,
        about=_("One who leaves gets a last day, and stays in the history. Take away only what was a mistake."),
    )  # fmt: skip


@READ_OR_WRITE
def body_member_remove(request: Request, member: UUID) -> HttpResponse:
    """/governance/bodies/members/<member>/remove/: a place that was a mistake."""
    rules.keeper_or_404(request.who)
    row, of = the_member(member)
    form = ReasonForm(request.POST or None)

    def do() -> bool:
        return actions.remove_member(row, by=request.who, reason=form.cleaned_data["reason"])

    told = {"actor": names().get(row.actor_id, row.actor_id), "seat": row.seat}
    return changing(
        request, form, do, title=_("Take away %(actor)s, %(seat)s") % told, back=reverse("body", args=[of.code]),
        button=_("Take away"),
    )  # fmt: skip


def the_member(key: UUID, on: date | None = None) -> tuple[BodyMember, Body]:
    """A place in a body with the body; Http404 where there is none."""
    row = queries.member(key, on)
    of = queries.body_of(row.body_id, on) if row else None
    if row is None or of is None:
        raise Http404
    return row, of

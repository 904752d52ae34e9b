"""Calling members to a meeting, and telling them when it is moved or cancelled: by e-mail, once per state of it.

A member is a function. Where no person is registered for it, the actor's chiefs are told: it is they who sit there.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from samlad.base.clock import STOCKHOLM
from samlad.governance.bodies.models import Body, BodyMember, Meeting, MeetingCall, MeetingState, Openness
from samlad.governance.bodies.queries import agenda, day_of, holds
from samlad.governance.record import save
from samlad.journal.who import Who
from samlad.notify.actions import NoticeDraft, queue_notices
from samlad.registers.models import Person, Seat
from samlad.registers.queries import holds_on, today

MEETINGS: Final = UUID("5a4d1ad0-0000-5000-8000-6d656574696e")
"""What stands where a notice of an operation names it: these belong to none."""
LANGUAGE: Final = "sv"


class Receiver(NamedTuple):
    """Somebody who is called: the person, and for which member."""

    person: Person
    member: BodyMember


def receivers(of: Meeting) -> tuple[list[Receiver], list[BodyMember]]:
    """Who is told of a meeting, each person once; and the members for whom nobody can be told."""
    held = [one for one in BodyMember.objects.filter(body=of.body_id) if holds(one, day_of(of))]
    seats = Seat.objects.filter(
        holds_on(today()), role="chief", actor__in={one.actor_id for one in held},
        person__is_active=True, person__screen=False,
    )  # fmt: skip
    chiefs: dict[str, list[Person]] = {}
    for seat in seats.select_related("person").order_by("actor", "person__name"):
        chiefs.setdefault(seat.actor_id, []).append(seat.person)
    people = Person.objects.in_bulk([one.person_id for one in held if one.person_id])
    found: dict[str, Receiver] = {}
    unreached = []
    for one in held:
        own = people.get(one.person_id) if one.person_id else None
        told = [own] if own and own.is_active else chiefs.get(one.actor_id, [])
        reached = [person for person in told if person.email]
        if not reached:
            unreached.append(one)
        for person in reached:
            found.setdefault(person.key, Receiver(person, one))
    return list(found.values()), unreached


def tell(body: Body, of: Meeting, by: Who) -> int:
    """Tell the members of a meeting as it is now; returns to how many people. Inside the action's transaction."""
    made = MeetingCall(id=uuid5(MEETINGS, f"{of.pk} {of.sequence}"), meeting=of, sequence=of.sequence)
    if MeetingCall.objects.filter(pk=made.pk).exists():
        return 0
    earlier = MeetingCall.objects.filter(meeting=of).exists()
    save(made, by=by, new=True)
    people, _unreached = receivers(of)
    with override(LANGUAGE):
        subject, text = subject_of(body, of, earlier), text_of(body, of)
        queue_notices([_draft(made, one, subject, text) for one in people])
    return len(people)


def _draft(call: MeetingCall, to: Receiver, subject: str, text: str) -> NoticeDraft:
    return NoticeDraft(
        operation=MEETINGS,
        entry=call.pk,
        person=to.person.key,
        actor=to.member.actor_id,
        address=to.person.email,
        subject=subject,
        body=text,
        exercise=False,
        language=LANGUAGE,
    )


def subject_of(body: Body, of: Meeting, earlier: bool) -> str:
    """A subject that tells all by itself."""
    told = {"body": body.name, "when": when(of)}
    if of.state == MeetingState.CANCELLED:
        return _("Cancelled: %(body)s %(when)s") % told
    return (_("Changed: %(body)s %(when)s") if earlier else _("Call: %(body)s %(when)s")) % told


def when(of: Meeting) -> str:
    """When a meeting is, by Stockholm's clocks."""
    starts, ends = of.starts.astimezone(STOCKHOLM), of.ends.astimezone(STOCKHOLM)
    last = date_format(ends, "H:i" if ends.date() == starts.date() else "j F Y H:i")
    return f"{date_format(starts, 'j F Y H:i')}–{last}"


def text_of(body: Body, of: Meeting) -> str:
    """What a call says. The items stand in it where all parties may read them; else on the page only."""
    page = settings.SAMLAD_URL + reverse("meeting", args=[of.pk])
    parts: list[str] = [f"{body.name}\n{when(of)}"]
    if of.state == MeetingState.CANCELLED:
        parts.append(_("The meeting is cancelled: %(why)s") % {"why": of.why_cancelled})
    elif of.place:
        parts.append(_("Place: %(place)s") % {"place": of.place})
    parts.append(of.about)
    if body.readers == Openness.PARTIES and of.state != MeetingState.CANCELLED:
        parts.append(items_of(of))
    parts.append(_("Agenda and papers: %(link)s") % {"link": page})
    calendar = settings.SAMLAD_URL + reverse("meeting_ics", args=[of.pk])
    parts.append(_("For your calendar: %(link)s") % {"link": calendar})
    return "\n\n".join(part for part in parts if part)


def items_of(of: Meeting) -> str:
    """The agenda as lines."""
    lines: Sequence[str] = [
        f"{place}. {one.title} ({one.get_purpose_display()})" for place, one in enumerate(agenda(of), 1)
    ]
    return "\n".join([pgettext("meeting", "Agenda"), *lines]) if lines else ""

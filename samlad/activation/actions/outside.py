"""An alarm that comes from outside: an SMS from somebody with a duty, or a signed message from another alarm centre."""

import re
from typing import Final, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.activation.actions.trigger import open_and_ask, title_of
from samlad.activation.entries import Raised
from samlad.activation.queries import areas_named, convening, participants
from samlad.base.ids import new_id
from samlad.journal.entries import Opened
from samlad.journal.models import Operation
from samlad.journal.who import DUTY_ROLES, Who
from samlad.notify.ways import of_people
from samlad.registers.models import Person, Seat
from samlad.registers.queries import areas, holds_on, parties, seats_of, speaking, today

LANGUAGE: Final = "sv"
ALARM: Final = re.compile(r"\s*(?:larm|alarm)\b[\s:.,–-]*", re.IGNORECASE)
EXERCISE: Final = re.compile(r"\s*(?:övning|exercise)\b[\s:.,–-]*", re.IGNORECASE)
Kind = Literal["disturbance", "exercise"]


def operation_id(source: str, message: str) -> UUID:
    """The operation that a message makes: the same message again is the same operation."""
    return uuid5(NAMESPACE_URL, f"samlad:{source}:{message}")


def raise_from_outside(
    *, by: Who, source: str, message: str, what: str, where: str = "", kind: Kind = "disturbance"
) -> UUID:
    """Raise the alarm by a message from outside, once for each `message` (an id of the sender's). Whoever calls this
    has made sure who sent it. Missing data stop nothing: what is not said is "unknown". In a demo it is an exercise.

    Raises NotKept for a text that may not be here, and Unavailable.
    """
    id = operation_id(source, message)
    if Operation.objects.filter(pk=id).exists():
        return id
    taking_part, known = parties(today()), areas()
    named = areas_named(where or what, known)
    with override(LANGUAGE):
        what = what.strip() or _("Alarm without a text")
        if not where.strip():
            names = {area.code: area.name for area in known}
            where = ", ".join(names[code] for code in named) or _("unknown")
    opened = Opened(
        title=title_of(what, where.strip()),
        operation_kind="exercise" if settings.DEMO else kind,
        participants=participants(taking_part),
        convening=convening(taking_part),
    )
    open_and_ask(id, opened, Raised(what, where.strip(), named), by)
    return id


def alarm_by_sms(*, number: str, text: str, id: str) -> UUID | None:
    """Raise the alarm by an SMS that begins with LARM, from the number of somebody with a duty role; LARM ÖVNING is an
    exercise. `number` in E.164, `id` the gateway's of the message. None where it is no alarm, or from nobody we know.
    """
    begun = ALARM.match(text)
    if begun is None:
        return None
    who = on_duty_with(number)
    if who is None:
        return None
    said = text[begun.end() :]
    exercise = EXERCISE.match(said)
    what = said[exercise.end() :] if exercise else said
    kind: Kind = "exercise" if exercise else "disturbance"
    # A gateway that numbers nothing: each message is one of its own.
    return raise_from_outside(by=who, source=f"sms:{number}", message=id or new_id().hex, what=what, kind=kind)


def on_duty_with(number: str) -> Who | None:
    """The person who can be reached at a number and holds a duty role, speaking for that actor."""
    held = Seat.objects.filter(holds_on(today()), role__in=DUTY_ROLES, person__is_active=True, person__screen=False)
    keys = sorted(set(held.values_list("person_id", flat=True)))
    for key, ways in of_people(keys).items():
        if number and any(way.channel in ("sms", "voice") and way.address == number for way in ways):
            person, seats = Person.objects.get(key=key), seats_of(key)
            return speaking(person, seats, next(seat.actor for seat in seats if seat.role in DUTY_ROLES))
    return None

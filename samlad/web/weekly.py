"""The weekly conference runs by itself: its operation opens with a request for reports, those who are silent are
reminded, and it closes. A pump of the worker; activation and picture meet here.

Whatever it does for a week is committed at once with the note that it is done, and every id follows from the week:
after a crash, a long outage or a clock that jumped it goes on, and nothing happens twice.
"""

import logging
import time
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.activation.actions.weekly import close_weekly, note_reminded, open_weekly, program
from samlad.activation.entries.calling import Bridge
from samlad.activation.models import WeeklyRun, WeeklySchedule
from samlad.activation.prepared import bridge_words
from samlad.activation.queries import activation, convening, participants
from samlad.activation.weekly import Otherwise, Plan, due, operation_of, plan, weeks_around
from samlad.activation.weekly_queries import as_schedule, done, exceptions, runs, stored
from samlad.base.clock import STOCKHOLM, now
from samlad.base.ids import follows
from samlad.journal.followers import going_on
from samlad.journal.operations import readable
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.notify.actions import NoticeDraft, queue_notices
from samlad.picture.actions import set_deadline
from samlad.picture.queries import not_reported, picture
from samlad.registers.queries import DutySeat, duty_seats, parties

log = logging.getLogger(__name__)

PERIOD: Final = 10.0  # seconds between looks
LANGUAGE: Final = "sv"
ASKED: Final = frozenset({"tib", "liaison"})
"""Who at an actor is asked to report to a weekly conference; where nobody is, everybody with a duty role there."""
_looked: dict[str, float] = {}


def run_weekly() -> None:
    """Do what is due, if it is time to look again. Does nothing where no schedule is set."""
    at = time.monotonic()
    if at - _looked.get("at", -PERIOD) >= PERIOD:
        _looked["at"] = at
        carry_out(now())


def carry_out(at: datetime) -> None:
    """Do all that is due at a moment. A week that fails is logged, and does not stop the others."""
    schedule = stored()
    if schedule is None:
        return
    open_ = WeeklyRun.objects.filter(closed_at=None).exclude(opened_at=None).values_list("week", flat=True)
    weeks = sorted({*weeks_around(at), *open_})
    otherwise, known = exceptions(weeks), runs(weeks)
    for week in weeks:
        with going_on(f"the weekly conference of {week} failed"), override(LANGUAGE):
            attend(schedule, week, otherwise.get(week), known.get(week), at)


def attend(
    schedule: WeeklySchedule, week: str, otherwise: Otherwise | None, run: WeeklyRun | None, at: datetime
) -> None:
    """What is due for one week, one thing after the other."""
    found = plan(as_schedule(schedule), week, otherwise)
    if found is None:
        if otherwise and run and run.opened_at and not run.closed_at:
            close(run, at, _("The week's conference is cancelled: %(reason)s") % {"reason": otherwise.reason})
        return
    if run and run.opened_at and not run.closed_at and run.conference_at != found.conference_at:
        move(schedule, run, found, at)
    for _step in range(3):
        match due(found, done(run), at, paused=schedule.paused):
            case "open":
                run = open_(schedule, found, at)
            case "remind" if run:
                remind(schedule, run, found, at)
            case "close" if run:
                close(run, at, _("The week's conference is over."))
                return
            case _:
                return


def open_(schedule: WeeklySchedule, found: Plan, at: datetime) -> WeeklyRun:
    """Open the operation of a week, ask for reports, and note it: all of it or nothing."""
    operation = operation_of(found.week)
    day = found.conference_at.astimezone(STOCKHOLM).date()
    taking_part = parties(day)
    leads = convening(taking_part)
    title = _("Weekly conference, week %(week)s") % {"week": int(found.week[6:])}
    with transaction.atomic():
        open_weekly(operation=operation, title=title, participants=participants(taking_part), convening=leads)
        ask_by(schedule, operation, found, at, leads)
        told = {"operation": operation, "conference_at": found.conference_at, "opened_at": at}
        run, _new = WeeklyRun.objects.update_or_create(week=found.week, defaults=told)
        write_to([one.code for one in taking_part], operation, operation, "asked", told_of(schedule, found), title)
    return run


def ask_by(schedule: WeeklySchedule, operation: UUID, found: Plan, at: datetime, leads: str) -> None:
    """Set until when reports are wanted: before the conference, or where that has passed, at it."""
    until = found.report_by if found.report_by > at else found.conference_at
    if until > at:
        told = told_of(schedule, found)
        id = follows(operation, f"deadline {until.isoformat()}")
        set_deadline(by=program(leads), operation=operation, at=until, note="\n".join(filter(None, told)), id=id)


def move(schedule: WeeklySchedule, run: WeeklyRun, found: Plan, at: datetime) -> None:
    """The schedule was changed after the operation was opened: the new time stands in it."""
    assert run.operation is not None
    with transaction.atomic():
        if not is_closed(run.operation):
            ask_by(schedule, run.operation, found, at, basics(run.operation, SYSTEM).convening)
        run.conference_at = found.conference_at
        run.save(update_fields=["conference_at"])


def remind(schedule: WeeklySchedule, run: WeeklyRun, found: Plan, at: datetime) -> None:
    """Remind the actors that have not reported, and say in the journal who they were."""
    operation = run.operation
    assert operation is not None
    with transaction.atomic():
        if not is_closed(operation):
            state = basics(operation, SYSTEM)
            silent = not_reported(picture(operation, SYSTEM), state)
            if silent:
                noted = note_reminded(operation=operation, actors=silent, convening=state.convening)
                write_to(silent, operation, noted.id, "reminded", told_of(schedule, found), state.title)
        run.reminded_at = at
        run.save(update_fields=["reminded_at"])


def close(run: WeeklyRun, at: datetime, reason: str) -> None:
    """Close the operation. One that was put in activated mode is people's to stand down, and one that somebody has
    closed is closed."""
    operation = run.operation
    assert operation is not None
    with transaction.atomic():
        if not is_closed(operation):
            if activation(operation, SYSTEM).mode == "activated":
                return
            close_weekly(operation=operation, reason=reason, convening=basics(operation, SYSTEM).convening)
        run.closed_at = at
        run.save(update_fields=["closed_at"])


def is_closed(operation: UUID) -> bool:
    """Whether somebody has closed an operation."""
    return not readable(SYSTEM).filter(id=operation, closed_at=None).exists()


def told_of(schedule: WeeklySchedule, found: Plan) -> tuple[str, str]:
    """When the conference is, and how to get into it."""
    local = found.conference_at.astimezone(STOCKHOLM)
    when = _("Conference %(day)s at %(time)s.") % {"day": local.strftime("%Y-%m-%d"), "time": local.strftime("%H:%M")}
    return when, bridge_words(Bridge(schedule.phone, schedule.video, schedule.talk_group))


def write_to(
    actors: Collection[str], operation: UUID, entry: UUID, why: str, conference: tuple[str, str], title: str
) -> None:
    """Queue an e-mail to those at the actors who are asked to report."""
    url = f"{settings.SAMLAD_URL}{reverse('report_new', args=[operation])}"
    context = {"why": why, "title": title, "when": conference[0], "bridge": conference[1], "url": url}
    subject = {"asked": _("Report to: %(title)s"), "reminded": _("Reminder to report: %(title)s")}[why]
    body = render_to_string("web/weekly_mail.txt", context)
    queue_notices(
        NoticeDraft(
            operation=operation,
            entry=entry,
            person=seat.person,
            actor=seat.actor,
            address=seat.email,
            subject=subject % {"title": title},
            body=body,
            exercise=False,
            language=LANGUAGE,
        )
        for seat in asked(actors)
    )


def asked(actors: Collection[str]) -> Iterator[DutySeat]:
    """Whom to ask at each actor, each person once."""
    seats, told = duty_seats(actors, now()), set[str]()
    for actor in actors:
        chosen = [seat for seat in seats[actor] if seat.role in ASKED] or seats[actor]
        for seat in chosen:
            if seat.person not in told:
                told.add(seat.person)
                yield seat

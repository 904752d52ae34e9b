"""Every way to change the schedule of the weekly conference and the weeks that differ. Each leaves a row of history."""

from datetime import date, time
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samlad.activation.models import WeeklyException, WeeklySchedule
from samlad.activation.weekly import monday
from samlad.base.refused import Refused
from samlad.journal.who import Who
from samlad.registers.actions import one_change, stamp
from samlad.registers.history import note
from samlad.registers.rules import check_can_edit, check_unchanged

REGISTER: Final = "weekly"
FIELDS: Final = (
    "weekday",
    "at",
    "opens_days",
    "remind_hours",
    "report_minutes",
    "closes_hours",
    "phone",
    "video",
    "talk_group",
    "paused",
)


def state_of(row: WeeklySchedule) -> dict[str, Any]:
    """A schedule as the history keeps it."""
    return {
        name: value.strftime("%H:%M") if isinstance(value := getattr(row, name), time) else value for name in FIELDS
    }


@one_change
def save_schedule(*, schedule: WeeklySchedule, reason: str, by: Who, seen: str = "") -> bool:
    """Save the schedule; there is one. Raises Refused."""
    check_can_edit(by)
    if schedule.remind_hours >= schedule.opens_days * 24:
        raise Refused(_("The reminder must come after the opening."), field="remind_hours")
    stored = WeeklySchedule.objects.select_for_update().first()
    before, after = state_of(stored) if stored else None, state_of(schedule)
    if before == after:
        return True
    if before is not None:
        check_unchanged(seen, {"weekday": before["weekday"], "at": before["at"]}, stamp(before))
    schedule.pk = 1
    schedule.save(force_insert=stored is None)
    note(register=REGISTER, key="schedule", by=by, before=before, after=after, reason=reason)
    return True


@one_change
def save_exception(*, week: str, day: date | None, at: time | None, reason: str, by: Who) -> bool:
    """Say that a week differs: held on another day or time, or with neither not at all. Raises Refused."""
    check_can_edit(by)
    begins = known(week)
    if day is not None and not 0 <= (day - begins).days < 7:
        raise Refused(_("The day is not in that week."), field="day")
    if day is None and at is not None:
        raise Refused(_("Say on which day it is held at that time."), field="day")
    stored = WeeklyException.objects.select_for_update().filter(week=week).first()
    before = told(stored) if stored else None
    row = WeeklyException(week=week, day=day, at=at, reason=reason)
    row.save()
    note(register=REGISTER, key=week, by=by, before=before, after=told(row), reason=reason)
    return True


@one_change
def end_exception(*, week: str, reason: str, by: Who) -> bool:
    """The week is as the others after all."""
    check_can_edit(by)
    stored = WeeklyException.objects.select_for_update().filter(week=week).first()
    if stored is None:
        return True
    before = told(stored)
    stored.delete()
    note(register=REGISTER, key=week, by=by, before=before, after={}, reason=reason, action="ended")
    return True


def told(row: WeeklyException) -> dict[str, Any]:
    """A week that differs, as the history keeps it."""
    day, at = row.day, row.at
    return {"on_date": day.isoformat() if day else "", "at": at.strftime("%H:%M") if at else "", "why": row.reason}


def known(week: str) -> date:
    """The Monday of a week. Raises Refused for what is none."""
    try:
        return monday(week)
    except ValueError:
        raise Refused(_("There is no such week."), field="week") from None

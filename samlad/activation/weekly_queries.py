"""Reading the schedule of the weekly conference, the weeks that differ, and what has been done."""

from collections.abc import Iterable

from samlad.activation.models import WeeklyException, WeeklyRun, WeeklySchedule
from samlad.activation.weekly import Done, Otherwise, Schedule


def stored() -> WeeklySchedule | None:
    """The schedule's row, where there is one."""
    return WeeklySchedule.objects.first()


def as_schedule(row: WeeklySchedule) -> Schedule:
    """The row as it is worked out with."""
    return Schedule(
        row.weekday, row.at, row.opens_days, row.remind_hours, row.report_minutes, row.closes_hours, row.paused
    )


def exceptions(weeks: Iterable[str] | None = None) -> dict[str, Otherwise]:
    """The weeks that differ, by week."""
    rows = WeeklyException.objects.all() if weeks is None else WeeklyException.objects.filter(week__in=list(weeks))
    return {row.week: Otherwise(row.day, row.at, row.reason) for row in rows}


def runs(weeks: Iterable[str]) -> dict[str, WeeklyRun]:
    """What has been done, by week."""
    return {row.week: row for row in WeeklyRun.objects.filter(week__in=list(weeks))}


def done(run: WeeklyRun | None) -> Done:
    """The same, as it is worked out with."""
    if run is None:
        return Done()
    return Done(run.opened_at is not None, run.reminded_at is not None, run.closed_at is not None)

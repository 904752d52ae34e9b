"""A roster from an iCalendar file (RFC 5545): events are shifts. What can't be used is told with its event.

Calendars come from many programs, and many are broken: a file that can't be read as a whole is read event by event.
Events that recur are spread out over the window; one that recurs by the hour, or in ways that no roster does, is
refused, since spreading it out could take for ever.
"""

import re
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

import icalendar
import recurring_ical_events
from django.utils.translation import gettext as _

from samlad.registers.roster_lines import MOST_LINES, Line, Reading, Unreadable, decoded, local, quoted, short, uid_of

WINDOW: Final = timedelta(weeks=53)
MOST_EVENTS: Final = 2000
MOST_TIMES: Final = 400
LONGEST: Final = timedelta(days=31)
SECONDS: Final = 5.0  # for spreading out a whole file
RULES: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", "BYMONTHDAY", "BYMONTH", "BYSETPOS"})
OFTEN: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
LONG_AGO: Final = timedelta(days=30 * 366)
DEPUTY: Final = re.compile(r"\b(ersättare|bakjour|deputy|backup)\b", re.IGNORECASE)
# What reading, and working out, a broken calendar has been seen to raise; the libraries promise nothing.
BROKEN: Final = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    LookupError,
    OverflowError,
    ArithmeticError,
)


def read_ical(content: bytes, at: datetime) -> Reading:
    """Read a file's events that touch a year from a moment on. Raises Unreadable."""
    text = decoded(content)
    reading = Reading()
    events = list(events_of(text, reading))
    if not events and not reading.refused:
        raise Unreadable(_("There are no events in the file.") if "BEGIN:" in text.upper() else _("No calendar file."))
    if len(events) > MOST_EVENTS:
        raise Unreadable(_("The file has more than %(most)s events.") % {"most": MOST_EVENTS})
    series: dict[str, list[Any]] = {}
    for number, event in enumerate(events, 1):
        where = _("event %(number)s %(summary)s") % {"number": number, "summary": _title(event)}
        try:
            check(event, at)
        except BROKEN as wrong:
            reading.refuse(where.strip(), _sentence(wrong))
            continue
        event["X-SAMLAD-WHERE"] = where.strip()
        series.setdefault(str(event.get("UID") or f"{number}"), []).append(event)
    stop = time.monotonic() + SECONDS
    for uid, parts in series.items():
        _read_series(uid, parts, at, stop, reading)
    return reading


def events_of(text: str, reading: Reading) -> Iterator[Any]:
    """The file's events: all at once, or one by one where something in it is broken."""
    try:
        whole = icalendar.Component.from_ical(text, multiple=True)
    except BROKEN:
        yield from _one_by_one(text, reading)
        return
    for component in whole:
        yield from component.walk("VEVENT")


def _one_by_one(text: str, reading: Reading) -> Iterator[Any]:
    """The events of a file that is broken somewhere, each read by itself."""
    found = list(re.finditer(r"^BEGIN:VEVENT[ \t]*\r?$.*?^END:VEVENT[ \t]*\r?$", text, re.M | re.S | re.I))
    if not found:
        raise Unreadable(_("The file can't be read as a calendar, and there are no events in it."))
    zones = "\r\n".join(re.findall(r"^BEGIN:VTIMEZONE.*?^END:VTIMEZONE[ \t]*\r?$", text, re.M | re.S | re.I))
    for match in found[: MOST_EVENTS + 1]:
        try:
            wrapped = f"BEGIN:VCALENDAR\r\n{zones}\r\n{match[0]}\r\nEND:VCALENDAR\r\n"
            yield from icalendar.Calendar.from_ical(wrapped).walk("VEVENT")
        except BROKEN:
            line = text.count("\n", 0, match.start()) + 1
            reading.refuse(_("line %(number)s") % {"number": line}, _("The event can't be read."))


def _title(event: Any) -> str:
    summary = str(event.get("SUMMARY") or "")
    return quoted(summary, 40) if summary.strip() else ""


def _sentence(wrong: Exception) -> str:
    """Our own sentences are told; what a library says is not for people."""
    return str(wrong) if isinstance(wrong, Told) else _("The event can't be read.")


class Told(ValueError):
    """Why an event can't be used, in a sentence for a person."""


def check(event: Any, at: datetime) -> None:
    """Refuse an event without times, with broken ones, or that recurs as no roster does. Raises Told."""
    broken = {str(name).upper() for name, _why in event.errors}
    if named := sorted(broken & {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}):
        raise Told(_("%(property)s can't be read.") % {"property": ", ".join(named)})
    start = event.get("DTSTART")
    if start is None:
        raise Told(_("It does not say when it begins."))
    if isinstance(start, list):
        raise Told(_("It says several times when it begins."))
    for name in ("DTSTART", "DTEND"):
        check_zone(event.get(name))
    check_order(start.dt, event.get("DTEND"))
    rules = event.get("RRULE")
    for rule in rules if isinstance(rules, list) else [rules] if rules else []:
        check_rule(rule)
    if rules and _day(start.dt) < (at - LONG_AGO).date():
        raise Told(_("It recurs since more than thirty years."))
    if not 1900 < _day(start.dt).year < 2200:
        raise Told(_("It is not in this century."))


def check_order(start: date | datetime, end: Any) -> None:
    """Refuse an event that ends before it begins; spread out, it would be turned round."""
    if end is not None and isinstance(end.dt, datetime) == isinstance(start, datetime):
        aware = [getattr(one, "tzinfo", None) is not None for one in (start, end.dt)]
        if aware[0] == aware[1] and end.dt <= start:
            raise Told(_("It has no end, or ends before it begins."))


def check_zone(value: Any) -> None:
    """Refuse a time zone that nobody knows: the hour could be any."""
    zone = getattr(value, "params", {}).get("TZID") if value is not None else None
    if zone and isinstance(value.dt, datetime) and value.dt.tzinfo is None:
        raise Told(_("The time zone “%(zone)s” is unknown.") % {"zone": short(str(zone))})


def check_rule(rule: Any) -> None:
    """Refuse rules that no roster has: by the hour, or with parts that could keep a machine busy for ever."""
    frequency = str((rule.get("FREQ") or [""])[0]).upper()
    if frequency in OFTEN:
        raise Told(_("It recurs more often than every day."))
    # Which of a day's, or a week's: nothing has that, and looking for it takes half a minute.
    known = RULES if frequency in ("MONTHLY", "YEARLY") else RULES - {"BYSETPOS"}
    if odd := sorted(str(name).upper() for name in rule if str(name).upper() not in known):
        raise Told(_("It recurs in a way that is not used for rosters (%(parts)s).") % {"parts": short(", ".join(odd))})
    months = {int(month) for month in rule.get("BYMONTH", ())}
    days = [abs(int(day)) for day in rule.get("BYMONTHDAY", ())]
    most = max((29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31 for month in months), default=31)
    if days and min(days) > most:
        raise Told(_("It recurs on days that do not exist."))


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _read_series(uid: str, parts: list[Any], at: datetime, stop: float, reading: Reading) -> None:
    """Spread one event out over the window, with its changed and cancelled times."""
    where = str(parts[0]["X-SAMLAD-WHERE"])
    if time.monotonic() > stop:
        reading.refuse(where, _("The file takes too long to spread out. Divide it."))
        return
    calendar = icalendar.Calendar()
    for part in parts:
        calendar.add_component(part)
    recurs = any(part.get("RRULE") or part.get("RDATE") for part in parts)
    try:
        times = list(recurring_ical_events.of(calendar).between(at, at + WINDOW))
    except BROKEN:
        reading.refuse(where, _("It can't be worked out when it takes place."))
        return
    if not times:
        reading.refuse(where, _("It is over, or more than a year ahead."))
        return
    if len(times) > MOST_TIMES:
        why = _("It recurs more than %(most)s times in a year. The first %(most)s are taken.") % {"most": MOST_TIMES}
        reading.refuse(where, why)
    for event in times[:MOST_TIMES]:
        _read_event(uid, event, where, recurs, reading)


def _read_event(uid: str, event: Any, where: str, recurs: bool, reading: Reading) -> None:
    if len(reading.lines) >= MOST_LINES:
        if not reading.refused or reading.refused[-1].where != where:
            reading.refuse(where, _("The file has more than %(most)s shifts.") % {"most": MOST_LINES})
        return
    try:
        starts, ends = span(event)
        changed = event.get("RECURRENCE-ID")
        which = local(_moment(changed.dt)) if changed is not None else starts
        text = " ".join([str(event.get("SUMMARY") or ""), *map(str, event.categories)])
        cancelled = str(event.get("STATUS") or "").upper() == "CANCELLED"
        name = uid_of("ical", uid, which.isoformat() if recurs or changed is not None else "")
        line = Line(where, name, tuple(names(event)), starts, ends, bool(DEPUTY.search(text)), cancelled)
    except BROKEN as wrong:
        reading.refuse(where, _sentence(wrong))
        return
    reading.lines.append(line)


def span(event: Any) -> tuple[datetime, datetime]:
    """From when to when, in UTC; a day is from midnight to midnight in Stockholm. Raises Told."""
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    try:
        starts, ends = local(_moment(start)), local(_moment(end))
    except ValueError as wrong:
        raise Told(str(wrong)) from None
    if ends <= starts:
        raise Told(_("It has no end, or ends before it begins."))
    if ends - starts > LONGEST:
        raise Told(_("A shift is at most 31 days long."))
    return starts, ends


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001


def names(event: Any) -> Iterator[str]:
    """Whom an event may mean: who attends, what it is called, who is to be contacted, who sent it."""
    for name in ("ATTENDEE", "SUMMARY", "CONTACT", "ORGANIZER", "DESCRIPTION"):
        value = event.get(name)
        for one in value if isinstance(value, list) else [value]:
            if one is None:
                continue
            text = str(one)
            yield re.sub(r"^mailto:", "", text, flags=re.IGNORECASE)[:500]
            if common := getattr(one, "params", {}).get("CN"):
                yield str(common)[:500]

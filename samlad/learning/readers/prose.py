"""Situation texts in prose: a lägesbild, an update, a log with one section per watch. Mostly Swedish."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from samlad.learning.readers.blocks import field_of, says_nothing, status_of
from samlad.learning.readers.columns import no_date
from samlad.learning.readers.content import LONGEST, one_line, tidy, unmarked
from samlad.learning.readers.dates import Found, find_clock, find_date, find_dates, plain
from samlad.learning.readers.names import county_of, issuer
from samlad.learning.told import Fault, Told

HEAD: Final = 15  # lines in which a title is looked for
SHORT: Final = 90  # characters of a heading, at most
TITLE: Final = re.compile(
    r"lagesbild|lagesrapport|lagesuppdatering|situationsrapport|situation report|sitrep|omvarldsbevakning"
)
STAMP: Final = re.compile(r"publicerings?datum|publicerad|senast uppdaterad|uppdaterad|datum|published|updated|date\b")
META: Final = re.compile(
    r"^\s*(?:publicerings?datum|publicerad|(?:senast )?uppdaterad|datum|från|avsändare|aktör|myndighet"
    r"|(?:reporting |report )?date|published|updated|issued by)\s*:",
    re.IGNORECASE,
)
WEEKDAY: Final = re.compile(
    r"\b(?:(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|den|kl(?:ockan)?)\b\.?",
    re.I,
)
WEEK: Final = re.compile(r"\b(?:vecka|v\.|week)\s*\d{1,2}[ ,-]+((?:19|20)\d\d)\b", re.I)
WATCH: Final = re.compile(r"^\w[\w ]{2,40}?\s+(?:kl\.?\s*)?([01]?\d|2[0-3])[.:][0-5]\d\s*$")
COUNT: Final = re.compile(r"^(?:\d{1,2}|[IVX]{1,4})[.)]\s+")
BULLET: Final = re.compile(r"^\s*[•▪➢*\-–·]\s")


class Section(NamedTuple):
    """A part of a log: when it is from, the line that says so, and what it says."""

    at: datetime
    line: int
    title: str
    body: str


def recognises(text: str) -> bool:
    """Any text that has words; it is asked last."""
    return bool(re.search(r"[^\W\d_]{3,}", text[:100_000]))


def read(file: str, text: str) -> Iterator[Told | Fault]:
    """The reports of a text file."""
    yield from read_text(file, 1, text, counted=True)


def read_text(
    file: str, line: int, text: str, *, url: str = "", actor: str = "", year: int | None = None, counted: bool = False
) -> Iterator[Told | Fault]:
    """The reports of one text, which begins at a line of a file. `actor` and `url` are what the file says beside it;
    `counted` when its own lines are lines of the file."""
    text = tidy(unmarked(text))
    if len(text) > LONGEST:
        yield Fault(file, line, _("The text is longer than %(count)s characters.") % {"count": LONGEST})
        return
    who, conveyed_by = (actor, "") if actor else issuer(text, url)
    if not who:
        yield Fault(file, line, _("It is not said whose report it is."))
        return
    sections = list(log_sections(text, line)) or list(whole(text, line, url, year))
    if not sections:
        yield Fault(file, line, no_date(text[:5000]))
    for section in sections:
        section = section if counted else section._replace(line=line)
        yield told(file, section, who, conveyed_by, url, county_of(text))


def told(file: str, section: Section, who: str, conveyed_by: str, url: str, place: str) -> Told:
    """A section as a report."""
    title = one_line(section.title, 120)
    return Told(
        file=file,
        line=section.line,
        actor=who,
        at=section.at,
        title=title,
        source=one_line(", ".join(filter(None, (title, url or file))), 500),
        conveyed_by=conveyed_by,
        status=status_of(section.body),
        texts=blocks(section.body) or {"event": title},
        unchanged=says_nothing(section.body),
        place=place,
    )


def whole(text: str, line: int, url: str, year: int | None) -> Iterator[Section]:
    """A text that is one report: its time by its title, else its stamp, else its address, else its first date."""
    lines = text.split("\n")
    head = [one for one in lines if one.strip()][:HEAD]
    titles = [one for one in head if TITLE.search(plain(one)) and len(one) <= SHORT and not one.rstrip().endswith(".")]
    title = titles[0] if titles else head[0] if head and len(head[0]) <= SHORT else ""
    stamps = [one for one in head if STAMP.search(plain(one)) and len(one) <= SHORT]
    found = (
        first_date(titles, year)
        or first_date(stamps, year)
        or find_date(url)
        or first_date(text[:20_000].split("\n"), year)
    )
    if found is not None:
        body = "\n".join(one for one in lines if one != title and not META.match(one))
        yield Section(moment(found, titles + stamps), line, title.strip("#* "), body)


def first_date(lines: list[str], year: int | None) -> Found | None:
    """The first date in some lines; one with a time of day before one without."""
    found = [date for one in lines for date in find_dates(one, year)]
    return next((date for date in found if date.clock), found[0] if found else None)


def moment(found: Found, lines: list[str]) -> datetime:
    """When a text is from: its date, with the time of day told in the lines about its date where there is one."""
    clock = found.clock or next((told for one in lines if (told := find_clock(one))), None)
    return found._replace(clock=clock).moment


def log_sections(text: str, line: int) -> Iterator[Section]:
    """The dated sections of a log, oldest last as they stand; nothing when the text is no log."""
    week = WEEK.search(text[:500])
    year = int(week[1]) if week else None
    day: Found | None = None
    clock: time | None = None
    begun: list[tuple[datetime, int, str, list[str]]] = []
    for number, one in enumerate(text.split("\n"), line):
        dated = date_line(one, year)
        if dated is not None:
            day, clock = dated, dated.clock
            if clock:
                begun.append((day.moment, number, one, []))
        elif day is not None and WATCH.match(one.strip()):
            clock = find_clock(one)
            begun.append((day._replace(clock=clock, offset=None).moment, number, one.strip(), []))
        elif begun and (begun[-1][0].date() == day.day if day else False):
            begun[-1][3].append(one)
        elif day is not None and one.strip():
            begun.append((day.moment, number, "", [one]))
    if len(begun) > 1:
        yield from (Section(at, at_line, title, "\n".join(body).strip()) for at, at_line, title, body in begun)


def date_line(line: str, year: int | None) -> Found | None:
    """The date of a line that holds nothing else."""
    if len(line) > SHORT:
        return None
    found = find_date(line, year)
    if found is None:
        return None
    rest = WEEKDAY.sub("", line[: found.start] + line[found.end :]).strip(" #*:,.-–")
    return found if not rest else None


def blocks(body: str) -> dict[str, str]:
    """A body by the fields of a report. What stands under no known heading is the event, with its heading."""
    fields: dict[str, list[str]] = {}
    field = "event"
    lines = body.split("\n")
    for place, line in enumerate(lines):
        if not is_heading(lines, place):
            fields.setdefault(field, []).append(line)
            continue
        heading = COUNT.sub("", line.strip()).strip("#*: ")
        field = field_of(heading) or "event"
        # A heading of one word says no more than the field does; one of several is part of what is told.
        if field == "event" or len(heading.split()) > 1:
            fields.setdefault(field, []).append(("\n" if fields.get(field) else "") + heading)
    joined = {name: re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip() for name, rows in fields.items()}
    return {name: words for name, words in joined.items() if words}


def is_heading(lines: list[str], place: int) -> bool:
    """A short line without a final stop, with a blank line or the beginning before it and something after it."""
    line = lines[place].strip()
    if not line or len(line) > SHORT or len(line.split()) > 10:
        return False
    if line.startswith("#") or (line.startswith("**") and line.endswith("**")):
        return True
    words = COUNT.sub("", line)
    known = field_of(words) is not None and len(words.split()) <= 5 and line[-1] not in ".,;!?…"
    if known and (words != line or (line.isupper() and not BULLET.match(line))):
        return True
    alone = place == 0 or not lines[place - 1].strip()
    followed = any(one.strip() for one in lines[place + 1 : place + 3])
    return alone and followed and line[-1] not in ".,;!?…" and not BULLET.match(lines[place]) and line[0].isupper()

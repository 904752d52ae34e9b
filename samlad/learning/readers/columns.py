"""What the columns of a table, or the fields of a record, hold: by their names, in several languages and spellings."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

import msgspec
from django.utils.translation import gettext as _

from samlad.learning.readers.blocks import colour_of, field_of, says_nothing
from samlad.learning.readers.content import LONGEST, one_line, tidy, unmarked
from samlad.learning.readers.dates import find_date, plain
from samlad.learning.readers.names import named_sender, proper, publisher
from samlad.learning.told import Fault, Told
from samlad.picture.entries import Figure

# Looked for in this order: the first name that matches wins. "=" stands for the whole name.
WHEN: Final = (
    "=as of", "=occurred at", "=datetime", "=date rapportage", "=date", "=datum", "=dag", "=day", "=jour", "=tid",
    "=tidpunkt", "=time", "=sent",
    "report date", "rapportdatum", "date de rapportage", "start date", "=onset", "startdatum",
    "=published", "=publicerad", "publiceringsdatum", "=updated", "=uppdaterad", "=created", "=timestamp", "datetime",
    "date", "datum",
    "published", "publicerad",
)  # fmt: skip
ACTOR: Final = (
    "=actor", "=aktor", "=organisation", "=organization", "=agency", "=myndighet", "=avsandare", "sendername",
    "sender name", "=sender", "=from", "=fran", "=by", "reported by", "=unit", "=enhet", "local unit", "jurisdiction",
)  # fmt: skip
# From the finest to the widest: the finest that is told is whose the row is.
PLACES: Final = (
    "health zone", "zone de sante", "zone sante", "=zone", "=zs", "district", "kommun", "municipality", "commune",
    "=city", "=ort", "=stad", "=place", "=plats", "location name", "areadesc", "=location", "=area", "=omrade",
    "province", "=lan", "county", "=region", "state", "country name", "country", "=land", "=pays", "region name",
    "national",
)  # fmt: skip
TEXT: Final = (
    "=text", "=body", "=narrative", "description", "beskrivning", "combined text", "=content", "bodytext", "=summary",
    "=sammanfattning", "=message", "push message", "=preamble", "=ingress", "=remarks", "=comment", "=kommentar",
)  # fmt: skip
TITLE: Final = (
    "=title", "=titel", "=rubrik", "headline", "=name", "=event", "=subject", "event name", "incident name",
    "dtype name", "=type",
)  # fmt: skip
STATUS: Final = ("=status", "=lagesstatus", "overall status")
NOT_FIGURES: Final = re.compile(
    r"^(?:id|ids|identifier|nr|no|number|index|row|lat|lon|lng|latitude|longitude|code|kod|iso.*|year|ar|month|manad|week|vecka|version"
    r"|.* id|id .*|.* code|page|line no|sitrep no|gps|unnamed.*|)$"
)
CUMULATIVE: Final = re.compile(r"^(?:cum|kum|ack)|\btotal|cumul|kumul|\bto date|\bhittills|\ba ce jour")
OF_THE_DAY: Final = re.compile(r"\bdu jour|\btoday|\bdaily|\bdagens|\bper dag|\bdygn")
NOT_TOLD: Final = frozenset(
    {
        "",
        "na",
        "n/a",
        "nan",
        "nd",
        "null",
        "none",
        "-",
        "–",
        "..",
        "?",
        "saknas",
        "uppgift saknas",
        "unknown",
        "okand",
        "inconnu",
    }
)
NUMBER: Final = re.compile(r"^[+-]?\d{1,15}(?:[.,]\d{1,9})?$")
GROUPED: Final = re.compile(r"^[+-]?\d{1,3}(?:[   .,']\d{3})+$")


class Roles(msgspec.Struct, frozen=True):
    """Which column holds what; "" where none does. `fields` are columns that hold one text of a report each."""

    when: str = ""
    actor: str = ""
    places: tuple[str, ...] = ()
    text: str = ""
    titles: tuple[str, ...] = ()
    status: str = ""
    fields: dict[str, str] = {}
    figures: tuple[str, ...] = ()


def words_of(name: str) -> str:
    """A column's name as words: without accents, camel case and underscores undone."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))).split())


def pick(names: Mapping[str, str], wanted: tuple[str, ...]) -> list[str]:
    """The columns whose words match, in the order of what is wanted."""
    found = []
    for want in wanted:
        for name, words in names.items():
            hit = words in (want[1:], want[1:].replace(" ", "")) if want[0] == "=" else re.search(rf"\b{want}", words)
            if hit and name not in found:
                found.append(name)
    return found


@lru_cache(maxsize=10_000)
def roles_of(columns: tuple[str, ...]) -> Roles:
    """What columns hold, by their names alone."""
    names = {name: words_of(name) for name in columns}
    when = next(iter(pick(names, WHEN)), "")
    places = [name for name in pick(names, PLACES) if name != when]
    actor = next((name for name in pick(names, ACTOR) if name != when), "")
    titles = tuple(name for name in pick(names, TITLE) if name not in (when, actor, *places))
    taken = {when, actor, *titles, *places}
    texts = [name for name in pick(names, TEXT) if name not in taken]
    status = next(iter(pick(names, STATUS)), "")
    taken |= {*texts, status}
    fields: dict[str, str] = {}
    for name, words in names.items():
        field = None if name in taken else field_of(words)
        if field and field != "event":
            fields.setdefault(name, field)
    figures = tuple(name for name, words in names.items() if name not in taken and not NOT_FIGURES.match(words))
    return Roles(when, actor, tuple(places), next(iter(texts), ""), titles, status, fields, figures)


def is_told(value: str) -> bool:
    """Whether a cell tells anything: empty, NA and the like are silence, never zero."""
    return plain(value).strip() not in NOT_TOLD


def number_of(value: str) -> Decimal | None:
    """A number as written in Swedish, English or French; None when it is none."""
    text = value.strip().removesuffix("%").strip()
    if GROUPED.match(text) and not re.match(r"^[+-]?0[.,]", text):
        groups = re.findall(r"[^\d+-]", text)
        # One point or comma before three digits may be a decimal sign: only spaces, or several groups, are sure.
        if len(groups) > 1 or groups[0] in "   '":
            text = re.sub(r"[^\d+-]", "", text)
    if not NUMBER.match(text):
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def is_cumulative(label: str) -> bool:
    """Whether a figure is told as one that only grows: a total, and not one of the day."""
    words = words_of(re.sub(r"\([^)]*\)", "", label))
    return bool(CUMULATIVE.search(words)) and not OF_THE_DAY.search(words)


def figures_of(values: Mapping[str, str], columns: tuple[str, ...]) -> tuple[Figure, ...]:
    """The columns that hold numbers, as figures under the names they have in the data."""
    found = []
    for column in columns:
        value = values.get(column, "")
        number = number_of(value) if is_told(value) else None
        if number is not None:
            label = one_line(column.replace("_", " "), 80)
            found.append(Figure(label, number, "%" if value.strip().endswith("%") else "", is_cumulative(column)))
    return tuple(found)


def interpret(
    file: str, line: int, values: Mapping[str, str], roles: Roles, *, url: str = "", month_first: bool = False
) -> Told | Fault:
    """A row or record as a report, or why it can't be one."""
    found = find_date(values.get(roles.when, "").strip()[:60], month_first=month_first) if roles.when else None
    if found is None:
        return Fault(file, line, no_date(values.get(roles.when, "")))
    whole = values.get(roles.text, "")
    place = first_told(values, roles.places)
    told_by = values.get(roles.actor, "") if is_told(values.get(roles.actor, "")) else ""
    if told_by.startswith("http"):
        told_by = publisher(told_by)
    actor = proper(told_by or place or named_sender(whole[:2000]))
    if not actor:
        return Fault(file, line, _("It is not said whose report it is."))
    texts = {name: tidy(unmarked(text)) for name, text in texts_of(values, roles).items()}
    figures = figures_of(values, roles.figures)
    if not figures and not any(texts.values()):
        return Fault(file, line, _("It has neither text nor figures."))
    if any(len(text) > LONGEST for text in texts.values()):
        return Fault(file, line, _("The text is longer than %(count)s characters.") % {"count": LONGEST})
    title = one_line(first_told(values, roles.titles), 120)
    return Told(
        file=file,
        line=line,
        actor=actor,
        at=found.moment,
        title=title,
        source=one_line(", ".join(filter(None, (title, url or file))), 500),
        status=colour_of(values.get(roles.status, "")),
        texts={name: text for name, text in texts.items() if text},
        figures=figures,
        unchanged=says_nothing(whole),
        place=one_line(place, 80),
    )


def no_date(text: str) -> str:
    """Why something has no place in time."""
    if find_date(text, year=2000):
        return _("It has a date without a year, so it can't be placed in time.")
    return _("It is not said when it is from.")


def first_told(values: Mapping[str, str], columns: tuple[str, ...]) -> str:
    """The first of some columns that tells anything; "" when none does."""
    return next((values[name] for name in columns if is_told(values.get(name, ""))), "")


def texts_of(values: Mapping[str, str], roles: Roles) -> dict[str, str]:
    """The texts of a row by the fields of a report; where there is only a title, that is the event."""
    texts: dict[str, list[str]] = {}
    if roles.text and is_told(values.get(roles.text, "")):
        texts["event"] = [values[roles.text]]
    for column, field in roles.fields.items():
        value = values.get(column, "")
        if is_told(value) and number_of(value) is None:
            texts.setdefault(field, []).append(value)
    title = first_told(values, roles.titles)
    if not texts and title and number_of(title) is None:
        texts["event"] = [title]
    return {field: "\n\n".join(parts) for field, parts in texts.items()}

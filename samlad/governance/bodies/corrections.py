"""What was changed in minutes after they were adjusted: anybody who reads the minutes sees it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from samlad.base.clock import STOCKHOLM
from samlad.governance import record
from samlad.governance.bodies import queries
from samlad.governance.bodies.models import ItemMinutes, Meeting, MeetingDecision
from samlad.journal.who import SYSTEM
from samlad.registers.models import Change
from samlad.registers.queries import actors_ever, person_names

DECIDED: Final = ("number", "text", "responsible", "due")
"""What a decision says. What has become of it since is no correction."""


class Correction(NamedTuple):
    """One change: what of ("2. Budget"), what it said before and says since, and why."""

    at: datetime
    by: str
    reason: str
    what: str
    before: str
    after: str


def corrections(of: Meeting, on: date | None = None) -> list[Correction]:
    """The corrections of a meeting's adjusted minutes, latest first; up to a day where one is given."""
    if of.adjusted_at is None:
        return []
    items = queries.agenda(of)
    titles = {str(one.pk): f"{number}. {one.title}" for number, one in enumerate(items, 1)}
    texts = {str(one.pk): titles[str(item)] for item, one in queries.minutes(items).items()}
    made = {str(one.pk): one.number for one in queries.decisions(of)}
    found = [
        *_changed(record.register(ItemMinutes), texts, of.adjusted_at),
        *_changed(record.register(MeetingDecision), made, of.adjusted_at),
    ]
    until = [one for one in found if on is None or one.at.astimezone(STOCKHOLM).date() <= on]
    return sorted(until, key=lambda one: one.at, reverse=True)


def _changed(register: str, titles: Mapping[str, str], after: datetime) -> Iterator[Correction]:
    changes = list(Change.objects.filter(register=register, object_key__in=titles, at__gt=after))
    people = person_names({change.by for change in changes if change.by != SYSTEM.person})
    actors = {actor.code: actor.short for actor in actors_ever()}
    labels = {field.name: str(field.verbose_name) for field in MeetingDecision._meta.concrete_fields}
    for change in changes:
        before, now_ = change.before or {}, change.after or {}
        title = titles[change.object_key]
        for name in DECIDED:
            was, is_ = str(before.get(name) or ""), str(now_.get(name) or "")
            if was == is_:
                continue
            if name == "responsible":
                was, is_ = actors.get(was, was), actors.get(is_, is_)
            what = title if name == "text" else f"{title}, {labels[name]}"
            yield Correction(change.at, people.get(change.by, ""), change.reason, what, was, is_)

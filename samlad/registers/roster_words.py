"""Rosters in words: moments, gaps. For pages, sheets and notices alike, so that they say the same."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM, now
from samlad.registers.models import Role
from samlad.registers.roster_gaps import RosterGap


def short_role(role: str) -> str:
    """A role as it is said in a line: "TiB", "RSK"; those without a short name are in full."""
    return {"tib": "TiB", "rsk": "RSK"}.get(role, str(Role(role).label) if role in Role.values else role)


def moment_words(moment: datetime) -> str:
    """A moment by Stockholm's clocks: "Friday 27 November 17:00", with the year where it is another than this."""
    there = moment.astimezone(STOCKHOLM)
    year = "" if there.year == now().astimezone(STOCKHOLM).year else " Y"
    return date_format(there, f"l j F{year} H:i")


def gap_words(gap: RosterGap, actors: Mapping[str, str]) -> str:
    """What is wrong, in a sentence; `actors` are names by code."""
    people = gap.people
    words = {
        "actor": actors.get(gap.actor, gap.actor),
        "role": short_role(gap.role),
        "from": moment_words(gap.starts),
        "to": moment_words(gap.ends) if gap.ends else "",
        "person": people[0] if people else "",
        "other": people[1] if len(people) > 1 else "",
    }
    if gap.kind == "hole" and gap.ends is None:
        return _("%(actor)s has nobody on duty as %(role)s from %(from)s on.") % words
    if gap.kind == "hole":
        return _("%(actor)s has nobody on duty as %(role)s from %(from)s to %(to)s.") % words
    if gap.kind == "alone":
        return _("Only %(person)s is on duty as %(role)s at %(actor)s from %(from)s to %(to)s.") % words
    if gap.kind == "double":
        return _("%(person)s has two shifts at the same time from %(from)s to %(to)s (%(role)s, %(actor)s).") % words
    if gap.kind == "lost":
        sentence = _("%(person)s is on duty as %(role)s at %(actor)s from %(from)s, but can't be called in that role.")
        return sentence % words
    return _("%(person)s and %(other)s are both first as %(role)s at %(actor)s from %(from)s to %(to)s.") % words

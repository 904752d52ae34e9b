"""The levels' names on pages; entries hold SSR's own words."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.activation.state_models import Readiness
from samlad.journal.fold import Basics

register = template.Library()

NAMES: Final = {
    "inriktande": pgettext_lazy("level, one word", "direction"),
    "samordnande": pgettext_lazy("level, one word", "coordination"),
    "verkställande": pgettext_lazy("level, one word", "execution"),
}

OUTCOMES: Final = {
    "none": _("No further action"),
    "inform": _("Inform only"),
    "conference": _("Conference on the coordination level"),
    "conference_both": _("Conference on the coordination and direction levels"),
    "staff": _("Regional collaboration staff"),
}
WHY_NOTED: Final = {
    "again": _("had answered before"),
    "other_person": _("somebody else than was asked"),
    "late": _("after the time to answer"),
    "withdrawn": _("the call had been withdrawn"),
    "closed": _("the operation was closed"),
    "garbled": _("not understood"),
}


@register.filter
def outcome_name(outcome: str) -> str:
    """What a first assessment came to."""
    return str(OUTCOMES.get(outcome, outcome))


@register.filter
def noted_why(why: str) -> str:
    """Why an answer changed nothing."""
    return str(WHY_NOTED.get(why, why))


@register.filter
def actor_short(basics: Basics, code: str) -> str:
    """The short name that an actor has in an operation."""
    return basics.short(code)


@register.filter
def readiness(state: str) -> str:
    """The national state's name."""
    return str(Readiness(state).label) if state in Readiness.values else state


@register.filter
def at_number(fields: Mapping[int, Any], number: int) -> Any:
    """What stands at a number."""
    return fields[number]


@register.filter
def level_names(levels: Iterable[str]) -> str:
    """The levels in the reader's language, with commas between."""
    return ", ".join(str(NAMES.get(level, level)) for level in levels)

"""The words of assessments and call-outs on pages."""

from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from samlad.activation.assess_forms import PRESSURE, SEVERITY, SPREAD, VERIFIED
from samlad.activation.entries.trigger import Assessed
from samlad.activation.models import LadderTimes
from samlad.base.ids import follows
from samlad.registers.models import ActorSet

register = template.Library()

PURPOSES: Final = {
    "assess": pgettext_lazy("purpose of a call", "Assessment"),
    "call_out": pgettext_lazy("purpose of a call", "Call-out"),
    "inform": pgettext_lazy("purpose of a call", "Information"),
    "drill": pgettext_lazy("purpose of a call", "Test alarm"),
}
FACTS: Final = (
    ("verified", gettext_lazy("Verified?"), VERIFIED),
    ("severity", gettext_lazy("Severity"), SEVERITY),
    ("spread", gettext_lazy("Spread"), SPREAD),
    ("pressure", gettext_lazy("Time pressure"), PRESSURE),
)


@register.filter
def assessed_facts(told: Assessed) -> Iterator[tuple[str, str]]:
    """What an assessment says of the matter, in words; what is not known is left out."""
    for name, label, choices in FACTS:
        value = getattr(told, name)
        if value != "unclear":
            yield str(label), str(dict(choices).get(value, value))
    if told.secrecy:
        yield _("Secrecy"), _("Parts of it must not be told to everybody")


@register.filter
def purpose_name(purpose: str) -> str:
    """What a call is for."""
    return str(PURPOSES.get(purpose, purpose))


@register.filter
def size_at(sizes: Mapping[str, tuple[int, int]], audience: str) -> tuple[int, int] | None:
    """How many actors and people an audience calls."""
    return sizes.get(audience)


@register.filter
def size_words(size: tuple[int, int]) -> str:
    """The same in words."""
    actors, people = size
    told = ngettext("%(n)s actor", "%(n)s actors", actors) % {"n": actors}
    return f"{told}, " + ngettext("%(n)s person", "%(n)s persons", people) % {"n": people}


@register.filter
def withdrawal(call: UUID) -> UUID:
    """The id of the entry by which a call is withdrawn: pressed twice, it is one."""
    return follows(call, "withdrawn")


@register.filter
def audience_name(audience: str) -> str:
    """Who a prepared text is for."""
    if audience.startswith("network:"):
        found = ActorSet.objects.filter(code=audience.removeprefix("network:"), valid_to=None).first()
        return found.name if found else audience
    return _("Those whom it concerns") if audience == "concerned" else _("All participants")


@register.filter
def step_time(times: LadderTimes, step: str) -> str:
    """When a step is taken, in words."""
    value: int = getattr(times, step)
    if step == "same_hours":
        return ngettext("%(n)s hour", "%(n)s hours", value) % {"n": value}
    if not value:
        return "–"
    if value % 60:
        return _("%(n)s s") % {"n": value}
    return _("%(n)s min") % {"n": value // 60}

"""What test alarms say: to those who are called, in the journal, and to an actor's administrators afterwards.

In Swedish, whoever starts them: they go to everybody.
"""

from datetime import date, datetime
from typing import Final

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from samlad.activation.actions.drill import DrillWords
from samlad.activation.entries.calling import Option
from samlad.base.clock import STOCKHOLM

LANGUAGE: Final = "sv"


def minutes_text(minutes: float | None) -> str:
    """A time to answer as text, in the active language: "4.2 min"; empty for none."""
    if minutes is None:
        return ""
    return _("%(minutes)s min") % {"minutes": number_format(minutes, 1 if minutes < 10 else 0)}


def month_text(month: date) -> str:
    """A month as text, in the active language: "november 2026"."""
    return date_format(month, "F Y").lower()


def title_of(name: str, month: date) -> str:
    """What a test alarm is called."""
    with override(LANGUAGE):
        return f"{name.strip()} {month_text(month)}"


def words(title: str, until: datetime) -> DrillWords:
    """The texts of a call. That it is an exercise stands in each of them, and is put before each by what sends it."""
    with override(LANGUAGE):
        told = {"until": date_format(until.astimezone(STOCKHOLM), "H:i")}
        text = "\n\n".join(
            (
                _("This is a test alarm, an exercise. Nothing has happened."),
                _("Answer with one tap, at the latest %(until)s. Nothing else is asked.") % told,
            )
        )
        return DrillWords(title, text, _("Test alarm, exercise. Answer at the latest %(until)s.") % told)


def answer() -> tuple[Option, ...]:
    """The only answer there is."""
    with override(LANGUAGE):
        return (Option("received", _("I have got the alarm"), "no"),)


def result(answered: int, asked: int, minutes: int) -> str:
    """What a test alarm closes with."""
    with override(LANGUAGE):
        told = {"answered": answered, "asked": asked, "minutes": minutes}
        return _("%(answered)s of %(asked)s actors answered within %(minutes)s minutes.") % told


def broken_off() -> str:
    """What it closes with when something happens in earnest."""
    with override(LANGUAGE):
        return _("Broken off: a live operation has been activated.")


def told_subject(title: str, actor: str, minutes: float | None) -> str:
    """The heading of what an actor's administrators are told."""
    told = {"title": title, "actor": actor, "minutes": minutes_text(minutes)}
    if minutes is None:
        return _("%(title)s: %(actor)s did not answer") % told
    return _("%(title)s: %(actor)s answered after %(minutes)s") % told


def told_text(subject: str, lost: int, addresses: dict[str, str]) -> str:
    """What they are told: the result, what did not get through, and where to go on."""
    lines = [subject + "."]
    if lost:
        lines.append(
            ngettext(
                "%(lost)s number or address could not be used.",
                "%(lost)s numbers or addresses could not be used.",
                lost,
            )
            % {"lost": lost}
        )
    lines.append(_("All results: %(report)s\nWho lacks what: %(gaps)s\nWays to reach you: %(ways)s") % addresses)
    return "\n\n".join(lines)


NOT_WHILE_LIVE: Final = gettext_lazy(
    "A live operation is activated. A test alarm would disturb; wait until it is over."
)
NOT_TWO_AT_ONCE: Final = gettext_lazy("Another test alarm is going on. Wait until it has closed.")
NOBODY: Final = gettext_lazy("Choose at least one actor that is a party today.")

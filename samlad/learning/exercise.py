"""An exercise as a file: what is played, by whom and when. Pure reading: nothing here touches the journal."""

from pathlib import Path

import msgspec
from django.utils.translation import gettext_lazy as _

from samlad.activation.entries import Affected, Mode
from samlad.activation.entries.trigger import Outcome, Pressure, Severity, Spread, Verified
from samlad.base.refused import Refused
from samlad.picture.entries import TEXTS, Confidence, Figure, Status


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something somebody does at a minute after the alarm. `by` is a username of the region's people."""

    minute: float
    by: str


class Acknowledging(Step, frozen=True, kw_only=True):
    """Answers the call for one's actor."""

    affected: Affected
    note: str = ""


class Assessing(Step, frozen=True, kw_only=True):
    """Makes the first assessment, and calls out with what is prepared for its outcome."""

    outcome: Outcome
    verified: Verified = "unclear"
    severity: Severity = "unclear"
    spread: Spread = "unclear"
    pressure: Pressure = "unclear"
    concerns: tuple[str, ...] = ()
    grounds: str = ""


class SettingLevels(Step, frozen=True, kw_only=True):
    """Sets the mode and the levels that work together."""

    mode: Mode
    levels: tuple[str, ...]
    reason: str = ""


class SettingDeadline(Step, frozen=True, kw_only=True):
    """Says when the next reports are wanted: `after` so many minutes."""

    after: float
    note: str = ""


class Reporting(Step, frozen=True, kw_only=True):
    """Reports for one's actor, or with `actor` for another; with `unchanged` the same as last time."""

    actor: str = ""
    unchanged: bool = False
    status: Status = "unstated"
    event: str = ""
    consequences: str = ""
    measures: str = ""
    resources: str = ""
    forecast_24h: str = ""
    forecast_72h: str = ""
    needs: str = ""
    offers: str = ""
    communication: str = ""
    source: str = ""
    confidence: Confidence = ""
    figures: tuple[Figure, ...] = ()


class Take(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text of an actor's latest report, to be taken into the picture."""

    actor: str
    field: str


class Compiling(Step, frozen=True, kw_only=True):
    """Takes statements, writes the overall assessment and publishes the picture."""

    status: Status
    assessment: str
    outlook: str = ""
    take: tuple[Take, ...] = ()


class Exercise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole exercise. The first `head` minutes are there from the start; the rest is played at `speed`."""

    what: str
    where: str
    raised_by: str
    convening: str = ""
    areas: tuple[str, ...] = ()
    head: float = 0
    speed: float = 1
    assessment: tuple[Assessing, ...] = ()
    acknowledgement: tuple[Acknowledging, ...] = ()
    levels: tuple[SettingLevels, ...] = ()
    deadline: tuple[SettingDeadline, ...] = ()
    report: tuple[Reporting, ...] = ()
    picture: tuple[Compiling, ...] = ()

    @property
    def title(self) -> str:
        """What its operation is called."""
        return f"{self.what}, {self.where}"

    def steps(self) -> list[tuple[str, Step]]:
        """Everything that is done, in order of time, each with a name that stays the same from run to run."""
        tables: dict[str, tuple[Step, ...]] = {
            "assessment": self.assessment,
            "acknowledgement": self.acknowledgement,
            "levels": self.levels,
            "deadline": self.deadline,
            "report": self.report,
            "picture": self.picture,
        }
        named = [(f"{table}.{place}", step) for table, rows in tables.items() for place, step in enumerate(rows)]
        return sorted(named, key=lambda one: one[1].minute)

    def people(self) -> set[str]:
        """The usernames of all who take part."""
        return {self.raised_by, *(step.by for _name, step in self.steps())}


def read_exercise(file: Path) -> Exercise:
    """An exercise from its TOML file. Raises Refused with what is wrong in it."""
    try:
        exercise = msgspec.toml.decode(file.read_bytes(), type=Exercise)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(_("%(file)s: %(reason)s") % {"file": file, "reason": error}) from error
    wrong = {take.field for step in exercise.picture for take in step.take} - set(TEXTS)
    if wrong:
        reason = _("There is no text called %(field)s in a report.") % {"field": ", ".join(sorted(wrong))}
        raise Refused(_("%(file)s: %(reason)s") % {"file": file, "reason": reason})
    return exercise

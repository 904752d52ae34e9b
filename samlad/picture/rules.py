"""Who may do what with the picture, and why not: `check_can_...` raises Refused with a sentence, `can_...` asks."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.journal.entries import Audience
from samlad.journal.fold import Basics
from samlad.journal.who import SYSTEM, Who
from samlad.picture.entries import TEXTS, ReportFiled
from samlad.picture.lines import Line

COMPILING_ROLES = frozenset({"picture_lead", "rsk"})
AHEAD = timedelta(minutes=10)  # how much a device's clock may be ahead of the server's
CLOSED = _("The operation is closed. Only corrections can be added.")


def check_can_report(who: Who, basics: Basics) -> None:
    """A duty seat of a participating actor reports for its actor, while the operation is open."""
    if basics.closed_at:
        raise Refused(CLOSED)
    if who.actor not in basics.participants:
        raise Refused(_("Your actor does not take part in this operation and cannot report in it."))
    if not who.on_duty:
        raise Refused(_("Only those with a duty role can report for their actor."))


def can_report(who: Who, basics: Basics) -> bool:
    """Whether the report form is shown."""
    return not basics.closed_at and who.actor in basics.participants and who.on_duty


def check_can_convey(who: Who, basics: Basics) -> None:
    """Any duty seat of an actor in the operation may convey what another actor has told (förmedlad lägesbild)."""
    if basics.closed_at:
        raise Refused(CLOSED)
    if not can_convey(who, basics):
        raise Refused(_("Only those with a duty role in the operation can convey a report for another actor."))


def can_convey(who: Who, basics: Basics) -> bool:
    """Whether a report can be filed on behalf of another actor."""
    takes_part = who.actor in basics.participants or who.actor in basics.observers
    return not basics.closed_at and who.on_duty and takes_part


def check_can_correct(who: Who, actor: str, conveyed_by: str) -> None:
    """Whoever stands behind a report corrects it, also after the operation has been closed."""
    if not can_correct(who, actor, conveyed_by):
        raise Refused(_("Only the actor that sent the report can correct it."))


def can_correct(who: Who, actor: str, conveyed_by: str) -> bool:
    """Whether the correction form is shown."""
    return who.on_duty and who.actor == (conveyed_by or actor)


def check_can_compile(who: Who, basics: Basics) -> None:
    """The compiler of the picture (lägesbildsansvarig), or the RSK, works at the desk; and the program, which asks for
    reports to the weekly conference."""
    if basics.closed_at:
        raise Refused(CLOSED)
    if not who.roles & COMPILING_ROLES and who.person != SYSTEM.person:
        raise Refused(_("Only the compiler of the picture or the coordinator (RSK) works at the desk."))


def can_compile(who: Who, basics: Basics) -> bool:
    """Whether the desk is shown."""
    return not basics.closed_at and bool(who.roles & COMPILING_ROLES)


def check_content(report: ReportFiled, clock: datetime | None) -> None:
    """What a report must hold to be of use to anybody. Raises Refused."""
    if clock and report.as_of > clock + AHEAD:
        raise Refused(_("The report describes a moment that has not come yet."), field="as_of")
    if report.conveyed_by and not report.source.strip():
        raise Refused(_("Say who told you, and how, when you report for another actor."), field="source")
    if report.status == "unstated" and not report.figures and not any(getattr(report, text) for text in TEXTS):
        raise Refused(_("The report is empty."))
    # Not a number, or infinite: it could not be compared with the next one.
    if not all(Decimal(figure.value).is_finite() for figure in report.figures):
        raise Refused(_("A figure has to be an ordinary number."))


def check_line(line: Line | None, audience: Audience, clock: datetime | None) -> None:
    """A line is for those outside, and is told before it is over; `clock` is None where nothing new is told.

    Raises Refused.
    """
    if line and line.text and audience.to in ("all", "public"):
        raise Refused(_("All read the report. Write what they need to know in it."), field="line")
    if clock and line and line.text and line.until and line.until < clock:
        raise Refused(_("The time has already passed."), field="line_until")

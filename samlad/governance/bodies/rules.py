"""Who reads and changes what of bodies and meetings, and what a meeting's states allow.

Whom the secretariat asks is told: rådet's and chefsgruppen's agendas and adjusted minutes are for all parties.
"""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.governance.bodies.models import Body, Meeting, MeetingDecision, MeetingState, Openness
from samlad.governance.bodies.queries import is_in, sits_in
from samlad.governance.rules import keeps, reads
from samlad.journal.who import Who


def reads_meetings(who: Who, body: Body) -> bool:
    """Whether somebody reads a body's agendas, papers and adjusted minutes: all parties where it is open to them, else
    those whose actor has a member in it, a registered member, and the secretariat."""
    if not reads(who):
        return False
    return keeps(who) or body.readers == Openness.PARTIES or is_in(body, who.actor) or sits_in(who, body.code)


def reads_drafts(who: Who, body: Body) -> bool:
    """Whether somebody reads minutes that are not adjusted yet: the secretariat, and those who sit in the body."""
    return reads(who) and (keeps(who) or sits_in(who, body.code))


def reads_minutes(who: Who, body: Body, meeting: Meeting) -> bool:
    """Whether somebody reads the minutes, as far as they have come."""
    return reads_drafts(who, body) or (meeting.adjusted_on is not None and reads_meetings(who, body))


def reads_decision(who: Who, body: Body, meeting: Meeting, decision: MeetingDecision) -> bool:
    """Whether somebody reads a decision: who reads the minutes, and the actor that is to carry it out."""
    return reads_minutes(who, body, meeting) or (reads(who) and decision.responsible_id == who.actor)


def follows_up(who: Who, decision: MeetingDecision) -> bool:
    """Whether somebody tells what has become of a decision: the secretariat, and who speaks for the actor."""
    from_actor = decision.responsible_id == who.actor and bool(who.roles & {"registrar", "chief"})
    return keeps(who) or from_actor


def meetings_or_404(who: Who, body: Body) -> None:
    """For views: not there for those who may not read the body's meetings."""
    if not reads_meetings(who, body):
        raise Http404


def check_changeable(meeting: Meeting) -> None:
    """An agenda is changed up to the meeting; what has been held or cancelled stays as it was."""
    if meeting.state in (MeetingState.HELD, MeetingState.CANCELLED):
        raise Refused(_("The meeting has been held or cancelled: its agenda stays as it was."))


def check_not_cancelled(meeting: Meeting) -> None:
    """Nothing was said or decided at a meeting that was cancelled."""
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("The meeting was cancelled."))


def check_has_begun(meeting: Meeting) -> None:
    """Minutes are of a meeting that has been."""
    check_not_cancelled(meeting)
    if meeting.state != MeetingState.HELD:
        raise Refused(_("First record that the meeting has been held."))

"""Every way to change a roster by hand. A shift is never changed: it is taken out, and what holds instead put in.

What has been stays: a shift that is under way is split at the present moment. Each action leaves a row of history.
"""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samlad.base.clock import STOCKHOLM, now
from samlad.base.refused import Refused
from samlad.journal import gate
from samlad.journal.who import Who
from samlad.registers import roster_rules as rules
from samlad.registers.actions import one_change
from samlad.registers.history import note
from samlad.registers.models import HandoverNote, Person, Roster, Shift
from samlad.registers.roster_models import ShiftSource

REGISTER: Final = "rosters"
LONGEST_NOTE: Final = 4000


def told(moment: datetime) -> str:
    """A moment as the history has it: Stockholm time with its offset."""
    return moment.astimezone(STOCKHOLM).isoformat(timespec="minutes")


def state_of(shift: Shift) -> dict[str, Any]:
    """A shift as the history has it."""
    whole = {"person": shift.person_id, "starts": told(shift.starts), "ends": told(shift.ends)}
    return whole | {"deputy": shift.deputy}


def locked_roster(actor: str, role: str, begins: datetime) -> Roster:
    """The actor's roster for a role, made or taken up again where there is none, held for this transaction."""
    roster, _made = Roster.objects.select_for_update().get_or_create(
        actor_id=actor, role=role, defaults={"begins": begins}
    )
    if roster.ended_at is not None or begins < roster.begins:
        roster.begins = begins if roster.ended_at is not None else min(begins, roster.begins)
        roster.ended_at = None
        roster.save(update_fields=["begins", "ended_at"])
    return roster


def take_out(shift: Shift, *, by: Who, at: datetime) -> Shift | None:
    """Take a shift out as of a moment. Returns what of it has been, where it had begun, as a shift of its own."""
    Shift.objects.filter(pk=shift.pk).update(removed_at=at, removed_by=by.person)
    shift.removed_at = at
    return put_in(shift, by=by, at=at, ends=at) if shift.starts < at else None


def put_in(shift: Shift, *, by: Who, at: datetime, **changes: Any) -> Shift:
    """Put a shift like this one in its place, with these changes."""
    kept = ("roster_id", "person_id", "starts", "ends", "deputy", "source", "pattern_id", "uid", "told")
    values = {name: getattr(shift, name) for name in kept} | changes
    return Shift.objects.create(**values, added_at=at, added_by=by.person, replaces=shift)


def exchange(shift: Shift, person: Person, *, by: Who, at: datetime, source: str) -> Shift:
    """Give a shift, from now where it is under way, to another person."""
    take_out(shift, by=by, at=at)
    starts = max(shift.starts, at)
    return put_in(shift, by=by, at=at, person_id=person.pk, starts=starts, source=source)


@one_change
def add_shift(
    *, actor: str, role: str, person: Person, span: tuple[datetime, datetime], deputy: bool, reason: str, by: Who
) -> Shift:
    """Put somebody on duty from a moment up to another. Raises Refused."""
    rules.check_can_keep(by, actor, role)
    starts, ends = span
    rules.check_span(starts, ends)
    roster = locked_roster(actor, role, starts)
    rules.check_has_role(person, roster, starts, ends)
    rules.check_free(person, roster, starts, ends)
    shift = Shift.objects.create(
        roster=roster, person=person, starts=starts, ends=ends, deputy=deputy, added_by=by.person
    )
    note(register=REGISTER, key=str(roster.pk), by=by, before=None, after=state_of(shift), reason=reason)
    return shift


@one_change
def change_shift(
    *, shift: Shift, person: Person, span: tuple[datetime, datetime], deputy: bool, reason: str, by: Who
) -> bool:
    """Give a shift another person or another time. One that is under way has begun when it began; another person has
    it from now. Raises Refused."""
    row = _locked(shift, by)
    at, (starts, ends) = now(), span
    under_way = row.starts <= at
    if under_way:
        starts = row.starts
    if (person.pk, starts, ends, deputy) == (row.person_id, row.starts, row.ends, row.deputy):
        return False
    rules.check_span(starts, ends)
    rules.check_has_role(person, row.roster, starts, ends)
    rules.check_free(person, row.roster, max(starts, at), ends, row)
    take_out(row, by=by, at=at)
    changed = {"person_id": person.pk, "starts": max(starts, at) if under_way else starts, "ends": ends}
    new = put_in(row, by=by, at=at, deputy=deputy, source=ShiftSource.PAGE, **changed)
    note(register=REGISTER, key=str(row.roster_id), by=by, before=state_of(row), after=state_of(new), reason=reason)
    return True


@one_change
def remove_shift(*, shift: Shift, reason: str, by: Who) -> bool:
    """Take a shift away; one that is under way ends now. Raises Refused."""
    row = _locked(shift, by)
    take_out(row, by=by, at=now())
    before = state_of(row)
    after: dict[str, Any] = dict.fromkeys(before)
    note(register=REGISTER, key=str(row.roster_id), by=by, before=before, after=after, reason=reason, action="removed")
    return True


def _locked(shift: Shift, by: Who) -> Shift:
    """The shift as it is now, its roster held for this transaction. Raises Refused where it can't be changed."""
    roster = Roster.objects.select_for_update().get(pk=shift.roster_id)
    rules.check_can_keep(by, roster.actor_id, roster.role)
    row = Shift.objects.select_related("roster", "person").get(pk=shift.pk)
    rules.check_not_over(row)
    return row


@one_change
def keep_roster(*, roster: Roster, round_clock: bool, ended: bool, reason: str, by: Who) -> bool:
    """Say whether somebody is meant to be on duty at every hour, and whether the roster is kept at all.

    An ended roster has no shifts ahead: they are taken away. Raises Refused.
    """
    rules.check_can_keep(by, roster.actor_id, roster.role)
    row = Roster.objects.select_for_update().get(pk=roster.pk)
    at = now()
    if ended and row.patterns.filter(valid_to=None).exists():
        raise Refused(_("A pattern is still in force. End it first."), field="ended")
    before = {"round_clock": row.round_clock, "ended": row.ended_at is not None}
    after = {"round_clock": round_clock, "ended": ended}
    if before == after:
        return False
    row.round_clock = round_clock
    row.ended_at = (row.ended_at or at) if ended else None
    if before["ended"] and not ended:
        row.begins = at
    row.save(update_fields=["round_clock", "ended_at", "begins"])
    if ended:
        for shift in Shift.objects.filter(roster=row, removed_at=None, ends__gt=at):
            take_out(shift, by=by, at=at)
    note(register=REGISTER, key=str(row.pk), by=by, before=before, after=after, reason=reason)
    return True


@one_change
def leave_note(*, roster: Roster, text: str, by: Who) -> HandoverNote:
    """Leave a note to whoever comes on duty next. Raises Refused, and NotKept for what is security-classified."""
    if not rules.may_write_note(by, roster):
        raise Refused(_("Those who have the role at the actor write its handover notes."))
    if not (text := text.strip()):
        raise Refused(_("Write what the next person needs to know."), field="text")
    gate.check(text, field="text")
    return HandoverNote.objects.create(roster=roster, author_id=by.person, text=text[:LONGEST_NOTE])

"""Every way to change what is prepared for a call-out. Each leaves a row of history."""

from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from samlad.activation.entries.trigger import OUTCOMES
from samlad.activation.models import AnswerOption, BridgeDefault, CallOutTemplate, LadderTimes
from samlad.activation.prepared import OPERATION_KINDS, PLACE, PLACES
from samlad.base.refused import Refused
from samlad.journal.who import DUTY_ROLES, Who
from samlad.registers.actions import one_change, stamp
from samlad.registers.history import note, snapshot
from samlad.registers.models import ActorSet
from samlad.registers.rules import check_can_edit, check_code, check_unchanged

REGISTER: Final = "call_out"
FIELDS: Final[dict[type[Model], tuple[str, ...]]] = {
    CallOutTemplate: ("outcome", "operation_kind", "subject", "text", "short", "audience", "roles", "answer_minutes",
                      "conference_minutes", "source", "valid"),
    LadderTimes: ("next_way", "again", "deputy", "everyone", "by_hand", "assess_again", "assess_deputy",
                  "assess_everyone", "assess_by_hand", "same_hours", "source"),
    AnswerOption: ("label", "affected", "attends", "place", "source", "valid"),
    BridgeDefault: ("phone", "video", "talk_group", "source"),
}  # fmt: skip
PREFIX: Final = {CallOutTemplate: "text", LadderTimes: "times", AnswerOption: "answer", BridgeDefault: "bridge"}
SOONEST, LATEST = 30, 24 * 3600  # seconds: what a step of a ladder can be
NEXT_WAY: Final = (10, 3600)
HOURS: Final = 72
DIGITS: Final = 9
DAY_MINUTES: Final = 24 * 60


def key_of(row: Model) -> str:
    """Under what its changes stand in the history."""
    code = row.code if isinstance(row, CallOutTemplate) else "" if isinstance(row, BridgeDefault) else str(row.pk)
    return f"{PREFIX[type(row)]}:{code}"


def state_of(row: Model) -> dict[str, Any]:
    """A row as the history keeps it."""
    state = snapshot(row, FIELDS[type(row)])
    # "phone" is somebody's private number in the history's words; this is nobody's.
    return {"bridge_phone" if name == "phone" else name: value for name, value in state.items()}


def stored(row: Model) -> Model | None:
    """The same row as it is in the database, locked."""
    rows = type(row)._default_manager.select_for_update()
    if isinstance(row, CallOutTemplate):
        return rows.filter(code=row.code).first()
    return rows.filter(pk=row.pk).first()


@one_change
def save(*, row: Model, reason: str, by: Who, seen: str = "", new: bool = False) -> bool:
    """Save a prepared text, times, an answer or the bridge. Whether anything differs. Raises Refused."""
    check_can_edit(by)
    check(row)
    old = stored(row)
    if old is not None and new:
        raise Refused(_("There is already one with this code."), field="code")
    if old is not None:
        row.pk = old.pk
    before, after = state_of(old) if old is not None else None, state_of(row)
    if before == after:
        return False
    if before is not None:
        check_unchanged(seen, before, stamp(before))
    row.save()
    note(register=REGISTER, key=key_of(row), by=by, before=before, after=after, reason=reason)
    return True


def check(row: Model) -> None:
    """Refuse what nobody could be called by."""
    match row:
        case CallOutTemplate():
            check_text(row)
        case LadderTimes():
            check_times(row)
        case AnswerOption():
            check_answer(row)


def check_text(row: CallOutTemplate) -> None:
    """Refuse a text that would not do, and a second one for the same outcome and kind."""
    check_code(row.code)
    if row.outcome not in OUTCOMES or row.outcome == "none":
        raise Refused(_("Choose which outcome the text is for."), field="outcome")
    if row.operation_kind and row.operation_kind not in OPERATION_KINDS:
        raise Refused(_("There is no such kind of operation."), field="operation_kind")
    for name in ("subject", "text", "short"):
        value = getattr(row, name)
        if not value.strip():
            raise Refused(_("Write something here."), field=name)
        if unknown := {place for place in PLACE.findall(value) if place not in PLACES}:
            told = {"unknown": ", ".join(sorted(unknown)), "known": " ".join(f"{{{place}}}" for place in PLACES)}
            raise Refused(_("There is no place {%(unknown)s}. There are: %(known)s.") % told, field=name)
    if unknown := set(row.roles) - DUTY_ROLES:
        raise Refused(_("Those who are called have duty roles, not %(roles)s.") % {"roles": ", ".join(sorted(unknown))},
                      field="roles")  # fmt: skip
    check_audience(row.audience)
    for name in ("answer_minutes", "conference_minutes"):
        minutes = getattr(row, name)
        if minutes is not None and not 1 <= minutes <= DAY_MINUTES:
            raise Refused(_("Between 1 minute and 24 hours."), field=name)
    same = CallOutTemplate.objects.filter(outcome=row.outcome, operation_kind=row.operation_kind, valid=True)
    if row.valid and (other := same.exclude(code=row.code).first()):
        sentence = _("“%(code)s” is for the same outcome and kind. Take that out of use first.")
        raise Refused(sentence % {"code": other.code}, field="outcome")


def check_audience(audience: str) -> None:
    """Refuse an audience that nobody could be found by."""
    kind, _colon, code = audience.partition(":")
    if audience in ("all", "concerned"):
        return
    if kind != "network" or not ActorSet.objects.filter(code=code, owner=None, valid_to=None).exclude(code="").exists():
        raise Refused(_("There is no such network of all."), field="audience")


def check_times(row: LadderTimes) -> None:
    """Refuse times by which nobody would be called in time, or in no order."""
    if row.operation_kind not in OPERATION_KINDS:
        raise Refused(_("There is no such kind of operation."), field="operation_kind")
    if not NEXT_WAY[0] <= row.next_way <= NEXT_WAY[1]:
        raise Refused(_("Between 10 seconds and an hour."), field="next_way")
    for again, *names in (("again", "deputy", "everyone", "by_hand"),
                          ("assess_again", "assess_deputy", "assess_everyone", "assess_by_hand")):  # fmt: skip
        last = 0
        for name in names:
            seconds = getattr(row, name)
            if not SOONEST <= seconds <= LATEST:
                raise Refused(_("Between 30 seconds and 24 hours."), field=name)
            if seconds < last:
                raise Refused(_("This step can't come before the one above it."), field=name)
            last = seconds
        if getattr(row, again) and not SOONEST <= getattr(row, again) <= LATEST:
            raise Refused(_("Between 30 seconds and 24 hours; 0 leaves it out."), field=again)
    if not 1 <= row.same_hours <= HOURS:
        raise Refused(_("Between 1 and 72 hours."), field="same_hours")


def check_answer(row: AnswerOption) -> None:
    """Refuse an answer that can't be chosen, and a digit that is taken."""
    check_code(row.code)
    if not row.label.strip():
        raise Refused(_("Write something here."), field="label")
    if row.affected not in ("yes", "no", "unclear"):
        raise Refused(_("Choose what it says."), field="affected")
    if not 1 <= row.place <= DIGITS:
        raise Refused(_("A digit from 1 to 9."), field="place")
    others = AnswerOption.objects.filter(valid=True).exclude(pk=row.pk)
    if row.valid and others.filter(place=row.place).exists():
        raise Refused(_("Another answer has this digit."), field="place")
    if not row.valid and not others.exists():
        raise Refused(_("There must be something to answer."), field="valid")

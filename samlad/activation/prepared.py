"""What is prepared for a call-out: the words for an outcome, the times of the ladder, the answers, the bridge."""

import re
from collections.abc import Mapping
from typing import Final

import msgspec
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from samlad.activation.entries.calling import Bridge, Option, Times
from samlad.activation.models import AnswerOption, BridgeDefault, CallOutTemplate, LadderTimes
from samlad.notify.alerts import Steps

PLACES: Final = ("what", "where", "by", "when", "until", "bridge", "who")
"""What stands in braces in a prepared text: what has happened, where, which actor raised the alarm, when the
conference is, until when the answer is asked for, how to get into the conference, who calls."""

PLACE: Final = re.compile(r"\{(\w+)\}")
OPERATION_KINDS: Final = ("disturbance", "planned", "exercise", "ordinary")
WORDS: Final = {"yes": _("Affected"), "no": _("Not affected"), "unclear": _("Unclear if affected")}

GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE: Final = frozenset("^{}\\[~]|€\f")
LINK_ROOM: Final = 60  # characters for "Svara: https://samlad.example/a/..." after a short text
LONGEST_SHORT: Final = 2 * 153 - LINK_ROOM


class Prepared(msgspec.Struct, frozen=True):
    """The prepared words for an outcome, with their places still open."""

    code: str
    outcome: str
    subject: str
    text: str
    short: str
    audience: str = "all"
    roles: tuple[str, ...] = ()
    answer_minutes: int = 15
    conference_minutes: int | None = None


INFORM: Final = (
    _("Information: {what}, {where}"),
    _("{who} informs.\n\nWhat: {what}\nWhere: {where}\nAlarm raised by: {by}"),
    _("{what}, {where}. For information, no answer is needed."),
)
CONFERENCE: Final = (
    _("Conference: {what}, {where}"),
    _("{who} calls to a conference at {when}.\n\nWhat: {what}\nWhere: {where}\n\n{bridge}\n\nAnswer by {until}."),
    _("{what}, {where}. Conference {when}. {bridge} Answer by {until}."),
)


def unprepared(outcome: str) -> Prepared:
    """What is proposed where the region has prepared nothing: better plain words than none."""
    informs = outcome == "inform"
    subject, text, short = (str(words) for words in (INFORM if informs else CONFERENCE))
    return Prepared("", outcome, subject, text, short, conference_minutes=None if informs else 30)


def prepared(outcome: str, kind: str) -> Prepared | None:
    """The words for an outcome in a kind of operation; None for the outcome that calls nobody."""
    if outcome == "none":
        return None
    rows = CallOutTemplate.objects.filter(outcome=outcome, operation_kind__in=("", kind), valid=True)
    row = max(rows, key=lambda one: bool(one.operation_kind), default=None)
    if row is None:
        return unprepared(outcome)
    return Prepared(
        row.code, outcome, row.subject, row.text, row.short, row.audience, tuple(row.roles), row.answer_minutes,
        row.conference_minutes,
    )  # fmt: skip


def times_for(kind: str) -> LadderTimes:
    """The times in a kind of operation, those of the model where none are stored."""
    return LadderTimes.objects.filter(pk=kind).first() or LadderTimes(operation_kind=kind)


def calling_times(kind: str) -> Times:
    """The ladder of a call-out, as its entry holds it."""
    row = times_for(kind)
    return Times(row.next_way, row.again, row.deputy, row.everyone, row.by_hand)


def calling_ladder(times: Times) -> Steps:
    """The same as the steps of an alert, in order."""
    again = ((times.again, "again"),) if times.again else ()
    later = ((times.deputy, "deputies"), (times.everyone, "everyone"), (times.by_hand, "by_hand"))
    return ((0, "first"), *sorted((*again, *later), key=lambda step: step[0]))


def assessing_ladder(kind: str) -> Steps:
    """The steps of asking for the first assessment."""
    row = times_for(kind)
    return calling_ladder(
        Times(row.next_way, row.assess_again, row.assess_deputy, row.assess_everyone, row.assess_by_hand)
    )


def answer_options() -> tuple[Option, ...]:
    """The answers to choose from, in the order of their digits."""
    rows = AnswerOption.objects.filter(valid=True)
    found = tuple(Option(row.code, row.label, row.affected, row.attends) for row in rows)  # type: ignore[arg-type]
    return found or tuple(Option(code, str(label), code) for code, label in WORDS.items())  # type: ignore[arg-type]


def bridge_default() -> Bridge:
    """How to get into the conference unless something else is said."""
    row = BridgeDefault.objects.first()
    return Bridge(row.phone, row.video, row.talk_group) if row else Bridge()


def bridge_words(bridge: Bridge, *, short: bool = False) -> str:
    """The bridge in a text: a line for each way, in a short one the telephone and the talk group in one line."""
    names = bridge_names()
    if short:
        ways = ((names["tel"], bridge.phone), (names["group"], bridge.talk_group))
        return " ".join(f"{name} {value}." for name, value in ways if value)
    told = ((names["phone"], bridge.phone), (names["video"], bridge.video), (names["group"], bridge.talk_group))
    return "\n".join(f"{name}: {value}" for name, value in told if value)


def bridge_names() -> dict[str, str]:
    """What the ways into a conference are called in a message."""
    return {
        "tel": pgettext("bridge, in an SMS", "Tel."),
        "phone": pgettext("bridge", "Telephone"),
        "video": pgettext("bridge", "Video"),
        "group": pgettext("bridge", "Rakel"),
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """A prepared text with its places filled; a place that is not known stays as it stands, and is seen."""
    done = PLACE.sub(lambda match: values.get(match[1], match[0]), text)
    return "\n".join(" ".join(line.split()) for line in done.splitlines()).strip()


def sms_length(text: str) -> int:
    """How many characters of the SMS alphabet a text takes; one outside it makes every character count double."""
    plain = sum(2 if letter in GSM_DOUBLE else 1 for letter in text)
    return plain if all(letter in GSM or letter in GSM_DOUBLE for letter in text) else plain * 160 // 70

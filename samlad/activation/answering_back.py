"""Answers that come back through a gateway: an SMS from a number that was asked, a key pressed in a call.

Who is asked is known by the number that our message went to, and by the code in it. What is said back is one short
text, in the language of the call.
"""

from typing import Final

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.activation.actions.answering import Outcome, answer_call, note_answer
from samlad.activation.asked import Asked, asked
from samlad.activation.entries.calling import Answered, Option, Way
from samlad.activation.replies import Understood, by_key, codes_in, understood
from samlad.base.clock import now
from samlad.base.ids import follows
from samlad.base.refused import NotKept
from samlad.journal.who import Who
from samlad.notify.channels.arriving import Incoming
from samlad.notify.models import EXERCISE_MARKS, Notice, Recipient
from samlad.notify.tries import Tries

LATEST: Final = 20  # calls to one number that are looked at
GARBLED: Final = 5  # texts that are no answer, of one person in one call, that are entered
LONGEST_NOTE: Final = 300
GUESSES: Final = Tries(10, 600)
GATEWAY: Final = Who("gateway:sms", "", frozenset(), "")
"""Who enters that somebody answered from a number that was not asked."""


class Said(msgspec.Struct, frozen=True):
    """What became of something that came in: `text` is said back ("" is nothing), `again`: a key that is no answer."""

    text: str = ""
    again: bool = False


def by_sms(incoming: Incoming) -> Said:
    """Take an SMS. From a number that nobody asked, nothing is said back. Raises Unavailable."""
    mine = asked_at(incoming.sender)
    told = codes_in(incoming.text)
    code = next((one for one in told if any(row.code == one for row, _about in mine)), "")
    if told and not code and (not mine or is_asked(told)):
        return from_other_number(incoming, told[0])
    if code:
        mine = [(one, about) for one, about in mine if one.code == code]
    waiting = [about for _one, about in mine if not about.why_not]
    if not mine:
        return Said()
    if len({(about.call, about.actor) for about in waiting}) > 1:
        return several(waiting, incoming)
    return one_sms(waiting[0] if waiting else mine[0][1], incoming, code)


def names_a_call(incoming: Incoming) -> bool:
    """Whether an SMS holds the code of a call that waits for an answer from its number."""
    codes = set(codes_in(incoming.text))
    return bool(codes) and any(one.code in codes and not about.why_not for one, about in asked_at(incoming.sender))


def is_asked(codes: list[str]) -> bool:
    """Whether one of these is the code of somebody who is asked now."""
    return Recipient.objects.filter(code__in=codes, call__alert__closed_at=None, call__alert__until__gt=now()).exists()


def asked_at(number: str) -> list[tuple[Recipient, Asked]]:
    """Who was asked something by a message to a number, in which call, latest first."""
    keys = Notice.objects.filter(address=number, channel__in=("sms", "voice"), recipient__isnull=False)
    found = Recipient.objects.filter(pk__in=keys.values("recipient"), call__alert__answerable=True)
    at = now()
    rows = found.select_related("call__alert").order_by("-call__alert__asked_at", "-pk")[:LATEST]
    return [(row, about) for row in rows if (about := asked(row, at)) is not None]


def one_sms(about: Asked, incoming: Incoming, code: str) -> Said:
    """An SMS about a call, with its code ("" where it was left out)."""
    told = understood(incoming.text, about.options, code)
    with override(about.language):
        if told.affected is None:
            return garbled(about, incoming)
        outcome = enter(about, answer_of(about, told), f"sms {incoming.id or incoming.text}")
        return Said(marked(about, said_back(about, outcome, told.option, told.affected)))


def answer_of(about: Asked, told: Understood) -> Answered:
    """What an SMS says as what is entered, with the rest of its words."""
    assert told.affected is not None
    return Answered(told.affected, told.rest[:LONGEST_NOTE], "", "sms", about.call, told.option)


def enter(about: Asked, told: Answered, which: str) -> Outcome:
    """Enter an answer in the name of who was asked; `which` is the same when the gateway asks again. Words that may not
    be here are left out: the answer is not."""
    id = follows(about.call, f"{about.recipient} {which}")
    try:
        return answer_call(by=about.who, asked=about, told=told, id=id)
    except NotKept:
        return answer_call(by=about.who, asked=about, told=msgspec.structs.replace(told, note=""), id=id)


def garbled(about: Asked, incoming: Incoming) -> Said:
    """An SMS that is no answer: entered, and told once how to answer."""
    who = about.who
    before = [one for one in about.state.noted if one.why == "garbled" and one.person == who.person]
    if len(before) >= GARBLED:
        return Said()
    if about.why_not:
        note_answer(by=who, asked=about, why=about.why_not, way="sms", text=incoming.text, which=incoming.id)
        return Said()
    fresh = note_answer(by=who, asked=about, why="garbled", way="sms", text=incoming.text, which=incoming.id)
    if before or not fresh:
        return Said()
    code = Recipient.objects.values_list("code", flat=True).get(pk=about.recipient)
    how = _("That was not understood. Answer YES, NO or UNCLEAR and the code %(code)s.") % {"code": code}
    return Said(marked(about, how))


def several(waiting: list[Asked], incoming: Incoming) -> Said:
    """Several calls wait for an answer from this number: which one must be said."""
    with override(waiting[0].language):
        if understood(incoming.text, waiting[0].options).affected is None:
            return garbled(waiting[0], incoming)
        codes = dict(Recipient.objects.filter(pk__in=[one.recipient for one in waiting]).values_list("pk", "code"))
        which = ", ".join(f"{codes[one.recipient]} ({one.called.subject[:40]})" for one in waiting)
        text = _("Several calls wait for an answer. Write the code of the one you mean: %(which)s") % {"which": which}
        return Said(marked(waiting[0], text) if all(one.exercise for one in waiting) else text)


def from_other_number(incoming: Incoming, code: str) -> Said:
    """A right code from a number that was not asked is no answer: four digits can be guessed. It is entered."""
    if GUESSES.failed(incoming.sender) > GUESSES.most:
        return Said()
    at = now()
    rows = Recipient.objects.filter(code=code, call__alert__closed_at=None, call__alert__until__gt=at)
    found = [about for row in rows.select_related("call__alert")[:LATEST] if (about := asked(row, at)) is not None]
    if len(found) != 1 or found[0].why_not or understood(incoming.text, found[0].options).affected is None:
        return Said()
    with override(found[0].language):
        note_answer(by=GATEWAY, asked=found[0], why="other_person", way="sms", which=incoming.sender)
        told = _("This number was not asked. Answer from the phone that got the message, or by its link.")
        return Said(marked(found[0], told))


def by_voice(incoming: Incoming, recipient: Recipient) -> Said | None:
    """Take a key that was pressed in a call to somebody. None where there is nothing to answer. Raises Unavailable."""
    about = asked(recipient, now())
    if about is None:
        return None
    with override(about.language):
        option: Option | None = by_key(incoming.key, about.options)
        if option is None:
            return Said(_("That key is no answer."), again=True)
        way: Way = "voice"
        outcome = enter(about, about.answer(option, way), f"voice {incoming.id} {incoming.key}")
        return Said(marked(about, said_back(about, outcome, option.code, option.affected)))


def said_back(about: Asked, outcome: Outcome, code: str, affected: str) -> str:
    """What somebody hears of their answer."""
    actor = about.basics.name(about.actor)
    labels = {option.code: option.label for option in about.options}
    words = {"yes": _("Affected"), "no": _("Not affected"), "unclear": _("Unclear if affected")}
    told = {"actor": actor, "answer": labels.get(code) or words[affected]}
    if outcome == "answered":
        return _("Thank you. %(actor)s is reached: %(answer)s.") % told
    if outcome == "again":
        return _("Thank you. %(actor)s had already answered so: %(answer)s.") % told
    if outcome == "late":
        return _("The time to answer is over. Sign in to Samlad, or call whoever asked.")
    if outcome == "withdrawn":
        return _("The call has been withdrawn. No answer is needed any more.")
    return _("The operation is closed. No answer is needed any more.")


def marked(about: Asked, text: str) -> str:
    """A text of an exercise says so first."""
    return f"{EXERCISE_MARKS[about.language]}: {text}" if about.exercise else text

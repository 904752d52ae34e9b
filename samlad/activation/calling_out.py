"""A call-out before it is sent: what is proposed for an outcome, whom it reaches, and its words with all filled in."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.activation.asking import clip
from samlad.activation.assessing_fold import Assessing, apply
from samlad.activation.entries.calling import Bridge, CalledOut
from samlad.activation.fold import Activation
from samlad.activation.prepared import (
    Prepared,
    answer_options,
    bridge_default,
    bridge_words,
    calling_times,
    filled,
    prepared,
)
from samlad.base.clock import STOCKHOLM
from samlad.journal.fold import Basics
from samlad.journal.folds import Fold, state
from samlad.journal.who import Who
from samlad.registers.models import ActorSet
from samlad.registers.networks import members_on
from samlad.registers.on_call import on_call
from samlad.registers.queries import DutySeat, today

ASSESSING: Final = Fold("activation.assessing.1", Assessing(), apply)
LANGUAGE: Final = "sv"
LONGEST_SUBJECT: Final = 160
ROUND: Final = timedelta(minutes=5)
NETWORK: Final = "network:"


class Called(msgspec.Struct, frozen=True):
    """An actor that a call-out would reach, and who there is called first."""

    code: str
    short: str
    people: tuple[DutySeat, ...]


def assessing(operation: UUID, who: Who, at: int | None = None) -> Assessing:
    """The state of the assessment for a reader, now or at a position."""
    return state(ASSESSING, operation, who, at)


def even(moment: datetime) -> datetime:
    """The next even five minutes, as people say times."""
    floor = moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)
    return floor if floor == moment else floor + ROUND


def proposal(outcome: str, basics: Basics, activation: Activation, who: Who, moment: datetime) -> CalledOut | None:
    """What is sent unless somebody changes it; None where the outcome calls nobody.

    What, where and who are in the words already; {when}, {until} and {bridge} stand open until it is sent, since the
    times can change while it is written.
    """
    with override(LANGUAGE):
        words = prepared(outcome, basics.kind)
        if words is None:
            return None
        trigger = activation.trigger
        what, where = (trigger.what, clip(trigger.where)) if trigger else (basics.title, "")
        by = basics.short(trigger.actor) if trigger else ""
        values = {"what": what, "where": where, "by": by, "who": basics.name(who.actor)}
        short = values | {"what": clip(what)}  # an alarm by SMS can be long, and is to be sent on as it stands
    minutes = words.conference_minutes
    return CalledOut(
        purpose="inform" if outcome == "inform" else "call_out",
        actors=(),
        subject=clip(filled(words.subject, short), LONGEST_SUBJECT),
        text=filled(words.text, values),
        short=filled(words.short, short),
        answer_by=None if outcome == "inform" else even(moment + timedelta(minutes=words.answer_minutes)),
        conference_at=None if minutes is None else even(moment + timedelta(minutes=minutes)),
        bridge=bridge_default() if minutes is not None else Bridge(),
        options=() if outcome == "inform" else answer_options(),
        times=calling_times(basics.kind),
        roles=words.roles,
        template=words.code,
    )


def with_times(call: CalledOut) -> CalledOut:
    """The same with its times and its bridge put into the words."""
    with override(LANGUAGE):
        values = {
            "when": clock(call.conference_at),
            "until": clock(call.answer_by),
            "bridge": bridge_words(call.bridge),
        }
        short = values | {"bridge": bridge_words(call.bridge, short=True)}
    return msgspec.structs.replace(
        call,
        subject=" ".join(filled(call.subject, short).split()),
        text=filled(call.text, values),
        short=" ".join(filled(call.short, short).split()),
    )


def clock(moment: datetime | None) -> str:
    """A time of day as it is said in a message, with the day where it is not today."""
    if moment is None:
        return ""
    local = moment.astimezone(STOCKHOLM)
    day = "" if local.date() == today() else f"{local.day}/{local.month} "
    return _("%(day)sat %(time)s") % {"day": day, "time": f"{local:%H.%M}"}


def audience_of(words: Prepared) -> str:
    """The audience that is chosen at first: a network by its id, as the form has it."""
    if not words.audience.startswith(NETWORK):
        return words.audience
    found = ActorSet.objects.filter(code=words.audience.removeprefix(NETWORK), valid_to=None).first()
    return f"{NETWORK}{found.pk}" if found else "all"


def actors_in(audience: str, basics: Basics, concerned: Collection[str]) -> tuple[str, ...]:
    """The participants that an audience means, in their order."""
    chosen: Collection[str] = basics.participants
    if audience == "concerned":
        chosen = concerned
    elif audience.startswith(NETWORK):
        try:
            chosen = members_on(UUID(audience.removeprefix(NETWORK)), today())
        except ValueError:
            chosen = ()
    return tuple(code for code in basics.participants if code in set(chosen))


def left_to_call(
    actors: Sequence[str], state: Assessing, activation: Activation, purpose: Literal["call_out", "inform"]
) -> tuple[str, ...]:
    """Those that have not been called before and answered: nobody is nagged after answering."""
    if purpose == "inform":
        return tuple(actors)
    done = {code for code in state.called if code in activation.answers}
    return tuple(code for code in actors if code not in done)


def reached_first(actors: Sequence[str], basics: Basics, roles: Sequence[str], at: datetime) -> tuple[Called, ...]:
    """Who is called first at each of these actors."""
    people = on_call(list(actors), at, list(roles) or None)
    return tuple(Called(code, basics.short(code), people[code].first) for code in actors)

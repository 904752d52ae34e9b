"""Asking for the first assessment: whom, with which words, and what is done where there is nobody to ask."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.activation.entries import Raised
from samlad.activation.entries.calling import CalledOut
from samlad.activation.prepared import answer_options, assessing_ladder, bridge_default, calling_times, times_for
from samlad.activation.waking import wake
from samlad.base.clock import now
from samlad.base.ids import follows
from samlad.journal.entries import Opened
from samlad.notify.alerts import AlertDraft, open_alert
from samlad.registers.models import Seat
from samlad.registers.on_call import on_call
from samlad.registers.queries import holds_on, today

LANGUAGE: Final = "sv"
ROLES: Final = ("rsk", "tib")
GOOD_FOR: Final = timedelta(hours=6)  # how long it means anything to be asked
LONGEST_WHAT: Final = 100  # characters of what has happened in a short text
ANSWER: Final = timedelta(minutes=15)


class Asking(msgspec.Struct, frozen=True):
    """An alarm that is about to be entered: whose assessment, and what is known."""

    operation: UUID
    alert: UUID
    opened: Opened
    raised: Raised
    actor: str

    @property
    def everybody(self) -> UUID:
        """The id of the call to everybody, where there is one."""
        return follows(self.alert, "everybody")

    @property
    def by(self) -> str:
        """Who raised the alarm, by name where they take part."""
        return next((one.short for one in self.opened.participants if one.code == self.actor), self.actor)


def asks(asking: Asking) -> tuple[str, ...]:
    """The actors that are asked: where somebody holds RSK, and the one that convenes; of those that read it, those at
    which there is somebody. None: nobody can assess."""
    opened = asking.opened
    return asked_of([one.code for one in opened.participants] + list(opened.observers), opened.convening)


def asked_of(actors: Collection[str], convening: str, at: datetime | None = None) -> tuple[str, ...]:
    """The actors among these at which somebody can assess at a moment (default: now)."""
    held = Seat.objects.filter(holds_on(today()), role="rsk", actor__in=list(actors), person__is_active=True)
    rsk = set(held.values_list("actor_id", flat=True))
    chosen = [code for code in dict.fromkeys(actors) if code in rsk or (code == convening and code)]
    people = on_call(chosen, at or now(), ROLES)
    return tuple(code for code in chosen if people[code].first or people[code].deputies)


def ask(asking: Asking, actors: tuple[str, ...]) -> None:
    """Call those who assess, in the caller's transaction. Only an assessment ends it: nothing else can be answered."""
    opened, raised = asking.opened, asking.raised
    with override(LANGUAGE):
        told = {
            "what": raised.what,
            "where": raised.where,
            "by": asking.by,
            "link": settings.SAMLAD_URL + reverse("assessment", args=[asking.operation]),
        }
        text = _(
            "%(by)s has raised the alarm.\n\nWhat: %(what)s\nWhere: %(where)s\n\nMake the first assessment and decide"
            " who is called. It takes a minute:\n%(link)s\n\nNobody else has been called yet."
        )
        short = _("Assess: %(what)s, %(where)s. Alarm by %(by)s. %(link)s")
        clipped = told | {"what": clip(raised.what), "where": clip(raised.where)}
        open_alert(
            AlertDraft(
                id=asking.alert,
                operation=asking.operation,
                purpose="assess",
                actors=actors,
                roles=ROLES,
                subject=_("Assess: %(title)s") % {"title": opened.title},
                text=text % told,
                short=short % clipped,
                exercise=opened.operation_kind == "exercise",
                until=now() + GOOD_FOR,
                ladder=assessing_ladder(opened.operation_kind),
                next_way=times_for(opened.operation_kind).next_way,
                answerable=False,
            )
        )


def call_everybody(asking: Asking) -> CalledOut:
    """Nobody can assess: everybody is called at once, and the alert is opened. The entry that says so."""
    opened, raised = asking.opened, asking.raised
    with override(LANGUAGE):
        told = {"what": clip(raised.what), "where": clip(raised.where), "by": asking.by}
        text = _(
            "%(by)s has raised the alarm.\n\nWhat: %(what)s\nWhere: %(where)s\n\nThere is no coordinator (RSK) or"
            " convening duty officer (TiB) to assess it, so everybody is called at once. Answer whether you are"
            " affected."
        )
        called = CalledOut(
            purpose="call_out",
            actors=tuple(one.code for one in opened.participants),
            subject=_("Alarm: %(title)s") % {"title": opened.title},
            text=text % told,
            short=_("%(what)s, %(where)s. Alarm by %(by)s. Nobody could assess: all are called.") % told,
            answer_by=now() + ANSWER,
            bridge=bridge_default(),
            options=answer_options(),
            times=calling_times(opened.operation_kind),
        )
    wake(asking.everybody, asking.operation, called, opened.operation_kind == "exercise")
    return called


def clip(text: str, most: int = LONGEST_WHAT) -> str:
    """As much of a text as a short message has room for; the whole of it stands behind the link. Ended by full stops:
    an ellipsis is not in the alphabet of SMS, and would make it twice as long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 3].rstrip() + "..."

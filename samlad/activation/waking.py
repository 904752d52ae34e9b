"""From the entry of a call-out to the alert that carries it out, in the caller's transaction."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.activation.entries.calling import CalledOut, Option
from samlad.activation.prepared import calling_ladder
from samlad.base.clock import now
from samlad.journal.fold import Basics
from samlad.notify.alerts import OVER, AlertDraft, Steps, open_alert, tell_called

LANGUAGE: Final = "sv"
AFTERWARDS: Final = timedelta(hours=1)  # for so long an answer is understood as one after the time
LONGEST: Final = timedelta(hours=24)


def spoken(options: Sequence[Option]) -> str:
    """Which key is which answer, for a voice to say."""
    with override(LANGUAGE):
        told = [
            _("Press %(key)s for: %(answer)s.") % {"key": key, "answer": option.label}
            for key, option in enumerate(options[:9], 1)
        ]
    return " ".join(told)


def wake(id: UUID, operation: UUID, called: CalledOut, exercise: bool) -> None:
    """Open the alert of a call-out, with the id of its entry. What only informs is told once, and asks for nothing."""
    informs = called.purpose == "inform"
    at = now()
    moments = [one for one in (called.answer_by, called.conference_at) if one]
    until = max([*moments, at + timedelta(seconds=called.times.by_hand)]) + AFTERWARDS
    ladder: Steps = ((0, "first"),) if informs else calling_ladder(called.times)
    open_alert(
        AlertDraft(
            id=id,
            operation=operation,
            purpose=called.purpose,
            actors=called.actors,
            roles=called.roles,
            subject=called.subject,
            text=called.text,
            short=called.short,
            exercise=exercise,
            until=min(until, at + LONGEST),
            ladder=ladder,
            next_way=None if informs else called.times.next_way,
            language=LANGUAGE,
            answerable=not informs,
            keys=spoken(called.options),
        )
    )


def tell_over(id: UUID, operation: UUID, basics: Basics, reason: str) -> bool:
    """Tell everybody who was called that it is over, once, in the caller's transaction. `id` is that of the entry that
    closes the operation. Whether there was anybody."""
    with override(LANGUAGE):
        told = {
            "title": basics.title,
            "reason": reason,
            "link": settings.SAMLAD_URL + reverse("operation", args=[operation]),
        }
        subject = _("Over: %(title)s") % told
        text = _(
            "The operation is over: %(title)s.\n\n%(reason)s\n\nNo answer is needed. The closing picture is here:"
            "\n%(link)s"
        )
        short = _("Over: %(title)s. No answer is needed.") % told
    return tell_called(
        AlertDraft(
            id=id,
            operation=operation,
            purpose=OVER,
            actors=(),
            subject=subject,
            text=text % told,
            short=short,
            exercise=basics.exercise,
            until=now() + LONGEST,
            language=LANGUAGE,
        )
    )

"""Who was told when, and whether the letter left: the rows of letters beside notify's queue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import uuid5

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.governance.adoption.models import LetterKind
from samlad.governance.adoption.recipients import addresses
from samlad.governance.adoption.standing import Standing
from samlad.notify.models import Notice


@dataclass(frozen=True)
class Told:
    """A letter to an address, and in words what became of it."""

    on: date
    kind: str
    address: str
    became: str


STATES: Final[Mapping[str, Promise]] = {
    "queued": pgettext_lazy("letter", "Waits to be sent"),
    "waiting": pgettext_lazy("letter", "Waits to be sent"),
    "sent": pgettext_lazy("letter", "Sent"),
    "outbox": pgettext_lazy("letter", "In the local outbox"),
    "failed": pgettext_lazy("letter", "Could not be sent"),
}


def told(one: Standing) -> list[Told]:
    """Each letter to each address, latest first."""
    each = [(letter, address) for letter in one.letters for address in addresses(letter.emails)]
    keys = [uuid5(letter.pk, address) for letter, address in each]
    notices = {notice.entry: notice for notice in Notice.objects.filter(entry__in=keys)}
    found = [
        Told(letter.told_on, str(LetterKind(letter.kind).label), address, became(notices.get(key)))
        for (letter, address), key in zip(each, keys, strict=True)
    ]
    return found[::-1]


def log(standings: Iterable[Standing]) -> list[tuple[date, str, list[str]]]:
    """The letters of a dispatch: each day and kind of letter with the actors it went to, latest first."""
    found: dict[tuple[date, str], list[str]] = {}
    for one in standings:
        for letter in one.letters:
            found.setdefault((letter.told_on, letter.kind), []).append(one.actor.short)
    latest = sorted(found, reverse=True)
    return [(on, str(LetterKind(kind).label), found[on, kind]) for on, kind in latest]


def became(notice: Notice | None) -> str:
    """What became of a letter; the queue does not keep it for ever."""
    if notice is None:
        return str(_("Is no longer in the outbox"))
    words = str(STATES[notice.state])
    return f"{words}: {notice.get_trouble_display()}" if notice.state == "failed" and notice.trouble else words

"""When the machine's clock jumps, what waits moves with it.

A ladder is counted in seconds that pass, and kept as moments so that it survives a crash. A clock that is set an hour
on would take all its steps at once, one that is set back would stop it for an hour. The jump is seen by comparing with
the clock that only counts (monotonic); daylight saving changes neither, since moments are in UTC.
"""

import logging
import time
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from samlad.base.clock import now
from samlad.notify.call_models import Alert, Call, Recipient
from samlad.notify.models import Notice
from samlad.notify.queries import WAITING

log = logging.getLogger(__name__)

JUMP: Final = 5.0  # seconds; less is drift, and a slow machine
UNSEEN: Final = 60.0  # seconds between looks; what jumped in a longer time was seen by whoever worked then


class Watchful:
    """Compares the two clocks from one look to the next."""

    def __init__(self) -> None:
        self.seen: tuple[datetime, float] = (now(), time.monotonic())

    def jump(self) -> timedelta:
        """How far the clock has jumped since the last look; zero when it went as clocks go."""
        before, counted = self.seen
        self.seen = (now(), time.monotonic())
        if self.seen[1] - counted > UNSEEN:
            return timedelta(0)
        passed = (self.seen[0] - before).total_seconds() - (self.seen[1] - counted)
        return timedelta(seconds=passed) if abs(passed) > JUMP else timedelta(0)

    def jumped(self) -> bool:
        """Whether it has jumped since the last look."""
        return bool(self.jump())


_watchful: Final = Watchful()


def follow_clock() -> None:
    """The worker's pump: move what waits when the clock has jumped. Only the one worker does it, so it is done once."""
    before = _watchful.seen
    if jump := _watchful.jump():
        log.warning("the clock jumped %+d s; what waits is moved with it", jump.total_seconds())
        try:
            shift(jump)
        except Exception:
            _watchful.seen = before  # seen again at the next look
            raise


def shift(jump: timedelta) -> None:
    """Move all that waits: next steps, next ways, messages that are due, and the end of calls under way."""
    with transaction.atomic():
        Alert.objects.filter(closed_at=None, until__gt=now() - max(jump, timedelta(0))).update(until=F("until") + jump)
        Call.objects.filter(next_at__isnull=False).update(next_at=F("next_at") + jump)
        Recipient.objects.filter(next_at__isnull=False).update(next_at=F("next_at") + jump)
        waiting = Notice.objects.filter(WAITING)
        waiting.update(due_at=F("due_at") + jump, expires_at=F("expires_at") + jump)
        waiting.exclude(claimed_at=None).update(claimed_at=F("claimed_at") + jump)

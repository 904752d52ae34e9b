"""The thread that calls: climbs ladders and sends, woken at the commit of a call and when something falls due.

Every process with a worker has one, and they share the work. It needs nothing of the web server: with `samlad work` a
call that has begun goes on while that is down. What it has done is handed to `tell` after each turn (the journal).
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Min

from samlad.base.clock import now
from samlad.journal import tail
from samlad.notify import wake
from samlad.notify.clock import Watchful
from samlad.notify.ladder import climb, next_due
from samlad.notify.models import Notice
from samlad.notify.queries import WAITING
from samlad.notify.sender import Sender

log = logging.getLogger(__name__)

PERIOD: Final = 1.0  # seconds between looks when nobody has told of anything; also the pause after a failure
SOONEST: Final = 0.005
SETTLING: Final = 3.0  # seconds left to the worker to move what waits when the clock has jumped

Tell = Callable[[], object]


class Caller(threading.Thread):
    """Calls until stopped. Guarantee: after a crash at any point everything goes on from the rows; nobody is left out,
    and what had been marked as sent is not sent again."""

    def __init__(self, tell: Tell | None = None) -> None:
        super().__init__(name="caller", daemon=True)
        self.tell = tell
        self.awake = threading.Event()
        self.stopping = threading.Event()

    def stop(self) -> None:
        """End after what is under way."""
        self.stopping.set()
        self.awake.set()

    def run(self) -> None:
        """Call until stopped. Whatever fails is logged and tried again."""
        wake.listen(self.awake)
        unlisten = tail.listen(lambda operations: self.awake.set())
        sender, watchful = Sender(self.awake), Watchful()
        try:
            while not self.stopping.is_set():
                self.awake.clear()
                try:
                    if watchful.jumped():
                        self.stopping.wait(SETTLING)
                    began = now()
                    self.turn(sender)
                    pause = until_next(began)
                except Exception:
                    log.exception("the caller failed and tries again")
                    connection.close()
                    self.stopping.wait(PERIOD)
                    continue
                self.awake.wait(pause)
        finally:
            unlisten()
            wake.forget(self.awake)
            self.end(sender)
            connection.close()

    def turn(self, sender: Sender) -> None:
        """Note what came, climb what is due, and begin to send after each few steps: the first message does not wait
        for the last to be planned."""
        sender.turn()
        while climb() and not self.stopping.is_set():
            sender.turn()
        sender.turn()
        if self.tell:
            self.tell()

    def end(self, sender: Sender) -> None:
        """Let what is under way end, and note it."""
        try:
            sender.close()
            if self.tell:
                self.tell()
        except Exception:
            log.exception("what was under way could not be noted; it is sent again")


def until_next(after: datetime) -> float:
    """Seconds until something falls due that was not yet due at a moment, PERIOD at most. What was due then has been
    taken, or waits for room and is come back to when something under way has ended."""
    fresh = Notice.objects.filter(WAITING, claimed_at=None, due_at__gt=after)
    moments = [moment for moment in (fresh.aggregate(at=Min("due_at"))["at"], next_due(after)) if moment]
    if not moments:
        return PERIOD
    return min(PERIOD, max(SOONEST, (min(moments) - now()).total_seconds()))

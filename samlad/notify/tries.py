"""How often somebody has failed at something lately, in the memory of this process: for guesses that can't succeed
anyway, and that must not fill a log. Who signs in is counted by `accounts.limits`, in the database."""

import threading
import time
from collections import OrderedDict, deque
from typing import Final

KNOWN: Final = 10_000  # places whose failures are remembered


class Tries:
    """At most so many failures in so many seconds, for each place they come from."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self.failures: OrderedDict[str, deque[float]] = OrderedDict()
        self.lock = threading.Lock()

    def failed(self, place: str) -> int:
        """Note a failure; how many there have been within the time, this one included, counted to one over the most."""
        at = time.monotonic()
        with self.lock:
            found = self.failures.setdefault(place, deque(maxlen=self.most + 1))
            self.failures.move_to_end(place)
            if len(self.failures) > KNOWN:
                self.failures.popitem(last=False)
            while found and found[0] < at - self.seconds:
                found.popleft()
            found.append(at)
            return len(found)

    def forget(self) -> None:
        """Nobody has failed at anything."""
        with self.lock:
            self.failures.clear()

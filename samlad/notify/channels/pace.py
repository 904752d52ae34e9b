"""No more messages a second than a gateway stands: one pace for all threads of a process."""

import threading
import time


class Pace:
    """Lets `per_second` through each second, evenly; 0 is no limit. More processes share by having each its part."""

    def __init__(self, per_second: float) -> None:
        self.gap = 1 / per_second if per_second else 0.0
        self.lock = threading.Lock()
        self.next = 0.0

    def wait(self) -> None:
        """Wait for one's turn."""
        if not self.gap:
            return
        with self.lock:
            at = max(self.next, time.monotonic())
            self.next = at + self.gap
        time.sleep(max(0.0, at - time.monotonic()))

"""`samlad work`: the one worker on its own, where several nodes serve."""

import signal
import threading
from typing import Any

from django.core.management import BaseCommand

from samlad.journal.followers import Worker
from samlad.journal.tail import Watch
from samlad.web.wiring import FOLLOWERS, PUMPS


class Command(BaseCommand):
    help = (
        "Runs the followers and empties their queues until stopped; of several started, one works and the others wait."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        threads: list[Watch | Worker] = [Watch(), Worker(FOLLOWERS, PUMPS)]
        for thread in threads:
            thread.start()
        ended.wait()
        for thread in threads:
            thread.stop()
        for thread in threads:
            thread.join()

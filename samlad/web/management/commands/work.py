"""`samlad work`: the one worker on its own, where several nodes serve."""

import signal
import threading
from typing import Any

from django.core.management import BaseCommand

from samlad.journal.followers import Worker
from samlad.journal.tail import Watch
from samlad.notify.caller import Caller
from samlad.web.wiring import workers


class Command(BaseCommand):
    help = (
        "Runs the followers, calls people and empties the queues until stopped. Several share the calling; one follows."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        threads: list[Watch | Worker | Caller] = [Watch(), *workers()]
        for thread in threads:
            thread.start()
        ended.wait()
        for thread in threads:
            thread.stop()
        for thread in threads:
            thread.join()

"""A `samlad serve` of its own beside a measure, on the same database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running import Running


@contextmanager
def server() -> Iterator[Running]:
    """The running server of this installation; stopped afterwards."""
    running = Running(Path(os.environ["SAMLAD_DATA"]), os.environ["SAMLAD_DATABASE"], demo=False)
    running.start()
    try:
        yield running
    finally:
        running.stop()

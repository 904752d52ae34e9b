"""A `samlad serve` of its own beside a measure, on the same database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.running import Running

TICK: Final = os.sysconf("SC_CLK_TCK")


def processor_time(running: Running) -> float:
    """Milliseconds of processor time that the server has used; other load on the machine disturbs it less."""
    assert running.process is not None
    told = Path(f"/proc/{running.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) * 1000 / TICK


@contextmanager
def server() -> Iterator[Running]:
    """The running server of this installation; stopped afterwards."""
    running = Running(Path(os.environ["SAMLAD_DATA"]), os.environ["SAMLAD_DATABASE"], demo=False)
    running.start()
    try:
        yield running
    finally:
        running.stop()

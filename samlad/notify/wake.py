"""Waking whoever sends at the commit, not at the next turn of a loop."""

import threading
from typing import Final

from django.db import transaction

_sleeping: Final[list[threading.Event]] = []


def listen(event: threading.Event) -> None:
    """Have an event set whenever there is something to send."""
    _sleeping.append(event)


def forget(event: threading.Event) -> None:
    """No more."""
    _sleeping.remove(event)


def now_() -> None:
    """There is something to send."""
    for event in list(_sleeping):
        event.set()


def after_commit() -> None:
    """There will be, once the transaction is on disk."""
    transaction.on_commit(now_, robust=True)

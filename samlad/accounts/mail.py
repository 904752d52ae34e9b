"""Letters about a person's own sign-in, sent after the answer: how long that takes must not tell who has an account."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.template.loader import render_to_string
from django.utils.translation import override

from samlad.notify.letters import send_letter

logger = logging.getLogger(__name__)


def later(do: Callable[[], None]) -> None:
    """Do something in a thread of its own."""

    def run() -> None:
        try:
            do()
        except Exception:
            logger.exception("a letter about a sign-in could not be sent")
        finally:
            connection.close()

    threading.Thread(target=run, name="account-letter", daemon=True).start()


def send(address: str, template: str, shown: Mapping[str, Any], language: str) -> None:
    """Send a letter whose first line is its subject. Why it could not be sent goes to the log: nobody waits for it."""
    with override(language):
        subject, _empty, body = render_to_string(f"{template}.txt", dict(shown)).strip().partition("\n")
    trouble = send_letter(address=address, subject=subject, body=body.strip() + "\n")
    if trouble is not None:
        logger.warning("a letter about a sign-in could not be sent: %s", trouble)

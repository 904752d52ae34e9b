"""Mail about a person's own sign-in. Not through notify's outbox, which others read: it holds a key to the account."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from django.core.mail import EmailMessage
from django.db import connection
from django.template.loader import render_to_string
from django.utils.translation import override

from samlad.notify.sender import sends_for_real

logger = logging.getLogger(__name__)


def later(do: Callable[[], None]) -> None:
    """Do something after the answer, in a thread: how long an answer takes must not tell who has an account."""

    def run() -> None:
        try:
            do()
        except Exception:
            logger.exception("a mail about a sign-in could not be sent")
        finally:
            connection.close()

    threading.Thread(target=run, name="account-mail", daemon=True).start()


def send(address: str, template: str, shown: Mapping[str, Any], language: str) -> None:
    """Send a mail whose first line is its subject. Nothing where no mail leaves the house."""
    if not sends_for_real():
        return
    with override(language):
        subject, _empty, body = render_to_string(f"{template}.txt", dict(shown)).strip().partition("\n")
    EmailMessage(
        subject=subject, body=body.strip() + "\n", to=[address], headers={"Auto-Submitted": "auto-generated"}
    ).send()

"""E-mail by SMTP, to the server of SAMLAD_EMAIL.

A message that comes twice has the same Message-ID, by which a mail program knows the copy.
"""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from samlad.notify.channel_config import Section
from samlad.notify.channels.faults import NoServer, NotTaken, shortened
from samlad.notify.channels.messages import Outgoing
from samlad.notify.models import Trouble

CLOSING: Final = 421
PERMANENT: Final = 500


class Email:
    """The mail server."""

    name = "email"

    def __init__(self, section: Section) -> None:
        self.exercises = section.exercises
        self.at_once = section.at_once

    def connect(self) -> "Post":
        """A connection to the mail server."""
        return Post()


class Post:
    """A connection to the mail server, opened when first needed and used for many messages."""

    def __init__(self) -> None:
        self.connection: Any = None

    def send(self, outgoing: Outgoing) -> str:
        """Hand one message over; its Message-ID. Raises NoServer and NotTaken."""
        used = self.connection is not None
        try:
            return self._send(outgoing)
        except NoServer:
            if not used:
                raise
            # Some servers end a connection after a number of messages: once more, on a new one.
            return self._send(outgoing)

    def _send(self, outgoing: Outgoing) -> str:
        known_by = message_id(outgoing.key)
        message = EmailMessage(
            subject=outgoing.subject,
            body=outgoing.body,
            to=[outgoing.address],
            headers={"Message-ID": known_by, "Auto-Submitted": "auto-generated"},
        )
        if self.connection is None:
            connection = get_connection()
            explained(connection.open)
            self.connection = connection
        try:
            explained(lambda: self.connection.send_messages([message]))
        except NoServer:
            self.drop()
            raise
        return known_by

    def drop(self) -> None:
        """Leave a connection that does not answer, without a word."""
        smtp = getattr(self.connection, "connection", None)
        self.connection = None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.close()

    def close(self) -> None:
        """Say goodbye."""
        if self.connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.connection.close()


def message_id(key: str) -> str:
    """The same for the same key, so that a second copy is known as one."""
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "samlad.invalid"
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{sender}>"


def explained(do: Callable[[], object]) -> None:
    """Do something with the mail server; what goes wrong is raised as NoServer or NotTaken, with a reason."""
    try:
        do()
    except smtplib.SMTPAuthenticationError as error:
        raise NoServer(Trouble.SIGN_IN, answer(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise refused(Trouble.RECIPIENT, code, said) from error
    except smtplib.SMTPSenderRefused as error:  # our own address, not the recipient's: somebody may mend it
        raise refused(Trouble.REFUSED, error.smtp_code, error.smtp_error, final=False) from error
    except smtplib.SMTPDataError as error:
        raise refused(Trouble.REFUSED, error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotTaken(Trouble.REFUSED, str(error), final=False) from error
    except (OSError, smtplib.SMTPException) as error:
        slow = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
        trouble = Trouble.TIMEOUT if slow else Trouble.UNREACHABLE
        raise NoServer(trouble, shortened(str(error) or type(error).__name__)) from error


def refused(trouble: Trouble, code: int, said: bytes | str, *, final: bool = True) -> NoServer | NotTaken:
    """What a refusal means: 421 that the server is closing, other 4xx not now, 5xx never (RFC 5321, 4.2.1).

    Without `final` even 5xx may pass.
    """
    if code == CLOSING:
        return NoServer(Trouble.UNREACHABLE, answer(code, said))
    return NotTaken(trouble, answer(code, said), final=final and code >= PERMANENT)


def answer(code: int, said: bytes | str) -> str:
    """What a server answered, as text."""
    return shortened(f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}")

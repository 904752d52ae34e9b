"""The pump that empties the queue: e-mail by SMTP, or into the local outbox where there is no mail server.

At least once: a notice is claimed, sent, and then marked as sent. Killed between the last two, it is sent again when
the claim has run out, with the same Message-ID, by which a mail program knows it as the one it already has.

A mail server that is down or hangs costs one attempt in all, not one for each notice, so that the worker's other work
goes on; everything due then waits together, a little longer for each time.
"""

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F

from samlad.base.clock import now
from samlad.journal.models import Operation
from samlad.notify.models import Notice, Trouble
from samlad.notify.queries import due

log = logging.getLogger(__name__)

BATCH: Final = 50  # looked up at a time
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 15, 30, 60, 120))
GIVE_UP: Final = timedelta(hours=6)
"""An alarm that is older than this says something that no longer holds: it is never sent afterwards."""

CLOSING: Final = 421
PERMANENT: Final = 500


class NoServer(Exception):
    """The mail server can't be used at all just now."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.trouble = trouble
        self.detail = detail


class NotTaken(Exception):
    """The mail server did not take this one message; `final` when it never will."""

    def __init__(self, trouble: Trouble, detail: str, *, final: bool) -> None:
        super().__init__(detail)
        self.trouble = trouble
        self.detail = detail
        self.final = final


def send_due() -> None:
    """Send all that is due now. The worker's pump; it raises nothing that a mail server can cause."""
    post: Post | Outbox = Post() if sends_for_real() else Outbox()
    try:
        while notices := list(due(now())[:BATCH]):
            for notice in notices:
                if claim(notice) and not carried_out(notice, post):
                    return
    finally:
        post.close()


def sends_for_real() -> bool:
    """Whether mail leaves the house: there is a mail server, and this is not the demo."""
    return bool(settings.EMAIL_HOST) and not settings.DEMO


def claim(notice: Notice) -> bool:
    """Take a notice in hand, unless somebody else has since it was looked up: compare and set, in one statement."""
    mine = Notice.objects.filter(
        pk=notice.pk, claimed_at=notice.claimed_at, attempts=notice.attempts, sent_at=None, given_up_at=None
    )
    return bool(mine.update(claimed_at=now(), attempts=F("attempts") + 1))


def carried_out(notice: Notice, post: "Post | Outbox") -> bool:
    """Send a claimed notice and note how it went. False where there is no use in going on just now."""
    if reason := no_longer_wanted(notice, now()):
        give_up(notice, reason, notice.last_error)
        return True
    try:
        sent_by = post.send(notice)
    except NoServer as error:
        log.warning("no mail server: %s", error)
        put_off_all(notice, error)
        return False
    except NotTaken as error:
        if error.final:
            give_up(notice, error.trouble, error.detail)
        else:
            put_off(notice, error.trouble, error.detail)
    except Exception as error:  # one message that can't be built must not stop the others
        log.exception("notice %s could not be sent", notice.key)
        put_off(notice, Trouble.OTHER, f"{type(error).__name__}: {error}")
    else:
        Notice.objects.filter(pk=notice.pk).update(
            sent_at=now(), sent_by=sent_by, claimed_at=None, trouble="", last_error=""
        )
    return True


def no_longer_wanted(notice: Notice, at: datetime) -> Trouble | None:
    """Why a notice should not be sent any more, if so: an alarm must not ring when the matter is over."""
    if at - notice.queued_at > GIVE_UP:
        return Trouble.TOO_OLD
    if Operation.objects.filter(pk=notice.operation).exclude(closed_at=None).exists():
        return Trouble.CLOSED
    return None


def give_up(notice: Notice, trouble: Trouble, detail: str) -> None:
    """Note that a notice will not be sent, and why."""
    Notice.objects.filter(pk=notice.pk).update(
        given_up_at=now(), claimed_at=None, trouble=trouble, last_error=detail[:1000]
    )


def pause(attempts: int) -> timedelta:
    """How long to wait after a number of attempts."""
    return PAUSES[min(attempts, len(PAUSES) - 1)]


def put_off(notice: Notice, trouble: Trouble, detail: str) -> None:
    """Note that a notice could not be sent now, why, and when it is tried again."""
    Notice.objects.filter(pk=notice.pk).update(
        due_at=now() + pause(notice.attempts), claimed_at=None, trouble=trouble, last_error=detail[:1000]
    )


def put_off_all(notice: Notice, error: NoServer) -> None:
    """The same for a notice and all others that are due: they would meet with the same."""
    put_off(notice, error.trouble, error.detail)
    due(now()).update(
        due_at=now() + pause(notice.attempts),
        attempts=F("attempts") + 1,
        trouble=error.trouble,
        last_error=error.detail[:1000],
    )


def message_id(notice: Notice) -> str:
    """The same for the same notice, so that a second copy is known as one."""
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "samlad.invalid"
    return f"<{sha256(notice.key.encode()).hexdigest()[:40]}@{sender}>"


class Outbox:
    """Where there is no mail server: what would have been sent can be read on the outbox page, and stays here."""

    def send(self, notice: Notice) -> str:
        """Nothing but say so."""
        return "outbox"

    def close(self) -> None:
        """Nothing to close."""


class Post:
    """A connection to the mail server, opened when first needed and used for many messages."""

    def __init__(self) -> None:
        self.connection: Any = None

    def send(self, notice: Notice) -> str:
        """Hand one message over. Raises NoServer and NotTaken."""
        used = self.connection is not None
        try:
            self._send(notice)
        except NoServer:
            if not used:
                raise
            # Some servers end a connection after a number of messages: once more, on a new one.
            self._send(notice)
        return "email"

    def _send(self, notice: Notice) -> None:
        message = EmailMessage(
            subject=notice.subject,
            body=notice.body,
            to=[notice.address],
            headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
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
        raise NoServer(trouble, str(error) or type(error).__name__) from error


def refused(trouble: Trouble, code: int, said: bytes | str, *, final: bool = True) -> NoServer | NotTaken:
    """What a refusal means: 421 that the server is closing, other 4xx not now, 5xx never (RFC 5321, 4.2.1).

    Without `final` even 5xx may pass.
    """
    if code == CLOSING:
        return NoServer(Trouble.UNREACHABLE, answer(code, said))
    return NotTaken(trouble, answer(code, said), final=final and code >= PERMANENT)


def answer(code: int, said: bytes | str) -> str:
    """What a server answered, as text."""
    return f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"

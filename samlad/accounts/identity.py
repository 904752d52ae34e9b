"""What an identity provider's answer comes down to: somebody is who, how surely, according to whom. Or a refusal."""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samlad.accounts.federation import Provider
from samlad.accounts.models import UsedAnswer
from samlad.base.clock import now

if TYPE_CHECKING:
    from samlad.base.refused import Sentence

LONGEST: Final = 255
WRONG: Final = _(
    "The answer from your organisation's sign-in can't be used. Start again; if it happens again, tell your"
    " administrator."
)
TOO_LOW: Final = _(
    "Your organisation says that you signed in at a lower level of assurance than is needed here. Sign in with the"
    " e-identification that it gives for such services."
)
SILENT: Final = _("Your organisation's sign-in does not answer.")
CANCELLED: Final = _("The sign-in was stopped at your organisation.")
LATE: Final = _("It took too long, or this answer has been used. Start again.")


class Proven(msgspec.Struct, frozen=True):
    """Somebody, as a provider has told and we have checked: `subject` is what `issuer` calls them."""

    provider: str
    issuer: str
    subject: str
    level: str


class NotProven(Exception):
    """Nobody is signed in: `sentence` is for the person, `reason` a few words for the security log.

    `silent`: the provider could not be reached; that is its trouble and not the person's.
    """

    def __init__(self, sentence: "Sentence", reason: str, *, silent: bool = False) -> None:
        super().__init__(reason)
        self.sentence, self.reason, self.silent = sentence, reason, silent


def proven(provider: Provider, issuer: str, subject: object, level: str) -> Proven:
    """What was told, if it says who and surely enough. Raises NotProven."""
    if level not in provider.levels:
        raise NotProven(TOO_LOW, f"level {level or 'missing'}")
    if not isinstance(subject, str) or not subject.isprintable() or not 0 < len(subject) <= LONGEST:
        raise NotProven(WRONG, f"{provider.person} missing")
    if subject != subject.strip() or len(issuer) > LONGEST:
        raise NotProven(WRONG, f"{provider.person} malformed")
    if provider.scope and not subject.endswith(f"@{provider.scope}"):
        raise NotProven(WRONG, f"{provider.person} of another organisation")
    return Proven(provider.id, issuer, subject, level)


def use_once(issuer: str, id: str, until: datetime) -> None:
    """Note that an answer has been used, also for other processes. Raises NotProven when it had been before."""
    key = sha256(f"{issuer}\0{id}".encode()).hexdigest()
    UsedAnswer.objects.filter(until__lt=now()).delete()
    try:
        with transaction.atomic():
            UsedAnswer.objects.create(key=key, until=until)
    except IntegrityError as again:
        raise NotProven(LATE, "replayed") from again

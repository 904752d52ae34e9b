"""How often somebody may try: strictly for a name from one address, softly for a name, and for an address.

Who is known at an address (signed in there lately) is held to the strict limit only: somebody who hammers their name
from elsewhere can't keep a duty officer out. Passkeys can't be guessed and are not counted at all.
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlad.accounts.devices import device
from samlad.accounts.models import Attempt, Method
from samlad.base.clock import STOCKHOLM, now
from samlad.base.security import noted
from samlad.registers.models import Person

TOO_MANY: Final = 429
KEPT: Final = timedelta(days=90)
"""How long tries are kept: the history a person sees, and how long they are known at an address."""


@dataclass(frozen=True)
class Limit:
    """So many failed tries in so long."""

    failures: int
    within: timedelta


PAIR: Final = Limit(5, timedelta(minutes=5))
NAME: Final = Limit(30, timedelta(hours=1))
ADDRESS: Final = Limit(30, timedelta(minutes=10))


class TooMany(Exception):
    """No more tries until then."""

    def __init__(self, until: datetime) -> None:
        self.until = until

    @property
    def seconds(self) -> int:
        """How long that is from now."""
        return int((self.until - now()).total_seconds())

    @property
    def sentence(self) -> str:
        """When to try again, in the reader's language."""
        minutes = max(1, -int((now() - self.until).total_seconds() // 60))
        wait = ngettext("in %(minutes)s minute", "in %(minutes)s minutes", minutes) % {"minutes": minutes}
        clock = self.until.astimezone(STOCKHOLM) + timedelta(seconds=59)
        shown = {"clock": f"{clock:%H:%M}", "wait": wait}
        return _("Too many attempts. Try again at %(clock)s (%(wait)s). A passkey works now too.") % shown


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; an IPv6 network as a whole, since each has endless addresses."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, 64), strict=False).network_address)
    return str(address)


def begin(request: HttpRequest, method: Method, name: str, person: Person | None = None) -> Attempt:
    """Note a try, as failed until `succeeded` says otherwise. Raises TooMany, and then nothing is noted.

    `name` is what was typed, or what else the try is about; only a keyed digest of it is kept. It is noted before it is
    counted: tries at the same instant count each other.
    """
    attempt = Attempt(method=method, succeeded=False, person=person, name=digest(method, name))
    attempt.address, attempt.device = address_of(request), device(request.META.get("HTTP_USER_AGENT", ""))
    attempt.save(force_insert=True)
    until = _blocked_until(attempt)
    if until is not None:
        attempt.delete()
        noted("sign_in_locked", address=attempt.address, method=method)
        raise TooMany(until)
    return attempt


def succeeded(attempt: Attempt, person: Person) -> None:
    """The try was right."""
    attempt.succeeded, attempt.person = True, person
    attempt.save(update_fields=["succeeded", "person"])


def failed(attempt: Attempt, person: Person | None) -> None:
    """The try was wrong: told to the log, and to the person whose name it was. What was typed is told to nobody."""
    event = "reauthentication_refused" if attempt.method == Method.CONFIRM else "sign_in_refused"
    noted(event, person=person.key if person else "", address=attempt.address, method=attempt.method)
    if person is not None:
        attempt.person = person
        attempt.save(update_fields=["person"])


def digest(method: str, name: str) -> str:
    """A name that can be compared and not read. Sign-ins by name share one, whatever the second step was."""
    text = f"{method}\0{name.strip().casefold()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def _blocked_until(attempt: Attempt) -> datetime | None:
    others = Attempt.objects.exclude(pk=attempt.pk).exclude(method=Method.PASSKEY)
    mine = others.filter(name=attempt.name, address=attempt.address, at__gt=attempt.at - PAIR.within)
    rows = mine.order_by("-at").values_list("succeeded", "at")[: PAIR.failures]
    since = [at for _right, at in takewhile(lambda row: not row[0], rows)]
    if len(since) >= PAIR.failures:
        return since[-1] + PAIR.within
    wrong = others.filter(succeeded=False)
    for limit, found in ((NAME, wrong.filter(name=attempt.name)), (ADDRESS, wrong.filter(address=attempt.address))):
        until = _full(found, limit, attempt.at)
        if (
            until is not None
            and not others.filter(
                name=attempt.name, address=attempt.address, succeeded=True, at__gt=attempt.at - KEPT
            ).exists()
        ):
            return until
    return None


def _full(found: QuerySet[Attempt], limit: Limit, moment: datetime) -> datetime | None:
    """When the oldest of the failures that fill a limit leaves it; None while it is not full."""
    recent = found.filter(at__gt=moment - limit.within).order_by("-at").values_list("at", flat=True)
    at = list(recent[: limit.failures])
    return at[-1] + limit.within if len(at) >= limit.failures else None

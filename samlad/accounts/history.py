"""When somebody signed in, and when somebody tried in their name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.account.internal.flows.login import get_authentication_records
from django.db.models import Q
from django.http import HttpRequest

from samlad.accounts.devices import device
from samlad.accounts.limits import address_of
from samlad.accounts.models import Attempt, Method
from samlad.base.security import noted
from samlad.registers.models import Person

SHOWN: Final = 10
HOW: Final = (
    ("wall", Method.WALL),
    ("federation", Method.FEDERATION),
    ("invitation", Method.INVITATION),
)


@dataclass(frozen=True)
class Line:
    """One line of the history."""

    at: datetime
    how: str
    succeeded: bool
    address: str
    device: str


def signed_in(request: HttpRequest, person: Person) -> None:
    """Note that somebody has signed in, and how; called when every step has been taken."""
    way, address = how(request, person), address_of(request)
    agent = device(request.META.get("HTTP_USER_AGENT", ""))
    Attempt.objects.create(method=way, succeeded=True, whole=True, person=person, address=address, device=agent)
    noted("signed_in", person=person.key, address=address, method=way)


def how(request: HttpRequest, person: Person) -> Method:
    """How a session was begun, by what allauth has recorded in it."""
    records = get_authentication_records(request, person)
    methods = {record.get("method") for record in records}
    for name, method in HOW:
        if name in methods:
            return method
    if any(record.get("passwordless") for record in records):
        return Method.PASSKEY
    return Method.CODE if "mfa" in methods else Method.PASSWORD


def latest(person: Person) -> list[Line]:
    """The latest sign-ins of a person, and failed tries in their name, newest first."""
    told = Attempt.objects.filter(Q(whole=True) | Q(succeeded=False), person=person).order_by("-at", "-pk")
    return [Line(row.at, row.get_method_display(), row.succeeded, row.address, row.device) for row in told[:SHOWN]]


def failed_since_last(person: Person) -> int:
    """How many tries in the person's name have failed since they signed in the time before this."""
    before = before_this(person)
    wrong = Attempt.objects.filter(person=person, succeeded=False)
    return (wrong.filter(at__gt=before) if before else wrong).count()


def before_this(person: Person) -> datetime | None:
    """When the person had signed in the time before this, if ever."""
    times = list(
        Attempt.objects.filter(whole=True, person=person).order_by("-at", "-pk").values_list("at", flat=True)[:2]
    )
    return times[1] if len(times) > 1 else None

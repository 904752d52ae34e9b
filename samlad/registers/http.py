"""The request as every view has it once the middleware has been there."""

from django.http import HttpRequest

from samlad.journal.who import Who
from samlad.registers.models import Person
from samlad.registers.queries import SeatView


class Request(HttpRequest):
    """A request that knows who speaks, for which actor (`who`), and which actors they could speak for (`seats`)."""

    who: Who
    seats: tuple[SeatView, ...]
    user: Person

"""Apprise's plug-ins, which write to 160 services, kept to the program's own way out.

A plug-in sends by the module `requests`, which it has imported under that name. Before one is used, that name in its
module is given something that has the same few functions and sends by `line.Line`: only to the hosts that the operator
has named, at addresses that were checked, without redirects, within the time. It also keeps the answer, of which
Apprise tells no more than yes or no. A plug-in that sends otherwise is not used (ADR 0021).
"""

import logging
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from types import ModuleType
from typing import Any, Final

from apprise import Apprise, NotifyBase

from samlad.base.outside import Fetched, NotFetched, Session
from samlad.notify.channels.faults import NotTaken
from samlad.notify.channels.line import Line
from samlad.notify.models import Trouble

HARMLESS: Final = frozenset(
    {"codes", "exceptions", "RequestException", "ConnectionError", "Timeout", "TooManyRedirects"}
)
"""What of `requests` sends nothing."""

# Apprise writes addresses, numbers and texts of messages to its log.
logging.getLogger("apprise").setLevel(logging.CRITICAL)


class Asking:
    """One message being sent: by which line, and what came of it."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.answers: list[Fetched] = []
        self.error: NotFetched | None = None


ASKING: ContextVar[Asking] = ContextVar("asking")


class Requests:
    """Stands where a plug-in has `requests`."""

    def __init__(self, real: ModuleType) -> None:
        self.real = real

    def __getattr__(self, name: str) -> Any:
        if name in HARMLESS:
            return getattr(self.real, name)
        raise AttributeError(f"plug-ins have no requests.{name} here")

    def post(self, url: str, data: Any = None, **options: Any) -> Fetched:
        """POST."""
        return self._send("POST", url, data=data, **options)

    def put(self, url: str, data: Any = None, **options: Any) -> Fetched:
        """PUT."""
        return self._send("PUT", url, data=data, **options)

    def get(self, url: str, params: Any = None, **options: Any) -> Fetched:
        """GET."""
        return self._send("GET", url, params=params, **options)

    def request(self, method: str, url: str, **options: Any) -> Fetched:
        """Any method."""
        return self._send(method, url, **options)

    def _send(self, method: str, url: str, **options: Any) -> Fetched:
        asking = ASKING.get()
        try:
            answer = Lent(asking.line).request(method, url, **options)
        except NotFetched as error:
            asking.error = error
            raise self.real.RequestException(str(error)) from error
        asking.answers.append(answer)
        return answer


class Lent(Session):
    """A session of `requests`, for a library that takes one: what it sends goes by a line."""

    def __init__(self, line: Line) -> None:
        super().__init__(line.reached, line.seconds)
        self.line = line

    def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Fetched:
        """One request. Raises NotFetched."""
        return super().request(method, self.line.by_way_of(url), *arguments, **options)


def plugin(given: str | Mapping[str, object]) -> NotifyBase:
    """A plug-in for an Apprise URL, or for what its constructor takes, kept to our way out. Raises NotTaken."""
    made = Apprise.instantiate(given if isinstance(given, str) else dict(given), suppress_exceptions=True)
    if not isinstance(made, NotifyBase):
        raise NotTaken(Trouble.OTHER, "Apprise makes nothing of the address", final=True)
    module = sys.modules[type(made).__module__]
    sends_by = getattr(module, "requests", None)
    if isinstance(sends_by, ModuleType):
        setattr(module, "requests", Requests(sends_by))  # noqa: B010 a module has no such attribute for mypy
    elif not isinstance(sends_by, Requests):
        raise NotTaken(Trouble.OTHER, f"{type(made).__name__} does not send by HTTP", final=True)
    made.request_rate_per_sec = 0  # the pace is kept by the gateway
    return made


def sent(plugin: NotifyBase, line: Line, body: str, title: str = "") -> Fetched:
    """Have a plug-in send a text; the last answer, which went well. Raises NoServer and NotTaken."""
    asking = Asking(line)
    before = ASKING.set(asking)
    try:
        went_well = plugin.send(body=body, title=title)
    finally:
        ASKING.reset(before)
    if asking.error is not None:
        raise line.fault(asking.error)
    if not asking.answers:
        raise NotTaken(Trouble.RECIPIENT, "Apprise did not take the address", final=True)
    answer = line.checked(asking.answers[-1])
    if not went_well:
        raise line.not_understood(answer)
    return answer

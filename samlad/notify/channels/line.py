"""Asking a gateway over HTTP, by base/outside.py: which hosts, by which way, how long, and what its answer means.

Two sorts of gateways. One is the operator's and serves all (SMS, calls): what goes wrong there goes wrong for all, and
is NoServer. The other is the recipient's own (chat, webhook, a browser's push service): what goes wrong there is
NotTaken, that may pass or not, and holds up nobody else.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

from samlad.base.outside import Fetched, NotFetched, fetch
from samlad.notify.channels.faults import NoServer, NotTaken, shortened
from samlad.notify.models import Trouble

MOST: Final = 100_000  # bytes of an answer
SIGN_IN: Final = frozenset({401, 403})
LATER: Final = frozenset({402, 408, 421, 425, 429})  # 402: the account is empty, and somebody fills it


class Line(msgspec.Struct, frozen=True):
    """The way to a gateway. `hosts`, `through` and `seconds` as in Section; `secrets` never stand in a detail.

    `shared`: the operator's gateway, which serves all.
    """

    hosts: tuple[str, ...]
    through: tuple[tuple[str, str], ...] = ()
    seconds: float = 8.0
    secrets: tuple[str, ...] = ()
    shared: bool = False

    def ask(self, method: str, url: str, *, body: bytes | None, headers: Mapping[str, str]) -> Fetched:
        """One request, without redirects. Raises outside.NotFetched."""
        there = self.by_way_of(url)
        return fetch(
            there, method=method, body=body, headers=headers, hosts=self.reached, seconds=self.seconds, most=MOST
        )

    @property
    def reached(self) -> tuple[str, ...]:
        """The hosts and origins that may be reached."""
        return (*self.hosts, *(instead for _origin, instead in self.through))

    def by_way_of(self, url: str) -> str:
        """An address as it is reached: through the operator's own proxy, where one stands for its origin."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}".removesuffix(":443" if parts.scheme == "https" else ":80")
        for named, instead in self.through:
            if origin == named:
                return instead + url[len(f"{parts.scheme}://{parts.netloc}") :]
        return url

    def fault(self, error: NotFetched) -> NoServer | NotTaken:
        """What it means that there was no answer."""
        late = isinstance(error.__cause__, TimeoutError) or "too long" in str(error)
        return self._passing(Trouble.TIMEOUT if late else Trouble.UNREACHABLE, str(error))

    def checked(self, answer: Fetched) -> Fetched:
        """An answer that went well. Raises NoServer and NotTaken."""
        if 200 <= answer.status < 300:
            return answer
        said = self.said(answer)
        if answer.status in SIGN_IN and self.shared:
            raise NoServer(Trouble.SIGN_IN, said)
        if answer.status < 400 or answer.status >= 500 or answer.status in LATER:
            raise self._passing(Trouble.UNREACHABLE, said)
        if answer.status == 404 and self.shared:  # the operator's address of the gateway, not the recipient's
            raise NoServer(Trouble.UNREACHABLE, said)
        raise NotTaken(Trouble.RECIPIENT, said, final=True)

    def not_understood(self, answer: Fetched) -> NoServer | NotTaken:
        """What it means that the answer went well and is not what this gateway answers: somebody else answered."""
        return self._passing(Trouble.OTHER, self.said(answer))

    def said(self, answer: Fetched) -> str:
        """The gateway's own words, short, without the secrets."""
        return shortened(f"{answer.status} {answer.text[:2000]}", *self.secrets)

    def _passing(self, trouble: Trouble, detail: str) -> NoServer | NotTaken:
        if self.shared:
            return NoServer(trouble, shortened(detail, *self.secrets))
        return NotTaken(trouble, shortened(detail, *self.secrets), final=False)

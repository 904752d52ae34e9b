"""The one way out: whatever the program itself fetches over HTTP it fetches through here, and through nothing else.

Whoever can make the server ask for an address of their choice reaches what only the server reaches: the database, a
cloud's metadata service, a colleague's printer (server-side request forgery). So: only hosts that the operator has
named, only https, only public addresses; the connection goes to the very address that was checked (a moment later the
name may have another one); no redirects unless asked for; a limit to the time and one to the size.

A host is named as `idp.example.se` (https on its own port, public addresses), or as an origin `http://10.0.0.5:8080`:
exactly that scheme, host and port, wherever it lies. Link-local addresses, where clouds keep their secrets, never.
"""

import json as json_
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Collection, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Final
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

import msgspec
from django.conf import settings

from samlad.base.security import noted

SECONDS: Final = 10.0  # for everything together
MOST: Final = 2_000_000  # bytes of an answer
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PORTS: Final = {"http": 80, "https": 443}
NAT64: Final = 0x64FF9B << 96  # 64:ff9b::/96, an IPv4 address in the clothes of an IPv6 one
Address = IPv4Address | IPv6Address


class NotFetched(OSError):
    """The address may not be fetched, or could not be. Says why, without what was sent."""


class Fetched(msgspec.Struct, frozen=True):
    """An answer: whole, and no larger than was allowed. Header names in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    # What follows is named as in `requests`, whose answers a library that was lent a Session expects.
    @property
    def status_code(self) -> int:
        """The status."""
        return self.status

    @property
    def ok(self) -> bool:
        """Whether it went well."""
        return self.status < 400

    @property
    def content(self) -> bytes:
        """The body."""
        return self.body

    @property
    def text(self) -> str:
        """The body as text; what is no UTF-8 is replaced."""
        return self.body.decode(errors="replace")

    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return json_.loads(self.body)

    def raise_for_status(self) -> None:
        """Raises NotFetched for 4xx and 5xx."""
        if not self.ok:
            raise NotFetched(f"{urlsplit(self.url).hostname} answered {self.status}")


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    hosts: Collection[str] | None = None,
    redirects: int = 0,
    seconds: float = SECONDS,
    most: int = MOST,
) -> Fetched:
    """Fetch an address. `hosts` are those that may be reached (default: SAMLAD_REACHES).

    Each of the `redirects` that are followed is checked like the first address. Raises NotFetched.
    """
    allowed: Collection[str] = settings.SAMLAD_REACHES if hosts is None else hosts
    until = time.monotonic() + seconds
    for _turn in range(redirects + 1):
        try:
            answer = _one(url, method, body, dict(headers or {}), allowed, until, most)
        except NotFetched as refused:
            noted("outside_refused", host=_host_of(url), reason=str(refused))
            raise
        if answer.status not in REDIRECTS or "location" not in answer.headers:
            return answer
        url, method, body = urljoin(url, answer.headers["location"]), "GET", None
        headers = {name: value for name, value in (headers or {}).items() if name.lower() != "authorization"}
    raise NotFetched("it leads elsewhere, which is not followed")


class Session:
    """For a library that wants a `requests.Session`: the same few methods, through `fetch`, without redirects."""

    def __init__(self, hosts: Collection[str] | None = None, seconds: float = SECONDS) -> None:
        self.hosts = hosts
        self.seconds = seconds

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *raised: object) -> None:
        """Nothing is kept open."""

    def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        auth: Any = None,
        **ignored: object,
    ) -> Fetched:
        """One request. Raises NotFetched."""
        if params:
            url += ("&" if "?" in url else "?") + urlencode(params)
        sent = dict(headers or {})
        if auth is not None:  # a pair, or an object with both, as `requests` has it
            name, word = auth if isinstance(auth, tuple) else (auth.username, auth.password)
            sent["Authorization"] = "Basic " + b64encode(f"{name}:{word}".encode()).decode()
        body, kind = _encoded(data, json)
        if kind and not any(name.lower() == "content-type" for name in sent):
            sent["Content-Type"] = kind
        return fetch(url, method=method.upper(), body=body, headers=sent, hosts=self.hosts, seconds=self.seconds)

    def get(self, url: str, **options: Any) -> Fetched:
        """GET. Raises NotFetched."""
        return self.request("GET", url, **options)

    def post(self, url: str, data: Any = None, **options: Any) -> Fetched:
        """POST. Raises NotFetched."""
        return self.request("POST", url, data=data, **options)


def _encoded(data: Mapping[str, str] | str | bytes | None, json: object) -> tuple[bytes | None, str]:
    """A request's body and its content type."""
    if json is not None:
        return json_.dumps(json).encode(), "application/json"
    if isinstance(data, Mapping):
        return urlencode(data).encode(), "application/x-www-form-urlencoded"
    return (data.encode() if isinstance(data, str) else data), ""


def _one(
    url: str, method: str, body: bytes | None, headers: dict[str, str], hosts: Collection[str], until: float, most: int
) -> Fetched:
    """One request to an address that has been checked."""
    parts = _split(url)
    address = _address(parts, named=_named(parts, hosts))
    connection = _connection(parts, address, until)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    given = {"User-Agent": "Samlad", "Accept": "*/*", **headers, "Accept-Encoding": "identity", "Connection": "close"}
    try:
        connection.request(method, path, body, given)
        response = connection.getresponse()
        received = {name.lower(): value for name, value in response.getheaders()}
        if received.get("content-encoding", "identity") != "identity":
            raise NotFetched("it is compressed, which was not asked for")
        parts_read: list[bytes] = []
        left = most + 1
        while left > 0 and (piece := response.read1(min(left, 65_536))):
            parts_read.append(piece)
            left -= len(piece)
            if time.monotonic() > until:
                raise NotFetched("it takes too long")
        if left <= 0:
            raise NotFetched(f"it is larger than {most} bytes")
        return Fetched(url, response.status, received, b"".join(parts_read))
    except NotFetched:
        raise
    except (OSError, HTTPException) as error:
        raise NotFetched(f"no answer ({type(error).__name__})") from error
    finally:
        connection.close()


def _host_of(url: str) -> str:
    """The host of an address, for the log; nothing where it can't be told."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return ""


def _split(url: str) -> SplitResult:
    """The parts of an address that is plain enough to be read in one way only. Raises NotFetched."""
    try:
        parts = urlsplit(url)
        plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
        if not plain or parts.scheme not in PORTS or not parts.hostname or parts.port == 0:
            raise NotFetched("this is no address of a web page")
    except ValueError as error:
        raise NotFetched("this is no address of a web page") from error
    if "@" in parts.netloc:
        raise NotFetched("an address holds no password")
    return parts


def _named(parts: SplitResult, hosts: Collection[str]) -> bool:
    """Whether the operator has named this very origin; False for a host reached at public addresses by https only.

    Raises NotFetched when it is not named at all.
    """
    host, port = (parts.hostname or "").rstrip("."), parts.port or PORTS[parts.scheme]
    for origin in (urlsplit(entry) for entry in hosts if "://" in entry):
        if (origin.scheme, origin.hostname, origin.port or PORTS.get(origin.scheme)) == (parts.scheme, host, port):
            return True
    if host not in {entry.lower() for entry in hosts}:
        raise NotFetched("the host is not among those that may be reached")
    if parts.scheme != "https" or port != PORTS["https"]:
        raise NotFetched("only https on its own port is fetched")
    return False


def _address(parts: SplitResult, *, named: bool) -> tuple[str, int]:
    """The address to connect to: the first the name has, when all that it has may be reached. Raises NotFetched."""
    port = parts.port or PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched("the host has no address") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(reachable(ip_address(address.partition("%")[0]), named=named) for address in addresses):
        raise NotFetched("the host lies at an address that may not be reached")
    return addresses[0], port


def reachable(address: Address, *, named: bool) -> bool:
    """Whether an address may be connected to: public ones; where the operator named the origin, any but link-local."""
    for inner in _inside(address):
        if inner.is_link_local or inner.is_multicast or inner.is_unspecified:
            return False
        if not named and not inner.is_global:
            return False
    return True


def _inside(address: Address) -> list[Address]:
    """An address and the IPv4 addresses that it may stand for."""
    found: list[Address] = [address]
    if isinstance(address, IPv6Address):
        found += [inner for inner in (address.ipv4_mapped, address.sixtofour) if inner is not None]
        if address.ipv4_mapped is not None:
            found.remove(address)
        if address.teredo is not None:
            found += address.teredo
        if int(address) >> 32 == NAT64 >> 32:
            found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return found


def _connection(parts: SplitResult, address: tuple[str, int], until: float) -> HTTPConnection:
    """A connection to the address that was checked, under the host's own name. Raises NotFetched."""
    left = max(0.1, until - time.monotonic())
    host = parts.hostname or ""
    kind = HTTPConnection if parts.scheme == "http" else HTTPSConnection
    connection = kind(host, parts.port, timeout=left)
    try:
        # Opened here, not by name inside http.client: what was checked is what is reached.
        connection.sock = socket.create_connection(address, timeout=left)
        if parts.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
    except OSError as error:
        raise NotFetched(f"no connection ({type(error).__name__})") from error
    return connection

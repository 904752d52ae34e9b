"""The one way out: what is fetched, and what is not, whatever the address looks like."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samlad.base.outside import NotFetched, Session, fetch, reachable


class Origin(BaseHTTPRequestHandler):
    """A web server that can be asked for odd things."""

    seen: ClassVar[list[tuple[str, str, dict[str, str], bytes]]] = []

    def answer(self) -> None:
        """What the path asks for."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen.append((self.command, self.path, dict(self.headers), body))
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
            self.end_headers()
            return
        said = b"x" * 5000 if self.path == "/large" else b'{"ok": true}'
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Type", "application/json")
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST = answer  # noqa: N815 the library's names

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def origin() -> Iterator[str]:
    """Its address."""
    Origin.seen.clear()
    server = HTTPServer(("127.0.0.1", 0), Origin)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_named_origin_is_fetched(origin: str) -> None:
    answer = fetch(f"{origin}/path?a=1", hosts=[origin])
    assert (answer.status, answer.json(), answer.headers["content-type"]) == (200, {"ok": True}, "application/json")
    assert Origin.seen[0][:2] == ("GET", "/path?a=1")


def test_the_settings_name_the_hosts_where_the_caller_does_not(origin: str, settings: Any) -> None:
    settings.SAMLAD_REACHES = frozenset()
    with pytest.raises(NotFetched, match="not among"):
        fetch(origin)
    settings.SAMLAD_REACHES = frozenset({origin})
    assert fetch(origin).ok


def test_a_host_that_is_only_named_is_not_reached_on_this_machine(origin: str) -> None:
    port = origin.rpartition(":")[2]
    for address in (origin, f"https://127.0.0.1:{port}/", "http://127.0.0.1/", f"http://localhost:{port}/"):
        with pytest.raises(NotFetched):
            fetch(address, hosts=["127.0.0.1", "localhost"])
    assert not Origin.seen


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_https_leads_to_public_addresses_only(host: str) -> None:
    with pytest.raises(NotFetched, match="may not be reached"):
        fetch(f"https://{host}/", hosts=[host])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fd00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:a9fe:a9fe::1",
    ],
)
def test_no_inner_address_is_public(address: str) -> None:
    assert not reachable(ip_address(address), named=False)


@pytest.mark.parametrize("address", ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "64:ff9b::a9fe:a9fe"])
def test_where_clouds_keep_their_secrets_is_never_reached(address: str) -> None:
    assert not reachable(ip_address(address), named=True)


@pytest.mark.parametrize("address", ["193.10.0.1", "2001:6b0::1", "64:ff9b::c10a:1"])
def test_public_addresses_are(address: str) -> None:
    assert reachable(ip_address(address), named=False)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_every_clothing(address: Any) -> None:
    for clothed in (f"::ffff:{address}", f"64:ff9b::{address}"):
        if reachable(ip_address(clothed), named=False):
            assert reachable(address, named=False)


def test_what_was_checked_is_what_is_reached(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that has another address at the second question is not asked a second time."""
    asked: list[str] = []
    port = int(origin.rpartition(":")[2])

    def resolve(host: str, port: int, *_args: object, **_options: object) -> list[Any]:
        asked.append(host)
        named = asked.count("idp.example.se") <= 1
        return [(2, 1, 6, "", ("127.0.0.1" if named else "169.254.169.254", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    real, reached = socket.create_connection, []

    def connect(address: tuple[str, int], **options: Any) -> Any:
        reached.append(address)
        return real(address, **options)

    monkeypatch.setattr(socket, "create_connection", connect)
    named = f"http://idp.example.se:{port}"
    assert fetch(named + "/", hosts=[named]).ok
    assert asked.count("idp.example.se") == 1 and reached == [("127.0.0.1", port)]
    assert Origin.seen[0][2]["Host"] == f"idp.example.se:{port}"


def test_a_name_with_one_inner_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("193.10.0.1", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)
    with pytest.raises(NotFetched, match="may not be reached"):
        fetch("https://idp.example.se/", hosts=["idp.example.se"])


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://idp.example.se/",
        "ftp://idp.example.se/",
        "https://",
        "//idp.example.se/",
        "idp.example.se",
        "https://idp.example.se:0/",
        "https://idp.example.se:99999/",
        "https://user:word@idp.example.se/",
        "https://idp.example.se@evil.example/",
        "https://idp.example.se\\@evil.example/",
        "https://idp.example.se/\r\nHost: evil.example",
        "https://idp.example.se /",
        "https://idp.exämple.se/",
        "https://[::1/",
        "https://idp.example.se.evil.example/",
        "https://evil.example/?https://idp.example.se/",
        "https://idp.example.se:8443/",
        "http://idp.example.se/",
    ],
)
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(NotFetched):
        fetch(url, hosts=["idp.example.se"])


def test_redirects_are_not_followed_unless_asked_for(origin: str) -> None:
    with pytest.raises(NotFetched, match="leads elsewhere"):
        fetch(f"{origin}/to?/there", hosts=[origin])
    assert fetch(f"{origin}/to?/there", hosts=[origin], redirects=1).json() == {"ok": True}
    with pytest.raises(NotFetched, match="leads elsewhere"):
        fetch(f"{origin}/to?/to?/there", hosts=[origin], redirects=1)


def test_a_redirect_is_checked_like_the_first_address(origin: str) -> None:
    for elsewhere in ("http://localhost/", "file:///etc/passwd", "http://169.254.169.254/latest/"):
        with pytest.raises(NotFetched):
            fetch(f"{origin}/to?{elsewhere}", hosts=[origin], redirects=3)


def test_a_redirect_takes_no_secrets_along(origin: str) -> None:
    fetch(f"{origin}/to?/there", hosts=[origin], redirects=1, method="POST", body=b"x", headers={"Authorization": "s"})
    method, path, headers, body = Origin.seen[1]
    assert (method, path, body) == ("GET", "/there", b"") and "Authorization" not in headers


def test_large_packed_and_broken_answers(origin: str) -> None:
    with pytest.raises(NotFetched, match="larger"):
        fetch(f"{origin}/large", hosts=[origin], most=1000)
    with pytest.raises(NotFetched, match="compressed"):
        fetch(f"{origin}/packed", hosts=[origin])
    with pytest.raises(NotFetched, match="500"):
        fetch(f"{origin}/broken", hosts=[origin]).raise_for_status()


def test_nobody_there_is_said_so() -> None:
    with pytest.raises(NotFetched, match="no connection"):
        fetch("http://127.0.0.1:1/", hosts=["http://127.0.0.1:1"])


def test_a_session_as_libraries_use_it(origin: str) -> None:
    with Session([origin]) as session:
        got = session.get(f"{origin}/a", params={"b": "c d"}, timeout=5)
        assert (got.status_code, got.ok, got.text, got.content) == (200, True, '{"ok": true}', b'{"ok": true}')
        session.post(f"{origin}/form", data={"a": "å"}, auth=("me", "word"))
        session.post(f"{origin}/json", json={"a": 1})
    assert [seen[1] for seen in Origin.seen] == ["/a?b=c+d", "/form", "/json"]
    assert Origin.seen[1][3] == b"a=%C3%A5" and Origin.seen[1][2]["Authorization"] == "Basic bWU6d29yZA=="
    assert Origin.seen[2][2]["Content-Type"] == "application/json"


def test_a_refusal_is_in_the_security_log(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotFetched):
        fetch("https://user:sesame@evil.example/secret?token=1", hosts=[])
    assert "outside_refused host=" in caplog.text and "evil.example" in caplog.text
    assert "sesame" not in caplog.text and "token" not in caplog.text

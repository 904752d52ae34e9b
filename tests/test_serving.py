"""Serving as browsers meet it: a real server on a real socket."""

import http.client
import socket
import subprocess
from uuid import UUID

import pytest

from tests.running import Running


def request(site: Running, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_pages_answer(site: Running) -> None:
    assert request(site, "GET", "/healthz") == (200, b"ok")


def test_head_has_no_body(site: Running) -> None:
    assert request(site, "HEAD", "/healthz") == (200, b"")


def test_unknown_hosts_are_refused(site: Running) -> None:
    status, _body = request(site, "GET", "/sign-in/", Host="elsewhere.example")
    assert status == 400


def test_too_large_a_body_is_told_so_in_both_languages(site: Running) -> None:
    status, body = request(site, "POST", "/healthz", b"x" * 2_000_001)
    assert status == 413
    assert "för stort" in body.decode()
    assert "too large" in body.decode()


def test_a_browser_that_leaves_in_the_middle_harms_nobody(site: Running) -> None:
    with socket.create_connection(("127.0.0.1", site.port)) as connection:
        connection.sendall(b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf")
    assert site.answers()


def test_stops_in_order_and_starts_again(running: Running) -> None:
    running.restart()
    assert running.answers()


def test_will_not_start_on_a_database_without_its_tables(running: Running) -> None:
    running.command("migrate", "sessions", "zero", "-v0")
    running.stop()
    with pytest.raises(AssertionError, match="samlad migrate"):
        running.start()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1"])
def test_a_demo_is_only_for_this_machine(site: Running, host: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as ended:
        site.command("serve", "--host", host)
    assert "only for this machine" in ended.value.stdout


def test_beyond_this_machine_only_behind_tls(site: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(site.environment, "SAMLAD_DEMO", "")
    with pytest.raises(subprocess.CalledProcessError) as ended:
        site.command("serve", "--host", "0.0.0.0")
    assert "SAMLAD_BEHIND_TLS" in ended.value.stdout


def test_who_is_not_signed_in_holds_no_place_among_those_who_send_files(site: Running) -> None:
    form = f"/operations/{UUID(int=7)}/reports/new/"
    large = b"x" * 3_000_000
    assert request(site, "POST", form, large)[0] == 302
    assert request(site, "POST", form, large, Cookie="sessionid=nobodys")[0] == 302
    signed_in = f"sessionid={site.sessions('rsk')[0]}"
    assert request(site, "POST", form, large, Cookie=signed_in)[0] == 403  # it has come to Django, which wants a token

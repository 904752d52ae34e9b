"""What every answer of the running server carries: static files, faults, streams and all that is said beside Django."""

import http.client
import re

import pytest
from django.test import Client
from django.urls import reverse

from samlad.registers.tests.cast import Cast
from tests.running import Running
from tests.test_headers import strict


@pytest.mark.django_db
def test_signing_out_leaves_nothing_in_the_browser(client: Client, cast: Cast) -> None:
    client.force_login(cast.rsk.person)
    assert client.post(reverse("sign_out")).headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/").headers  # a session that has run out keeps what was begun


@pytest.mark.django_db
def test_without_sign_in_every_page_leads_to_it(client: Client) -> None:
    response = client.get("/registers/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")


def ask(site: Running, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
    """One request to the real server; the answer is not read."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.request(method, path, body, headers)
    return connection.getresponse()


def static_files(site: Running) -> list[str]:
    """The style sheet and the scripts of the sign-in page."""
    page = ask(site, "GET", "/sign-in/").read().decode()
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', page)


def test_static_files(site: Running) -> None:
    found = static_files(site)
    assert len(found) > 3
    for path in found:
        answer = ask(site, "GET", path)
        assert answer.status == 200
        headers = {name.lower(): value for name, value in answer.getheaders()}
        strict(headers)
        assert "immutable" in headers["cache-control"] and "access-control-allow-origin" not in headers
        kind = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}[path.rpartition(".")[2]]
        assert headers["content-type"].startswith(kind)


@pytest.mark.parametrize("path", ["/static/", "/static/base/", "/static/../settings.py", "/static/%2e%2e/secret_key"])
def test_static_files_are_not_listed_nor_left(path: str, site: Running) -> None:
    answer = ask(site, "GET", path)
    strict(dict(answer.getheaders()))
    assert answer.status == 404


@pytest.mark.parametrize(
    ("method", "path", "status", "headers"),
    [
        ("GET", "/not-there/", 404, {}),
        ("GET", "/sign-in/", 400, {"Host": "elsewhere.example"}),
        ("POST", "/sign-in/", 403, {}),
        ("TRACE", "/", 405, {}),
        ("DELETE", "/healthz", 405, {}),
        ("GET", "/live/forged", 403, {}),
        ("POST", "/live/forged", 403, {}),
        ("GET", "/sign-in/", 200, {}),
        ("GET", "/healthz", 200, {}),
    ],
)
def test_what_the_server_says(method: str, path: str, status: int, headers: dict[str, str], site: Running) -> None:
    answer = ask(site, method, path, b"", **headers)
    assert answer.status == status
    strict(dict(answer.getheaders()))
    said = answer.read().decode()
    assert "Traceback" not in said and "Django" not in said and "uvicorn" not in said


def test_a_page_that_fails_tells_nothing_of_why(site: Running) -> None:
    site.command("shell", "-v0", "-c", BROKEN)
    answer = ask(site, "GET", "/", Cookie=f"sessionid={site.sessions('rsk')[0]}")
    said = answer.read().decode()
    assert answer.status in (500, 503)
    strict(dict(answer.getheaders()))
    assert "Traceback" not in said and "registers_seat" not in said and "settings" not in said
    assert site.folder.name not in said


BROKEN = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ALTER TABLE registers_seat RENAME TO registers_seat_away")
"""

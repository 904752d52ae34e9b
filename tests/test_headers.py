"""What every answer carries, tried on every address."""

import re
from collections.abc import Mapping

import pytest
from django.db import transaction
from django.test import Client

from samlad.web.headers import ALWAYS, NOBODYS, POLICY
from tests.architecture.test_routes import routes
from tests.everything import Everything, address

pytestmark = pytest.mark.django_db
LISTED = {  # the secure headers that OWASP lists
    "Content-Security-Policy",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-DNS-Prefetch-Control",
    "X-Frame-Options",
    "X-Permitted-Cross-Domain-Policies",
}
TELLTALE = {"server", "x-powered-by", "via", "x-aspnet-version", "x-generator"}


OPEN_DATA = {"open_json", "open_csv", "open_catalogue"}
"""What is open to all, once the secretariat has opened it: read by other sites' pages, and kept on the way."""


def strict(headers: Mapping[str, str], *, shared: bool = False) -> None:
    """All that is listed is there once and says what we say, and nothing tells what we are made with. `shared`: other
    sites may read it."""
    lower = {name.lower(): value for name, value in headers.items()}
    for name, value in ALWAYS.items():
        sandboxed = name == "Content-Security-Policy" and lower.get(name.lower(), "").startswith("sandbox; ")
        stricter = name == "Referrer-Policy" and lower.get(name.lower()) == "no-referrer"
        other = shared and name == "Cross-Origin-Resource-Policy" and lower.get(name.lower()) == "cross-origin"
        assert sandboxed or stricter or other or lower.get(name.lower()) == value, name
    assert not TELLTALE & lower.keys()


def test_every_listed_header_is_among_ours() -> None:
    assert ALWAYS.keys() == LISTED
    policy = dict(directive.partition(" ")[::2] for directive in POLICY)
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in str(POLICY) and "*" not in str(POLICY) and "http" not in str(POLICY)
    assert {"camera", "microphone", "geolocation", "usb", "payment"} <= set(NOBODYS)


@pytest.mark.parametrize("reader", ["anonymous", "liaison", "administrator"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_for_people(reader: str, method: str, everything: Everything) -> None:
    for pattern, route in routes():
        client = Client(raise_request_exception=False)
        if reader in everything.sessions:
            client.cookies["sessionid"] = everything.sessions[reader]
        path = path_of(pattern, route.name or "", everything)
        with transaction.atomic():
            answer = getattr(client, method)(path)
            transaction.set_rollback(True)
        shared = route.name in OPEN_DATA and answer.status_code == 200
        strict(answer.headers, shared=shared)
        kept = answer.headers["Cache-Control"]
        assert "no-store" in kept or (shared and kept.startswith("public, max-age=")), f"{path}: {kept}"
        if answer.get("Content-Type", "").startswith("text/html") and hasattr(answer, "content"):
            harmless(answer.content.decode(), path)


def path_of(pattern: str, route: str, everything: Everything) -> str:
    """Where the address leads; in the scene, if the scene has names for all that stands in it."""
    try:
        return address(route, everything.names())
    except KeyError:
        return "/" + re.sub(r"<(\w+):\w+>|<\w+>", lambda found: FILLED.get(found.group(1), "x"), pattern)


FILLED = {"uuid": "0192f5a0-0000-7000-8000-000000000000", "int": "1", "slug": "x"}


def harmless(html: str, path: str) -> None:
    """Nothing inline that the policy would stop."""
    assert not re.search(r"<script(?![^>]*(\bsrc=|type=\"application/json\"))[^>]*>", html), path
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html), path
    assert "javascript:" not in html, path

"""What every answer carries."""

import pytest
from django.test import Client

from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/healthz", "/sign-in/", "/not-there/"])
def test_nothing_foreign_may_run_or_frame_us(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_asked_for_again_each_time(client: Client, cast: Cast) -> None:
    client.force_login(cast.rsk.person)
    assert "private" in client.get("/").headers["Cache-Control"]


def test_without_sign_in_every_page_leads_to_it(client: Client) -> None:
    response = client.get("/registers/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")

"""Requests that nobody means are refused in a sentence, not with a failure or an empty page."""

import pytest
from django.test import Client

from samlad.web.understood import take_charset
from tests.fuzz.browser import Answer, Request, ask

pytestmark = pytest.mark.django_db
# No charsets at all but codecs of Python's, and charsets that our pages don't have.
CHARSETS = ["base64", "hex", "rot13", "zip", "idna", "undefined", "utf-16", "latin-1", "unicode_escape"]
PARTS = "multipart/form-data; boundary="
KINDS = [f"{PARTS}x", PARTS, "application/x-www-form-urlencoded", "text/plain"]


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("kind", KINDS)
def test_another_encoding_is_refused(kind: str, charset: str) -> None:
    for method in ("GET", "POST"):
        answer = asked(method, f"{kind}; charset={charset}")
        assert answer.status == 400
        assert "Begäran gick inte att läsa" in answer.text


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", "ascii", "no-such-thing", '""', ""])
def test_ours_is_taken(charset: str) -> None:
    assert asked("GET", f"multipart/form-data; boundary=x; charset={charset}").status == 200


def asked(method: str, kind: str) -> Answer:
    """The sign-in page, through the bridge."""
    return ask(Request("sign_in", b"/sign-in/?next=%2F", method, headers={"content-type": kind.encode()}))


def test_a_boundary_stays() -> None:
    environ = {"CONTENT_TYPE": 'multipart/form-data; charset=utf-8; boundary="a b"'}
    take_charset(environ)
    assert environ == {"CONTENT_TYPE": 'multipart/form-data; boundary="a b"'}


def test_what_is_not_by_this_method_says_so(client: Client) -> None:
    answer = client.get("/language/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "Så går det inte att göra här" in answer.content.decode()

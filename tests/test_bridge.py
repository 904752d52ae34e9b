"""The bridge between the server and Django: what it hands over, and how it sends what it gets."""

import asyncio
import io
from collections.abc import Iterator
from typing import Any

import pytest

from samlad.web.front import BLOCK, Gone, Message, TooLarge, blocks, environ_of, read_body, stream, with_files


def environ(*headers: tuple[bytes, bytes], path: str = "/", body: bytes = b"") -> dict[str, Any]:
    """The environment of a small request."""
    scope = {
        "method": "POST",
        "path": path,
        "query_string": b"a=%C3%A5",
        "http_version": "1.1",
        "scheme": "https",
        "headers": list(headers),
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.2", 5),
    }
    return environ_of(scope, body)


def test_path_and_query_are_handed_over_as_pep_3333_says() -> None:
    got = environ(path="/aktörer/")
    assert got["PATH_INFO"].encode("latin-1").decode() == "/aktörer/"
    assert got["QUERY_STRING"] == "a=%C3%A5"
    assert got["wsgi.url_scheme"] == "https"


def test_cookies_in_several_headers_are_one() -> None:
    assert environ((b"cookie", b"a=1"), (b"cookie", b"b=2"))["HTTP_COOKIE"] == "a=1; b=2"


def test_other_repeated_headers_are_a_list() -> None:
    assert environ((b"accept", b"a"), (b"accept", b"b"))["HTTP_ACCEPT"] == "a,b"


def test_a_header_that_looks_like_another_is_left_out() -> None:
    got = environ((b"x_forwarded_proto", b"https"), (b"host", b"localhost"))
    assert "HTTP_X_FORWARDED_PROTO" not in got
    assert got["HTTP_HOST"] == "localhost"


def test_the_length_is_what_came_not_what_was_said() -> None:
    got = environ((b"content-length", b"999"), (b"content-type", b"text/plain"), body=b"abc")
    assert (got["CONTENT_LENGTH"], got["CONTENT_TYPE"]) == ("3", "text/plain")
    assert "HTTP_CONTENT_LENGTH" not in got
    assert isinstance(got["wsgi.input"], io.BytesIO)


def body_of(*messages: Message, most: int = 10) -> bytes:
    """What read_body makes of these messages."""
    waiting = iter(messages)

    async def receive() -> Message:
        return next(waiting)

    return asyncio.run(read_body(receive, most))


def part(body: bytes, more: bool) -> Message:
    """A piece of a request's body."""
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_pieces_is_read_whole() -> None:
    assert body_of(part(b"ab", True), part(b"cd", False)) == b"abcd"


def test_too_much_is_refused_once_all_is_read() -> None:
    with pytest.raises(TooLarge):
        body_of(part(b"x" * 6, True), part(b"x" * 6, True), part(b"", False))


def test_half_a_body_is_never_answered() -> None:
    with pytest.raises(Gone):
        body_of(part(b"ab", True), {"type": "http.disconnect"})


def test_small_pieces_are_sent_together() -> None:
    assert list(blocks([b"a", b"b"])) == [b"ab"]
    assert [len(block) for block in blocks([b"x" * BLOCK, b"y"])] == [BLOCK, 1]
    assert not list(blocks([]))


def test_a_short_stream_is_given_back_and_a_long_one_sent() -> None:
    sent: list[Message] = []
    assert stream(200, [], iter([b"all"]), sent.append) == (200, [], b"all")
    assert stream(200, [], iter(()), sent.append) == (200, [], b"")
    assert not sent

    def pieces() -> Iterator[bytes]:
        yield from (b"1", b"2", b"3")

    assert stream(200, [], pieces(), sent.append) is None
    assert b"".join(message.get("body", b"") for message in sent) == b"123"
    assert [message.get("more_body") for message in sent] == [None, True, True, True, False]


@pytest.mark.parametrize(
    ("method", "path", "length", "is_upload"),
    [
        ("POST", "/operations/01890000-0000-7000-8000-000000000000/reports/new/", b"3000000", True),
        ("POST", "/operations/01890000-0000-7000-8000-000000000000/reports/new/", b"", True),
        ("POST", "/operations/01890000-0000-7000-8000-000000000000/reports/new/", b"3000", False),
        ("POST", "/operations/01890000-0000-7000-8000-000000000000/desk/", b"3000000", False),
        ("GET", "/operations/01890000-0000-7000-8000-000000000000/reports/new/", b"3000000", False),
        ("POST", "/x/operations/01890000-0000-7000-8000-000000000000/reports/new/", b"3000000", False),
    ],
)
def test_only_the_report_form_may_send_more(method: str, path: str, length: bytes, is_upload: bool) -> None:
    headers = [(b"content-length", length)] if length else []
    assert with_files({"method": method, "path": path, "headers": headers}) is is_upload

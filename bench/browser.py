"""A keep-alive HTTP client that is signed in, counts what comes over the wire, and fills in forms."""

import http.client
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """What came back; `wire` is bytes of head and body, `took` milliseconds from asking to having all of it."""

    status: int
    headers: dict[str, str]
    body: bytes
    wire: int
    took: float


class Browser:
    """One kept connection with a session cookie."""

    def __init__(self, url: str, session: str = "") -> None:
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self.cookies = {"sessionid": session} if session else {}

    def get(self, path: str, **headers: str) -> Answer:
        """GET. Header names are written with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = self.cookie
        before = time.perf_counter()
        self.connection.request("GET", path, headers=sent)
        response = self.connection.getresponse()
        body = response.read()
        took = (time.perf_counter() - before) * 1000
        told = response.getheaders()
        for name, value in told:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        head = len(f"HTTP/1.1 {response.status} {response.reason}\r\n\r\n") + sum(len(n) + len(v) + 4 for n, v in told)
        return Answer(response.status, {name.lower(): value for name, value in told}, body, head + len(body), took)

    def page(self, path: str, **headers: str) -> Answer:
        """GET something that must be there. Raises AssertionError where it is not."""
        answer = self.get(path, **headers)
        assert answer.status == 200, f"{path} gave {answer.status}"
        return answer

    @property
    def cookie(self) -> str:
        """The cookies as they are sent."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


class Form(HTMLParser):
    """The fields of the form in a page that has a field of a certain name, as a browser would send them unchanged."""

    def __init__(self, html: str, having: str) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []  # the names and values of each form, as they would be sent
        self.names: list[set[str]] = []  # the names of all its fields, chosen or not
        self.textarea = ""
        self.select = ""
        self.feed(html)
        self.fields = next(fields for fields, names in zip(self.forms, self.names, strict=True) if having in names)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name, value = told.get("name", ""), told.get("value", "")
        if tag == "form":
            self.forms.append([])
            self.names.append(set())
        elif tag == "textarea":
            self.textarea = name
            self.forms[-1].append((name, ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in told and self.select:
            self.forms[-1].append((self.select, value))
        elif tag == "input" and name and self.forms:
            self.input(told.get("type", "text"), name, value, "checked" in told)

    def input(self, kind: str, name: str, value: str, checked: bool) -> None:
        """An input; of radios and checkboxes only what is chosen is sent."""
        self.names[-1].add(name)
        if kind != "submit" and (checked or kind not in ("radio", "checkbox")):
            self.forms[-1].append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            name, value = self.forms[-1][-1]
            self.forms[-1][-1] = (name, value + data)

    def filled(self, **typed: str) -> list[tuple[str, str]]:
        """The fields with something else in some of them."""
        return [(name, value) for name, value in self.fields if name not in typed] + list(typed.items())

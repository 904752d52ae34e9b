"""Which forms and links there are: found by going through every page as every reader, never from a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, resolve
from lxml import html

from tests.access import ROWS
from tests.access_words import READERS
from tests.everything import Everything, address
from tests.fuzz.browser import Request, ask

UNTYPED: Final = ("hidden", "radio", "checkbox", "submit", "button", "password", "file", "image", "reset")


@dataclass(frozen=True)
class Field:
    """One field as the page has it."""

    name: str
    kind: str
    values: tuple[str, ...]  # what the page would send
    choices: tuple[str, ...] = ()

    @property
    def typed(self) -> bool:
        """Whether somebody writes in it, so that what they wrote must stay."""
        return self.kind not in UNTYPED and self.kind != "select"


@dataclass(frozen=True)
class Form:
    """One form of one page, as one reader gets it."""

    reader: str
    route: str  # that it is sent to
    action: str
    method: str
    multipart: bool
    fields: tuple[Field, ...]

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """What makes two forms the same."""
        return self.route, self.method, tuple(sorted(field.name for field in self.fields))


@dataclass(frozen=True)
class Found:
    """All forms, each once; and for each route the names of parameters that links to it have."""

    forms: tuple[Form, ...]
    parameters: dict[str, frozenset[str]]


@cache
def found(everything: Everything) -> Found:
    """Go through everything; once for each scene."""
    forms: dict[Any, Form] = {}
    parameters: dict[str, set[str]] = {}
    for reader, path in visited(everything):
        request = Request("looking", path.encode(), session=everything.sessions.get(reader, ""))
        answer = ask(request)
        if answer.kind != "text/html":
            continue
        tree = html.document_fromstring(answer.body, parser=html.HTMLParser(encoding="utf-8"))
        for form in tree.iter("form"):
            one = form_of(form, reader, path)
            forms.setdefault(one.key, one)
        for link in tree.iter("a"):
            target = urlsplit(urljoin(path, link.get("href", "")))
            parameters.setdefault(route_of(target.path), set()).update(name for name, _ in parse_qsl(target.query))
    return Found(tuple(forms.values()), {route: frozenset(names) for route, names in parameters.items()})


def visited(everything: Everything) -> Iterator[tuple[str, str]]:
    """Every page for every reader who gets it."""
    pages = {(reader, row.route): row for row in ROWS if row.method == "GET" for reader in READERS}
    for (reader, _), row in pages.items():
        if row.gets[reader] in ("200", "403", "409"):
            yield reader, address(row.route, everything.names())


def route_of(path: str) -> str:
    """The name of the route a path leads to."""
    try:
        return str(resolve(path).url_name)
    except Resolver404:
        return ""


def form_of(form: Any, reader: str, path: str) -> Form:
    """A form in a page."""
    action = urljoin(path, form.get("action") or path)
    method = (form.get("method") or "get").upper()
    kind = form.get("enctype") == "multipart/form-data"
    names: dict[str, list[Any]] = {}
    for element in form.iter("input", "textarea", "select", "button"):
        if element.get("name") and element.get("name") != "csrfmiddlewaretoken":
            names.setdefault(element.get("name"), []).append(element)
    fields = tuple(field_of(name, elements) for name, elements in names.items())
    return Form(reader, route_of(urlsplit(action).path), action, method, kind, fields)


def field_of(name: str, elements: list[Any]) -> Field:
    """The elements of one name as a field."""
    first = elements[0]
    if first.tag == "select":
        options = [option.get("value", "") for option in first.iter("option")]
        chosen = [option.get("value", "") for option in first.iter("option") if option.get("selected") is not None]
        return Field(name, "select", tuple(chosen or options[:1]), tuple(options))
    if first.tag == "textarea":
        return Field(name, "textarea", ((first.text or "").removeprefix("\n"),))
    kind = "hidden" if first.get("hidden") is not None else first.get("type")
    kind = kind or ("submit" if first.tag == "button" else "text")
    values = tuple(str(element.get("value", "on" if kind == "checkbox" else "")) for element in elements)
    if kind in ("radio", "checkbox"):
        checked = [element.get("checked") is not None for element in elements]
        return Field(name, kind, tuple(v for v, on in zip(values, checked, strict=True) if on), values)
    return Field(name, kind, values[:1], values)

"""A set as a file: JSON or CSV with the same fields, with the tags by which a program asks whether it is new."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from samlad.base.sheets import sheet
from samlad.governance.lists import attached
from samlad.governance.open_data.sets import DataSet, Row

FORMATS: Final = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
SHARED: Final = "public, max-age=300"
"""So long may what is open to all be kept on the way: a set that is shut is gone everywhere within five minutes."""


def content_of(one: DataSet, found: Sequence[Row], format_: str) -> bytes:
    """Rows in a format: codes and numbers as they are, the same in every language."""
    names = [field.name for field in one.fields]
    if format_ == "json":
        records = [{name: row[name] for name in names} for row in found]
        return json.dumps(records, ensure_ascii=False, indent=1).encode()
    return sheet([names, *([in_sheet(row[name]) for name in names] for row in found)]).encode()


def in_sheet(value: object) -> object:
    """A value as CSV has it: true and false as JSON writes them."""
    return str(value).lower() if isinstance(value, bool) else value


def answer(
    request: HttpRequest, one: DataSet, format_: str, on: date | None, changed: datetime, *, shared: bool
) -> HttpResponse:
    """The file, or 304 to who has it already. `shared`: it is open to all, and may be kept on the way."""
    content = content_of(one, list(one.rows(on)), format_)
    name = f"{one.name}-{on.isoformat()}" if on else one.name
    response = attached(content, FORMATS[format_], f"{name}.{format_}")
    return tagged(request, response, changed, shared=shared)


def tagged(request: HttpRequest, response: HttpResponse, changed: datetime, *, shared: bool) -> HttpResponse:
    """An answer with its tags and its size, or 304."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    last = int(changed.timestamp())
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(last)
    response.headers["Content-Length"] = str(len(response.content))
    if shared:
        response.headers["Cache-Control"] = SHARED
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    made = get_conditional_response(request, etag=etag, last_modified=last, response=response)
    return made or response

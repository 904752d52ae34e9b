"""The same operation as if what a reader may not read had never been: its twin, and all that a reader gets of both."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import UUIDField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from samlad.journal import live, log, read, shown
from samlad.journal.chain import START, link
from samlad.journal.live import Ticket
from samlad.journal.models import Operation, StoredEntry
from samlad.journal.operations import NotHere
from samlad.journal.who import SYSTEM, Who
from samlad.web.live import may_see
from samlad.web.shown import Key, Picture, render
from samlad.web.wiring import LIVE_PAGES
from tests.access import ROWS
from tests.deeds import UNKNOWN, Scene
from tests.everything import PARAMETERS, address

NOT_ASKED: Final = {
    *("healthz", "sign_in_passkey"),
    *("account_codes", "account_passkey_new"),  # a new secret each time
}
TOKENS: Final = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|csrfToken": "[^"]*"')
FRESH: Final = re.compile(r'name="[\w-]*id" value="[0-9a-f-]{36}"|id="id" value="[^"]*"|<p class="print-only">.*?</p>')
TICKET: Final = re.compile(r"/live/([\w:.-]+)")


def hidden(scene: Scene, who: Who) -> set[UUID]:
    """The entries that a reader may not read; all of them where there is no operation for the reader."""
    all_ = {entry.id for _number, entry in read.entries(scene.operation, SYSTEM)}
    try:
        return all_ - {entry.id for _number, entry in visible(scene.operation, who)}
    except NotHere:
        return all_


def visible(operation: UUID, who: Who) -> read.Numbered:
    """What the reader may read. Raises NotHere."""
    if not may_see(Ticket("front", operation, who, "sv", 1)):
        raise NotHere
    return read.entries(operation, who)


@contextmanager
def without(scene: Scene, unread: set[UUID]) -> Iterator[None]:
    """For a while, the entries have never been: the others follow each other, and no table knows of them."""
    with transaction.atomic():
        rows: list[Any] = list(StoredEntry.objects.filter(operation_id=scene.operation).order_by("seq").values())
        kept = [row for row in rows if row["entry_id"] not in unread]
        StoredEntry.objects.filter(operation_id=scene.operation).delete()
        forget(unread, scene.operation)
        if kept:
            StoredEntry.objects.bulk_create(StoredEntry(**row) for row in chained(kept))
            Operation.objects.filter(id=scene.operation).update(head_seq=len(kept), head_hash=kept[-1]["hash"])
        else:
            Operation.objects.filter(id=scene.operation).delete()
        empty()
        yield
        transaction.set_rollback(True)
    empty()


def chained(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with numbers and hashes of their own."""
    before = START
    for seq, row in enumerate(rows, 1):
        row["seq"] = seq
        header = row | {"operation": str(row["operation_id"]), "id": str(row["entry_id"])}
        before = row["hash"] = link(header, before)
    return rows


def forget(entries: set[UUID], operation: UUID) -> None:
    """Take out of every table what is about these entries."""
    for model in apps.get_models():
        if not model.__module__.startswith("samlad.") or model in (Operation, StoredEntry):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, UUIDField) and not field.primary_key:
                model._default_manager.filter(**{f"{field.name}__in": entries}).delete()


def empty() -> None:
    """Nothing is remembered in memory."""
    log.clear()
    shown.forget()
    live.forget()


def addresses(scene: Scene) -> list[str]:
    """Every page, in every form, about everything in the operation and about what is not there."""
    ids = [entry.id for _number, entry in read.entries(scene.operation, SYSTEM)]
    last = len(ids)
    moments = [entry.recorded_at.isoformat() for _number, entry in read.entries(scene.operation, SYSTEM)]
    queries = ["", *(f"?at={at}" for at in {1, 2, last // 2, last - 1, last, last + 1}), "?after=2", "?before=3"]
    queries += ["?" + urlencode({"time": moment}) for moment in {moments[0], moments[last // 2], moments[-1]}]
    queries += ["?format=json", "?format=csv", "?format=xlsx", "?actor=sodertalje", "?status=red", "?q=ord"]
    found: list[str] = []
    for route in sorted({row.route for row in ROWS if row.method == "GET" and "200" in row.gets.values()} - NOT_ASKED):
        if route == "registers_past":
            day = {"on": "2026-11-21", "actor": "nacka"}
            found += [f"{address(route, {})}?{urlencode(day | it)}" for it in ({}, {"operation": scene.operation})]
        for names in variations(scene, route, ids):
            path = address(route, names)
            plain = "entry" in PARAMETERS[route] or "operation" not in PARAMETERS[route]
            found += [path + query for query in (queries[:1] if plain else queries)]
    return found


def variations(scene: Scene, route: str, ids: list[UUID]) -> Iterator[dict[str, Any]]:
    """What may stand in an address: every entry, every number, every actor."""
    person, actor = scene.cast.liaison.person.key, "sodertalje"
    names: dict[str, Any] = {"operation": scene.operation, "key": person, "code": actor, "area": "0181"}
    wanted = PARAMETERS[route]
    if "entry" in wanted or "statement" in wanted:
        yield from (names | {"entry": id, "statement": id} for id in [*ids, UNKNOWN])
    elif "number" in wanted:
        yield from (names | {"number": number} for number in (1, 2, 3, len(ids)))
    elif route == "actor_reports":
        yield from (names | {"code": code} for code in (actor, "nacka", "polisregion-stockholm", "ingen"))
    else:
        yield names


TAKEN: Final = ("id", "block", "text", "report", "replaces")


def posts(scene: Scene) -> list[tuple[str, dict[str, Any]]]:
    """What can be sent that names an entry: errors may tell no more than pages."""
    found: list[tuple[str, dict[str, Any]]] = []
    for entry in [entry for _number, entry in read.entries(scene.operation, SYSTEM)]:
        id, at = entry.id, {"operation": scene.operation, "entry": entry.id, "statement": entry.id}
        fresh = {"id": UNKNOWN, "status": "red", "audience": "all", "consequences": "Nytt."}
        rows = {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}
        found += [
            (address("report_new", at) + f"?corrects={id}", fresh | rows),
            (address("report_unchanged", at), {"id": UNKNOWN, "since": id}),
            (
                address("desk_take", at),
                dict(zip(TAKEN, (UNKNOWN, "event", "Nytt.", id, id), strict=True)),
            ),
            (address("desk_drop", at), {"id": UNKNOWN, "block": "event"}),
            (address("desk_assess", at), {"id": UNKNOWN, "status": "red", "text": "Nytt.", "replaces": id}),
            (address("entry_widen", at), {"id": UNKNOWN, "audience": "all", "reason": "skäl"}),
            (address("entry_mark", at), {"id": UNKNOWN, "ground": "OSL 18:13", "reason": "skäl"}),
            (address("situation", at), {"id": UNKNOWN, "mode": "ordinary", "replaces": id}),
        ]
    return found


def seen(
    scene: Scene, session: str, who: Who, paths: Iterable[str], sent: Iterable[tuple[str, Any]]
) -> dict[str, object]:
    """All that a reader gets: status, headers and bytes of each page and each refusal, how many questions the database
    was asked, and what the streams hold; without what is new each time."""
    client, found = Client(), dict[str, object]()
    client.cookies["sessionid"] = session
    for path in paths:
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
            transaction.set_rollback(True)
        found[path] = plain(answer), len(queries)
    for number, (path, body) in enumerate(sent):
        with transaction.atomic():
            found[f"POST {path} {number}"] = plain(client.post(path, body))
            transaction.set_rollback(True)
    if may_see(Ticket("front", scene.operation, who, "sv", 1)):
        found |= streamed(scene.operation, who)
    return found


def streamed(operation: UUID, who: Who) -> dict[str, object]:
    """What each stream would say to a page that shows each of the reader's positions."""
    found: dict[str, object] = {}
    for page in LIVE_PAGES:
        for since in (0, 1, read.position(operation, who) - 1, read.position(operation, who)):
            key = Key.of(Ticket(page.name, operation, who, "sv", since, (("since", str(since)),)))
            ((position, regions),) = render({key}, {}).fresh.values()
            picture = Picture()
            picture.update(position, regions)
            found[f"{page.name} since {since}"] = picture.message(since)
    return found


def plain(answer: Any) -> tuple[int, dict[str, str], object]:
    """An answer without what is new each time it is asked for."""
    kind = answer.headers.get("Content-Type", "")
    headers = {name: fresh(value) for name, value in answer.headers.items() if name != "Expires"}
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "application/pdf":  # it holds when it was made
        headers.pop("Content-Length", None)
        return answer.status_code, headers, [page.extract_text() for page in PdfReader(BytesIO(raw)).pages]
    if kind.startswith(("text/", "application/json")):
        return answer.status_code, headers, fresh(raw.decode())
    return answer.status_code, headers, raw


def fresh(text: str) -> str:
    """Without tokens and new ids; of a ticket what it says."""
    return FRESH.sub("", TOKENS.sub("", TICKET.sub(lambda found: repr(live.ticket(found[1])), text)))


def different(one: dict[str, object], other: dict[str, object]) -> list[str]:
    """What differs, and where it begins to."""
    found = []
    for path in one.keys() | other.keys():
        if one.get(path) != other.get(path):
            first, second = repr(one.get(path)), repr(other.get(path))
            at = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
            found.append(f"{path}: …{first[max(0, at - 60) : at + 60]}… and …{second[max(0, at - 60) : at + 60]}…")
    return found

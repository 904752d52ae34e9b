"""One entry: all of it, who said it, who may read it, how it is marked, and what has become of that."""

from collections.abc import Iterable
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.journal import read, reading
from samlad.journal.actions import belonging
from samlad.journal.audience import may_open, named
from samlad.journal.entries import Entry, Marking
from samlad.journal.kinds import get
from samlad.journal.models import Reading
from samlad.journal.operations import NotHere
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.rules import owner, owns
from samlad.journal.shown import shown, whole
from samlad.journal.who import SYSTEM, Who
from samlad.registers.http import Request
from samlad.registers.models import Role
from samlad.registers.queries import person_names
from samlad.registers.readers import Circle
from samlad.registers.secrecy import ground_name, roles_that_decided

READINGS: int = 200  # shown on one page; the newest


@require_safe
def entry(request: Request, operation: UUID, entry: UUID) -> HttpResponse:
    """GET /operations/<operation>/entries/<entry>/. Showing what is marked is opening it, and is noted before."""
    page = operation_page(operation, request.who, request.GET)
    if page.at and read.number(operation, request.who, entry) > page.at:
        raise NotHere
    found = read.opened(operation, request.who, entry)
    opens = may_open(request.who)
    if opens and request.method != "HEAD":
        reading.note(request.who, [found], "page")
    stands = read.standing(operation, request.who, entry, page.at)
    context = {
        "entry": found,
        "number": read.number(operation, request.who, entry),
        "name": page.basics.name(found.actor),
        "said": whole(found, page.basics),
        "opens": opens,
        "by": SYSTEM.name if found.author == SYSTEM.person else person_names([found.author]).get(found.author, ""),
        "seat": roles(found.role),
        "read_by": Circle.of(page.basics, request.who).read_by(stands.audience),
        "marking": marked(found.marking, page) if found.marking else None,
        "refers": referred(page, request.who, found),
        "files": [line(page, one) for one in belonging(operation, request.who, entry)],
        "thread": [(n, one, line(page, one)) for n, one in read.changes(operation, request.who, entry, page.at)],
    }
    return render(request, "web/entry.html", page.context() | context | for_owner(page, request.who, found))


def line(page: OperationPage, one: Entry) -> SafeString:
    """An entry in a line."""
    return shown(one, page.basics, get_language() or "sv")


def roles(codes: str) -> str:
    """The roles somebody spoke in, in words."""
    return ", ".join(str(Role(code).label) for code in codes.split(",") if code in Role.values)


def marked(marking: Marking, page: OperationPage) -> dict[str, Any]:
    """A marking in words."""
    actor, seat = roles_that_decided(marking)
    return {"ground": ground_name(marking.ground), "actor": page.basics.short(actor), "seat": seat, "marking": marking}


def referred(page: OperationPage, who: Who, one: Entry) -> list[tuple[str, UUID, SafeString]]:
    """What an entry refers to, as far as this reader has it on this page."""
    words = {
        "corrects": _("Corrects"),
        "answers": _("Refers to"),
        "replaces": _("Takes the place of"),
        "takes": _("Takes from"),
    }
    found = []
    for how, word in words.items():
        for id in getattr(one.refs, how):
            try:
                other, number = read.entry(page.operation.id, who, id), read.number(page.operation.id, who, id)
            except NotHere:
                continue
            if not page.at or number <= page.at:
                found.append((word, id, line(page, other)))
    return found


def for_owner(page: OperationPage, who: Who, one: Entry) -> dict[str, Any]:
    """What only the actor that stands behind an entry has: who has opened it, and the ways to change its readers."""
    if page.at or not owns(who, one):
        return {"owns": False}
    audience = read.standing(page.operation.id, who, one.id).audience
    return {
        "owns": True,
        "can_widen": audience not in ("all", "public"),
        "can_narrow": audience in ("all", "public") or (named(audience) or {who.actor}) != {who.actor},
        "can_mark": bool(get(one.kind, one.version).texts) and audience != "public",
        "readings": opened_by(page, who, one.id),
    }


def opened_by(page: OperationPage, who: Who, entry: UUID) -> list[dict[str, Any]]:
    """Who has opened an entry or its files, each once in each way, with how many times."""
    files = [one.id for one in belonging(page.operation.id, who, entry)]
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for row in with_names(reading.of(page.operation.id, entry, *files), page):
        key = (row["person"], row["actor"], row["seat"], row["how"])
        found.setdefault(key, {**row, "times": 0})["times"] += 1
    return list(found.values())


def with_names(rows: Iterable[Reading], page: OperationPage) -> list[dict[str, Any]]:
    """Readings with the names of those who read."""
    listed = list(rows)
    names = person_names(row.person for row in listed)
    how = {"page": _("Opened on the page"), "file": _("Fetched the file"), "export": _("Taken out")}
    return [
        {
            "at": row.at,
            "person": row.person,
            "name": names.get(row.person, ""),
            "seat": roles(row.role),
            "actor": page.basics.short(row.actor),
            "how": how.get(row.how, row.how),
            "entry": row.entry_id,
        }
        for row in listed
    ]


@require_safe
def readings(request: Request, operation: UUID) -> HttpResponse:
    """GET /operations/<operation>/readings/: who has opened what one's actor stands behind, and what was taken out.

    For those with a duty role, about their own actor. Not of an earlier moment: it is no entry.
    """
    page = operation_page(operation, request.who, {})
    if not request.who.on_duty:
        raise NotHere
    here = {one.id for _number, one in read.entries(operation, request.who)}
    of_actor = reading.of_actor(operation, request.who.actor).iterator()
    # Of one's own actor, too, what is for a level that one is not on does not exist: neither that it has been read.
    rows = with_names(islice((row for row in of_actor if row.entry_id is None or row.entry_id in here), READINGS), page)
    for row in rows:
        row["line"] = own_line(page, request.who, row["entry"]) if row["entry"] else ""
    context = {"rows": rows, "name": page.basics.name(request.who.actor), "most": READINGS}
    return render(request, "web/readings.html", page.context() | context)


def own_line(page: OperationPage, who: Who, id: UUID) -> SafeString | str:
    """The line of an entry of one's own actor; empty where it is for a level that this reader is not on."""
    try:
        found = read.entry(page.operation.id, who, id)
    except NotHere:
        return ""
    return line(page, found) if owner(found) == who.actor else ""

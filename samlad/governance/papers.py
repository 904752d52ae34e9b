"""Taking files into the registers, and giving them to those who may read them. Each is examined first (journal/files).

The bytes are in the database: a decision and its extract are there together or not at all.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid5

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from samlad.governance.models import Paper, PaperContent
from samlad.governance.record import remove, rows, save
from samlad.governance.rules import keeps, reads, speaks_for
from samlad.journal import files
from samlad.journal.files import Held, Upload
from samlad.journal.who import Who
from samlad.registers.actions import one_change
from samlad.registers.http import Request

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def examined(uploads: Sequence[Upload], field: str = "attached") -> list[Held]:
    """The files of a form, each examined. Before the transaction: it takes seconds. Raises Refused, NotKept."""
    return files.taken(uploads, operation=None, field=field)


@one_change
def keep(held: Sequence[Held], *, of: UUID, by: Who, readers: str = "parties", title: str = "") -> list[Paper]:
    """Store examined files with a row. The same file with the same row is kept once."""
    kept = []
    for one in held:
        paper = Paper(
            id=uuid5(of, f"{one.name} {one.digest}"), of=of, title=title or one.name, name=one.name,
            media_type=one.media_type, size=len(one.content), digest=one.digest, readers=readers, added_by=by.person,
        )  # fmt: skip
        if not Paper.objects.filter(pk=paper.pk).exists():
            save(paper, by=by, new=True)
            PaperContent.objects.create(paper=paper, content=one.content)
        kept.append(paper)
    return kept


def take_away(paper: Paper, *, by: Who, reason: str) -> bool:
    """Delete a file with its bytes; that it was there stands in the history. The caller has asked whether `by` may."""
    return remove(paper, by=by, reason=reason)


def papers_of(owners: Iterable[UUID], who: Who, on: date | None = None) -> dict[UUID, list[Paper]]:
    """The files of some rows that this reader may fetch, by row. What was taken away since can no longer be fetched."""
    found: dict[UUID, list[Paper]] = {owner: [] for owner in owners}
    allowed: dict[str, bool] = {}  # by whom a file is for: that is asked once
    for paper in rows(Paper, on, of__in=list(found)):
        if paper.readers not in allowed:
            allowed[paper.readers] = may_fetch(who, paper)
        if allowed[paper.readers]:
            found[paper.of].append(paper)
    return found


def may_fetch(who: Who, paper: Paper) -> bool:
    """Whether this reader may fetch a file."""
    if paper.readers in ("parties", "public"):
        return reads(who)
    return keeps(who) if paper.readers == "keepers" else speaks_for(who, paper.readers)


def content(paper: Paper) -> bytes:
    """The bytes of a file. Raises Http404 where they are gone."""
    held = PaperContent.objects.filter(paper=paper.pk).values_list("content", flat=True).first()
    if held is None:
        raise Http404
    return bytes(held)


@require_safe
def paper(request: Request, paper: UUID) -> HttpResponse:
    """GET /governance/papers/<paper>/: a file, to save; no browser opens it."""
    found = Paper.objects.filter(pk=paper).first()
    if found is None or not may_fetch(request.who, found):
        raise Http404
    return to_save(found)


def to_save(paper: Paper) -> HttpResponse:
    """A file as an answer."""
    return HttpResponse(
        content(paper),
        content_type=paper.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, paper.name) or "attachment",
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )

"""The pages of steering documents."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samlad.governance import papers, record
from samlad.governance.documents import actions, day, lists
from samlad.governance.documents.forms import DayForm, DocumentForm, VersionForm
from samlad.governance.documents.models import DocumentVersion, Relation, SteeringDocument, VersionPart
from samlad.governance.documents.past import history
from samlad.governance.documents.queries import Library
from samlad.governance.documents.rules import warnings
from samlad.governance.models import Meeting
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.governance.rules import keeper_or_404, keeps, reader_or_404
from samlad.registers.http import Request
from samlad.registers.queries import today


@require_safe
def documents(request: Request) -> HttpResponse:
    """GET /governance/documents/: all steering documents, what is an attachment to what, and every version."""
    reader_or_404(request.who)
    on = on_day(request)
    library = Library(on)
    found = lists.versions(library, on or today(), request.GET)
    if file := found.file():
        return file
    shown = {"list": found, "tree": lists.tree(library, on or today()), "end": lists.asked_on(on), "seen_on": True}
    return page(request, "governance/documents.html", shown, on=on)


@require_safe
def documents_in_force(request: Request) -> HttpResponse:
    """GET /governance/documents/in-force/?day=2019-06-01: what was in force on any day, for whom."""
    reader_or_404(request.who)
    on = on_day(request)
    form = DayForm(request.GET) if request.GET.get("day") else DayForm(initial={"day": on or today()})
    asked = on or today()
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data["day"]
    found = day.held(Library(on), asked)
    listing = day.listing(found, request.GET, asked)
    if file := listing.file():
        return file
    shown = {"form": form, "day": asked, "found": found, "list": listing, "seen_on": True}
    return page(request, "governance/documents_in_force.html", shown, on=on, code=422 if form.errors else 200)


@require_safe
def document(request: Request, document: str) -> HttpResponse:
    """GET /governance/documents/<document>/: one document with its versions."""
    reader_or_404(request.who)
    on = on_day(request)
    library = Library(on)
    found = next((one for one in library.documents.values() if one.code == document), None)
    if found is None:
        raise Http404
    shown = {
        "document": found,
        "lines": [lists.line(library, one, on or today()) for one in library.versions_of(found)],
        "whole": library.document(found.part_of_id),
        "follows": library.document(found.follows_id),
        "followed_by": [one for one in library.documents.values() if one.follows_id == found.pk],
        "attachments": [one for one in library.documents.values() if one.part_of_id == found.pk],
        "end": lists.asked_on(on),
        "seen_on": True,
    }
    changes = record.changes(SteeringDocument, found.pk)
    return page(request, "governance/document.html", shown, on=on, changes=changes)


@READ_OR_WRITE
def document_new(request: Request) -> HttpResponse:
    """GET+POST /governance/documents/new/."""
    keeper_or_404(request.who)
    form = DocumentForm(request.POST or None)

    def do() -> bool:
        return actions.save_document(form.row(), by=request.who, new=True)

    def done() -> str:
        return reverse("document", args=[form.row().code])

    return changing(request, form, do, title=_("A new steering document"), back=reverse("documents"), done=done)


@READ_OR_WRITE
def document_change(request: Request, document: str) -> HttpResponse:
    """GET+POST /governance/documents/<document>/change/."""
    keeper_or_404(request.who)
    stored = found_document(document)
    form = DocumentForm(request.POST or None, instance=stored)

    def do() -> bool:
        return actions.save_document(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    return changing(request, form, do, title=stored.title, back=reverse("document", args=[document]))


@READ_OR_WRITE
def edition_new(request: Request, document: str) -> HttpResponse:
    """GET+POST /governance/documents/<document>/versions/new/."""
    keeper_or_404(request.who)
    of = found_document(document)
    form = VersionForm(request.POST or None, instance=DocumentVersion(document=of))
    form.initial["obtained"] = True

    def do() -> bool:
        return actions.save_version(form.row(), by=request.who, new=True)

    def done() -> str:
        return reverse("edition", args=[form.row().pk])

    back = reverse("document", args=[document])
    return changing(request, form, do, title=_("A new version"), about=of.title, back=back, done=done)


@READ_OR_WRITE
def edition_change(request: Request, edition: UUID) -> HttpResponse:
    """GET+POST /governance/documents/versions/<edition>/change/."""
    keeper_or_404(request.who)
    stored = found_version(edition)
    form = VersionForm(request.POST or None, instance=stored)

    def do() -> bool:
        return actions.save_version(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    title = f"{stored.document.title} {stored.number}"
    return changing(request, form, do, title=title, back=reverse("edition", args=[edition]))


@require_safe
def edition(request: Request, edition: UUID) -> HttpResponse:
    """GET /governance/documents/versions/<edition>/: one version, what became of it, what belongs to it."""
    reader_or_404(request.who)
    on = on_day(request)
    library = Library(on)
    version = library.versions.get(edition)
    if version is None:
        raise Http404
    files = papers.papers_of([edition], request.who, on)[edition]
    shown = edition_shown(library, version, on) | {"papers": files, "seen_on": True}
    changes = history(edition, files, every=keeps(request.who))
    return page(request, "governance/edition.html", shown, on=on, changes=changes)


def edition_shown(library: Library, version: DocumentVersion, on: date | None) -> dict[str, Any]:
    """What the page of a version shows, but its files."""
    steps, asked = library.steps[version.pk], on or today()
    met = any(step.meeting_id for step in steps)
    meetings: dict[UUID | None, Meeting] = {one.pk: one for one in record.rows(Meeting, on)} if met else {}
    return {
        "version": version,
        "document": library.document_of(version),
        "stands": library.standing(version, asked),
        "replaced_by": named(library, library.standing(version, asked).replaced_by),
        "through": named(library, library.standing(version, asked).through),
        "steps": [(step, meetings.get(step.meeting_id), step.on > asked) for step in steps],
        "warnings": warnings(steps),
        "parts": part_lines(library, version, Relation.ATTACHMENT),
        "bases": part_lines(library, version, Relation.BASIS),
        "wholes": day.named(library, library.wholes_of(version)),
        "basis_of": day.named(library, library.wholes_of(version, Relation.BASIS)),
        "end": lists.asked_on(on),
    }


def named(library: Library, version: DocumentVersion | None) -> tuple[str, str] | None:
    """A version as a link."""
    return day.named(library, [version])[0] if version is not None else None


def part_lines(library: Library, version: DocumentVersion, relation: str) -> list[tuple[VersionPart, str, str]]:
    """What belongs to a version: the row that says so, its name and address."""
    own = [one for one in library.parts if one.whole_id == version.pk and one.relation == relation]
    return [(one, *day.named(library, [library.versions[one.part_id]])[0]) for one in own]


def found_document(code: str) -> SteeringDocument:
    """The document of this code. Raises Http404."""
    found = SteeringDocument.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def found_version(key: UUID) -> DocumentVersion:
    """The version of this id. Raises Http404."""
    found = DocumentVersion.objects.select_related("document").filter(pk=key).first()
    if found is None:
        raise Http404
    return found

"""The pages where the secretariat records what became of a version and what belongs to it: steps, parts, files."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samlad.governance import papers
from samlad.governance.documents import actions
from samlad.governance.documents.forms import PartForm, RemovalForm, StepForm, VersionFilesForm
from samlad.governance.documents.models import DocumentVersion, VersionPart, VersionStep
from samlad.governance.documents.views import found_version
from samlad.governance.models import Paper
from samlad.governance.pages import READ_OR_WRITE, changing
from samlad.governance.rules import keeper_or_404
from samlad.registers.http import Request


@READ_OR_WRITE
def step_new(request: Request, edition: UUID) -> HttpResponse:
    """GET+POST /governance/documents/versions/<edition>/steps/new/: what became of a version."""
    keeper_or_404(request.who)
    version = found_version(edition)
    form = StepForm(request.POST or None, instance=VersionStep(version=version))

    def do() -> bool:
        return actions.save_step(form.row(), by=request.who, new=True)

    return changing(
        request, form, do, title=_("What became of the version"), about=name(version), back=back_to(edition)
    )


@READ_OR_WRITE
def step_change(request: Request, step: UUID) -> HttpResponse:
    """GET+POST /governance/documents/steps/<step>/change/."""
    keeper_or_404(request.who)
    stored = found_step(step)
    form = StepForm(request.POST or None, instance=stored)

    def do() -> bool:
        return actions.save_step(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    title, about = _("What became of the version"), name(stored.version)
    return changing(request, form, do, title=title, about=about, back=back_to(stored.version_id))


@READ_OR_WRITE
def step_remove(request: Request, step: UUID) -> HttpResponse:
    """GET+POST /governance/documents/steps/<step>/remove/: a step that was never taken."""
    keeper_or_404(request.who)
    stored = found_step(step)

    def do(reason: str) -> bool:
        return actions.remove_step(stored, by=request.who, reason=reason)

    about = f"{name(stored.version)}: {stored.get_status_display()} {stored.on}"
    return removing(request, do, _("Take away the step"), about, stored.version_id)


@READ_OR_WRITE
def part_new(request: Request, edition: UUID) -> HttpResponse:
    """GET+POST /governance/documents/versions/<edition>/parts/new/: what is attached to a version, or its basis."""
    keeper_or_404(request.who)
    version = found_version(edition)
    form = PartForm(request.POST or None, instance=VersionPart(whole=version), whole=name(version))

    def do() -> bool:
        return actions.save_part(form.row(), by=request.who)

    return changing(
        request, form, do, title=_("What belongs to the version"), about=name(version), back=back_to(edition)
    )


@READ_OR_WRITE
def part_remove(request: Request, belonging: UUID) -> HttpResponse:
    """GET+POST /governance/documents/parts/<belonging>/remove/."""
    keeper_or_404(request.who)
    stored = VersionPart.objects.select_related("whole__document", "part__document").filter(pk=belonging).first()
    if stored is None:
        raise Http404

    def do(reason: str) -> bool:
        return actions.remove_part(stored, by=request.who, reason=reason)

    about = f"{name(stored.part)} {stored.get_relation_display()} {name(stored.whole)}"
    return removing(request, do, _("Take away what belongs to the version"), about, stored.whole_id)


@READ_OR_WRITE
def files_new(request: Request, edition: UUID) -> HttpResponse:
    """GET+POST /governance/documents/versions/<edition>/files/new/."""
    keeper_or_404(request.who)
    version = found_version(edition)
    form = VersionFilesForm(request.POST or None, request.FILES or None)

    def do() -> bool:
        held = papers.examined(form.cleaned_data["attached"])
        title, public = form.cleaned_data["title"], form.cleaned_data["public"]
        return bool(actions.keep_files(held, of=edition, by=request.who, title=title, public=public))

    return changing(request, form, do, title=_("Files of the version"), about=name(version), back=back_to(edition))


@READ_OR_WRITE
def file_remove(request: Request, edition: UUID, attachment: UUID) -> HttpResponse:
    """GET+POST /governance/documents/versions/<edition>/files/<attachment>/remove/."""
    keeper_or_404(request.who)
    stored = Paper.objects.filter(pk=attachment, of=edition).first()
    if stored is None:
        raise Http404

    def do(reason: str) -> bool:
        return actions.take_away_file(stored, by=request.who, reason=reason)

    return removing(request, do, _("Take away the file"), stored.title, edition)


def removing(
    request: Request, do: Callable[[str], bool], title: str | Promise, about: str, edition: UUID
) -> HttpResponse:
    """Ask why, and take it away."""
    form = RemovalForm(request.POST or None)
    do_it, back, button = (lambda: do(form.cleaned_data["reason"])), back_to(edition), _("Take away")
    return changing(request, form, do_it, title=title, back=back, about=about, button=button)


def name(version: DocumentVersion) -> str:
    """A version with its document's title."""
    return f"{version.document.title} {version.number}"


def back_to(edition: UUID) -> str:
    """The page of a version."""
    return reverse("edition", args=[edition])


def found_step(key: UUID) -> VersionStep:
    """The step of this id. Raises Http404."""
    found = VersionStep.objects.select_related("version__document").filter(pk=key).first()
    if found is None:
        raise Http404
    return found

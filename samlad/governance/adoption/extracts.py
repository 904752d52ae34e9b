"""The pages where an extract of minutes is read: uploaded, shown beside what was read from it, confirmed by a person.

A file waits with its recipient, or in the secretariat's tray where it is not known whose it is; nothing is recorded
before somebody has confirmed it. A proposal to decide is no decision, and can't be recorded as one from here.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samlad.base.answers import attempt, status
from samlad.governance import papers, record
from samlad.governance.adoption import actions
from samlad.governance.adoption.confirming import Confirming, confirming
from samlad.governance.adoption.deciding import own_receiver
from samlad.governance.adoption.doubts import doubts
from samlad.governance.adoption.models import Outcome
from samlad.governance.adoption.queries import standing_of
from samlad.governance.adoption.read import is_proposal, named, of_decision, read_paper
from samlad.governance.models import AdoptionDecision, Paper, Receiver
from samlad.governance.pages import READ_OR_WRITE, page
from samlad.governance.reading.found import Proposal
from samlad.governance.rules import keeper_or_404, keeps, reader_or_404, speaker_or_404, speaks_for
from samlad.journal.files import Upload
from samlad.journal.files_field import FilesField
from samlad.journal.who import Who
from samlad.registers.http import Request

TRAY: Final = UUID("5a4d1ad0-0000-5000-8000-747261790000")
"""What a file belongs to before it is known whose it is."""
TITLE: Final = "Inläst, inte bekräftad"


class ExtractForm(forms.Form):
    """One file to read."""

    attached = FilesField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["attached"]
        field.label, field.required = _("Extract of the minutes, or another decision document"), True
        field.help_text = _("PDF or text, at most 10 MB. Pictures of paper can't be read, but are kept.")
        field.widget.allow_multiple_selected = False
        field.widget.attrs.pop("multiple", None)

    def clean_attached(self) -> list[Upload]:
        """The file that was chosen."""
        chosen: list[Upload] = self.cleaned_data["attached"]
        if not chosen:
            raise forms.ValidationError(_("Choose a file."))
        return chosen


def waiting(who: Who, receiver: Receiver | None) -> list[Paper]:
    """The files that have been read and not confirmed, of one recipient or in the tray."""
    of = receiver.pk if receiver else TRAY
    return [paper for paper in record.rows(Paper, of=of) if paper.title == TITLE and papers.may_fetch(who, paper)]


@READ_OR_WRITE
def extracts(request: Request) -> HttpResponse:
    """GET, POST /governance/adoption/extracts/: the secretariat reads an extract that has come in, whosever it is."""
    keeper_or_404(request.who)
    return _upload(request, TRAY, "keepers", back=reverse("adoption"), waiting=waiting(request.who, None))


@READ_OR_WRITE
def extract_new(request: Request, receiver: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/receivers/<receiver>/extracts/new/: read an extract for one recipient."""
    found = own_receiver(request, receiver)
    about = standing_of(receiver)
    return _upload(
        request,
        receiver,
        found.actor_id,
        back=reverse("receiver", args=[receiver]),
        waiting=waiting(request.who, found),
        about=f"{about[1].actor.name}: {about[0].name}" if about else "",
    )


def _upload(request: Request, of: UUID, readers: str, **shown: Any) -> HttpResponse:
    form = ExtractForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, lambda: _taken(form.cleaned_data["attached"][:1], of, request.who, readers))
        if kept:
            messages.success(request, _("The file has been read. Nothing has been recorded yet."))
            return redirect(reverse("extract", args=[kept[0].pk]))
    shown |= {"form": form, "files": True, "keep": request.path, "button": _("Read the file")}
    shown["title"] = _("Read an extract of the minutes")
    return page(request, "governance/adoption_extracts.html", shown, code=status(form))


def _taken(uploads: Sequence[Upload], of: UUID, by: Who, readers: str) -> list[Paper]:
    """The file, examined and kept until it is confirmed or taken away."""
    return papers.keep(papers.examined(uploads), of=of, by=by, readers=readers, title=TITLE)


@READ_OR_WRITE
def extract(request: Request, extract: UUID) -> HttpResponse:
    """GET, POST /governance/adoption/extracts/<extract>/ (?proposal=2): what was read, to be confirmed."""
    if there := confirmed(request, extract):
        return redirect(there)
    found, receiver = extract_or_404(request, extract)
    read = read_paper(found)
    number = _number(request.GET.get("proposal", ""), len(read.proposals))
    chosen = read.proposals[number - 1] if read.proposals else None
    ask = confirming(request, found, receiver, chosen)
    if request.method == "POST" and ask.form.is_valid():
        done = attempt(ask.form, lambda: _confirm(request, found, ask))
        if done is not None:
            messages.success(request, _("Saved.") if done else _("Nothing had changed."))
            return redirect(reverse("receiver", args=[ask.receiver_id]))
    about = standing_of(receiver.pk) if receiver else None
    shown = {
        "doubts": doubts(chosen, *about) if chosen and about else [],
        "paper": found, "read": read, "ask": ask, "form": ask.form, "chosen": chosen, "number": number,
        "numbers": range(1, len(read.proposals) + 1), "proposes": chosen is not None and is_proposal(chosen),
        "about": about, "keep": request.path,
        "named": named(read.reading, chosen), "outcome": outcome_of(chosen),
    }  # fmt: skip
    return page(request, "governance/adoption_extract.html", shown, code=status(ask.form))


def outcome_of(proposal: Proposal | None) -> str:
    """What is decided or proposed, in words; "" where it is not stated."""
    found = of_decision(proposal)["outcome"].value if proposal else ""
    return str(Outcome(found).label) if found else ""


def _confirm(request: Request, paper: Paper, ask: Confirming) -> bool:
    """Record what a person has confirmed."""
    row = ask.row()
    if ask.decides:
        return actions.decide_from(row, paper, by=request.who)
    return actions.plan_from(row, paper, by=request.who, seen=ask.form.cleaned_data["seen"])


def confirmed(request: Request, key: UUID) -> str:
    """Where the record is that was confirmed from a file: a form that is sent again leads there; "" where there is
    none, or it is not the reader's."""
    reader_or_404(request.who)
    paper = record.row(Paper, key)
    if paper is None or paper.title == TITLE:
        return ""
    decision = record.row(AdoptionDecision, paper.of)
    receiver = record.row(Receiver, decision.receiver_id if decision else paper.of)
    speaks = receiver is not None and speaks_for(request.who, receiver.actor_id)
    return reverse("receiver", args=[receiver.pk]) if receiver and speaks else ""


def _number(text: str, most: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len("9999") else 1
    return number if 1 <= number <= most else 1


@require_POST
def extract_remove(request: Request, extract: UUID) -> HttpResponse:
    """POST /governance/adoption/extracts/<extract>/remove/: a file that is not to be kept."""
    found, receiver = extract_or_404(request, extract)
    papers.take_away(found, by=request.who, reason="Inte bekräftad")
    messages.success(request, _("The file has been taken away."))
    return redirect(reverse("receiver", args=[receiver.pk]) if receiver else reverse("extracts"))


def extract_or_404(request: Request, key: UUID) -> tuple[Paper, Receiver | None]:
    """A file that waits to be confirmed, and its recipient where that is known."""
    reader_or_404(request.who)
    found = record.row(Paper, key)
    if found is None or found.title != TITLE:
        raise Http404
    if found.of == TRAY and keeps(request.who):
        return found, None
    receiver = record.row(Receiver, found.of)
    if receiver is None or not speaks_for(request.who, receiver.actor_id):
        raise Http404
    speaker_or_404(request.who, receiver.actor_id)
    return found, receiver

"""The page where a file of joint goals is read in: first what it would change, then, if that is right, the change."""

from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samlad.base.answers import attempt, status
from samlad.base.refused import Refused
from samlad.governance.goals import file, importing
from samlad.governance.goals.forms import ImportForm
from samlad.governance.goals.importing import Done
from samlad.governance.goals.queries import Goals
from samlad.governance.goals.toml_text import written
from samlad.governance.pages import READ_OR_WRITE, page
from samlad.governance.rules import keeper_or_404
from samlad.registers.http import Request
from samlad.registers.region_files import Refusal


@READ_OR_WRITE
def goals_import(request: Request) -> HttpResponse:
    """GET+POST /governance/goals/import/."""
    keeper_or_404(request.who)
    form = ImportForm(request.POST or None, request.FILES or None)
    refused: list[Refusal] = []
    would: list[Done] | None = None
    if request.method == "POST" and form.is_valid():
        name, sent = form.sent()
        found = file.read(name, sent)
        form = kept(form, sent)
        refused = found.refused
        if not refused and request.POST.get("confirmed") and not request.FILES:
            done = attempt(form, lambda: confirmed(form, request, found))
            if done is not None:
                messages.success(request, told(done))
                return redirect("goals")
        if not refused:
            would = attempt(form, lambda: importing.preview(found.content, by=request.who))
    # What was read stands as text from now on; a file that is sent again would win over what is put right there.
    taken = form.is_bound and bool(form.data.get("seen") and form.data.get("text"))
    shown = {"form": form, "taken": taken, "refused": refused, "would": would, "files": True, "keep": "goals-import"}
    return page(request, "governance/goals_import.html", shown, code=422 if refused else status(form))


def kept(form: ImportForm, sent: bytes) -> ImportForm:
    """The form with what was sent as text, so that it can be put right and confirmed without being sent again."""
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    made = ImportForm({"text": text.replace("\0", ""), "reason": form.cleaned_data["reason"], "seen": stamp()})
    made.is_valid()
    made.cleaned_data["looked_at"] = form.cleaned_data["seen"]
    return made


def confirmed(form: ImportForm, request: Request, found: file.Read) -> list[Done]:
    """Take it in, if the register is as it was when what would change was shown."""
    if form.cleaned_data["looked_at"] != stamp():
        raise Refused(_("Somebody has changed the goals since this was shown. Look at what would change now."))
    return importing.take_in(found.content, by=request.who, reason=form.cleaned_data["reason"])


def stamp() -> str:
    """The register as it is now, in one word."""
    return sha256(written(Goals().content()).encode()).hexdigest()


def told(done: list[Done]) -> str:
    """What was done, in a sentence."""
    if not done:
        return str(_("Nothing had changed."))
    return ngettext("Read in: %(number)s change.", "Read in: %(number)s changes.", len(done)) % {"number": len(done)}

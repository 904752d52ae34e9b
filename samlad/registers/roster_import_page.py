"""Taking a file into a roster, as a page: choose it, see what it would change, take it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samlad.base.answers import attempt, status
from samlad.registers.edits import READ_OR_WRITE
from samlad.registers.http import Request
from samlad.registers.queries import person_names
from samlad.registers.roster_edits import back_to, check_keeper, words_of
from samlad.registers.roster_forms import FileForm
from samlad.registers.roster_import import Plan, Taken, plan, sealed, take, unsealed
from samlad.registers.roster_lines import Unreadable, short
from samlad.registers.views import shell


@READ_OR_WRITE
def roster_import(request: Request, code: str, role: str) -> HttpResponse:
    """/registers/rosters/<code>/<role>/import/: a file is previewed; what was previewed is taken."""
    check_keeper(request, code, role)
    form = FileForm(request.POST or None, request.FILES or None)
    made: Plan | None = None
    source = ""
    if request.method == "POST" and request.POST.get("taken"):
        if attempt(form, lambda: _take(request, code, role)):
            return redirect(back_to(code))
    elif request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        source = short(file.name, 100)
        try:
            made = plan(actor=code, role=role, content=file.read(), name=file.name)
        except Unreadable as why:
            form.add_error("file", str(why))
    shown = {
        "form": form,
        "title": _("Shifts from a file: %(role)s, %(actor)s") % words_of(code, role),
        "back": back_to(code),
        "plan": made,
        "source": source,
        "groups": _groups(made) if made else [],
        "same": len(made.those("same")) if made else 0,
        "taken": sealed(code, role, made) if made else "",
    }
    return render(request, "registers/roster_import.html", shell(request) | shown, status=status(form))


def _groups(made: Plan) -> list[tuple[str, list[tuple[Taken, str]]]]:
    """What would be added, changed and removed, each with the person's name."""
    people = person_names({step.shift.person for step in made.steps})
    labels = {
        "added": pgettext("shifts of a file", "New"),
        "changed": pgettext("shifts of a file", "Changed"),
        "removed": pgettext("shifts of a file", "Taken away"),
    }
    found = [
        (label, [(step.shift, people.get(step.shift.person, "")) for step in made.those(does)])
        for does, label in labels.items()
    ]
    return [group for group in found if group[1]]


def _take(request: Request, code: str, role: str) -> bool:
    sort, shifts = unsealed(code, role, request.POST["taken"])
    source = short(request.POST.get("source", ""), 100)
    done = take(actor=code, role=role, sort=sort, shifts=shifts, source=source, by=request.who)
    told = _("%(added)s shifts added, %(changed)s changed, %(removed)s taken away.") % done
    if done["refused"]:
        told += " " + _("%(refused)s could no longer be taken.") % done
    messages.success(request, told)
    return True

"""Population figures, as pages: what there is for each budget year, and taking in a file, previewed first."""

from datetime import date
from typing import Any, Final

import msgspec
from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from samlad.base.answers import attempt, status
from samlad.base.refused import Refused
from samlad.governance.lists import Column, Listing
from samlad.governance.money import population_files as files
from samlad.governance.money.figures import is_preliminary
from samlad.governance.money.tables import LARGEST, Unreadable
from samlad.governance.money.words import people
from samlad.governance.pages import READ_OR_WRITE, page
from samlad.governance.rules import check_keeps, keeper_or_404, keeps, reader_or_404
from samlad.journal.who import Who
from samlad.registers.actions import one_change, save_population
from samlad.registers.http import Request
from samlad.registers.models import Area, Population

SALT: Final = "samlad.governance.money.population"
VALID: Final = 3600
SHARE_OF_LAST: Final = 4
"""A figure less than a quarter of, or more than four times, the latest one is pointed out."""


class Step(msgspec.Struct, frozen=True):
    """What a figure in a file would do: "new", "changed" or "same"."""

    code: str
    name: str
    on: date
    edition: str
    figure: int
    source: str
    does: str
    was: int | None = None
    told: str = ""


class FileForm(forms.Form):
    """A file of figures, and what to call them where it does not say."""

    file = forms.FileField(label=_("File (CSV)"), max_length=200)
    edition = forms.CharField(
        label=_("Edition"),
        max_length=80,
        required=False,
        help_text=_("Which statistics, such as: SCB 2024, preliminary."),
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def clean_file(self) -> Any:
        """Not too large to be read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_now("The file is larger than 2 MB."))
        return file


@READ_OR_WRITE
def money_figures(request: Request) -> HttpResponse:
    """/governance/money/figures/: which figures there are; the secretariat takes in more from a file."""
    reader_or_404(request.who)
    may = keeps(request.who)
    form = FileForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"form": form, "may": may}
    if request.method == "POST":
        keeper_or_404(request.who)
        if request.POST.get("taken"):
            done = attempt(form, lambda: take(unsealed(request.POST["taken"]), by=request.who))
            if done is not None:
                messages.success(
                    request,
                    ngettext("%(number)s figure was taken in.", "%(number)s figures were taken in.", done)
                    % {"number": done},
                )
                return redirect("money_figures")
        elif form.is_valid():
            shown |= preview(form)
    listed = Listing(figure_columns(), Population.objects.select_related("area"), request.GET, name="population")
    if file := listed.file():
        return file
    return page(request, "governance/money_figures.html", shown | {"list": listed}, code=status(form))


def preview(form: FileForm) -> dict[str, Any]:
    """What the file would change; errors go to the form."""
    told = form.cleaned_data
    try:
        reading = files.read(told["file"].read())
    except Unreadable as why:
        form.add_error("file", str(why))
        return {}
    steps, refused = plan(reading, told["edition"], told["source"])
    if any(not step.edition for step in steps):
        form.add_error("edition", _("The file does not say which edition it is. Write it here."))
        return {}
    moving = [step for step in steps if step.does != "same"]
    return {
        "steps": moving,
        "same": len(steps) - len(moving),
        "refused": refused,
        "taken": sealed(moving),
        "file_name": told["file"].name,
    }


def plan(reading: files.Reading, edition: str, source: str) -> tuple[list[Step], list[tuple[str, str]]]:
    """What each figure would do, and what is not taken."""
    areas = dict(Area.objects.values_list("code", "name"))
    there = {(row.area_id, row.on_date, row.edition): row.figure for row in Population.objects.all()}
    latest = {row.area_id: row.figure for row in Population.objects.order_by("on_date", "edition")}
    steps, refused, unknown = [], list(reading.refused), 0
    for one in reading.figures:
        if one.code not in areas:
            unknown += 1
            continue
        called = one.edition or edition
        was = there.get((one.code, one.on, called))
        does = "new" if was is None else "same" if was == one.figure else "changed"
        told = "; ".join(filter(None, (one.told, odd(one.figure, latest.get(one.code)))))
        steps.append(Step(one.code, areas[one.code], one.on, called, one.figure, one.source or source, does, was, told))
    if unknown:
        elsewhere = _now("%(number)s figures are for areas that are not in the register.") % {"number": unknown}
        refused.append((_now("Other areas"), elsewhere))
    return steps, refused


def odd(figure: int, last: int | None) -> str:
    """Whether a figure is so far from the latest that it should be looked at."""
    if last and (figure * SHARE_OF_LAST < last or figure > last * SHARE_OF_LAST):
        return _now("very different from the latest figure, %(last)s") % {"last": people(last)}
    return ""


def sealed(steps: list[Step]) -> str:
    """What was previewed, signed, so that the same is taken."""
    return signing.dumps([msgspec.to_builtins(step) for step in steps], salt=SALT, compress=True)


def unsealed(text: str) -> list[Step]:
    """What was previewed. Raises Refused where it is too old or not ours."""
    try:
        return msgspec.convert(signing.loads(text, salt=SALT, max_age=VALID), list[Step])
    except (signing.BadSignature, msgspec.ValidationError):
        raise Refused(_("The preview is too old. Choose the file again.")) from None


@one_change
def take(steps: list[Step], *, by: Who) -> int:
    """Save the figures of a preview; how many were new or changed."""
    check_keeps(by)
    reason = _now("Taken in from a file")
    return sum(
        save_population(
            population=Population(
                area_id=step.code, on_date=step.on, edition=step.edition, figure=step.figure, source=step.source
            ),
            reason=reason,
            by=by,
        )
        for step in steps
    )


def figure_columns() -> list[Column[Population]]:
    """The columns of the figures there are."""
    return [
        Column("code", pgettext_lazy("area", "Code"), lambda row: row.area_id),
        Column("name", _("Area"), lambda row: row.area.name, link=_area_url),
        Column("on", _("On the day"), lambda row: row.on_date, choice=True),
        Column("figure", _("Inhabitants"), lambda row: row.figure, text=lambda row: people(row.figure), number=True),
        Column("edition", _("Edition"), lambda row: row.edition, choice=True),
        Column("kind", _("Kind"), lambda row: _now("preliminary") if is_preliminary(row.edition) else ""),
        Column("source", _("Source"), lambda row: row.source, hidden=True),
    ]


def _area_url(row: Population) -> str:
    return reverse("registers_area", args=(row.area_id,))

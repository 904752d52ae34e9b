"""What a year's budget has paid, as pages: the list, one more, taken in from a file; and forecasts."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from samlad.base.answers import attempt, status
from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.lists import Column, Listing
from samlad.governance.models import Budget, BudgetLine, Forecast, Outcome
from samlad.governance.money import actions, outcome_files, queries
from samlad.governance.money.budget_pages import year_url
from samlad.governance.money.forms import ForecastForm, OutcomeForm, ReasonForm
from samlad.governance.money.tables import LARGEST, Unreadable
from samlad.governance.money.words import money
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.governance.record import rebuilt, state_of
from samlad.governance.rules import keeper_or_404, keeps, reader_or_404
from samlad.registers.http import Request
from samlad.registers.queries import today

SALT: Final = "samlad.governance.money.outcome"
VALID: Final = 3600


class FileForm(forms.Form):
    """A file of what has been booked."""

    file = forms.FileField(label=gettext_lazy("File (CSV)"), max_length=200)

    def clean_file(self) -> Any:
        """Not too large to be read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return file


@READ_OR_WRITE
def money_outcome(request: Request, year: int) -> HttpResponse:
    """/governance/money/<year>/outcome/: all that has been booked; the secretariat takes in more from a file."""
    reader_or_404(request.who)
    on = on_day(request)
    held = queries.budget_or_404(year, on)
    may = keeps(request.who) and on is None
    form = FileForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"year": year, "budget": held, "form": form, "may": may, "seen_on": True}
    if request.method == "POST":
        keeper_or_404(request.who)
        if request.POST.get("taken"):
            done = attempt(form, lambda: actions.save_outcome(unsealed(held, request.POST["taken"]), by=request.who))
            if done is not None:
                messages.success(
                    request,
                    ngettext("%(number)s booking was taken in.", "%(number)s bookings were taken in.", done)
                    % {"number": done},
                )
                return redirect("money_outcome", year=year)
        elif form.is_valid():
            shown |= preview(form, held)
    booked = queries.outcomes(held, on)
    listed = Listing(columns(held, may=may), booked, request.GET, name=f"outcome-{year}")
    if file := listed.file():
        return file
    shown |= {"list": listed, "view": queries.outcome(year, on)}
    lines = record.keys_ever(BudgetLine, "budget", held.pk)
    changes = record.changes(Outcome, *record.keys_ever(Outcome, "line", *lines))
    return page(request, "governance/money_outcome.html", shown, on=on, changes=changes, code=status(form))


def preview(form: FileForm, held: Budget) -> dict[str, Any]:
    """What a file would add; errors go to the form."""
    try:
        reading = outcome_files.read(form.cleaned_data["file"].read(), queries.lines(held), today())
    except Unreadable as why:
        form.add_error("file", str(why))
        return {}
    there = set(Outcome.objects.filter(pk__in=[one.pk for one in reading.booked]).values_list("pk", flat=True))
    new = [one for one in reading.booked if one.pk not in there]
    codes = {line.pk: line.code for line in queries.lines(held)}
    return {
        "new": [(codes[one.line_id], one, money(one.amount)) for one in new],
        "new_sum": sum((one.amount for one in new), queries.ZERO),
        "same": len(reading.booked) - len(new),
        "refused": reading.refused,
        "taken": signing.dumps([state_of(one) for one in new], salt=SALT + str(held.pk), compress=True),
        "file_name": form.cleaned_data["file"].name,
    }


def unsealed(held: Budget, text: str) -> list[Outcome]:
    """What was previewed. Raises Refused where it is too old or not ours."""
    try:
        return [rebuilt(Outcome, one) for one in signing.loads(text, salt=SALT + str(held.pk), max_age=VALID)]
    except signing.BadSignature:
        raise Refused(gettext_lazy("The preview is too old. Choose the file again.")) from None


def columns(held: Budget, *, may: bool) -> list[Column[Outcome]]:
    """The columns of what has been booked."""
    names = {line.pk: str(line) for line in queries.lines(held)}

    def link(row: Outcome) -> str:
        return reverse("money_booking", args=(held.year, row.pk)) if may else ""

    return [
        Column("day", gettext_lazy("Booked on"), lambda row: row.day, link=link),
        Column("line", gettext_lazy("Budget line"), lambda row: names.get(row.line_id, ""), choice=True),
        Column("text", pgettext_lazy("budget", "What for"), lambda row: row.text),
        Column("reference", gettext_lazy("Voucher"), lambda row: row.reference),
        Column(
            "amount",
            gettext_lazy("Amount, SEK"),
            lambda row: row.amount,
            text=lambda row: money(row.amount),
            number=True,
        ),
    ]


@READ_OR_WRITE
def money_booking_new(request: Request, year: int) -> HttpResponse:
    """/governance/money/<year>/outcome/new/: something more that has been booked."""
    keeper_or_404(request.who)
    held = queries.budget_or_404(year)
    form = OutcomeForm(request.POST or None, budget=held, initial={"line": request.GET.get("line", "")})

    def do() -> bool:
        return bool(actions.save_outcome([form.row()], by=request.who, new=True))

    back = reverse("money_outcome", args=(year,))
    return changing(request, form, do, title=_("New booking, %(year)s") % {"year": year}, back=back)


@READ_OR_WRITE
def money_booking(request: Request, year: int, booking: UUID) -> HttpResponse:
    """/governance/money/<year>/outcome/<booking>/: mend what was booked wrongly here."""
    keeper_or_404(request.who)
    held, row = _booking(year, booking)
    form = OutcomeForm(request.POST or None, instance=row, budget=held)

    def do() -> bool:
        told = form.cleaned_data
        return bool(actions.save_outcome([form.row()], by=request.who, reason=form.why, seen=told["seen"]))

    return changing(
        request,
        form,
        do,
        title=_("Booking"),
        back=reverse("money_outcome", args=(year,)),
        template="governance/money_booking.html",
        year=year,
        booking=row,
    )


@READ_OR_WRITE
def money_booking_remove(request: Request, year: int, booking: UUID) -> HttpResponse:
    """/governance/money/<year>/outcome/<booking>/remove/: take away what was booked by mistake."""
    keeper_or_404(request.who)
    _held, row = _booking(year, booking)
    form = ReasonForm(request.POST or None)
    return changing(
        request,
        form,
        lambda: actions.remove_outcome(row, by=request.who, reason=form.cleaned_data["reason"]),
        title=_("Take away the booking of %(amount)s kr") % {"amount": money(row.amount)},
        back=reverse("money_outcome", args=(year,)),
        button=_("Take it away"),
    )


def _booking(year: int, booking: UUID) -> tuple[Budget, Outcome]:
    held, row = queries.budget_or_404(year), get_object_or_404(Outcome, pk=booking)
    if row.line_id not in {line.pk for line in queries.lines(held)}:
        raise Http404
    return held, row


@READ_OR_WRITE
def money_forecast_new(request: Request, year: int) -> HttpResponse:
    """/governance/money/<year>/forecasts/new/: what a line is expected to cost in the whole year."""
    keeper_or_404(request.who)
    held = queries.budget_or_404(year)
    initial = {"day": today(), "line": request.GET.get("line", "")}
    form = ForecastForm(request.POST or None, budget=held, initial=initial)

    def do() -> bool:
        row: Forecast = form.row()
        return actions.save_forecast(row, by=request.who, new=True)

    return changing(request, form, do, title=_("New forecast, %(year)s") % {"year": year}, back=year_url(year))

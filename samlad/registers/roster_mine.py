"""One's own shifts, as pages: what is ahead, swaps, and the address for a calendar program."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.registers import roster_feed as feeds
from samlad.registers import roster_swaps as swaps
from samlad.registers.edits import READ_OR_WRITE
from samlad.registers.http import Request
from samlad.registers.models import Shift, ShiftSwap
from samlad.registers.queries import actors_ever, swedish_key
from samlad.registers.roster_forms import SwapAnswer, SwapForm
from samlad.registers.roster_queries import shifts_of, standing
from samlad.registers.roster_rules import holders
from samlad.registers.roster_words import moment_words
from samlad.registers.views import shell

AHEAD = timedelta(days=400)
TO_SWAP = timedelta(weeks=16)
MOST_OF_ONE = 12


@require_safe
def shifts(request: Request) -> HttpResponse:
    """/registers/shifts/: the reader's own, with swaps and the calendar's address."""
    person, at = request.who.person, now()
    waiting = swaps.waiting(at).filter(Q(asked_by=person) | Q(asked_of=person))
    feed = feeds.feed_of(person)
    path = reverse("registers_shift_feed", args=[feeds.token_of(feed)]) if feed else ""
    shown = {
        "shifts": shifts_of(person, at, at + AHEAD),
        "now": at,
        "names": {actor.code: actor.short for actor in actors_ever()},
        "asked_of_me": [swap for swap in waiting if swap.asked_of_id == person],
        "asked_by_me": [swap for swap in waiting if swap.asked_by_id == person],
        "offered": {swap.offered_id for swap in waiting if swap.asked_by_id == person},
        "feed": feed,
        "address": request.build_absolute_uri(path) if path else "",
    }
    return render(request, "registers/shifts.html", shell(request) | shown)


@require_POST
def feed(request: Request) -> HttpResponse:
    """POST /registers/shifts/calendar/: a new address (an earlier one ends), or with `end` none any more."""
    if request.POST.get("end"):
        feeds.end_feed(request.who.person)
        messages.success(request, _("The address has ended: it shows nothing any more."))
    else:
        feeds.open_feed(request.who.person, get_language() or "sv")
        messages.success(request, _("Here is the address. Anybody who has it can see your shifts."))
    return redirect("registers_shifts")


@login_not_required
@require_safe
def shift_feed(request: Request, token: str) -> HttpResponse:
    """GET /registers/calendars/<token>/shifts.ics: one person's own shifts, for a calendar program. No sign-in."""
    found = feeds.found(token)
    if found is None:
        raise Http404
    content = feeds.calendar_of(found)
    etag = feeds.etag_of(content)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="samlad.ics"'
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    conditional = get_conditional_response(request, etag=etag, response=answer)
    assert conditional is not None  # it was given one
    return conditional


@READ_OR_WRITE
def swap_new(request: Request, shift: UUID) -> HttpResponse:
    """/registers/shifts/<shift>/swaps/new/: ask somebody to take one of one's own."""
    row = get_object_or_404(Shift.objects.select_related("roster", "person"), pk=shift, removed_at=None)
    if row.person_id != request.who.person or row.ends <= now():
        raise Http404
    form = SwapForm(request.POST or None, choices=choices_for(row))
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _proposed(row, form, request)):
        messages.success(request, _("Asked. Nothing changes until they agree."))
        return redirect("registers_shifts")
    names = {actor.code: actor.short for actor in actors_ever()}
    shown = {"form": form, "shift": row, "actor": names.get(row.roster.actor_id, row.roster.actor_id)}
    return render(request, "registers/swap_edit.html", shell(request) | shown, status=status(form))


def choices_for(row: Shift) -> list[tuple[str, str]]:
    """Whom one can ask, each alone (they take the shift) and with each of their shifts (the two change places)."""
    others = [one for one in holders(row.roster.actor_id, row.roster.role) if one.pk != row.person_id]
    theirs = standing(now(), now() + TO_SWAP).filter(roster=row.roster).exclude(person=row.person_id)
    found: list[tuple[str, str]] = []
    for one in sorted(others, key=lambda person: swedish_key(person.name)):
        found.append((one.pk, _("%(person)s takes the shift, without exchange") % {"person": one.name}))
        for shift in [shift for shift in theirs if shift.person_id == one.pk][:MOST_OF_ONE]:
            words = {"person": one.name, "from": moment_words(shift.starts), "to": moment_words(shift.ends)}
            found.append((f"{one.pk}:{shift.pk.hex}", _("%(person)s, for %(from)s – %(to)s") % words))
    return found


def _proposed(row: Shift, form: SwapForm, request: Request) -> bool:
    key, _colon, wanted = form.cleaned_data["choice"].partition(":")
    people = {person.pk: person for person in holders(row.roster.actor_id, row.roster.role)}
    swaps.propose(
        offered=row,
        asked_of=people[key],
        wanted=Shift.objects.select_related("roster").get(pk=UUID(hex=wanted)) if wanted else None,
        message=form.cleaned_data["message"],
        by=request.who,
    )
    return True


@READ_OR_WRITE
def swap(request: Request, swap: UUID) -> HttpResponse:
    """/registers/swaps/<swap>/: read it, agree, decline, or withdraw it."""
    related = ("offered__roster", "offered__person", "wanted__person", "asked_by", "asked_of")
    row = get_object_or_404(ShiftSwap.objects.select_related(*related), pk=swap)
    if not swaps.may_see(request.who, row):
        raise Http404
    form = SwapAnswer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: _answered(row, form, request)):
            messages.success(request, _("Saved."))
            return redirect("registers_shifts")
        row.refresh_from_db()
    names = {actor.code: actor.short for actor in actors_ever()}
    holds = swaps.waiting(now()).filter(pk=row.pk).exists()
    shown = {
        "swap": row,
        "form": form,
        "actor": names.get(row.offered.roster.actor_id, row.offered.roster.actor_id),
        "can_answer": holds and row.asked_of_id == request.who.person,
        "can_withdraw": row.agreed is None and row.asked_by_id == request.who.person,
        "lapsed": row.agreed is None and not holds,
    }
    return render(request, "registers/swap.html", shell(request) | shown, status=status(form))


def _answered(row: ShiftSwap, form: SwapAnswer, request: Request) -> bool:
    if form.cleaned_data["answer"] == "withdraw":
        return swaps.withdraw(swap=row, by=request.who)
    return swaps.answer(swap=row, agree=form.cleaned_data["answer"] == "agree", by=request.who)

"""Adoption's pages to read: all dispatches, one with where everyone is, one recipient, one actor."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samlad.governance import papers, record
from samlad.governance.adoption import queries
from samlad.governance.adoption.binding import ahead_for, in_force_for
from samlad.governance.adoption.history import of_dispatch, of_receiver
from samlad.governance.adoption.queries import Asked
from samlad.governance.adoption.register import conditions, listing
from samlad.governance.adoption.schedule import next_due
from samlad.governance.adoption.standing import Standing
from samlad.governance.adoption.timeline import timeline
from samlad.governance.adoption.told import log, told
from samlad.governance.models import Dispatch
from samlad.governance.pages import on_day, page
from samlad.governance.rules import keeps, reader_or_404, speaks_for
from samlad.registers.http import Request
from samlad.registers.queries import actors_ever, today


@require_safe
def adoption(request: Request) -> HttpResponse:
    """GET /governance/adoption/: every dispatch in figures, and what waits for the reader's own actor."""
    reader_or_404(request.who)
    on = on_day(request)
    mine = queries.waiting_for(request.who.actor, on) if speaks_for(request.who, request.who.actor) else []
    shown = {"asked": queries.asked(on), "mine": mine, "waiting": queries.waiting(on)[:20], "seen_on": True}
    shown["planned"] = queries.planned(on)[:20]
    return page(request, "governance/adoption_all.html", shown, on=on)


@require_safe
def dispatch(request: Request, dispatch: UUID) -> HttpResponse:
    """GET /governance/adoption/<dispatch>/: where everyone is, drawn and as the adoption register."""
    reader_or_404(request.who)
    on = on_day(request)
    found = asked_or_404(dispatch, on)
    list_ = listing(found.standings, request.GET, file_name(found), told=keeps(request.who))
    if file := list_.file():
        return file
    untold = [one for one in found.standings if one.waits and not one.letters]
    shown = {
        "asked": found,
        "list": list_,
        "timeline": timeline(found.standings, found.dispatch.reply_by, in_words(found)),
        "letters": log(found.standings) if keeps(request.who) else [],
        "decided": any(one.decisions for one in found.standings),
        "conditions": conditions(found.standings),
        "untold": len([one for one in untold if one.receiver.emails]),
        "without_address": [one for one in untold if not one.receiver.emails],
        "ended": [one for one in found.standings if one.ended],
        "seen_on": True,
    }
    history = of_dispatch(found) if keeps(request.who) else record.changes(Dispatch, dispatch)
    return page(request, "governance/adoption_dispatch.html", shown, on=on, changes=history)


@require_safe
def receiver(request: Request, receiver: UUID) -> HttpResponse:
    """GET /governance/adoption/receivers/<receiver>/: one actor and one version: planned, decided, told."""
    reader_or_404(request.who)
    on = on_day(request)
    found = queries.standing_of(receiver, on)
    if found is None:
        raise Http404
    about, one = found
    speaks = speaks_for(request.who, one.actor.code)
    kept = papers.papers_of([receiver, *(decision.pk for decision in one.decisions)], request.who, on)
    shown = {
        "asked": about,
        "one": one,
        "records": speaks and on is None,
        "told": told(one) if speaks else [],
        "decisions": [(decision, kept[decision.pk]) for decision in one.decisions],
        "kept": kept[receiver],
        "next_reminder": _next(about, one),
        "seen_on": True,
    }
    history = of_receiver(one) if speaks else ()
    return page(request, "governance/adoption_receiver.html", shown, on=on, changes=history)


def _next(about: Asked, one: Standing) -> date | None:
    """When the recipient is reminded next, if it is at all."""
    reminded = about.dispatch.reminds and one.waits and one.letters and one.receiver.emails
    return next_due(one.letters[0].told_on, one.reply_by, one.day) if reminded else None


@require_safe
def adoption_actor(request: Request, code: str) -> HttpResponse:
    """GET /governance/adoption/actors/<code>/: what waits for an actor, is decided, is in force for it."""
    reader_or_404(request.who)
    on = on_day(request)
    actor = next((one for one in actors_ever() if one.code == code), None)
    if actor is None:
        raise Http404
    of_it = queries.of_actor(code, on)
    shown = {
        "actor": actor,
        "waits": [pair for pair in of_it if pair[1].waits],
        "answered": [pair for pair in of_it if not pair[1].waits],
        "in_force": in_force_for(code, on or today(), on),
        "ahead": ahead_for(code, on or today(), on),
        "records": speaks_for(request.who, code) and on is None,
        "seen_on": True,
    }
    return page(request, "governance/adoption_actor.html", shown, on=on)


def asked_or_404(key: UUID, on: date | None) -> Asked:
    """One dispatch as it was on a day."""
    found = next(iter(queries.asked(on, key)), None)
    if found is None:
        raise Http404
    return found


def file_name(found: Asked) -> str:
    """What files of the register are called."""
    return f"antaganderegister-{found.dispatch.sent_on.isoformat()}"


def in_words(found: Asked) -> str:
    """A dispatch in a sentence, for those who do not see the drawing."""
    told = {"adopted": found.sums.adopted, "of": found.sums.of, "waiting": found.sums.waiting}
    return _("%(adopted)s of %(of)s have adopted, %(waiting)s have not decided yet.") % told

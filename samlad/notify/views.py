"""The outbox: what has been sent to whom, what is waiting, what failed and why."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samlad.journal.who import Who
from samlad.notify.channels import leave_the_house
from samlad.notify.models import Notice
from samlad.notify.queries import STATES, counts, may_open
from samlad.notify.queries import outbox as outbox_of
from samlad.notify.tokens import without_links
from samlad.notify.way_addresses import hidden
from samlad.notify.way_models import Channel
from samlad.registers.http import Request
from samlad.registers.queries import actors_ever, emails, person_names

PAGE = 50


@require_safe
def outbox(request: Request) -> HttpResponse:
    """GET /outbox/: notices to the reader's own actor, PAGE at a time; `state` shows only those in one state."""
    state = request.GET.get("state", "")
    chosen = state if state in STATES else ""
    page = Paginator(outbox_of(request.who, chosen), PAGE).get_page(request.GET.get("page"))
    names = person_names({notice.person for notice in page.object_list})
    mails = emails({notice.person for notice in page.object_list})
    shorts = {actor.code: actor.short for actor in actors_ever()}
    rows = [
        (
            notice,
            as_read_by(notice, request.who) if may_open(notice, request.who) else "",
            names.get(notice.person, ""),
            shorts.get(notice.actor, notice.actor),
            where(notice, mails.get(notice.person, "")),
        )
        for notice in page.object_list
    ]
    context = {
        "page": page,
        "rows": rows,
        "state": chosen,
        "counts": counts(request.who),
        "administrator": "administrator" in request.who.roles,
        "own": shorts.get(request.who.actor, request.who.actor),
        "for_real": leave_the_house(),
    }
    return render(request, "notify/outbox.html", context)


def as_read_by(notice: Notice, who: Who) -> str:
    """What a message says to somebody at the same actor. The link answers for its recipient, so only they have it;
    in a demo all have it, since it comes nowhere else."""
    return notice.body if settings.DEMO or notice.person == who.person else without_links(notice.body)


def where(notice: Notice, registered: str) -> str:
    """By what and where something was sent. All read the e-mail that stands in the register; a number, and an address
    that somebody has stated, are for them alone."""
    if notice.channel == "email" and notice.address == registered:
        return notice.address
    label = str(Channel(notice.channel).label) if notice.channel in Channel.values else notice.channel
    return f"{label} {hidden(notice.channel, notice.address)}" if notice.address else label

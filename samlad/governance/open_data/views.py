"""Open data: the page that lists the sets, the switch of each, the files, and the catalogue for data portals."""

import json
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from samlad.base.clock import now
from samlad.governance import pages, record
from samlad.governance.open_data import actions
from samlad.governance.open_data.catalogue import catalogue
from samlad.governance.open_data.files import FORMATS, answer, content_of, tagged
from samlad.governance.open_data.forms import SwitchForm
from samlad.governance.open_data.models import OpenSet
from samlad.governance.open_data.queries import SETS, changed_at, key_of, open_sets, switch_of
from samlad.governance.open_data.sets import DataSet
from samlad.governance.rules import keeper_or_404, reader_or_404, reads
from samlad.registers.http import Request


@dataclass(frozen=True)
class Listed:
    """A set as the page shows it: whether it is open to all, and each format's name, address and size in bytes."""

    data_set: DataSet
    is_open: bool
    count: int
    files: tuple[tuple[str, str, int], ...]


@require_safe
def open_data(request: Request) -> HttpResponse:
    """GET /governance/open-data/: the sets, what is in them, and which are open to all."""
    reader_or_404(request.who)
    on = pages.on_day(request)
    opened = {one.name for one in open_sets(on)}
    shown = {
        "sets": [listed(one, one.name in opened, on) for one in SETS.values()],
        "any_open": bool(opened),
        "licence": settings.OPEN_DATA_LICENCE,
        "licence_url": settings.OPEN_DATA_LICENCE_URL,
        "address": settings.SAMLAD_URL + reverse("open_catalogue"),
        "seen_on": True,
    }
    changes = record.changes(OpenSet, *map(key_of, SETS))
    return pages.page(request, "governance/open_data.html", shown, on=on, changes=changes)


def listed(one: DataSet, is_open: bool, on: date | None) -> Listed:
    """A set with the sizes of its files."""
    found = list(one.rows(on))
    asked = f"?on={on.isoformat()}" if on else ""
    files = [
        (format_.upper(), reverse(f"open_{format_}", args=[one.name]) + asked, len(content_of(one, found, format_)))
        for format_ in FORMATS
    ]
    return Listed(one, is_open, len(found), tuple(files))


@pages.READ_OR_WRITE
def open_data_switch(request: Request, dataset: str) -> HttpResponse:
    """GET, POST /governance/open-data/<dataset>/: open a set to all, or shut it."""
    keeper_or_404(request.who)
    one = SETS.get(dataset)
    if one is None:
        raise Http404
    form = SwitchForm(request.POST if request.method == "POST" else None, switch_of(one))
    return pages.changing(
        request,
        form,
        lambda: actions.switch(
            form.row(), by=request.who, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"]
        ),
        title=_("Open to all: %(set)s") % {"set": one.title},
        about=one.about,
        back=reverse("open_data"),
    )


@login_not_required
@csrf_exempt  # other sites' pages may ask: it is open to all, the same for all, and nothing can be sent to it
@require_safe
def open_json(request: Request, dataset: str) -> HttpResponse:
    """GET /open/governance/<dataset>.json: a set, for all where it is open, else for those who read governance."""
    return file(request, dataset, "json")


@login_not_required
@csrf_exempt  # other sites' pages may ask: it is open to all, the same for all, and nothing can be sent to it
@require_safe
def open_csv(request: Request, dataset: str) -> HttpResponse:
    """GET /open/governance/<dataset>.csv: the same as a sheet."""
    return file(request, dataset, "csv")


def file(request: Request, dataset: str, format_: str) -> HttpResponse:
    """A set as a file. One that is not open is to others as if there were none."""
    one = SETS.get(dataset)
    shared = one is not None and switch_of(one).is_open
    if one is None or not (shared or reads(request.who)):
        raise Http404
    on = pages.on_day(request)
    return answer(request, one, format_, on, changed_at(one, on), shared=shared)


@login_not_required
@csrf_exempt  # other sites' pages may ask: it is open to all, the same for all, and nothing can be sent to it
@require_safe
def open_catalogue(request: Request) -> HttpResponse:
    """GET /open/governance/: what is open to all, as JSON-LD."""
    content = json.dumps(catalogue(), ensure_ascii=False, indent=1).encode()
    changed = max((changed_at(one, None) for one in open_sets()), default=now())
    return tagged(request, HttpResponse(content, content_type="application/ld+json"), changed, shared=True)

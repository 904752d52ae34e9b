"""Pages of a meeting's agenda: its items, in order, and their papers, one by one and all in one file."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samlad.governance import papers, rules
from samlad.governance.bodies import actions, pack, queries
from samlad.governance.bodies.forms import ItemForm, PapersForm, ReasonForm
from samlad.governance.bodies.meeting_views import address, doing, lines_of
from samlad.governance.bodies.models import AgendaItem, Body, Meeting
from samlad.governance.bodies.shown import the_meeting
from samlad.governance.models import Paper
from samlad.governance.pages import READ_OR_WRITE, changing
from samlad.registers.http import Request


@READ_OR_WRITE
def item_new(request: Request, meeting: UUID) -> HttpResponse:
    """/governance/bodies/meetings/<meeting>/items/new/: another item, last on the agenda."""
    rules.keeper_or_404(request.who)
    found, _of = the_meeting(request.who, meeting)
    form = ItemForm(request.POST or None, instance=AgendaItem(meeting=found))

    def do() -> bool:
        return actions.save_item(form.row(), by=request.who, new=True)

    return changing(request, form, do, title=_("Another item"), back=address(meeting))


@READ_OR_WRITE
def item(request: Request, item: UUID) -> HttpResponse:
    """/governance/bodies/items/<item>/: change an item."""
    row, _meeting, _of = the_item(request, item)
    form = ItemForm(request.POST or None, instance=row)

    def do() -> bool:
        return actions.save_item(form.row(), by=request.who, reason=form.why, seen=form.cleaned_data["seen"])

    away = (reverse("item_remove", args=[item]), _("Take the item off the agenda"))
    back = address(row.meeting_id)
    return changing(
        request, form, do, title=_("Change the item"), back=back, template="governance/bodies_edit.html", away=away
    )


@require_POST
def item_move(request: Request, item: UUID) -> HttpResponse:
    """POST /governance/bodies/items/<item>/move/: one step up, or with `down` down."""
    row, _meeting, _of = the_item(request, item)

    def do() -> str:
        moved = actions.move_item(row, up=not request.POST.get("down"), by=request.who)
        return _("“%(title)s” has been moved.") % {"title": row.title} if moved else _("Nothing had changed.")

    return doing(request, do, address(row.meeting_id) + "#agenda")


@READ_OR_WRITE
def item_remove(request: Request, item: UUID) -> HttpResponse:
    """/governance/bodies/items/<item>/remove/: take an item off the agenda."""
    row, _meeting, _of = the_item(request, item)
    form = ReasonForm(request.POST or None)

    def do() -> bool:
        return actions.remove_item(row, by=request.who, reason=form.cleaned_data["reason"])

    title = _("Take “%(title)s” off the agenda") % {"title": row.title}
    return changing(request, form, do, title=title, back=address(row.meeting_id), button=_("Take away"))


@READ_OR_WRITE
def item_papers(request: Request, item: UUID) -> HttpResponse:
    """/governance/bodies/items/<item>/papers/: put papers with an item."""
    row, found, _of = the_item(request, item)
    form = PapersForm(request.POST or None, request.FILES or None)

    def do() -> bool:
        held = papers.examined(form.cleaned_data["attached"])
        return bool(actions.add_papers(row, held, title=form.cleaned_data["title"], by=request.who))

    title = _("Papers for “%(title)s”") % {"title": row.title}
    about = _(
        "PDFs come together in one file with the agenda in front. Other files are listed there and fetched apart."
    )
    return changing(request, form, do, title=title, back=address(found.pk), about=about)


def the_item(request: Request, key: UUID) -> tuple[AgendaItem, Meeting, Body]:
    """An item that the reader may change, with its meeting and body; else Http404."""
    rules.keeper_or_404(request.who)
    row = queries.item(key)
    if row is None:
        raise Http404
    return (row, *the_meeting(request.who, row.meeting_id))


def the_paper(meeting: Meeting, key: UUID) -> Paper:
    """A paper of a meeting; Http404 where it is none of this meeting's."""
    found = Paper.objects.filter(pk=key, of__in=[one.pk for one in queries.agenda(meeting)]).first()
    if found is None:
        raise Http404
    return found


@require_safe
def meeting_paper(request: Request, meeting: UUID, meeting_paper: UUID) -> HttpResponse:
    """GET /governance/bodies/meetings/<meeting>/papers/<paper>/: a paper, for those who read the agenda."""
    found, _of = the_meeting(request.who, meeting)
    return papers.to_save(the_paper(found, meeting_paper))


@READ_OR_WRITE
def meeting_paper_remove(request: Request, meeting: UUID, meeting_paper: UUID) -> HttpResponse:
    """/governance/bodies/meetings/<meeting>/papers/<paper>/remove/: delete a paper."""
    rules.keeper_or_404(request.who)
    found, _of = the_meeting(request.who, meeting)
    row = the_paper(found, meeting_paper)
    form = ReasonForm(request.POST or None)

    def do() -> bool:
        return actions.take_paper_away(row, by=request.who, reason=form.cleaned_data["reason"])

    title = _("Take away “%(title)s”") % {"title": row.title}
    return changing(request, form, do, title=title, back=address(meeting), button=_("Take away"))


@require_safe
def meeting_pack(request: Request, meeting: UUID) -> HttpResponse:
    """GET /governance/bodies/meetings/<meeting>/papers.pdf: the agenda and all papers in one file."""
    found, of = the_meeting(request.who, meeting)
    return pdf(pack.packed(of, found, lines_of(found)), f"{of.code}-{queries.day_of(found)}-handlingar.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF as an answer."""
    disposition = content_disposition_header(False, name) or "inline"
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})

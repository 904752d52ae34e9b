"""What must be known of actors for invoices, as pages: each actor keeps its own, the secretariat all."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from samlad.governance import record
from samlad.governance.lists import Column, Listing
from samlad.governance.models import BillingParty
from samlad.governance.money import actions
from samlad.governance.money.billing import needed
from samlad.governance.money.forms import BillingForm
from samlad.governance.pages import READ_OR_WRITE, changing, on_day, page
from samlad.governance.rules import keeper_or_404, keeps, speaker_or_404
from samlad.registers.http import Request
from samlad.registers.queries import ActorView, actors_ever, parties, today


@require_safe
def money_parties(request: Request) -> HttpResponse:
    """GET /governance/money/parties/: what is known of each actor for invoices, and what is missing."""
    keeper_or_404(request.who)
    on = on_day(request)
    known = {row.actor_id: row for row in record.rows(BillingParty, on)}
    listed = Listing(columns(known), parties(on or today()), request.GET, name="invoicing")
    if file := listed.file():
        return file
    changes = record.changes(BillingParty, *[row.pk for row in known.values()])
    return page(request, "governance/money_parties.html", {"list": listed, "seen_on": True}, on=on, changes=changes)


def columns(known: dict[str, BillingParty]) -> list[Column[ActorView]]:
    """The columns of what is known."""

    def of(row: ActorView) -> BillingParty:
        return known.get(row.code) or BillingParty()

    def lacks(row: ActorView) -> str:
        return ", ".join(
            label for label, value in (*needed(of(row)), (_("reference code"), of(row).reference)) if not value
        )

    def link(row: ActorView) -> str:
        return reverse("money_party", args=(row.code,))

    return [
        Column("actor", gettext_lazy("Actor"), lambda row: row.name, link=link),
        Column("org_number", gettext_lazy("Organisation number"), lambda row: of(row).org_number),
        Column("endpoint", gettext_lazy("Peppol: address"), lambda row: of(row).endpoint_id),
        Column("reference", gettext_lazy("Reference code of the buyer"), lambda row: of(row).reference),
        Column("missing", gettext_lazy("Missing"), lacks),
        Column("legal_name", gettext_lazy("Name of the legal person"), lambda row: of(row).legal_name, hidden=True),
        Column("source", gettext_lazy("Source"), lambda row: of(row).source, hidden=True),
    ]


@READ_OR_WRITE
def money_party(request: Request, code: str) -> HttpResponse:
    """/governance/money/parties/<code>/: what must be known of an actor, kept by itself and the secretariat."""
    speaker_or_404(request.who, code)
    name = next((actor.name for actor in actors_ever() if actor.code == code), "")
    if not name:
        raise Http404
    row = BillingParty.objects.filter(actor=code).first()
    form = BillingForm(request.POST or None, instance=row)

    def do() -> bool:
        made = form.row()
        made.actor_id = code
        new = form.adding
        seen = "" if new else form.cleaned_data["seen"]
        return actions.save_billing(made, by=request.who, reason=form.why, seen=seen, new=new)

    back = reverse("money_parties") if keeps(request.who) else reverse("money")
    title = _("For invoices: %(actor)s") % {"actor": name}
    changes = record.changes(BillingParty, row.pk) if row else ()
    return changing(request, form, do, title=title, back=back, changes=changes)

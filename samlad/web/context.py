"""What every page's shell needs: the menu, the tabs of an operation, the seats one can speak from."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samlad.accounts.federation import NO_FEDERATION
from samlad.activation.rules import can_raise
from samlad.activation.states import brief
from samlad.governance.rules import READING
from samlad.journal.who import NOBODY, ROLES, Who
from samlad.picture.rules import COMPILING_ROLES
from samlad.registers.models import Role
from samlad.registers.rules import is_administrator

Link = tuple[str, str, bool]


def shell(request: HttpRequest) -> dict[str, object]:
    """The context of base/page.html and journal/operation.html."""
    who: Who = getattr(request, "who", NOBODY)
    if not who.person:
        return {"demo": settings.DEMO}
    match = request.resolver_match
    current = match.view_name if match else ""
    operation = match.kwargs.get("operation") if match else None
    seats = {seat.actor: seat.actor_name for seat in getattr(request, "seats", ())}
    return {
        "demo": settings.DEMO,
        "menu": menu(who, current, request.path),
        "speaks_for": seats.get(who.actor, ""),
        "speaks_as": speaks_as(who, seats.get(who.actor, "")),
        "seats": [(actor, name, actor == who.actor) for actor, name in seats.items()],
        "raise_url": reverse("raise") if can_raise(who) and current != "raise" else "",
        "footer_links": [(_("Personal data"), reverse("privacy"))],
        "modes": brief(who, seats.get(who.actor, who.actor)),
        "tabs": tabs(operation, who, current) if operation else [],
    }


def speaks_as(who: Who, actor: str) -> str:
    """In which roles for which actor somebody speaks now: "Duty officer (TiB), Nacka"; empty without a seat."""
    roles = [str(Role(role).label) for role in ROLES if role in who.roles]
    return f"{', '.join(roles)}, {actor}" if roles and actor else ""


def menu(who: Who, current: str, path: str) -> list[Link]:
    """The main menu."""
    links = [
        (_("Operations"), reverse("home"), current == "home"),
        (_("Registers"), reverse("registers"), current.startswith("registers")),
        (_("Outbox"), reverse("outbox"), current == "outbox"),
    ]
    if who.roles & READING:
        links.insert(1, (_("Governance"), governance := reverse("governance"), path.startswith(governance)))
    if "actor_administrator" in who.roles:
        links.insert(1, (_("Our people"), reverse("our_people", args=[who.actor]), current == "our_people"))
    if is_administrator(who) and settings.FEDERATION != NO_FEDERATION:
        links.append((_("Identity providers"), reverse("providers"), current == "providers"))
    return links


def tabs(operation: UUID, who: Who, current: str) -> list[Link]:
    """The pages of an operation. The desk is for those who compile."""
    pages = [
        ("operation", _("Overview"), ("operation", "acknowledge", "situation", "stand_down", "cards", "card")),
        ("calling", pgettext("tab", "Calling"), ("calling", "calling_actor", "calling_resend", "call_withdraw")),
        ("reports", _("Reports"), ("reports", "report", "report_new", "report_unchanged", "actor_reports")),
        ("pictures", _("Joint picture"), ("pictures", "picture")),
        ("figures", _("Figures"), ("figures",)),
        ("journal", _("Journal"), ("journal", "entry", "entry_widen", "entry_narrow", "entry_mark", "readings")),
    ]
    if who.roles & COMPILING_ROLES:
        pages.insert(
            2, ("desk", _("Desk"), ("desk", "desk_take", "desk_drop", "desk_assess", "desk_preview", "deadline"))
        )
    return [(label, reverse(name, args=[operation]), current in names) for name, label, names in pages]

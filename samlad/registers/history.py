"""The registers' memory: each change as one row, written in the transaction of the change, and read back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

import msgspec
from django.db import transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.security import noted
from samlad.journal import gate
from samlad.journal.who import SYSTEM, Who
from samlad.registers.models import ActorSet, ActorVersion, Area, Category, Change, Role, Roster
from samlad.registers.queries import person_names

VERSION_FIELDS: Final = (
    "name",
    "short_name",
    "category",
    "area",
    "valid_from",
    "valid_to",
    "why",
    "why_ended",
    "source",
    "assumed",
    "convening",
)
AREA_FIELDS: Final = ("name", "kind", "tile_column", "tile_row", "source")
POPULATION_FIELDS: Final = ("on_date", "edition", "figure", "source")
PERSON_FIELDS: Final = ("username", "name", "email", "is_active")
SEAT_FIELDS: Final = ("person", "actor", "role", "valid_from", "valid_to", "lender", "deputy", "emergency")

GOVERNANCE: Final = "gov."
"""What the names of the registers of governance begin with: it shows their history itself."""
LABELS: Final[Mapping[str, Promise]] = {
    "name": _("Name"),
    "short_name": _("Short name"),
    "category": _("Category"),
    "area": _("Area code"),
    "valid_from": _("First day"),
    "valid_to": _("First day it no longer holds"),
    "why": _("Why it begins"),
    "why_ended": _("Why it ends"),
    "source": _("Source"),
    "assumed": _("A day is assumed, not known"),
    "convening": _("Convenes the others"),
    "kind": _("Kind of area"),
    "tile_column": _("Column on the tile map"),
    "tile_row": _("Row on the tile map"),
    "on_date": _("On the day"),
    "edition": _("Edition"),
    "figure": _("Population"),
    "username": _("Username"),
    "email": _("E-mail"),
    "is_active": _("May sign in"),
    "person": _("Person"),
    "actor": _("Actor"),
    "role": _("Role"),
    "password": _("Password"),
    "webauthn": _("Passkey"),
    "totp": _("One-time codes"),
    "factors": _("Passkeys and codes"),
    "sessions": _("Open sessions"),
    "external_id": _("Identity at an organisation's sign-in"),
    "broken_glass": _("Break-glass sign-in"),
    "owner": _("For whom"),
    "members": _("Actors in it"),
    "code": _("Code"),
    "title": _("Swedish name"),
    "title_en": _("English name"),
    "protects": _("What it protects, in Swedish"),
    "protects_en": _("What it protects, in English"),
    "phone": _("Private number"),
    "lender": _("Lent from"),
    "deputy": _("Deputy"),
    "steps": _("Steps"),
    "operation_kinds": _("Kinds of operation"),
    "valid": _("In use"),
    "weekday": _("Day of the week (Monday is 1)"),
    "at": _("Time of day"),
    "opens_days": _("Opens, days before"),
    "remind_hours": _("Reminds, hours before"),
    "report_minutes": _("Reports in by, minutes before"),
    "closes_hours": _("Closes, hours after"),
    "video": _("Video"),
    "talk_group": _("Rakel talk group"),
    "paused": _("Paused"),
    "outcome": _("For the outcome"),
    "operation_kind": _("Kind of operation"),
    "subject": _("Subject"),
    "text": _("Text"),
    "short": _("Short text"),
    "audience": _("Who is called"),
    "roles": _("Roles"),
    "answer_minutes": _("Minutes to answer"),
    "conference_minutes": _("Minutes to the conference"),
    "next_way": _("Next way (s)"),
    "again": _("Called again (s)"),
    "everyone": _("Everyone at the actor (s)"),
    "by_hand": _("Call by hand (s)"),
    "assess_again": _("Assessment: asked again (s)"),
    "assess_deputy": _("Assessment: deputies (s)"),
    "assess_everyone": _("Assessment: everyone at the actors (s)"),
    "assess_by_hand": _("Assessment: call by hand (s)"),
    "same_hours": _("Hours that a second alarm is compared"),
    "label": _("Words on the button"),
    "affected": _("Affected"),
    "attends": _("Comes to the conference"),
    "place": _("Digit"),
    "bridge_phone": _("Telephone"),
    "emergency": _("May sign in when the actor's own sign-in is down"),
    "starts": _("From"),
    "ends": _("To"),
    "shift": _("Shift"),
    "in_exchange": _("In exchange for"),
    "handover": _("Handover at"),
    "weeks": _("Weeks for each turn"),
    "on_holiday": _("On public holidays"),
    "people": _("Turns"),
    "round_clock": _("Somebody at all hours"),
    "ended": _("No longer kept"),
    "added": _("Shifts added"),
    "removed": _("Shifts taken away"),
    "refused": _("Not taken"),
}
ACTIONS: Final[Mapping[str, Promise]] = {
    "added": _("Added"),
    "changed": _("Changed"),
    "ended": _("Ended"),
    "proposed": _("Loan proposed"),
    "declined": _("Loan declined"),
    "withdrawn": _("Loan withdrawn"),
    "removed": _("Taken away"),
    "imported": _("From a file"),
    "swap_proposed": _("Swap asked for"),
    "swapped": _("Swapped"),
    "swap_declined": _("Swap declined"),
    "swap_withdrawn": _("Swap withdrawn"),
}


class FieldChange(msgspec.Struct, frozen=True):
    """One field of a change, in the reader's language."""

    label: str
    before: str
    after: str


class ChangeView(msgspec.Struct, frozen=True):
    """One change as a page shows it. `title` names the object of the register; `by` is a name, or the import's."""

    register: str
    key: str
    title: str
    at: datetime
    by: str
    action: str
    reason: str
    fields: tuple[FieldChange, ...]


def snapshot(row: Model, fields: Iterable[str]) -> dict[str, Any]:
    """The row's fields as JSON can hold them: days as text, other rows by their key."""
    values: dict[str, Any] = {}
    for name in fields:
        value = getattr(row, name)
        if isinstance(value, Model):
            value = value.pk
        values[name] = value.isoformat() if isinstance(value, date) else value
    return values


def note(
    *,
    register: str,
    key: str,
    by: Who,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    reason: str,
    action: str = "",
) -> None:
    """Write one row of history. Call it inside the transaction of the change itself, which is undone where a text of it
    is marked as security-classified: raises NotKept."""
    gate.check(after, reason)
    Change.objects.create(
        register=register,
        object_key=key,
        at=now(),
        by=by.person,
        action=action or ("added" if before is None else "changed"),
        before=before,
        after=after,
        reason=reason,
    )
    if register == "people" and by != SYSTEM:
        event = "seat_changed" if "role" in after else "person_changed"
        facts = {"actor": str(after.get("actor", "")), "role": str(after.get("role", "")), "by": by.person}
        transaction.on_commit(lambda: noted(event, person=key, **facts))


def edited_by_hand(register: str, key: str) -> bool:
    """Whether a person has changed this object in a page, so that an import must not undo it unasked."""
    return Change.objects.filter(register=register, object_key=key).exclude(by=SYSTEM.person).exists()


def changes_of(register: str, *keys: str) -> tuple[ChangeView, ...]:
    """The history of some objects of a register, latest first."""
    return _shown(Change.objects.filter(register=register, object_key__in=keys))


def changes_labelled(register: str, keys: Iterable[str], labels: Mapping[str, str]) -> tuple[ChangeView, ...]:
    """The same for a register of another room, which says what its fields are called."""
    rows = list(Change.objects.filter(register=register, object_key__in=list(keys)))
    names = person_names({row.by for row in rows} | {str(value) for row in rows for value in _persons(row)})
    return tuple(_view(row, names, row.object_key, labels) for row in rows)


def latest_edits(*, people: bool, last: int = 30) -> tuple[ChangeView, ...]:
    """The latest changes made by persons, in all registers; those about people only where `people` says so."""
    # An actor's own networks are for its people, and when a test alarm is for its planners: not for all to read.
    hidden = ("own_networks", "drills") if people else ("people", "own_networks", "rosters", "drills")
    own = Change.objects.exclude(register__in=hidden).exclude(register__startswith=GOVERNANCE)
    return _shown(own.exclude(by=SYSTEM.person)[:last])


def _shown(changes: Iterable[Change]) -> tuple[ChangeView, ...]:
    rows = list(changes)
    names = person_names({row.by for row in rows} | {str(value) for row in rows for value in _persons(row)})
    titles = _titles(rows)
    return tuple(_view(row, names, titles.get((row.register, row.object_key), row.object_key)) for row in rows)


def _titles(rows: Iterable[Change]) -> dict[tuple[str, str], str]:
    """What the changed objects are called, by register and key."""
    keys: dict[str, set[str]] = {"actors": set(), "areas": set(), "people": set()}
    for row in rows:
        keys.setdefault(row.register, set()).add(row.object_key)
    titles = {("people", key): name for key, name in person_names(keys["people"]).items()}
    for version in ActorVersion.objects.filter(actor__in=keys["actors"]).order_by("valid_from"):
        titles["actors", version.actor_id] = version.name
    for area in Area.objects.filter(code__in=keys["areas"]):
        titles["areas", area.code] = area.name
    for network in ActorSet.objects.filter(pk__in=keys.get("networks", ())):
        titles["networks", str(network.pk)] = network.name
    for roster in Roster.objects.filter(pk__in=keys.get("rosters", ())):
        titles["rosters", str(roster.pk)] = f"{Role(roster.role).label}, {roster.actor_id}"
    return titles


def _persons(row: Change) -> list[object]:
    return [state["person"] for state in (row.before, row.after) if state and "person" in state]


def _view(
    row: Change, names: Mapping[str, str], title: str, labels: Mapping[str, str | Promise] = LABELS
) -> ChangeView:
    before, after = row.before or {}, row.after or {}
    fields = tuple(
        FieldChange(
            str(labels.get(name, name)), _text(name, before.get(name), names), _text(name, after.get(name), names)
        )
        for name in after
        if before.get(name) != after[name] and (name in before or after[name] not in (None, "", False))
    )
    by = str(_("The import")) if row.by == SYSTEM.person else names.get(row.by, str(_("Unknown person")))
    action = str(ACTIONS.get(row.action, row.action))
    return ChangeView(row.register, row.object_key, title, row.at, by, action, row.reason, fields)


def _text(name: str, value: Any, names: Mapping[str, str]) -> str:
    """A stored value in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name == "category" and value in Category.values:
        return str(Category(value).label)
    if name == "role" and value in Role.values:
        return str(Role(value).label)
    if name == "person":
        return names.get(str(value), str(value))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)

"""The adoption register as a list: for the page, as CSV, Excel and JSON, and for the paper that rådet gets."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.governance.adoption.models import AdoptionDecision
from samlad.governance.adoption.standing import Standing
from samlad.governance.lists import Column, Listing
from samlad.registers.models import Category

Value = Callable[[Standing], Any]


def columns(query: Mapping[str, str], *, told: bool) -> list[Column[Standing]]:
    """The register's columns; `told`: when each was last written to. Links keep the day that the page is seen as on."""
    on = "?" + urlencode({"on": query["on"]}) if query.get("on") else ""
    return [
        Column("actor", _("Actor"), lambda one: one.actor.name, text=lambda one: one.actor.short,
               link=lambda one: reverse("receiver", args=[one.receiver.pk]) + on),
        Column("category", _("Category"), lambda one: str(Category(one.actor.category).label), choice=True),
        Column("standing", pgettext_lazy("adoption", "Outcome"), lambda one: one.stage_text, choice=True,
               badge=lambda one: one.badge, text=lambda one: one.stage_text),
        Column("reference", pgettext_lazy("adoption", "Reference number"), reference),
        Column("prepared_by", _("Prepared by"), lambda one: before(one, "preparing_body")),
        Column("prepared_on", _("Prepared on"), lambda one: before(one, "prepared_on")),
        Column("prepared_paragraph", _("Paragraph (§) when prepared"), lambda one: before(one, "prepared_paragraph"),
               hidden=True),
        Column("decided_by", pgettext_lazy("adoption", "Decided by"), of_decision("deciding_body")),
        Column("decided_on", _("Decided on"), of_decision("decided_on")),
        Column("paragraph", "§", of_decision("paragraph")),
        Column("days", _("Days"), lambda one: one.days, number=True),
        *([Column[Standing]("told_on", _("Last written to"), lambda one: one.told_on, hidden=True)] if told else []),
        Column("condition", _("Condition"), of_decision("condition"), hidden=True),
        Column("planned_body", _("Body that is to decide"), lambda one: one.receiver.planned_body, hidden=True),
        Column("planned_on", _("Planned to decide on"), lambda one: one.receiver.planned_on, hidden=True),
        Column("adjusted_on", _("Minutes adjusted on"), of_decision("adjusted_on"), hidden=True),
        Column("final_on", _("Gained legal force on"), of_decision("final_on"), hidden=True),
        Column("sent_on", _("Sent on"), lambda one: one.receiver.sent_on, hidden=True),
        Column("reply_by", _("Reply by"), lambda one: one.reply_by, hidden=True),
        Column("function", _("Recipient function"), lambda one: one.receiver.function, hidden=True),
        Column("code", _("Code"), lambda one: one.actor.code, hidden=True),
    ]  # fmt: skip


def listing(
    standings: Sequence[Standing], query: Mapping[str, str], name: str, *, told: bool = False
) -> Listing[Standing]:
    """The register as an address asks for it."""
    return Listing(columns(query, told=told), standings, query, name=name)


def of_decision(name: str) -> Value:
    """A field of the latest decision; None where there is none."""
    return lambda one: getattr(one.decision, name) if one.decision else None


def reference(one: Standing) -> str:
    """The actor's own reference number: of the decision, else what was told ahead."""
    return (one.decision.reference if one.decision else "") or one.receiver.reference


def before(one: Standing, name: str) -> Any:
    """What is known of the preparing: as the decision has it, else as it was told ahead."""
    return getattr(one.decision, name, None) or getattr(one.receiver, name)


def conditions(standings: Sequence[Standing]) -> list[tuple[Standing, AdoptionDecision]]:
    """All conditions, word for word, in the order in which actors are listed."""
    return [(one, decision) for one in standings for decision in one.decisions if decision.condition]

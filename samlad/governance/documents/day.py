"""What was in force on a day, for whom, and with which attachments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samlad.governance.documents import whom
from samlad.governance.documents.lists import BADGES, asked_on
from samlad.governance.documents.models import Binding, DocumentVersion, Status
from samlad.governance.documents.queries import Holding, Library
from samlad.governance.lists import Column, Listing
from samlad.registers.queries import parties


@dataclass(frozen=True)
class Actor:
    """An actor that a version binds, and the day from which."""

    code: str
    name: str
    since: date | None


@dataclass(frozen=True)
class Held:
    """A version that was in force, or out for adoption, on a day. `actors`: those whom it bound, as far as is recorded;
    `asked`: how many parties there were that day."""

    holding: Holding
    name: str
    url: str
    attachments: tuple[tuple[str, str], ...]
    bases: tuple[tuple[str, str], ...]
    wholes: tuple[tuple[str, str], ...]
    actors: tuple[Actor, ...]
    asked: int

    @property
    def by_decision(self) -> bool:
        """Whether each actor's own decision binds it."""
        return self.holding.document.binding == Binding.OWN_DECISION


def held(library: Library, day: date) -> list[Held]:
    """What was in force on a day, and after it what was out for adoption."""
    found = [*library.on_the_day(day), *library.on_the_day(day, Status.OUT)]
    bound = {one.version.pk: whom.bound(one.version.pk, day, library.on) for one in found if decided(one)}
    there = parties(day)
    made = []
    for one in found:
        since = bound.get(one.version.pk, {})
        actors = tuple(Actor(actor.code, actor.short, since[actor.code]) for actor in there if actor.code in since)
        if one.document.binding == Binding.CHIEFS:
            actors = tuple(Actor(actor.code, actor.short, None) for actor in there)
        made.append(
            Held(
                one,
                library.name(one.version),
                address(library, one.version),
                named(library, one.attachments),
                named(library, one.bases),
                named(library, library.wholes_of(one.version)),
                actors,
                len(there),
            )
        )
    return made


def decided(one: Holding) -> bool:
    """Whether a version binds by each actor's own decision."""
    return one.document.binding == Binding.OWN_DECISION


def address(library: Library, version: DocumentVersion) -> str:
    """The page of a version, as of the same day as this one."""
    return reverse("edition", args=[version.pk]) + asked_on(library.on)


def named(
    library: Library, versions: tuple[DocumentVersion, ...] | list[DocumentVersion]
) -> tuple[tuple[str, str], ...]:
    """Versions as links: name and address."""
    return tuple((library.name(one), address(library, one)) for one in versions)


def listing(found: list[Held], query: Mapping[str, str], day: date) -> Listing[Held]:
    """The same as a list to sort and take along."""
    columns: list[Column[Held]] = [
        Column("document", pgettext_lazy("list", "Document"), lambda one: one.name, link=lambda one: one.url),
        Column(
            "status",
            pgettext_lazy("document", "Status"),
            lambda one: one.holding.standing.label,
            badge=lambda one: BADGES.get(one.holding.standing.status, ""),
            choice=True,
        ),
        Column("since", pgettext_lazy("status", "Since"), lambda one: one.holding.standing.since),
        Column(
            "binding", gettext_lazy("How it binds"), lambda one: one.holding.document.get_binding_display(), hidden=True
        ),
        Column("bound", gettext_lazy("Binds how many"), number_bound, text=bound_text),
        Column("actors", gettext_lazy("Binds whom"), lambda one: ", ".join(a.name for a in one.actors), hidden=True),
        Column(
            "parts", gettext_lazy("Attachments"), lambda one: "; ".join(n for n, _url in one.attachments), hidden=True
        ),
    ]
    return Listing(columns, found, query, name=_("in-force-%(day)s") % {"day": day.isoformat()})


def number_bound(one: Held) -> int | None:
    """How many actors it binds; None where that follows from another document."""
    return None if one.holding.document.binding in (Binding.WITH_THE_WHOLE, Binding.NOT_KNOWN) else len(one.actors)


def bound_text(one: Held) -> str:
    """The same in words."""
    number = number_bound(one)
    if number is None:
        return _("follows the whole") if one.wholes else ""
    if not number:
        return _("nobody, by what is recorded")
    return _("%(some)s of %(all)s") % {"some": number, "all": one.asked}

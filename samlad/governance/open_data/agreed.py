"""Open data of what the parties have agreed on: documents, versions, who has adopted what, goals, capabilities."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.governance.adoption.queries import asked
from samlad.governance.adoption.standing import binding_since
from samlad.governance.documents.models import DocumentVersion, Relation, Status
from samlad.governance.documents.queries import Library, Standing
from samlad.governance.models import (
    AdoptionDecision,
    Capability,
    Dispatch,
    Goal,
    GoalArea,
    Receiver,
    SteeringDocument,
    SubCapability,
    VersionPart,
    VersionStep,
    Vision,
)
from samlad.governance.open_data.sets import DataSet, Field, Row, day_text
from samlad.governance.record import rows
from samlad.registers.queries import today

NOT_PUBLIC: Final = frozenset({"", Status.DRAFT.value})
"""Where a version is nobody's but the secretariat's."""


def public_versions(library: Library, day: date) -> list[tuple[DocumentVersion, Standing]]:
    """The versions that are more than drafts on a day, with where they are."""
    found = [(one, library.standing(one, day)) for one in library.versions.values()]
    public = [(one, where) for one, where in found if where.status not in NOT_PUBLIC]
    return sorted(public, key=lambda pair: (library.document_of(pair[0]).code, pair[0].number))


def documents(on: date | None) -> Iterator[Row]:
    """Documents that have a version which is more than a draft."""
    library = Library(on)
    public = {version.document_id for version, _where in public_versions(library, on or today())}
    codes = {one.pk: one.code for one in library.documents.values()}
    for one in sorted(library.documents.values(), key=lambda document: document.code):
        if one.pk in public:
            yield {
                "document": one.code,
                "title": one.title,
                "kind": one.kind,
                "part_of": codes.get(one.part_of_id) if one.part_of_id in public else None,
                "follows": codes.get(one.follows_id) if one.follows_id in public else None,
                "binding": one.binding,
                "about": one.about,
                "source": one.source,
            }


def versions(on: date | None) -> Iterator[Row]:
    """Versions that are more than drafts, with their status."""
    library = Library(on)
    public = public_versions(library, on or today())
    names = {version.pk: f"{library.document_of(version).code} {version.number}" for version, _where in public}
    for version, where in public:
        wholes = library.wholes_of(version, Relation.ATTACHMENT)
        yield {
            "document": library.document_of(version).code,
            "version": version.number,
            "dated": day_text(version.dated),
            "valid_from": day_text(version.valid_from),
            "valid_to": day_text(version.valid_to),
            "status": where.status,
            "status_since": day_text(where.since),
            "status_day_assumed": where.assumed,
            "attached_to": ", ".join(names[whole.pk] for whole in wholes if whole.pk in names),
            "text_obtained": version.obtained,
            "source": version.source,
        }


def adoption(on: date | None) -> Iterator[Row]:
    """Every actor that was asked to adopt a version, with its latest decision."""
    library = Library(on)
    public = {version.pk: version for version, _where in public_versions(library, on or today())}
    for one in asked(on):
        version = public.get(one.dispatch.version_id)
        for place in one.standings if version else ():
            decision = place.decision
            yield {
                "document": library.document_of(version).code if version else None,
                "version": one.number,
                "actor": place.actor.code,
                "actor_name": place.actor.name,
                "sent_on": day_text(place.receiver.sent_on),
                "reply_by": day_text(place.reply_by),
                "stage": place.stage,
                "bound_since": day_text(binding_since(place.decisions)),
                "outcome": decision.outcome if decision else None,
                "condition": decision.condition if decision else None,
                "deciding_body": decision.deciding_body if decision else None,
                "decided_on": day_text(decision.decided_on) if decision else None,
                "paragraph": decision.paragraph if decision else None,
                "reference": decision.reference if decision else None,
                "adjusted_on": day_text(decision.adjusted_on) if decision else None,
            }


def goals(on: date | None) -> Iterator[Row]:
    """The goals of each målbild that is more than a draft; a goal area without goals is a row too."""
    public = {version.pk for version, _where in public_versions(Library(on), on or today())}
    areas, found = rows(GoalArea, on), rows(Goal, on)
    for vision in rows(Vision, on):
        for area in areas if vision.version_id in public else ():
            if area.vision_id == vision.pk:
                own: list[Goal | None] = [one for one in found if one.area_id == area.pk]
                for goal in own or [None]:
                    yield {
                        "vision": vision.code,
                        "vision_title": vision.title,
                        "first_day": day_text(vision.first_day),
                        "last_day": day_text(vision.last_day),
                        "area": area.code,
                        "area_name": area.name,
                        "area_obtained": area.obtained,
                        "goal": goal.code if goal else None,
                        "text": goal.text if goal else None,
                        "source": (goal.source if goal else "") or area.source,
                    }


def capabilities(on: date | None) -> Iterator[Row]:
    """The basic capabilities with their parts; which parts are a reconstruction is said."""
    parts = rows(SubCapability, on)
    for one in rows(Capability, on):
        own: list[SubCapability | None] = [part for part in parts if part.capability_id == one.pk]
        for part in own or [None]:
            yield {
                "capability": one.code,
                "name": one.name,
                "part": part.code if part else None,
                "part_name": part.name if part else None,
                "part_is_reconstruction": part.ours if part else None,
                "source": (part.source if part else "") or one.source,
            }


DOCUMENT: Final = Field("document", _("The document's short name, the same in all sets"), "code")
VERSION: Final = Field("version", _("The version's number"))
SOURCE: Final = Field("source", _("Where it comes from"))
ACTOR: Final = Field("actor", _("The actor's code, the same in all sets"), "code")
ACTOR_NAME: Final = Field("actor_name", _("The actor's name"))
VERSION_TABLES: Final = (SteeringDocument, DocumentVersion, VersionStep, VersionPart)

SETS: Final = (
    DataSet(
        "documents",
        _("Steering documents"),
        _("The documents that the parties steer by. Those that are drafts only are not in it."),
        (
            DOCUMENT,
            Field("title", _("The document's title")),
            Field("kind", _("What sort of document it is"), "code"),
            Field("part_of", _("The document that it is an attachment to"), "code"),
            Field("follows", _("The earlier document that it takes the place of"), "code"),
            Field("binding", _("How it comes to bind an actor"), "code"),
            Field("about", _("What it is about")),
            SOURCE,
        ),
        VERSION_TABLES,
        documents,
    ),
    DataSet(
        "document-versions",
        _("Versions of steering documents"),
        _("Each version that is more than a draft, with where it is: presented, approved, out, in force, replaced."),
        (
            DOCUMENT,
            VERSION,
            Field("dated", _("Its own date"), "day"),
            Field("valid_from", _("From when it is to apply, by its own words"), "day"),
            Field("valid_to", _("The last day that it is to apply, by its own words"), "day"),
            Field("status", _("Where it is"), "code"),
            Field("status_since", _("Since when"), "day"),
            Field("status_day_assumed", _("Whether that day is assumed, since no source tells it"), "truth"),
            Field("attached_to", _("The versions that it is an attachment to")),
            Field("text_obtained", _("Whether the text itself is in the register"), "truth"),
            SOURCE,
        ),
        VERSION_TABLES,
        versions,
    ),
    DataSet(
        "adoption",
        _("Adoption by each actor"),
        _("Who has been asked to adopt which version, and what each has decided: one row for each actor asked."),
        (
            DOCUMENT,
            VERSION,
            ACTOR,
            ACTOR_NAME,
            Field("sent_on", _("When it was sent to the actor"), "day"),
            Field("reply_by", _("By when the actor was asked to answer"), "day"),
            Field("stage", _("How far the actor has come"), "code"),
            Field("bound_since", _("The day of the decision that binds the actor"), "day"),
            Field("outcome", _("The latest decision"), "code"),
            Field("condition", _("Its condition, word for word")),
            Field("deciding_body", _("The body that decided")),
            Field("decided_on", _("When it decided"), "day"),
            Field("paragraph", _("The paragraph of its minutes")),
            Field("reference", _("The actor's own reference number")),
            Field("adjusted_on", _("When the minutes were adjusted"), "day"),
        ),
        (*VERSION_TABLES, Dispatch, Receiver, AdoptionDecision),
        adoption,
    ),
    DataSet(
        "goals",
        _("Joint goals"),
        _("Goal areas and goals of each målbild that is more than a draft. What is not obtained says so."),
        (
            Field("vision", _("The målbild's short name"), "code"),
            Field("vision_title", _("The målbild's title")),
            Field("first_day", _("Its first day"), "day"),
            Field("last_day", _("Its last day"), "day"),
            Field("area", _("The goal area's short name"), "code"),
            Field("area_name", _("The goal area's name")),
            Field("area_obtained", _("Whether the goal area's wording is obtained"), "truth"),
            Field("goal", _("The goal's short name"), "code"),
            Field("text", _("The goal")),
            SOURCE,
        ),
        (*VERSION_TABLES, Vision, GoalArea, Goal),
        goals,
    ),
    DataSet(
        "capabilities",
        _("Basic capabilities"),
        _("The capabilities that every actor is to meet, and their parts. Parts that are a reconstruction say so."),
        (
            Field("capability", _("The capability's number"), "code"),
            Field("name", _("The capability's name")),
            Field("part", _("The part's number"), "code"),
            Field("part_name", _("The part's name")),
            Field("part_is_reconstruction", _("Whether the part is our reconstruction, not the parties'"), "truth"),
            SOURCE,
        ),
        (Capability, SubCapability),
        capabilities,
    ),
)

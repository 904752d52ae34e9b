"""Which version was in force on any day, what is attached to what, and what became of each version.

Two days: `day` is the day that is asked about; `on` the day up to which what has been recorded counts (None: all).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samlad.governance.documents.models import (
    Binding,
    DocumentVersion,
    Relation,
    Status,
    SteeringDocument,
    VersionPart,
    VersionStep,
)
from samlad.governance.record import rows
from samlad.registers.queries import swedish_key

ORDER = {status: place for place, status in enumerate(Status.values)}
OVER = frozenset({Status.REPLACED, Status.ENDED, Status.WITHDRAWN})


@dataclass(frozen=True)
class Standing:
    """Where a version is on a day: status ("" before anything is known of it), since when, and why where that follows
    from something else: a later version that replaced it, its last day, or the whole that it is an attachment to."""

    status: str
    since: date | None = None
    assumed: bool = False
    step: VersionStep | None = None
    replaced_by: DocumentVersion | None = None
    through: DocumentVersion | None = None

    @property
    def label(self) -> str:
        """The status in words; "" where nothing is known."""
        return str(Status(self.status).label) if self.status else ""

    @property
    def followed(self) -> bool:
        """Whether nobody has recorded this: it follows from days and from other versions."""
        return bool(self.status) and self.step is None


@dataclass(frozen=True)
class Began:
    """When a version came into force: its own step, or the whole that it is attached to."""

    on: date
    step: VersionStep | None = None
    through: DocumentVersion | None = None


@dataclass(frozen=True)
class Holding:
    """A version that was in force (or out for adoption) on a day, with what belonged to it then."""

    version: DocumentVersion
    document: SteeringDocument
    standing: Standing
    attachments: tuple[DocumentVersion, ...]
    bases: tuple[DocumentVersion, ...]


class Library:
    """All steering documents, as recorded up to a day. Made for one page; some hundred rows at most."""

    def __init__(self, on: date | None = None) -> None:
        self.on = on
        found = rows(SteeringDocument, on)
        self.documents = {one.pk: one for one in sorted(found, key=lambda one: swedish_key(one.title))}
        self.versions = {one.pk: one for one in rows(DocumentVersion, on) if one.document_id in self.documents}
        self.steps: dict[UUID, list[VersionStep]] = {key: [] for key in self.versions}
        for step in in_order(rows(VersionStep, on)):
            self.steps.setdefault(step.version_id, []).append(step)
        known = self.versions
        self.parts = [one for one in rows(VersionPart, on) if one.whole_id in known and one.part_id in known]

    def document(self, key: UUID | None) -> SteeringDocument | None:
        """The document of an id; None where there is none."""
        return self.documents.get(key) if key is not None else None

    def document_of(self, version: DocumentVersion) -> SteeringDocument:
        """The document that a version is of."""
        return self.documents[version.document_id]

    def name(self, version: DocumentVersion) -> str:
        """A version with its document's title: "Modellbeskrivning 2.0"."""
        return f"{self.document_of(version).title} {version.number}"

    def versions_of(self, document: SteeringDocument) -> list[DocumentVersion]:
        """The versions of a document, the latest first."""
        own = [one for one in self.versions.values() if one.document_id == document.pk]
        return sorted(own, key=self._age, reverse=True)

    def _age(self, version: DocumentVersion) -> tuple[date, str]:
        steps = self.steps[version.pk]
        first = version.dated or (steps[0].on if steps else None) or version.valid_from or date.max
        return first, version.number

    def parts_of(self, version: DocumentVersion, relation: str) -> list[DocumentVersion]:
        """What is attached to a version, or is a basis of it."""
        of = [one.part_id for one in self.parts if one.whole_id == version.pk and one.relation == relation]
        return self._named(of)

    def wholes_of(self, version: DocumentVersion, relation: str = Relation.ATTACHMENT) -> list[DocumentVersion]:
        """What a version is attached to, or is a basis of."""
        return self._named(one.whole_id for one in self.parts if one.part_id == version.pk and one.relation == relation)

    def _named(self, keys: Iterable[UUID]) -> list[DocumentVersion]:
        return sorted((self.versions[key] for key in keys), key=lambda one: swedish_key(self.name(one)))

    def began(self, version: DocumentVersion, day: date, asked: frozenset[UUID] = frozenset()) -> Began | None:
        """When a version came into force, up to a day; None where it had not. An attachment that binds with its whole
        and has no step of its own does so with the first whole, but not before its own date."""
        steps = [step for step in self.steps[version.pk] if step.on <= day]
        own = next((step for step in steps if step.status == Status.IN_FORCE), None)
        if own is not None:
            return Began(own.on, step=own)
        if self.document_of(version).binding != Binding.WITH_THE_WHOLE or version.pk in asked:
            return None
        first = version.valid_from or version.dated or date.min
        through = []
        for whole in self.wholes_of(version):
            of_whole = self.began(whole, day, asked | {version.pk})
            if of_whole is not None and max(of_whole.on, first) <= day:
                through.append(Began(max(of_whole.on, first), through=whole))
        return min(through, key=lambda one: one.on) if through else None

    def standing(self, version: DocumentVersion, day: date, asked: frozenset[UUID] = frozenset()) -> Standing:
        """Where a version is on a day. What was recorded that ends it counts; else the first of what ends it by
        itself: a later version in force, its own last day, that nothing it is attached to is in force any more."""
        steps = [step for step in self.steps[version.pk] if step.on <= day]
        # The step that came furthest: rådet may be told once more of what is in force.
        last = max(steps, key=lambda step: ORDER[step.status], default=None)
        said = Standing(last.status, last.on, last.assumed, last) if last else Standing("")
        if last is not None and last.status in OVER:
            return said
        began = self.began(version, day)
        ends = [end for end in self._ends(version, began, day, asked) if end.since is not None and end.since <= day]
        if ends:
            return min(ends, key=lambda one: one.since or date.max)
        if began is None or began.step is not None:
            return said
        return Standing(Status.IN_FORCE, began.on, assumed=True, through=began.through)

    def _ends(
        self, version: DocumentVersion, began: Began | None, day: date, asked: frozenset[UUID]
    ) -> Iterable[Standing]:
        out = any(step.status == Status.OUT and step.on <= day for step in self.steps[version.pk])
        if version.valid_to is not None and version.valid_to < date.max and (began is not None or out):
            yield Standing(Status.ENDED, version.valid_to + timedelta(days=1))
        if began is None:
            return
        for later in self.successors(version):
            came = self.began(later, day, frozenset({version.pk}))
            if came is not None and (came.on, later.number) > (began.on, version.number) and came.on > began.on:
                yield Standing(Status.REPLACED, came.on, replaced_by=later)
        if began.through is not None and version.pk not in asked:
            wholes = [(one, self.standing(one, day, asked | {version.pk})) for one in self.wholes_of(version)]
            if not any(place.status == Status.IN_FORCE for _whole, place in wholes):
                over = [(one, place) for one, place in wholes if place.status in OVER]
                for whole, place in sorted(over, key=lambda pair: pair[1].since or day)[-1:]:
                    yield Standing(Status.ENDED, place.since, through=whole)

    def successors(self, version: DocumentVersion) -> list[DocumentVersion]:
        """The versions that replace this one when they come into force: of the same document, and of those that take
        its place, also by way of others."""
        kin, grew = {version.document_id}, True
        while grew:
            more = {one.pk for one in self.documents.values() if one.follows_id in kin} - kin
            kin, grew = kin | more, bool(more)
        return [one for one in self.versions.values() if one.document_id in kin and one.pk != version.pk]

    def on_the_day(self, day: date, status: str = Status.IN_FORCE) -> list[Holding]:
        """The versions that were in force on a day (or had another status), in the order of their titles."""
        found = [(one, self.standing(one, day)) for one in self.versions.values()]
        made = [
            Holding(
                version=one,
                document=self.document_of(one),
                standing=place,
                attachments=tuple(self.parts_of(one, Relation.ATTACHMENT)),
                bases=tuple(self.parts_of(one, Relation.BASIS)),
            )
            for one, place in found
            if place.status == status
        ]
        return sorted(made, key=lambda one: (swedish_key(one.document.title), one.version.number))


def in_order(steps: Iterable[VersionStep]) -> list[VersionStep]:
    """Steps as they were taken; of a day in the usual order."""
    return sorted(steps, key=lambda step: (step.on, ORDER.get(step.status, 0), str(step.pk)))


def status_of(version: DocumentVersion, day: date, on: date | None = None) -> Standing:
    """Where one version is on a day."""
    library = Library(on)
    return library.standing(version, day) if version.pk in library.versions else Standing("")


def in_force(day: date, on: date | None = None) -> list[Holding]:
    """The versions that were in force on a day."""
    return Library(on).on_the_day(day)


def out_for_adoption(day: date, on: date | None = None) -> list[Holding]:
    """The versions that were out for adoption on a day: they bind those who have decided so."""
    return Library(on).on_the_day(day, Status.OUT)

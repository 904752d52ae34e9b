"""Which versions are in force for whom on any day. An agreement comes into force actor by actor (ADR 0029).

Two days: `day` is the day that is asked about; `on` the day up to which what has been recorded counts (None: all).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samlad.governance.adoption.queries import version_names
from samlad.governance.adoption.standing import binding_since
from samlad.governance.documents.queries import Library
from samlad.governance.models import (
    AdoptionDecision,
    Dispatch,
    DocumentVersion,
    Receiver,
    VersionPart,
)
from samlad.governance.record import rows
from samlad.registers.queries import actor_view, parties


@dataclass(frozen=True)
class InForce:
    """A version in force for an actor, and since when. `with_the_whole`: what it is attached to, "" for its own."""

    version: DocumentVersion
    title: str
    since: date
    with_the_whole: str = ""


class Books:
    """What has been recorded up to a day, read once."""

    def __init__(self, on: date | None = None) -> None:
        self.on = on
        self.library = Library(on)
        self.versions = self.library.versions
        about = {dispatch.pk: dispatch.version_id for dispatch in rows(Dispatch, on)}
        asked = {one.pk: (one.actor_id, about.get(one.dispatch_id)) for one in rows(Receiver, on)}
        self.decisions: dict[str, dict[UUID, list[AdoptionDecision]]] = {}
        for decision in rows(AdoptionDecision, on):
            actor, version = asked.get(decision.receiver_id, ("", None))
            if version in self.versions:
                self.decisions.setdefault(actor, {}).setdefault(version, []).append(decision)

    def holds(self, version: DocumentVersion, day: date) -> bool:
        """Whether a version has neither run out nor been withdrawn by a day."""
        if version.valid_to is not None and version.valid_to < day:
            return False
        steps = [step for step in self.library.steps[version.pk] if step.on <= day]
        return not any(step.status in ("withdrawn", "ended") for step in steps)

    def decided(self, actor: str, day: date) -> dict[UUID, date]:
        """The versions that an actor had decided to adopt by a day, with the day from which it is bound: the later of
        the decision's day and the version's first, which can lie ahead."""
        found: dict[UUID, date] = {}
        for key, decisions in self.decisions.get(actor, {}).items():
            first = binding_since([one for one in decisions if one.decided_on <= day])
            if first:
                found[key] = max(first, self.versions[key].valid_from or first)
        return found

    def adopted(self, actor: str, day: date) -> dict[UUID, date]:
        """The versions that are in force for an actor on a day through its own decision, with the day from which.

        An older one holds until the actor itself is bound by one that takes its place.
        """
        decided = self.decided(actor, day).items()
        since = {key: first for key, first in decided if first <= day and self.holds(self.versions[key], day)}
        return {key: first for key, first in since.items() if not self._replaced(self.versions[key], first, since)}

    def _replaced(self, version: DocumentVersion, first: date, since: dict[UUID, date]) -> bool:
        """Whether one that takes a version's place came into force for the same actor after it."""
        later = [one for one in self.library.successors(version) if one.pk in since]
        return any((since[one.pk], one.number) > (first, version.number) for one in later)


def bound(version: UUID, day: date, on: date | None = None) -> dict[str, date]:
    """The parties for whom a version is in force on a day by their own decision, with the day from which."""
    books = Books(on)
    found = {party.code: books.adopted(party.code, day).get(version) for party in parties(day)}
    return {actor: since for actor, since in found.items() if since is not None}


def ahead_for(actor: str, day: date, on: date | None = None) -> list[InForce]:
    """The versions that an actor has adopted by a day and that come into force for it later."""
    books, names = Books(on), version_names(on)
    decided = books.decided(actor, day).items()
    found = [InForce(books.versions[key], names[key][0], first) for key, first in decided if first > day]
    return sorted(found, key=lambda one: (one.since, one.title))


def in_force_for(actor: str, day: date, on: date | None = None) -> list[InForce]:
    """The versions that are in force for an actor on a day: those that it has adopted, and what is attached to them.

    None for an actor that is no party that day.
    """
    if actor_view(actor, day) is None:
        return []
    books, names = Books(on), version_names(on)
    adopted = books.adopted(actor, day)
    found = [InForce(books.versions[key], names[key][0], since) for key, since in adopted.items()]
    for part in rows(VersionPart, on, relation="attachment"):
        if part.whole_id in adopted and part.part_id in books.versions and part.part_id not in adopted:
            whole = " ".join(names[part.whole_id])
            title = names[part.part_id][0]
            found.append(InForce(books.versions[part.part_id], title, adopted[part.whole_id], whole))
    return sorted(found, key=lambda one: (one.since, one.title))

"""What is asked about adoption: where everyone is, and what an actor is waited for with. Who is bound: binding.py.

`on`: as everything stood at the end of that day (None: now).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samlad.governance.adoption import standing as where
from samlad.governance.adoption.standing import Standing, Sums
from samlad.governance.models import (
    AdoptionDecision,
    AdoptionLetter,
    Dispatch,
    DocumentVersion,
    Receiver,
    SteeringDocument,
)
from samlad.governance.record import row, rows
from samlad.registers.models import ActorVersion
from samlad.registers.queries import actors_ever, parties, today


@dataclass(frozen=True)
class Asked:
    """A dispatch with what it is about and where everyone is with it."""

    dispatch: Dispatch
    title: str
    number: str
    standings: list[Standing]
    sums: Sums

    @property
    def name(self) -> str:
        """What was sent out: the document's title and the version's number."""
        return f"{self.title} {self.number}"

    @property
    def over(self) -> bool:
        """Whether the reply date has passed."""
        return bool(self.standings) and self.standings[0].day > self.dispatch.reply_by


def asked(on: date | None = None, key: UUID | None = None) -> list[Asked]:
    """Every dispatch, or one, latest first, as it is or as it was at the end of a day."""
    dispatches = rows(Dispatch, on) if key is None else [found for found in [row(Dispatch, key, on)] if found]
    receivers, decisions, letters = rows(Receiver, on), rows(AdoptionDecision, on), rows(AdoptionLetter, on)
    actors, names, ended = actors_ever(), version_names(on), ended_by(on or today())
    found = []
    for dispatch in dispatches:
        all_of = where.standings(dispatch, receivers, decisions, letters, actors, ended, on or today())
        title, number = names.get(dispatch.version_id, ("", ""))
        found.append(Asked(dispatch, title, number, all_of, where.sums(all_of)))
    return found


def standing(dispatch: UUID, on: date | None = None) -> dict[str, Standing]:
    """Where each actor is with a dispatch, by actor."""
    return {one.actor.code: one for found in asked(on, dispatch) for one in found.standings}


def standing_of(receiver: UUID, on: date | None = None) -> tuple[Asked, Standing] | None:
    """Where one recipient is, with its dispatch; None where there is no such recipient."""
    found = row(Receiver, receiver, on)
    if found is None:
        return None
    for one in asked(on, found.dispatch_id):
        for place in one.standings:
            if place.receiver.pk == receiver:
                return one, place
    return None


def version_names(on: date | None = None) -> dict[UUID, tuple[str, str]]:
    """Every version's document title and number. A name that came later than the day is better than none."""
    titles = {document.pk: document.title for document in [*rows(SteeringDocument), *rows(SteeringDocument, on)]}
    versions = [*rows(DocumentVersion), *(rows(DocumentVersion, on) if on else ())]
    return {version.pk: (titles.get(version.document_id, ""), version.number) for version in versions}


def ended_by(day: date) -> dict[str, str]:
    """The actors that have been parties and are not on a day, with why ("gick upp i ...")."""
    now = {actor.code for actor in parties(day)}
    past = ActorVersion.objects.filter(valid_to__lte=day).order_by("valid_to")
    return {one.actor_id: one.why_ended or str(where.NOT_PARTY) for one in past if one.actor_id not in now}


def waiting_for(actor: str, on: date | None = None) -> list[tuple[Asked, Standing]]:
    """What an actor has been asked to decide on and has not finally decided, the most urgent first."""
    found = [(one, place) for one in asked(on) for place in one.standings if place.actor.code == actor and place.waits]
    return sorted(found, key=lambda pair: pair[1].reply_by)


def of_actor(actor: str, on: date | None = None) -> list[tuple[Asked, Standing]]:
    """All that an actor has been asked to decide on, latest first."""
    return [(one, place) for one in asked(on) for place in one.standings if place.actor.code == actor]


def waiting(on: date | None = None) -> list[tuple[Asked, Standing]]:
    """What is late, of all dispatches, the longest first: what waits for whom, for the secretariat's first page."""
    late = [(one, place) for one in asked(on) for place in one.standings if place.late]
    return sorted(late, key=lambda pair: pair[1].reply_by)


def planned(on: date | None = None) -> list[tuple[Asked, Standing]]:
    """The meetings that are planned to decide, and those that have been without an answer; the first day first."""
    found = [(about, one) for about in asked(on) for one in about.standings if one.waits and one.receiver.planned_on]
    return sorted(found, key=lambda pair: pair[1].receiver.planned_on or date.max)

"""The demonstration's adoption: a version has been out for seven months, and the parties are at very different places.

All of it is made up, and says so.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid5

from samlad.governance import record
from samlad.governance.adoption import actions
from samlad.governance.adoption.models import AdoptionDecision, AdoptionLetter, Dispatch, LetterKind, Outcome, Receiver
from samlad.governance.documents.queries import Library, out_for_adoption
from samlad.governance.models import DocumentVersion
from samlad.journal.who import SYSTEM
from samlad.registers.queries import actor_view, today

MADE_UP: Final = "Påhittat för demonstrationen"
KEY: Final = UUID("5a4d1ad0-0000-5000-8000-64656d6f0001")
REPLY_IN, YEAR = timedelta(days=47), timedelta(days=365)
ABOUT: Final = (
    "Målbilden har tagits fram av parterna tillsammans, föredragits vid Regionala rådet och godkänts av Regionala"
    " chefsgruppen. Den sänds nu till var och en för eget antagande. Sänd gärna protokollsutdrag.\n\n"
    "(Påhittat för demonstrationen.)"
)
BODIES: Final = {
    "municipality": ("Kommunstyrelsen", "Kommunstyrelsens arbetsutskott", "KS"),
    "region": ("Regionstyrelsen", "Regionstyrelsens arbetsutskott", "RS"),
    "state": ("Myndighetschefen", "", "DNR"),
    "blue_light": ("Direktionen", "Presidiet", "DIR"),
    "traffic": ("Styrelsen", "Ledningsgruppen", "TR"),
    "other": ("Verkställande direktören", "", "VD"),
}
WAITING: Final = frozenset({"nacka", "norrtalje", "sodertalje", "trafikverket", "upplands-bro", "varmdo", "nynashamn"})
PLANNED: Final = frozenset({"nacka", "norrtalje", "trafikverket"})
UNUSUAL: Final = {
    "solna": (Outcome.CONDITION, "Målbilden antas under förutsättning att samverkan utvärderas efter ett år."),
    "ekero": (Outcome.CONDITION, "Målbilden antas under förutsättning att kostnaden ryms inom beslutad budget."),
    "region-stockholm": (Outcome.FILED, ""),
    "sos-alarm": (Outcome.SIGNED, ""),
    "botkyrka": (Outcome.REFERRED_BACK, ""),
}  # fmt: skip


def remember() -> None:
    """Make what is not there yet: of the versions that the documents' demonstration has made up."""
    library = Library()
    for holding in out_for_adoption(today()):
        if holding.document.source == MADE_UP:
            step = holding.standing.since or today()
            sent_out(holding.version, step, today() + REPLY_IN, _go_on, reminds=True)
    for version in library.versions.values():
        out = [step.on for step in library.steps[version.pk] if step.status == "out"]
        if version.source == MADE_UP and out and library.standing(version, today()).status == "in_force":
            sent_out(version, out[0], out[0] + YEAR, _all_in, reminds=False)


def sent_out(
    version: DocumentVersion, sent: date, reply_by: date, go_on: Callable[[Receiver, int], None], *, reminds: bool
) -> None:
    """Send a version out, and let each actor come as far as `go_on` says."""
    key = uuid5(KEY, str(version.pk))
    if record.row(Dispatch, key) is not None:
        return
    dispatch = Dispatch(
        id=key, version=version, sent_on=sent, reply_by=reply_by, about=ABOUT, source=MADE_UP, reminds=reminds
    )
    actions.send_out(dispatch, by=SYSTEM)
    for place, receiver in enumerate(record.rows(Receiver, dispatch_id=key)):
        letter = AdoptionLetter(
            id=uuid5(receiver.pk, f"sent:{sent}"), receiver=receiver, kind=LetterKind.SENT, told_on=sent,
            emails=receiver.emails,
        )  # fmt: skip
        record.save(letter, by=SYSTEM, new=True)
        go_on(receiver, place)


def _go_on(receiver: Receiver, place: int) -> None:
    """How far an actor has come: most have decided, some are on their way, a few have not been heard of."""
    actor = actor_view(receiver.actor_id, today())
    if actor is None:
        return
    body, preparing, series = BODIES[actor.category]
    receiver.reference = f"{series} {receiver.sent_on.year}/{101 + place * 7}"
    if actor.code in WAITING:
        if actor.code in PLANNED:
            receiver.planned_body, receiver.planned_on = body, workday(today() + timedelta(days=9 + place % 20))
            receiver.preparing_body = preparing
            receiver.prepared_on = workday(today() - timedelta(days=12)) if preparing else None
        elif place % 2:
            receiver.reference = ""
        record.save(receiver, by=SYSTEM)
        return
    _decide(receiver, place, *UNUSUAL.get(actor.code, (Outcome.ADOPTED, "")))


def _all_in(receiver: Receiver, place: int) -> None:
    """All have adopted."""
    _decide(receiver, place, Outcome.ADOPTED, "")


def _decide(receiver: Receiver, place: int, outcome: Outcome, condition: str) -> None:
    actor = actor_view(receiver.actor_id, receiver.sent_on)
    if actor is None:
        return
    body, preparing, series = BODIES[actor.category]
    decided = workday(receiver.sent_on + timedelta(days=40 + place * 53 % 176))
    decision = AdoptionDecision(
        id=uuid5(receiver.pk, "decision"), receiver=receiver, outcome=outcome, condition=condition,
        deciding_body=body, decided_on=decided, paragraph=str(40 + place * 11 % 130),
        reference=f"{series} {receiver.sent_on.year}/{101 + place * 7}", preparing_body=preparing,
        prepared_on=workday(decided - timedelta(days=21)) if preparing else None,
        prepared_paragraph=str(20 + place * 7 % 90) if preparing else "",
    )  # fmt: skip
    record.save(decision, by=SYSTEM, new=True)


def workday(day: date) -> date:
    """The Monday after where a day is in a week's end."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)

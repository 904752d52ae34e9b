"""The demonstration's adoption: a version has been out for seven months, and the parties are at very different places.

All of it is made up, and says so.
"""

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
SENT_AGO, REPLY_IN = timedelta(days=228), timedelta(days=47)
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
    """Make what is not there yet."""
    if record.row(Dispatch, KEY) is not None:
        return
    version = version_out()
    if version is None:
        return
    sent = today() - SENT_AGO
    dispatch = Dispatch(id=KEY, version=version, sent_on=sent, reply_by=today() + REPLY_IN, about=ABOUT, source=MADE_UP)
    actions.send_out(dispatch, by=SYSTEM)
    for place, receiver in enumerate(record.rows(Receiver, dispatch_id=KEY)):
        letter = AdoptionLetter(
            id=uuid5(receiver.pk, f"sent:{sent}"), receiver=receiver, kind=LetterKind.SENT, told_on=sent,
            emails=receiver.emails,
        )  # fmt: skip
        record.save(letter, by=SYSTEM, new=True)
        _go_on(receiver, place)


def version_out() -> DocumentVersion | None:
    """What is out for adoption: the latest version that is; None where there is none."""
    library = Library()
    out = [holding.version for holding in out_for_adoption(today())]
    own = [version for version in out if library.document_of(version).binding == "own_decision"]
    return max(own or out, key=lambda version: version.valid_from or date.min, default=None)


def _go_on(receiver: Receiver, place: int) -> None:
    """How far an actor has come: most have decided, some are on their way, a few have not been heard of."""
    actor = actor_view(receiver.actor_id, today())
    if actor is None:
        return
    body, preparing, series = BODIES[actor.category]
    receiver.reference = f"{series} {receiver.sent_on.year}/{101 + place * 7}"
    days = 40 + place * 53 % 176
    decided = workday(receiver.sent_on + timedelta(days=days))
    prepared = workday(decided - timedelta(days=21))
    if actor.code in WAITING:
        if actor.code in PLANNED:
            receiver.planned_body, receiver.planned_on = body, workday(today() + timedelta(days=9 + place % 20))
            receiver.preparing_body = preparing
            receiver.prepared_on = workday(today() - timedelta(days=12)) if preparing else None
        elif place % 2:
            receiver.reference = ""
        record.save(receiver, by=SYSTEM)
        return
    outcome, condition = UNUSUAL.get(actor.code, (Outcome.ADOPTED, ""))
    record.save(receiver, by=SYSTEM)
    decision = AdoptionDecision(
        id=uuid5(receiver.pk, "decision"), receiver=receiver, outcome=outcome, condition=condition,
        deciding_body=body, decided_on=decided, paragraph=str(40 + place * 11 % 130), reference=receiver.reference,
        preparing_body=preparing, prepared_on=prepared if preparing else None,
        prepared_paragraph=str(20 + place * 7 % 90) if preparing else "",
    )  # fmt: skip
    record.save(decision, by=SYSTEM, new=True)


def workday(day: date) -> date:
    """The Monday after where a day is in a week's end."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)

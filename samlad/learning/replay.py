"""Reading what others have written into an operation of its own, so that the picture comes out as it would have.

A replayed operation is marked as an exercise: it can never be taken for something that is happening. Its actors come
from the data and are none of the register's, whose parties may read it but have nothing to answer in it. Running the
same folder into the same operation again adds nothing: each report's id follows from what it says.
"""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from samlad.activation.actions import raise_operation
from samlad.base import canonical
from samlad.base.ids import new_id
from samlad.base.refused import Refused, Unavailable
from samlad.journal import operations
from samlad.journal.entries import Participant
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM, Who
from samlad.learning.ids import derived_id
from samlad.learning.readers.folder import read, read_folder
from samlad.learning.readers.names import slug
from samlad.learning.told import Fault, Told
from samlad.picture.actions import file_report
from samlad.picture.entries import ReportFiled
from samlad.registers.queries import actors_ever, parties, today

REPLAYER: Final = "system"
MOST_ACTORS: Final = 2_000
NUMBERS: Final = re.compile(
    r"/?\s*\b\d+(?:e|er|[èe]me|:e|:a|th|st)\s+\w+|\b(?:kl\.?|den|uppdaterad|sitrep|nr|n°|vecka)\b|[\d:.,/°-]{2,}|\d+",
    re.IGNORECASE,
)
Tell = Callable[[Fault], None]


class Outcome(msgspec.Struct):
    """What a replay did."""

    operation: UUID | None = None
    title: str = ""
    reports: int = 0
    repeated: int = 0
    actors: int = 0
    refused: int = 0


def replay(
    source: Path,
    *,
    tell: Tell,
    speed: float | None = None,
    title: str = "",
    operation: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    stopping: threading.Event | None = None,
) -> Outcome:
    """Read a folder or a file into an operation: a new one, or one that was made by an earlier replay.

    `speed` waits as long between two reports as lay between them, divided by it; None waits not at all. `since` and
    `until` leave out what is told of other times. Each thing that can't be read or is refused goes to `tell`. Raises
    Refused where there is no such operation to go on with.
    """
    outcome = Outcome(operation=operation)
    told: list[Told] = []
    for one in read_folder(source) if source.is_dir() else read(source):
        if isinstance(one, Fault):
            outcome.refused += 1
            tell(one)
        elif (since is None or one.at >= since) and (until is None or one.at < until):
            told.append(one)
    told.sort(key=lambda one: (one.at, one.file, one.line))
    if not told:
        return outcome
    codes = joined_codes(operation) if operation else codes_for(told)
    outcome.operation = operation or begin(told, codes, title or title_of(told, source))
    outcome.title = basics(outcome.operation, SYSTEM).title
    file_all(told, codes, outcome, tell, speed, stopping or threading.Event())
    return outcome


def file_all(
    told: Sequence[Told],
    codes: dict[str, str],
    outcome: Outcome,
    tell: Tell,
    speed: float | None,
    stopping: threading.Event,
) -> None:
    """File the reports in order of time."""
    assert outcome.operation is not None
    heard: set[str] = set()
    before: datetime | None = None
    for one in told:
        if speed and before and stopping.wait(max((one.at - before) / timedelta(seconds=1), 0) / speed):
            return
        before = one.at
        try:
            repeated = file(outcome.operation, one, codes)
        except (Refused, Unavailable) as refused:
            outcome.refused += 1
            tell(Fault(one.file, one.line, str(refused.sentence)))
            continue
        outcome.repeated += repeated
        outcome.reports += not repeated
        heard.add(one.actor)
    outcome.actors = len({codes.get(slug(name), name) for name in heard})


def file(operation: UUID, one: Told, codes: dict[str, str]) -> bool:
    """File one report, own or conveyed; returns whether it was there before. Raises Refused and Unavailable."""
    actor = codes.get(slug(one.actor))
    if actor is None:
        raise Refused(_("%(actor)s takes no part in this operation.") % {"actor": one.actor})
    conveyor = codes.get(slug(one.conveyed_by), actor) if one.conveyed_by else actor
    report = ReportFiled(
        status=one.status,
        as_of=one.at,
        source=one.source,
        unchanged=one.unchanged,
        figures=one.figures,
        conveyed_by="" if conveyor == actor else conveyor,
    )
    report = msgspec.structs.replace(report, **one.texts)
    content = canonical.encode([actor, msgspec.to_builtins(report)]).decode()
    receipt = file_report(
        by=Who(REPLAYER, conveyor, frozenset({"liaison"}), one.conveyed_by or one.actor),
        operation=operation,
        report=report,
        actor=actor,
        id=derived_id(operation, content),
        occurred_at=one.at,
    )
    return receipt.repeated


def begin(told: Sequence[Told], codes: dict[str, str], title: tuple[str, str] | str) -> UUID:
    """Open the operation at the time of its first report. Raises Refused."""
    names = {code: name for name, code in named_codes(told, codes)}
    if len(names) > MOST_ACTORS:
        raise Refused(_("The data names %(count)s different actors. Replay a part of it.") % {"count": len(names)})
    what, where = title if isinstance(title, tuple) else (title, place_of(told))
    convening = codes[slug(told[0].actor)]
    return raise_operation(
        by=Who(REPLAYER, convening, frozenset({"rsk", "tib"}), REPLAYER),
        what=what,
        where=where,
        participants=[Participant(code, name, short(name)) for code, name in names.items()],
        observers=[party.code for party in parties(today())],
        kind="exercise",
        operation=new_id(),
        occurred_at=told[0].at.astimezone(UTC),
        convening=convening,
        replayed=True,
    )


def everybody(told: Iterable[Told]) -> list[str]:
    """The names of all who report, convey, or are expected to: those who report most come first."""
    counted = Counter(one.actor for one in told)
    others = [name for one in told for name in (one.conveyed_by, *one.named) if name]
    return [*(name for name, _count in counted.most_common()), *dict.fromkeys(others)]


def codes_for(told: Sequence[Told]) -> dict[str, str]:
    """A code for each actor of the data by the slug of its name, none of them a code of the register."""
    taken = {actor.code for actor in actors_ever()}
    codes: dict[str, str] = {}
    for name in everybody(told):
        key = slug(name)
        if key not in codes:
            code, number = key or "aktor", 2
            while code in taken:
                code, number = f"{key or 'aktor'}-{number}", number + 1
            codes[key] = code
            taken.add(code)
    return codes


def named_codes(told: Sequence[Told], codes: dict[str, str]) -> list[tuple[str, str]]:
    """(name, code) of each actor, under the name that the data first gives it, in alphabetical order."""
    names: dict[str, str] = {}
    for name in everybody(told):
        names.setdefault(codes[slug(name)], name)
    return sorted(((name, code) for code, name in names.items()), key=lambda pair: pair[0].casefold())


def joined_codes(operation: UUID) -> dict[str, str]:
    """The codes of an operation that goes on, by the slugs of the names. Raises Refused."""
    if not operations.readable(SYSTEM).filter(id=operation).exists() or not basics(operation, SYSTEM).replayed:
        raise Refused(_("There is no replayed operation %(id)s.") % {"id": operation})
    return {slug(one.name): code for code, one in basics(operation, SYSTEM).participants.items()}


def short(name: str) -> str:
    """A name short enough for a list."""
    return name if len(name) <= 40 else name[:39].rstrip() + "…"


def title_of(told: Sequence[Told], source: Path) -> tuple[str, str]:
    """What and where, from what most of the reports call themselves and speak of."""
    titles = Counter(" ".join(NUMBERS.sub(" ", one.title).split()).strip(" ,.-–:") for one in told)
    titles.pop("", None)
    most = titles.most_common(1)
    # A title that only a few share is the title of a few.
    common = most[0][0] if most and most[0][1] * 3 >= len(told) else ""
    name = (source.resolve().stem or "data").replace("_", " ").replace("-", " ")
    return common or name[0].upper() + name[1:], place_of(told)


def place_of(told: Sequence[Told]) -> str:
    """Where it is about: the place most reports name, else the actor that reports most, else how many there are."""
    for values in ([one.place for one in told if one.place], [one.actor for one in told]):
        if values:
            name, count = Counter(values).most_common(1)[0]
            if count * 2 >= len(told):
                return name
    return _("%(count)s actors") % {"count": len({slug(one.actor) for one in told})}

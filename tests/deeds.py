"""What people do in an operation, as a sequence that Hypothesis makes up and `play` carries out.

A deed that is refused is no fault: what matters is what the journal holds afterwards.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.http import Http404
from hypothesis import strategies as st

from samlad.activation.actions import acknowledge, set_levels
from samlad.base import clock
from samlad.base.ids import follows, new_id
from samlad.base.refused import Refused
from samlad.journal import files, read
from samlad.journal.actions import change_marking, leave_pointer, narrow, widen
from samlad.journal.entries import ALL, OWN, Audience, Entry, Marking, PointerLeft
from samlad.journal.who import SYSTEM, Who
from samlad.picture.actions import (
    drop_statement,
    file_report,
    file_unchanged,
    publish,
    set_deadline,
    take_statement,
    write_assessment,
)
from samlad.picture.entries import Figure, ReportFiled
from samlad.picture.lines import Line
from samlad.registers.tests.cast import Everybody
from samlad.web.tests.scene import snow
from tests.calling_deeds import CALLING

BEGAN: Final = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
BOARD: Final = "lansstyrelsen-stockholm"
WRITERS: Final = ("liaison", "duty_officer", "outsider", "rsk", "picture_lead", "chief", "lent")
AUDIENCES: Final = (
    ALL,
    OWN,
    OWN,
    Audience("actors", ("nacka",)),
    Audience("actors", (BOARD,)),
    Audience("actors", ("nacka", BOARD)),
    Audience("actors", ("sodertalje", "polisregion-stockholm")),
    Audience("level", level="inriktande"),
    Audience("level", level="samordnande"),
    Audience("public"),
)


@dataclass(frozen=True)
class Deed:
    """One thing that somebody does, or tries to do; `which` chooses among the entries that there are by then."""

    what: str
    by: str
    audience: Audience
    marked: bool
    line: bool
    which: int
    minutes: int


@dataclass
class Clock:
    """Stands in for the clock's datetime: it is the time that it is told to be."""

    moment: datetime = field(default=BEGAN)

    def now(self, _zone: object) -> datetime:
        """The moment."""
        return self.moment


@dataclass(frozen=True)
class Scene:
    """An operation in which things are done."""

    cast: Everybody
    operation: UUID
    held: Clock

    def who(self, name: str) -> Who:
        """One of the cast."""
        return self.cast.members()[name].who

    def entries(self, who: Who, *kinds: str) -> list[Entry]:
        """What somebody may read, of some kinds."""
        return [entry for _number, entry in read.entries(self.operation, who, kinds=frozenset(kinds) or None)]


def token(scene: Scene, deed: Deed) -> str:
    """A word that stands in what this deed writes and nowhere else."""
    return f"ord{len(scene.entries(SYSTEM))}av{deed.by.replace('_', '')}"


def report(scene: Scene, deed: Deed, corrects: UUID | None = None) -> None:
    """File a report, perhaps marked, perhaps with a line to the others."""
    word, at = token(scene, deed), clock.now()
    status: Any = ("green", "yellow", "red", "black")[deed.which % 4]
    texts: dict[str, Any] = {"event": f"Händer {word}", "consequences": f"Följd {word}", "needs": f"Behöver {word}"}
    figures = (Figure("Utan el", Decimal(deed.which), "hushåll"), Figure(f"Antal {word}", Decimal(1)))
    told = ReportFiled(status, at, figures=figures, **texts)
    marking = Marking("OSL 18:13", "TiB", at) if deed.marked else None
    limited = deed.audience.to not in ("all", "public")
    line = Line(f"Rad {deed.which}", at + timedelta(hours=2)) if deed.line and limited else None
    chart = files.Held(f"karta-{word}.txt", "text/plain", f"Karta {word}".encode(), True)
    file_report(
        attached=[chart] if deed.which % 4 == 1 else (),
        by=scene.who(deed.by), operation=scene.operation, report=told, audience=deed.audience, marking=marking,
        line=line, corrects=corrects,
    )  # fmt: skip


def correct(scene: Scene, deed: Deed) -> None:
    """Correct one of one's own reports, for whatever readers."""
    report(scene, deed, chosen(scene, deed, "picture.report_filed").id)


def point(scene: Scene, deed: Deed) -> None:
    """Leave a pointer to what may not be here."""
    told = PointerLeft(f"Något {token(scene, deed)}", "Nacka", "Ring")
    leave_pointer(by=scene.who(deed.by), operation=scene.operation, pointer=told, audience=deed.audience, id=new_id())


def chosen(scene: Scene, deed: Deed, *kinds: str) -> Entry:
    """One of the entries that whoever does it may read. Raises Refused where there is none."""
    found = scene.entries(scene.who(deed.by), *kinds)
    if not found:
        raise Refused("nothing there")
    return found[deed.which % len(found)]


def take(scene: Scene, deed: Deed) -> None:
    """Take a statement from a report into the picture."""
    source = chosen(scene, deed, "picture.report_filed")
    take_statement(
        by=scene.who(deed.by), operation=scene.operation, block="event", text=token(scene, deed), report=source.id
    )


def assess(scene: Scene, deed: Deed) -> None:
    """Write the assessment over whatever was there."""
    before = scene.entries(scene.who(deed.by), "picture.assessment_written")
    write_assessment(
        by=scene.who(deed.by), operation=scene.operation, status="red", text=token(scene, deed),
        replaces=before[-1].id if before else None,
    )  # fmt: skip


def mark(scene: Scene, deed: Deed) -> None:
    """Mark an entry as secret, or take its marking away."""
    marking = Marking("OSL 21:7", "TiB", clock.now()) if deed.marked else None
    change_marking(
        by=scene.who(deed.by), operation=scene.operation, entry=chosen(scene, deed).id, marking=marking, reason="skäl"
    )


DEEDS: Final[dict[str, Callable[[Scene, Deed], object]]] = {
    "report": report,
    "correct": correct,
    "unchanged": lambda scene, deed: file_unchanged(by=scene.who(deed.by), operation=scene.operation),
    "acknowledge": lambda scene, deed: acknowledge(by=scene.who(deed.by), operation=scene.operation, affected="yes"),
    "levels": lambda scene, deed: set_levels(
        by=scene.who(deed.by), operation=scene.operation, mode="activated", levels=("inriktande",), reason="värre"
    ),
    "deadline": lambda scene, deed: set_deadline(
        by=scene.who(deed.by), operation=scene.operation, at=clock.now() + timedelta(minutes=deed.minutes)
    ),
    "take": take,
    "drop": lambda scene, deed: drop_statement(
        by=scene.who(deed.by),
        operation=scene.operation,
        statement=chosen(scene, deed, "picture.statement_taken").id,
    ),
    "assess": assess,
    "publish": lambda scene, deed: publish(by=scene.who(deed.by), operation=scene.operation),
    "mark": mark,
    "point": point,
    "widen": lambda scene, deed: widen(
        by=scene.who(deed.by), operation=scene.operation, entry=chosen(scene, deed, "picture.report_filed").id,
        audience=deed.audience, reason="skäl", reexamined=True,
    ),
    "narrow": lambda scene, deed: narrow(
        by=scene.who(deed.by), operation=scene.operation, entry=chosen(scene, deed, "picture.report_filed").id,
        audience=deed.audience, reason="skäl",
    ),
    **CALLING,
}  # fmt: skip
OFTEN: Final = (*DEEDS, "report", "report", "report", "widen", "widen", "narrow", "narrow", "take", "publish")
LEADING: Final = {"take", "drop", "assess", "publish", "deadline", "levels", *CALLING}


def deed(what: str) -> st.SearchStrategy[Deed]:
    """Something of a sort, by somebody who might."""
    by = ("picture_lead", "rsk") if what in LEADING else WRITERS
    return st.builds(
        Deed, st.just(what), st.sampled_from(by), st.sampled_from(AUDIENCES), st.booleans(), st.booleans(),
        st.integers(0, 11), st.integers(0, 30),
    )  # fmt: skip


deeds: Final = st.lists(st.sampled_from(OFTEN).flatmap(deed), min_size=3, max_size=14)
"""What happens in an operation after it has been opened."""


def begin(cast: Everybody, held: Clock) -> Scene:
    """Snow over the county, raised by Nacka, with a report from Södertälje to all and one to Nacka alone."""
    held.moment = BEGAN
    scene = Scene(cast, snow(cast), held)
    first = Deed("report", "liaison", ALL, False, False, 1, 1)
    play(scene, [first, Deed("report", "liaison", Audience("actors", ("nacka",)), False, True, 2, 1)])
    return scene


def play(scene: Scene, done: Iterable[Deed]) -> None:
    """Do it, one after the other."""
    for one in done:
        scene.held.moment += timedelta(minutes=one.minutes, seconds=7)
        try:
            DEEDS[one.what](scene, one)
        except (Refused, Http404):
            continue


UNKNOWN: Final = follows(new_id())
"""An id that nothing has."""

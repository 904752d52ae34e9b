"""The demonstration's joint goals, of this period and the next. Made up, and say so."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from samlad.governance.documents import demo as documents
from samlad.governance.documents.demo import MADE_UP, YEARS
from samlad.governance.documents.models import DocumentVersion
from samlad.governance.goals import importing
from samlad.governance.goals.importing import Importing
from samlad.governance.goals.models import Capability, SubCapability, Vision
from samlad.governance.goals.rows import AreaRow, GoalRow, VisionRow
from samlad.journal.who import SYSTEM
from samlad.registers.queries import today

AIM: Final = (
    "Påhittat för demonstrationen. Tillsammans ska aktörerna kunna hantera samhällsstörningar i vardag, kris och höjd"
    " beredskap."
)
AREAS: Final[Sequence[tuple[str, str, Sequence[tuple[str, Sequence[str]]]]]] = (
    ("1", "Robusthet och uthållighet", (
        ("Aktörerna ska tillsammans kunna hålla ut i en långvarig störning.", ["3.1", "3.3"]),
        ("Reservvägar för ledning och samband ska vara kända och prövade.", ["3.3"]),
    )),
    ("2", "Säker informationsdelning", (
        ("Skyddsvärda uppgifter ska kunna delas mellan aktörerna, också när de är brådskande.", ["2.2"]),
        ("Den samlade lägesbilden ska bli användbar tidigare.", ["2.1", "2.3", "2.4"]),
    )),
    ("3", "Samordnad kommunikation", (
        ("Allmänheten ska få samma besked från alla aktörer.", ["5"]),
    )),
    ("4", "Samma strukturer vid höjd beredskap", (
        ("Arbetssätten ska fungera när samverkan övergår till ledning.", ["4.3", "4.1"]),
        ("Aktivering ska ske lågt och tidigt, också i gråzon.", ["1.2", "1.3"]),
    )),
)  # fmt: skip
"""Made up after what the sources say that the real goal areas touched; none of it is anybody's wording."""


def remember() -> None:
    """Make what is not there yet."""
    first, last = documents.period(today())
    for start, areas in ((first, AREAS[:3]), (last + 1, AREAS)):
        made_goals(start, areas)


def made_goals(first: int, areas: Sequence[tuple[str, str, Sequence[tuple[str, Sequence[str]]]]]) -> None:
    """The goals of a period, unless there are any."""
    code = documents.code(first)
    if Vision.objects.filter(code=code).exists():
        return
    known = {*Capability.objects.values_list("code", flat=True), *SubCapability.objects.values_list("code", flat=True)}
    stands_in = DocumentVersion.objects.filter(document__code=code, number="1.0").exists()
    work, last = Importing(SYSTEM, ""), first + YEARS - 1
    importing.put_vision(
        work,
        VisionRow(
            code, f"Gemensam målbild {first}–{last} (påhittad)", date(first, 1, 1), date(last, 12, 31), AIM,
            code if stands_in else "", "1.0" if stands_in else "", MADE_UP,
        ),
    )  # fmt: skip
    for area, name, goals in areas:
        importing.put_area(work, AreaRow(code, area, name, source=MADE_UP))
        for number, (text, aims) in enumerate(goals, 1):
            aims_at = [one for one in aims if one in known]
            importing.put_goal(work, GoalRow(code, area, f"{area}-{number}", text, aims_at, MADE_UP))

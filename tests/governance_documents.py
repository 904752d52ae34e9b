"""What the scene has of steering documents and joint goals: a version with a step, a part, a file; a goal that aims."""

from datetime import date
from typing import Any, Final

from samlad.base.ids import new_id
from samlad.governance import record
from samlad.governance.documents import actions
from samlad.governance.goals import importing
from samlad.governance.goals.file import read
from samlad.governance.models import DocumentVersion, Goal, GoalArea, SteeringDocument, VersionPart, VersionStep
from samlad.journal.files import Held
from samlad.registers.tests.cast import Everybody

MISSING_DOCUMENTS: Final = {
    name: new_id() for name in ("document", "edition", "step", "belonging", "attachment", "vision", "goal_area", "goal")
}
FILE: Final = """
[[capability]]
code = "1"
name = "Aktivera"
[[sub_capability]]
code = "1.1"
capability = "1"
name = "Larma"
[[vision]]
code = "malbild"
title = "Målbild"
first_day = 2027-01-01
last_day = 2030-12-31
[[area]]
vision = "malbild"
code = "1"
name = "Robusthet"
[[goal]]
vision = "malbild"
area = "1"
code = "1"
text = "Hålla ut"
aims_at = ["1.1"]
"""


def library(cast: Everybody) -> dict[str, Any]:
    """A row of each table; returns what stands in the addresses."""
    kansli = cast.secretariat.who
    document = SteeringDocument(id=new_id(), code="modell", title="Modell", kind="other", binding="with_the_whole")
    editions = [DocumentVersion(id=new_id(), document=document, number=number) for number in ("1.0", "2.0")]
    step = VersionStep(id=new_id(), version=editions[0], status="presented", on=date(2026, 1, 1))
    part = VersionPart(id=new_id(), whole=editions[0], part=editions[1])
    for row in (document, *editions, step, part):
        record.save(row, by=kansli, new=True)
    held = [Held("modell.txt", "text/plain", b"En modell.", True)]
    (paper,) = actions.keep_files(held, of=editions[0].pk, by=kansli)
    importing.take_in(read("goals.toml", FILE.encode()).content, by=kansli, reason="")
    return {
        "document": document.code,
        "edition": editions[0].pk,
        "step": step.pk,
        "belonging": part.pk,
        "attachment": paper.pk,
        "vision": "malbild",
        "goal_area": GoalArea.objects.get(vision__code="malbild").pk,
        "goal": Goal.objects.get(area__vision__code="malbild").pk,
    }

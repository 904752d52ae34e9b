"""What governance has in the scene that the proofs stand on: one row of each table, and the names in its addresses."""

from typing import Any, Final
from uuid import UUID

from samlad.base.ids import new_id
from samlad.governance import papers
from samlad.journal.files import Held
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody
from tests.governance_adoption import MISSING_ADOPTION, adoption
from tests.governance_bodies import MISSING_BODIES, bodies
from tests.governance_documents import MISSING_DOCUMENTS, library
from tests.governance_lent import MISSING_LENT, lent_staff
from tests.governance_money import MISSING_MONEY, money
from tests.governance_plan import MISSING_PLAN, annual_plan

MISSING_IN_GOVERNANCE: Final = (
    {"paper": new_id()}
    | MISSING_DOCUMENTS
    | MISSING_MONEY
    | MISSING_BODIES
    | MISSING_LENT
    | MISSING_ADOPTION
    | MISSING_PLAN
)
"""The same names for what is not there."""


def in_governance(cast: Everybody) -> dict[str, Any]:
    """A row of each of governance's tables; returns what stands in the addresses."""
    return (
        {"paper": a_paper(cast), "dataset": "fees"}
        | money(cast, today().year)
        | bodies(cast)
        | lent_staff(cast)
        | adoption(cast)
        | library(cast)
        | annual_plan(cast)
    )


def a_paper(cast: Everybody) -> UUID:
    """A file that all parties may fetch."""
    held = [Held("avtal.txt", "text/plain", b"Ett avtal.", True)]
    return papers.keep(held, of=new_id(), by=cast.secretariat.who)[0].pk

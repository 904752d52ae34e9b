"""The demonstration's governance: each part in the midst of its work. All of it is made up, and says so."""

from samlad.governance.adoption import demo as adoption
from samlad.governance.bodies import demo as bodies
from samlad.governance.documents import demo as documents
from samlad.governance.goals import demo as goals
from samlad.governance.lent import demo as lent
from samlad.governance.money import demo as money
from samlad.governance.plan import demo as plan


def remember() -> None:
    """Make what is not there yet."""
    bodies.remember()
    documents.remember()
    goals.remember()
    adoption.remember()
    money.remember()
    lent.remember()
    plan.remember()

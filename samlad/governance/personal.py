"""Governance's personal data: who is a member of what, who is lent, what was recorded by whom."""

from typing import Final

from samlad.base.personal import Holding
from samlad.governance.adoption.personal import ADOPTION_HOLDINGS, NO_PERSONS_IN_ADOPTION
from samlad.governance.bodies.personal import BODY_HOLDINGS
from samlad.governance.lent.personal import LENT_HOLDINGS

HOLDINGS: Final[tuple[Holding, ...]] = (
    *ADOPTION_HOLDINGS,
    *BODY_HOLDINGS,
    *LENT_HOLDINGS,
)
NO_PERSONAL_DATA: Final = (
    *NO_PERSONS_IN_ADOPTION,
    "governance.reportsection",
    "governance.planyear",
    "governance.planstance",
    "governance.followup",
    "governance.annualreport",
    "governance.activity",
    "governance.body",
    "governance.meetingcall",
    "governance.poolrates",
    "governance.openset",
    "governance.paper",
    "governance.papercontent",
    "governance.billingparty",
    "governance.budget",
    "governance.budgetline",
    "governance.fee",
    "governance.feerun",
    "governance.forecast",
    "governance.othersshare",
    "governance.outcome",
    "governance.steeringdocument",
    "governance.documentversion",
    "governance.versionstep",
    "governance.versionpart",
    "governance.vision",
    "governance.goalarea",
    "governance.goal",
    "governance.capability",
    "governance.subcapability",
    "governance.goalcapability",
)

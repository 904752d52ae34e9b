"""Governance's tables, each beside what works with it. All are changed through `record`, which keeps their history.

Days are days in Stockholm; money is decimals in Swedish kronor; ids are UUIDs, made by the form.
"""

from samlad.governance.adoption.models import AdoptionDecision as AdoptionDecision
from samlad.governance.adoption.models import AdoptionLetter as AdoptionLetter
from samlad.governance.adoption.models import Dispatch as Dispatch
from samlad.governance.adoption.models import Receiver as Receiver
from samlad.governance.bodies.models import AgendaItem as AgendaItem
from samlad.governance.bodies.models import Attendance as Attendance
from samlad.governance.bodies.models import Body as Body
from samlad.governance.bodies.models import BodyMember as BodyMember
from samlad.governance.bodies.models import ItemMinutes as ItemMinutes
from samlad.governance.bodies.models import Meeting as Meeting
from samlad.governance.bodies.models import MeetingCall as MeetingCall
from samlad.governance.bodies.models import MeetingDecision as MeetingDecision
from samlad.governance.bodies.models import MeetingFeed as MeetingFeed
from samlad.governance.documents.models import DocumentVersion as DocumentVersion
from samlad.governance.documents.models import SteeringDocument as SteeringDocument
from samlad.governance.documents.models import VersionPart as VersionPart
from samlad.governance.documents.models import VersionStep as VersionStep
from samlad.governance.goals.models import Capability as Capability
from samlad.governance.goals.models import Goal as Goal
from samlad.governance.goals.models import GoalArea as GoalArea
from samlad.governance.goals.models import GoalCapability as GoalCapability
from samlad.governance.goals.models import SubCapability as SubCapability
from samlad.governance.goals.models import Vision as Vision
from samlad.governance.lent.models import MonthCost as MonthCost
from samlad.governance.lent.models import PoolBasis as PoolBasis
from samlad.governance.lent.models import PoolMember as PoolMember
from samlad.governance.lent.models import PoolRates as PoolRates
from samlad.governance.lent.models import Secondment as Secondment
from samlad.governance.money.models import BillingParty as BillingParty
from samlad.governance.money.models import Budget as Budget
from samlad.governance.money.models import BudgetLine as BudgetLine
from samlad.governance.money.models import Fee as Fee
from samlad.governance.money.models import FeeRun as FeeRun
from samlad.governance.money.models import Forecast as Forecast
from samlad.governance.money.models import OthersShare as OthersShare
from samlad.governance.money.models import Outcome as Outcome
from samlad.governance.open_data.models import OpenSet as OpenSet
from samlad.governance.paper_models import Paper as Paper
from samlad.governance.paper_models import PaperContent as PaperContent
from samlad.governance.plan.models import Activity as Activity
from samlad.governance.plan.models import AnnualReport as AnnualReport
from samlad.governance.plan.models import FollowUp as FollowUp
from samlad.governance.plan.models import PlanStance as PlanStance
from samlad.governance.plan.models import PlanYear as PlanYear
from samlad.governance.plan.models import ReportSection as ReportSection

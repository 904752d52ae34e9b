"""The tables of activation. What happens in an operation is in its journal; these are what is prepared beforehand."""

from samlad.activation.card_models import ActionCard as ActionCard
from samlad.activation.state_models import ActorMode as ActorMode
from samlad.activation.state_models import ModeTerms as ModeTerms
from samlad.activation.state_models import NationalState as NationalState
from samlad.activation.template_models import AnswerOption as AnswerOption
from samlad.activation.template_models import BridgeDefault as BridgeDefault
from samlad.activation.template_models import CallOutTemplate as CallOutTemplate
from samlad.activation.template_models import LadderTimes as LadderTimes
from samlad.activation.weekly_models import WeeklyException as WeeklyException
from samlad.activation.weekly_models import WeeklyRun as WeeklyRun
from samlad.activation.weekly_models import WeeklySchedule as WeeklySchedule

"""Learning's tables, as Django finds them."""

from samlad.learning.drill_models import Drill as Drill
from samlad.learning.drill_models import DrillPlan as DrillPlan
from samlad.learning.drill_models import DrillState as DrillState
from samlad.learning.drill_models import Why as Why

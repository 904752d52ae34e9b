"""What is entered in the journal when actors are called together. No Django here."""

from samlad.activation.entries import calling, cards, situation, trigger
from samlad.activation.entries.calling import Acknowledged as Acknowledged
from samlad.activation.entries.calling import Affected as Affected
from samlad.activation.entries.situation import LEVELS as LEVELS
from samlad.activation.entries.situation import LevelsSet as LevelsSet
from samlad.activation.entries.situation import Mode as Mode
from samlad.activation.entries.trigger import Raised as Raised

KINDS = (*trigger.KINDS, *calling.KINDS, *situation.KINDS, *cards.KINDS)

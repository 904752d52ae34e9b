"""What can be done in activation. Each is one function, says who does it, and leaves an entry."""

from samlad.activation.actions.answering import acknowledge as acknowledge
from samlad.activation.actions.assessing import assess as assess
from samlad.activation.actions.assessing import withdraw_call as withdraw_call
from samlad.activation.actions.outside import alarm_by_sms as alarm_by_sms
from samlad.activation.actions.outside import raise_from_outside as raise_from_outside
from samlad.activation.actions.situation import set_levels as set_levels
from samlad.activation.actions.situation import stand_down as stand_down
from samlad.activation.actions.telling import tell_calling as tell_calling
from samlad.activation.actions.trigger import join as join
from samlad.activation.actions.trigger import raise_operation as raise_operation

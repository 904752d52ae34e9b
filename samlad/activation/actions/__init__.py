"""What can be done in activation. Each is one function, says who does it, and leaves an entry."""

from samlad.activation.actions.answering import acknowledge as acknowledge
from samlad.activation.actions.situation import set_levels as set_levels
from samlad.activation.actions.situation import stand_down as stand_down
from samlad.activation.actions.telling import tell_calling as tell_calling
from samlad.activation.actions.trigger import raise_operation as raise_operation

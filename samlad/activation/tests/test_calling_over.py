"""A call whose time is over: nobody is promised that anybody is called by it."""

from typing import Any

import pytest

from samlad.activation.actions.board import name_stand_in, resend
from samlad.activation.tests.calls import call_out, happened, operation_of
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.notify.models import Alert
from samlad.registers.tests.cast import Cast


def test_when_its_time_is_over_or_it_was_withdrawn_nobody_is_promised_a_call(cast: Cast) -> None:
    call = call_out(cast)
    common: dict[str, Any] = {"by": cast.rsk.who, "operation": operation_of(call), "call": call}
    happened(call, "nacka", ("withdrawn", "", "", ""))
    with pytest.raises(Refused):
        resend(**common, actors=["nacka"], id=new_id())
    Alert.objects.filter(pk=call).update(until=now())
    with pytest.raises(Refused, match="Larmets tid är ute"):
        resend(**common, actors=["sodertalje"], id=new_id())
    with pytest.raises(Refused, match="Larmets tid är ute"):
        name_stand_in(**common, actor="sodertalje", person=cast.liaison.person.key, name="L", id=new_id())

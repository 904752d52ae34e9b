"""A journal with entries this version cannot read is not served."""

import pytest
from django.core.management.base import CommandError

from samlad.journal.models import StoredEntry
from samlad.registers.tests.cast import Cast
from samlad.web.management.commands.serve import refuse_unknown_kinds
from samlad.web.tests.scene import snow


def test_known_kinds_are_served(cast: Cast) -> None:
    snow(cast)
    refuse_unknown_kinds()


@pytest.mark.parametrize("change", [{"kind": "picture.dreamt"}, {"version": 99}])
def test_unknown_kinds_are_named(cast: Cast, change: dict[str, object]) -> None:
    operation = snow(cast)
    StoredEntry.objects.filter(operation_id=operation, seq=2).update(**change)
    with pytest.raises(CommandError, match=r"dreamt|version 99"):
        refuse_unknown_kinds()

"""Slow files, sent many at once, do not hold every thread that pages come by."""

from uuid import UUID

import pytest

from samlad.base.refused import Unavailable
from samlad.journal import files
from samlad.journal.files import Upload, taken

OPERATION = UUID("01890000-0000-7000-8000-000000000000")
CALM = Upload("lugnt.txt", b"Lugnt.")


def test_who_finds_no_place_to_wait_is_told_at_once() -> None:
    held = 0
    try:
        while files.PLACES.acquire(blocking=False):
            held += 1
        with pytest.raises(Unavailable):
            taken([CALM], operation=OPERATION)
    finally:
        for _place in range(held):
            files.PLACES.release()
    assert held < 8, "fewer than the threads of the house"
    assert taken([CALM], operation=OPERATION)

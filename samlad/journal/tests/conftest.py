"""Sentences in these tests are compared as they are written in the program."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from samlad.journal import log


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """In English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Nothing is remembered from one test to the next."""
    yield
    log.clear()

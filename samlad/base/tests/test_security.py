"""The security log: known events, keys and codes, and no line that somebody else has written."""

import logging
import re
from pathlib import Path

import pytest

from samlad.base import security

ROOT = Path(__file__).resolve().parents[3]


def noted(caplog: pytest.LogCaptureFixture, event: str, **given: str) -> str:
    """What is written."""
    with caplog.at_level(logging.INFO, "samlad.security"):
        security.noted(event, **given)
    return caplog.messages[-1]


def test_an_event_says_who_where_and_what(caplog: pytest.LogCaptureFixture) -> None:
    line = noted(caplog, "sign_in_refused", person="ab12", actor="nacka", address="192.0.2.1", reason="code")
    assert line == 'sign_in_refused person=ab12 actor=nacka address="192.0.2.1" reason=code'


def test_what_is_not_known_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    assert noted(caplog, "signed_out", person="ab12") == "signed_out person=ab12"


def test_nobody_can_forge_a_word_or_a_line(caplog: pytest.LogCaptureFixture) -> None:
    line = noted(caplog, "sign_in_refused", reason='x" person="admin\nsigned_in person=admin')
    assert line == 'sign_in_refused reason="x\\" person=\\"admin\\nsigned_in person=admin"'


def test_a_value_is_cut(caplog: pytest.LogCaptureFixture) -> None:
    assert len(noted(caplog, "request_refused", reason="å" * 5000)) < 1500


def test_only_listed_events_are_written() -> None:
    with pytest.raises(KeyError):
        security.noted("anything")


def test_every_event_is_explained() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "security-log.md").read_text(), re.MULTILINE))
    assert told == security.EVENTS.keys()

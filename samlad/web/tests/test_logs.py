"""The log: one line for each event, in UTC, without what somebody else wrote."""

import logging
import re

import pytest

from samlad.web.logs import Line


def record(message: str, *values: object, failed: BaseException | None = None) -> str:
    """A line as it is written."""
    raised = (type(failed), failed, failed.__traceback__) if failed else None
    return Line().format(logging.LogRecord("samlad.x", logging.WARNING, __file__, 1, message, values, raised))


def test_a_line_says_when_how_bad_where_and_what() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING samlad\.x it is 5", record("it is %s", 5))


def test_nobody_writes_lines_of_their_own() -> None:
    line = record("not found: %s", "/a\r\n2026-01-01T00:00:00Z INFO samlad.security signed_in\u2028\x1b[2J")
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line and "\\r\\n" in line


def test_what_a_database_says_of_a_row_is_left_out() -> None:
    def refuse() -> None:
        try:
            raise ValueError('null value in column "x"\nDETAIL: Failing row contains (Spaning vid Slussen)')
        except ValueError as error:
            raise RuntimeError("could not be saved") from error

    with pytest.raises(RuntimeError) as failed:
        refuse()
    said = record("failed", failed=failed.value)
    assert "RuntimeError: could not be saved" in said and "ValueError: null value" in said
    assert "in refuse" in said
    assert "Slussen" not in "".join(line for line in said.splitlines() if "raise ValueError" not in line)


def test_a_long_message_of_an_exception_is_cut() -> None:
    assert len(record("failed", failed=ValueError("x" * 10_000))) < 400

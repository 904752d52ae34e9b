"""Times as people on duty read them: Stockholm's clock, in two languages, from now or from an earlier moment."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils.html import escape
from django.utils.translation import override

from samlad.base.templatetags import times

NOW = datetime(2026, 11, 21, 13, 5, 33, tzinfo=UTC)  # 14:05 in Stockholm, a Saturday


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(times, "now", lambda: NOW)


def show(tag: str, moment: datetime | None, language: str = "sv", as_of: datetime | None = None) -> str:
    with override(language):
        return Template("{% load times %}{% " + tag + " moment %}").render(Context({"moment": moment, "as_of": as_of}))


def text(tag: str, moment: datetime, language: str = "sv") -> str:
    return re.sub("<[^>]+>", "", show(tag, moment, language))


def ago(**length: int) -> datetime:
    return NOW - timedelta(**length)


def test_when_it_was_today() -> None:
    shown = show("when", NOW)
    assert ">14:05</time>" in shown
    assert 'datetime="2026-11-21T14:05:33+01:00"' in shown
    assert 'title="lördag 21 november 2026 14:05:33"' in shown
    assert " data-clock>" in shown


@pytest.mark.parametrize(
    ("moment", "swedish", "english"),
    [
        (ago(days=1), "20 nov 14:05", "20 Nov 14:05"),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "2 jul 00:30", "2 Jul 00:30"),
        (datetime(2018, 7, 20, 6, 0, tzinfo=UTC), "20 jul 2018 08:00", "20 Jul 2018 08:00"),
    ],
)
def test_when_it_was_another_day(moment: datetime, swedish: str, english: str) -> None:
    assert text("when", moment) == swedish
    assert text("when", moment, "en") == english


def test_today_is_told_by_stockholm_not_by_utc() -> None:
    assert text("when", datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == "00:30"


@pytest.mark.parametrize(
    ("moment", "swedish", "english"),
    [
        (ago(seconds=59), "nyss", "just now"),
        (ago(minutes=12), "12 min sedan", "12 min ago"),
        (ago(minutes=60), "1 tim sedan", "1 h ago"),
        (ago(hours=3, minutes=5), "3 tim 5 min sedan", "3 h 5 min ago"),
        (ago(hours=27, minutes=5), "27 tim sedan", "27 h ago"),
        (ago(days=9), "9 dygn sedan", "9 days ago"),
        (NOW + timedelta(seconds=30), "nyss", "just now"),  # a device whose clock is fast
    ],
)
def test_age(moment: datetime, swedish: str, english: str) -> None:
    assert text("age", moment) == swedish
    assert text("age", moment, "en") == english


def test_how_long() -> None:
    assert text("how_long", ago(minutes=32)) == "32 min"
    assert " data-how-long>" in show("how_long", ago(minutes=32))


@pytest.mark.parametrize(
    ("left", "swedish", "english"),
    [
        (14 * 60, "om 14 min", "in 14 min"),
        (30, "nu", "now"),
        (-30, "nu", "now"),
        (-8 * 60, "8 min över tiden", "8 min overdue"),
    ],
)
def test_countdown(left: int, swedish: str, english: str) -> None:
    assert text("countdown", NOW + timedelta(seconds=left)) == swedish
    assert text("countdown", NOW + timedelta(seconds=left), "en") == english


def test_an_earlier_page_tells_from_its_moment_and_stands_still() -> None:
    shown = show("age", ago(minutes=30), as_of=ago(minutes=20))
    assert "10 min sedan" in shown
    assert "data-age" not in shown
    assert ">20 nov 14:05<" not in show("when", ago(days=1), as_of=ago(hours=23))


@pytest.mark.parametrize("tag", ["when", "age", "how_long", "countdown", "full_time", "clock_text"])
def test_no_moment_shows_nothing(tag: str) -> None:
    assert show(tag, None) == ""


def test_the_browser_gets_the_same_words() -> None:
    with override("sv"):
        attribute = Template("{% load times %}{% time_words %}").render(Context())
    words = {"now": "nyss", "over": "{} över tiden", "hour": "{} tim"}
    assert all(escape(json.dumps(word, ensure_ascii=False)) in attribute for word in words.values())

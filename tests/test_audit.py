"""The audit of what is locked: known weaknesses stop it, the calendar does not."""

from datetime import date
from typing import Any

from scripts import audit

TODAY = date(2026, 11, 22)
PINS = {"django": "5.2.1", "lxml": "6.0"}
WEAK = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fixed": ["5.2.2"]}


def known(*weaknesses: dict[str, Any], looked_up: str | None = "2026-11-20", version: str = "5.2.1") -> Any:
    """A snapshot in which these are known against Django."""
    return {
        "django": {"version": version, "licence": "BSD", "looked_up": looked_up, "weaknesses": list(weaknesses)},
        "lxml": {"version": "6.0", "licence": "BSD", "looked_up": looked_up, "weaknesses": []},
    }


def accepted(**changed: Any) -> Any:
    """An exception for it."""
    reason = {"why": "We never call it.", "on": date(2026, 11, 1), "until": date(2027, 1, 1)} | changed
    return {"CVE-2026-1": reason}


def test_nothing_known_is_nothing_said() -> None:
    assert audit.faults(PINS, known(), {}, TODAY) == ([], [])


def test_a_known_weakness_stops_it_and_says_what_mends_it() -> None:
    wrong, said = audit.faults(PINS, known(WEAK), {}, TODAY)
    assert wrong == ["django 5.2.1: PYSEC-2026-1, mended in 5.2.2"] and not said


def test_an_explained_one_does_not() -> None:
    assert audit.faults(PINS, known(WEAK), accepted(), TODAY) == ([], [])


def test_an_explanation_wears_out_but_stops_nothing() -> None:
    wrong, said = audit.faults(PINS, known(WEAK), accepted(until=date(2026, 11, 21)), TODAY)
    assert not wrong and "look at it again" in said[0]


def test_an_explanation_has_a_reason_and_an_end() -> None:
    assert audit.faults(PINS, known(WEAK), accepted(why=""), TODAY)[0]
    assert audit.faults(PINS, known(WEAK), accepted(until=date(2028, 1, 1)), TODAY)[0]


def test_what_is_known_of_another_version_is_not_known_of_this_one() -> None:
    wrong, said = audit.faults(PINS, known(WEAK, version="5.2.0"), {}, TODAY)
    assert not wrong and said == ["1 of 2 locked packages have not been looked up (make audit)"]


def test_the_calendar_stops_nothing() -> None:
    wrong, said = audit.faults(PINS, known(looked_up="2026-10-01"), {}, TODAY)
    assert not wrong and said == ["the oldest look-up is of 2026-10-01 (make audit)"]


def test_looking_up_again_keeps_what_the_index_does_not_know() -> None:
    weak = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["5.2.2"]}
    found = {"django": {"name": "django", "vulns": [weak]}}
    packages = audit.refreshed(PINS, known(), found, TODAY)
    assert packages["django"]["weaknesses"] == [WEAK] and packages["django"]["looked_up"] == "2026-11-22"
    assert packages["lxml"]["looked_up"] == "2026-11-20"


def test_what_is_committed_has_no_fault_and_says_every_licence() -> None:
    pins, packages = audit.locked(), audit.snapshot()
    assert packages and not [name for name, package in packages.items() if not package["licence"]]
    assert not audit.faults(pins, packages, audit.accepted(), TODAY)[0]

"""What a person would send who was allowed to, to each address that takes something."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from samlad.base.clock import STOCKHOLM, now
from samlad.base.ids import new_id
from samlad.registers.models import Person
from samlad.registers.queries import today
from tests.everything import Everything

VERSION: Final = {"name": "Ny", "short_name": "Ny", "category": "state", "valid_from": "2040-01-01", "why": "renamed"}
PERSON: Final = {"name": "Ny", "username": "ny", "email": "ny@nacka.example", "is_active": "on", "reason": "ny"}
SINCE: Final = {"since": "2026-01-01T08:00", "reason": "snö"}
WEEKLY: Final = {
    "weekday": 4, "at": "09:00", "opens_days": 2, "remind_hours": 20, "report_minutes": 60, "closes_hours": 8,
    "reason": "ny",
}  # fmt: skip
CARD: Final = {"title": "Nytt", "role": "tib", "operation_kinds": ["exercise"], "steps": "Svara", "reason": "ny"}
CALL_TEXT: Final = {
    "code": "ny", "outcome": "staff", "subject": "{what}", "text": "{who}", "short": "{what}", "audience": "all",
    "answer_minutes": "10", "reason": "ny",
}  # fmt: skip
CALL_TIMES: Final = {
    "next_way": 60, "again": 0, "deputy": 60, "everyone": 60, "by_hand": 60, "assess_again": 60, "assess_deputy": 60,
    "assess_everyone": 60, "assess_by_hand": 60, "same_hours": 1, "reason": "ny",
}  # fmt: skip
REPORT: Final = {"status": "red", "audience": "all", "consequences": "Värre.", "source": "Egen personal"}
DRILL: Final = {"title": "Larmprov", "day_rule": "weekday", "nth": "1", "weekday": "2", "time_rule": "office"}
DRILL_PLAN: Final = DRILL | {"answer_within": "30", "reason": "ny"}
FIGURES: Final = {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}


def posted(route: str, scene: Everything) -> Mapping[str, Any]:
    """What to send to a route."""
    # Something in any case: an empty form would be taken for one that was not sent.
    return (in_operations(scene) | in_registers() | in_drills()).get(route, {"x": "x"})


def in_operations(scene: Everything) -> dict[str, Mapping[str, Any]]:
    """Signing in, and what is sent in an operation."""
    return {
        "set_language": {"language": "en"},
        "sign_in": {"username": "rsk", "password": "fel"},
        "demo_sign_in": {"person": scene.cast.rsk.person.key},
        "seat": {"seat": "nacka"},
        "raise": {"id": new_id(), "what": "Storm", "where": "Nacka", "kind": "exercise", "apart": "1"},
        "assessment": {"id": new_id(), "outcome": "none", "grounds": "Inget mer."},
        "call_withdraw": {"id": new_id(), "reason": "Fel."},
        "acknowledge": {"id": new_id(), "affected": "yes"},
        "answer": {"id": new_id(), "option": "comes"},
        "calling_resend": {"id": new_id(), "call": scene.named["call"]},
        "calling_actor": {"id": new_id(), "call": scene.named["call"], "do": "by_hand", "reached": "no"},
        "situation": {"id": new_id(), "mode": "activated", "levels": ["samordnande"], "reason": "behövs"},
        "stand_down": {"id": new_id(), "reason": "Över.", "closing_text": "Väl.", "understood": "on"},
        "report_new": {"id": new_id()} | REPORT | FIGURES,
        "report_unchanged": {"id": new_id(), "since": scene.limited},
        "desk_take": {"id": new_id(), "block": "event", "text": "Snö."},
        "desk_drop": {"id": new_id(), "block": "event"},
        "desk_assess": {"id": new_id(), "replaces": scene.named["assessment"], "status": "red", "text": "Allvarligt."},
        "desk_preview": {"id": new_id(), "number": 2},
        "deadline": {"id": new_id(), "minutes": 30},
        "played_own": {"id": new_id(), "mode": "-", "other": "Krisläge"} | SINCE,
        "played_national": {"id": new_id(), "state": "hogsta", "source": "Regeringen"} | SINCE,
        "card": {"id": new_id(), "edition": 1, "tick": 1},
    }


def in_registers() -> dict[str, Mapping[str, Any]]:
    """What is sent to the registers and to what is beside operations."""
    day = {"reason": "för att", "valid_from": today().isoformat()}
    week = {"valid_from": today().isoformat(), "valid_to": (today() + timedelta(days=7)).isoformat()}
    return {
        "registers_actor_new": VERSION | {"code": "ny", "reason": "ny"},
        "registers_actor_version_new": VERSION | {"reason": "ny"},
        "registers_actor_edit": VERSION | {"reason": "ny", "valid_from": "2014-04-01"},
        "registers_population_new": {"on_date": "2024-12-31", "edition": "2024", "figure": "9", "source": "SCB"} | day,
        "registers_person_new": PERSON,
        "registers_person_edit": PERSON,
        "registers_seat_new": {"actor": "nacka", "role": "chief"} | day,
        "registers_seat_end": {"on": today().isoformat(), "reason": "slut"},
        "registers_network_new": {"name": "Nytt", "owner": "nacka", "members": ["sodertalje"], "reason": "ny"},
        "registers_network_edit": {"name": "Nytt", "members": ["sodertalje"], "reason": "ny"},
        "registers_network_end": {"reason": "slut"},
        "registers_loan_new": {"lender": "nacka", "borrower": "sodertalje", "role": "liaison", "why": "hjälp"} | week,
        "registers_loan": {"answer": "agree", "reason": "ja"},
        "registers_phone": {"phone": "070-000 00 00", "reason": "ny"},
        "registers_seat_edit": {"deputy": "on", "reason": "ny"},
        "mode_own": {"id": new_id(), "mode": "-", "other": "Krisläge"} | SINCE,
        "mode_national": {"id": new_id(), "state": "hogsta", "source": "Regeringen"} | SINCE,
        "weekly_schedule": WEEKLY,
        "weekly_week": {"week": "2040-W52", "how": "cancelled", "reason": "jul"},
        "registers_card_new": CARD | {"code": "ny"},
        "registers_card_edit": CARD,
        "privacy_decide": {"days": "400", "ground": "gallringsbeslut"},
        "entry_widen": {"id": new_id(), "audience": "all"},
        "entry_narrow": {"id": new_id(), "audience": "own", "reason": "skäl"},
        "entry_mark": {"id": new_id(), "ground": "OSL 18:13", "reason": "skäl"},
        "break_glass": {"reason": "nere"},
        "invitation_new": {"email": "ny@nacka.example", "roles": ["liaison"]},
        "screens": {"name": "Ny skärm"},
        "pointer_new": {"id": new_id(), "what": "Något", "owner": "Nacka", "how": "Ring", "audience": "all"},
        "registers_password": {"password": "en lång vinternatt"},
        **in_rosters(),
        **in_call_outs(),
    }


def in_drills() -> dict[str, Mapping[str, Any]]:
    """What is sent to plan a test alarm, and to start one."""
    now = {"id": new_id(), "title": "Larmprov", "answer_within": "10"}
    return {"drill_plan_new": DRILL_PLAN, "drill_plan": DRILL_PLAN, "drill_now": now}


def in_rosters() -> dict[str, Mapping[str, Any]]:
    """What is sent to rosters. Nacka's has one duty officer, who has duty now and, by a pattern, from tomorrow."""
    person, why = Person.objects.get(username="tib.nacka").key, {"reason": "för att"}
    begins = (now() + timedelta(days=1000)).astimezone(STOCKHOLM)
    ends = begins + timedelta(hours=8)
    span = {"starts": f"{begins:%Y-%m-%dT%H:%M}", "ends": f"{ends:%Y-%m-%dT%H:%M}"}
    file = SimpleUploadedFile("schema.csv", b"person;start;slut\ningen;2026-11-27 17:00;2026-12-04 17:00\n")
    pattern = {"people": [person], "weekday": "4", "handover": "17:00", "weeks": "1", "on_holiday": "same"}
    return {
        "registers_shift_new": {"person": person, **span, **why},
        "registers_shift_edit": {"person": person, "ends": f"{now() + timedelta(hours=9):%Y-%m-%dT%H:%M}", **why},
        "registers_shift_remove": why,
        "registers_pattern_new": {**pattern, "valid_from": today().isoformat(), **why},
        "registers_pattern_end": {"on": today().isoformat(), **why},
        "registers_roster_edit": {"round_clock": "", **why},
        "registers_roster_import": {"file": file},
        "registers_handover_new": {"text": "Inget att överlämna."},
        "registers_feed": {"make": "1"},
        "registers_swap_new": {"choice": "ingen", "message": "Kan du?"},
        "registers_swap": {"answer": "withdraw"},
    }


def in_call_outs() -> dict[str, Mapping[str, Any]]:
    """What is sent to the register of what is prepared for a call-out."""
    answer = {"code": "ny", "label": "Ja", "affected": "yes", "place": 9, "valid": "on", "reason": "ny"}
    return {
        "registers_call_out_text_new": CALL_TEXT,
        "registers_call_out_answer_new": answer,
        "registers_call_out_edit": CALL_TIMES,
    }

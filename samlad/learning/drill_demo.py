"""Test alarms of the past months for the demo, so that the report has something to show.

Made up, and said to be so wherever they are shown: the program enters them in its own name, as replayed exercises. What
is made up follows from the actor's code and the month, and so do the ids: done once, and the same in every demo.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from samlad.activation.actions.drill import MadeUp, recount_drill
from samlad.activation.entries.calling import CalledOut, Line, Way
from samlad.activation.queries import participants
from samlad.base.clock import STOCKHOLM, now
from samlad.journal.entries import Participant
from samlad.learning import drill_words
from samlad.learning.drill_runs import drill_id
from samlad.learning.drill_schedule import Rule, moment, month_of
from samlad.learning.models import Drill, DrillPlan, DrillState
from samlad.registers.queries import parties, today

DAY: Final = UUID("0199a000-0000-7000-8000-00000000d001")
NIGHT: Final = UUID("0199a000-0000-7000-8000-00000000d002")
PLANS: Final[tuple[tuple[UUID, int, dict[str, Any]], ...]] = (
    (DAY, 6, {"title": "Larmprov", "day_rule": "weekday", "time_rule": "fixed", "at": time(10)}),
    (NIGHT, 4, {"title": "Nattligt larmprov", "day_rule": "random", "time_rule": "night", "announced": False}),
)
WITHIN: Final = 30
WAYS: Final[tuple[Way, ...]] = ("link", "link", "link", "link", "sms", "sms", "voice", "page", "page")
ROLES: Final = ("tib", "tib", "tib", "tib", "communicator", "liaison", "chief")
MISSED: Final = {True: 0.16, False: 0.05}  # how many are missed, at night and else
DEAD: Final = 0.04


def remember_drills() -> None:
    """Plans and past test alarms, where there are none yet."""
    if DrillPlan.objects.exists():
        return
    called = participants(parties(today()))
    with transaction.atomic():
        for id, months, told in PLANS:
            plan = DrillPlan.objects.create(id=id, seed=str(id), since=now(), answer_within=WITHIN, **told)
            for month in past_months(months):
                at = moment(Rule.of(plan), month)
                if at + timedelta(minutes=WITHIN) < now():
                    remember(plan, month, at, called)


def past_months(count: int) -> list[date]:
    """This month and those before it, the oldest first."""
    found = [month_of(now())]
    while len(found) <= count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def remember(plan: DrillPlan, month: date, at: datetime, called: Sequence[Participant]) -> None:
    """One test alarm with its answers."""
    id, until = drill_id(plan, month), at + timedelta(minutes=WITHIN)
    words = drill_words.words(drill_words.title_of(plan.title, month), until)
    answers, lines = made_up(at, called)
    recount_drill(
        operation=id,
        words=words,
        called=called,
        call=CalledOut(
            purpose="drill",
            actors=tuple(actor.code for actor in called),
            subject=words.title,
            text=words.text,
            short=words.short,
            answer_by=until,
            options=drill_words.answer(),
        ),
        at=at,
        answers=answers,
        lines=lines,
        result=drill_words.result(len(answers), len(called), WITHIN),
    )
    Drill.objects.create(
        id=id, plan=plan, month=month, title=words.title, announced=plan.announced, state=DrillState.ENDED,
        due_at=at, closes_at=until, made_up=True,
    )  # fmt: skip


def made_up(at: datetime, called: Sequence[Participant]) -> tuple[list[MadeUp], list[Line]]:
    """Answers that might have been given: most soon, at night later, a few not at all; and a number now and then that
    is no good."""
    local = at.astimezone(STOCKHOLM)
    night = local.hour < 6 or local.hour >= 22
    answers, lines = [], []
    for actor in called:
        habit, luck = Random(actor.code), Random(f"{actor.code} {local:%Y-%m} {night}")  # noqa: S311 (nothing secret)
        if habit.random() < DEAD or luck.random() < DEAD:
            lines.append(Line(at + timedelta(seconds=4), actor.code, "failed", "", "tib", "sms", "recipient"))
        else:
            lines.append(Line(at + timedelta(seconds=1), actor.code, "handed", "", "tib", "sms"))
        if luck.random() < MISSED[night]:
            continue
        minutes = min(luck.lognormvariate(0.7 + habit.random() * 0.6 + (0.9 if night else 0), 0.6), WITHIN - 0.5)
        answers.append(
            MadeUp(actor.code, luck.choice(ROLES), luck.choice(WAYS), at + timedelta(minutes=round(minutes, 2)))
        )
    return sorted(answers, key=lambda one: one.at), lines

"""A year's plan as a paper for a meeting (PDF/UA-1): every activity, what it costs, how it is followed up; who says
what; and the year at a glance. Every text is handed over as data and none is read as markup."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM, now
from samlad.governance.plan import queries
from samlad.governance.plan.chart import Chart, charts
from samlad.governance.plan.models import ActivityState, PlanState, PlanYear
from samlad.governance.plan.queries import ActivityView, AreaView
from samlad.governance.plan.stances import StanceView, stances
from samlad.governance.plan.words import kronor, period, progress_word
from samlad.journal import typeset
from samlad.registers.queries import today

TEMPLATE: Final = Path(__file__).resolve().parent.parent / "templates" / "governance" / "plan.typ"


def as_pdf(plan: PlanYear, on: date | None = None) -> bytes:
    """The plan as a PDF file, in the active language; `on`: as it was at the end of a day."""
    return typeset.as_pdf(TEMPLATE, content(plan, on))


def content(plan: PlanYear, on: date | None) -> dict[str, Any]:
    """What the template shows."""
    every = queries.activities(plan.year, on)
    areas = queries.by_area(plan, queries.in_plan(every), on)
    sums = queries.sums_of(every)
    left_out = [one for one in every if one.activity.state == ActivityState.LEFT_OUT]
    made_at = date_format(now().astimezone(STOCKHOLM), "j F Y H:i")
    as_it_was = _("As it was at the end of %(day)s.") % {"day": date_format(on, "j F Y")} if on else ""
    return {
        "title": _("Annual plan %(year)s") % {"year": plan.year},
        "lang": get_language() or "sv",
        "state": " ".join(filter(None, [f"{plan.get_state_display()}.", as_it_was])),
        "at": _("Printed %(moment)s") % {"moment": made_at},
        "page": _("Page"),
        "about": plan.about,
        "facts": [
            [_("Activities"), str(sums.planned)],
            [_("Money from the joint budget"), kronor(sums.amount)],
            [_("Spent so far"), kronor(sums.spent)],
        ],
        "decision": decision(plan),
        "areas": [area_content(one) for one in areas],
        "left_out_heading": _("Proposed, and left out"),
        "left_out": [[one.activity.title, one.proposed_by, one.activity.left_out] for one in left_out],
        "stances": stance_content(plan, on),
        "chart_heading": _("The year at a glance"),
        "chart_note": _("The same as the list of activities before."),
        "charts": [drawn(one) for one in charts(plan.year, areas, on or today())],
    }


def decision(plan: PlanYear) -> dict[str, str] | None:
    """What chefsgruppen decided and said."""
    if plan.decided_on is None:
        return None
    return {
        "heading": _("Chefsgruppen's decision"),
        "when": _("Decided on %(day)s") % {"day": date_format(plan.decided_on, "j F Y")},
        "said": plan.said,
    }


def area_content(area: AreaView) -> dict[str, Any]:
    """A goal area."""
    return {
        "name": area.name or _("Without a goal area"),
        "sum": _("Activities") + f": {area.sums.planned} · {kronor(area.sums.amount)}",
        "nothing": "" if area.activities else _("Nothing is planned in this goal area."),
        "activities": [activity_content(one) for one in area.activities],
    }


def activity_content(one: ActivityView) -> dict[str, Any]:
    """An activity."""
    row = one.activity
    facts = [
        (_("Why"), row.why),
        (_("Goal"), one.goal),
        (_("Responsible actor"), one.responsible),
        (_("Participants"), ", ".join(one.participants)),
        (_("Time"), period(row)),
        (_("Money"), kronor(row.amount)),
        (_("How it is followed up"), row.measure),
        (pgettext("follow-up", "Status"), status_word(one)),
    ]
    return {"title": row.title, "text": row.text, "facts": [list(fact) for fact in facts if fact[1]]}


def status_word(one: ActivityView) -> str:
    """How it goes; nothing where nobody has said anything and it is not late."""
    progress = one.standing.progress
    return progress_word(progress) + late_word(one.standing.late) if progress or one.standing.late else ""


def late_word(late: bool) -> str:
    """What is said after the status of what is late."""
    return ", " + _("late") if late else ""


def stance_content(plan: PlanYear, on: date | None) -> dict[str, Any] | None:
    """What each actor says of it; who has not answered is said too."""
    if plan.state == PlanState.DRAFTING:
        return None
    return {
        "heading": _("Stances in chefsgruppen"),
        "about": _("Stances are no votes."),
        "heads": [_("Actor"), _("Stance"), _("Reservation or reason")],
        "rows": [[one.name, stance_word(one), one.stance.text if one.stance else ""] for one in stances(plan, on)],
    }


def stance_word(one: StanceView) -> str:
    """A stance in words."""
    if one.stance is None:
        return _("Has not answered")
    word = str(one.stance.get_stance_display())
    return _("Has not answered (earlier proposal: %(stance)s)") % {"stance": word} if one.earlier else word


def drawn(chart: Chart) -> dict[str, Any]:
    """A picture of a goal area."""
    return {
        "name": chart.name or _("Without a goal area"),
        "height": chart.height,
        "today": chart.today_x,
        "months": [[one.x, one.middle, one.name, one.quarter] for one in chart.months],
        "bars": [
            msgspec.to_builtins(one) | {"end": one.end, "about_dy": one.about_dy, "late_word": late_word(one.late)}
            for one in chart.bars
        ],
    }

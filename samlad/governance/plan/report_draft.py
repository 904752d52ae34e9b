"""The texts that an annual report begins with, made from the plan and its follow-ups. In plain sentences, with nothing
that the follow-ups do not say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlad.governance.plan.economy import EconomyLine
from samlad.governance.plan.models import PlanYear, Progress
from samlad.governance.plan.queries import ActivityView, AreaView
from samlad.governance.plan.report_facts import AreaFacts, Facts
from samlad.governance.plan.words import kronor, progress_word


@dataclass(frozen=True)
class Draft:
    """A section as it is made: its code never changes from one making to the next."""

    code: str
    heading: str
    text: str


def drafts(plan: PlanYear, found: Facts, areas: Sequence[AreaView]) -> list[Draft]:
    """All sections of a report, in order."""
    made = [
        Draft("introduction", _("Introduction"), introduction(plan)),
        Draft("summary", _("The year in short"), summary(plan, found)),
    ]
    made += [
        Draft(area_code(area), area.name or _("Activities without a goal area"), area_text(area)) for area in areas
    ]
    made.append(Draft("economy", _("Economy"), economy_text(found)))
    made.append(Draft("ahead", _("Carried to next year"), ahead_text(plan, found)))
    return made


def area_code(area: AreaView) -> str:
    """What a goal area's section is known by."""
    code = area.activities[0].area_code if area.activities else ""
    return f"area-{code or slugify(area.name)[:50] or 'none'}"


def introduction(plan: PlanYear) -> str:
    """What the report is about."""
    first = _("This is the annual report on the plan of %(year)s for the actors' joint work.") % {"year": plan.year}
    decided = plan.decided_on and _("The plan was decided by chefsgruppen on %(day)s.") % {
        "day": date_format(plan.decided_on, "j F Y")
    }
    presented = plan.presented_on and _("It was presented to Regionala rådet on %(day)s.") % {
        "day": date_format(plan.presented_on, "j F Y")
    }
    return " ".join(part for part in (first, decided, presented) if part)


def summary(plan: PlanYear, found: Facts) -> str:
    """The figures of activities in sentences."""
    whole = found.whole
    count = ngettext("The plan had %(count)s activity.", "The plan had %(count)s activities.", whole.planned) % {
        "count": whole.planned
    }
    told = [
        (_("done: %(count)s"), whole.done),
        (_("deviating: %(count)s"), whole.deviates),
        (_("broken off: %(count)s"), whole.broken_off),
        (_("past their last day without being done: %(count)s"), whole.late),
        (_("carried to next year: %(count)s"), whole.carried),
        (_("without any follow-up: %(count)s"), whole.unreported),
    ]
    listed = "; ".join(text % {"count": number} for text, number in told)
    return f"{count} {listed[:1].upper()}{listed[1:]}.\n\n{spent_sentence(whole)}"


def spent_sentence(sums: AreaFacts) -> str:
    """Planned and spent money in a sentence."""
    words = {"amount": kronor(sums.amount), "spent": kronor(sums.spent), "left": kronor(abs(sums.amount - sums.spent))}
    if sums.spent == sums.amount:
        return _("Planned: %(amount)s. Spent according to the follow-ups: as much.") % words
    if sums.spent > sums.amount:
        return (
            _("Planned: %(amount)s. Spent according to the follow-ups: %(spent)s, %(left)s more than planned.") % words
        )
    return _("Planned: %(amount)s. Spent according to the follow-ups: %(spent)s, %(left)s less than planned.") % words


def area_text(area: AreaView) -> str:
    """What was done in a goal area, activity by activity."""
    if not area.activities:
        return _("Nothing was planned in this goal area.")
    return "\n\n".join(activity_text(one) for one in area.activities)


def activity_text(one: ActivityView) -> str:
    """An activity in sentences: how it ended, what was done in each quarter, what deviated."""
    head = f"{one.activity.title} ({one.responsible}): {progress_word(one.standing.progress).lower()}."
    return "\n".join([head, *activity_lines(one)])


def activity_lines(one: ActivityView) -> Iterator[str]:
    """What the follow-ups say, once each."""
    told: set[str] = set()
    for quarter, follow_up in one.standing.follow_ups.items():
        if follow_up.done.strip() and follow_up.done not in told:
            told.add(follow_up.done)
            yield _("Quarter %(quarter)s: %(text)s") % {"quarter": quarter, "text": follow_up.done.strip()}
        if follow_up.deviation.strip() and follow_up.deviation not in told:
            told.add(follow_up.deviation)
            words = {"quarter": quarter, "text": follow_up.deviation.strip()}
            yield _("Deviation, quarter %(quarter)s: %(text)s") % words
    if one.carried_to:
        yield _("Carried to next year.")


def economy_text(found: Facts) -> str:
    """Planned and spent, by goal area and by what the money part knows."""
    lines = [spent_sentence(found.whole)]
    lines += [economy_line(one) for one in found.economy]
    if not found.economy:
        lines.append(_("There are no figures on budget and fees to build on yet."))
    return "\n".join(lines)


def economy_line(one: EconomyLine) -> str:
    """A line of the money part's in a sentence."""
    nothing = _("no figure")
    words = {
        "label": one.label,
        "planned": nothing if one.planned is None else kronor(one.planned),
        "outcome": nothing if one.outcome is None else kronor(one.outcome),
    }
    return _("%(label)s: planned %(planned)s, outcome %(outcome)s.") % words


def ahead_text(plan: PlanYear, found: Facts) -> str:
    """What goes on."""
    carried = [one for one in found.lines if one.carried]
    if not carried:
        return _("No activity has been carried to %(year)s.") % {"year": plan.year + 1}
    left = {Progress.DONE.value, Progress.BROKEN_OFF.value}
    first = _("These activities go on in %(year)s:") % {"year": plan.year + 1}
    lines = [f"{one.title} ({one.responsible}): {progress_word(one.status).lower()}" for one in carried]
    unfinished = sum(one.status not in left for one in found.lines) - sum(one.status not in left for one in carried)
    last = _("Not done, and not carried: %(count)s.") % {"count": unfinished}
    return "\n".join([first, *lines, "", last])

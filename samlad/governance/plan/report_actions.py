"""Making an annual report from the plan, editing it, and making it final. What a person wrote is never overwritten."""

from datetime import date
from uuid import uuid5

from django.utils.translation import gettext_lazy as _

from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.plan import queries
from samlad.governance.plan.economy import Economy
from samlad.governance.plan.models import AnnualReport, PlanState, PlanYear, ReportSection, ReportState
from samlad.governance.plan.report_draft import Draft, drafts
from samlad.governance.plan.report_facts import Facts, facts, read, stored
from samlad.governance.rules import check_keeps
from samlad.journal.who import Who
from samlad.registers.actions import one_change
from samlad.registers.queries import today


def facts_of(plan: PlanYear, report: AnnualReport | None, economy: Economy, on: date | None = None) -> Facts:
    """The figures of a year's report: those that a final one was made with, else what they are that day."""
    if report is not None and report.state == ReportState.FINAL and report.facts:
        return read(report.facts)
    every = queries.activities(plan.year, on)
    return facts(every, queries.by_area(plan, queries.in_plan(every), on), economy(plan.year, on))


@one_change
def make(plan: PlanYear, *, by: Who, economy: Economy) -> bool:
    """Make the draft of a year's report, or make it anew where the plan has moved on."""
    check_keeps(by)
    if plan.state in (PlanState.DRAFTING, PlanState.PROPOSED):
        raise Refused(_("The plan has not been decided yet. The report is made from a decided plan."))
    report = AnnualReport.objects.select_for_update().filter(year=plan.pk).first()
    report = report or AnnualReport(id=uuid5(plan.pk, "annual report"), year_id=plan.pk)
    check_draft(report)
    report.made_on = today()
    changed = record.save(report, by=by)
    every = queries.in_plan(queries.activities(plan.year))
    made = drafts(plan, facts_of(plan, None, economy), queries.by_area(plan, every))
    known = {one.code: one for one in ReportSection.objects.filter(report=report.pk)}
    for place, draft in enumerate(made):
        changed |= save_made(report, known.get(draft.code), draft, place, by)
    for code in known.keys() - {draft.code for draft in made}:
        changed |= let_go(known[code], by)
    return changed


def save_made(report: AnnualReport, section: ReportSection | None, draft: Draft, place: int, by: Who) -> bool:
    """Save what was made for a section: as its text where nobody has edited it, else beside it."""
    if section is None:
        section = ReportSection(id=uuid5(report.pk, draft.code), report_id=report.pk, code=draft.code)
    section.place, section.made = place, draft.text
    if not section.edited:
        section.heading, section.text, section.base = draft.heading, draft.text, draft.text
    return record.save(section, by=by)


def let_go(section: ReportSection, by: Who) -> bool:
    """A section of a goal area that is no longer there: what a person wrote stays."""
    if not section.edited:
        return record.remove(section, by=by)
    section.made = ""
    return record.save(section, by=by)


def check_draft(report: AnnualReport) -> None:
    """A final report is not changed; it can be opened as a draft again."""
    if report.state == ReportState.FINAL:
        raise Refused(_("The report is final. Open it as a draft again to change it."))


@one_change
def edit(section: ReportSection, *, by: Who, seen: str = "") -> bool:
    """Save what a person wrote in a section."""
    check_keeps(by)
    check_draft(AnnualReport.objects.select_for_update().get(pk=section.report_id))
    stored = ReportSection.objects.get(pk=section.pk)
    section.text = section.text.replace("\r\n", "\n").strip()  # what a browser makes of line breaks is no change
    if (section.heading, section.text) == (stored.heading, stored.text):
        return False
    section.edited, section.base = True, section.made
    return record.save(section, by=by, seen=seen)


@one_change
def use_made(section: ReportSection, *, by: Who, take: bool) -> bool:
    """Take the text made from the plan instead of what a person wrote (which stays in the history), or keep theirs and
    be asked no more until the plan changes again."""
    check_keeps(by)
    check_draft(AnnualReport.objects.select_for_update().get(pk=section.report_id))
    section.base = section.made
    if take:
        section.text, section.edited = section.made, False
    return record.save(section, by=by)


@one_change
def set_state(report: AnnualReport, *, final: bool, by: Who, economy: Economy, reason: str) -> bool:
    """Make a report final, with its figures as they are now, or open it as a draft again."""
    check_keeps(by)
    report = AnnualReport.objects.select_for_update().get(pk=report.pk)
    plan = PlanYear.objects.get(pk=report.year_id)
    if final and not ReportSection.objects.filter(report=report.pk).exclude(text="").exists():
        raise Refused(_("There is nothing in the report."))
    if final:
        report.facts, report.final_on = stored(facts_of(plan, None, economy)), today()
        report.state = ReportState.FINAL
    else:
        report.facts, report.final_on, report.state = {}, None, ReportState.DRAFT
    return record.save(report, by=by, reason=reason)

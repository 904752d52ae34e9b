"""The annual report: a draft of the secretariat's, made from the plan and edited; final, it is for all parties."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samlad.governance import record
from samlad.governance.lists import attached
from samlad.governance.pages import READ_OR_WRITE, changing, on_day
from samlad.governance.plan import queries, report_actions, report_content, report_files
from samlad.governance.plan.economy import Economy
from samlad.governance.plan.forms import NothingForm, SectionForm, WhyForm
from samlad.governance.plan.models import AnnualReport, PlanState, PlanYear, ReportSection, ReportState
from samlad.governance.plan.pages import latest_first, plan_or_404, plan_page, posted
from samlad.governance.rules import keeper_or_404, keeps
from samlad.registers.http import Request


def report_or_404(request: Request, year: int, on: date | None = None) -> tuple[PlanYear, AnnualReport]:
    """A year's report: a draft for the secretariat only, a final one for all who read governance."""
    plan = plan_or_404(request, year, on)
    found = queries.report_of(year, on)
    now = queries.report_of(year)
    if found is None or (not keeps(request.who) and (found.state != ReportState.FINAL or now is None)):
        raise Http404
    return plan, found


@require_safe
def annual_report(request: Request, year: int, economy: Economy) -> HttpResponse:
    """GET /governance/plans/<year>/report/: the report, or for the secretariat that there is none yet."""
    on = on_day(request)
    plan = plan_or_404(request, year, on)
    if queries.report_of(year, on) is None:
        keeper_or_404(request.who)
        ready = plan.state not in (PlanState.DRAFTING, PlanState.PROPOSED)
        return plan_page(request, "annual_report_none", plan, {"ready": ready}, on=on)
    plan, report = report_or_404(request, year, on)
    sections = queries.sections(report, on)
    figures = report_actions.facts_of(plan, report, economy, on)
    shown = {
        "report": report,
        "sections": sections,
        "content": report_content.content(plan, report, sections, figures),
        "may_edit": keeps(request.who) and not on and report.state == ReportState.DRAFT,
        "outdated": [one for one in sections if one.edited and one.made != one.base],
    }
    keys = [one.pk for one in sections] if keeps(request.who) else []
    own = record.changes(AnnualReport, report.pk) if keeps(request.who) else ()
    changes = latest_first(own, record.changes(ReportSection, *keys) if keys else ())
    return plan_page(request, "annual_report", plan, shown, on=on, changes=changes)


@READ_OR_WRITE
def annual_report_make(request: Request, year: int, economy: Economy) -> HttpResponse:
    """GET, POST /governance/plans/<year>/report/making/: make the draft, or make it anew."""
    keeper_or_404(request.who)
    plan = plan_or_404(request, year)
    form = NothingForm(posted(request))
    return changing(
        request,
        form,
        lambda: report_actions.make(plan, by=request.who, economy=economy),
        title=_("Make the annual report of %(year)s from the plan") % {"year": year},
        back=reverse("annual_report", args=[year]),
        about=_("Sections that somebody has edited keep their text. What is new stands beside it, to choose from."),
        button=_("Make it"),
    )


@READ_OR_WRITE
def annual_report_section(request: Request, year: int, section: str) -> HttpResponse:
    """GET, POST /governance/plans/<year>/report/sections/<section>/: write in a section."""
    keeper_or_404(request.who)
    plan, report = report_or_404(request, year)
    found = get_object_or_404(ReportSection, report=report.pk, code=section)
    choosing = request.POST.get("choose", "")
    form = NothingForm(request.POST) if choosing else SectionForm(posted(request), instance=found)

    def do() -> bool:
        if choosing:
            return report_actions.use_made(found, by=request.who, take=choosing == "made")
        assert isinstance(form, SectionForm)
        return report_actions.edit(form.row(), by=request.who, seen=form.cleaned_data["seen"])

    return changing(
        request,
        form,
        do,
        title=found.heading,
        back=reverse("annual_report", args=[year]),
        template="governance/annual_report_section.html",
        section=found,
        plan=plan,
        newer=found.edited and found.made != found.base,
    )


@READ_OR_WRITE
def annual_report_state(request: Request, year: int, economy: Economy) -> HttpResponse:
    """GET, POST /governance/plans/<year>/report/state/: final, or a draft again."""
    keeper_or_404(request.who)
    _plan, report = report_or_404(request, year)
    final = report.state == ReportState.DRAFT
    form = NothingForm(posted(request)) if final else WhyForm(posted(request))
    return changing(
        request,
        form,
        lambda: report_actions.set_state(
            report, final=final, by=request.who, economy=economy, reason=form.cleaned_data.get("reason", "")
        ),
        title=_("Make the report final") if final else _("Open the report as a draft again"),
        back=reverse("annual_report", args=[year]),
        about=_("All parties read it then, and its figures stay as they are now.")
        if final
        else _("Then only the secretariat reads it, until it is final again."),
        button=_("Make it final") if final else _("Open as a draft"),
    )


@require_safe
def annual_report_word(request: Request, year: int, economy: Economy) -> HttpResponse:
    """GET /governance/plans/<year>/report.docx."""
    report, made = read_whole(request, year, economy)
    return attached(report_files.as_word(made, report), report_files.WORD, f"verksamhetsberattelse-{year}.docx")


@require_safe
def annual_report_pdf(request: Request, year: int, economy: Economy) -> HttpResponse:
    """GET /governance/plans/<year>/report.pdf."""
    _report, made = read_whole(request, year, economy)
    return attached(report_files.as_pdf(made), "application/pdf", f"verksamhetsberattelse-{year}.pdf")


def read_whole(request: Request, year: int, economy: Economy) -> tuple[AnnualReport, report_content.Content]:
    """A report that this reader may read, with all that it says."""
    on = on_day(request)
    plan, report = report_or_404(request, year, on)
    figures = report_actions.facts_of(plan, report, economy, on)
    return report, report_content.content(plan, report, queries.sections(report, on), figures)

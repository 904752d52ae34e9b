"""The addresses of plans. The front hands in what the money part knows of a year's economy."""

from django.urls import URLPattern, path

from samlad.governance.plan import activity_views, decision_views, report_views, views
from samlad.governance.plan.economy import Economy, no_economy

YEAR = "governance/plans/<int:year>/"
ACTIVITY = "governance/plans/activities/<uuid:activity>/"


def patterns(economy: Economy = no_economy) -> list[URLPattern]:
    """All of them; `economy` tells the figures of budget and fees for the annual report."""
    return [*plan_patterns(), *activity_patterns(), *report_patterns(economy)]


def plan_patterns() -> list[URLPattern]:
    """A year's plan."""
    return [
        path("governance/plans/", views.plans, name="plans"),
        path("governance/plans/new/", views.plan_new, name="plan_new"),
        path(YEAR, views.plan, name="plan"),
        path(f"{YEAR}edit/", views.plan_edit, name="plan_edit"),
        path(f"{YEAR}activities/", views.plan_activities, name="plan_activities"),
        path(f"{YEAR}chart/", views.plan_chart, name="plan_chart"),
        path(f"{YEAR}plan.pdf", views.plan_paper, name="plan_pdf"),
        path(f"{YEAR}order/", activity_views.plan_order, name="plan_order"),
        path(f"{YEAR}sending/", decision_views.plan_send, name="plan_send"),
        path(f"{YEAR}taking-back/", decision_views.plan_take_back, name="plan_take_back"),
        path(f"{YEAR}stances/", decision_views.plan_stances, name="plan_stances"),
        path(f"{YEAR}stances/<slug:code>/", decision_views.plan_stance, name="plan_stance"),
        path(f"{YEAR}decision/", decision_views.plan_decide, name="plan_decide"),
        path(f"{YEAR}presentation/", decision_views.plan_present, name="plan_present"),
        path(f"{YEAR}closing/", decision_views.plan_close, name="plan_close"),
    ]


def activity_patterns() -> list[URLPattern]:
    """Activities."""
    views_ = activity_views
    return [
        path(f"{YEAR}activities/new/", views_.activity_new, name="activity_new"),
        path(ACTIVITY, views_.activity, name="activity"),
        path(f"{ACTIVITY}edit/", views_.activity_edit, name="activity_edit"),
        path(f"{ACTIVITY}place/", views_.activity_place, name="activity_place"),
        path(f"{ACTIVITY}withdrawal/", views_.activity_withdraw, name="activity_withdraw"),
        path(f"{ACTIVITY}carrying/", views_.activity_carry, name="activity_carry"),
        path(f"{ACTIVITY}quarters/<int:quarter>/", views_.activity_follow_up, name="activity_follow_up"),
    ]


def report_patterns(economy: Economy) -> list[URLPattern]:
    """The annual report."""
    views_, handed = report_views, {"economy": economy}
    return [
        path(f"{YEAR}report/", views_.annual_report, handed, name="annual_report"),
        path(f"{YEAR}report/making/", views_.annual_report_make, handed, name="annual_report_make"),
        path(f"{YEAR}report/sections/<slug:section>/", views_.annual_report_section, name="annual_report_section"),
        path(f"{YEAR}report/state/", views_.annual_report_state, handed, name="annual_report_state"),
        path(f"{YEAR}report.docx", views_.annual_report_word, handed, name="annual_report_word"),
        path(f"{YEAR}report.pdf", views_.annual_report_pdf, handed, name="annual_report_pdf"),
    ]


urlpatterns = patterns()

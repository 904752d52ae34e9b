"""The addresses of lent staff."""

from django.urls import path

from samlad.governance.lent import cost_pages, month_pages, pool_months, pool_pages, secondment_pages, views

urlpatterns = [
    path("governance/lent/", views.lent, name="lent"),
    path("governance/lent/new/", secondment_pages.secondment_new, name="secondment_new"),
    path("governance/lent/costs/", cost_pages.lent_costs, name="lent_costs"),
    path("governance/lent/costs/<uuid:cost>/", month_pages.month_cost, name="month_cost"),
    path("governance/lent/actors/<slug:code>/", views.lent_actor, name="lent_actor"),
    path("governance/lent/pool/", pool_pages.lent_pool, name="lent_pool"),
    path("governance/lent/pool/members/new/", pool_pages.pool_member_new, name="pool_member_new"),
    path("governance/lent/pool/members/<uuid:pool_member>/", pool_pages.pool_member, name="pool_member"),
    path("governance/lent/pool/rates/new/", pool_pages.pool_rates_new, name="pool_rates_new"),
    path("governance/lent/pool/rates/<uuid:pool_rates>/", pool_pages.pool_rates, name="pool_rates"),
    path("governance/lent/pool/paid/<uuid:basis>/", pool_months.pool_paid, name="pool_paid"),
    path("governance/lent/pool/<slug:month>/", pool_months.pool_month, name="pool_month"),
    path("governance/lent/pool/<slug:month>/<slug:code>/", pool_months.pool_basis, name="pool_basis"),
    path("governance/lent/<uuid:secondment>/", secondment_pages.secondment, name="secondment"),
    path("governance/lent/<uuid:secondment>/edit/", secondment_pages.secondment_edit, name="secondment_edit"),
    path("governance/lent/<uuid:secondment>/answer/", secondment_pages.secondment_answer, name="secondment_answer"),
    path(
        "governance/lent/<uuid:secondment>/break-off/", secondment_pages.secondment_break_off,
        name="secondment_break_off",
    ),
    path("governance/lent/<uuid:secondment>/months/<slug:month>/", month_pages.month_report, name="month_report"),
]  # fmt: skip

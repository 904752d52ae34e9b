"""The money's addresses."""

from django.urls import path

from samlad.governance.money import (
    budget_pages,
    fee_pages,
    outcome_pages,
    party_pages,
    population_pages,
    statement_pages,
    views,
    what_if,
)

ROOT = "governance/money/"
YEAR = f"{ROOT}<int:year>/"
FEES = f"{YEAR}fees/<int:number>/"

urlpatterns = [
    path(ROOT, views.money_years, name="money"),
    path(f"{ROOT}new/", budget_pages.money_budget_new, name="money_budget_new"),
    path(f"{ROOT}figures/", population_pages.money_figures, name="money_figures"),
    path(f"{ROOT}parties/", party_pages.money_parties, name="money_parties"),
    path(f"{ROOT}parties/<slug:code>/", party_pages.money_party, name="money_party"),
    path(YEAR, views.money_year, name="money_year"),
    path(f"{YEAR}edit/", budget_pages.money_budget_edit, name="money_budget_edit"),
    path(f"{YEAR}lines/new/", budget_pages.money_line_new, name="money_line_new"),
    path(f"{YEAR}lines/<uuid:line>/", budget_pages.money_line, name="money_line"),
    path(f"{YEAR}lines/<uuid:line>/remove/", budget_pages.money_line_remove, name="money_line_remove"),
    path(f"{YEAR}shares/", budget_pages.money_shares, name="money_shares"),
    path(f"{YEAR}what-if/", what_if.money_what_if, name="money_what_if"),
    path(f"{YEAR}outcome/", outcome_pages.money_outcome, name="money_outcome"),
    path(f"{YEAR}outcome/new/", outcome_pages.money_booking_new, name="money_booking_new"),
    path(f"{YEAR}outcome/<uuid:booking>/", outcome_pages.money_booking, name="money_booking"),
    path(f"{YEAR}outcome/<uuid:booking>/remove/", outcome_pages.money_booking_remove, name="money_booking_remove"),
    path(f"{YEAR}forecasts/new/", outcome_pages.money_forecast_new, name="money_forecast_new"),
    path(f"{YEAR}fees/new/", fee_pages.money_fees_new, name="money_fees_new"),
    path(FEES, fee_pages.money_fees, name="money_fees"),
    path(f"{FEES}decide/", fee_pages.money_fees_decide, name="money_fees_decide"),
    path(f"{FEES}freeze/", fee_pages.money_fees_freeze, name="money_fees_freeze"),
    path(f"{FEES}invoices/", statement_pages.money_invoices, name="money_invoices"),
    path(f"{FEES}invoices.zip", statement_pages.money_invoices_zip, name="money_invoices_zip"),
    path(f"{FEES}invoices/<slug:code>.xml", statement_pages.money_invoice, name="money_invoice"),
    path(f"{FEES}statements.pdf", statement_pages.money_statements, {"form": "pdf"}, name="money_statements"),
    path(f"{FEES}statements.zip", statement_pages.money_statements, {"form": "zip"}, name="money_statements_zip"),
    path(f"{FEES}<slug:code>.pdf", statement_pages.money_statement, name="money_statement"),
]

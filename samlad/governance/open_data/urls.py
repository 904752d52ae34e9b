"""Addresses of open data."""

from django.urls import path

from samlad.governance.open_data import views

urlpatterns = [
    path("governance/open-data/", views.open_data, name="open_data"),
    path("governance/open-data/<slug:dataset>/", views.open_data_switch, name="open_data_switch"),
    path("open/governance/", views.open_catalogue, name="open_catalogue"),
    path("open/governance/<slug:dataset>.json", views.open_json, name="open_json"),
    path("open/governance/<slug:dataset>.csv", views.open_csv, name="open_csv"),
]

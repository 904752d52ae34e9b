"""Governance's addresses; each part has its own."""

from django.urls import include, path

from samlad.governance import papers
from samlad.governance.front import views as front

urlpatterns = [
    path("governance/", front.governance, name="governance"),
    path("governance/papers/<uuid:paper>/", papers.paper, name="paper"),
    path("", include("samlad.governance.bodies.urls")),
    path("", include("samlad.governance.adoption.urls")),
    path("", include("samlad.governance.open_data.urls")),
    path("", include("samlad.governance.documents.urls")),
    path("", include("samlad.governance.lent.urls")),
    path("", include("samlad.governance.plan.urls")),
]

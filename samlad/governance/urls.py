"""Governance's addresses; each part has its own."""

from django.urls import include, path

from samlad.governance import papers
from samlad.governance.front import views as front
from samlad.governance.front.economy import economy
from samlad.governance.plan import urls as plan

urlpatterns = [
    path("governance/", front.governance, name="governance"),
    path("governance/actors/", front.governance_actor_choice, name="governance_actor_choice"),
    path("governance/actors/<slug:code>/", front.governance_actor, name="governance_actor"),
    path("governance/papers/<uuid:paper>/", papers.paper, name="paper"),
    path("", include("samlad.governance.bodies.urls")),
    path("", include("samlad.governance.adoption.urls")),
    path("", include("samlad.governance.open_data.urls")),
    path("", include("samlad.governance.documents.urls")),
    path("", include("samlad.governance.lent.urls")),
    path("", include(plan.patterns(economy))),
    path("", include("samlad.governance.goals.urls")),
    path("", include("samlad.governance.money.urls")),
]

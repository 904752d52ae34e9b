"""Learning's addresses: test alarms."""

from django.urls import path

from samlad.learning import drill_pages, drill_plan_pages

urlpatterns = [
    path("drills/", drill_pages.drills, name="drills"),
    path("drills/now/", drill_plan_pages.now_, name="drill_now"),
    path("drills/plans/", drill_plan_pages.plans, name="drill_plans"),
    path("drills/plans/new/", drill_plan_pages.plan_new, name="drill_plan_new"),
    path("drills/plans/<uuid:plan>/", drill_plan_pages.plan, name="drill_plan"),
    path("drills/actors/<slug:code>.pdf", drill_pages.drill_actor_pdf, name="drill_actor_pdf"),
    path("drills/actors/<slug:code>/", drill_pages.drill_actor, name="drill_actor"),
]

"""The addresses of joint goals."""

from django.urls import path

from samlad.governance.goals import import_views, views

urlpatterns = [
    path("governance/goals/", views.goals, name="goals"),
    path("governance/goals/goals.toml", views.goals_file, name="goals_file"),
    path("governance/goals/import/", import_views.goals_import, name="goals_import"),
    path("governance/goals/new/", views.vision_new, name="vision_new"),
    path("governance/goals/capabilities/", views.capabilities, name="capabilities"),
    path("governance/goals/areas/<uuid:goal_area>/change/", views.goal_area_change, name="goal_area_change"),
    path("governance/goals/areas/<uuid:goal_area>/goals/new/", views.goal_new, name="goal_new"),
    path("governance/goals/areas/<uuid:goal_area>/remove/", views.goal_area_remove, name="goal_area_remove"),
    path("governance/goals/goals/<uuid:goal>/remove/", views.goal_remove, name="goal_remove"),
    path("governance/goals/goals/<uuid:goal>/change/", views.goal_change, name="goal_change"),
    path("governance/goals/<slug:vision>/", views.vision, name="vision"),
    path("governance/goals/<slug:vision>/goals.toml", views.vision_file, name="vision_file"),
    path("governance/goals/<slug:vision>/capabilities/", views.goals_matrix, name="goals_matrix"),
    path("governance/goals/<slug:vision>/change/", views.vision_change, name="vision_change"),
    path("governance/goals/<slug:vision>/areas/new/", views.goal_area_new, name="goal_area_new"),
]

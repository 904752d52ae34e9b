"""Adoption's addresses."""

from django.urls import path

from samlad.governance.adoption import deciding, dispatching, extracts, pdf, views

urlpatterns = [
    path("governance/adoption/", views.adoption, name="adoption"),
    path("governance/adoption/new/", dispatching.dispatch_new, name="dispatch_new"),
    path("governance/adoption/actors/<slug:code>/", views.adoption_actor, name="adoption_actor"),
    path("governance/adoption/<uuid:dispatch>/", views.dispatch, name="dispatch"),
    path("governance/adoption/<uuid:dispatch>/change/", dispatching.dispatch_change, name="dispatch_change"),
    path("governance/adoption/<uuid:dispatch>/remove/", dispatching.dispatch_remove, name="dispatch_remove"),
    path("governance/adoption/<uuid:dispatch>/register.pdf", pdf.register_pdf, name="adoption_pdf"),
    path("governance/adoption/<uuid:dispatch>/letters/", dispatching.letters, name="adoption_letters"),
    path("governance/adoption/<uuid:dispatch>/receivers/new/", dispatching.receiver_new, name="receiver_new"),
    path("governance/adoption/receivers/<uuid:receiver>/", views.receiver, name="receiver"),
    path("governance/adoption/receivers/<uuid:receiver>/change/", dispatching.receiver_change, name="receiver_change"),
    path("governance/adoption/receivers/<uuid:receiver>/remove/", dispatching.receiver_remove, name="receiver_remove"),
    path("governance/adoption/receivers/<uuid:receiver>/letter/", dispatching.letter, name="receiver_letter"),
    path("governance/adoption/receivers/<uuid:receiver>/plans/", deciding.plans, name="receiver_plans"),
    path(
        "governance/adoption/receivers/<uuid:receiver>/decisions/new/",
        deciding.decision_new,
        name="adoption_decision_new",
    ),
    path(
        "governance/adoption/decisions/<uuid:decision>/change/",
        deciding.decision_change,
        name="adoption_decision_change",
    ),
    path(
        "governance/adoption/decisions/<uuid:decision>/remove/",
        deciding.decision_remove,
        name="adoption_decision_remove",
    ),
    path("governance/adoption/extracts/", extracts.extracts, name="extracts"),
    path("governance/adoption/extracts/<uuid:extract>/", extracts.extract, name="extract"),
    path("governance/adoption/extracts/<uuid:extract>/remove/", extracts.extract_remove, name="extract_remove"),
    path("governance/adoption/receivers/<uuid:receiver>/extracts/new/", extracts.extract_new, name="extract_new"),
]

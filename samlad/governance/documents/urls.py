"""The addresses of steering documents."""

from django.urls import path

from samlad.governance.documents import part_views, views

urlpatterns = [
    path("governance/documents/", views.documents, name="documents"),
    path("governance/documents/in-force/", views.documents_in_force, name="documents_in_force"),
    path("governance/documents/new/", views.document_new, name="document_new"),
    path("governance/documents/versions/<uuid:edition>/", views.edition, name="edition"),
    path("governance/documents/versions/<uuid:edition>/change/", views.edition_change, name="edition_change"),
    path("governance/documents/versions/<uuid:edition>/steps/new/", part_views.step_new, name="edition_step_new"),
    path("governance/documents/versions/<uuid:edition>/parts/new/", part_views.part_new, name="edition_part_new"),
    path("governance/documents/versions/<uuid:edition>/files/new/", part_views.files_new, name="edition_files_new"),
    path(
        "governance/documents/versions/<uuid:edition>/files/<uuid:attachment>/remove/",
        part_views.file_remove,
        name="edition_file_remove",
    ),
    path("governance/documents/steps/<uuid:step>/change/", part_views.step_change, name="edition_step_change"),
    path("governance/documents/steps/<uuid:step>/remove/", part_views.step_remove, name="edition_step_remove"),
    path("governance/documents/parts/<uuid:belonging>/remove/", part_views.part_remove, name="edition_part_remove"),
    path("governance/documents/<slug:document>/", views.document, name="document"),
    path("governance/documents/<slug:document>/change/", views.document_change, name="document_change"),
    path("governance/documents/<slug:document>/versions/new/", views.edition_new, name="edition_new"),
]

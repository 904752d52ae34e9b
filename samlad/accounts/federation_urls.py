"""The addresses of signing in by an identity provider, of identities and of breaking the glass."""

from django.urls import path

from samlad.accounts import break_glass, federation_views, identity_pages

WITH = "sign-in/with/<slug:provider>/"
PERSON = "registers/people/<slug:key>/identities/"

urlpatterns = [
    path(WITH, federation_views.begin, name="federation_begin"),
    path(WITH + "answer/", federation_views.answer, name="federation_answer"),
    path(WITH + "acs/", federation_views.acs, name="federation_acs"),
    path(WITH + "finish/", federation_views.finish, name="federation_finish"),
    path(WITH + "metadata.xml", federation_views.metadata, name="federation_metadata"),
    path("account/identities/", identity_pages.account_identities, name="account_identities"),
    path("account/identities/new/", identity_pages.account_identity_new, name="account_identity_new"),
    path("account/identities/<int:identity>/end/", identity_pages.account_identity_end, name="account_identity_end"),
    path("account/break-glass/", break_glass.break_glass, name="break_glass"),
    path("account/break-glass/end/", break_glass.mend_glass, name="mend_glass"),
    path(PERSON, identity_pages.person_identities, name="person_identities"),
    path(PERSON + "<int:identity>/end/", identity_pages.person_identity_end, name="person_identity_end"),
    path(PERSON + "glass/<int:glass>/end/", identity_pages.person_glass_end, name="person_glass_end"),
    path("providers/", identity_pages.providers, name="providers"),
]

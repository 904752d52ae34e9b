"""The registers' addresses: the seat one speaks from, the language, and the registers themselves."""

from django.urls import path

from samlad.registers import edits, gaps_page, loan_pages, network_pages, past_page, people_edits, signing_in, views

urlpatterns = [
    path("seat/", signing_in.seat, name="seat"),
    path("language/", signing_in.set_language, name="set_language"),
    path("registers/", views.overview, name="registers"),
    path("registers/actors/", views.actors, name="registers_actors"),
    path("registers/actors/new/", edits.actor_new, name="registers_actor_new"),
    path("registers/actors/<slug:code>/", views.actor, name="registers_actor"),
    path("registers/actors/<slug:code>/versions/new/", edits.actor_version_new, name="registers_actor_version_new"),
    path("registers/actors/<slug:code>/versions/<int:version>/", edits.actor_edit, name="registers_actor_edit"),
    path("registers/areas/", views.areas, name="registers_areas"),
    path("registers/areas/<slug:code>/", views.area, name="registers_area"),
    path("registers/areas/<slug:code>/population/new/", edits.population_new, name="registers_population_new"),
    path("registers/people/", views.people, name="registers_people"),
    path("registers/people/new/", people_edits.person_new, name="registers_person_new"),
    path("registers/people/<slug:key>/", views.person, name="registers_person"),
    path("registers/people/<slug:key>/edit/", people_edits.person_edit, name="registers_person_edit"),
    path("registers/people/<slug:key>/seats/new/", people_edits.seat_new, name="registers_seat_new"),
    path("registers/people/<slug:key>/seats/<int:seat>/end/", people_edits.seat_end, name="registers_seat_end"),
    path("registers/people/<slug:key>/seats/<int:seat>/", people_edits.seat_edit, name="registers_seat_edit"),
    path("registers/people/<slug:key>/loans/new/", loan_pages.loan_new, name="registers_loan_new"),
    path("registers/loans/<int:loan>/", loan_pages.loan, name="registers_loan"),
    path("registers/gaps/", gaps_page.gaps, name="registers_gaps"),
    path("registers/past/", past_page.past, name="registers_past"),
    path("registers/people/<slug:key>/phone/", people_edits.phone, name="registers_phone"),
    path("registers/people/<slug:key>/password/", people_edits.password, name="registers_password"),
    path("registers/networks/", network_pages.networks, name="registers_networks"),
    path("registers/networks/new/", network_pages.network_new, name="registers_network_new"),
    path("registers/networks/<uuid:network>/", network_pages.network_page, name="registers_network"),
    path("registers/networks/<uuid:network>/edit/", network_pages.network_edit, name="registers_network_edit"),
    path("registers/networks/<uuid:network>/end/", network_pages.network_end, name="registers_network_end"),
]

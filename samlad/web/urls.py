"""Every room's addresses, in one list."""

from django.urls import include, path

from samlad.web import front_page, home, journal_page, pointer_page, standing_down, wall_page
from samlad.web.health import healthz

OPERATION = "operations/<uuid:operation>/"

urlpatterns = [
    path("", home.home, name="home"),
    path(OPERATION, front_page.front, name="operation"),
    path(OPERATION + "standing-down/", standing_down.stand_down, name="stand_down"),
    path(OPERATION + "journal/", journal_page.journal, name="journal"),
    path(OPERATION + "pointers/new/", pointer_page.pointer_new, name="pointer_new"),
    path("api/v1/" + OPERATION + "entries", journal_page.entries_json, name="api_entries"),
    path("wall/", wall_page.wall, name="wall"),
    path("wall/<uuid:operation>/", wall_page.wall_operation, name="wall_operation"),
    path("healthz", healthz, name="healthz"),
    path("", include("samlad.accounts.urls")),
    path("", include("samlad.activation.urls")),
    path("", include("samlad.notify.urls")),
    path("", include("samlad.picture.urls")),
    path("", include("samlad.privacy.urls")),
    path("", include("samlad.registers.urls")),
]
handler500 = "samlad.web.errors.failed"

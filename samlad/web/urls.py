"""Every room's addresses, in one list."""

from django.urls import include, path

from samlad.web import (
    disclosing,
    entry_page,
    files_page,
    front_page,
    home,
    journal_page,
    pointer_page,
    standing_down,
    wall_page,
    weekly_page,
)
from samlad.web.health import healthz

OPERATION = "operations/<uuid:operation>/"
ENTRY = OPERATION + "entries/<uuid:entry>/"

urlpatterns = [
    path("", home.home, name="home"),
    path(OPERATION, front_page.front, name="operation"),
    path(OPERATION + "standing-down/", standing_down.stand_down, name="stand_down"),
    path(OPERATION + "journal/", journal_page.journal, name="journal"),
    path(OPERATION + "files/<uuid:entry>/", files_page.file, name="file"),
    path(OPERATION + "pointers/new/", pointer_page.pointer_new, name="pointer_new"),
    path(OPERATION + "readings/", entry_page.readings, name="readings"),
    path(ENTRY, entry_page.entry, name="entry"),
    path(ENTRY + "widening/", disclosing.entry_widen, name="entry_widen"),
    path(ENTRY + "narrowing/", disclosing.entry_narrow, name="entry_narrow"),
    path(ENTRY + "marking/", disclosing.entry_mark, name="entry_mark"),
    path("api/v1/" + OPERATION + "entries", journal_page.entries_json, name="api_entries"),
    path("wall/", wall_page.wall, name="wall"),
    path("wall/<uuid:operation>/", wall_page.wall_operation, name="wall_operation"),
    path("weekly/", weekly_page.weekly, name="weekly"),
    path("weekly/schedule/", weekly_page.schedule, name="weekly_schedule"),
    path("weekly/weeks/", weekly_page.week, name="weekly_week"),
    path("wall/<uuid:operation>/calling/", wall_page.wall_calling, name="wall_calling"),
    path("healthz", healthz, name="healthz"),
    path("", include("samlad.accounts.urls")),
    path("", include("samlad.activation.urls")),
    path("", include("samlad.governance.urls")),
    path("", include("samlad.learning.urls")),
    path("", include("samlad.notify.urls")),
    path("", include("samlad.picture.urls")),
    path("", include("samlad.privacy.urls")),
    path("", include("samlad.registers.urls")),
]
handler500 = "samlad.web.errors.failed"

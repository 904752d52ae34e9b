"""The addresses of the notify room."""

from django.urls import path

from samlad.notify import views, way_actor_pages, way_open_pages, way_pages

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("ways/", way_pages.my_ways, name="my_ways"),
    path("ways/new/", way_pages.way_new, name="way_new"),
    path("ways/push/", way_pages.way_push, name="way_push"),
    path("ways/back/", way_pages.way_back, name="way_back"),
    path("ways/actors/", way_actor_pages.ways_overview, name="ways_overview"),
    path("ways/actors/<slug:code>/", way_actor_pages.actor_ways, name="actor_ways"),
    path("ways/actors/<slug:code>/new/", way_actor_pages.actor_way_new, name="actor_way_new"),
    path("ways/confirm/<str:token>/", way_open_pages.way_confirm, name="way_confirm"),
    path("ways/one/<str:way>/moving/", way_pages.way_move, name="way_move"),
    path("ways/one/<str:way>/exercises/", way_pages.way_mark, name="way_mark"),
    path("ways/one/<str:way>/testing/", way_pages.way_test, name="way_test"),
    path("ways/one/<str:way>/code/", way_pages.way_code, name="way_code"),
    path("ways/one/<str:way>/removing/", way_pages.way_remove, name="way_remove"),
    path("push-worker.js", way_open_pages.push_worker, name="push_worker"),
]

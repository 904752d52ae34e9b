"""Every room's addresses, in one list."""

from django.urls import path

from samlad.web.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]

"""The addresses of the notify room."""

from django.urls import path

from samlad.notify import views

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
]

"""The addresses of the activation room."""

from django.urls import path

from samlad.activation import views

OPERATION = "operations/<uuid:operation>/"

urlpatterns = [
    path("raise/", views.raise_operation, name="raise"),
    path(OPERATION + "acknowledgements/", views.acknowledge, name="acknowledge"),
    path(OPERATION + "situation/", views.situation, name="situation"),
]

"""The addresses of the activation room."""

from django.urls import path

from samlad.activation import card_pages, card_register, views

OPERATION = "operations/<uuid:operation>/"

urlpatterns = [
    path("raise/", views.raise_operation, name="raise"),
    path(OPERATION + "acknowledgements/", views.acknowledge, name="acknowledge"),
    path(OPERATION + "situation/", views.situation, name="situation"),
    path(OPERATION + "cards/", card_pages.cards, name="cards"),
    path(OPERATION + "cards/<slug:card>/", card_pages.card, name="card"),
    path("registers/cards/", card_register.cards, name="registers_cards"),
    path("registers/cards/new/", card_register.card_new, name="registers_card_new"),
    path("registers/cards/<slug:card>/", card_register.card, name="registers_card"),
    path("registers/cards/<slug:card>/edit/", card_register.card_edit, name="registers_card_edit"),
]

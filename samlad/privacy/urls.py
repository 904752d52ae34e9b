"""The addresses of the privacy room."""

from django.urls import path

from samlad.privacy import views

urlpatterns = [
    path("privacy/", views.register, name="privacy"),
    path("privacy/mine.json", views.mine, name="privacy_mine"),
    path("privacy/people/<slug:key>.json", views.on_person, name="privacy_person"),
    path("privacy/retention/<str:what>/", views.decide, name="privacy_decide"),
]

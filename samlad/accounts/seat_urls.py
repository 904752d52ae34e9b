"""The addresses of an actor's own people, invitations and wall screens."""

from django.urls import path

from samlad.accounts import invitation_pages, our_people, wall_pages

urlpatterns = [
    path("our-people/<slug:code>/", our_people.our_people, name="our_people"),
    path("our-people/<slug:code>/invitations/new/", invitation_pages.invitation_new, name="invitation_new"),
    path("our-people/<slug:code>/screens/", wall_pages.screens, name="screens"),
    path("invitations/<int:invitation>/resend/", invitation_pages.invitation_resend, name="invitation_resend"),
    path("invitations/<int:invitation>/withdraw/", invitation_pages.invitation_withdraw, name="invitation_withdraw"),
    path("invitation/<str:token>/", invitation_pages.invitation, name="invitation"),
    path("screens/<int:screen>/link/", wall_pages.screen_link, name="screen_link"),
    path("screens/<int:screen>/end/", wall_pages.screen_end, name="screen_end"),
    path("screen/<str:token>/", wall_pages.screen_open, name="screen_open"),
]

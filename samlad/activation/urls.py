"""The addresses of the activation room."""

from django.urls import path

from samlad.activation import (
    alarm_in,
    answer_page,
    assess_page,
    board_pages,
    card_pages,
    card_register,
    incoming_pages,
    mode_pages,
    raise_page,
    template_register,
    views,
)

OPERATION = "operations/<uuid:operation>/"

urlpatterns = [
    path("a/<str:link>", answer_page.answer, name="answer"),
    path("in/alarm/", alarm_in.alarm_in, name="alarm_in"),
    path("in/sms/", incoming_pages.sms_in, name="sms_in"),
    path("in/voice/", incoming_pages.voice_answer, name="voice_answer"),
    path("raise/", raise_page.raise_operation, name="raise"),
    path(OPERATION + "assessment/", assess_page.assessment, name="assessment"),
    path(OPERATION + "assessment/calls/<uuid:call>/withdrawn/", assess_page.withdraw, name="call_withdraw"),
    path(OPERATION + "calling/", board_pages.calling, name="calling"),
    path(OPERATION + "calling/again/", board_pages.calling_resend, name="calling_resend"),
    path(OPERATION + "calling/actors/<slug:code>/", board_pages.calling_actor, name="calling_actor"),
    path(OPERATION + "acknowledgements/", views.acknowledge, name="acknowledge"),
    path(OPERATION + "situation/", views.situation, name="situation"),
    path(OPERATION + "cards/", card_pages.cards, name="cards"),
    path(OPERATION + "cards/<slug:card>/", card_pages.card, name="card"),
    path("mode/", mode_pages.mode, name="mode"),
    path("mode/own/", mode_pages.mode_own, name="mode_own"),
    path("mode/national/", mode_pages.mode_national, name="mode_national"),
    path(OPERATION + "own-mode/", mode_pages.played_own, name="played_own"),
    path(OPERATION + "national-state/", mode_pages.played_national, name="played_national"),
    path("registers/call-out/", template_register.call_out, name="registers_call_out"),
    path("registers/call-out/texts/new/", template_register.text_new, name="registers_call_out_text_new"),
    path("registers/call-out/answers/new/", template_register.answer_new, name="registers_call_out_answer_new"),
    path(
        "registers/call-out/<slug:part>/<slug:prepared>/edit/", template_register.edit, name="registers_call_out_edit"
    ),
    path("registers/cards/", card_register.cards, name="registers_cards"),
    path("registers/cards/new/", card_register.card_new, name="registers_card_new"),
    path("registers/cards/<slug:card>/", card_register.card, name="registers_card"),
    path("registers/cards/<slug:card>/edit/", card_register.card_edit, name="registers_card_edit"),
]

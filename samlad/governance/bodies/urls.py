"""Addresses of bodies and meetings. What has a word of its own comes before a body's code."""

from django.urls import path

from samlad.governance.bodies import agenda_views as agenda
from samlad.governance.bodies import calendar_views as calendars
from samlad.governance.bodies import decision_views as decisions
from samlad.governance.bodies import meeting_views as meetings
from samlad.governance.bodies import minutes_views as minutes
from samlad.governance.bodies import views

MEETING = "governance/bodies/meetings/<uuid:meeting>/"
ITEM = "governance/bodies/items/<uuid:item>/"
DECISION = "governance/bodies/decisions/<uuid:meeting_decision>/"
BODY = "governance/bodies/<slug:body>/"

urlpatterns = [
    path("governance/bodies/", views.bodies, name="bodies"),
    path("governance/bodies/new/", views.body_new, name="body_new"),
    path("governance/bodies/gaps/", views.gaps, name="body_gaps"),
    path("governance/bodies/members/<uuid:member>/", views.body_member, name="body_member"),
    path("governance/bodies/members/<uuid:member>/remove/", views.body_member_remove, name="body_member_remove"),
    path("governance/bodies/meetings/", calendars.meetings, name="meetings"),
    path("governance/bodies/calendar/", calendars.meeting_calendar, name="meeting_calendar"),
    path("governance/bodies/calendars/<str:token>/meetings.ics", calendars.meeting_feed, name="meeting_feed"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}change/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{MEETING}cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}call/", meetings.meeting_call, name="meeting_call"),
    path(f"{MEETING}held/", meetings.meeting_held, name="meeting_held"),
    path(f"{MEETING}attendance/", meetings.meeting_attendance, name="meeting_attendance"),
    path(f"{MEETING}meeting.ics", calendars.meeting_ics, name="meeting_ics"),
    path(f"{MEETING}papers.pdf", agenda.meeting_pack, name="meeting_pack"),
    path(f"{MEETING}papers/<uuid:meeting_paper>/", agenda.meeting_paper, name="meeting_paper"),
    path(f"{MEETING}papers/<uuid:meeting_paper>/remove/", agenda.meeting_paper_remove, name="meeting_paper_remove"),
    path(f"{MEETING}items/new/", agenda.item_new, name="item_new"),
    path(ITEM, agenda.item, name="item"),
    path(f"{ITEM}move/", agenda.item_move, name="item_move"),
    path(f"{ITEM}remove/", agenda.item_remove, name="item_remove"),
    path(f"{ITEM}papers/", agenda.item_papers, name="item_papers"),
    path(f"{MEETING}minutes/", minutes.meeting_minutes, name="meeting_minutes"),
    path(f"{MEETING}minutes/write/", minutes.meeting_minutes_write, name="meeting_minutes_write"),
    path(f"{MEETING}minutes/adjust/", minutes.meeting_adjust, name="meeting_adjust"),
    path(f"{MEETING}minutes.pdf", minutes.meeting_minutes_pdf, name="meeting_minutes_pdf"),
    path(f"{MEETING}decisions/new/", decisions.meeting_decision_new, name="meeting_decision_new"),
    path("governance/bodies/decisions/", decisions.meeting_decisions, name="meeting_decisions"),
    path(DECISION, decisions.meeting_decision, name="meeting_decision"),
    path(f"{DECISION}change/", decisions.meeting_decision_edit, name="meeting_decision_edit"),
    path(f"{DECISION}remove/", decisions.meeting_decision_remove, name="meeting_decision_remove"),
    path(f"{DECISION}follow-up/", decisions.meeting_decision_follow, name="meeting_decision_follow"),
    path(BODY, views.body, name="body"),
    path(f"{BODY}change/", views.body_edit, name="body_edit"),
    path(f"{BODY}members/new/", views.body_member_new, name="body_member_new"),
    path(f"{BODY}meetings/new/", meetings.meeting_new, name="meeting_new"),
    path(f"{BODY}meetings.ics", calendars.body_calendar, name="body_calendar"),
]

"""The addresses of the picture, all below one operation."""

from django.urls import path

from samlad.picture import deadline, desk, reporting, views

OPERATION = "operations/<uuid:operation>/"

urlpatterns = [
    path(OPERATION + "reports/", views.reports, name="reports"),
    path(OPERATION + "reports/new/", reporting.report_new, name="report_new"),
    path(OPERATION + "reports/unchanged/", reporting.report_unchanged, name="report_unchanged"),
    path(OPERATION + "reports/<uuid:entry>/", views.report, name="report"),
    path(OPERATION + "actors/<str:code>/", views.actor_reports, name="actor_reports"),
    path(OPERATION + "desk/", desk.desk, name="desk"),
    path(OPERATION + "desk/statements/", desk.take, name="desk_take"),
    path(OPERATION + "desk/statements/<uuid:statement>/drop/", desk.drop, name="desk_drop"),
    path(OPERATION + "desk/assessment/", desk.assess, name="desk_assess"),
    path(OPERATION + "desk/preview/", desk.preview, name="desk_preview"),
    path(OPERATION + "deadline/", deadline.deadline, name="deadline"),
    path(OPERATION + "pictures/", views.pictures, name="pictures"),
    path(OPERATION + "pictures/<int:number>/", views.picture_page, name="picture"),
    path(OPERATION + "pictures/<int:number>.pdf", views.picture_pdf, name="picture_pdf"),
    path(OPERATION + "figures/", views.figures, name="figures"),
]

"""The desk's addresses of a dossier and the counter's. The door (faces/desk) adds inbox, search and navigation."""

from django.urls import path

from tinhso.systems.onestop.views import alerts, applicants, batch, bulk, case, counter, files

urlpatterns = [
    path("can-bo/ho-so/<str:code>", case.case_page, name="desk_case"),
    path("can-bo/ho-so/<str:code>/tep/<uuid:file>", files.paper, name="desk_paper"),
    path("can-bo/ho-so/<str:code>/phieu/<uuid:slip>", files.slip, name="desk_slip"),
    path("can-bo/ho-so/<str:code>/viec/<slug:slug>", case.act, name="desk_act"),
    path("can-bo/nhac-viec", alerts.alerts, name="desk_alerts"),
    path("can-bo/nhieu-viec", bulk.many, name="desk_many"),
    path("can-bo/cho-ky", batch.to_sign, name="desk_to_sign"),
    path("can-bo/cho-so", batch.to_seal, name="desk_to_seal"),
    path("can-bo/tiep-nhan", counter.choose_procedure, name="counter"),
    path("can-bo/tiep-nhan/xong/<str:code>", counter.received, name="counter_received"),
    path("can-bo/tiep-nhan/<str:procedure>", applicants.choose_applicant, name="counter_applicant"),
    path("can-bo/tiep-nhan/<str:procedure>/<uuid:party>", counter.fill, name="counter_fill"),
    path("can-bo/tiep-nhan/<str:procedure>/<uuid:party>/sua", applicants.correct, name="counter_correct"),
]

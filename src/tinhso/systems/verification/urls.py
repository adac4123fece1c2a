from django.urls import path

from tinhso.systems.verification import views

urlpatterns = [
    path("xac-minh", views.verify, name="verify"),
    path("xac-minh/<uuid:result>", views.verify_result, name="verify_result"),
]

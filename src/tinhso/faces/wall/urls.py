from django.urls import path

from tinhso.faces.wall import views

urlpatterns = [path("", views.operations, name="wall")]

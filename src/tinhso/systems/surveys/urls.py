from django.urls import path

from tinhso.systems.surveys import views

urlpatterns = [path("danh-gia/<str:code>", views.rating, name="rating")]

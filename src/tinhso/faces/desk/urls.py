from django.urls import path

from tinhso.faces.desk import views

urlpatterns = [
    path("", views.home, name="desk"),
    path("tim", views.search, name="desk_search"),
]

from django.urls import path
from django.views.i18n import set_language

from tinhso.core.web.access import public
from tinhso.faces.public import views

urlpatterns = [
    path("", views.home, name="home"),
    path("ngon-ngu", public(set_language), name="set_language"),
]

from django.urls import path

from tinhso.systems.accounts import views

urlpatterns = [
    path("dang-nhap", views.citizen_sign_in, name="sign_in"),
    path("dang-xuat", views.citizen_sign_out, name="sign_out"),
    path("can-bo/dang-nhap", views.officer_sign_in, name="officer_sign_in"),
    path("can-bo/dang-xuat", views.officer_sign_out, name="officer_sign_out"),
    path("can-bo/vi-tri", views.choose_post, name="choose_post"),
]

from django.urls import path

from tinhso.systems.accounts.views import details, sign_in, standing_in

urlpatterns = [
    path("dang-nhap", sign_in.citizen_sign_in, name="sign_in"),
    path("dang-xuat", sign_in.citizen_sign_out, name="sign_out"),
    path("cua-toi/thong-tin", details.own_details, name="own_details"),
    path("can-bo/dang-nhap", sign_in.officer_sign_in, name="officer_sign_in"),
    path("can-bo/dang-xuat", sign_in.officer_sign_out, name="officer_sign_out"),
    path("can-bo/vi-tri", sign_in.choose_post, name="choose_post"),
    path("can-bo/lam-thay", standing_in.standing_in, name="standing_in"),
]

"""Every address of the platform: the doors mount the rooms."""

from django.urls import include, path

handler400 = "tinhso.core.web.failures.unreadable"
handler403 = "tinhso.core.web.failures.forbidden"
handler404 = "tinhso.core.web.failures.not_found"
handler500 = "tinhso.core.web.failures.broken"

urlpatterns = [
    path("", include("tinhso.faces.public.urls")),
    path("can-bo/", include("tinhso.faces.desk.urls")),
    path("dieu-hanh/", include("tinhso.faces.wall.urls")),
    path("", include("tinhso.faces.api.urls")),
    path("", include("tinhso.systems.accounts.urls")),
    path("", include("tinhso.systems.cashier.urls")),
    path("", include("tinhso.systems.services.urls")),
    path("", include("tinhso.systems.onestop.urls")),
    path("", include("tinhso.systems.procedures.urls")),
    path("", include("tinhso.systems.surveys.urls")),
    path("", include("tinhso.systems.verification.urls")),
    path("", include("tinhso.foundation.payments.urls")),
]

from django.urls import path

from tinhso.foundation.payments.views import callback

app_name = "payments"

urlpatterns = [path("thanh-toan/goi-lai/<slug:gateway>", callback, name="callback")]

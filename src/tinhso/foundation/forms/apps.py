"""The forms room: declared forms. Rules only, no tables."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "tinhso.foundation.forms"
    label = "forms"
    verbose_name = "Biểu mẫu khai báo"

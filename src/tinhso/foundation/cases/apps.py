from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tinhso.foundation.cases"
    label = "cases"

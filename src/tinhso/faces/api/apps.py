from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tinhso.faces.api"
    label = "api"

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tinhso.core.web"
    label = "web"

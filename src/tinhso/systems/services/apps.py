from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "tinhso.systems.services"
    label = "services"

from django.apps import AppConfig


class OnestopConfig(AppConfig):
    name = "tinhso.systems.onestop"
    label = "onestop"

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tinhso.faces.desk"
    label = "desk"

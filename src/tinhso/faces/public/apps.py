from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "tinhso.faces.public"
    label = "public"

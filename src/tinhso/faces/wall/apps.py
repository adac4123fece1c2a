from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "tinhso.faces.wall"
    label = "wall"

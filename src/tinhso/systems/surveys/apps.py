from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "tinhso.systems.surveys"
    label = "surveys"

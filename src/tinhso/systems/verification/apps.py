from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "tinhso.systems.verification"
    label = "verification"

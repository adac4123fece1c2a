from django.apps import AppConfig


class OnestopConfig(AppConfig):
    name = "tinhso.systems.onestop"
    label = "onestop"

    def ready(self) -> None:
        from tinhso.foundation.cases.words import name_acts
        from tinhso.systems.onestop.words import ACTS

        name_acts(ACTS)

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "tinhso.foundation.events"
    label = "events"

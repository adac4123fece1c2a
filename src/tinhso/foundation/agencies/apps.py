from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "tinhso.foundation.agencies"
    label = "agencies"

    def ready(self) -> None:
        from tinhso.foundation.agencies.queries import find_agency_id
        from tinhso.foundation.calendars.queries import find_offices_by

        find_offices_by(find_agency_id)

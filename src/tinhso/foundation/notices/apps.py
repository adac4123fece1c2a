from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tinhso.foundation.notices"
    label = "notices"

    def ready(self) -> None:
        from tinhso.foundation.notices.mail import send_mail
        from tinhso.foundation.notices.sms import send_sms
        from tinhso.foundation.outbox.actions.send import carriers

        carriers.update(email=send_mail, sms=send_sms)

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tinhso.systems.accounts"
    label = "accounts"

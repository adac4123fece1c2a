from django.apps import AppConfig


class CashierConfig(AppConfig):
    name = "tinhso.systems.cashier"
    label = "cashier"

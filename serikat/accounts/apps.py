from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "serikat.accounts"
    label = "accounts"

"""The app: how people and programs get in."""

from django.apps import AppConfig


class ToegangConfig(AppConfig):
    name = "toegang"
    verbose_name = "Toegang"
    default_auto_field = "django.db.models.BigAutoField"

"""The app: the log of what happened."""

from django.apps import AppConfig


class LogboekConfig(AppConfig):
    name = "logboek"
    verbose_name = "Logboek"
    default_auto_field = "django.db.models.BigAutoField"

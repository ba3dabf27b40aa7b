"""The app: the table and what comes of it. It knows the measures; they do not know it."""

from django.apps import AppConfig


class RegietafelConfig(AppConfig):
    name = "regietafel"
    verbose_name = "Regietafel"
    default_auto_field = "django.db.models.BigAutoField"

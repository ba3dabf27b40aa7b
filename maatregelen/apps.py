"""The app: what is to be done, by whom, by when, how it stands."""

from django.apps import AppConfig


class MaatregelenConfig(AppConfig):
    name = "maatregelen"
    verbose_name = "Maatregelen"
    default_auto_field = "django.db.models.BigAutoField"

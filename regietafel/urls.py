"""Addresses of the pages of the table; each file holds those of one place."""

from django.urls import include, path

urlpatterns = [
    path("", include("regietafel.urls_vergaderen")),
    path("", include("regietafel.urls_notuleren")),
    path("", include("regietafel.urls_opvolgen")),
    path("", include("regietafel.urls_stukken")),
    path("", include("regietafel.urls_sinds")),
]

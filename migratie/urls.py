"""Addresses of the whole product."""

from django.urls import include, path

handler400 = "maatregelen.views.toegang.niet_begrepen"
handler403 = "maatregelen.views.toegang.geen_toegang"
handler500 = "migratie.problemen.serverfout"

urlpatterns = [
    path("", include("maatregelen.urls")),
    path("api/", include("maatregelen.api_urls")),
]

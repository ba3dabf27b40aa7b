"""Addresses of the whole product."""

from django.urls import include, path

handler400 = "maatregelen.views.toegang.niet_begrepen"
handler403 = "maatregelen.views.toegang.geen_toegang"
handler500 = "migratie.problemen.serverfout"

urlpatterns = [
    path("", include("maatregelen.urls")),
    path("", include("regietafel.urls")),
    path("", include("toegang.urls")),
    path("", include("logboek.urls")),
    # What matches nothing below api/ is refused by the last of these.
    path("api/", include("regietafel.api_urls")),
    path("api/", include("maatregelen.api_urls")),
]

"""Addresses of the whole product."""

from django.urls import include, path

handler400 = "maatregelen.views.toegang.niet_begrepen"
handler403 = "maatregelen.views.toegang.geen_toegang"

urlpatterns = [
    path("", include("maatregelen.urls")),
    path("api/v1/", include("maatregelen.api_urls")),
]

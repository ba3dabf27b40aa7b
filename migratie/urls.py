"""Addresses of the whole product."""

from django.urls import include, path

urlpatterns = [
    path("", include("maatregelen.urls")),
    path("api/v1/", include("maatregelen.api_urls")),
]

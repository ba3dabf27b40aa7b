"""Addresses of getting in."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("toegang.urls_aanmeldpunten")),
    path("", include("toegang.urls_inloggen")),
    path("", include("toegang.urls_logboek")),
    path("", include("toegang.urls_sleutels")),
]

"""Addresses of getting in."""

from django.urls import URLPattern, URLResolver, include, path

from toegang.views.opheffen import Opheffen

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("toegang.urls_aanmeldpunten")),
    path("", include("toegang.urls_inloggen")),
    path("", include("toegang.urls_logboek")),
    path("", include("toegang.urls_sleutels")),
    path("organisaties/<slug:slug>/opheffen/", Opheffen.as_view(), name="organisatie_opheffen"),
]

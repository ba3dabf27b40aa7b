"""Addresses of keys and programs: how software comes in."""

from django.urls import URLPattern, path

from toegang.views import sleutels

urlpatterns: list[URLPattern] = [
    path("mijn/sleutels/", sleutels.MijnSleutels.as_view(), name="sleutels"),
    path("mijn/sleutels/<slug:kenmerk>/intrekken/", sleutels.Intrekblad.as_view(), name="sleutel_intrekken"),
]

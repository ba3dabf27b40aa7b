"""Addresses of keys and programs: how software comes in."""

from django.urls import URLPattern, path

from toegang.views import programmas, sleutels

_P = "organisaties/<slug:slug>/programmas"

urlpatterns: list[URLPattern] = [
    path("mijn/sleutels/", sleutels.MijnSleutels.as_view(), name="sleutels"),
    path("mijn/sleutels/<slug:kenmerk>/intrekken/", sleutels.Intrekblad.as_view(), name="sleutel_intrekken"),
    path(f"{_P}/", programmas.Programmas.as_view(), name="programmas"),
    path(f"{_P}/<int:pk>/", programmas.Programma.as_view(), name="programma"),
    path(f"{_P}/<int:pk>/beeindigen/", programmas.ProgrammaBeeindigen.as_view(), name="programma_beeindigen"),
    path(
        f"{_P}/<int:pk>/sleutels/<slug:kenmerk>/intrekken/",
        programmas.ProgrammasleutelIntrekken.as_view(),
        name="programmasleutel_intrekken",
    ),
]

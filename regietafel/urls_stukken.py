"""Addresses of papers."""

from django.urls import URLPattern, path

from regietafel.views import stukken as blad

urlpatterns: list[URLPattern] = [
    path("stukken/", blad.stukken, name="stukken"),
    path("stukken/vragen/", blad.stuk_vragen, name="stuk_vragen"),
    path("stukken/kiezen/", blad.stuk_kiezen, name="stuk_kiezen"),
    path("stukken/controle/", blad.stuk_controle, name="stuk_controle"),
    path("stukken/bundel/<uuid:bundel>/", blad.stukkenbundel, name="stukkenbundel"),
    path("stukken/bundel/<uuid:bundel>/stand/", blad.stukkenbundel_stand, name="stukkenbundel_stand"),
    path("stukken/bundel/<uuid:bundel>/alles.zip", blad.stukkenbundel_zip, name="stukkenbundel_zip"),
    path("stukken/<int:pk>/", blad.stuk, name="stuk"),
    path("stukken/<int:pk>/stand/", blad.stuk_stand, name="stuk_stand"),
    path("stukken/<int:pk>/bestand/", blad.stuk_bestand, name="stuk_bestand"),
    path("stukken/<int:pk>/opnieuw/", blad.stuk_opnieuw, name="stuk_opnieuw"),
    path("vergaderingen/<slug:slug>/stukken/", blad.vergadering_stukken, name="vergadering_stukken"),
    path("vergaderingen/<slug:slug>/stukken/alles/", blad.vergadering_bundel, name="vergadering_bundel"),
    path("vergaderingen/<slug:slug>/uitnodiging.ics", blad.vergadering_ics, name="vergadering_ics"),
]

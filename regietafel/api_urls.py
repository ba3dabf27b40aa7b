"""Addresses of the table in the API, below /api/; the first of them names the lists of the whole product."""

from django.urls import path

from maatregelen.api import Ingang
from regietafel import api

urlpatterns = [
    path("v1", Ingang.as_view(lijsten=api.ALLE_LIJSTEN)),
    path("v1/vergaderingen", api.Vergaderingen.as_view()),
    path("v1/vergaderingen/<slug:slug>", api.EenVergadering.as_view()),
    path("v1/agendapunten", api.Agendapunten.as_view()),
    path("v1/agendapunten/<int:id>", api.EenAgendapunt.as_view()),
    path("v1/inbreng", api.Inbrenglijst.as_view()),
    path("v1/inbreng/<int:id>", api.EenInbreng.as_view()),
    path("v1/besluiten", api.Besluiten.as_view()),
    path("v1/besluiten/<slug:code>", api.EenBesluit.as_view()),
    path("v1/terugkoppelingen", api.Terugkoppelingen.as_view()),
    path("v1/terugkoppelingen/<int:id>", api.EenTerugkoppeling.as_view()),
    path("v1/actiepunten", api.Actiepunten.as_view()),
    path("v1/actiepunten/<slug:code>", api.EenActiepunt.as_view()),
    path("v1/actiepunten/<slug:code>/stand", api.Actiestandwissel.as_view()),
]

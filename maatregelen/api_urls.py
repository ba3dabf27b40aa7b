"""Addresses of the API, below /api/. What matches nothing is refused as a problem, not as a page."""

from django.urls import path, re_path

from maatregelen import api
from maatregelen.api import mijlpalen, reacties

urlpatterns = [
    path("v1", api.Ingang.as_view()),
    path("v1/openapi.json", api.OpenApi.as_view()),
    path("v1/agendas", api.Agendas.as_view()),
    path("v1/agendas/<slug:slug>", api.EenAgenda.as_view()),
    path("v1/pijlers", api.Pijlers.as_view()),
    path("v1/pijlers/<int:id>", api.EenPijler.as_view()),
    path("v1/maatregelen", api.Maatregelen.as_view()),
    path("v1/maatregelen/<slug:code>", api.EenMaatregel.as_view()),
    path("v1/maatregelen/<slug:code>/status", api.Maatregelstatus.as_view()),
    path("v1/maatregelen/<slug:code>/mijlpalen", mijlpalen.Maatregelmijlpalen.as_view()),
    path("v1/mijlpalen", mijlpalen.Mijlpalen.as_view()),
    path("v1/mijlpalen/<int:id>", mijlpalen.EenMijlpaal.as_view()),
    path("v1/organisaties", api.Organisaties.as_view()),
    path("v1/organisaties/<slug:slug>", api.EenOrganisatie.as_view()),
    path("v1/statuswijzigingen", api.Statuswijzigingen.as_view()),
    path("v1/statuswijzigingen/<int:id>", api.EenStatuswijziging.as_view()),
    path("v1/reacties", reacties.Reacties.as_view()),
    path("v1/reacties/<int:id>", reacties.EenReactie.as_view()),
    path("v1/indicatoren", api.Indicatoren.as_view()),
    path("v1/indicatoren/<slug:slug>", api.EenIndicator.as_view()),
    path("v1/wijzigingen", api.Wijzigingen.as_view()),
    re_path(r"^", api.Onbekend.as_view()),
]

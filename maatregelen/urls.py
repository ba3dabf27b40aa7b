"""Addresses of the pages."""

from django.urls import include, path

from maatregelen.views import (
    abonnementen,
    agendas,
    cijfers,
    maatregelen,
    organisaties,
    termijnen,
    toegang,
    vandaag,
    verantwoording,
)

urlpatterns = [
    # First, so that /agendas/nieuw/ is not taken for an agenda called "nieuw".
    path("", include("maatregelen.urls_bijhouden")),
    path("", vandaag.vandaag, name="vandaag"),
    path("agendas/", agendas.agendas, name="agendas"),
    path("agendas/<slug:slug>/", agendas.agenda, name="agenda"),
    path("maatregelen/", maatregelen.maatregelen, name="maatregelen"),
    path("termijnen/", termijnen.termijnen, name="termijnen"),
    path("termijnen/lezen/", termijnen.lezen, name="termijn_lezen"),
    path("organisaties/", organisaties.organisaties, name="organisaties"),
    path("organisaties/<slug:slug>/", organisaties.organisatie, name="organisatie"),
    path("cijfers/", cijfers.cijfers, name="cijfers"),
    path("kalender/<str:geheim>.ics", abonnementen.kalender, name="kalender"),
    path("wijzigingen/<str:geheim>.atom", abonnementen.wijzigingenfeed, name="wijzigingenfeed"),
    path("toegankelijkheid/", verantwoording.toegankelijkheid, name="toegankelijkheid"),
    path("privacy/", verantwoording.privacy, name="privacy"),
    path("kwetsbaarheden/", verantwoording.kwetsbaarheden, name="kwetsbaarheden"),
    path(".well-known/security.txt", verantwoording.security_txt, name="security_txt"),
    path("health/live", toegang.health_live, name="health_live"),
    path("health/ready", toegang.health_ready, name="health_ready"),
]

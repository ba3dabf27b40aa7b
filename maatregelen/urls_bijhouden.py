"""Addresses of the pages where people keep things up."""

from django.urls import URLPattern, path

from maatregelen.views import (
    abonnementen,
    beheer,
    berichten,
    bijhouden_agenda,
    bijhouden_cijfers,
    bijhouden_maatregel,
    bijhouden_mijlpaal,
    herinnerbeheer,
    maatregel,
    publicatie,
    reacties,
)
from maatregelen.views.afmelden import afmelden
from maatregelen.views.verzendboek import aan_mij, aan_persoon, van_een_maatregel
from maatregelen.views.volgen import Volgen, selectie

_M = "maatregelen/<slug:code>"

urlpatterns: list[URLPattern] = [
    path("agendas/nieuw/", bijhouden_agenda.AgendaNieuw.as_view(), name="agenda_nieuw"),
    path("agendas/<slug:slug>/wijzigen/", bijhouden_agenda.AgendaWijzigen.as_view(), name="agenda_wijzigen"),
    path("agendas/<slug:slug>/zichtbaarheid/", publicatie.AgendaZicht.as_view(), name="agenda_zicht"),
    path("agendas/<slug:slug>/publicatie/", publicatie.AgendaPubliceren.as_view(), name="agenda_publicatie"),
    path("pijlers/<int:pk>/zichtbaarheid/", publicatie.PijlerZicht.as_view(), name="pijler_zicht"),
    path("mijlpalen/<int:pk>/zichtbaarheid/", publicatie.MijlpaalZicht.as_view(), name="mijlpaal_zicht"),
    path("beheer/publicatie/", publicatie.Beleidsblad.as_view(), name="publicatiebeleid"),
    path("agendas/<slug:slug>/pijlers/nieuw/", bijhouden_agenda.PijlerNieuw.as_view(), name="pijler_nieuw"),
    path("agendas/<slug:slug>/brontekst/", bijhouden_agenda.BrontekstBlad.as_view(), name="brontekst"),
    path("pijlers/<int:pk>/wijzigen/", bijhouden_agenda.PijlerWijzigen.as_view(), name="pijler_wijzigen"),
    path("pijlers/<int:pk>/maatregelen/nieuw/", bijhouden_maatregel.MaatregelNieuw.as_view(), name="maatregel_nieuw"),
    path(f"{_M}/", maatregel.maatregel, name="maatregel"),
    path(f"{_M}/status/", maatregel.Statuswissel.as_view(), name="maatregel_status"),
    path(f"{_M}/voortgang/", maatregel.Voortgangsmelding.as_view(), name="maatregel_voortgang"),
    path(f"{_M}/volgen/", maatregel.volgen, name="maatregel_volgen"),
    path(f"{_M}/trekker/", maatregel.Trekkertoewijzing.as_view(), name="trekker"),
    path(f"{_M}/wijzigen/", bijhouden_maatregel.MaatregelWijzigen.as_view(), name="maatregel_wijzigen"),
    path(f"{_M}/zichtbaarheid/", publicatie.MaatregelZicht.as_view(), name="maatregel_zicht"),
    path(f"{_M}/publicatie/", publicatie.MaatregelPubliceren.as_view(), name="maatregel_publicatie"),
    path(f"{_M}/reacties/nieuw/", reacties.ReactieNieuw.as_view(), name="reactie_nieuw"),
    path("reacties/<int:pk>/wijzigen/", reacties.ReactieWijzigen.as_view(), name="reactie_wijzigen"),
    path("reacties/<int:pk>/intrekken/", reacties.ReactieIntrekken.as_view(), name="reactie_intrekken"),
    path(f"{_M}/mijlpalen/nieuw/", bijhouden_mijlpaal.MijlpaalNieuw.as_view(), name="mijlpaal_nieuw"),
    path(f"{_M}/betrokkenen/nieuw/", bijhouden_maatregel.BetrokkenheidNieuw.as_view(), name="betrokkenheid_nieuw"),
    path(f"{_M}/wetstraject/", bijhouden_maatregel.WetstrajectBlad.as_view(), name="wetstraject"),
    path(f"{_M}/opvolging/nieuw/", bijhouden_maatregel.OpvolgingNieuw.as_view(), name="opvolging_nieuw"),
    path("opvolging/<int:pk>/terugnemen/", bijhouden_maatregel.OpvolgingTerug.as_view(), name="opvolging_terug"),
    path("mijlpalen/<int:pk>/wijzigen/", bijhouden_mijlpaal.MijlpaalWijzigen.as_view(), name="mijlpaal_wijzigen"),
    path("mijlpalen/<int:pk>/behaald/", bijhouden_mijlpaal.MijlpaalBehaald.as_view(), name="mijlpaal_behaald"),
    path(
        "betrokkenheden/<int:pk>/beeindigen/",
        bijhouden_maatregel.BetrokkenheidBeeindigen.as_view(),
        name="betrokkenheid_beeindigen",
    ),
    path("cijfers/nieuw/", bijhouden_cijfers.IndicatorNieuw.as_view(), name="indicator_nieuw"),
    path("cijfers/<slug:slug>/wijzigen/", bijhouden_cijfers.IndicatorWijzigen.as_view(), name="indicator_wijzigen"),
    path("cijfers/<slug:slug>/metingen/nieuw/", bijhouden_cijfers.MetingNieuw.as_view(), name="meting_nieuw"),
    path(
        "cijfers/<slug:slug>/doelwaarden/nieuw/", bijhouden_cijfers.DoelwaardeNieuw.as_view(), name="doelwaarde_nieuw"
    ),
    path("metingen/<int:pk>/wijzigen/", bijhouden_cijfers.MetingWijzigen.as_view(), name="meting_wijzigen"),
    path("organisaties/nieuw/", beheer.OrganisatieNieuw.as_view(), name="organisatie_nieuw"),
    path("beheer/herinneren/", herinnerbeheer.herinneren, name="herinneren"),
    path(
        "beheer/herinneren/<slug:hardheid>/<slug:fijnheid>/",
        herinnerbeheer.HerinnerregelWijzigen.as_view(),
        name="herinnerregel",
    ),
    path("beheer/escalatie/", herinnerbeheer.Escalatieblad.as_view(), name="escalatie"),
    path(
        "organisaties/<slug:slug>/escalatie/",
        herinnerbeheer.OrganisatieEscalatie.as_view(),
        name="organisatie_escalatie",
    ),
    path("organisaties/<slug:slug>/wijzigen/", beheer.OrganisatieWijzigen.as_view(), name="organisatie_wijzigen"),
    path("personen/", beheer.personen, name="personen"),
    path("personen/nieuw/", beheer.PersoonNieuw.as_view(), name="persoon_nieuw"),
    path("personen/<int:pk>/", beheer.PersoonWijzigen.as_view(), name="persoon_wijzigen"),
    path("mijn/", beheer.mijn, name="mijn"),
    path("mijn/abonnementen/", abonnementen.Abonnementen.as_view(), name="abonnementen"),
    path(
        "mijn/abonnementen/<int:pk>/nieuw/", abonnementen.AbonnementVernieuwen.as_view(), name="abonnement_vernieuwen"
    ),
    path(
        "mijn/abonnementen/<int:pk>/intrekken/",
        abonnementen.AbonnementIntrekken.as_view(),
        name="abonnement_intrekken",
    ),
    path("mijn/berichten/", berichten.MijnBerichten.as_view(), name="mijn_berichten"),
    path("mijlpalen/<int:pk>/uitstellen/", berichten.Uitstelblad.as_view(), name="uitstellen"),
    path(f"{_M}/herinneringen/", van_een_maatregel, name="maatregel_herinneringen"),
    path("mijn/herinneringen/", aan_mij, name="mijn_herinneringen"),
    path("personen/<int:pk>/herinneringen/", aan_persoon, name="persoon_herinneringen"),
    path("mijn/volgen/", Volgen.as_view(), name="volgen"),
    path("mijn/volgen/<int:pk>/", selectie, name="selectie"),
    path("afmelden/<str:token>/", afmelden, name="afmelden"),
]

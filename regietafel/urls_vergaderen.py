"""Addresses of meetings, their agendas and annexes."""

from django.urls import URLPattern, path

from regietafel.views import agenda_bijhouden as agenda
from regietafel.views import reeksen, vergaderingen, zicht
from regietafel.views import vergadering_bijhouden as bijhouden

_V = "vergaderingen/<slug:slug>"
_R = "vergaderingen/reeksen/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path("vergaderingen/", vergaderingen.vergaderingen, name="vergaderingen"),
    path("vergaderingen/nieuw/", bijhouden.VergaderingNieuw.as_view(), name="vergadering_nieuw"),
    path("vergaderingen/reeksen/nieuw/", reeksen.ReeksNieuw.as_view(), name="reeks_nieuw"),
    path(f"{_R}/", reeksen.reeks, name="reeks"),
    path(f"{_R}/wijzigen/", reeksen.ReeksWijzigen.as_view(), name="reeks_wijzigen"),
    path(f"{_R}/leden/nieuw/", reeksen.LidBlad.as_view(), name="reekslid_nieuw"),
    path(f"{_R}/leden/<int:pk>/", reeksen.LidBlad.as_view(), name="reekslid_wijzigen"),
    path(f"{_R}/punten/nieuw/", reeksen.PuntBlad.as_view(), name="reekspunt_nieuw"),
    path(f"{_R}/punten/<int:pk>/", reeksen.PuntBlad.as_view(), name="reekspunt_wijzigen"),
    path(f"{_R}/punten/<int:pk>/weg/", reeksen.PuntWeg.as_view(), name="reekspunt_weg"),
    path(f"{_R}/punten/<int:pk>/verplaatsen/", reeksen.verplaats, name="reekspunt_verplaatsen"),
    path(f"{_V}/", vergaderingen.vergadering, name="vergadering"),
    path(f"{_V}/wijzigen/", bijhouden.VergaderingWijzigen.as_view(), name="vergadering_wijzigen"),
    path(f"{_V}/zichtbaarheid/", zicht.VergaderingZicht.as_view(), name="vergadering_zicht"),
    path("agendapunten/<int:pk>/zichtbaarheid/", zicht.PuntZicht.as_view(), name="punt_zicht"),
    path("bijlagen/<int:pk>/zichtbaarheid/", zicht.BijlageZicht.as_view(), name="bijlage_zicht"),
    path(f"{_V}/staat/", bijhouden.Staatwissel.as_view(), name="vergadering_staat"),
    path(f"{_V}/presentie/", bijhouden.Presentie.as_view(), name="vergadering_presentie"),
    path(f"{_V}/deelnemers/nieuw/", bijhouden.DeelnemerNieuw.as_view(), name="deelnemer_nieuw"),
    path(f"{_V}/deelnemers/overnemen/", bijhouden.Ledenovernemen.as_view(), name="leden_overnemen"),
    path("deelnemers/<int:pk>/", bijhouden.DeelnemerWijzigen.as_view(), name="deelnemer_wijzigen"),
    path("deelnemers/<int:pk>/weg/", bijhouden.DeelnemerWeg.as_view(), name="deelnemer_weg"),
    path(f"{_V}/agenda/", agenda.agenda, name="vergadering_agenda"),
    path(f"{_V}/agenda/nieuw/", agenda.PuntNieuw.as_view(), name="punt_nieuw"),
    path(f"{_V}/agenda/vaste-punten/", agenda.VastePunten.as_view(), name="vaste_punten"),
    path("agendapunten/<int:pk>/wijzigen/", agenda.PuntWijzigen.as_view(), name="punt_wijzigen"),
    path("agendapunten/<int:pk>/verplaatsen/", agenda.verplaats, name="punt_verplaatsen"),
    path("agendapunten/<int:pk>/doorschuiven/", agenda.PuntDoorschuiven.as_view(), name="punt_doorschuiven"),
    path("agendapunten/<int:pk>/weg/", agenda.PuntWeg.as_view(), name="punt_weg"),
    path("agendapunten/<int:pk>/bijlagen/nieuw/", agenda.BijlageNieuw.as_view(), name="bijlage_nieuw"),
    path("bijlagen/<int:pk>/", agenda.bijlage, name="bijlage"),
    path("bijlagen/<int:pk>/wijzigen/", agenda.BijlageWijzigen.as_view(), name="bijlage_wijzigen"),
    path("bijlagen/<int:pk>/weg/", agenda.BijlageWeg.as_view(), name="bijlage_weg"),
]

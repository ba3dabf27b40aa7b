"""Addresses of signing in with the account of the own organisation."""

from django.urls import path

from toegang.views import aanmelden, aanmeldpunten

_PUNT = "beheer/aanmeldpunten/<slug:adresnaam>"

urlpatterns = [
    # The names of these two are those that the library looks for.
    path("inloggen/via/<slug:provider_id>/", aanmelden.naar_aanbieder, name="openid_connect_login"),
    path("inloggen/via/<slug:provider_id>/terug/", aanmelden.terug_van_aanbieder, name="openid_connect_callback"),
    path("inloggen/alleen-via/<slug:provider_id>/", aanmelden.alleen_via, name="alleen_via"),
    path("uitgelogd/<slug:provider_id>/", aanmelden.ook_afmelden, name="ook_afmelden"),
    path("beheer/aanmeldpunten/", aanmeldpunten.aanmeldpunten, name="aanmeldpunten"),
    path("beheer/aanmeldpunten/nieuw/", aanmeldpunten.AanmeldpuntNieuw.as_view(), name="aanmeldpunt_nieuw"),
    path(f"{_PUNT}/", aanmeldpunten.aanmeldpunt, name="aanmeldpunt"),
    path(f"{_PUNT}/wijzigen/", aanmeldpunten.AanmeldpuntWijzigen.as_view(), name="aanmeldpunt_wijzigen"),
    path(f"{_PUNT}/proef/", aanmeldpunten.Proef.as_view(), name="aanmeldpunt_proef"),
    path(f"{_PUNT}/mensen/", aanmeldpunten.gekoppelden, name="aanmeldpunt_mensen"),
    path(f"{_PUNT}/mensen/<int:pk>/ontkoppelen/", aanmeldpunten.ontkoppelen, name="aanmeldpunt_ontkoppelen"),
    path(f"{_PUNT}/koppelingen/nieuw/", aanmeldpunten.KoppelingNieuw.as_view(), name="claimkoppeling_nieuw"),
    path(
        f"{_PUNT}/koppelingen/<int:pk>/verwijderen/",
        aanmeldpunten.koppeling_verwijderen,
        name="claimkoppeling_verwijderen",
    ),
]

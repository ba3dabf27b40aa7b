"""Addresses of signing in with the account of the own organisation."""

from django.urls import path

from toegang.views import aanmelden

urlpatterns = [
    # The names of these two are those that the library looks for.
    path("inloggen/via/<slug:provider_id>/", aanmelden.naar_aanbieder, name="openid_connect_login"),
    path("inloggen/via/<slug:provider_id>/terug/", aanmelden.terug_van_aanbieder, name="openid_connect_callback"),
    path("uitgelogd/<slug:provider_id>/", aanmelden.ook_afmelden, name="ook_afmelden"),
]

"""Addresses of the log."""

from django.urls import URLPattern, path

from toegang.views import logboek as blad

urlpatterns: list[URLPattern] = [
    path("logboek/", blad.logboek, name="logboek"),
    path("logboek/ophalen/", blad.logboek_ophalen, name="logboek_ophalen"),
    path("logboek/<slug:tabel>/<int:nummer>/", blad.logregel, name="logregel"),
]

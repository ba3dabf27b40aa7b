"""Addresses of the table in the API, below /api/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

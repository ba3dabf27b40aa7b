"""Addresses of what changed since, and searching."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

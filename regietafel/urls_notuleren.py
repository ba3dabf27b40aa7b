"""Addresses of taking minutes, and adding to closed ones."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

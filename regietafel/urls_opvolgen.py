"""Addresses of decisions, what became of them, and actions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of meetings, their agendas and annexes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of the pages where people keep things up."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of taking minutes, and adding to closed ones."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from regietafel.views import notuleren

_V = "vergaderingen/<slug:slug>"

urlpatterns: list[URLPattern] = [
    # It asks for signing in itself: a form that comes after the session ended must not lose what was typed.
    path(f"{_V}/notuleren/", login_not_required(notuleren.Notuleren.as_view()), name="vergadering_notuleren"),
    path(f"{_V}/notuleren/stand/", notuleren.stand, name="vergadering_notulen_stand"),
    path(f"{_V}/addendum/", notuleren.AddendumNieuw.as_view(), name="vergadering_addendum"),
]

"""Addresses of what changed since, and searching."""

from django.urls import URLPattern, path

from regietafel.views.sinds import sinds
from regietafel.views.zoeken import zoeken

urlpatterns: list[URLPattern] = [
    path("sinds/", sinds, name="sinds"),
    path("zoeken/", zoeken, name="zoeken"),
]

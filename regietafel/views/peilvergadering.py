"""A meeting as shorthand for its day: `?peildatum=lrt-2025-03-19` leads to the same page as of 19 March 2025."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from maatregelen.tijdreis import PEILDATUM
from maatregelen.views import bevoegdheid
from regietafel.zichtbaarheid import zichtbare_vergaderingen


class Peilvergadering:
    """Middleware before the one that looks back: only who may see a meeting learns on which day it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing before the page is known; see process_view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, pagina: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """The same address with the day of the meeting; None where no meeting was named, or none with a day."""
        naam = request.GET.get(PEILDATUM, "")
        if not naam or naam[0].isdigit() or "\x00" in naam or not hasattr(pagina, "in_de_tijd"):
            return None
        wie = bevoegdheid(request)
        dag = (
            zichtbare_vergaderingen(wie)
            .filter(slug=naam, datum__lte=wie.vandaag)
            .values_list("datum", flat=True)
            .first()
        )
        if dag is None:
            return None
        reeks = request.GET.copy()
        reeks[PEILDATUM] = dag.isoformat()
        return HttpResponseRedirect(f"{request.path}?{reeks.urlencode()}")

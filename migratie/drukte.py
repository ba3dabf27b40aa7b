"""Who asks more than a person or an ordinary program does waits a while: the API, and the pages that cost most.

Counted in the memory of each web process (the cache `drukte`), so that counting costs no question to the database. With
three processes somebody may therefore come to three times the number; these limits keep one script from filling the
server, they are no exact accounts. Who is known is counted by who they are: a whole ministry shares one address.

Named in settings, imported by no app.
"""

import math
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from toegang.slot import bron_van

if TYPE_CHECKING:  # at run time this would import the settings that name this very file
    from rest_framework.views import APIView

log = structlog.get_logger(__name__)

# Pages that search everything, compare all there was with all there is, or make or hand over files: by their names.
ZWARE_PAGINAS = frozenset(
    {
        "zoeken", "sinds", "termijn_lezen", "logboek", "logboek_ophalen", "stuk_vragen", "stuk_opnieuw",
        "stuk_controle", "stuk_bestand", "stukkenbundel_zip", "vergadering_bundel",
    }
)  # fmt: skip


class Grens(SimpleRateThrottle):
    """So many per minute for each; `scope` is the name of its setting, of which 0 means: no limit."""

    cache = caches["drukte"]
    scope: str

    def get_rate(self) -> str | None:
        """As the settings say at this moment."""
        aantal = settings.HOOGSTENS_PER_MINUUT[self.scope]
        return f"{aantal}/min" if aantal else None

    def wie(self, request: HttpRequest | Request) -> str | None:
        """By what this is counted; None for who is not counted here."""
        raise NotImplementedError

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        """What is counted under which name."""
        wie = self.wie(request)
        return None if wie is None else f"{self.scope}:{wie}"

    def wait(self) -> int | None:
        """In how many whole seconds there is room again; never too few."""
        wacht = super().wait()
        return None if wacht is None else max(1, math.ceil(wacht))


class _Bekenden(Grens):
    def wie(self, request: HttpRequest | Request) -> str | None:
        """The person or program, with all their keys together."""
        return str(request.user.pk) if request.user.is_authenticated else None


class _Bezoekers(Grens):
    def wie(self, request: HttpRequest | Request) -> str | None:
        """The address of who is not known; those of whom it cannot be told are counted together."""
        if request.user.is_authenticated:
            return None
        return bron_van(getattr(request, "_request", request)) or "onbekend"


class ApiBekenden(_Bekenden):
    """Questions to the API with a key or a session."""

    scope = "API_PER_MINUUT"


class ApiBezoekers(_Bezoekers):
    """Questions to the API without a key or session that works: refused, and after so many not looked at any more."""

    scope = "API_BEZOEKER_PER_MINUUT"


class PaginaBekenden(_Bekenden):
    """Heavy pages, signed in."""

    scope = "PAGINA_PER_MINUUT"


class PaginaBezoekers(_Bezoekers):
    """Heavy pages, not signed in."""

    scope = "PAGINA_BEZOEKER_PER_MINUUT"


def te_druk(aantal_seconden: float | None) -> str:
    """What somebody is told who has to wait."""
    if aantal_seconden is None:
        wacht = "even"
    elif aantal_seconden <= 1:
        wacht = "1 seconde"
    else:
        wacht = f"{aantal_seconden:.0f} seconden"
    return f"U vraagt nu meer dan kan. Wacht {wacht} en ga dan verder."


class Drukte:
    """Middleware for the heavy pages; the API asks the limits above by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, pagina: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """A page that says how long to wait, for who asked too much; None for everybody else."""
        if request.resolver_match is None or request.resolver_match.url_name not in ZWARE_PAGINAS:
            return None
        for soort in (PaginaBekenden, PaginaBezoekers):
            grens = soort()
            if not grens.allow_request(request, None):  # type: ignore[arg-type]  # it reads no more than a page has
                wacht = grens.wait()
                log.warning("te veel gevraagd", grens=grens.scope, persoon=request.user.pk)
                inhoud = {"uitleg": te_druk(wacht)}
                antwoord = render(request, "429.html", inhoud, status=HTTPStatus.TOO_MANY_REQUESTS)
                antwoord.headers["Retry-After"] = str(wacht or 1)
                return antwoord
        return None

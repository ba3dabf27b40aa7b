"""Looking back: any page that takes it as it was on a day (`?peildatum=`), or as was known here then (`?gezienOp=`).

A view says that it takes it with `@in_de_tijd` and needs nothing more: the two keys are read and taken off here, what
it asks the database is about then (see tijdreis), `wie` has the rights of today and may change nothing, and the links
of the page lead to pages that look back from the same place. It asks `bevoegdheid` who looks and shows with `toon`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import timezone
from django.utils.html import escape

from maatregelen.models import Maatregel
from maatregelen.tijdreis import PEILDATUM, SLEUTELS, Tijdfout, Tijdstip, lees_tijdstip, terug
from maatregelen.tijdreis.herstel import later_vastgelegd
from maatregelen.views import bevoegdheid
from maatregelen.views.blikveld import is_api
from maatregelen.zichtbaarheid import peildag, terugkijkend

Pagina = TypeVar("Pagina", bound=Callable[..., HttpResponseBase])


def in_de_tijd(pagina: Pagina) -> Pagina:
    """This page can be seen as it was. It only reads; its first lines are decorators, this one on top."""
    pagina.in_de_tijd = True  # type: ignore[attr-defined]
    return pagina


def leest_sleutels_zelf(pagina: Pagina) -> Pagina:
    """This page uses `peildatum` for something else than looking back."""
    pagina.leest_sleutels_zelf = True  # type: ignore[attr-defined]
    return pagina


@dataclass(frozen=True)
class Terugblik:
    """What a page says of when it looks from: `nu` is the address of the same page today."""

    tijdstip: Tijdstip
    nu: str


class Terugblikken:
    """Middleware, the last one: all that a page asks and shows happens within the past that its address asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing before the page is known; see process_view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, pagina: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """The page as it was, the way to it when its day was asked by name, or None where it is not asked for.

        Raises BadRequest, in words for the reader, for what is no moment in the past or a page that has none.
        """
        gevraagd = {naam: request.GET[naam] for naam in SLEUTELS if naam in request.GET}
        if not gevraagd or hasattr(pagina, "leest_sleutels_zelf") or is_api(pagina):
            return None
        if not hasattr(pagina, "in_de_tijd"):
            raise BadRequest("Deze pagina is er alleen zoals het nu is. Haal de peildatum uit het adres.")
        if request.method not in ("GET", "HEAD"):
            raise BadRequest("In het verleden kan niets worden gewijzigd.")
        for naam in gevraagd:
            if len(request.GET.getlist(naam)) > 1:
                raise BadRequest(f"Geef '{naam}' hoogstens een keer.")
        if dag := peildag(bevoegdheid(request), gevraagd.get(PEILDATUM, "")):
            bekend = request.GET.copy()
            bekend[PEILDATUM] = dag.isoformat()
            return HttpResponseRedirect(f"{request.path}?{bekend.urlencode()}")
        try:
            tijdstip = lees_tijdstip(
                {naam: waarde.replace("\x00", "?") for naam, waarde in gevraagd.items()}, nu=timezone.now()
            )
        except Tijdfout as fout:
            raise BadRequest(str(fout)) from fout
        reeks = request.GET.copy()
        for naam in gevraagd:
            del reeks[naam]
        reeks._mutable = False
        request.GET = reeks  # type: ignore[assignment]
        if tijdstip is None:
            return None
        # Who looks and what they may do is asked today, before anything is asked of the past.
        request.bevoegdheid = terugkijkend(bevoegdheid(request), tijdstip.dag)  # type: ignore[attr-defined]
        nu = f"{request.path}?{reeks.urlencode()}" if reeks else request.path
        request.terugblik = Terugblik(tijdstip, nu)  # type: ignore[attr-defined]
        with terug(tijdstip):
            return _af(pagina(request, *args, **kwargs), request.path, tijdstip)


def _af(antwoord: HttpResponseBase, pad: str, tijdstip: Tijdstip) -> HttpResponseBase:
    """The answer with nothing left to ask, and with links that stay in the past."""
    if hasattr(antwoord, "render") and not antwoord.is_rendered:  # type: ignore[attr-defined]
        antwoord = antwoord.render()
    if antwoord.streaming:
        koppen = dict(antwoord.items())
        antwoord = HttpResponse(b"".join(antwoord), status=antwoord.status_code, headers=koppen)
    if isinstance(antwoord, HttpResponse) and antwoord.get("Content-Type", "").startswith("text/html"):
        antwoord.content = met_tijd(antwoord.content.decode(), pad, tijdstip).encode()
        if antwoord.has_header("Content-Length"):
            antwoord["Content-Length"] = str(len(antwoord.content))
    return antwoord


ALLES_LATER = "Alles op deze pagina is hier pas daarna ingevoerd."


def merk_later(rijen: Iterable[Maatregel]) -> str:
    """Give each measure `later` where more is known of it now than on the day that is looked at.

    Answers one sentence for all of them where nothing was known of any: then the rows have no mark. One query.
    """
    rijen = list(rijen)
    gevonden = later_vastgelegd(rij.pk for rij in rijen)
    if rijen and len(gevonden) == len(rijen) and all(later.is_ingevoerd for later in gevonden.values()):
        return ALLES_LATER
    for rij in rijen:
        rij.later = gevonden.get(rij.pk)  # type: ignore[attr-defined]
    return ""


# --- Links

_ELEMENT = re.compile(r"<(a|area|form)\b[^>]*>", re.IGNORECASE)
_WAARHEEN = re.compile(r"""\s(?:xlink:)?(?:href|action)=(["'])(?P<doel>.*?)\1""", re.IGNORECASE)
_METHODE = re.compile(r"""\smethod=["']?(\w+)""", re.IGNORECASE)
_NU = re.compile(r"\sdata-nu\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _neemt_tijd(pad: str) -> bool:
    try:
        return hasattr(resolve(pad).func, "in_de_tijd")
    except Http404:
        return False


def met_tijd(html: str, pad: str, tijdstip: Tijdstip) -> str:
    """The page at `pad` with links and forms to pages that can look back leading to the same moment.

    Left as they are: links with one of the keys, pages that are only about now, other sites, and what is marked
    `data-nu` because it leads to the present or asks for another day.
    """
    reeks = escape(urlencode(tijdstip.adres))
    velden = "".join(
        f'<input type="hidden" name="{naam}" value="{escape(waarde)}">' for naam, waarde in tijdstip.adres.items()
    )

    def pas_aan(gevonden: re.Match[str]) -> str:
        element, soort = gevonden[0], gevonden[1].lower()
        if _NU.search(element):
            return element
        waarheen = _WAARHEEN.search(element)
        doel = waarheen["doel"] if waarheen else ""
        if soort == "form":
            methode = _METHODE.search(element)
            leest = methode is None or methode[1].lower() == "get"
            return element + velden if leest and _blijft_terug(doel, pad) else element
        if waarheen is None or doel.startswith("#") or not _blijft_terug(doel, pad):
            return element
        adres, hek, anker = doel.partition("#")
        scheiding = "" if adres.endswith("?") else "&amp;" if "?" in adres else "?"
        van, tot = waarheen.span("doel")
        return f"{element[:van]}{adres}{scheiding}{reeks}{hek}{anker}{element[tot:]}"

    return _ELEMENT.sub(pas_aan, html)


def _blijft_terug(adres: str, pad: str) -> bool:
    """Whether an address on the page at `pad` leads to a page that can look back and is not told yet from when."""
    delen = urlsplit(adres)
    if delen.scheme or delen.netloc:
        return False
    if any(stuk.split("=")[0] in SLEUTELS for stuk in delen.query.replace("&amp;", "&").split("&")):
        return False
    if delen.path and not delen.path.startswith("/"):
        return False
    return _neemt_tijd(delen.path or pad)

"""The log, for an auditor: search, look at one line, take along, and see how the chain of check numbers stands."""

import datetime

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from logboek.keten import ketenstand
from logboek.lezen import Plek, Regel, regel, regels, verschillen
from logboek.models import Actie, Resultaat
from logboek.schrijven import Onderwerp, schrijf_los
from logboek.uitvoer import VORMEN
from maatregelen.views import bevoegdheid, toon
from maatregelen.views.bijhouden import wie_is
from maatregelen.zichtbaarheid import Bevoegdheid, mag_logboek_lezen
from toegang.forms.logboek import Logboekvraag

PER_PAGINA = 50
VERDER = "verder"


def _mag(request: HttpRequest) -> Bevoegdheid:
    wie = bevoegdheid(request)
    if not mag_logboek_lezen(wie):
        raise PermissionDenied("Het logboek leest alleen een auditor.")
    return wie


@never_cache
@require_safe
def logboek(request: HttpRequest) -> HttpResponse:
    """What happened, newest first."""
    wie = _mag(request)
    form = Logboekvraag(request.GET)
    vreemd = set(request.GET) - set(form.fields) - {VERDER}
    if vreemd:
        raise BadRequest(f"'{sorted(vreemd)[0]}' bestaat niet op deze pagina.")
    gevonden: list[Regel] = []
    volgende = ""
    if form.is_valid():
        gevonden = regels(form.vraag(), na=_lees_plek(request.GET.get(VERDER, "")), aantal=PER_PAGINA + 1)
        if len(gevonden) > PER_PAGINA:
            gevonden = gevonden[:PER_PAGINA]
            keuze = request.GET.copy()
            keuze[VERDER] = _schrijf_plek(gevonden[-1].plek)
            volgende = keuze.urlencode()
    return toon(
        request,
        "toegang/logboek.html",
        wie,
        {
            "form": form,
            "regels": gevonden,
            "volgende": volgende,
            "eerder": bool(request.GET.get(VERDER)),
            "actief": sum(bool(request.GET.get(naam)) for naam in form.fields),
            "keten": ketenstand(timezone.now()),
        },
    )


@never_cache
@require_safe
def logregel(request: HttpRequest, tabel: str, nummer: int) -> HttpResponse:
    """One line, with what changed."""
    wie = _mag(request)
    gevonden = regel(tabel, nummer) if nummer < 2**63 else None
    if gevonden is None:
        raise Http404(tabel)
    return toon(request, "toegang/logregel.html", wie, {"regel": gevonden, "verschillen": verschillen(tabel, nummer)})


@never_cache
@require_POST
def logboek_ophalen(request: HttpRequest) -> StreamingHttpResponse:
    """The lines that were searched for, as a file. That somebody took them along is a line itself, written first."""
    _mag(request)
    form = Logboekvraag(request.POST)
    vorm = request.POST.get("vorm", "csv")
    if not form.is_valid() or vorm not in VORMEN:
        raise BadRequest("Deze keuze bestaat niet. Kies opnieuw op de pagina van het logboek.")
    vraag = form.vraag()
    nu = timezone.now()
    schrijf_los(
        actie=Actie.LOGBOEK_UITVOEREN,
        resultaat=Resultaat.GELUKT,
        moment=nu,
        actor=wie_is(request),
        over=Onderwerp("logboek", "", "logboek"),
        details={"vorm": vorm, "filters": vraag.gebruikt},
    )
    soort, maak = VORMEN[vorm]
    antwoord = StreamingHttpResponse(maak(vraag), content_type=soort)
    antwoord["Content-Disposition"] = f'attachment; filename="logboek-{timezone.localdate(nu):%Y-%m-%d}.{vorm}"'
    antwoord["X-Content-Type-Options"] = "nosniff"
    return antwoord


def _schrijf_plek(plek: Plek) -> str:
    return f"{plek.tijdstip.astimezone(datetime.UTC).isoformat()}~{plek.tabel}~{plek.nummer}"


def _lees_plek(ruw: str) -> Plek | None:
    if not ruw:
        return None
    try:
        moment, tabel, nummer = ruw.split("~")
        plek = Plek(datetime.datetime.fromisoformat(moment), tabel, int(nummer))
        if plek.tijdstip.tzinfo is None or not 0 <= plek.nummer < 2**63 or "\x00" in tabel:
            raise ValueError(ruw)
    except ValueError:
        raise BadRequest("Dit is geen plek in het logboek. Begin weer bij het begin.") from None
    return plek

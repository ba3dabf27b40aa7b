"""Preparing an agenda: what should be on it, and what the secretariaat does with each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from maatregelen.blikveld import kijkend
from maatregelen.templatetags.opmaak import aantal_woorden
from maatregelen.versiebewaking import Verouderd
from maatregelen.views import bevoegdheid, lees_adres, toon
from maatregelen.views.bijhouden import BOTST, GELUKT, ONJUIST, probeer, wie_is
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_mijlpalen
from regietafel.agendavoorbereiding import (
    Voorstel,
    Zicht,
    bereid_voor,
    houd,
    laat_vallen,
    maak_ongedaan,
    mogelijke_bestemmingen,
    verplaats,
)
from regietafel.forms.voorbereiden import BIJ, NAAR, SAMEN, WEG, Voorstelformulier
from regietafel.models import Agendapunt, Vergadering
from regietafel.zichtbaarheid import (
    mag_vergaderingen_bijhouden,
    zichtbare_actiepunten,
    zichtbare_agendapunten,
    zichtbare_terugkoppelingen,
    zichtbare_vergaderingen,
)

WIE_BEREIDT_VOOR = "De agenda van een vergadering bereidt het LRT-secretariaat voor."
INTUSSEN = (
    "Een deel van wat u aanvinkte is intussen gekozen of gedaan. Er is niets opgeslagen. Kijk wat er nog staat en "
    "sla opnieuw op."
)
ONGEDAAN = "ongedaan"


def zicht(wie: Bevoegdheid) -> Zicht:
    """What this person may see of the matter."""
    return Zicht(
        zichtbare_actiepunten(wie),
        zichtbare_terugkoppelingen(wie),
        zichtbare_mijlpalen(wie),
        zichtbare_vergaderingen(wie),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def voorbereiden(request: HttpRequest, slug: str) -> HttpResponse:
    """What asks for a place on this agenda, by reason; tick and choose once for all that was ticked."""
    wie = bevoegdheid(request)
    lees_adres(request, {})
    vergadering = get_object_or_404(zichtbare_vergaderingen(wie).select_related("reeks"), slug=slug)
    if not mag_vergaderingen_bijhouden(wie):
        raise PermissionDenied(WIE_BEREIDT_VOOR)
    punten = zichtbare_agendapunten(wie).filter(vergadering=vergadering).order_by("volgorde")
    bestemmingen = mogelijke_bestemmingen(zichtbare_vergaderingen(wie), vergadering, wie.vandaag)
    if request.method != "POST":
        return _toon(request, wie, vergadering, punten, Voorstelformulier(punten, bestemmingen))
    gevinkt = request.POST.getlist("rijen")
    rijen = bereid_voor(vergadering, zicht=zicht(wie), vandaag=wie.vandaag).zoek(gevinkt)
    if request.POST.get("doe") == ONGEDAAN:
        return _maak_ongedaan(request, wie, vergadering, punten, rijen, Voorstelformulier(punten, bestemmingen))
    form = Voorstelformulier(punten, bestemmingen, request.POST)
    goed = form.is_valid()
    if not gevinkt:
        form.add_error(None, "Vink eerst aan waar het om gaat.")
    if not goed or not gevinkt:
        return _toon(request, wie, vergadering, punten, form, gevinkt=gevinkt, status=ONJUIST)
    if len(rijen) != len(set(gevinkt)) or any(rij.keuze is not None for rij in rijen):
        form.add_error(None, INTUSSEN)
        return _toon(request, wie, vergadering, punten, form, gevinkt=gevinkt, status=BOTST)
    try:
        melding, uitkomst = probeer(form, lambda: _kies(request, vergadering, rijen, form.cleaned_data))
    except Verouderd:
        form.add_error("punt", "Dit punt staat niet meer op de agenda.")
        melding, uitkomst = None, BOTST
    if uitkomst != GELUKT or melding is None:
        return _toon(request, wie, vergadering, punten, form, gevinkt=gevinkt, status=uitkomst)
    messages.success(request, melding)
    return HttpResponseRedirect(request.path)


def _kies(request: HttpRequest, vergadering: Vergadering, rijen: list[Voorstel], gegevens: dict[str, Any]) -> str:
    """Do what was chosen, and answer what is to be said."""
    door, wat = wie_is(request), gegevens["wat"]
    hoeveel = aantal_woorden(len(rijen), "onderwerp,onderwerpen")
    if wat == WEG:
        laat_vallen(vergadering, rijen, reden=gegevens["reden"], door=door)
        return f"{hoeveel} niet op deze agenda."
    if wat == NAAR:
        verplaats(vergadering, rijen, gegevens["naar"], reden=gegevens["reden"], door=door)
        return f"{hoeveel} naar {gegevens['naar']}."
    punten = houd(
        vergadering,
        rijen,
        samen=wat == SAMEN,
        titel=gegevens["titel"] if wat == SAMEN else "",
        punt=gegevens["punt"] if wat == BIJ else None,
        door=door,
    )
    if len(punten) == 1:
        return f"{hoeveel} op de agenda bij punt {punten[0].volgorde}: {punten[0].titel}."
    return f"{hoeveel} op de agenda, elk als eigen punt."


def _maak_ongedaan(
    request: HttpRequest,
    wie: Bevoegdheid,
    vergadering: Vergadering,
    punten: QuerySet[Agendapunt],
    rijen: list[Voorstel],
    form: Voorstelformulier,
) -> HttpResponse:
    leeg = Voorstelformulier(punten, mogelijke_bestemmingen(zichtbare_vergaderingen(wie), vergadering, wie.vandaag), {})
    leeg.errors.clear()
    blijft, uitkomst = probeer(leeg, lambda: maak_ongedaan(vergadering, rijen, door=wie_is(request)))
    if blijft is None:
        form.fouten_elders = leeg.non_field_errors()  # type: ignore[attr-defined]
        return _toon(request, wie, vergadering, punten, form, status=uitkomst)
    zin = "De keuze is ongedaan gemaakt."
    if blijft:
        namen = ", ".join(f"punt {punt.volgorde}" for punt in sorted(blijft, key=lambda punt: punt.volgorde))
        zin += f" Op de agenda blijft {namen}: daar staat meer bij."
    messages.success(request, zin)
    return HttpResponseRedirect(request.path)


def _toon(
    request: HttpRequest,
    wie: Bevoegdheid,
    vergadering: Vergadering,
    punten: QuerySet[Agendapunt],
    form: Voorstelformulier,
    *,
    gevinkt: list[str] | None = None,
    status: int = GELUKT,
) -> HttpResponse:
    """The page, also after something was sent: what is shown is asked as this person may know."""
    with kijkend(wie.blik):
        inhoud = {
            "vergadering": vergadering,
            "stand": bereid_voor(vergadering, zicht=zicht(wie), vandaag=wie.vandaag),
            "punten": list(punten),
            "form": form,
            "gevinkt": gevinkt or [],
            "kan_kiezen": not vergadering.is_geweest,
        }
        return toon(request, "regietafel/voorbereiden.html", wie, inhoud, status=status)

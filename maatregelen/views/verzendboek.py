"""Who was told what, and what comes: of a measure, of oneself, and of a person for who helps that person."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from maatregelen.models import Herinnering, Persoon, Uitkomst
from maatregelen.templatetags.berichtenlijn import berichtenlijn, sinds
from maatregelen.verzendboek import Lezer, boekingen, dagen_aan, dagen_van, van_maatregel, van_persoon
from maatregelen.views import BLADZIJDE, bevoegdheid, blader, lees_adres, toon
from maatregelen.views.bijhouden import wie_is
from maatregelen.vooruitzicht import VOORUIT, vooruitzicht_van, vooruitzicht_voor
from maatregelen.zichtbaarheid import (
    Bevoegdheid,
    kijkers,
    mag_herinneringen_van,
    mag_verzending_inzien,
    mag_volgers_zien,
    zichtbare_maatregelen,
)

WIE_HERINNERINGEN = "Wat een ander aan berichten kreeg zien het LRT-secretariaat en beheerders."


@require_safe
def van_een_maatregel(request: HttpRequest, code: str) -> HttpResponse:
    """What was told about a measure and to whom, and what comes."""
    wie = bevoegdheid(request)
    lees_adres(request, {BLADZIJDE: None})
    stuk = get_object_or_404(zichtbare_maatregelen(wie).select_related("pijler__agenda"), code=code)
    vooruit = vooruitzicht_van(stuk, vandaag=wie.vandaag)
    komend = sorted((komt for een in vooruit for komt in een.stappen), key=lambda komt: (komt.dag, komt.mijlpaal.pk))
    pks = [een.mijlpaal.pk for een in vooruit]
    dagen = dagen_van(stuk, pks, sinds(wie.vandaag))
    uiterste = {een.mijlpaal.pk: een.mijlpaal.einde or een.mijlpaal.begin for een in vooruit}
    lezer = Lezer(wie_is(request), mag_verzending_inzien(wie, stuk), mag_volgers_zien(wie))
    pagina = blader(request, van_maatregel(stuk))
    return toon(
        request,
        "maatregelen/verzendboek/maatregel.html",
        wie,
        {
            "maatregel": stuk,
            "vooruit": vooruit,
            "uitstellen": [(een.mijlpaal, uitstel) for een in vooruit for uitstel in een.uitstellen],
            "lijn": berichtenlijn(wie.vandaag, dagen, komend, uiterste),
            "met_personen": wie.is_secretariaat or wie.is_beheerder,
            "pagina": pagina,
            "boekingen": boekingen(pagina.object_list, lezer),
        },
    )


@require_safe
def aan_mij(request: HttpRequest) -> HttpResponse:
    """What I was told, and what comes for me."""
    return _van_persoon(request, bevoegdheid(request), wie_is(request))


@require_safe
def aan_persoon(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of somebody else, for the secretariaat and a beheerder."""
    wie = bevoegdheid(request)
    if not (wie.is_secretariaat or wie.is_beheerder):
        raise PermissionDenied(WIE_HERINNERINGEN)
    mens = get_object_or_404(Persoon, pk=pk)
    return _van_persoon(request, wie, mens)


def _van_persoon(request: HttpRequest, wie: Bevoegdheid, mens: Persoon) -> HttpResponse:
    if not mag_herinneringen_van(wie, mens):
        raise PermissionDenied(WIE_HERINNERINGEN)
    adres = lees_adres(request, {"uitkomst": Uitkomst.values, BLADZIJDE: None})
    zichtbaar = zichtbare_maatregelen(wie)
    rijen: QuerySet[Herinnering] = van_persoon(mens, zichtbaar)
    if uitkomst := adres.get("uitkomst"):
        rijen = rijen.filter(uitkomst=uitkomst)
    pagina = blader(request, rijen)
    komend = vooruitzicht_voor(mens, vandaag=wie.vandaag)
    dagen = dagen_aan(mens, zichtbaar, sinds(wie.vandaag))
    inhoud: dict[str, Any] = {
        "mens": mens,
        "zelf": mens == request.user,
        "krijgt_iets": kijkers(wie.vandaag).filter(pk=mens.pk).exists(),
        "komend": komend,
        "maanden": _per_maand(komend),
        "dagen_vooruit": VOORUIT,
        "lijn": berichtenlijn(wie.vandaag, dagen, komend, {0: None}),
        "uitkomst": uitkomst,
        "uitkomsten": Uitkomst.choices,
        "pagina": pagina,
        "boekingen": boekingen(pagina.object_list, Lezer(wie_is(request), voluit=True, ziet_volgers=True)),
    }
    return toon(request, "maatregelen/verzendboek/persoon.html", wie, inhoud)


def _per_maand(komend: list[Any]) -> list[tuple[datetime.date, list[Any]]]:
    """What comes, by the month in which it comes."""
    uit: dict[datetime.date, list[Any]] = {}
    for komt in komend:
        uit.setdefault(komt.dag.replace(day=1), []).append(komt)
    return list(uit.items())

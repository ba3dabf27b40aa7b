"""Organisations: all by kind, and one with what it promised."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from maatregelen.lijstvolgorde import met_verantwoordelijken
from maatregelen.models import Betrokkenheid, BetrokkenheidRol, Maatregel, Organisatie, Organisatiesoort
from maatregelen.termijnkalender import met_maatregel, op_sleuteldag
from maatregelen.views import bevoegdheid, lees_adres, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd
from maatregelen.volgfilters import Keuze, gevolgd
from maatregelen.voortgang import Rollen, Stand, rollen_per_organisatie, stand_van
from maatregelen.zichtbaarheid import (
    mag_beheren,
    mag_volgen,
    zichtbare_maatregelen,
    zichtbare_mijlpalen,
    zichtbare_organisaties,
)

PER_ROL, TERMIJNEN = 10, 10
MEERVOUD = {
    Organisatiesoort.MINISTERIE: "Ministeries",
    Organisatiesoort.KOEPEL: "Koepels",
    Organisatiesoort.UITVOERDER: "Uitvoeringsorganisaties",
    Organisatiesoort.AMBT: "Ambten en colleges",
    Organisatiesoort.PROVINCIE: "Provincies",
    Organisatiesoort.GEMEENTE: "Gemeenten",
    Organisatiesoort.ONDERDEEL: "Organisatieonderdelen",
    Organisatiesoort.ADVIES: "Adviesorganen",
    Organisatiesoort.PARLEMENT: "Parlementen",
    Organisatiesoort.INTERNATIONAAL: "Internationale organisaties",
    Organisatiesoort.LAND: "Landen",
    Organisatiesoort.MAATSCHAPPELIJK: "Maatschappelijke organisaties",
    Organisatiesoort.AANDUIDING: "Algemene aanduidingen",
}


@openbaar
@in_de_tijd
@require_safe
def organisaties(request: HttpRequest) -> HttpResponse:
    """Organisations by kind, with how much they answer for; generic words apart."""
    wie = bevoegdheid(request)
    lees_adres(request, {})
    rollen = rollen_per_organisatie(zichtbare_maatregelen(wie))
    volgorde = {soort: plaats for plaats, soort in enumerate(Organisatiesoort.values)}
    alle = sorted(
        zichtbare_organisaties(wie).select_related("opvolger"),
        key=lambda rij: (volgorde[rij.soort], rij.afkorting.casefold()),
    )
    groepen = [
        (Organisatiesoort(soort), [(rij, rollen.get(rij.pk, Rollen())) for rij in rijen])
        for soort, rijen in groupby(alle, key=lambda rij: rij.soort)
    ]
    return toon(
        request,
        "maatregelen/organisaties.html",
        wie,
        {
            "groepen": [(MEERVOUD[soort], rijen) for soort, rijen in groepen if soort != Organisatiesoort.AANDUIDING],
            "aanduidingen": next((rijen for soort, rijen in groepen if soort == Organisatiesoort.AANDUIDING), []),
            "mag_beheren": mag_beheren(wie),
        },
    )


@dataclass
class Rolrijen:
    """The measures in which an organisation has one role: how they stand, and the first of them."""

    rol: BetrokkenheidRol
    stand: Stand
    maatregelen: list[Maatregel]


@openbaar
@in_de_tijd
@require_safe
def organisatie(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: since and until when, its measures by role, its open terms."""
    wie = bevoegdheid(request)
    lees_adres(request, {})
    rij = get_object_or_404(zichtbare_organisaties(wie).select_related("opvolger"), slug=slug)
    namens = Organisatie.objects.waarvoor_optreedt([rij.pk], wie.vandaag)
    voorgangers = list(zichtbare_organisaties(wie).filter(pk__in=namens - {rij.pk}))
    betrokken = (
        Betrokkenheid.objects.geldend()
        .filter(organisatie=rij, maatregel__in=zichtbare_maatregelen(wie))
        .select_related("maatregel__pijler__agenda")
        .order_by("-maatregel__geldt_vanaf", "maatregel__pijler__volgorde", "maatregel__volgorde", "maatregel__code")
    )
    per_rol: dict[str, dict[int, Maatregel]] = {rol: {} for rol in BetrokkenheidRol.values}
    for betrokkenheid in betrokken:
        # Named in the text and inherited from the section is still one role in one measure.
        per_rol[betrokkenheid.rol][betrokkenheid.maatregel_id] = betrokkenheid.maatregel
    rollen = [
        Rolrijen(BetrokkenheidRol(rol), stand_van(gevonden.values()), list(gevonden.values())[:PER_ROL])
        for rol, gevonden in per_rol.items()
        if gevonden
    ]
    getoond = [maatregel for rolrijen in rollen for maatregel in rolrijen.maatregelen]
    met_verantwoordelijken(getoond)
    prefetch_related_objects(getoond, "mijlpalen")
    open_termijnen = op_sleuteldag(
        zichtbare_mijlpalen(wie)
        .open()
        .filter(
            maatregel__in=Betrokkenheid.objects.geldend()
            .filter(organisatie__in=namens, rol=BetrokkenheidRol.VERANTWOORDELIJK)
            .values("maatregel")
        )
    )
    termijnen = list(met_maatregel(open_termijnen)[: TERMIJNEN + 1])
    return toon(
        request,
        "maatregelen/organisatie.html",
        wie,
        {
            "organisatie": rij,
            "voorgangers": voorgangers,
            "is_opgeheven": rij.is_opgeheven(wie.vandaag),
            "rollen": rollen,
            "termijnen": termijnen[:TERMIJNEN],
            "meer_termijnen": len(termijnen) > TERMIJNEN,
            "mag_volgen": mag_volgen(wie) and not rij.is_aanduiding,
            "gevolgd": gevolgd(wie.mens, Keuze(organisatie=rij)),
            "mag_beheren": mag_beheren(wie),
        },
    )

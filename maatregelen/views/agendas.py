"""All agendas, and one agenda with its sections and measures."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from maatregelen.lijstvolgorde import als_boom
from maatregelen.models import Agendastaat, Brontekst, Maatregel, Organisatie, Pijler, Pijlerbetrokkenheid, Pijlerrol
from maatregelen.verwijzingen import verwijzing_url
from maatregelen.views import bevoegdheid, lees_adres, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd, merk_later
from maatregelen.volgfilters import gevolgd_in
from maatregelen.voortgang import Stand, stand_van, standen
from maatregelen.zichtbaarheid import (
    mag_agenda_bijhouden,
    mag_agenda_maken,
    mag_brontekst_toevoegen,
    mag_maatregel_maken,
    mag_pijler_bijhouden,
    mag_volgen,
    zichtbare_agendas,
    zichtbare_maatregelen,
    zichtbare_pijlers,
)


@openbaar
@in_de_tijd
@require_safe
def agendas(request: HttpRequest) -> HttpResponse:
    """Running agendas first, then history and what was never agreed."""
    wie = bevoegdheid(request)
    lees_adres(request, {})
    stand_per_agenda = standen(zichtbare_maatregelen(wie), "pijler__agenda")
    alle = [(agenda, stand_per_agenda.get(agenda.pk)) for agenda in zichtbare_agendas(wie)]
    return toon(
        request,
        "maatregelen/agendas.html",
        wie,
        {
            "lopend": [rij for rij in alle if rij[0].is_lopend],
            "overig": [rij for rij in alle if not rij[0].is_lopend],
            "mag_agenda_maken": mag_agenda_maken(wie),
        },
    )


@dataclass
class Hoofdstuk:
    """A section on the page of its agenda: who it belongs to, its measures, and the sections below it."""

    pijler: Pijler
    stand: Stand
    maatregelen: list[Maatregel]
    verantwoordelijken: list[Organisatie]
    inleiders: list[Organisatie]
    mag_bijhouden: bool
    mag_maatregel_maken: bool
    onderdelen: "list[Hoofdstuk]" = field(default_factory=list)


@openbaar
@in_de_tijd
@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """One agenda: sections as chapters, measures below them, who signed, where it comes from."""
    wie = bevoegdheid(request)
    lees_adres(request, {})
    rij = get_object_or_404(
        zichtbare_agendas(wie)
        .select_related("houder", "zicht_voor", "stil_voor")
        .prefetch_related("ondertekenaars")
        .annotate(heeft_brontekst=Exists(Brontekst.objects.filter(agenda=OuterRef("pk")))),
        slug=slug,
    )
    betrokken = Pijlerbetrokkenheid.objects.select_related("organisatie__opvolger")
    pijlers = list(zichtbare_pijlers(wie).filter(agenda=rij).prefetch_related(Prefetch("betrokkenheden", betrokken)))
    per_pijler: dict[int, list[Maatregel]] = defaultdict(list)
    alle = list(zichtbare_maatregelen(wie).filter(pijler__agenda=rij).voor_lijst())
    for maatregel in alle:
        per_pijler[maatregel.pijler_id].append(maatregel)

    hoofdstukken = {}
    for pijler in pijlers:
        pijler.agenda = rij
        eigen = per_pijler[pijler.pk]
        for maatregel, diepte in (boom := als_boom(eigen)):
            maatregel.diepte = diepte  # type: ignore[attr-defined]
        betrokkenen = list(pijler.betrokkenheden.all())
        hoofdstukken[pijler.pk] = Hoofdstuk(
            pijler,
            stand_van(eigen),
            [maatregel for maatregel, _ in boom],
            [rol.organisatie for rol in betrokkenen if rol.rol == Pijlerrol.VERANTWOORDELIJK],
            [rol.organisatie for rol in betrokkenen if rol.rol == Pijlerrol.INLEIDER],
            mag_pijler_bijhouden(wie, pijler),
            mag_maatregel_maken(wie, pijler),
        )
    bovenaan: list[Hoofdstuk] = []
    for hoofdstuk in hoofdstukken.values():
        boven = hoofdstuk.pijler.bovenliggend_id
        (hoofdstukken[boven].onderdelen if boven else bovenaan).append(hoofdstuk)
    return toon(
        request,
        "maatregelen/agenda.html",
        wie,
        {
            "agenda": rij,
            "kenmerk_url": verwijzing_url(rij.kenmerk),
            "stand": stand_van(alle),
            "later": merk_later(alle),
            "hoofdstukken": bovenaan,
            "is_concept": rij.staat == Agendastaat.CONCEPT,
            "mag_bijhouden": mag_agenda_bijhouden(wie, rij),
            "mag_volgen": mag_volgen(wie),
            "gevolgd": gevolgd_in(wie.mens, rij),
            "mag_brontekst": mag_brontekst_toevoegen(wie, rij),
        },
    )

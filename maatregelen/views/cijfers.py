"""The figures: what was measured or agreed, and how far the running agendas are."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maatregelen.models import Doelwaarde
from maatregelen.views import bevoegdheid, lees_adres, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd
from maatregelen.voortgang import dekking_per_agenda, standen
from maatregelen.zichtbaarheid import (
    mag_cijfers_bijhouden,
    zichtbare_agendas,
    zichtbare_indicatoren,
    zichtbare_maatregelen,
    zichtbare_metingen,
)


@openbaar
@in_de_tijd
@require_safe
def cijfers(request: HttpRequest) -> HttpResponse:
    """Progress and owners per running agenda; figures by the document that names them; targets."""
    wie = bevoegdheid(request)
    lees_adres(request, {})
    maatregelen, indicatoren = zichtbare_maatregelen(wie), zichtbare_indicatoren(wie)
    agendas = list(zichtbare_agendas(wie).lopend())
    per_agenda = standen(maatregelen.filter(pijler__agenda__in=agendas), "pijler__agenda")
    dekking = dekking_per_agenda(maatregelen)
    metingen = (
        zichtbare_metingen(wie)
        .filter(indicator__in=indicatoren)
        .select_related("indicator", "agenda")
        .order_by("-agenda__geldt_vanaf", "agenda__slug", "-peildatum", "regel_van", "pk")
    )
    doelen = Doelwaarde.objects.filter(indicator__in=indicatoren).select_related("indicator")
    return toon(
        request,
        "maatregelen/cijfers.html",
        wie,
        {
            "agendas": [(rij, per_agenda.get(rij.pk), dekking.get(rij.pk)) for rij in agendas],
            "per_bron": [(agenda, list(rijen)) for agenda, rijen in groupby(metingen, key=lambda rij: rij.agenda)],
            "doelen": list(doelen),
            "mag_bijhouden": mag_cijfers_bijhouden(wie),
        },
    )

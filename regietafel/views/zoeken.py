"""Searching everything at once, or all of one kind."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maatregelen.views import BLADZIJDE, bevoegdheid, blader, lees_adres, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd
from regietafel.zoeken import LANGSTE_VRAAG, Vindplaats, Vondst, gevonden, woorden, zoek


@openbaar
@in_de_tijd
@require_safe
def zoeken(request: HttpRequest) -> HttpResponse:
    """What was found for the words in the address, per kind; with `soort` all of one kind, in pages."""
    wie = bevoegdheid(request)
    adres = lees_adres(request, {"zoek": None, "soort": Vindplaats.values, BLADZIJDE: None})
    vraag = adres.get("zoek", "").strip()[:LANGSTE_VRAAG]
    gezocht = woorden(vraag)
    vondsten: list[Vondst] = []
    pagina = None
    if gezocht and "soort" in adres:
        soort = Vindplaats(adres["soort"])
        pagina = blader(request, gevonden(soort, wie, gezocht))
        vondsten = [Vondst(soort, pagina.paginator.count, list(pagina))] if pagina.object_list else []
    elif gezocht:
        vondsten = zoek(wie, vraag)
    return toon(
        request,
        "regietafel/zoeken.html",
        wie,
        {
            "vraag": vraag,
            "gezocht": gezocht,
            "vondsten": vondsten,
            "aantal": sum(vondst.aantal for vondst in vondsten),
            "pagina": pagina,
            "alleen": adres.get("soort", ""),
        },
    )

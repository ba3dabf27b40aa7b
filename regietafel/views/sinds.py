"""What changed since the previous meeting, or between any two days."""

import datetime
from contextlib import nullcontext
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maatregelen.lijstvolgorde import met_verantwoordelijken
from maatregelen.models import Betrokkenheid, Doelwaarde, Meting, Organisatie
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.tijdreis import Tijdstip, terug
from maatregelen.views import BLADZIJDE, PER_PAGINA, bevoegdheid, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import met_tijd
from maatregelen.zichtbaarheid import (
    Bevoegdheid,
    terugkijkend,
    zichtbare_indicatoren,
    zichtbare_maatregelen,
    zichtbare_organisaties,
    zichtbare_pijlers,
)
from regietafel.forms.sinds import SindsForm
from regietafel.models import Vergadering
from regietafel.sinds import Tijdvak, Wending, cijfers, organisatiewissels, regels, van_de_tafel, verschil
from regietafel.zichtbaarheid import (
    zichtbare_actiepunten,
    zichtbare_terugkoppelingen,
    zichtbare_vergadercijfers,
    zichtbare_vergaderingen,
)


@openbaar
@require_safe
def sinds(request: HttpRequest) -> HttpResponse:
    """The differences between two days, per section and per organisation; that nothing changed is an answer too.

    Up to a day in the past it is told as on that day: nothing later is known, counted or named.
    """
    wie = bevoegdheid(request)
    form = SindsForm(
        request.GET,
        vergaderingen=zichtbare_vergaderingen(wie),
        organisaties=zichtbare_organisaties(wie).echt().order_by("afkorting"),
        pijlers=zichtbare_pijlers(wie).select_related("agenda").order_by("-agenda__geldt_vanaf", "volgorde", "nummer"),
        vandaag=wie.vandaag,
    )
    vreemd = [f"Het filter '{naam}' bestaat niet." for naam in request.GET if naam not in {*form.fields, BLADZIJDE}]
    if not form.is_valid() or vreemd:
        fouten = vreemd + [tekst for teksten in form.errors.values() for tekst in teksten]
        return toon(
            request, "regietafel/sinds.html", wie, {"form": form, "fouten": fouten}, status=400 if fouten else 200
        )
    vak = Tijdvak(form.cleaned_data["van"], form.cleaned_data["tot"])
    begrensd = vak.tot < wie.vandaag
    if begrensd:
        wie = terugkijkend(wie, vak.tot)
    tijdstip = Tijdstip(peildatum=vak.tot)
    with terug(tijdstip) if begrensd else nullcontext():
        antwoord = toon(request, "regietafel/sinds.html", wie, _inhoud(request, form, wie, vak, begrensd=begrensd))
    if begrensd:
        antwoord.content = met_tijd(antwoord.content.decode(), request.path, tijdstip).encode()
    return antwoord


def _inhoud(request: HttpRequest, form: SindsForm, wie: Bevoegdheid, vak: Tijdvak, *, begrensd: bool) -> dict[str, Any]:
    keuze = form.cleaned_data
    organisatie: Organisatie | None = keuze["organisatie"]
    maatregelen, terugkoppelingen, acties = (
        zichtbare_maatregelen(wie),
        zichtbare_terugkoppelingen(wie),
        zichtbare_actiepunten(wie),
    )
    if keuze["pijler"]:
        maatregelen = maatregelen.filter(pijler=keuze["pijler"])
    if organisatie:
        maatregelen = _van(maatregelen, organisatie)
    if organisatie or keuze["pijler"]:
        terugkoppelingen = terugkoppelingen.filter(maatregel__in=maatregelen)
        acties = acties.filter(organisatie=organisatie) if organisatie else acties.filter(maatregelen__in=maatregelen)
    gevonden = verschil(maatregelen, vak, soort=keuze["soort"])
    pagina = _bladzijde(request, gevonden.volgorde)
    rijen = {
        rij.pk: rij for rij in zichtbare_maatregelen(wie).filter(pk__in=list(pagina)).select_related("pijler__agenda")
    }
    getoond = [rijen[pk] for pk in pagina]
    met_verantwoordelijken(getoond)
    wat_er_was = regels(list(pagina), vak)
    indicatoren = zichtbare_indicatoren(wie)
    return {
        "form": form,
        "vak": vak,
        "begrensd": begrensd,
        "verschil": gevonden,
        "soorten": [(soort, gevonden.tellingen[soort.value]) for soort in Wending if gevonden.tellingen[soort.value]],
        "pagina": pagina,
        "rijen": [(rij, wat_er_was.get(rij.pk, [])) for rij in getoond],
        "tafel": van_de_tafel(terugkoppelingen, acties.distinct(), zichtbare_vergaderingen(wie), vak),
        "cijfers": []
        if organisatie or keuze["pijler"]
        else cijfers(
            Meting.objects.filter(indicator__in=indicatoren),
            Doelwaarde.objects.filter(indicator__in=indicatoren),
            zichtbare_vergadercijfers(wie),
            vak,
        ),
        "wissels": organisatiewissels(zichtbare_organisaties(wie), vak),
        "gekozen": {naam: waarde for naam, waarde in request.GET.items() if waarde and naam != BLADZIJDE},
        "vergadering_van": _op(form.gehouden, vak.van),
        "vergadering_tot": _op(form.gehouden, vak.tot),
    }


def _van(maatregelen: MaatregelQuerySet, organisatie: Organisatie) -> MaatregelQuerySet:
    """Those for which this organisation is responsible now."""
    return maatregelen.filter(
        pk__in=Betrokkenheid.objects.trekkers().filter(organisatie=organisatie).values("maatregel")
    )


def _op(gehouden: list[Vergadering], dag: datetime.date) -> Vergadering | None:
    return next((rij for rij in gehouden if rij.datum == dag), None)


def _bladzijde(request: HttpRequest, volgorde: list[int]) -> Page[int]:
    """The measures of this page. Raises Http404 for a page that is not there."""
    ruw = request.GET.get(BLADZIJDE) or "1"
    bladering = Paginator(volgorde, PER_PAGINA)
    if not ruw.isascii() or not ruw.isdigit() or not 1 <= int(ruw) <= max(1, bladering.num_pages):
        raise Http404(BLADZIJDE)
    return bladering.page(int(ruw))

"""What a person follows: the page with it, and the button by which a list becomes a selection."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from maatregelen.berichtvoorkeuren import voorkeur_van
from maatregelen.filters import Filters, MaatregelFilters
from maatregelen.forms.volgen import WOORDEN, Volgfilterformulier, aangezet
from maatregelen.models import BetrokkenheidRol, Bezorging, Maatregel, Volgfilter
from maatregelen.views import bevoegdheid, blader, toon
from maatregelen.views.bijhouden import GELUKT, ONJUIST, neem_fouten_over, wie_is
from maatregelen.volgfilters import Keuze, aantallen, gevolgd, keuze_van, maak, selecties_van, stop, wijzig
from maatregelen.zichtbaarheid import Bevoegdheid, mag_volgen, zichtbare_maatregelen

# Filters that a selection can hold; `rol` goes with the organisation.
VELDEN = ("agenda", "pijler", "organisatie", "thema", "status")
GEEN_FILTER = ("sorteer",)
KAN_NIET = "Volgen kan op agenda, pijler, verantwoordelijke organisatie, thema en status."


@dataclass(frozen=True)
class Aanbod:
    """How the filters of a list can be followed: by which fields, and what goes along and what does not."""

    velden: dict[str, str]
    mee: list[str]
    niet_mee: list[str]
    let_op: str
    volgt: Volgfilter | None


def invoer_voor(keuze: Keuze) -> dict[str, str]:
    """A selection as fields of a form, under the names of the filters."""
    velden = {
        "agenda": keuze.agenda.slug if keuze.agenda else "",
        "pijler": str(keuze.pijler.pk) if keuze.pijler else "",
        "organisatie": keuze.organisatie.slug if keuze.organisatie else "",
        "thema": keuze.thema.slug if keuze.thema else "",
        "status": keuze.status,
    }
    return {naam: waarde for naam, waarde in velden.items() if waarde}


def adres_van(keuze: Keuze) -> str:
    """The list of measures that shows what a selection covers."""
    velden = invoer_voor(keuze)
    if keuze.pijler is not None:  # the list offers sections of one agenda
        velden["agenda"] = keuze.pijler.agenda.slug
    if keuze.organisatie is not None:
        velden["rol"] = BetrokkenheidRol.VERANTWOORDELIJK.value
    return f"{reverse('maatregelen')}?{urlencode(velden)}"


def aanbod(request: HttpRequest, wie: Bevoegdheid, filters: Filters) -> Aanbod | None:
    """What can be followed of the filters that are set; None when none are, or for who may not follow."""
    gegevens = filters.form.cleaned_data
    gezet = [naam for naam in filters.form.fields if gegevens.get(naam) and naam not in GEEN_FILTER]
    if not gezet or not mag_volgen(wie):
        return None
    organisatie, rol = gegevens.get("organisatie"), gegevens.get("rol")
    kan_organisatie = (
        organisatie is not None
        and not organisatie.is_aanduiding
        and rol in ("", None, BetrokkenheidRol.VERANTWOORDELIJK.value)
    )
    keuze = Keuze(
        gegevens.get("agenda"),
        gegevens.get("pijler"),
        organisatie if kan_organisatie else None,
        gegevens.get("thema"),
        gegevens.get("status") or "",
    ).kort()
    mee = {"agenda", "pijler", "thema", "status", *(("organisatie", "rol") if kan_organisatie else ())}
    let_op = ""
    if kan_organisatie and not rol:
        let_op = f"Alleen waar {organisatie} verantwoordelijk is, niet waar {organisatie} alleen meedoet."
    return Aanbod(
        velden=invoer_voor(keuze),
        mee=keuze.woorden,
        niet_mee=[_in_woorden(filters.form, naam) for naam in gezet if naam not in mee],
        let_op=let_op if keuze else KAN_NIET,
        volgt=gevolgd(wie.mens, keuze) if keuze else None,
    )


def _in_woorden(form: forms.Form, naam: str) -> str:
    veld, waarde = form.fields[naam], form.cleaned_data[naam]
    keuzes = {str(sleutel): tekst for sleutel, tekst in getattr(veld, "choices", [])}
    return f"{veld.label}: {keuzes.get(str(waarde), waarde)}"


def _lees_keuze(wie: Bevoegdheid, ingevuld: Mapping[str, str]) -> Keuze:
    """The selection that a button asks for, among what this person may see. Raises ValidationError."""
    data = {naam: ingevuld[naam] for naam in VELDEN if ingevuld.get(naam)}
    filters = MaatregelFilters(data, zichtbare_maatregelen(wie), wie=wie, alleen_gegeven=True)
    if not filters.form.is_valid():
        raise ValidationError("Deze selectie bestaat niet meer.")
    gegevens = filters.form.cleaned_data
    return Keuze(
        gegevens.get("agenda"),
        gegevens.get("pijler"),
        gegevens.get("organisatie"),
        gegevens.get("thema"),
        gegevens.get("status") or "",
    )


@dataclass(frozen=True)
class Selectierij:
    """A followed selection as the page shows it."""

    selectie: Volgfilter
    keuze: Keuze
    adres: str
    aantal: int
    meldt: list[str]
    form: Volgfilterformulier


class Volgen(View):
    """What I follow: selections with their mail, and measures; and, by POST, one selection more."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return toon_volgen(request, bevoegdheid(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin to follow a selection."""
        wie = bevoegdheid(request)
        if not mag_volgen(wie):
            raise PermissionDenied
        try:
            selectie, nieuw = maak(wie_is(request), _lees_keuze(wie, request.POST.dict()), moment=timezone.now())
        except ValidationError as fout:
            messages.error(request, " ".join(fout.messages))
            return HttpResponseRedirect(reverse("volgen"))
        if nieuw:
            messages.success(request, f"U volgt nu: {selectie.naam}. Kies hieronder waarover u mail wilt.")
        else:
            messages.info(request, f"U volgde dit al: {selectie.naam}.")
        return HttpResponseRedirect(f"{reverse('volgen')}#selectie-{selectie.pk}")


def toon_volgen(
    request: HttpRequest,
    wie: Bevoegdheid,
    *,
    mislukt: tuple[int, Volgfilterformulier] | None = None,
    status: int = GELUKT,
) -> HttpResponse:
    """The page, with one form as it was sent (selection id, form) when that was not kept."""
    ik = wie_is(request)
    selecties = selecties_van(ik)
    tellingen = aantallen(selecties, zichtbare_maatregelen(wie))
    rijen = []
    for een in selecties:
        keuze = keuze_van(een)
        form = mislukt[1] if mislukt and mislukt[0] == een.pk else Volgfilterformulier(een)
        meldt = [WOORDEN[naam] for naam in aangezet(een)]
        rijen.append(Selectierij(een, keuze, adres_van(keuze), tellingen[een.pk], meldt, form))
    pagina = blader(
        request,
        zichtbare_maatregelen(wie)
        .voor_lijst()
        .filter(pk__in=Maatregel.objects.filter(volgers__persoon=ik).values("pk")),
    )
    inhoud: dict[str, Any] = {
        "selecties": rijen,
        "pagina": pagina,
        "maatregelen": list(pagina.object_list),
        "zonder_mail": voorkeur_van(ik).gevolgd == Bezorging.GEEN,
    }
    return toon(request, "maatregelen/volgen.html", wie, inhoud, status=status)


@require_POST
def selectie(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one of the own selections, or stop following it."""
    wie = bevoegdheid(request)
    if not mag_volgen(wie):
        raise PermissionDenied
    rij = get_object_or_404(wie_is(request).volgfilters, pk=pk)
    if "stop" in request.POST:
        stop(rij)
        messages.success(request, f"U volgt niet meer: {rij.naam}.")
        return HttpResponseRedirect(reverse("volgen"))
    form = Volgfilterformulier(rij, request.POST)
    if form.is_valid():
        gegevens = form.cleaned_data
        try:
            wijzig(rij, naam=gegevens["naam"], meldingen=gegevens["meldingen"], moment=timezone.now())
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            messages.success(request, f"Bewaard: {gegevens['naam']}.")
            return HttpResponseRedirect(f"{reverse('volgen')}#selectie-{rij.pk}")
    return toon_volgen(request, wie, mislukt=(rij.pk, form), status=ONJUIST)

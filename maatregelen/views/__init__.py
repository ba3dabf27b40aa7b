"""Pages: each file holds those of one place. A page asks who looks, then the matter, and shows; it decides nothing."""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maatregelen.blikveld import kijkend
from maatregelen.filters import Filters, Sleutelveld
from maatregelen.models import Rol
from maatregelen.zichtbaarheid import Bevoegdheid

PER_PAGINA = 50
BLADZIJDE = "pagina"
EIGEN = [("mij", "mijn organisatie")]


class GeenRol(PermissionDenied):
    """Somebody is signed in and has no role anywhere: told so, instead of being shown an empty product."""


def wie_kijkt(request: HttpRequest) -> Bevoegdheid:
    """Who looks and what they may do today, asked once per request; also of who has no role or is not signed in."""
    wie: Bevoegdheid | None = getattr(request, "bevoegdheid", None)
    if wie is None:
        wie = Bevoegdheid(request.user, timezone.localdate())
        request.bevoegdheid = wie  # type: ignore[attr-defined]
    return wie


def bevoegdheid(request: HttpRequest) -> Bevoegdheid:
    """What this person may do today. Raises GeenRol for who is signed in and has no role."""
    wie = wie_kijkt(request)
    if not wie.rollen and not wie.is_bezoeker:
        raise GeenRol
    return wie


def toon(
    request: HttpRequest, sjabloon: str, wie: Bevoegdheid, inhoud: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page, with who looks (`wie`), the day on which things are judged (`vandaag`), and in the past `terugblik`.

    Also after something was sent what a page asks while it is made is asked as this person may know.
    """
    kader = {"wie": wie, "vandaag": wie.vandaag, "terugblik": getattr(request, "terugblik", None)}
    # Whether it can be seen as it was, see terugblik.in_de_tijd.
    kader["in_de_tijd"] = request.resolver_match is not None and hasattr(request.resolver_match.func, "in_de_tijd")
    with kijkend(wie.blik):
        return render(request, sjabloon, {**kader, **inhoud}, status=status)


def lees_adres(request: HttpRequest, keuzes: Mapping[str, Collection[str] | None]) -> dict[str, str]:
    """The keys of the address bar that were filled in. None as choices means that any text may stand there.

    Raises BadRequest, in words for the reader, for a key or a choice that does not exist: nothing is guessed.
    """
    uit: dict[str, str] = {}
    for sleutel, waarde in request.GET.dict().items():
        if sleutel not in keuzes:
            bekend = ", ".join(keuzes) or "geen"
            raise BadRequest(f"'{sleutel}' bestaat niet op deze pagina. Wel: {bekend}.")
        mogelijk = keuzes[sleutel]
        if not waarde:
            continue
        if "\x00" in waarde or (mogelijk is not None and waarde not in mogelijk):
            raise BadRequest(
                f"'{waarde}' kan niet bij '{sleutel}'." + (f" Wel: {', '.join(mogelijk)}." if mogelijk else "")
            )
        uit[sleutel] = waarde
    return uit


def lees_dag(sleutel: str, waarde: str) -> datetime.date:
    """A day from the address bar. Raises BadRequest, in words for the reader, for anything that is not JJJJ-MM-DD."""
    try:
        if len(waarde) != len("JJJJ-MM-DD"):
            raise ValueError(waarde)
        return datetime.date.fromisoformat(waarde)
    except ValueError:
        raise BadRequest(f"'{waarde}' is geen dag. Schrijf {sleutel}=JJJJ-MM-DD, zoals 2025-03-19.") from None


def blader(request: HttpRequest, rijen: QuerySet[Any]) -> Page[Any]:
    """The page of the list that the address bar asks for, and how many there are in all; one query.

    Raises Http404 for a page that is not there.
    """
    ruw = request.GET.get(BLADZIJDE) or "1"
    if not re.fullmatch(r"[1-9][0-9]{0,6}", ruw):
        raise Http404(BLADZIJDE)
    nummer = int(ruw)
    begin = (nummer - 1) * PER_PAGINA
    # First which rows, then what is shown of them: what a row works out is not worked out for the pages before it.
    sleutels = rijen.values("pk")
    geteld = sleutels.order_by().annotate(een=Value(1)).values("een").annotate(aantal=Count("*")).values("aantal")
    gekozen = rijen.filter(pk__in=sleutels[begin : begin + PER_PAGINA])
    op_pagina = list(gekozen.annotate(aantal_in_lijst=Subquery(geteld, output_field=IntegerField())))
    if not op_pagina and nummer > 1:
        raise Http404(BLADZIJDE)
    bladering = Paginator(op_pagina, PER_PAGINA)
    bladering.count = op_pagina[0].aantal_in_lijst if op_pagina else 0
    return Page(op_pagina, nummer, bladering)


@dataclass(frozen=True)
class Gekozen:
    """A filter that was set: its words, and the page without it."""

    label: str
    waarde: str
    zonder: str


@dataclass(frozen=True)
class Filterstand:
    """The filters of a list as the address bar has them: the fields to show, what was chosen, what is wrong."""

    form: forms.Form
    vooraan: list[forms.BoundField]
    meer: list[forms.BoundField]
    meer_open: bool
    gekozen: list[Gekozen]
    fouten: list[str]


def filterstand(
    request: HttpRequest, filters: Filters, *, vooraan: Sequence[str], meer: Sequence[str], paginering: bool = False
) -> Filterstand:
    """Reads the filters of a page strictly: a name or value that does not exist is an error, in words for the reader.

    The choices of each field are read once, so that showing and checking them costs one query per field.
    """
    form: forms.Form = filters.form
    bekend = {*form.fields, *((BLADZIJDE,) if paginering else ())}
    fouten = [f"Het filter '{naam}' bestaat niet." for naam in request.GET if naam not in bekend]
    for naam in (*vooraan, *meer):
        if isinstance(veld := form.fields[naam], Sleutelveld) and naam != "pijler":
            veld.laad()
    agenda, pijler = form.fields.get("agenda"), form.fields.get("pijler")
    if isinstance(agenda, Sleutelveld) and isinstance(pijler, Sleutelveld):
        # Sections have the same numbers in every agenda: only those of one agenda can be told apart.
        gekozen_agenda = (agenda.rijen or {}).get(request.GET.get("agenda", ""))
        if gekozen_agenda:
            pijler.laad(agenda=gekozen_agenda)
        else:
            vooraan = [naam for naam in vooraan if naam != "pijler"]
    for naam, teksten in form.errors.items():
        veldnaam = form.fields[naam].label if naam in form.fields else naam
        fouten += [f"{veldnaam}: {tekst}" for tekst in teksten]
    if Rol.DOSSIERHOUDER not in filters.wie.rollen:
        meer, vooraan = [naam for naam in meer if naam != "van"], [naam for naam in vooraan if naam != "van"]
    return Filterstand(
        form=form,
        vooraan=[form[naam] for naam in vooraan],
        meer=[form[naam] for naam in meer],
        meer_open=any(form.data.get(naam) for naam in meer),
        gekozen=_gekozen(request, form),
        fouten=fouten,
    )


def _gekozen(request: HttpRequest, form: forms.Form) -> list[Gekozen]:
    uit = []
    for naam, veld in form.fields.items():
        ruw = request.GET.get(naam, "")
        if not ruw or naam in form.errors:
            continue
        # The choices of a field that was not loaded are still in the database.
        keuzes = [] if isinstance(veld, Sleutelveld) and veld.rijen is None else getattr(veld, "choices", [])
        woorden = {str(sleutel): tekst for sleutel, tekst in keuzes}
        reeks = request.GET.copy()
        for weg in (naam, BLADZIJDE):
            reeks.pop(weg, None)
        uit.append(Gekozen(str(veld.label), str(woorden.get(ruw, ruw)), f"{request.path}?{reeks.urlencode()}"))
    return uit

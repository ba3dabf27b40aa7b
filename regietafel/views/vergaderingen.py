"""The meetings of the table: the list of what comes and what was, and one meeting whole."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce, ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from maatregelen.filters import Filters, Keuze, Sleutel
from maatregelen.models import Organisatie
from maatregelen.views import bevoegdheid, filterstand, lees_adres, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_organisaties
from regietafel.models import Aanwezigheid, Actiepunt, Actiestand, Deelnamerol, Vergadering, Vergadersoort
from regietafel.models.vergadering import VergaderingQuerySet
from regietafel.vergadercyclus import is_verlopen, toegestaan
from regietafel.vergaderinzage import Uitkomst, Vergaderbeeld, lees, uitkomsten
from regietafel.zichtbaarheid import (
    is_eigen_actie,
    mag_vergaderingen_bijhouden,
    zichtbare_reeksen,
    zichtbare_vergaderingen,
)

VOORAAN = ("soort", "jaar", "organisatie")
NIETS = Uitkomst(0, 0, 0, 0, 0)
# As op_volgorde has it: the day, or the last of an estimate, or its first.
DAG = Coalesce("datum", "schatting_tot", "schatting_van")


def _jaren(rijen: VergaderingQuerySet) -> list[tuple[str, str]]:
    jaren = rijen.order_by().values_list(ExtractYear(DAG), flat=True).distinct()
    return [(str(jaar), str(jaar)) for jaar in sorted((jaar for jaar in jaren if jaar), reverse=True)]


class Vergaderfilters(Filters):
    """The filters of the list: kind, year, and who was there or had a part."""

    soort = Keuze(choices=Vergadersoort.choices, label="Soort")
    jaar = Keuze(choices=(), method="op_jaar", label="Jaar")
    organisatie = Sleutel(zichtbaar=zichtbare_organisaties, method="op_organisatie", label="Organisatie")

    def __init__(self, data: Any, queryset: VergaderingQuerySet, *, wie: Bevoegdheid) -> None:
        super().__init__(data, queryset, wie=wie)
        self.filters["jaar"].extra["choices"] = _jaren(queryset)

    def op_jaar(self, rijen: VergaderingQuerySet, naam: str, value: str) -> VergaderingQuerySet:
        """The meetings of that year, by their day or the last of their estimate."""
        return rijen.annotate(in_jaar=ExtractYear(DAG)).filter(in_jaar=int(value))

    def op_organisatie(self, rijen: VergaderingQuerySet, naam: str, value: Organisatie) -> VergaderingQuerySet:
        """The meetings where an organisation sat at the table, spoke, opened a point or was given something to do."""
        punt = "agendapunten__"
        return rijen.filter(
            pk__in=Vergadering.objects.filter(
                Q(deelnames__organisatie=value)
                | Q(**{f"{punt}inbreng__organisatie": value})
                | Q(**{f"{punt}actiepunten__organisatie": value})
                | Q(**{f"{punt}inleiding__organisatie": value})
            ).values("pk")
        )


@openbaar
@in_de_tijd
@require_safe
def vergaderingen(request: HttpRequest) -> HttpResponse:
    """What comes first, then what was held, per year with what came out; an unknown filter is told."""
    wie = bevoegdheid(request)
    filters = Vergaderfilters(request.GET, zichtbare_vergaderingen(wie), wie=wie)
    stand = filterstand(request, filters, vooraan=VOORAAN, meer=())
    inhoud: dict[str, Any] = {"filters": stand, "mag_bijhouden": mag_vergaderingen_bijhouden(wie)}
    if stand.fouten:
        return toon(request, "regietafel/vergaderingen.html", wie, inhoud, status=400)
    gekozen: VergaderingQuerySet = filters.qs
    uitkomst = uitkomsten(wie, gekozen)
    rijen = list(gekozen.op_volgorde().select_related("reeks"))
    for rij in rijen:
        rij.uitkomst = uitkomst.get(rij.pk, NIETS)  # type: ignore[attr-defined]
    geweest = [rij for rij in reversed(rijen) if rij.is_geweest]
    per_jaar: dict[int | None, list[Vergadering]] = {}
    for rij in geweest:
        per_jaar.setdefault(rij.dag.year if rij.dag else None, []).append(rij)  # type: ignore[attr-defined]
    inhoud |= {
        "rijen": rijen,
        "komend": [rij for rij in rijen if not rij.is_geweest and not is_verlopen(rij, wie.vandaag)],
        "onbekend": [rij for rij in reversed(rijen) if not rij.is_geweest and is_verlopen(rij, wie.vandaag)],
        "per_jaar": list(per_jaar.items()),
        "reeksen": list(zichtbare_reeksen(wie)),
    }
    return toon(request, "regietafel/vergaderingen.html", wie, inhoud)


# What others make of a meeting, where they have made it: (name of the address, words, only for the secretariaat).
KAMERS = (
    ("vergadering_notuleren", "Notuleren", True),
    ("vergadering_voorbereiden", "Voorbereiden", True),
    ("vergadering_stukken", "Stukken", False),
)


def kamers(vergadering: Vergadering, *, mag_bijhouden: bool) -> list[tuple[str, str]]:
    """The other pages of this meeting that there are: (url, words)."""
    uit = []
    for naam, woorden, alleen_secretariaat in KAMERS:
        if alleen_secretariaat and (not mag_bijhouden or vergadering.is_gesloten):
            continue
        if naam == "vergadering_voorbereiden" and vergadering.is_geweest:
            continue
        try:
            uit.append((reverse(naam, args=[vergadering.slug]), woorden))
        except NoReverseMatch:
            continue
    return uit


def _buren(wie: Bevoegdheid, vergadering: Vergadering) -> tuple[Vergadering | None, Vergadering | None]:
    """The meetings of the same table before and after this one, by day."""
    dag = vergadering.datum or vergadering.schatting_tot or vergadering.schatting_van
    if dag is None:
        return None, None
    tafel = zichtbare_vergaderingen(wie).filter(reeks=vergadering.reeks_id).annotate(op_dag=DAG)
    return (
        tafel.filter(op_dag__lt=dag).order_by("-op_dag", "-id").first(),
        tafel.filter(op_dag__gt=dag).order_by("op_dag", "id").first(),
    )


def _eigen_acties(wie: Bevoegdheid, beeld: Vergaderbeeld) -> list[Actiepunt]:
    """What this meeting asked of the reader and is still open: what they can report on."""
    if wie.is_secretariaat:
        return []
    acties = (actie for deel in beeld.punten for actie in deel.acties)
    return [actie for actie in acties if actie.stand == Actiestand.OPEN and is_eigen_actie(wie, actie)]


def _eigen(wie: Bevoegdheid, organisaties: list[Organisatie]) -> list[Organisatie]:
    """The organisations of this person that have a part in the meeting."""
    eigen = wie.eigen_organisaties | wie.namens
    return [organisatie for organisatie in organisaties if organisatie.pk in eigen]


@openbaar
@in_de_tijd
@require_safe
def vergadering(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting: when and who, its points with all that was said, decided and promised, and what became of that."""
    wie = bevoegdheid(request)
    adres = lees_adres(request, {"organisatie": None})
    gekozen = (
        get_object_or_404(zichtbare_organisaties(wie), slug=adres["organisatie"]) if "organisatie" in adres else None
    )
    try:
        beeld = lees(wie, slug, organisatie=gekozen)
    except Vergadering.DoesNotExist:
        raise Http404(slug) from None
    stuk = beeld.vergadering
    mag_bijhouden = mag_vergaderingen_bijhouden(wie)
    vorige, volgende = _buren(wie, stuk)
    return toon(
        request,
        "regietafel/vergadering.html",
        wie,
        {
            "vergadering": stuk,
            "beeld": beeld,
            "telling": beeld.telling(),
            "gekozen": gekozen,
            "eigen": _eigen(wie, beeld.organisaties),
            "kamers": kamers(stuk, mag_bijhouden=mag_bijhouden),
            "mag_bijhouden": mag_bijhouden,
            "mag_wijzigen": mag_bijhouden and not stuk.is_gesloten,
            "stappen": toegestaan(stuk.staat),
            "staatwijzigingen": list(stuk.staatwijzigingen.select_related("door").order_by("-per", "-pk")),
            "eigen_acties": [] if gekozen else _eigen_acties(wie, beeld),
            "is_verlopen": is_verlopen(stuk, wie.vandaag),
            "vorige": vorige,
            "volgende": volgende,
            "aanwezig": [d for d in beeld.deelnames if d.rol != Deelnamerol.GENOEMD],
            "genoemd": [d for d in beeld.deelnames if d.rol == Deelnamerol.GENOEMD],
            "presentie": _presentie(beeld.deelnames),
        },
    )


def _presentie(deelnames: list[Any]) -> dict[str, int]:
    """How many of those on the list were there, were not, or are not known yet."""
    lijst = [rij for rij in deelnames if rij.rol != Deelnamerol.GENOEMD]
    return {
        "aanwezig": sum(rij.aanwezigheid == Aanwezigheid.AANWEZIG for rij in lijst),
        "afwezig": sum(rij.aanwezigheid == Aanwezigheid.AFWEZIG for rij in lijst),
        "verwacht": sum(rij.aanwezigheid == Aanwezigheid.VERWACHT for rij in lijst),
    }

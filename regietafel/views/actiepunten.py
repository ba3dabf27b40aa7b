"""The list of actions, and one action with what became of it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, F, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from maatregelen.filters import Filters, Keuze, Sleutel, Zoek
from maatregelen.models import Organisatie
from maatregelen.models.mijlpaal import Termijn
from maatregelen.models.termijnwijziging import VERPLAATSINGEN
from maatregelen.verzendboek import Lezer
from maatregelen.views import bevoegdheid, blader, filterstand, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_organisaties
from regietafel.actieboek import UITGEKLAPT, Boeking, Komt, per_kring, van_actie, vooruit_van, waarom_niets
from regietafel.models import Actiepunt, Actiestand, Actiewijziging, Actiewijzigingsoort, Agendapunt
from regietafel.models.actiepunt import ActiepuntQuerySet
from regietafel.tafelinzage import rond_organisaties
from regietafel.zichtbaarheid import (
    eigen_actiepunten,
    is_eigen_actie,
    mag_actie_afspreken,
    mag_actie_melden,
    mag_actiepost_inzien,
    zichtbare_actiepunten,
    zichtbare_agendapunten,
    zichtbare_vergaderingen,
)

OPEN, TE_LAAT, ZONDER_TREKKER, NIET_AFGESPROKEN, AFGEROND, ALLES = (
    "open", "teLaat", "zonderTrekker", "nietAfgesproken", "afgerond", "alles",
)  # fmt: skip
WELKE = [
    (OPEN, "open"),
    (TE_LAAT, "te laat"),
    (ZONDER_TREKKER, "zonder trekker"),
    (NIET_AFGESPROKEN, "niet afgesproken"),
    (AFGEROND, "afgerond, vervallen of gesplitst"),
    (ALLES, "alles"),
]
VOORAAN = ("zoek", "welke", "eigen", "organisatie", "vergadering")
MEER = ("rond",)


class Actiefilters(Filters):
    """The filters of the list on the page."""

    zoek = Zoek(["wat", "code", "wie_tekst"])
    welke = Keuze(choices=WELKE, method="op_welke", label="Welke")
    eigen = Keuze(choices=[("ja", "van mij of mijn organisatie")], method="op_eigen", label="Van wie")
    organisatie = Sleutel(zichtbaar=zichtbare_organisaties, method="op_organisatie", label="Organisatie")
    vergadering = Sleutel(
        zichtbaar=zichtbare_vergaderingen, field_name="agendapunt__vergadering", label="Uit vergadering"
    )
    rond = Sleutel(zichtbaar=zichtbare_organisaties, method="op_rond", label="Over maatregelen van")

    def op_welke(self, rijen: ActiepuntQuerySet, naam: str, value: str) -> ActiepuntQuerySet:
        """Those in this stand."""
        if value == OPEN:
            return rijen.open()
        if value == TE_LAAT:
            return rijen.te_laat(self.wie.vandaag)
        if value == ZONDER_TREKKER:
            return rijen.zonder_trekker()
        if value == NIET_AFGESPROKEN:
            return rijen.filter(is_afgesproken=False, stand=Actiestand.OPEN)
        return rijen.exclude(stand=Actiestand.OPEN) if value == AFGEROND else rijen

    def op_eigen(self, rijen: ActiepuntQuerySet, naam: str, value: str) -> ActiepuntQuerySet:
        """Those that are this person's to do."""
        return rijen.filter(pk__in=eigen_actiepunten(self.wie).values("pk"))

    def op_organisatie(self, rijen: ActiepuntQuerySet, naam: str, value: Organisatie) -> ActiepuntQuerySet:
        """Those of an organisation, with the open work of those it succeeded."""
        return rijen.filter(organisatie__in=Organisatie.objects.waarvoor_optreedt([value.pk], self.wie.vandaag))

    def op_rond(self, rijen: ActiepuntQuerySet, naam: str, value: Organisatie) -> ActiepuntQuerySet:
        """Those about a measure in which an organisation has a role, whoever does them."""
        return rond_organisaties(rijen, Organisatie.objects.waarvoor_optreedt([value.pk], self.wie.vandaag))


def op_urgentie(rijen: ActiepuntQuerySet, vandaag: datetime.date) -> ActiepuntQuerySet:
    """Late first, then what comes soonest; without a day last; annotated with `laat`."""
    laat = Q(is_afgesproken=True, stand=Actiestand.OPEN, einde__lt=vandaag)
    return rijen.annotate(
        laat=Case(When(laat, then=Value(True)), default=Value(False), output_field=BooleanField())
    ).order_by("-laat", F("einde").asc(nulls_last=True), F("begin").asc(nulls_last=True), "code")


@openbaar
@in_de_tijd
@require_safe
def actiepunten(request: HttpRequest) -> HttpResponse:
    """The actions, narrowed down; the open ones unless the address bar asks for others."""
    wie = bevoegdheid(request)
    adres = request.GET.copy()
    if "welke" not in adres:
        adres["welke"] = OPEN
    filters = Actiefilters(adres, zichtbare_actiepunten(wie), wie=wie)
    stand = filterstand(request, filters, vooraan=VOORAAN, meer=MEER, paginering=True)
    if stand.fouten:
        return toon(request, "regietafel/actiepunten.html", wie, {"filters": stand}, status=400)
    rijen = op_urgentie(filters.qs.met_verplaatsingen(), wie.vandaag).select_related(
        "organisatie__opvolger", "persoon", "agendapunt__vergadering"
    )
    pagina = blader(request, rijen)
    return toon(
        request, "regietafel/actiepunten.html", wie, {"filters": stand, "pagina": pagina, "welke": adres["welke"]}
    )


@dataclass(frozen=True)
class Termijnstap:
    """A termijn as it was before or after a change, for the page."""

    woorden: str
    termijn: Termijn | None

    @classmethod
    def van(cls, velden: dict[str, Any]) -> "Termijnstap":
        """From the fields that history kept."""
        dagen = {
            naam: datetime.date.fromisoformat(velden[naam]) if velden.get(naam) else None for naam in ("begin", "einde")
        }
        tekst = velden.get("termijn_tekst", "")
        return cls(tekst, Actiepunt(termijn_tekst=tekst, **dagen) if any(dagen.values()) else None)


@dataclass(frozen=True)
class Gebeurtenis:
    """A line of the history of an action."""

    wijziging: Actiewijziging
    van: Termijnstap | None
    naar: Termijnstap | None

    @property
    def is_verplaatsing(self) -> bool:
        """Whether this counts as a move."""
        return self.wijziging.termijnsoort in VERPLAATSINGEN


def _geschiedenis(actie: Actiepunt) -> list[Gebeurtenis]:
    rijen = actie.wijzigingen.select_related("door", "van_organisatie", "naar_organisatie").order_by(
        "-vastgelegd_op", "-pk"
    )
    return [
        Gebeurtenis(rij, Termijnstap.van(rij.van_termijn), Termijnstap.van(rij.naar_termijn))
        if rij.soort == Actiewijzigingsoort.VERPLAATST
        else Gebeurtenis(rij, None, None)
        for rij in rijen
    ]


@dataclass(frozen=True)
class Actiepost:
    """Who was mailed about an action, what comes, or why nothing does; what was sent longer ago is folded away."""

    komend: list[tuple[list[Komt], list[tuple[str, str]]]]
    waarom_niets: str
    boekingen: list[Boeking]
    eerder: list[Boeking]

    @property
    def aantal(self) -> int:
        """How many rows the ledger has."""
        return len(self.boekingen) + len(self.eerder)


def _post(request: HttpRequest, wie: Bevoegdheid, actie: Actiepunt) -> Actiepost | None:
    """None in the past, where nobody knew what would be mailed and the ledger has no day; and for a visitor."""
    if wie.kijkt_terug or wie.mens is None:
        return None
    lezer = Lezer(wie.mens, mag_actiepost_inzien(wie, actie), ziet_volgers=False)
    boekingen, waarom = van_actie(actie, lezer), waarom_niets(actie)
    komend = [] if waarom else per_kring(vooruit_van(actie, vandaag=wie.vandaag))
    return Actiepost(komend, waarom, boekingen[:UITGEKLAPT], boekingen[UITGEKLAPT:])


@openbaar
@in_de_tijd
@require_safe
def actiepunt(request: HttpRequest, code: str) -> HttpResponse:
    """One action: what, who, by when, where it comes from, what became of it, and what can be done now."""
    wie = bevoegdheid(request)
    rijen = (
        zichtbare_actiepunten(wie)
        .met_verplaatsingen()
        .select_related(
            "organisatie__opvolger", "persoon", "agendapunt__vergadering", "besluit", "voor_vergadering",
            "mijlpaal__maatregel", "afgesplitst_van",
        )
    )  # fmt: skip
    actie = get_object_or_404(rijen, code=code)
    is_open = actie.stand == Actiestand.OPEN
    mag = mag_actie_melden(wie, actie)
    geagendeerd: list[Agendapunt] = list(
        zichtbare_agendapunten(wie)
        .filter(voorstelkeuzes__actiepunt=actie)
        .select_related("vergadering")
        .order_by("vergadering__datum", "volgorde")
    )
    return toon(
        request,
        "regietafel/actiepunt.html",
        wie,
        {
            "actie": actie,
            "te_laat": actie.is_te_laat(wie.vandaag),
            "maatregelen": list(actie.maatregelen.select_related("pijler__agenda").order_by("code")),
            "delen": list(actie.afsplitsingen.select_related("organisatie__opvolger").order_by("code")),
            "geagendeerd": geagendeerd,
            "geschiedenis": _geschiedenis(actie),
            "post": _post(request, wie, actie),
            "van_mij": is_eigen_actie(wie, actie),
            "kan_doen": mag and is_open and actie.is_afgesproken,
            "kan_vervallen": mag and is_open,
            "kan_heropenen": mag and actie.stand in (Actiestand.AFGEROND, Actiestand.VERVALLEN),
            "kan_afspreken": mag_actie_afspreken(wie) and is_open and not actie.is_afgesproken,
        },
    )

"""What a mail needs to know: the records behind what is due, read for many at once so that writing asks nothing."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, Q, Window
from django.db.models.functions import Lag

from maatregelen.herinnerplan import KWARTIER, ZONE, Aanzegging
from maatregelen.models import (
    Betrokkenheid,
    Bezorging,
    Hoedanigheid,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Stap,
    Statuswijziging,
    Termijnwijziging,
    Uitstel,
)
from maatregelen.ontvangers import Ontvangers
from maatregelen.reacties import zichtbaar_gekomen

Sleutel = TypeVar("Sleutel")

# What a reader calls the content of a measure, by the columns that hold it.
INHOUD = {
    "titel": "de titel",
    "soort": "het soort maatregel",
    "aard": "de aard",
    "geaccordeerd": "of er overeenstemming is",
    "voorwaarde": "de voorwaarde",
    "toelichting": "de toelichting",
    "verwijzingen": "de verwijzingen",
    "pijler_id": "de pijler",
    "bovenliggend_id": "de hoofdmaatregel",
    "voortgang": "de voortgang",
    "voortgang_op": "de voortgang",
    "voortgang_toelichting": "de voortgang",
}
BETROKKENEN = "wie erbij betrokken is"
MIJLPAAL = ("omschrijving", "hardheid", "behaald_op", "behaald_bewijs", "bron", "toelichting")


@dataclass(frozen=True)
class Melding:
    """One thing that a person is told, and why this person."""

    persoon: Persoon
    maatregel: Maatregel
    stap: Stap
    reden: str
    hoedanigheid: Hoedanigheid
    mijlpaal: Mijlpaal | None = None
    sleuteldag: datetime.date | None = None
    statuswijziging: Statuswijziging | None = None
    termijnwijziging: Termijnwijziging | None = None
    verantwoordelijk: str = ""
    gewijzigd: tuple[str, ...] = ()
    uitgesteld_door: tuple[Uitstel, ...] = ()
    volgt_maatregel: bool = False
    volgfilter_id: int | None = None
    bezorging: Bezorging = Bezorging.DIRECT

    @property
    def is_gevolgd(self) -> bool:
        """Whether this person gets it only because of following."""
        return self.hoedanigheid == Hoedanigheid.VOLGER

    @property
    def is_voorbij(self) -> bool:
        """Whether it is about a latest day that has passed."""
        return self.stap == Stap.VOORBIJ

    @property
    def stand_gemeld(self) -> bool:
        """Whether a person has said here how the measure stands."""
        return bool(self.maatregel.stand_gemeld)  # type: ignore[attr-defined]


Wanneer = tuple[int, datetime.date, int]  # a measure, a day, and which quarter of an hour of it


def _wanneer(maatregel: int, op: datetime.datetime) -> Wanneer:
    """Where the question of news puts a change of content (vragen/nieuws.sql)."""
    dag = op.astimezone(ZONE).date()
    middernacht = datetime.datetime.combine(dag, datetime.time(), ZONE)
    return maatregel, dag, int((op.timestamp() - middernacht.timestamp()) // KWARTIER)


def _verloop(model: Any, kolommen: Sequence[str], maatregelen: Q, grens: datetime.datetime) -> list[dict[str, Any]]:
    """The history of these records since a moment: each row with what it was (`was_...`; `had` None for the first)."""
    rijen = (
        model.pgh_event_model.objects.filter(maatregelen)
        .annotate(
            **{f"was_{kolom}": Window(Lag(kolom), partition_by="pgh_obj", order_by="pgh_id") for kolom in kolommen},
            had=Window(Lag("pgh_id"), partition_by="pgh_obj", order_by="pgh_id"),
        )
        .order_by("pgh_id")
        .values()
    )
    return [rij for rij in rijen if rij["pgh_created_at"] >= grens and rij["pgh_label"] != "delete"]


def _is_anders(rij: dict[str, Any], kolommen: Iterable[str]) -> list[str]:
    """The columns that became something else."""
    return [kolom for kolom in kolommen if rij[kolom] != rij[f"was_{kolom}"]]


def _wat_gewijzigd(maatregelen: Collection[int], vanaf: datetime.date) -> dict[Wanneer, dict[str, int | None]]:
    """Which parts of the content changed, and when; of a milestone with its id. Three queries."""
    grens = datetime.datetime.combine(vanaf, datetime.time(), ZONE)
    uit: dict[Wanneer, dict[str, int | None]] = defaultdict(dict)
    for rij in _verloop(Maatregel, tuple(INHOUD), Q(pgh_obj__in=maatregelen), grens):
        if rij["had"] is not None:
            woorden = [INHOUD[kolom] for kolom in _is_anders(rij, INHOUD)]
            uit[_wanneer(rij["pgh_obj_id"], rij["pgh_created_at"])] |= dict.fromkeys(woorden)
    for rij in _verloop(Mijlpaal, MIJLPAAL, Q(maatregel__in=maatregelen), grens):
        if anders := rij["had"] is None or _is_anders(rij, MIJLPAAL):
            wat = f"de mijlpaal '{rij['omschrijving']}'"
            if anders is True:
                wat += " (nieuw)"
            elif "behaald_op" in anders:
                wat += " (behaald)" if rij["behaald_op"] else " (toch niet behaald)"
            uit[_wanneer(rij["maatregel_id"], rij["pgh_created_at"])][wat] = rij["pgh_obj_id"]
    betrokken = Betrokkenheid.pgh_event_model.objects  # type: ignore[attr-defined]
    for maatregel, op in betrokken.filter(pgh_created_at__gte=grens, maatregel__in=maatregelen).values_list(
        "maatregel_id", "pgh_created_at"
    ):
        uit[_wanneer(maatregel, op)][BETROKKENEN] = None
    gezegd = zichtbaar_gekomen().filter(maatregel__in=maatregelen, zichtbaar_op__gte=grens, ingetrokken_op=None)
    for reactie in gezegd.select_related("organisatie").order_by("zichtbaar_op", "pk"):
        wat = f"een {reactie.get_soort_display()} van {reactie.organisatie.afkorting}"
        uit[_wanneer(reactie.maatregel_id, reactie.zichtbaar_op)][wat] = None
    return uit


def laad(aanzeggingen: Mapping[Sleutel, Aanzegging], ontvangers: Ontvangers) -> dict[Sleutel, Melding]:
    """The meldingen for what is due, under the same keys; a fixed number of queries, however many there are."""
    rijen = list(aanzeggingen.values())
    maatregelen = (
        Maatregel.objects.met_stand_gemeld()
        .select_related("pijler__agenda")
        .in_bulk({rij.maatregel_id for rij in rijen})
    )
    mijlpalen = Mijlpaal.objects.select_related("na_mijlpaal").in_bulk(
        {rij.mijlpaal_id for rij in rijen if rij.mijlpaal_id}
    )
    statussen = Statuswijziging.objects.select_related("door").in_bulk(
        {rij.statuswijziging_id for rij in rijen if rij.statuswijziging_id}
    )
    termijnen = Termijnwijziging.objects.select_related("door", "mijlpaal").in_bulk(
        {rij.termijnwijziging_id for rij in rijen if rij.termijnwijziging_id}
    )
    trekkers = _trekkers(maatregelen)
    uitstellen: dict[int, list[Uitstel]] = defaultdict(list)
    for uitstel in (
        Uitstel.objects.geldig(ontvangers.op).filter(mijlpaal__in=mijlpalen).select_related("persoon").order_by("id")
    ):
        uitstellen[uitstel.mijlpaal_id].append(uitstel)
    gewijzigd: dict[Wanneer, dict[str, int | None]] = {}
    over_inhoud = [rij for rij in rijen if rij.stap == Stap.GEWIJZIGD]
    if over_inhoud:
        vroegst = min(rij.sleuteldag for rij in over_inhoud if rij.sleuteldag)
        gewijzigd = _wat_gewijzigd({rij.maatregel_id for rij in over_inhoud}, vroegst)
    genoemd = Mijlpaal.objects.in_bulk({pk for woorden in gewijzigd.values() for pk in woorden.values() if pk})
    uit: dict[Sleutel, Melding] = {}
    for sleutel, rij in aanzeggingen.items():
        mijlpaal = mijlpalen.get(rij.mijlpaal_id or 0)
        maatregel = maatregelen[rij.maatregel_id]
        if mijlpaal is not None:
            mijlpaal.maatregel = maatregel
        uit[sleutel] = Melding(
            persoon=ontvangers.mensen[rij.persoon_id],
            maatregel=maatregel,
            stap=Stap(rij.stap),
            reden=rij.reden,
            hoedanigheid=Hoedanigheid(rij.hoedanigheid),
            mijlpaal=mijlpaal,
            sleuteldag=rij.sleuteldag,
            statuswijziging=statussen.get(rij.statuswijziging_id or 0),
            termijnwijziging=termijnen.get(rij.termijnwijziging_id or 0),
            verantwoordelijk=ontvangers.namen(trekkers[rij.maatregel_id]),
            gewijzigd=tuple(
                woord
                for woord, pk in gewijzigd.get((rij.maatregel_id, rij.sleuteldag, rij.trede), {}).items()
                if ontvangers.kan_zien(rij.persoon_id, genoemd.get(pk or 0))
            )
            if rij.sleuteldag
            else (),
            uitgesteld_door=tuple(u for u in uitstellen[rij.mijlpaal_id or 0] if u.persoon_id != rij.persoon_id),
            volgt_maatregel=rij.volgt_maatregel,
            volgfilter_id=rij.volgfilter_id,
            bezorging=Bezorging(rij.bezorging),
        )
    return uit


def _trekkers(maatregelen: Iterable[int]) -> dict[int, list[Organisatie]]:
    """The responsible organisations per measure. One query."""
    uit: dict[int, dict[int, Organisatie]] = defaultdict(dict)
    for rij in (
        Betrokkenheid.objects.trekkers()
        .filter(maatregel__in=list(maatregelen))
        .select_related("organisatie")
        .order_by(F("volgorde"), "id")
    ):
        uit[rij.maatregel_id][rij.organisatie_id] = rij.organisatie
    return defaultdict(list, {maatregel: list(rijen.values()) for maatregel, rijen in uit.items()})

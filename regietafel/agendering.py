"""Making an agenda: points in order, what they are about, and points that move on to another meeting.

While a meeting has not been held its agenda is open: points are added, changed, put in another order and taken off.
After that a point can still be added or changed, until the minutes are adopted; its number stays, because minutes name
it.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, ProtectedError, QuerySet
from django.utils import timezone

from maatregelen.models import Indicator, Maatregel, Organisatie
from maatregelen.versiebewaking import Verouderd, vergrendel
from regietafel.models import (
    Agendapunt,
    Besluit,
    Inleider,
    Puntbesluit,
    Puntindicator,
    Puntmaatregel,
    Reeks,
    Reekspunt,
    Vergadering,
)
from regietafel.vergadercyclus import vergrendel_open, verhoog

LENGTE_REDEN = 250
OMHOOG, OMLAAG = "omhoog", "omlaag"
DICHT = "De vergadering is gehouden: de volgorde van de agenda staat vast."


@dataclass(frozen=True)
class Onderwerpen:
    """What a point is about and who opens it; None leaves that as it is."""

    inleiders: Collection[Organisatie] | None = None
    maatregelen: Collection[Maatregel] | None = None
    indicatoren: Collection[Indicator] | None = None
    besluiten: Collection[Besluit] | None = None  # of earlier meetings


def is_agenda_open(vergadering: Vergadering) -> bool:
    """Whether points can be put in another order and taken off."""
    return not vergadering.is_geweest


def _achteraan(vergadering: Vergadering) -> int:
    """Where a new point belongs: before the points with which every meeting of the series closes."""
    punten = list(vergadering.agendapunten.order_by("volgorde"))
    slot: set[str] = set()
    if vergadering.reeks_id is not None and is_agenda_open(vergadering):
        slot = set(Reekspunt.objects.filter(reeks=vergadering.reeks_id, is_slot=True).values_list("titel", flat=True))
    plek = punten[-1].volgorde + 1 if punten else 1
    for punt in reversed(punten):
        if punt.titel not in slot:
            break
        plek = punt.volgorde
    return plek


def _maak_plaats(vergadering: Vergadering, plek: int) -> None:
    vergadering.agendapunten.filter(volgorde__gte=plek).update(volgorde=F("volgorde") + 1)


def onderwerpen_van(punt: Agendapunt) -> Onderwerpen:
    """Who opens a point and what it is about now; four queries."""
    return Onderwerpen(
        inleiders=[rij.organisatie for rij in punt.inleiding.select_related("organisatie")],
        maatregelen=list(punt.maatregelen.all()),
        indicatoren=list(punt.indicatoren.all()),
        besluiten=list(punt.eerdere_besluiten.order_by("code")),
    )


def _zet(model: Any, punt: Agendapunt, veld: str, gewenst: Collection[Any] | None) -> bool:
    """Make these the links of a point and answer whether that was a change; links that stay keep their row."""
    if gewenst is None:
        return False
    nu = dict(model.objects.filter(agendapunt=punt).values_list(f"{veld}_id", "pk"))
    sleutels = [stuk.pk for stuk in gewenst]
    weg = [nu[sleutel] for sleutel in nu if sleutel not in sleutels]
    if weg:
        model.objects.filter(pk__in=weg).delete()
    nieuw = [
        model(agendapunt=punt, **{f"{veld}_id": sleutel}, **({"volgorde": plaats} if model is Inleider else {}))
        for plaats, sleutel in enumerate(sleutels)
        if sleutel not in nu
    ]
    model.objects.bulk_create(nieuw)
    return bool(weg or nieuw)


def van_eerder(besluiten: QuerySet[Besluit], vergadering: Vergadering) -> QuerySet[Besluit]:
    """Of these decisions those that a point of this meeting can be about: taken at another one that is not later."""
    ander = besluiten.exclude(agendapunt__vergadering=vergadering.pk)
    if vergadering.datum is None:
        return ander
    return ander.exclude(agendapunt__vergadering__datum__gt=vergadering.datum)


def _eis_eerder(punt: Agendapunt, besluiten: Collection[Besluit] | None) -> None:
    sleutels = {besluit.pk for besluit in besluiten or ()}
    if not sleutels:
        return
    al = set(Puntbesluit.objects.filter(agendapunt=punt, besluit__in=sleutels).values_list("besluit", flat=True))
    nieuw = Besluit.objects.filter(pk__in=sleutels - al)
    eerder = set(van_eerder(nieuw, punt.vergadering).values_list("pk", flat=True))
    if fout := sorted(nieuw.exclude(pk__in=eerder).values_list("code", flat=True)):
        raise ValidationError(
            {"besluiten": f"{', '.join(fout)} is niet van een eerdere vergadering. Kies besluiten van vóór deze."}
        )


def _zet_onderwerpen(punt: Agendapunt, over: Onderwerpen) -> bool:
    _eis_eerder(punt, over.besluiten)
    anders = [
        _zet(Inleider, punt, "organisatie", over.inleiders),
        _zet(Puntmaatregel, punt, "maatregel", over.maatregelen),
        _zet(Puntindicator, punt, "indicator", over.indicatoren),
        _zet(Puntbesluit, punt, "besluit", over.besluiten),
    ]
    return any(anders)


def voeg_punt_toe(
    vergadering: Vergadering,
    velden: dict[str, Any],
    *,
    over: Onderwerpen | None = None,
    achteraan: bool = False,
    moment: datetime.datetime | None = None,
) -> Agendapunt:
    """A new point: before the closing points of the series, or really last (`achteraan`).

    Raises Gesloten, or ValidationError when a decision is not of an earlier meeting.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel_open(vergadering.pk)
        laatste = rij.agendapunten.order_by("-volgorde").first()
        plek = (laatste.volgorde + 1 if laatste else 1) if achteraan else _achteraan(rij)
        _maak_plaats(rij, plek)
        punt = Agendapunt.objects.create(
            **velden, vergadering=rij, volgorde=plek, aangemaakt_op=moment, gewijzigd_op=moment
        )
        _zet_onderwerpen(punt, over or Onderwerpen())
    return punt


def vergrendel_punt(punt: Agendapunt, versie: int | None) -> Agendapunt:
    """The point, locked after its meeting, which is open. Raises Verouderd (also when it is gone) or Gesloten."""
    vergadering = vergrendel_open(punt.vergadering_id)
    rij = Agendapunt.objects.select_for_update(of=("self",)).filter(pk=punt.pk, vergadering=vergadering).first()
    if rij is None or (versie is not None and versie != rij.versie):
        raise Verouderd(rij.versie if rij else 0)
    return rij


def wijzig_punt(
    punt: Agendapunt,
    velden: dict[str, Any],
    *,
    versie: int | None,
    over: Onderwerpen | None = None,
    moment: datetime.datetime | None = None,
) -> bool:
    """Change what a point says and is about; answers whether anything changed.

    Raises Verouderd, Gesloten, or ValidationError when a decision that was not there is not of an earlier meeting.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel_punt(punt, versie)
        anders = [naam for naam, waarde in velden.items() if getattr(rij, naam) != waarde]
        for naam in anders:
            setattr(rij, naam, velden[naam])
        if not _zet_onderwerpen(rij, over or Onderwerpen()) and not anders:
            return False
        verhoog(rij, moment, *anders)
    for naam in [*anders, "versie", "gewijzigd_op"]:
        setattr(punt, naam, getattr(rij, naam))
    return True


def verplaats_punt(
    punt: Agendapunt, richting: str, *, stond_op: int | None = None, moment: datetime.datetime | None = None
) -> int:
    """Move a point one place up or down and answer its number; at the edge it stays.

    `stond_op`: the number the person saw, so that pressing twice moves once. Raises Verouderd, Gesloten, or
    ValidationError when the meeting was held.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel_punt(punt, None)
        if rij.vergadering.is_geweest:
            raise ValidationError(DICHT)
        if stond_op is not None and stond_op != rij.volgorde:
            raise Verouderd(rij.versie)
        buren = rij.vergadering.agendapunten.select_for_update(of=("self",))
        if richting == OMHOOG:
            buur = buren.filter(volgorde__lt=rij.volgorde).order_by("-volgorde").first()
        else:
            buur = buren.filter(volgorde__gt=rij.volgorde).order_by("volgorde").first()
        if buur is not None:
            rij.volgorde, buur.volgorde = buur.volgorde, rij.volgorde
            for stuk in (rij, buur):
                verhoog(stuk, moment, "volgorde")
    punt.volgorde, punt.versie = rij.volgorde, rij.versie
    return rij.volgorde


def verwijder_punt(punt: Agendapunt, *, versie: int | None, moment: datetime.datetime | None = None) -> None:
    """Take a point off the agenda; the points after it move up, and history keeps that it stood there.

    A point that was carried over to here can be carried over again. Raises Verouderd, Gesloten, or ValidationError: the
    meeting was held, or something hangs on the point.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel_punt(punt, versie)
        if rij.vergadering.is_geweest:
            raise ValidationError("De vergadering is gehouden: een punt dat is behandeld blijft in het verslag staan.")
        volgorde, vergadering = rij.volgorde, rij.vergadering
        try:
            # The links go with the point; whatever was said, decided or annexed does not.
            rij.delete()
        except ProtectedError as fout:
            soorten = sorted({str(stuk._meta.verbose_name_plural) for stuk in fout.protected_objects})
            raise ValidationError(
                f"Aan dit punt hangen nog: {', '.join(soorten)}. Haal die eerst weg, of schuif het punt door."
            ) from fout
        later = list(vergadering.agendapunten.select_for_update(of=("self",)).filter(volgorde__gt=volgorde))
        for stuk in later:
            stuk.volgorde -= 1
            verhoog(stuk, moment, "volgorde")


def kan_ontvangen(vergadering: Vergadering) -> bool:
    """Whether a point can be carried over to this meeting: its agenda is open."""
    return is_agenda_open(vergadering)


def schuif_door(
    punt: Agendapunt, naar: Vergadering, *, reden: str, moment: datetime.datetime | None = None
) -> Agendapunt:
    """Carry a point over to another meeting, with all it is about, and answer the new point.

    The old meeting keeps its own, also when its minutes are closed. Raises ValidationError per field: no reason, the
    same or an earlier meeting, one that was held, or a point that was carried over already.
    """
    moment = moment or timezone.now()
    zin = reden.strip()
    fouten: dict[str, str] = {}
    if not zin:
        fouten["reden"] = "Schrijf in een zin waarom het punt wordt doorgeschoven."
    elif len(zin) > LENGTE_REDEN:
        fouten["reden"] = f"Houd het bij één zin van hoogstens {LENGTE_REDEN} tekens."
    if naar.pk == punt.vergadering_id:
        fouten["naar"] = "Kies een andere vergadering dan deze."
    if fouten:
        raise ValidationError(fouten)
    with transaction.atomic():
        doel = vergrendel_open(naar.pk)
        if not kan_ontvangen(doel):
            raise ValidationError({"naar": "Die vergadering is al gehouden. Kies een vergadering die nog komt."})
        oud = Agendapunt.objects.select_for_update(of=("self",)).select_related("vergadering").get(pk=punt.pk)
        if oud.vergadering.datum and doel.datum and doel.datum < oud.vergadering.datum:
            raise ValidationError({"naar": "Die vergadering is eerder dan deze. Kies een latere."})
        if al := Agendapunt.objects.filter(vervolg_op=oud).select_related("vergadering").first():
            raise ValidationError({"naar": f"Dit punt is al doorgeschoven naar {al.vergadering}."})
        return voeg_punt_toe(
            doel,
            {
                "titel": oud.titel,
                "doel": oud.doel,
                "duur_minuten": oud.duur_minuten,
                "toelichting": oud.toelichting,
                "vervolg_op": oud,
                "doorschuifreden": zin,
            },
            over=onderwerpen_van(oud),
            moment=moment,
        )


def neem_vaste_punten_over(vergadering: Vergadering, *, moment: datetime.datetime | None = None) -> list[Agendapunt]:
    """Put the standing points of the series on the agenda that are not there yet, and answer them; raises Gesloten."""
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel_open(vergadering.pk)
        if rij.reeks is None:
            return []
        al = set(rij.agendapunten.values_list("titel", flat=True))
        return [
            voeg_punt_toe(
                rij,
                {"titel": vast.titel, "doel": vast.doel, "duur_minuten": vast.duur_minuten},
                achteraan=vast.is_slot,
                moment=moment,
            )
            for vast in rij.reeks.punten.all()
            if vast.titel not in al
        ]


def zet_vast_punt(
    reeks: Reeks,
    vast: Reekspunt | None,
    velden: dict[str, Any],
    *,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> Reekspunt:
    """A point that every next meeting of the series starts with, new or changed; `versie` is that of the series.

    Meetings that exist keep their agendas. Raises Verouderd.
    """
    with transaction.atomic():
        rij = vergrendel(Reeks.objects.all(), reeks.pk, versie)
        if vast is None:
            laatste = rij.punten.order_by("-volgorde").first()
            vast = Reekspunt(reeks=rij, volgorde=laatste.volgorde + 1 if laatste else 0)
        for naam, waarde in velden.items():
            setattr(vast, naam, waarde)
        vast.save()
        verhoog(rij, moment or timezone.now())
    return vast


def haal_vast_punt_weg(vast: Reekspunt, *, versie: int | None, moment: datetime.datetime | None = None) -> None:
    """A standing point that next meetings do not start with any more. Raises Verouderd."""
    with transaction.atomic():
        rij = vergrendel(Reeks.objects.all(), vast.reeks_id, versie)
        Reekspunt.objects.filter(pk=vast.pk).delete()
        verhoog(rij, moment or timezone.now())


def verplaats_vast_punt(
    vast: Reekspunt, richting: str, *, versie: int | None, moment: datetime.datetime | None = None
) -> None:
    """Move a standing point one place up or down, among those before or those at the end. Raises Verouderd."""
    with transaction.atomic():
        rij = vergrendel(Reeks.objects.all(), vast.reeks_id, versie)
        punten = [punt for punt in rij.punten.all() if punt.is_slot == vast.is_slot]
        plek = next((nummer for nummer, punt in enumerate(punten) if punt.pk == vast.pk), None)
        naar = None if plek is None else plek + (-1 if richting == OMHOOG else 1)
        if plek is None or naar is None or not 0 <= naar < len(punten):
            return
        punten[plek], punten[naar] = punten[naar], punten[plek]
        for nummer, punt in enumerate(punten):
            punt.volgorde = nummer
        Reekspunt.objects.bulk_update(punten, ["volgorde"])
        verhoog(rij, moment or timezone.now())

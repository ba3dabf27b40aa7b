"""Keeping milestones: making one, marking it as reached, taking that back. Changing its termijn: see termijnbewaking.

What hangs on a milestone follows it, and one that recurs makes its next when it is reached, in the same transaction.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.betrokkenheid import raak
from maatregelen.dossiervoering import wijzig
from maatregelen.models import AFGEROND, Maatregel, Mijlpaal, Persoon, Wijzigingssoort
from maatregelen.termijnbewaking import (
    Termijnstand,
    bepaal_na_mijlpaal,
    hang_aan,
    leg_wijziging_vast,
    maak_volgende,
    waarnaar,
    wacht_op_agenda,
    zonder_dagen,
)
from maatregelen.versiebewaking import vergrendel


def maak_mijlpaal(
    maatregel: Maatregel,
    velden: dict[str, Any],
    *,
    door: Persoon | None = None,
    moment: datetime.datetime | None = None,
) -> Mijlpaal:
    """A new milestone of a measure; one that hangs on an event that happened gets its days at once.

    Raises ValidationError when the very same one is there already, or for an event it cannot hang on.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        wacht_op_agenda(maatregel.pk)
        rij = vergrendel(Maatregel.objects.all(), maatregel.pk, None)
        zelfde = rij.mijlpalen.filter(omschrijving=velden["omschrijving"], termijn_tekst=velden["termijn_tekst"])
        if zelfde.exists():
            raise ValidationError({"omschrijving": "Deze mijlpaal met deze termijn staat er al."})
        nieuw = Mijlpaal(maatregel=rij, aangemaakt_op=moment, gewijzigd_op=moment, **velden)
        ingevuld = hang_aan(nieuw, velden)
        mijlpaal = Mijlpaal.objects.create(maatregel=rij, aangemaakt_op=moment, gewijzigd_op=moment, **ingevuld)
        if reden := waarnaar(mijlpaal, {}):
            stand = Termijnstand.van(mijlpaal)
            leg_wijziging_vast(
                mijlpaal, Wijzigingssoort.BEPAALD, zonder_dagen(stand), stand, reden=reden, door=door, moment=moment
            )
        raak(rij, moment)
    return mijlpaal


def markeer_behaald(
    mijlpaal: Mijlpaal,
    *,
    op: datetime.date,
    bewijs: str,
    door: Persoon,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> None:
    """Mark a milestone as reached on a day, with what shows it; also to correct that day.

    What hangs on it counts from that day, and one that recurs makes its next. Raises ValidationError or Verouderd.
    """
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)
    fouten: dict[str, str] = {}
    if not bewijs.strip():
        fouten["bewijs"] = "Noem het besluit, de brief of de link waaruit blijkt dat dit klaar is."
    if op > vandaag:
        fouten["op"] = "De dag waarop het klaar was kan niet in de toekomst liggen."
    if fouten:
        raise ValidationError(fouten)
    velden = {"behaald_op": op, "behaald_bewijs": bewijs.strip(), "behaald_door": door}
    with transaction.atomic():
        wacht_op_agenda(mijlpaal.maatregel_id)
        if "behaald_op" in wijzig(mijlpaal, velden, versie=versie, moment=moment):
            bepaal_na_mijlpaal(mijlpaal, op=op, door=door, moment=moment)
            maatregel = Maatregel.objects.select_related("pijler__agenda").get(pk=mijlpaal.maatregel_id)
            if mijlpaal.herhaling and maatregel.status not in AFGEROND and maatregel.pijler.agenda.is_lopend:
                maak_volgende(mijlpaal, vandaag=vandaag, moment=moment)


def heropen_mijlpaal(
    mijlpaal: Mijlpaal,
    *,
    door: Persoon | None = None,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> None:
    """Take back that a milestone was reached; history keeps that it was said.

    What hangs on it waits again. A next one that it made stays: that one has its own days. Raises Verouderd.
    """
    moment = moment or timezone.now()
    velden = {"behaald_op": None, "behaald_bewijs": "", "behaald_door": None}
    with transaction.atomic():
        wacht_op_agenda(mijlpaal.maatregel_id)
        if "behaald_op" in wijzig(mijlpaal, velden, versie=versie, moment=moment):
            bepaal_na_mijlpaal(mijlpaal, op=None, door=door, moment=moment)

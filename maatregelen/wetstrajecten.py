"""Keeping up the legal track of a measure: what kind of rule, its file number, and the stages it reached."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.betrokkenheid import raak
from maatregelen.dossiervoering import wijzig
from maatregelen.models import Maatregel, Persoon, Wetsfase, Wetsstap, Wetstraject
from maatregelen.termijnbewaking import bepaal_na_fase, wacht_op_agenda
from maatregelen.versiebewaking import Verouderd, vergrendel

GEEN_GEZIEN = 0  # the version of who saw a measure without a legal track


def zet_wetstraject(
    maatregel: Maatregel, velden: dict[str, Any], *, versie: int | None, moment: datetime.datetime | None = None
) -> Wetstraject:
    """Make or change the legal track of a measure.

    `versie` is the version of the track that the person saw: GEEN_GEZIEN when there was none, None for a script that
    did not look. Raises Verouderd when somebody was first.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel(Maatregel.objects.all(), maatregel.pk, None)
        traject = Wetstraject.objects.filter(maatregel=rij).first()
        if traject is not None:
            wijzig(traject, velden, versie=versie, moment=moment)
            return traject
        if versie:
            raise Verouderd(GEEN_GEZIEN)
        traject = Wetstraject.objects.create(maatregel=rij, aangemaakt_op=moment, gewijzigd_op=moment, **velden)
        raak(rij, moment)
    return traject


def voeg_wetsstap_toe(
    traject: Wetstraject,
    *,
    fase: str,
    bereikt_op: datetime.date,
    bron: str,
    door: Persoon,
    moment: datetime.datetime | None = None,
) -> Wetsstap:
    """Note that a stage was reached; termijnen of the measure that hang on that stage get their days.

    Raises ValidationError per field: no such stage, a future day, no source, or a stage that is already there.
    """
    moment = moment or timezone.now()
    fouten: dict[str, str] = {}
    if fase not in Wetsfase.values:
        fouten["fase"] = "Kies een fase uit de lijst."
    if bereikt_op > timezone.localdate(moment):
        fouten["bereikt_op"] = "Deze dag ligt in de toekomst; leg een fase vast als zij is bereikt."
    if not bron.strip():
        fouten["bron"] = "Noem het Kamerstuk, het Staatsblad of de link waaruit dit blijkt."
    if fouten:
        raise ValidationError(fouten)
    with transaction.atomic():
        wacht_op_agenda(traject.maatregel_id)
        vergrendel(Wetstraject.objects.all(), traject.pk, None)
        if traject.stappen.filter(fase=fase, bereikt_op=bereikt_op).exists():
            raise ValidationError({"fase": "Deze fase is op deze dag al vastgelegd."})
        stap = Wetsstap.objects.create(
            wetstraject=traject, fase=fase, bereikt_op=bereikt_op, bron=bron.strip(), door=door
        )
        bepaal_na_fase(traject.maatregel_id, fase, door=door, moment=moment)
        raak(traject.maatregel, moment)
    return stap

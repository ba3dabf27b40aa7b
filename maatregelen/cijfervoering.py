"""Keeping up figures: what is measured, what was found, what is aimed at. No figure is not zero."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from maatregelen.dossiervoering import wijzig
from maatregelen.models import Doelwaarde, Indicator, Meting, Persoon
from maatregelen.versiebewaking import vergrendel

LENGTE_ADRESNAAM = 80
SLOT = 2018_2027  # of the advisory lock: two people naming an indicator take turns
NIEUW = 0  # the key of what is not there yet


def maak_indicator(velden: dict[str, Any], *, moment: datetime.datetime | None = None) -> Indicator:
    """A new thing to measure, with an address made from its name. Raises ValidationError when the name is taken."""
    moment = moment or timezone.now()
    stam = slugify(velden["naam"])[: LENGTE_ADRESNAAM - 4].strip("-") or "indicator"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        if Indicator.objects.filter(naam=velden["naam"]).exists():
            raise ValidationError({"naam": "Er is al een indicator met deze naam."})
        bezet = set(Indicator.objects.filter(slug__startswith=stam).values_list("slug", flat=True))
        slug, nummer = stam, 2
        while slug in bezet:
            slug, nummer = f"{stam}-{nummer}", nummer + 1
        return Indicator.objects.create(slug=slug, aangemaakt_op=moment, gewijzigd_op=moment, **velden)


def voeg_meting_toe(indicator: Indicator, velden: dict[str, Any], *, moment: datetime.datetime | None = None) -> Meting:
    """A figure with its source and day. Raises ValidationError when that source already gave one for that day."""
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel(Indicator.objects.all(), indicator.pk, None)
        _controleer_uniek(rij, velden, NIEUW)
        return Meting.objects.create(indicator=rij, aangemaakt_op=moment, gewijzigd_op=moment, **velden)


def wijzig_meting(
    meting: Meting, velden: dict[str, Any], *, versie: int | None, moment: datetime.datetime | None = None
) -> list[str]:
    """Correct a figure and answer which fields changed.

    Raises Verouderd, or ValidationError when that source already gave another figure for that day.
    """
    with transaction.atomic():
        rij = vergrendel(Indicator.objects.all(), meting.indicator_id, None)
        _controleer_uniek(rij, velden, meting.pk)
        return wijzig(meting, velden, versie=versie, moment=moment)


def _controleer_uniek(indicator: Indicator, velden: dict[str, Any], behalve: int) -> None:
    zelfde = indicator.metingen.filter(peildatum=velden["peildatum"], bron=velden["bron"]).exclude(pk=behalve)
    if zelfde.exists():
        raise ValidationError({"bron": "Van deze bron is er al een cijfer op deze dag."})


def stel_doelwaarde(indicator: Indicator, velden: dict[str, Any], *, door: Persoon) -> Doelwaarde:
    """A new target: a decision with a reason; the former one stays.

    Raises ValidationError when the very same decision is there already, as after a second submit.
    """
    with transaction.atomic():
        rij = vergrendel(Indicator.objects.all(), indicator.pk, None)
        if rij.doelwaarden.filter(**velden).exists():
            raise ValidationError("Deze doelwaarde is al vastgelegd.")
        return Doelwaarde.objects.create(indicator=rij, door=door, **velden)

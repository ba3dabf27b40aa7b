"""Keeping up organisations, people and their roles: the work of the beheerder."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.models import Lidmaatschap, Organisatie, Persoon


def maak_organisatie(velden: dict[str, Any], *, moment: datetime.datetime | None = None) -> Organisatie:
    """A new organisation."""
    moment = moment or timezone.now()
    return Organisatie.objects.create(**velden, aangemaakt_op=moment, gewijzigd_op=moment)


def geef_rol(persoon: Persoon, organisatie: Organisatie, rol: str, *, vanaf: datetime.date) -> Lidmaatschap:
    """Give a person a role at an organisation from a day on. Raises ValidationError when they have it already."""
    with transaction.atomic():
        Persoon.objects.select_for_update().get(pk=persoon.pk)
        if persoon.lidmaatschappen.filter(organisatie=organisatie, rol=rol, tot=None).exists():
            raise ValidationError({"rol": "Deze persoon heeft deze rol daar al."})
        return Lidmaatschap.objects.create(persoon=persoon, organisatie=organisatie, rol=rol, vanaf=vanaf)


def beeindig_rol(lidmaatschap: Lidmaatschap, *, per: datetime.date) -> None:
    """End a role per a day. Raises ValidationError for a day before it began."""
    if per < lidmaatschap.vanaf:
        raise ValidationError({"tot": f"De rol begon pas op {lidmaatschap.vanaf:%d-%m-%Y}."})
    lidmaatschap.tot = per
    lidmaatschap.save(update_fields=["tot"])

"""What pages about reminding ask of a row, and the drawing of the steps."""

import datetime
from collections.abc import Iterable

from django import template
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from maatregelen.berichtvoorkeuren import controleer_uitstelbaar
from maatregelen.models import Mijlpaal, Persoon, Uitstel
from maatregelen.templatetags.opmaak import datum

register = template.Library()

WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@register.filter
def weekdag(dag: datetime.date) -> str:
    """A day with its weekday: maandag 23 november 2026."""
    return f"{WEEKDAGEN[dag.weekday()]} {datum(dag)}"


@register.filter
def lopend_uitstel(mijlpaal: Mijlpaal, vandaag: datetime.date) -> list[Uitstel]:
    """What is put off today, of the rows that were read with the milestone (`uitgesteld`); none when it is reached."""
    if mijlpaal.behaald_op is not None:
        return []
    rijen: Iterable[Uitstel] = getattr(mijlpaal, "uitgesteld", ())
    return [rij for rij in rijen if rij.tot > vandaag]


@register.filter
def kan_uitgesteld(mijlpaal: Mijlpaal, vandaag: datetime.date) -> bool:
    """Whether there is something to put off."""
    try:
        controleer_uitstelbaar(mijlpaal, vandaag=vandaag)
    except ValidationError:
        return False
    return True


@register.filter
def van_mij(rijen: Iterable[Uitstel], persoon: Persoon | AnonymousUser) -> bool:
    """Whether one of them is this person's."""
    return any(rij.persoon_id == persoon.pk for rij in rijen)

"""What other pages show of the table: on the first page, beside a measure, beside an organisation.

The pages of the measures do not know the table; their templates load these and pass `wie`, who looks. Each costs the
same number of queries for any amount.
"""

import datetime
from typing import Any

from django import template
from django.db.models import F, Window
from django.db.models.aggregates import Count

from maatregelen.models import Maatregel, Organisatie
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.models import Deelname
from regietafel.tafelinzage import eerstvolgende, tafelcijfers, van_maatregel, van_organisatie
from regietafel.zichtbaarheid import (
    eigen_actiepunten,
    mag_vergaderingen_bijhouden,
    zichtbare_actiepunten,
    zichtbare_agendapunten,
    zichtbare_inbreng,
    zichtbare_terugkoppelingen,
    zichtbare_vergadercijfers,
    zichtbare_vergaderingen,
)

register = template.Library()

EIGEN, OPEN_ACTIES = 5, 10


@register.inclusion_tag("regietafel/delen/tafel_vandaag.html")
def tafel_vandaag(wie: Bevoegdheid, vandaag: datetime.date) -> dict[str, Any]:
    """The next meeting and how far its agenda is, what is mine to do, the two figures. Four queries."""
    eigen = list(
        eigen_actiepunten(wie)
        .open()
        .annotate(aantal_eigen=Window(Count("pk")))
        .select_related("organisatie__opvolger", "persoon", "agendapunt__vergadering")
        .order_by(F("einde").asc(nulls_last=True), "code")[:EIGEN]
    )
    return {
        "vergadering": eerstvolgende(zichtbare_vergaderingen(wie), vandaag),
        "eigen": eigen,
        "aantal_eigen": eigen[0].aantal_eigen if eigen else 0,  # type: ignore[attr-defined]
        "cijfers": tafelcijfers(zichtbare_actiepunten(wie), zichtbare_terugkoppelingen(wie)),
        "mag_voorbereiden": mag_vergaderingen_bijhouden(wie),
        "wie": wie,
        "vandaag": vandaag,
    }


@register.inclusion_tag("regietafel/delen/tafel_maatregel.html")
def tafel_maatregel(wie: Bevoegdheid, maatregel: Maatregel, vandaag: datetime.date) -> dict[str, Any]:
    """In which meetings this measure was discussed, what did whom say, decided, promised. Five queries."""
    inzage = van_maatregel(
        maatregel,
        punten=zichtbare_agendapunten(wie),
        inbreng=zichtbare_inbreng(wie),
        terugkoppelingen=zichtbare_terugkoppelingen(wie),
        actiepunten=zichtbare_actiepunten(wie),
        cijfers=zichtbare_vergadercijfers(wie),
    )
    return {"inzage": inzage, "wie": wie, "vandaag": vandaag}


@register.inclusion_tag("regietafel/delen/tafel_organisatie.html")
def tafel_organisatie(wie: Bevoegdheid, organisatie: Organisatie, vandaag: datetime.date) -> dict[str, Any]:
    """What this organisation said and promised, what it has to do, and what it did not report back. Seven queries."""
    inzage = van_organisatie(
        Organisatie.objects.waarvoor_optreedt([organisatie.pk], vandaag),
        deelnames=Deelname.objects.filter(vergadering__in=zichtbare_vergaderingen(wie)),
        inbreng=zichtbare_inbreng(wie),
        terugkoppelingen=zichtbare_terugkoppelingen(wie),
        actiepunten=zichtbare_actiepunten(wie),
        hoogstens=OPEN_ACTIES,
    )
    return {"inzage": inzage, "organisatie": organisatie, "wie": wie, "vandaag": vandaag}

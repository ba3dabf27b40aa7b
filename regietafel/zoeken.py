"""Finding something by its words, wherever it stands: measures, milestones, meetings, what was said and decided.

All words must occur. A word is found as it stands, also inside a longer one ("opvang" in "asielopvang"), and in its
other Dutch forms ("plekken" for "plek"). What somebody may not see is not searched, so that no count tells of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import Cast, Concat

from maatregelen.zichtbaarheid import (
    Bevoegdheid,
    zichtbare_agendas,
    zichtbare_indicatoren,
    zichtbare_maatregelen,
    zichtbare_mijlpalen,
    zichtbare_organisaties,
    zichtbare_pijlers,
)
from regietafel.zichtbaarheid import (
    zichtbare_actiepunten,
    zichtbare_agendapunten,
    zichtbare_besluiten,
    zichtbare_inbreng,
    zichtbare_vergaderingen,
)

LANGSTE_VRAAG = 200
MEESTE_WOORDEN = 12
PER_SOORT = 5


class Vindplaats(models.TextChoices):
    """What can be found, in the order in which it is shown."""

    MAATREGELEN = "maatregelen", "Maatregelen"
    MIJLPALEN = "mijlpalen", "Termijnen"
    BESLUITEN = "besluiten", "Besluiten"
    ACTIEPUNTEN = "actiepunten", "Actiepunten"
    INBRENG = "inbreng", "Wat is gezegd"
    AGENDAPUNTEN = "agendapunten", "Agendapunten"
    VERGADERINGEN = "vergaderingen", "Vergaderingen"
    AGENDAS = "agendas", "Agenda's"
    PIJLERS = "pijlers", "Pijlers"
    ORGANISATIES = "organisaties", "Organisaties"
    INDICATOREN = "indicatoren", "Cijfers"


@dataclass(frozen=True)
class Soort:
    """How one kind is searched: the rows, the field that names it, and the others that are searched as well."""

    rijen: Callable[[Bevoegdheid], QuerySet[Any]]
    naam: str
    ook: tuple[str, ...] = ()
    erbij: tuple[str, ...] = ()


SOORTEN: dict[Vindplaats, Soort] = {
    Vindplaats.MAATREGELEN: Soort(
        zichtbare_maatregelen, "titel", ("code", "voorwaarde", "toelichting"), ("pijler__agenda",)
    ),
    Vindplaats.MIJLPALEN: Soort(zichtbare_mijlpalen, "omschrijving", ("termijn_tekst", "toelichting"), ("maatregel",)),
    Vindplaats.BESLUITEN: Soort(zichtbare_besluiten, "tekst", ("code", "toelichting"), ("agendapunt__vergadering",)),
    Vindplaats.ACTIEPUNTEN: Soort(
        zichtbare_actiepunten,
        "wat",
        ("code", "wie_tekst", "voorwaarde", "toelichting"),
        ("agendapunt__vergadering", "organisatie"),
    ),
    Vindplaats.INBRENG: Soort(zichtbare_inbreng, "tekst", ("spreker",), ("agendapunt__vergadering", "organisatie")),
    Vindplaats.AGENDAPUNTEN: Soort(zichtbare_agendapunten, "titel", ("toelichting", "bespreking"), ("vergadering",)),
    Vindplaats.VERGADERINGEN: Soort(zichtbare_vergaderingen, "titel", ("datum_tekst", "kenmerk", "toelichting")),
    Vindplaats.AGENDAS: Soort(zichtbare_agendas, "titel", ("kenmerk", "toelichting")),
    Vindplaats.PIJLERS: Soort(zichtbare_pijlers, "titel", ("kop_letterlijk", "toelichting"), ("agenda",)),
    Vindplaats.ORGANISATIES: Soort(zichtbare_organisaties, "naam", ("afkorting",)),
    Vindplaats.INDICATOREN: Soort(zichtbare_indicatoren, "naam", ("omschrijving",)),
}


@dataclass(frozen=True)
class Vondst:
    """What was found of one kind: how many, and the best of them."""

    soort: Vindplaats
    aantal: int
    rijen: list[Any]


def woorden(vraag: str) -> list[str]:
    """The words that are looked for: each once, at most a dozen."""
    return list(dict.fromkeys(vraag[:LANGSTE_VRAAG].split()))[:MEESTE_WOORDEN]


def gevonden(soort: Vindplaats, wie: Bevoegdheid, gezocht: Sequence[str]) -> QuerySet[Any]:
    """The rows of one kind in which every word occurs; first what is named so, then what has it in its name."""
    hoe = SOORTEN[soort]
    velden = (hoe.naam, *hoe.ook)
    rijen = hoe.rijen(wie).select_related(*hoe.erbij)
    delen = [deel for veld in velden for deel in (Cast(veld, models.TextField()), Value(" "))]
    rijen = rijen.alias(
        overal=Concat(*delen, output_field=models.TextField()),
        vormen=SearchVector(*velden, config="dutch"),
        vormen_van_naam=SearchVector(hoe.naam, config="dutch"),
    )
    in_naam = Q()
    for woord in gezocht:
        vorm = SearchQuery(woord, config="dutch")
        rijen = rijen.filter(Q(overal__icontains=woord) | Q(vormen=vorm))
        in_naam &= Q(**{f"{hoe.naam}__icontains": woord}) | Q(vormen_van_naam=vorm)
    heel = " ".join(gezocht)
    precies = Q(**{f"{hoe.naam}__iexact": heel})
    for kort in ("code", "afkorting", "kenmerk"):
        if kort in hoe.ook:
            precies |= Q(**{f"{kort}__iexact": heel})
    rang = Case(When(precies, then=0), When(in_naam, then=1), default=2, output_field=IntegerField())
    uit: QuerySet[Any] = rijen.alias(rang=rang).order_by("rang", *(rijen.model._meta.ordering or ()), "pk")
    return uit


def zoek(wie: Bevoegdheid, vraag: str) -> list[Vondst]:
    """The best of each kind with how many there are, kinds without anything left out; one query per kind."""
    gezocht = woorden(vraag)
    if not gezocht:
        return []
    uit = []
    for soort in Vindplaats:
        rijen = list(gevonden(soort, wie, gezocht).annotate(aantal_in_lijst=Window(Count("*")))[:PER_SOORT])
        if rijen:
            uit.append(Vondst(soort, rijen[0].aantal_in_lijst, rijen))
    return uit

"""What a paper is about, in words; asked before it is made and each time somebody wants it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.text import slugify

from maatregelen.zichtbaarheid import (
    Bevoegdheid,
    zichtbare_maatregelen,
    zichtbare_organisaties,
    zichtbare_pijlers,
    zichtbare_themas,
)
from regietafel.models import Stuk, Stuksoort
from regietafel.stukken.inhoud import bestaat
from regietafel.stukken.zicht import NietTeZien
from regietafel.zichtbaarheid import zichtbare_vergaderingen

# Not part of what a paper is about: which papers were asked for together.
BUNDEL = "bundel"
_LANGST = 250


def over(stuk: Stuk) -> dict[str, str]:
    """The keys of its subject."""
    return {sleutel: waarde for sleutel, waarde in stuk.onderwerp.items() if sleutel != BUNDEL}


def benoem(soort: str, onderwerp: Mapping[str, str], wie: Bevoegdheid) -> str:
    """The title of such a paper about such a subject, as this person may see it today; at most one query per key.

    Raises NietTeZien for what does not exist or may not be seen.
    """
    if not bestaat(soort, onderwerp):
        raise NietTeZien(soort)
    namen = [_naam(sleutel, onderwerp, wie) for sleutel in sorted(onderwerp) if sleutel != "pijler"]
    titel = ", ".join([str(Stuksoort(soort).label), *namen])
    return (titel[:1].upper() + titel[1:])[:_LANGST]


def te_zien(rijen: QuerySet[Stuk], wie: Bevoegdheid) -> QuerySet[Stuk]:
    """Those of these papers of which this person may see the subject today: `benoem` for many at once."""
    rijen = rijen.alias(
        **{f"over_{sleutel}": KT(f"onderwerp__{sleutel}") for sleutel in ("agenda", "pijler", *_NAMEN)},
    )
    for sleutel, (zichtbaar, veld) in _NAMEN.items():
        van = Q(**{f"over_{sleutel}__in": zichtbaar(wie).values(veld)})
        rijen = rijen.filter(Q(**{f"over_{sleutel}__isnull": True}) | van)
    pijler = zichtbare_pijlers(wie).filter(agenda__slug=OuterRef("over_agenda"), nummer=OuterRef("over_pijler"))
    return rijen.filter(Q(over_agenda__isnull=True) | Exists(pijler))


_NAMEN: dict[str, tuple[Callable[[Bevoegdheid], QuerySet[Any]], str]] = {
    "maatregel": (zichtbare_maatregelen, "code"),
    "thema": (zichtbare_themas, "slug"),
    "vergadering": (zichtbare_vergaderingen, "slug"),
    "organisatie": (zichtbare_organisaties, "slug"),
}


def _naam(sleutel: str, onderwerp: Mapping[str, str], wie: Bevoegdheid) -> str:
    waarde = onderwerp[sleutel]
    naam: str | None
    if sleutel == "maatregel":
        rij = zichtbare_maatregelen(wie).filter(code=waarde).values_list("code", "titel").first()
        naam = " ".join(rij) if rij else None
    elif sleutel == "agenda":
        pijler = zichtbare_pijlers(wie).filter(agenda__slug=waarde, nummer=onderwerp["pijler"])
        naam = next((f"pijler {nummer} {titel}" for nummer, titel in pijler.values_list("nummer", "titel")), None)
    elif sleutel == "thema":
        naam = zichtbare_themas(wie).filter(slug=waarde).values_list("titel", flat=True).first()
    elif sleutel == "vergadering":
        naam = zichtbare_vergaderingen(wie).filter(slug=waarde).values_list("titel", flat=True).first()
    else:
        naam = zichtbare_organisaties(wie).filter(slug=waarde).values_list("afkorting", flat=True).first()
    if naam is None:
        raise NietTeZien(waarde)
    return naam


def bestandsnaam(stuk: Stuk) -> str:
    """The name under which it is downloaded: onepager-2024-2-03-2025-03-19.pdf."""
    delen = [stuk.soort, *(over(stuk)[sleutel] for sleutel in sorted(over(stuk))), stuk.peildatum.isoformat()]
    return f"{slugify('-'.join(delen))[:120]}.{stuk.formaat}"

"""How a meeting reads: its day or its estimate in words, its state, and where it lies on the axis of the year."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.formats import number_format

from maatregelen.templatetags.opmaak import afstand, datum, datum_kort
from maatregelen.templatetags.tekening import Streepje, maandstreepjes, plaats
from regietafel.models import Actiepunt, Deelname, Vergadercijfer, Vergadering, Vergaderstaat

register = template.Library()

# How full the ring of a state is drawn: not yet, announced, held, written down, adopted.
VULLING = {staat.value: nummer for nummer, staat in enumerate(Vergaderstaat)}
MEESTE_JAREN = 3


@register.filter
def wanneer(vergadering: Vergadering) -> str:
    """Its day in full, or the words that stand for it."""
    return datum(vergadering.datum) if vergadering.datum else vergadering.datum_tekst


@register.filter
def schatting(vergadering: Vergadering) -> str:
    """The estimate under the words, while there is no day; empty when nothing follows from them."""
    if vergadering.datum:
        return ""
    van, tot = vergadering.schatting_van, vergadering.schatting_tot
    if van and tot:
        return f"{datum_kort(van)} t/m {datum_kort(tot)}"
    if tot:
        return f"t/m {datum_kort(tot)}"
    return f"vanaf {datum_kort(van)}" if van else "geen dag af te leiden"


@register.filter
def vergaderafstand(vergadering: Vergadering, vandaag: datetime.date) -> str:
    """How far away it is, for one that still comes; a day that passed unheld is said to have passed."""
    if vergadering.is_geweest:
        return ""
    if vergadering.datum:
        return afstand(vergadering.datum, vandaag)
    tot = vergadering.schatting_tot
    if tot is None:
        return ""
    return f"uiterlijk {afstand(tot, vandaag)}" if tot >= vandaag else "de geschatte tijd is voorbij"


@register.filter
def staatvulling(staat: str) -> int:
    """How far a state is, from 0 (planned) to 4 (adopted)."""
    return VULLING.get(staat, 0)


@register.filter
def bestandsgrootte(aantal: int | None) -> str:
    """A size for readers: 12 kB, 1,4 MB."""
    if not aantal:
        return ""
    if aantal < 1024 * 1024:
        return f"{max(1, round(aantal / 1024))} kB"
    return f"{number_format(round(aantal / 1024 / 1024, 1), decimal_pos=1)} MB"


@register.filter
def bestandssoort(naam: str) -> str:
    """The kind of a file by its name, in capitals: PDF."""
    return naam.rpartition(".")[2].upper() if "." in naam else ""


def _getal(waarde: Decimal) -> str:
    return number_format(
        waarde.normalize() if waarde != waarde.to_integral() else waarde.quantize(Decimal(1)),
        use_l10n=True,
        force_grouping=True,
    )


@register.filter
def cijferwaarde(cijfer: Vergadercijfer) -> str:
    """A figure with its range, qualification and unit: bijna 100 %, 4.000 tot 5.000 personen."""
    waarde = _getal(cijfer.waarde)
    if cijfer.waarde_tot is not None:
        waarde = f"{waarde} tot {_getal(cijfer.waarde_tot)}"
    return " ".join(deel for deel in (cijfer.kwalificatie, waarde, cijfer.eenheid) if deel)


@register.filter
def vorige_waarde(cijfer: Vergadercijfer) -> str:
    """The value that it replaces; empty when there is none."""
    return "" if cijfer.vorige_waarde is None else _getal(cijfer.vorige_waarde)


@register.filter
def is_te_laat(actie: Actiepunt, vandaag: datetime.date) -> bool:
    """Whether an action is open and its latest day has passed."""
    return actie.is_te_laat(vandaag)


@register.filter
def hoe_aanwezig(deelname: Deelname) -> str:
    """Whether somebody was there, and how who was not was replaced: afwezig, ambtelijk vervangen door een ander."""
    if deelname.aanwezigheid != "afwezig" or not deelname.vervanging:
        return str(deelname.get_aanwezigheid_display())
    door = f" door {deelname.vervanger}" if deelname.vervanger else ", door wie is niet vermeld"
    return f"afwezig, {deelname.vervanging} vervangen{door}"


@dataclass(frozen=True)
class Vergaderplek:
    """A meeting on the axis: where its line begins (an estimate) and where it lies itself, in percent."""

    vergadering: Vergadering
    x: float
    begin: float | None
    anker: str


@dataclass(frozen=True)
class Vergaderas:
    """The meetings over the months, and today (None when outside)."""

    streepjes: list[Streepje]
    plekken: list[Vergaderplek]
    vandaag_x: float | None
    anker: str


def _anker(x: float) -> str:
    return "start" if x < 8 else "end" if x > 92 else "middle"


@register.simple_tag
def vergaderas(vergaderingen: Iterable[Vergadering], vandaag: datetime.date) -> Vergaderas | None:
    """The meetings of at most three years up to the last that is planned, and today; None when none has a day."""
    met_dag = [(rij, rij.datum or rij.schatting_tot or rij.schatting_van) for rij in vergaderingen]
    dagen = [dag for _, dag in met_dag if dag]
    if not dagen:
        return None
    laatste = max(dagen)
    # Today is on it unless the meetings are all long ago.
    tot = max(laatste, vandaag) if (vandaag - laatste).days < 366 * MEESTE_JAREN else laatste
    van = max(min([*dagen, min(tot, vandaag)]), datetime.date(tot.year - MEESTE_JAREN, tot.month, 1)).replace(day=1)
    tot = (tot.replace(day=28) + datetime.timedelta(days=10)).replace(day=1) - datetime.timedelta(days=1)
    plekken = []
    for rij, dag in met_dag:
        if dag is None or not van <= dag <= tot:
            continue
        x = plaats(dag, van, tot)
        begin = None if rij.datum else plaats(max(van, min(rij.schatting_van or vandaag, dag)), van, tot)
        plekken.append(Vergaderplek(rij, x, begin, _anker(x)))
    vandaag_x = plaats(vandaag, van, tot) if van <= vandaag <= tot else None
    return Vergaderas(maandstreepjes(van, tot), plekken, vandaag_x, _anker(vandaag_x or 0))

"""The maths of the drawings: a bar of statuses and an axis of terms, as percentages of the width.

Everything is a percentage because a drawing without a viewBox keeps its text and its line widths at every screen size.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django import template

from maatregelen.models import Mijlpaal, Status
from maatregelen.models.mijlpaal import Termijn
from maatregelen.templatetags.opmaak import MAANDEN_KORT, termijn_afstand, termijn_dagen

register = template.Library()

# From done to not begun, then what stands still: so the dark part of a bar is what has been done.
BALKVOLGORDE = (
    Status.AFGESLOTEN,
    Status.UITGEVOERD,
    Status.IN_UITVOERING,
    Status.IN_VOORBEREIDING,
    Status.AANGEKONDIGD,
    Status.AANGEHOUDEN,
    Status.VERVALLEN,
)
STAPPEN = (1, 2, 3, 6, 12, 24, 60, 120)
MEESTE_STREEPJES = 7

Vorm = Literal["periode", "uiterste", "vanaf", "vaag"]


@dataclass(frozen=True)
class Segment:
    """A part of a bar: which status, how many, and where it lies in percent of the width."""

    status: str
    woord: str
    aantal: int
    x: float
    breedte: float


@dataclass(frozen=True)
class Streepje:
    """A mark on a time axis: where, which month, and the year where it begins or where the axis begins."""

    x: float
    maand: str
    jaar: str


@dataclass(frozen=True)
class Tijdasrij:
    """A term on a time axis: its shape, and where it begins and ends in percent of the width."""

    termijn: Termijn
    vorm: Vorm
    x: float
    breedte: float
    einde: float
    te_laat: bool
    behaald: bool
    dagen: str
    afstand: str
    in_beeld: bool
    maand: datetime.date | None


@dataclass(frozen=True)
class Tijdas:
    """A time axis: its first and last day, its marks, today (None when outside), and a row per term."""

    van: datetime.date
    tot: datetime.date
    vandaag_x: float | None
    vandaag_anker: Literal["start", "middle", "end"]
    streepjes: list[Streepje]
    rijen: list[Tijdasrij]


def balk(tellingen: Mapping[str, int], breedte: float = 100.0) -> list[Segment]:
    """Counts per status as parts of one bar of `breedte` percent, done first; a status without measures has no part."""
    totaal = sum(tellingen.get(status, 0) for status in BALKVOLGORDE)
    segmenten: list[Segment] = []
    gehad = 0
    for status in BALKVOLGORDE:
        aantal = tellingen.get(status, 0)
        if aantal:
            x = round(breedte * gehad / totaal, 2)
            gehad += aantal
            segmenten.append(
                Segment(str(status.value), str(status.label), aantal, x, round(breedte * gehad / totaal - x, 2))
            )
    return segmenten


def deel_van(aantal: int, meeste: int) -> float:
    """How wide, in percent, a bar of `aantal` is beside one of `meeste`; never so narrow that it cannot be seen."""
    if meeste <= 0 or aantal <= 0:
        return 0.0
    return max(2.0, round(100 * min(aantal, meeste) / meeste, 2))


def plaats(dag: datetime.date, van: datetime.date, tot: datetime.date) -> float:
    """Where the start of a day lies, in percent of the days `van` up to and including `tot`, cut at the edges.

    Raises ValueError when the axis ends before it begins.
    """
    if tot < van:
        raise ValueError("de tijdas eindigt voor zij begint")
    lengte = (tot - van).days + 1
    return round(100 * min(max((dag - van).days, 0), lengte) / lengte, 2)


def maandstreepjes(van: datetime.date, tot: datetime.date) -> list[Streepje]:
    """Marks on first days of months, at most seven, so that their words never touch on the narrowest screen."""
    maanden = (tot.year - van.year) * 12 + tot.month - van.month + 1
    stap = next((stap for stap in STAPPEN if maanden / stap <= MEESTE_STREEPJES), maanden)
    streepjes: list[Streepje] = []
    jaar_getoond: int | None = None
    jaar, maand = van.year, van.month
    while (dag := datetime.date(jaar, maand, 1)) <= tot:
        x = plaats(dag, van, tot)
        # The last stretch has no room for a word to the right of its mark.
        if dag >= van and (maand - 1) % min(stap, 12) == 0 and (stap <= 12 or jaar % (stap // 12) == 0) and x <= 92:
            streepjes.append(Streepje(x, MAANDEN_KORT[maand - 1], "" if jaar == jaar_getoond else str(jaar)))
            jaar_getoond = jaar
        jaar, maand = (jaar + 1, 1) if maand == 12 else (jaar, maand + 1)
    return streepjes


def tijdasrij(termijn: Termijn, vandaag: datetime.date, van: datetime.date, tot: datetime.date) -> Tijdasrij:
    """Where a term lies on the axis. Without a first day the line runs from the day of its text to its latest day."""
    morgen = datetime.timedelta(days=1)
    begin, einde = termijn.begin, termijn.einde
    vorm: Vorm = "vaag"
    x, rechts = 0.0, 100.0
    if begin and einde:
        vorm, x, rechts = "periode", plaats(begin, van, tot), plaats(einde + morgen, van, tot)
    elif einde:
        vorm, x = "uiterste", plaats(min(termijn.peildatum, einde), van, tot)
        rechts = plaats(einde + morgen, van, tot)
    elif begin:
        vorm, x = "vanaf", plaats(begin, van, tot)
    behaald = isinstance(termijn, Mijlpaal) and termijn.behaald_op is not None
    eerste, laatste = begin or einde, einde or begin
    return Tijdasrij(
        termijn=termijn,
        vorm=vorm,
        x=x,
        breedte=round(rechts - x, 2),
        einde=rechts,
        te_laat=not behaald and einde is not None and einde < vandaag,
        behaald=behaald,
        dagen=termijn_dagen(termijn),
        afstand="" if behaald else termijn_afstand(termijn, vandaag),
        maand=laatste.replace(day=1) if laatste else None,
        in_beeld=eerste is None or laatste is None or (laatste >= van and (eerste <= tot or begin is None)),
    )


def tijdas(
    termijnen: Iterable[Termijn],
    vandaag: datetime.date,
    van: datetime.date | None = None,
    tot: datetime.date | None = None,
) -> Tijdas:
    """An axis with a row per term, in the given order. Without bounds: all days and today, whole months.

    Raises ValueError when `tot` lies before `van`.
    """
    lijst = list(termijnen)
    dagen = [dag for termijn in lijst for dag in (termijn.begin, termijn.einde) if dag] + [vandaag]
    van = van or min(dagen).replace(day=1)
    tot = tot or einde_van_maand(max(dagen))
    vandaag_x = plaats(vandaag, van, tot) if van <= vandaag <= tot else None
    return Tijdas(
        van=van,
        tot=tot,
        vandaag_x=vandaag_x,
        vandaag_anker=anker(vandaag_x or 0.0),
        streepjes=maandstreepjes(van, tot),
        rijen=[tijdasrij(termijn, vandaag, van, tot) for termijn in lijst],
    )


def anker(x: float) -> Literal["start", "middle", "end"]:
    """How a word at `x` percent is hung up so that it never leaves the drawing: over its point save at an edge."""
    if x < 15:
        return "start"
    return "end" if x > 85 else "middle"


def einde_van_maand(dag: datetime.date) -> datetime.date:
    """The last day of the month of a day."""
    eerste_volgende = (dag.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return eerste_volgende - datetime.timedelta(days=1)


@register.simple_tag(name="balk")
def balk_tag(tellingen: Mapping[str, int], meeste: int | None = None) -> list[Segment]:
    """`{% balk tellingen as segmenten %}`; with `meeste` the bar is as wide as its total is of that number."""
    totaal = sum(tellingen.values())
    return balk(tellingen, deel_van(totaal, meeste) if meeste else 100.0)


@register.simple_tag(name="tijdas")
def tijdas_tag(
    termijnen: Iterable[Termijn],
    vandaag: datetime.date,
    van: datetime.date | None = None,
    tot: datetime.date | None = None,
) -> Tijdas:
    """`{% tijdas mijlpalen vandaag van tot as as_ %}`: see `tijdas`. Absent bounds may be empty texts."""
    return tijdas(termijnen, vandaag, van or None, tot or None)


@register.filter
def som(tellingen: Mapping[str, int]) -> int:
    """How many there are in all."""
    return sum(tellingen.values())


@register.filter
def procent(waarde: float) -> str:
    """A percentage for a drawing: with a point, whatever the language of the page."""
    return f"{waarde:g}%"

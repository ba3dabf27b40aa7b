"""A named moment, and the periods that are made of other periods: parts, rows, the n-th of one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import maatregelen.termijnen.kalender as kalender
from maatregelen.models import Precisie
from maatregelen.termijnen.kalender import BEGIN, DAG, EIND, MEDIO
from maatregelen.termijnen.waarden import P_DAG, P_HALFJAAR, P_JAAR, P_KWARTAAL, P_MAAND, P_WEEK

Interval = tuple[date, date]
# Ways to join two moments.


class OnmogelijkError(ValueError):
    """Words that look like a moment that no calendar has; `tot` is the place after them."""

    def __init__(self, tot: int) -> None:
        super().__init__("geen bestaand moment")
        self.tot = tot


@dataclass(slots=True)
class Kern:
    """A named moment: `functie(jaar, *args)` gives its first and last day; without a year it can be any.

    `tot` is the place after it. `hele` is the precision of the unit of which this is the end ("eind juni": the month).
    `soort` tells apart what other words treat apart: a day, the summer, the recess, a row of moments.
    `herhaling` is how often it comes back when the words themselves say so ("de 15e van elke maand").
    """

    functie: Callable[..., Interval]
    args: tuple[Any, ...]
    jaar: int | None
    precisie: Precisie
    tot: int
    hele: Precisie | None = None
    soort: str = ""
    vorige: bool = False
    herhaling: str = ""


def vast(jaar: int, begin: date, einde: date) -> Interval:
    """Days that are known already; the year plays no part."""
    return begin, einde


def dagreeks_van(jaar: int, maand: int, eerste: int, laatste: int) -> Interval:
    """From one day of a month to another."""
    return date(jaar, maand, eerste), date(jaar, maand, laatste)


def reeks_van(jaar: int, functie: Callable[..., Interval], eerste: int, laatste: int) -> Interval:
    """From one quarter, half or week to another of the same year."""
    return functie(jaar, eerste)[0], functie(jaar, laatste)[1]


def deel_van(jaar: int, functie: Callable[..., Interval], args: tuple[Any, ...], deel: int) -> Interval:
    """Begin, medio or eind of any period: its first, second or last third; of a week two, two and three days."""
    begin, einde = functie(jaar, *args)
    if (einde - begin).days == 6:
        eerste = begin + timedelta(days=2 * deel)
        return eerste, einde if deel == EIND else eerste + DAG
    na = einde + DAG
    maanden = (na.year - begin.year) * 12 + na.month - begin.month
    if na.day == begin.day and maanden % 3 == 0:
        stap = maanden // 3
        eerste = kalender.tel_maanden(begin, deel * stap)
        return eerste, kalender.tel_maanden(begin, (deel + 1) * stap) - DAG
    derde = ((einde - begin).days + 1) // 3
    if deel == BEGIN:
        return begin, begin + timedelta(days=max(derde, 1) - 1)
    if deel == MEDIO:
        return begin + timedelta(days=derde), einde - timedelta(days=derde)
    return einde - timedelta(days=max(derde, 1) - 1), einde


def deelreeks_van(
    jaar: int, functie: Callable[..., Interval], args: tuple[Any, ...], eerste: int, laatste: int
) -> Interval:
    """From one part of a month, year or other period to another: "medio/eind 2026"."""
    return functie(jaar, *args, eerste)[0], functie(jaar, *args, laatste)[1]


def stuk_van(jaar: int, functie: Callable[..., Interval], args: tuple[Any, ...], letter: str, aantal: int) -> Interval:
    """The first or, when `aantal` is negative, the last days, weeks or months of a period, at most all of it."""
    begin, einde = functie(jaar, *args)
    if letter == "M":
        if aantal > 0:
            return begin, min(einde, kalender.tel_maanden(begin, aantal) - kalender.DAG)
        return max(begin, kalender.tel_maanden(einde + kalender.DAG, aantal)), einde
    dagen = timedelta(days=abs(aantal) * (7 if letter == "W" else 1) - 1)
    return (begin, min(einde, begin + dagen)) if aantal > 0 else (max(begin, einde - dagen), einde)


def nde_van(jaar: int, functie: Callable[..., Interval], args: tuple[Any, ...], letter: str, rang: int) -> Interval:
    """The n-th day or week of a period, counted from its first day."""
    begin, einde = functie(jaar, *args)
    lengte = 7 if letter == "W" else 1
    eerste = begin + timedelta(days=lengte * (rang - 1))
    if eerste > einde:
        raise ValueError("zo lang is het niet")
    return eerste, min(einde, eerste + timedelta(days=lengte - 1))


def week_met(jaar: int, functie: Callable[..., Interval], args: tuple[Any, ...]) -> Interval:
    """The week, Monday to Sunday, in which a day falls."""
    dag = functie(jaar, *args)[0]
    maandag = dag - timedelta(days=dag.weekday())
    return maandag, maandag + timedelta(days=6)


FEESTEN: dict[str, tuple[Callable[..., Interval], tuple[int, ...]]] = {
    "prinsjesdag": (kalender.prinsjesdag, ()),
    "kerst": (dagreeks_van, (12, 25, 26)),
    "pasen": (kalender.pasen, ()),
    "pinksteren": (kalender.pasen, (49,)),
    "hemelvaart": (kalender.pasen, (39,)),
    "koningsdag": (kalender.koningsdag, ()),
    "jaarwisseling": (kalender.dag_van, (1, 1)),
    "oudjaar": (kalender.dag_van, (12, 31)),
}
# Moments of every month: placed by counting months, not years.
PER_MAAND = (kalender.maanddag_van, kalender.maandweekdag_van)
OVER_HET_JAAR = (
    kalender.seizoen_van, kalender.schooljaar_van, kalender.week_van, kalender.reces_van, deel_van, stuk_van, reeks_van,
)  # fmt: skip
EENHEID_PRECISIE = {
    ("D", 1): P_DAG, ("W", 1): P_WEEK, ("M", 1): P_MAAND, ("M", 3): P_KWARTAAL,
    ("M", 6): P_HALFJAAR, ("Y", 1): P_JAAR, ("H", 1): P_DAG, ("B", 1): P_DAG,
    ("H", 24): P_DAG,
}  # fmt: skip

"""The maths of the time line of messages: what was told, what waits, what was refused, what comes."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django import template

from maatregelen.models import Uitkomst
from maatregelen.templatetags.tekening import Streepje, anker, einde_van_maand, maandstreepjes, plaats
from maatregelen.verzendboek import Dagstand, stapwoorden
from maatregelen.vooruitzicht import Komt

register = template.Library()

TERUG = 60  # days before today that the line shows
KORTST, LANGST = 62, 400  # days ahead

Tekensoort = Literal["verteld", "wacht", "geweigerd", "komt"]
_SOORT: dict[str, Tekensoort] = {Uitkomst.VERZONDEN: "verteld", Uitkomst.OPEN: "wacht", Uitkomst.GEWEIGERD: "geweigerd"}


@dataclass(frozen=True)
class Teken:
    """A mark on the line: where in percent, and which."""

    x: float
    soort: Tekensoort


@dataclass(frozen=True)
class Lijn:
    """One row: its marks, and where the latest day lies (None when outside)."""

    mijlpaal: int
    tekens: list[Teken]
    uiterste: float | None


@dataclass(frozen=True)
class Berichtenlijn:
    """An axis of days with a row per milestone, or one row for everything a person gets."""

    van: datetime.date
    tot: datetime.date
    vandaag_x: float
    vandaag_anker: Literal["start", "middle", "end"]
    streepjes: list[Streepje]
    lijnen: dict[int, Lijn]

    @property
    def is_leeg(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(lijn.tekens for lijn in self.lijnen.values())


def sinds(vandaag: datetime.date) -> datetime.date:
    """The first day of the line: a whole month."""
    return (vandaag - datetime.timedelta(days=TERUG)).replace(day=1)


def berichtenlijn(
    vandaag: datetime.date,
    dagen: Iterable[Dagstand],
    komend: Iterable[Komt],
    uiterste: dict[int, datetime.date | None],
) -> Berichtenlijn:
    """The line with a row per key of `uiterste` (milestone ids and their latest days; 0 stands for all together)."""
    dagen, komend = list(dagen), list(komend)
    eerste: dict[int, datetime.date] = {}
    for komt in komend:
        eerste.setdefault(komt.mijlpaal.pk, komt.dag)
    ver = max([(dag - vandaag).days for dag in eerste.values()], default=0) + 30
    van = sinds(vandaag)
    tot = einde_van_maand(vandaag + datetime.timedelta(days=min(max(ver, KORTST), LANGST)))

    def midden(dag: datetime.date) -> float:
        return plaats(dag, van, tot)

    lijnen = {}
    for pk, laatste in uiterste.items():
        # What was refused lies on top of what was told, what comes on top of both.
        tekens = [
            Teken(midden(een.dag), _SOORT[een.uitkomst])
            for een in sorted(dagen, key=lambda een: een.uitkomst == Uitkomst.GEWEIGERD)
            if een.mijlpaal == pk and een.dag >= van
        ]
        tekens += [
            Teken(midden(komt.dag), "komt") for komt in komend if pk in (0, komt.mijlpaal.pk) and komt.dag <= tot
        ]
        lijnen[pk] = Lijn(pk, tekens, midden(laatste) if laatste and van <= laatste <= tot else None)
    vandaag_x = midden(vandaag)
    return Berichtenlijn(van, tot, vandaag_x, anker(vandaag_x), maandstreepjes(van, tot), lijnen)


@register.filter
def lijn_van(lijnen: Berichtenlijn, mijlpaal: int) -> Lijn:
    """The row of a milestone."""
    return lijnen.lijnen[mijlpaal]


@register.filter
def stap_in_woorden(komt: Komt) -> str:
    """Which step it is: 14 dagen vooraf, 8 dagen erna; later than on its own day: 14 dagen vooraf, alsnog."""
    return stapwoorden(komt.stap, komt.trede) + (", alsnog" if komt.alsnog else "")

"""What pages about reminding ask of a row, and the drawing of the steps."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django import template
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from maatregelen.berichtvoorkeuren import controleer_uitstelbaar
from maatregelen.herinnerschema import Komend, Regel, komende_stappen, stilte_tot
from maatregelen.models import Fijnheid, Hardheid, Mijlpaal, Persoon, Stap, Uitstel
from maatregelen.templatetags.opmaak import datum

register = template.Library()

HARDHEIDWOORDEN: dict[str, str] = {
    Hardheid.WETTELIJK: "wettelijke",
    Hardheid.TOEZEGGING: "toegezegde",
    Hardheid.STREVEN: "nagestreefde",
    Hardheid.NORM: "vaste",
}
FIJNHEIDWOORDEN: dict[str, str] = {
    Fijnheid.DAG: "op een dag",
    Fijnheid.MAAND: "in een week of maand",
    Fijnheid.RUIM: "in een kwartaal, seizoen of langer",
    Fijnheid.VAAG: "zonder dag",
}
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


MIDDEN, RAND = 50.0, 4.0  # percent of the width: the latest day, and the margin on either side
TEKEN, TUSSEN = 2.4, 0.8  # percent that a figure takes on the narrowest screen, and the room between two words
VERST = datetime.timedelta(days=800)  # before the latest day: earlier than any step


@dataclass(frozen=True)
class Merk:
    """A step on the line: where, in percent; its number of days, empty where there is no room for it."""

    x: float
    woord: str


@dataclass(frozen=True)
class Herinnerlijn:
    """The steps of a termijn in a drawing, with the latest day in the middle, and the same in rows."""

    uiterste: datetime.date
    vooraf: list[Merk]
    erna: list[Merk]
    stil_tot_x: float | None
    stil_tot: datetime.date | None
    eerste: datetime.date | None
    laatste: datetime.date | None
    stappen: list[Komend]


def _merken(plaatsen: Sequence[tuple[float, str]]) -> list[Merk]:
    """Marks with their words, those furthest from the latest day first; a word that would touch another is left out."""
    merken, bezet = [], [(MIDDEN, 0)]
    for x, woord in sorted(plaatsen, key=lambda plaats: -abs(plaats[0] - MIDDEN)):
        vrij = bool(woord) and all(
            abs(x - ander) >= TEKEN * (len(woord) + lengte) / 2 + TUSSEN for ander, lengte in bezet
        )
        if vrij:
            bezet.append((x, len(woord)))
        merken.append(Merk(round(x, 2), woord if vrij else ""))
    return sorted(merken, key=lambda merk: merk.x)


@register.simple_tag(name="herinnerlijn")
def herinnerlijn(mijlpaal: Mijlpaal, regel: Regel) -> Herinnerlijn | None:
    """`{% herinnerlijn mijlpaal regel as lijn %}`: what goes out, and when; None for a termijn without a day.

    Both halves fill the width that is left, each with its own scale: else the last days before the deadline, which
    matter most, would lie on one heap.
    """
    uiterste = mijlpaal.einde or mijlpaal.begin
    if uiterste is None:
        return None
    stappen = komende_stappen(mijlpaal, regel, uiterste - VERST, hoogstens=5000)
    ervoor = [stap for stap in stappen if stap.stap == Stap.AANKONDIGING]
    erna = [stap for stap in stappen if stap.stap == Stap.VOORBIJ]
    links = max([(uiterste - stap.dag).days for stap in ervoor], default=0) or 1
    rechts = max([(stap.dag - uiterste).days for stap in erna], default=0) or 1
    breedte = MIDDEN - RAND

    def links_van(dag: datetime.date) -> float:
        return MIDDEN - breedte * (uiterste - dag).days / links

    stilte = stilte_tot(mijlpaal, regel)
    in_beeld = stilte is not None and stilte <= uiterste and (uiterste - stilte).days <= links
    laatste = erna[-1] if erna else None
    return Herinnerlijn(
        uiterste=uiterste,
        vooraf=_merken([(links_van(stap.dag), str(stap.trede) if stap.trede else "") for stap in ervoor]),
        erna=[Merk(round(MIDDEN + breedte * (stap.dag - uiterste).days / rechts, 2), "") for stap in erna],
        stil_tot_x=round(links_van(stilte), 2) if stilte and in_beeld else None,
        stil_tot=stilte,
        eerste=ervoor[0].dag if ervoor else None,
        laatste=laatste.dag if laatste else None,
        stappen=stappen,
    )


@register.filter
def stapwoord(stap: Komend) -> str:
    """A step as the beheerder typed it: 30 dagen vooraf, op de dag zelf, 8 dagen erna."""
    dagen = "1 dag" if stap.trede == 1 else f"{stap.trede} dagen"
    if stap.stap == Stap.VOORBIJ:
        return f"{dagen} erna"
    return f"{dagen} vooraf" if stap.trede else "op de dag zelf"


@register.filter
def voor_en_na(stappen: Iterable[Komend]) -> dict[str, list[Komend]]:
    """The steps before and those after the latest day."""
    return {str(soort): list(groep) for soort, groep in groupby(stappen, key=lambda stap: stap.stap)}


@register.filter
def dagen_op_rij(stappen: Sequence[Komend]) -> str:
    """Their days in a sentence, with the year where it changes: 30 november 2026, 16 december en 23 december."""
    woorden, jaar = [], 0
    for stap in stappen:
        woorden.append(datum(stap.dag) if stap.dag.year != jaar else datum(stap.dag).rsplit(" ", 1)[0])
        jaar = stap.dag.year
    return f"{', '.join(woorden[:-1])} en {woorden[-1]}" if len(woorden) > 1 else "".join(woorden)


@register.filter
def eerste_erna(stappen: Iterable[Komend]) -> datetime.date | None:
    """The day of the first reminder after the latest day."""
    return next((stap.dag for stap in stappen if stap.stap == Stap.VOORBIJ), None)


@register.filter
def dagen_later(dag: datetime.date, aantal: int) -> datetime.date:
    """So many days after a day."""
    return dag + datetime.timedelta(days=aantal)


@register.filter
def hardheidwoord(hardheid: str) -> str:
    """How hard a termijn is, before the noun: een wettelijke termijn."""
    return HARDHEIDWOORDEN[hardheid]


@register.filter
def fijnheidwoord(fijnheid: str) -> str:
    """How precise a termijn is, after the noun: een termijn op een dag."""
    return FIJNHEIDWOORDEN[fijnheid]

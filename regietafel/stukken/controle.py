"""Which paper a number on paper belongs to, and whether the content of that moment still gives that number."""

import datetime
import re
from dataclasses import dataclass

from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.models import Maakstand, Stuk
from regietafel.stukken.inhoud import bouw
from regietafel.stukken.onderwerpen import benoem, over
from regietafel.stukken.zicht import NietTeZien

KORT, LANG = 16, 64
_TUSSEN = re.compile(r"[\s.:·–-]+")
_GETAL = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True)
class Bevinding:
    """A paper that is known here: `gelijk` says whether its moment still gives the same content."""

    stuk: Stuk
    gemaakt: list[tuple[datetime.datetime, str]]
    gelijk: bool


def lees_getal(tekst: str) -> str:
    """The digits of a number as somebody types it from paper: the short one (16) or the whole (64).

    Raises ValueError with a sentence for the reader.
    """
    getal = _TUSSEN.sub("", tekst).lower()
    if not _GETAL.fullmatch(getal) or len(getal) not in (KORT, LANG):
        raise ValueError("Dit is geen controlegetal. Neem de vier groepen van vier over die onderaan het stuk staan.")
    return getal


def zoek(getal: str, wie: Bevoegdheid) -> list[Bevinding]:
    """The papers with this number; none when there are none or this person may not see what they are about.

    Both are answered alike, so that a number tells nothing about what one may not see.
    """
    per_moment: dict[tuple[object, ...], list[Stuk]] = {}
    for stuk in Stuk.objects.filter(controlegetal__startswith=getal, stand=Maakstand.KLAAR).order_by(
        "gemaakt_op", "pk"
    ):
        sleutel = (stuk.soort, *sorted(over(stuk).items()), stuk.peildatum, stuk.gezien_op)
        per_moment.setdefault(sleutel, []).append(stuk)
    uit = []
    for stukken in per_moment.values():
        eerste = stukken[0]
        try:
            benoem(eerste.soort, over(eerste), wie)
        except NietTeZien:
            continue
        gemaakt = [(stuk.gemaakt_op, stuk.get_formaat_display()) for stuk in stukken if stuk.gemaakt_op]
        uit.append(Bevinding(eerste, gemaakt, is_gelijk(eerste, wie)))
    return uit


def is_gelijk(stuk: Stuk, wie: Bevoegdheid) -> bool:
    """Whether the moment of this paper still gives the same content, for this person."""
    try:
        nu = bouw(stuk.soort, over(stuk), wie=wie, peildatum=stuk.peildatum, gezien_op=stuk.gezien_op)
    except NietTeZien:
        return False
    return nu.controlegetal == stuk.controlegetal


def mag_bestand(stuk: Stuk, wie: Bevoegdheid) -> bool:
    """Whether the file tells this person nothing new: it is theirs, or it would say the same if they had asked."""
    return (wie.mens is not None and stuk.gevraagd_door_id == wie.mens.pk) or is_gelijk(stuk, wie)

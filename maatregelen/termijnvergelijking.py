"""What a change of a termijn is: a sharpening, a move, another wording. Pure; asks the database nothing."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from maatregelen.models import Precisie, Wijzigingssoort
from maatregelen.models.mijlpaal import Termijn
from maatregelen.termijnen import reken

# From sharp to wide; what names no days is wider than anything.
FIJNHEID = {
    Precisie.DAG: 0, Precisie.WEEK: 1, Precisie.MAAND: 2, Precisie.KWARTAAL: 3, Precisie.PERIODE: 3,
    Precisie.SEIZOEN: 3, Precisie.HALFJAAR: 4, Precisie.JAAR: 5, Precisie.DUUR: 6, Precisie.VAAG: 6,
}  # fmt: skip
# How long the unit is by which a termijn without a latest day names its beginning.
_EENHEID = {
    Precisie.DAG: "P1D", Precisie.WEEK: "P1W", Precisie.MAAND: "P1M", Precisie.KWARTAAL: "P3M",
    Precisie.PERIODE: "P3M", Precisie.SEIZOEN: "P3M", Precisie.HALFJAAR: "P6M", Precisie.JAAR: "P1Y",
}  # fmt: skip
VELDEN = {"termijn_tekst": "tekst", "begin": "begin", "einde": "einde", "precisie": "precisie", "relatie": "relatie"}


@dataclass(frozen=True)
class Termijnstand:
    """A termijn at one moment: its words, its days (None: not said), how precise, in which relation."""

    tekst: str
    begin: datetime.date | None
    einde: datetime.date | None
    precisie: str
    relatie: str

    @classmethod
    def van(cls, termijn: Termijn, velden: Mapping[str, Any] | None = None) -> Self:
        """The termijn as it is, or as it will be with these model fields."""
        anders = velden or {}
        return cls(**{hier: anders.get(daar, getattr(termijn, daar)) for daar, hier in VELDEN.items()})

    @property
    def is_vaag(self) -> bool:
        """Whether no day follows from the words."""
        return self.begin is None and self.einde is None

    @property
    def dagen(self) -> tuple[datetime.date | None, datetime.date | None]:
        """First and latest day."""
        return self.begin, self.einde


def _uiterste(stand: Termijnstand) -> datetime.date:
    """The latest day, or for a termijn without one the last day of the unit that names its beginning."""
    if stand.einde is not None:
        return stand.einde
    assert stand.begin is not None  # noqa: S101  only asked of what has days
    try:
        return reken(stand.begin, _EENHEID.get(Precisie(stand.precisie), "P1D")) - datetime.timedelta(days=1)
    except ValueError:
        return datetime.date.max


def _ligt_binnen(nieuw: Termijnstand, oud: Termijnstand) -> bool:
    """Whether the new days lie among the old ones; what names no first day is judged by its latest."""
    eerste = nieuw.begin or nieuw.einde
    if oud.begin is not None and eerste is not None and eerste < oud.begin:
        return False
    return _uiterste(nieuw) <= _uiterste(oud)


def soort_wijziging(oud: Termijnstand, nieuw: Termijnstand) -> Wijzigingssoort | None:
    """What became of a termijn; None when nothing changed.

    - Same days, anything else different: HERSCHREVEN. Also when both are without days.
    - Days where there were none: VERSCHERPT. None where there were days: VERVAAGD.
    - Among the old days and finer ("voor de zomer" to "15 juni"): VERSCHERPT, whatever the latest day does. Fineness
      runs dag, week, maand, kwartaal/periode/seizoen, halfjaar, jaar. An open beginning lies before every day. A new
      termijn without a first day is judged by its latest day alone: "voor 1 september" sharpens "derde kwartaal".
    - Else the latest day decides: later is UITGESTELD, earlier VERVROEGD.
    - The latest day stays and only the beginning moves: the promise stands. Finer is VERSCHERPT, else HERSCHREVEN.

    Without a latest day ('vanaf') the first day is the promise:
    - Both without: the first days are compared. An open end is not endless, or any delay would pass for a sharpening:
      "per 2027" reaches to the end of 2027, so "per maart 2027" sharpens it and "per maart 2028" is UITGESTELD.
    - The latest day disappears: UITGESTELD, as nothing can be late any more, unless the new beginning sharpens.
    - A latest day appears: VERSCHERPT when the beginning stays, or the whole lies in the old unit and is no coarser;
      else the new latest day is compared with the old first day, as lists, calendar and reminders do.
    """
    if oud == nieuw:
        return None
    if oud.dagen == nieuw.dagen:
        return Wijzigingssoort.HERSCHREVEN
    if oud.is_vaag or nieuw.is_vaag:
        return Wijzigingssoort.VERSCHERPT if oud.is_vaag else Wijzigingssoort.VERVAAGD
    was_fijn, wordt_fijn = FIJNHEID[Precisie(oud.precisie)], FIJNHEID[Precisie(nieuw.precisie)]
    is_fijner, zelfde_begin = wordt_fijn < was_fijn, nieuw.begin == oud.begin
    # Who only takes the latest day away promises less, however fine the first day is.
    verliest_einde = zelfde_begin and oud.einde is not None and nieuw.einde is None
    if is_fijner and _ligt_binnen(nieuw, oud) and not verliest_einde:
        return Wijzigingssoort.VERSCHERPT
    krijgt_einde = oud.einde is None and nieuw.einde is not None
    if krijgt_einde and (zelfde_begin or (wordt_fijn <= was_fijn and _ligt_binnen(nieuw, oud))):
        return Wijzigingssoort.VERSCHERPT
    if oud.einde is not None and nieuw.einde is None:
        return Wijzigingssoort.UITGESTELD
    was, wordt = oud.einde or oud.begin, nieuw.einde or nieuw.begin
    assert was is not None and wordt is not None  # noqa: S101, PT018  both have days here
    if was == wordt:
        return Wijzigingssoort.VERSCHERPT if is_fijner else Wijzigingssoort.HERSCHREVEN
    return Wijzigingssoort.UITGESTELD if wordt > was else Wijzigingssoort.VERVROEGD

"""Where a named moment lies in time, which year belongs to it, and how two of them are joined."""

from collections.abc import Callable
from datetime import date
from typing import Any

from maatregelen.models import Precisie
from maatregelen.termijnen.kalender import maandteller
from maatregelen.termijnen.periodes import OVER_HET_JAAR, PER_MAAND, Interval, Kern, OnmogelijkError, vast
from maatregelen.termijnen.woorden import (
    AANSTAANDE,
    EENHEID,
    EN,
    HAAK_DICHT,
    HAAK_OPEN,
    JAAR,
    JL,
    LIDWOORD,
    OF,
    R_IN,
    R_TOT,
    RELATIE,
    SCHUIN,
    STREEP,
    TM,
    VAN,
    WIJZER,
    Woordenrij,
)

# "The last day of the first week of begin June" is as deep as people speak; a hostile text goes on.
DIEPST = 3
C_TM, C_TOT, C_STREEP, C_OF, C_EN = range(5)
SCHEIDERS = frozenset((SCHUIN, STREEP, OF, EN))


class Plaatser:
    """One row of words and one reference date: places moments, finds the year behind one and what joins two."""

    __slots__ = ("diepte", "peil", "rij", "ruim", "soort", "waarde", "woord")

    def __init__(self, rij: Woordenrij, peil: date, *, ruim: bool) -> None:
        self.rij, self.peil, self.ruim, self.diepte = rij, peil, ruim, 0
        self.soort, self.waarde, self.woord = rij.soort, rij.waarde, rij.woord

    # -- placing ------------------------------------------------------------------------------------------------

    def plaats(self, kern: Kern, *, begint_na: bool = False, vanaf: date | None = None) -> Interval:
        """First and last day; without a year the first time that its last day, or the day before it, is not past."""
        peil = vanaf or self.peil
        functie, args, jaar = kern.functie, kern.args, kern.jaar
        if jaar is not None:
            try:
                return functie(jaar, *args)
            except (ValueError, OverflowError):
                raise OnmogelijkError(kern.tot) from None
        if kern.vorige:
            for jaar in range(peil.year, peil.year - 10, -1):
                try:
                    begin, einde = functie(jaar, *args)
                except (ValueError, OverflowError):
                    continue
                if einde <= peil:
                    return begin, einde
            raise OnmogelijkError(kern.tot)
        if functie in PER_MAAND:
            return self._plaats_per_maand(kern, peil, begint_na=begint_na)
        eerste = peil.year - 1 if functie in OVER_HET_JAAR and peil.year > 1 else peil.year
        for jaar in range(eerste, peil.year + 10):
            try:
                begin, einde = functie(jaar, *args)
            except (ValueError, OverflowError):
                continue
            if (begin > peil) if begint_na else (einde >= peil):
                return begin, einde
        raise OnmogelijkError(kern.tot)

    @staticmethod
    def _plaats_per_maand(kern: Kern, peil: date, *, begint_na: bool) -> Interval:
        """The first month in which it is there and not past: not every month has a 31st, or a fifth Monday."""
        eerste = maandteller(peil)
        for teller in range(eerste, eerste + 12):
            try:
                begin, einde = kern.functie(teller, *kern.args)
            except (ValueError, OverflowError):
                continue
            if (begin > peil) if begint_na else (einde >= peil):
                return begin, einde
        raise OnmogelijkError(kern.tot)

    # -- the year behind a moment --------------------------------------------------------------------------------

    def jaar_achter(self, i: int) -> tuple[int | None, int]:
        """The year that belongs to what stands before place `i`, and the place after it."""
        soort = self.soort
        s = soort[i]
        if s == JAAR:
            return self.waarde[i], i + 1
        if s in (VAN, WIJZER) or (s == RELATIE and self.waarde[i] == R_IN):
            j = i if s == WIJZER else i + 1
            if soort[j] == LIDWOORD:
                j += 1
            if soort[j] == EENHEID and self.waarde[j] == ("Y", 1, False) and soort[j + 1] == JAAR:
                j += 1
            if soort[j] == JAAR:
                return self.waarde[j], j + 1
            if soort[j] == WIJZER and soort[j + 1] == EENHEID and self.waarde[j + 1] == ("Y", 1, False):
                return self.peil.year + min(self.waarde[j], 1), j + 2
            return None, i
        if (s in (STREEP, SCHUIN)) and soort[i + 1] == JAAR and self.rij.tot[i] == self.rij.van[i + 1]:
            return self.waarde[i + 1], i + 2
        if s == HAAK_OPEN:
            j = i + 2 if soort[i + 1] == VAN else i + 1
            if soort[j] == JAAR and soort[j + 1] == HAAK_DICHT:
                return self.waarde[j], j + 2
        return None, i

    def _met_jaar(self, functie: Callable[..., Interval], args: tuple[Any, ...], precisie: Precisie, i: int,
                  soort: str = "") -> Kern:  # fmt: skip
        """A moment whose words end at place `i`, with the year or the a.s., jl. behind it."""
        jaar, tot = self.jaar_achter(i)
        vorige = False
        if jaar is None:
            s = self.soort[tot]
            if s == JL:
                vorige, tot = True, tot + 1
            elif s == AANSTAANDE:
                tot += 1
        return Kern(functie, args, jaar, precisie, tot, None, soort, vorige)

    def _vast(self, begin: date, einde: date, precisie: Precisie, tot: int, soort: str = "") -> Kern:
        return Kern(vast, (begin, einde), 0, precisie, tot, None, soort)

    # -- joining --------------------------------------------------------------------------------------------------

    def verbinding(self, i: int) -> tuple[int, int]:
        """How place `i` joins two moments (-1: it does not), and the place after that."""
        s = self.soort[i]
        if s == TM:
            return C_TM, i + 1
        if s == RELATIE:
            if self.waarde[i] != R_TOT:
                return -1, i
            if self.soort[i + 1] == EN and self.woord[i + 2] == "met":
                return C_TM, i + 3
            return C_TOT, i + 2 if self.woord[i + 1] == "aan" else i + 1
        if s == STREEP:
            return (-1, i) if self.rij.is_regelbegin(i) else (C_STREEP, i + 1)
        if s == SCHUIN:
            return C_STREEP, i + 1
        if s == OF:
            return C_OF, i + 1
        if s == EN:
            return (C_OF, i + 3) if self.soort[i + 1] == SCHUIN and self.soort[i + 2] == OF else (C_EN, i + 1)
        return -1, i

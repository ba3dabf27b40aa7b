"""What comes back every month ("de 15e van elke maand"), and recesses, which no rule places."""

import maatregelen.termijnen.kalender as kalender
from maatregelen.termijnen.periodes import Kern, OnmogelijkError
from maatregelen.termijnen.plaatsen import Plaatser
from maatregelen.termijnen.waarden import P_DAG, P_PERIODE, P_SEIZOEN
from maatregelen.termijnen.woorden import (
    EENHEID,
    ELK,
    GETAL,
    HALF,
    HELFT,
    JAAR,
    LIDWOORD,
    MAAND,
    R_PER,
    RANG,
    RELATIE,
    VAN,
    WEEKDAG,
)


class Maandlezer(Plaatser):
    """Reads the day of a month that has no name, and knows of which recesses the days are known."""

    __slots__ = ()

    def reces(self, i: int) -> Kern | None:
        """The recess at place `i`; nothing where its days are not known."""
        naam = self.waarde[i]
        if naam == "zomer":
            return self._met_jaar(kalender.zomerreces_van, (), P_SEIZOEN, i + 1, "reces")
        kern = self._met_jaar(kalender.reces_van, (naam,), P_PERIODE, i + 1)
        return kern if self._is_bekend_reces(naam, kern.jaar) else None

    def _is_bekend_reces(self, naam: str, jaar: int | None) -> bool:
        """Whether the days are known of the recess in that year, or else of the first that is not over."""
        if jaar is not None:
            return (naam, jaar) in kalender.RECESSEN
        peil = self.peil
        for begint in (peil.year - 1, peil.year, peil.year + 1):
            dagen = kalender.RECESSEN.get((naam, begint))
            if dagen is None and begint >= peil.year:
                return False
            if dagen is not None and dagen[1] >= peil:
                return True
        return False

    def elke_maand(self, i: int) -> tuple[str, int] | None:
        """ "Van elke maand", "van de maand", "per maand": how often (may be empty), and the place after it."""
        soort, j, iso = self.soort, i + 1, ""
        if soort[i] == VAN and soort[j] in (ELK, LIDWOORD):
            iso, j = "P1M" if soort[j] == ELK else "", j + 1
        elif soort[i] == RELATIE and self.waarde[i] == R_PER:
            iso = "P1M"
        else:
            return None
        is_maand = soort[j] == EENHEID and self.waarde[j] == ("M", 1, False)
        return (iso, j + 1) if is_maand and soort[j + 1] not in (MAAND, JAAR) else None

    def maanddag(self, i: int) -> Kern | None:
        """ "De 15e", "de eerste maandag" by itself: for who knows already that it is of a month."""
        soort = self.soort
        if soort[i] == LIDWOORD:
            i += 1
        if soort[i] != RANG:
            return None
        is_weekdag = soort[i + 1] == WEEKDAG
        tot = i + 2 if is_weekdag else i + 1
        if soort[tot] == VAN and (maand := self.elke_maand(tot)) is not None:
            tot = maand[1]
        if soort[tot] in (MAAND, EENHEID, WEEKDAG, VAN, HELFT, HALF, GETAL):
            return None
        return self.per_maand(self.waarde[i], self.waarde[i + 1] if is_weekdag else None, "", tot)

    def per_maand(self, rang: int, weekdag: int | None, herhaling: str, tot: int) -> Kern | None:
        """The so many-th day of a month, or weekday when there is one."""
        if not (rang == -1 or 1 <= rang <= (31 if weekdag is None else 5)):
            raise OnmogelijkError(tot)
        if weekdag is None:
            return Kern(kalender.maanddag_van, (rang,), None, P_DAG, tot, None, "dag", herhaling=herhaling)
        args = (rang, weekdag)
        return Kern(kalender.maandweekdag_van, args, None, P_DAG, tot, None, "dag", herhaling=herhaling)

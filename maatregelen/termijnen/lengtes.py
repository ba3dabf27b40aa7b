"""Lengths and rhythms: "anderhalf jaar", "4 tot 6 weken", "elk kwartaal", "twee keer per jaar"."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import maatregelen.termijnen.kalender as kalender
from maatregelen.models import Precisie
from maatregelen.termijnen.ontleden import Ontleder
from maatregelen.termijnen.plaatsen import C_TOT
from maatregelen.termijnen.waarden import P_DAG, P_HALFJAAR, P_JAAR, P_KWARTAAL, P_MAAND, P_VAAG, P_WEEK
from maatregelen.termijnen.woorden import (
    ANDERHALF,
    EEN,
    EENHEID,
    ELK,
    EN,
    GETAL,
    HALF,
    KEER,
    LIDWOORD,
    MAAND,
    MATE,
    OM,
    R_IN,
    R_PER,
    RELATIE,
    RITME,
    STREEP,
    TWEETAL,
)
from maatregelen.werkdagen import volgende_werkdag

_PRECISIE_VAN = {
    "D": P_DAG,
    "W": P_WEEK,
    "M": P_MAAND,
    "Y": P_JAAR,
    "H": P_DAG,
    "B": P_DAG,
}


@dataclass(slots=True)
class Duur:
    """A length: ISO 8601, its months and days, the unit in which it was said, and the place after it."""

    iso: str
    maanden: int
    dagen: int
    werkdagen: int
    precisie: Precisie
    tot: int


class Duurlezer(Ontleder):
    """Reads lengths and rhythms, and counts with them from the reference date."""

    __slots__ = ()

    def lengte(self, i: int) -> Duur | None:
        """The length at place `i`: "drie jaar", "anderhalf jaar", "4 tot 6 weken", "1 jaar en 6 maanden"."""
        soort, waarde = self.soort, self.waarde
        s = soort[i]
        getal: float
        j = i + 1
        if s == GETAL and soort[j] == MAAND:
            return None
        if s == TWEETAL:
            getal = waarde[i][1]
        elif s == ANDERHALF:
            getal = 1.5
        elif s == HALF:
            getal = 0.5
        elif s == EEN and soort[j] == HALF:
            getal, j = 0.5, j + 1
        elif s in (GETAL, EEN):
            getal = waarde[i]
            if soort[j] == EN and soort[j + 1] == EEN and soort[j + 2] == HALF:
                getal, j = getal + 0.5, j + 3
            else:
                wijze, k = self.verbinding(j)
                if wijze >= 0 and soort[k] == MATE:
                    k += 1
                if self.woord[j] == "naar":
                    wijze, k = C_TOT, j + 1
                if wijze >= 0 and soort[k] == GETAL and soort[k + 1] == EENHEID:
                    getal, j = max(getal, waarde[k]), k + 1
        else:
            return None
        if soort[j] == STREEP and soort[j + 1] == EENHEID and self.rij.tot[j] == self.rij.van[j + 1]:
            j += 1
        if soort[j] != EENHEID:
            return None
        letter, per, _ = waarde[j]
        precisie = (
            {3: P_KWARTAAL, 6: P_HALFJAAR}.get(per, _PRECISIE_VAN[letter]) if letter == "M" else _PRECISIE_VAN[letter]
        )
        if letter == "Y" and getal == 0.5:
            precisie = P_HALFJAAR
        uit = _maat(getal, letter, per, precisie, j + 1)
        if (
            uit is not None
            and letter in "YM"
            and soort[j + 1] == EN
            and soort[j + 2] == GETAL
            and soort[j + 3] == EENHEID
        ):
            return self._met_rest(uit, j + 2) or uit
        return uit

    def _met_rest(self, duur: Duur, i: int) -> Duur | None:
        """ "1 jaar en 6 maanden", "1 maand en 15 dagen": the smaller unit at place `i` added."""
        letter, per, _ = self.waarde[i + 1]
        rest = _maat(self.waarde[i], letter, per, _PRECISIE_VAN[letter], i + 2)
        if rest is None or letter not in "MWD" or duur.dagen or rest.precisie == duur.precisie:
            return None
        maanden, dagen = duur.maanden + rest.maanden, rest.dagen
        return Duur(f"P{maanden}M" + (f"{dagen}D" if dagen else ""), maanden, dagen, 0, rest.precisie, rest.tot)

    def verder(self, duur: Duur, vanaf: date | None = None) -> date:
        dag = vanaf or self.peil
        if duur.werkdagen:
            for _ in range(duur.werkdagen):
                dag = volgende_werkdag(dag)
            return dag
        return kalender.tel_maanden(dag, duur.maanden) + timedelta(days=duur.dagen)

    def terug(self, duur: Duur) -> date:
        return kalender.tel_maanden(self.peil, -duur.maanden) - timedelta(days=duur.dagen)

    def ritme(self, i: int) -> tuple[str, int] | None:
        """How often, as ISO 8601 length, and the place after it."""
        soort, s = self.soort, self.soort[i]
        if s == RITME:
            return self.waarde[i], i + 1
        if s in (ELK, OM) or (s == RELATIE and self.waarde[i] == R_PER):
            j = i + 1
            if s == OM and soort[j] == LIDWOORD:
                j += 1
            if soort[j] == HALF and soort[j + 1] == EENHEID and self.waarde[j + 1] == ("Y", 1, False):
                return "P6M", j + 2
            keer = 1
            if soort[j] in (GETAL, EEN) and soort[j + 1] == EENHEID:
                keer, j = self.waarde[j], j + 1
            elif s == OM and soort[j] == EENHEID:
                keer = 2
            if soort[j] != EENHEID or keer != int(keer) or keer < 1:
                return None
            letter, aantal, _ = self.waarde[j]
            return None if letter in "HB" else (f"P{keer * aantal}{letter}", j + 1)
        if s in (GETAL, EEN, KEER):
            j, keer = i, self.waarde[i]
            if s != KEER:
                j += 1
                if soort[j] != KEER and self.woord[i] != "eens":
                    return None
                j += soort[j] == KEER
            else:
                j += 1
            if soort[j] == RELATIE and self.waarde[j] in (R_PER, R_IN) and soort[j + 1] in (EENHEID, LIDWOORD):
                k = j + 2 if soort[j + 1] == LIDWOORD else j + 1
                if soort[k] == GETAL and soort[k + 1] == EENHEID and keer == 1:
                    # "Eens in de vier jaar".
                    letter, aantal, _ = self.waarde[k + 1]
                    om_de = self.waarde[k]
                    is_heel = isinstance(om_de, int) and om_de > 0 and letter not in "HB"
                    return (self._ritme_van(om_de, aantal, letter), k + 2) if is_heel else None
                if soort[k] == HALF:
                    return None
                ritme = self.ritme(j) if self.waarde[j] == R_PER else None
                if ritme is None and soort[k] == EENHEID:
                    letter, aantal, _ = self.waarde[k]
                    ritme = self._ritme_van(1, aantal, letter), k + 1
                return self._gedeeld(ritme, keer) if ritme is not None else None
        return None

    @staticmethod
    def _ritme_van(keer: int, aantal: int, letter: str) -> str:
        return f"P{keer * aantal}{letter}"

    @staticmethod
    def _gedeeld(ritme: tuple[str, int], keer: Any) -> tuple[str, int] | None:
        """So many times in that time: only when months divide."""
        if keer == 1 or keer is None:
            return ritme
        try:
            maanden, dagen = kalender.lees_duur(ritme[0])
        except ValueError:
            return None
        if not isinstance(keer, int) or keer < 1 or dagen or maanden % keer:
            return None
        return f"P{maanden // keer}M", ritme[1]

    def lopende_periode(self, iso: str) -> tuple[date | None, date | None, Precisie]:
        """The running period of a rhythm that follows the calendar; of another nobody said when it began."""
        peil = self.peil
        maand = peil.month
        if iso == "P1Y":
            return *kalender.jaar_van(peil.year), P_JAAR
        if iso == "P6M":
            return *kalender.halfjaar_van(peil.year, (maand - 1) // 6 + 1), P_HALFJAAR
        if iso == "P3M":
            return *kalender.kwartaal_van(peil.year, (maand - 1) // 3 + 1), P_KWARTAAL
        if iso == "P1M":
            return *kalender.maand_van(peil.year, maand), P_MAAND
        if iso == "P1W":
            maandag = peil - timedelta(days=peil.weekday())
            return maandag, maandag + timedelta(days=6), P_WEEK
        if iso == "P1D":
            return peil, peil, P_DAG
        return None, None, P_VAAG


def _maat(getal: float, letter: str, per: int, precisie: Precisie, tot: int) -> Duur | None:
    """A number of units as a length; halves go to the smaller unit, upwards."""
    if letter in "MY":
        maanden = getal * per * (12 if letter == "Y" else 1)
        if maanden > 99999:
            return None
        hele = int(maanden)
        if maanden != hele:
            return Duur(f"P{hele}M15D" if hele else "P15D", hele, 15, 0, precisie, tot)
        if letter == "Y" and getal == int(getal):
            return Duur(f"P{int(getal)}Y", hele, 0, 0, precisie, tot) if getal else None
        return Duur(f"P{hele}M", hele, 0, 0, precisie, tot) if hele else None
    if not getal or getal > 9999:
        return None
    if letter == "B":
        if getal > 400 or getal != int(getal):
            return None
        # Five working days are a week; ISO 8601 has no working days.
        dagen = int(getal) // 5 * 7 + int(getal) % 5
        return Duur(f"P{dagen}D", 0, dagen, int(getal), precisie, tot)
    if letter == "H":
        uren = int(getal * per + 0.5)
        return Duur(f"PT{uren}H", 0, -(-uren // 24), 0, precisie, tot)
    if letter == "W" and getal == int(getal):
        return Duur(f"P{int(getal)}W", 0, 7 * int(getal), 0, precisie, tot)
    dagen = int(getal * (7 if letter == "W" else 1) + 0.5)
    return Duur(f"P{dagen}D", 0, dagen, 0, precisie, tot)

"""From words to one named moment: a day, month, quarter, half, season, year, week, or a part or row of those.

A moment without a year is placed later, because what counts as the first one depends on the words before it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import maatregelen.termijnen.kalender as kalender
from maatregelen.termijnen.kalender import BEGIN, EIND, MEDIO, WINTER, ZOMER
from maatregelen.termijnen.maandelijks import Maandlezer
from maatregelen.termijnen.periodes import (
    EENHEID_PRECISIE,
    FEESTEN,
    Interval,
    Kern,
    OnmogelijkError,
    dagreeks_van,
    deel_van,
    deelreeks_van,
    nde_van,
    reeks_van,
    stuk_van,
    vast,
    week_met,
)
from maatregelen.termijnen.plaatsen import C_TM, C_TOT, DIEPST, SCHEIDERS
from maatregelen.termijnen.waarden import P_DAG, P_HALFJAAR, P_JAAR, P_KWARTAAL, P_MAAND, P_PERIODE, P_SEIZOEN, P_WEEK
from maatregelen.termijnen.woorden import (
    AANSTAANDE,
    DAGNU,
    DATUM,
    DEEL,
    EEN,
    EENHEID,
    ELK,
    FEEST,
    GETAL,
    HAAK_OPEN,
    HALF,
    HALFJAARCODE,
    HELFT,
    JAAR,
    JAARREEKS,
    JL,
    KOMMA,
    KWARTAALCODE,
    LIDWOORD,
    MAAND,
    MAAND_VAN_JAAR,
    RANG,
    RECES,
    RELATIE,
    ROMEINS,
    SCHOOLJAAR,
    SCHUIN,
    SEIZOEN,
    STREEP,
    TM,
    TWEETAL,
    ULTIMO,
    VAN,
    WEEKCODE,
    WEEKDAG,
    WIJZER,
)


class Ontleder(Maandlezer):
    """Reads moments in one row of words, against one reference date."""

    __slots__ = ()

    # -- moments --------------------------------------------------------------------------------------------------

    def kern(self, i: int) -> Kern | None:
        """The moment that starts at place `i`; raises OnmogelijkError for one that cannot be."""
        lezer = _LEZERS.get(self.soort[i])
        return lezer(self, i) if lezer is not None else None

    def _lidwoord(self, i: int) -> Kern | None:
        s = self.soort[i + 1]
        if s == LIDWOORD:
            return None
        if s == WIJZER:
            return self._wijzer(i + 1, lidwoord=True)
        if s == EENHEID and self.soort[i + 2] in (MAAND, JAAR):
            return self.kern(i + 2)
        return self.kern(i + 1)

    def _datum(self, i: int) -> Kern:
        jaar, maand, dag = self.waarde[i]
        return Kern(kalender.dag_van, (maand, dag), jaar, P_DAG, i + 1, None, "dag")

    def _maand_van_jaar(self, i: int) -> Kern:
        jaar, maand = self.waarde[i]
        return Kern(kalender.maand_van, (maand,), jaar, P_MAAND, i + 1)

    def _dag(self, i: int, maandplaats: int, dag: int) -> Kern | None:
        if dag > 99 or dag != int(dag):
            return None
        kern = self._met_jaar(kalender.dag_van, (self.waarde[maandplaats], dag), P_DAG, maandplaats + 1, "dag")
        if self.ruim and kern.jaar is None and self.soort[kern.tot] == GETAL and self._is_slot(kern.tot + 1):
            # "1 juli 25": only when nothing else follows that the number could count.
            getal = self.waarde[kern.tot]
            if len(self.woord[kern.tot]) == 2 and isinstance(getal, int):
                kern.jaar, kern.tot = 2000 + getal, kern.tot + 1
        return kern

    def _is_slot(self, i: int) -> bool:
        return i >= len(self.rij)

    def _getal(self, i: int) -> Kern | None:
        soort = self.soort
        s = soort[i + 1]
        if s == MAAND:
            return self._dag(i, i + 1, self.waarde[i])
        if s == VAN and soort[i + 2] == ELK and isinstance(self.waarde[i], int):
            maand = self.elke_maand(i + 1)
            return self.per_maand(self.waarde[i], None, *maand) if maand is not None else None
        if s in (TM, RELATIE) or s in SCHEIDERS:
            wijze, j = self.verbinding(i + 1)
            if soort[j] == LIDWOORD:
                j += 1
            if wijze >= 0 and soort[j] in (GETAL, RANG) and soort[j + 1] == MAAND:
                return self._dagreeks(self.waarde[i], self.waarde[j], wijze, j + 1)
        return None

    def _dagreeks(self, eerste: int, laatste: int, wijze: int, maandplaats: int) -> Kern | None:
        if eerste > 31 or eerste != int(eerste):
            return None
        if wijze == C_TOT:
            laatste -= 1
        kern = self._met_jaar(
            dagreeks_van, (self.waarde[maandplaats], eerste, laatste), P_PERIODE, maandplaats + 1, "reeks"
        )
        if laatste < eerste:
            raise OnmogelijkError(kern.tot)
        return kern

    def _tweetal(self, i: int) -> Kern | None:
        eerste, laatste, teken = self.waarde[i]
        if self.soort[i + 1] == MAAND:
            return self._dagreeks(eerste, laatste, C_TM, i + 1)
        if self.ruim and teken in "-/" and self._is_slot(i + 1) and i < 3:
            # "uiterlijk 1/7": a day and a month when the whole of the words says no more than that.
            return Kern(kalender.dag_van, (laatste, eerste), None, P_DAG, i + 1, None, "dag")
        return None

    def _rang(self, i: int) -> Kern | None:
        soort, rang = self.soort, self.waarde[i]
        assert isinstance(rang, int)  # noqa: S101  the word list gives each ordinal its number
        s = soort[i + 1]
        if s == MAAND:
            return self._dag(i, i + 1, rang)
        if s == HALF and soort[i + 2] == EENHEID and self.waarde[i + 2] == ("Y", 1, False):
            return self._helft(i + 3, rang)
        if s == HELFT:
            return self._helft(i + 2, rang)
        if (maand := self.elke_maand(i + 1)) is not None:
            return self.per_maand(rang, None, *maand)
        if s == EENHEID and self.waarde[i + 1][0] == "D" and (maand := self.elke_maand(i + 2)) is not None:
            return self.per_maand(rang, None, *maand)
        if s == WEEKDAG and (maand := self.elke_maand(i + 2)) is not None:
            return self.per_maand(rang, self.waarde[i + 1], *maand)
        if s == WEEKDAG:
            return self._weekdag_van(i, rang)
        if s == EENHEID:
            return self._rang_eenheid(i + 1, rang)
        if s in (GETAL, EEN) and soort[i + 2] == EENHEID and rang in (1, -1):
            return self._stuk(i + 2, rang, self.waarde[i + 1])
        if s in (TM, RELATIE) or s in SCHEIDERS:
            wijze, j = self.verbinding(i + 1)
            if soort[j] == LIDWOORD:
                j += 1
            if wijze >= 0 and soort[j] == RANG:
                return self._rangreeks(rang, self.waarde[j], wijze, j + 1)
        return None

    def _romeins(self, i: int) -> Kern | None:
        """ "III kwartaal 2025"."""
        return self._rang(i) if self.soort[i + 1] in (EENHEID, HELFT) else None

    def _rangreeks(self, eerste: int, laatste: int, wijze: int, i: int) -> Kern | None:
        """ "Eerste en tweede kwartaal", "1e t/m 15e juni"."""
        if self.soort[i] == MAAND:
            return self._dagreeks(eerste, laatste, wijze, i)
        if self.soort[i] != EENHEID or self.waarde[i] not in (("M", 3, False), ("M", 3, True)):
            return None
        kern = self._met_jaar(reeks_van, (kalender.kwartaal_van, eerste, laatste), P_PERIODE, i + 1, "reeks")
        if not 1 <= eerste < laatste <= 4:
            raise OnmogelijkError(kern.tot)
        return kern

    def _helft(self, i: int, rang: int) -> Kern:
        """The place after "eerste helft": of a month, else of a year."""
        helft = 2 if rang == -1 else rang
        j = i
        if self.soort[j] == VAN:
            j += 1
            if self.soort[j] == LIDWOORD:
                j += 1
            if self.soort[j] == EENHEID and self.soort[j + 1] == MAAND:
                j += 1
        if self.soort[j] == MAAND:
            kern = self._met_jaar(kalender.maandhelft_van, (self.waarde[j], helft), P_PERIODE, j + 1)
        else:
            kern = self._met_jaar(kalender.halfjaar_van, (helft,), P_HALFJAAR, i)
        if helft not in (1, 2):
            raise OnmogelijkError(kern.tot)
        return kern

    def _periode_achter(self, i: int) -> Kern | None:
        """The period of which something is a part: "van juni", "van 2025", "van het jaar", "2025"."""
        if self.soort[i] == VAN:
            i += 1
        if self.soort[i] == LIDWOORD and self.soort[i + 1] == EENHEID and self.soort[i + 2] not in (MAAND, JAAR, GETAL):
            return self.dit(0, i + 1)
        if self.diepte >= DIEPST:
            return None
        self.diepte += 1
        try:
            return self.kern(i)
        finally:
            self.diepte -= 1

    def _weekdag_van(self, i: int, rang: int) -> Kern | None:
        """The place of an ordinal before a weekday: "eerste maandag van juni"."""
        if self.soort[i + 2] not in (VAN, RELATIE):
            return None
        j = i + 4 if self.soort[i + 3] == LIDWOORD else i + 3
        if self.soort[j] == EENHEID and self.soort[j + 1] == MAAND:
            j += 1
        if self.soort[j] != MAAND:
            return None
        kern = self._met_jaar(
            kalender.weekdag_in_maand, (self.waarde[j], rang, self.waarde[i + 1]), P_DAG, j + 1, "dag"
        )
        if not (rang == -1 or 1 <= rang <= 5):
            raise OnmogelijkError(kern.tot)
        return kern

    def _rang_eenheid(self, i: int, rang: int) -> Kern | None:
        """The place of the unit behind an ordinal: "derde kwartaal", "laatste week van juni"."""
        letter, aantal, meervoud = self.waarde[i]
        if (letter, aantal) == ("M", 3):
            kwartaal = 4 if rang == -1 else rang
            kern = self._met_jaar(kalender.kwartaal_van, (kwartaal,), P_KWARTAAL, i + 1)
            if not 1 <= kwartaal <= 4:
                raise OnmogelijkError(kern.tot)
            return kern
        if (letter, aantal) == ("M", 6):
            return self._helft(i + 1, rang)
        if letter == "M" and meervoud and rang == 1:
            # "De eerste maanden van 2026" say no more than its beginning.
            binnen = self._periode_achter(i + 1)
            return self._deel_van_kern(binnen, BEGIN) if binnen is not None else None
        if meervoud or letter in "HBY":
            return None
        return self._stuk(i, rang, 1)

    def _stuk(self, i: int, rang: int, aantal: int) -> Kern | None:
        """The place of the unit in "eerste drie maanden van 2025", "laatste week van juni", "tweede week van mei"."""
        letter, per, _ = self.waarde[i]
        if letter in "HBY" or aantal != int(aantal) or not 1 <= aantal <= 366:
            return None
        binnen = self._periode_achter(i + 1)
        if binnen is None or (binnen.functie is vast and binnen.soort == "dag"):
            return None
        precisie = EENHEID_PRECISIE[letter, 1] if aantal == 1 and per == 1 else P_PERIODE
        soort = "dag" if precisie == P_DAG else ""
        functie: Callable[..., Interval]
        args: tuple[Any, ...]
        if rang in (1, -1):
            functie, args = stuk_van, (binnen.functie, binnen.args, letter, rang * aantal * per)
        elif letter == "M":
            if binnen.functie is not kalender.jaar_van and binnen.precisie != P_JAAR:
                return None
            functie, args = kalender.maand_van, (rang,)
        else:
            functie, args = nde_van, (binnen.functie, binnen.args, letter, rang)
        kern = Kern(functie, args, binnen.jaar, precisie, binnen.tot, None, soort)
        if letter == "M" and rang not in (1, -1) and binnen.functie is vast:
            kern.jaar = binnen.args[0].year
        return kern

    def _jaar(self, i: int) -> Kern:
        soort, jaar = self.soort, self.waarde[i]
        assert isinstance(jaar, int)  # noqa: S101  the pattern took figures
        j = i + 1
        if soort[j] == STREEP or soort[j] == SCHUIN:
            j += 1
        s = soort[j]
        if s == ROMEINS:
            if self.waarde[j] > 2:
                raise OnmogelijkError(j + 1)
            return Kern(kalender.halfjaar_van, (self.waarde[j],), jaar, P_HALFJAAR, j + 1)
        if s in (KWARTAALCODE, HALFJAARCODE):
            return self._code(j, jaar=jaar)
        if s == WEEKCODE:
            return Kern(kalender.week_van, (self.waarde[j],), jaar, P_WEEK, j + 1)
        if s == MAAND and self.ruim and soort[j + 1] != JAAR and j == i + 1:
            return Kern(kalender.maand_van, (self.waarde[j],), jaar, P_MAAND, j + 1)
        return Kern(kalender.jaar_van, (), jaar, P_JAAR, i + 1)

    def _jaarreeks(self, i: int) -> Kern:
        eerste, laatste = self.waarde[i]
        return self._vast(date(eerste, 1, 1), date(laatste, 12, 31), P_PERIODE, i + 1, "reeks")

    def _code(self, i: int, jaar: int | None = None) -> Kern:
        """Q3, K3, H1, before or after a year."""
        is_kwartaal, getal = self.soort[i] == KWARTAALCODE, self.waarde[i]
        functie = kalender.kwartaal_van if is_kwartaal else kalender.halfjaar_van
        precisie = P_KWARTAAL if is_kwartaal else P_HALFJAAR
        if jaar is None:
            kern = self._met_jaar(functie, (getal,), precisie, i + 1)
        else:
            kern = Kern(functie, (getal,), jaar, precisie, i + 1)
        if not 1 <= getal <= (4 if is_kwartaal else 2):
            raise OnmogelijkError(kern.tot)
        return kern

    def _maand(self, i: int) -> Kern:
        return self._met_jaar(kalender.maand_van, (self.waarde[i],), P_MAAND, i + 1)

    def _seizoen(self, i: int) -> Kern:
        seizoen = self.waarde[i]
        j = i + 1
        if seizoen == WINTER:
            # "Winter 2025-2026" is the one that starts in the first.
            k = j + 1 if self.soort[j] == VAN else j
            if self.soort[k] == JAARREEKS:
                return Kern(kalender.seizoen_van, (seizoen,), self.waarde[k][0], P_SEIZOEN, k + 1)
        return self._met_jaar(kalender.seizoen_van, (seizoen,), P_SEIZOEN, j, "zomer" if seizoen == ZOMER else "")

    def _feest(self, i: int) -> Kern:
        naam = self.waarde[i]
        functie, args = FEESTEN[naam]
        return self._met_jaar(functie, args, P_DAG, i + 1, "feest" if naam == "kerst" else "dag")

    def _dagnu(self, i: int) -> Kern:
        dag = self.peil + timedelta(days=self.waarde[i])
        return self._vast(dag, dag, P_DAG, i + 1, "nu" if dag == self.peil else "dag")

    def _schooljaar(self, i: int) -> Kern | None:
        maand = self.waarde[i]
        if self.soort[i + 1] == JAARREEKS:
            eerste, laatste = self.waarde[i + 1]
            kern = Kern(kalender.schooljaar_van, (maand,), eerste, P_JAAR, i + 2)
            if laatste != eerste + 1:
                raise OnmogelijkError(kern.tot)
            return kern
        return self._met_jaar(kalender.schooljaar_van, (maand,), P_JAAR, i + 1) if self.soort[i + 1] == JAAR else None

    def _ultimo(self, i: int) -> Kern | None:
        """The last day of a month or year, or with "primo" the first."""
        kern = self._periode_achter(i + 1)
        if kern is None or kern.soort == "dag":
            return None
        args = (kern.functie, kern.args, "D", self.waarde[i])
        return Kern(stuk_van, args, kern.jaar, P_DAG, kern.tot, None, "dag")

    # -- parts ----------------------------------------------------------------------------------------------------

    def _half(self, i: int) -> Kern | None:
        """ "Half juni", "half 2026": the middle. "Half jaar" is a length."""
        return self._deel(i, deel=MEDIO) if self.soort[i + 1] in (MAAND, JAAR) else None

    def _deel(self, i: int, deel: int | None = None) -> Kern | None:
        if deel is None:
            deel = self.waarde[i]
        j = i + 1
        soort = self.soort
        wijze, k = self.verbinding(j)
        if wijze >= 0 and soort[k] == DEEL:
            tweede = self._deel(k)
            if tweede is None or tweede.functie is deelreeks_van or tweede.args[-1] < deel:
                return None
            args = (tweede.functie, tweede.args[:-1], deel, tweede.args[-1])
            return Kern(deelreeks_van, args, tweede.jaar, P_PERIODE, tweede.tot, tweede.hele and P_PERIODE, "reeks")
        if soort[j] in (GETAL, DEEL) or (soort[j] == RANG and soort[j + 1] not in (EENHEID, HALF, HELFT)):
            return None
        if soort[j] == VAN:
            j += 1
        if soort[j] == EENHEID and soort[j + 1] not in (MAAND, JAAR, GETAL):
            # "Einde jaar", "eind kwartaal": of the running one.
            binnen = self.dit(0, j)
        else:
            binnen = self._periode_achter(j)
        return self._deel_van_kern(binnen, deel) if binnen is not None else None

    def _deel_van_kern(self, kern: Kern, deel: int) -> Kern | None:
        if kern.precisie == P_DAG or kern.hele is not None:
            return None
        hele = kern.precisie if deel == EIND else None
        if kern.functie is kalender.maand_van:
            return Kern(kalender.maanddeel_van, (*kern.args, deel), kern.jaar, P_PERIODE, kern.tot, hele)
        if kern.functie is kalender.jaar_van:
            return Kern(kalender.jaardeel_van, (deel,), kern.jaar, P_SEIZOEN, kern.tot, hele)
        return Kern(deel_van, (kern.functie, kern.args, deel), kern.jaar, P_PERIODE, kern.tot, hele, "", kern.vorige)

    def _eenheid(self, i: int) -> Kern | None:
        """ "Week 23", "kwartaal 3", "maand juni", "jaar 2026", "de week van 3 juni"."""
        letter, aantal, meervoud = self.waarde[i]
        soort, s = self.soort, self.soort[i + 1]
        if letter == "W":
            if s == GETAL and soort[i + 2] != EENHEID:
                return self._weken(i + 1)
            if s == TWEETAL:
                eerste, laatste, _ = self.waarde[i + 1]
                return self._weekreeks(eerste, laatste, i + 2)
            if s == VAN and not meervoud:
                dag = self._periode_achter(i + 1)
                if dag is not None and dag.precisie == P_DAG:
                    return Kern(week_met, (dag.functie, dag.args), dag.jaar, P_WEEK, dag.tot)
            return None
        if letter == "M" and aantal == 3 and s in (GETAL, ROMEINS, RANG):
            kern = self._met_jaar(kalender.kwartaal_van, (self.waarde[i + 1],), P_KWARTAAL, i + 2)
            if self.waarde[i + 1] not in (1, 2, 3, 4):
                raise OnmogelijkError(kern.tot)
            return kern
        if letter == "M" and aantal == 1 and s == MAAND:
            return self._maand(i + 1)
        return self._jaar(i + 1) if letter == "Y" and s == JAAR else None

    def _weekcode(self, i: int) -> Kern:
        """ "W23"."""
        return self._week(self.waarde[i], i + 1)

    def _week(self, week: int, i: int) -> Kern:
        kern = self._met_jaar(kalender.week_van, (week,), P_WEEK, i)
        if not 1 <= week <= 53:
            raise OnmogelijkError(kern.tot)
        return kern

    def _weken(self, i: int) -> Kern:
        """The place of the number behind "week": one week, or the first of a row."""
        wijze, j = self.verbinding(i + 1)
        if self.soort[j] == EENHEID and self.waarde[j] == ("W", 1, False):
            j += 1
        if wijze >= 0 and self.soort[j] == GETAL and self.soort[j + 1] not in (MAAND, EENHEID):
            eerste, laatste = self.waarde[i], self.waarde[j]
            return self._weekreeks(eerste, laatste - (wijze == C_TOT), j + 1)
        return self._week(self.waarde[i], i + 1)

    def _weekreeks(self, eerste: int, laatste: int, i: int) -> Kern:
        kern = self._met_jaar(reeks_van, (kalender.week_van, eerste, laatste), P_PERIODE, i, "reeks")
        if not 1 <= eerste < laatste <= 53:
            raise OnmogelijkError(kern.tot)
        return kern

    # -- counted from the reference date --------------------------------------------------------------------------

    def dit(self, verschil: int, i: int) -> Kern | None:
        """The running unit at place `i`, or the one so many further."""
        letter, aantal, meervoud = self.waarde[i]
        if meervoud or letter in "HB":
            return None
        peil, jaar = self.peil, self.peil.year
        precisie = EENHEID_PRECISIE[letter, aantal]
        if letter == "Y":
            return Kern(kalender.jaar_van, (), jaar + verschil, precisie, i + 1)
        if letter == "D":
            return None if verschil else self._vast(peil, peil, precisie, i + 1, "dag")
        if letter == "W":
            maandag = peil - timedelta(days=peil.weekday() - 7 * verschil)
            return self._vast(maandag, maandag + timedelta(days=6), precisie, i + 1)
        teller = jaar * (12 // aantal) + (peil.month - 1) // aantal + verschil
        jaar, rest = divmod(teller, 12 // aantal)
        functie = {1: kalender.maand_van, 3: kalender.kwartaal_van, 6: kalender.halfjaar_van}[aantal]
        return Kern(functie, (rest + 1,), jaar, precisie, i + 1)

    def _wijzer(self, i: int, *, lidwoord: bool = False) -> Kern | None:
        """ "Dit", "volgend", "komend", "vorig" and what it points at."""
        wijs, j, soort = self.waarde[i], i + 1, self.soort
        assert isinstance(wijs, int)  # noqa: S101  the word list says which
        s = soort[j]
        verschil = min(wijs, 1)
        if s == HALF and soort[j + 1] == EENHEID and self.waarde[j + 1] == ("Y", 1, False):
            s, eenheid, tot = EENHEID, ("M", 6, False), j + 2
        else:
            eenheid, tot = self.waarde[j], j + 1
        if s == EENHEID:
            if lidwoord and (wijs == 2 or wijs == -1) and not eenheid[2] and eenheid[0] not in "HB":
                return self._lopend(wijs, 1, eenheid, tot)
            if soort[j] == HALF:
                helft = self.peil.year * 2 + (self.peil.month - 1) // 6 + verschil
                return Kern(kalender.halfjaar_van, (helft % 2 + 1,), helft // 2, P_HALFJAAR, tot)
            kern = self.dit(verschil, j)
            if kern is not None and kern.precisie == P_WEEK and soort[kern.tot] == WEEKDAG:
                dag = kern.args[0] + timedelta(days=self.waarde[kern.tot] - 1)
                return self._vast(dag, dag, P_DAG, kern.tot + 1, "dag")
            return kern
        if s in (GETAL, EEN) and soort[j + 1] == EENHEID and (wijs == 2 or wijs == -1):
            return self._lopend(wijs, self.waarde[j], self.waarde[j + 1], j + 2)
        if s == WEEKDAG:
            dag = self.peil + timedelta(days=self.waarde[j] - self.peil.isoweekday())
            if wijs == 1 or (wijs == 2 and dag <= self.peil):
                dag += timedelta(days=7)
            elif wijs == -1 and dag >= self.peil:
                dag -= timedelta(days=7)
            return self._vast(dag, dag, P_DAG, tot, "dag")
        if s in (SEIZOEN, MAAND, FEEST, RECES):
            return self._wijs(self.kern(j), wijs)
        if s == RANG and soort[j + 1] in (EENHEID, HELFT):
            return None
        return None

    def _wijs(self, kern: Kern | None, wijs: int) -> Kern | None:
        """The season, month or feast of this year, of the next, the first to start, or the last that is over."""
        if kern is None or kern.jaar is not None:
            return kern
        peil = self.peil
        if wijs == -1:
            kern.vorige = True
            begin, einde = self.plaats(kern)
        elif wijs == 2:
            begin, einde = self.plaats(kern, begint_na=True)
        elif kern.functie is kalender.seizoen_van and kern.args[0] == WINTER:
            begin, einde = self.plaats(kern)
            if wijs == 1:
                begin, einde = kern.functie(begin.year + 1, *kern.args)
        else:
            try:
                begin, einde = kern.functie(peil.year + wijs, *kern.args)
            except (ValueError, OverflowError):
                raise OnmogelijkError(kern.tot) from None
        return Kern(vast, (begin, einde), 0, kern.precisie, kern.tot, kern.hele, kern.soort)

    def _lopend(self, wijs: int, aantal: float, eenheid: tuple[str, int, bool], tot: int) -> Kern | None:
        """ "Het komende jaar", "de komende drie maanden": days from the reference date on, "afgelopen" before it."""
        letter, per, _ = eenheid
        if letter in "HB" or aantal != int(aantal) or not 1 <= aantal <= 999:
            return None
        peil = self.peil
        maanden = int(aantal) * per * {"Y": 12, "M": 1}.get(letter, 0)
        dagen = timedelta(days=int(aantal) * {"W": 7, "D": 1}.get(letter, 0))
        precisie = EENHEID_PRECISIE[letter, per]
        if wijs == -1:
            return self._vast(kalender.tel_maanden(peil, -maanden) - dagen, peil - kalender.DAG, precisie, tot)
        return self._vast(peil, kalender.tel_maanden(peil, maanden) + dagen - kalender.DAG, precisie, tot)

    def _weekdag(self, i: int) -> Kern | None:
        """ "Maandag 3 juni": the date counts, also when the weekday is another. "Vrijdag": the first one from today."""
        soort, j = self.soort, i + 1
        if soort[j] in (KOMMA, HAAK_OPEN):
            j += 1
        if soort[j] == LIDWOORD:
            j += 1
        if soort[j] in (GETAL, RANG, DATUM, TWEETAL):
            dag = self.kern(j)
            return dag if dag is not None and dag.soort == "dag" else None
        j = i + 2 if soort[i + 1] == VAN else i + 1
        if soort[j] == WIJZER and soort[j + 1] == EENHEID and self.waarde[j + 1][0] == "W":
            week = self._wijzer(j)
            if week is not None and week.precisie == P_WEEK:
                dag_op = week.args[0] + timedelta(days=self.waarde[i] - 1)
                return self._vast(dag_op, dag_op, P_DAG, week.tot, "dag")
        dag_op = self.peil + timedelta(days=(self.waarde[i] - self.peil.isoweekday()) % 7)
        tot = i + 1
        if soort[tot] == JL:
            dag_op -= timedelta(days=7)
            tot += 1
        elif soort[tot] == AANSTAANDE:
            dag_op += timedelta(days=7 if dag_op == self.peil else 0)
            tot += 1
        return self._vast(dag_op, dag_op, P_DAG, tot, "weekdag")


_LEZERS: dict[int, Callable[[Ontleder, int], Kern | None]] = {
    LIDWOORD: Ontleder._lidwoord,
    DATUM: Ontleder._datum,
    MAAND_VAN_JAAR: Ontleder._maand_van_jaar,
    GETAL: Ontleder._getal,
    TWEETAL: Ontleder._tweetal,
    RANG: Ontleder._rang,
    ROMEINS: Ontleder._romeins,
    JAAR: Ontleder._jaar,
    JAARREEKS: Ontleder._jaarreeks,
    KWARTAALCODE: Ontleder._code,
    HALFJAARCODE: Ontleder._code,
    MAAND: Ontleder._maand,
    SEIZOEN: Ontleder._seizoen,
    RECES: Ontleder.reces,
    FEEST: Ontleder._feest,
    DAGNU: Ontleder._dagnu,
    SCHOOLJAAR: Ontleder._schooljaar,
    ULTIMO: Ontleder._ultimo,
    HALF: Ontleder._half,
    DEEL: Ontleder._deel,
    EENHEID: Ontleder._eenheid,
    WIJZER: Ontleder._wijzer,
    WEEKCODE: Ontleder._weekcode,
    WEEKDAG: Ontleder._weekdag,
}

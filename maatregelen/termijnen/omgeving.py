"""What stands around a moment: how it is meant, the paper it dates, the event that decides it, words without a day."""

from dataclasses import dataclass
from datetime import date

from maatregelen.models import Precisie
from maatregelen.termijnen.lengtes import Duurlezer
from maatregelen.termijnen.lezing import VAAG, Lezing
from maatregelen.termijnen.vaagheden import UITDRUKKINGEN, VOORWOORDEN, langste
from maatregelen.termijnen.waarden import P_DAG, P_MAAND, P_VAAG, W_OP, W_TOT, W_UITERLIJK, W_VANAF, W_VOOR
from maatregelen.termijnen.woorden import (
    DEEL,
    DOCUMENT,
    DUBBELPUNT,
    EEN,
    EINDE,
    ELK,
    GEEN,
    HAAK_DICHT,
    HAAK_OPEN,
    KOMMA,
    LIDWOORD,
    PUNT,
    R_BIJ,
    R_BINNEN,
    R_IN,
    R_NA,
    R_OP,
    R_OVER,
    R_PER,
    R_ROND,
    R_TM,
    R_TOT,
    R_UITERLIJK,
    R_UITERLIJK_OVER,
    R_VANAF,
    R_VOOR,
    R_ZODRA,
    RANG,
    RECES,
    RELATIE,
    RITME,
    SCHOOLJAAR,
    TM,
    VAN,
    WIJZER,
    WOORD,
)

# How much a reading says; the one that says most counts.
NIETS, ZWAK, VAAG_GEKEND, LENGTE, GEBEURTENIS, DAGEN, GRENS, HERHAALD = 0, 5, 10, 20, 30, 40, 50, 100


_TUSSENWOORDEN = frozenset(("is", ":", "=", "al", "nog", "direct", "vlak", "kort", "meteen", "zijnde", "-"))
_BIJ_GEBEURTENIS = {
    R_VOOR: W_VOOR,
    R_UITERLIJK: W_UITERLIJK,
    R_TOT: W_TOT,
    R_TM: W_TOT,
    R_VANAF: W_VANAF,
    R_PER: W_VANAF,
    R_NA: W_VANAF,
    R_ZODRA: W_VANAF,
    R_BINNEN: W_UITERLIJK,
    R_BIJ: W_OP,
}
_GEBEURTENISSEN = frozenset(
    [
        "inwerkingtreding",
        "invoering",
        "aanvang",
        "publicatie",
        "bekendmaking",
        "ontvangst",
        "vaststelling",
        "afronding",
        "besluitvorming",
        "beeindiging",
        "verlening",
        "ondertekening",
        "instemming",
        "plaatsing",
        "bekrachtiging",
        "dagtekening",
        "parafering",
        "oplevering",
        "indiening",
    ]
)
# Words that can name an event.
_KOPPEN = frozenset((WOORD, DOCUMENT, RITME, SCHOOLJAAR, RECES))
# What an earlier word before a moment becomes when another follows: "uiterlijk in juni" is uiterlijk.
_SAMEN = {
    (R_UITERLIJK, R_OP): R_UITERLIJK, (R_UITERLIJK, R_IN): R_UITERLIJK, (R_UITERLIJK, R_PER): R_UITERLIJK,
    (R_UITERLIJK, R_ROND): R_UITERLIJK, (R_UITERLIJK, R_OVER): R_UITERLIJK_OVER, (R_UITERLIJK, R_VANAF): R_VANAF,
    (R_VOOR, R_IN): R_VOOR, (R_VOOR, R_OP): R_VOOR, (R_TOT, R_IN): R_TOT, (R_TM, R_IN): R_TM, (R_TM, R_OP): R_TM,
    (R_VANAF, R_IN): R_VANAF, (R_VANAF, R_OP): R_VANAF, (R_VANAF, R_PER): R_VANAF, (R_VANAF, R_ROND): R_VANAF,
    (R_PER, R_UITERLIJK): R_UITERLIJK, (R_PER, R_IN): R_PER, (R_BINNEN, R_ROND): R_BINNEN, (R_ROND, R_IN): R_ROND,
    (R_ROND, R_OP): R_ROND, (R_NA, R_IN): R_NA, (R_VOOR, R_ROND): R_VOOR, (R_TOT, R_UITERLIJK): R_UITERLIJK,
}  # fmt: skip


@dataclass(slots=True)
class Treffer:
    """A moment at places `i` up to `tot` of the words, and what a running text needs to know of it.

    `laatste` is the last day of what was named, which for "vanaf 2018" lies beyond its first; `met_jaar` tells whether
    the words fix the year; `in_tekst` is false for what only a field means as a termijn.
    """

    i: int
    tot: int
    lezing: Lezing
    rang: int
    relatie: int = GEEN
    laatste: date | None = None
    precisie: Precisie = P_VAAG
    in_tekst: bool = True
    soort: str = ""
    met_jaar: bool = True


class Contextlezer(Duurlezer):
    """Reads what stands around a moment."""

    __slots__ = ()

    # -- before a moment ------------------------------------------------------------------------------------------

    def relatie(self, i: int) -> tuple[int, int]:
        """How the moment is meant by the words at place `i`, and the place after those; at most four of them."""
        uit = GEEN
        soort, woord = self.soort, self.woord
        for _ in range(4):
            code, j = GEEN, i
            tak = VOORWOORDEN.get(woord[i])
            if tak is not None:
                gevonden = langste(tak, woord, i + 1)
                if gevonden[0] is not None:
                    code, j = gevonden[0], gevonden[1]
            if code == GEEN:
                s = soort[i]
                if s == RELATIE:
                    code, j = self.waarde[i], i + 1
                elif s == TM:
                    code, j = R_TM, i + 1
                elif uit != GEEN and s != EINDE and (woord[i] in _TUSSENWOORDEN):
                    i += 1
                    continue
                else:
                    break
            uit = _SAMEN.get((uit, code), code)
            i = j
        return uit, i

    def is_document(self, i: int) -> bool:
        """Whether a law, letter or motion stands just before: its date says when that was, not by when something is."""
        soort = self.soort
        for k in range(i - 1, max(i - 5, -1), -1):
            s = soort[k]
            if s == DOCUMENT:
                return (
                    self.woord[i] not in ("voor", "uiterlijk", "vanaf", "binnen", "in", "per") or self.woord[k] == "dd"
                )
            if s not in (WOORD, VAN, LIDWOORD, PUNT) or (s == PUNT and self.woord[k - 1] != "dd"):
                return False
            if s == WOORD and k < i - 2:
                return False
        return False

    def sla_over(self, i: int) -> Treffer | None:
        """Passes over the date of a paper."""
        kern = self.kern(i)
        if kern is None or kern.precisie not in (P_DAG, P_MAAND):
            return None
        return Treffer(i, kern.tot, VAAG, NIETS)

    # -- events and vague words -----------------------------------------------------------------------------------

    def gebeurtenis(self, i: int) -> tuple[str, int, date | None]:
        """The words of the event at place `i`, the place after it, and its day when those words name one.

        In a field it runs to the end or the first comma; in a running text it is one word, with what it is "van".
        """
        soort, woord, rij = self.soort, self.woord, self.rij
        begin = i
        tot = i + 1 if soort[i] == LIDWOORD else i
        dag_op = None
        if self.ruim:
            grens = min(len(rij), i + 30)
            while tot < grens and soort[tot] not in (KOMMA, PUNT, HAAK_OPEN, HAAK_DICHT, DUBBELPUNT):
                if dag_op is None and tot > begin:
                    kern = self.kern(tot)
                    if kern is not None and kern.precisie == P_DAG and kern.soort == "dag":
                        dag_op, tot = self.plaats(kern)[1], kern.tot
                        continue
                tot += 1
        elif soort[tot] == DEEL and soort[tot + 1] == VAN:
            # "Het begin van de eerste fase": what begins is the event.
            j = tot + 3 if soort[tot + 2] in (LIDWOORD, EEN) else tot + 2
            j += soort[j] == RANG
            tot = j + 1 if soort[j] in _KOPPEN else tot
        elif soort[tot] in (RECES, SCHOOLJAAR):
            tot += 1
        elif soort[tot] == WOORD and len(woord[tot]) > 2:
            tot += 1
            if soort[tot] == VAN:
                j = tot + 2 if soort[tot + 1] == LIDWOORD else tot + 1
                if soort[j] in (WOORD, DOCUMENT):
                    tot = j + 1
        if tot == begin or not any(soort[k] in _KOPPEN for k in range(begin, tot)):
            return "", begin, None
        return " ".join(rij.tekst[rij.van[begin] : rij.tot[tot - 1]].split()), tot, dag_op

    def bij_gebeurtenis(self, i: int, relatie: int, j: int) -> Treffer | None:
        """ "Na inwerkingtreding", "voor invoering", "binnen de taakstellingsperiode": a moment that another decides."""
        hoe = _BIJ_GEBEURTENIS.get(relatie)
        if hoe is None or self.soort[j] in (EINDE, RELATIE, ELK):
            return None
        k = j + 1 if self.soort[j] == LIDWOORD else j
        kop = self.woord[k]
        bekend = kop in _GEBEURTENISSEN or (relatie == R_BINNEN and kop.endswith(("periode", "termijn")))
        if not (self.ruim or bekend) or self.soort[k] not in (WOORD, DOCUMENT, WIJZER):
            return None
        woorden, tot, dag_op = self.gebeurtenis(j)
        if not woorden:
            return None
        if dag_op is not None:
            return None
        lezing = Lezing(None, None, P_VAAG, hoe, "", "", woorden)
        return Treffer(i, tot, lezing, ZWAK + 10 * bekend, relatie, None, P_VAAG)

    def vaag(self, i: int) -> Treffer | None:
        """The known vague expression that starts at place `i`."""
        tak = UITDRUKKINGEN.get(self.woord[i])
        if tak is None:
            return None
        gevonden = langste(tak, self.woord, i + 1)
        uitdrukking, tot = gevonden
        if uitdrukking is None or not (self.ruim or uitdrukking.in_tekst):
            return None
        if self.soort[tot - 1] == RECES:
            # Of another year than is known: that year belongs to it, and is no moment by itself.
            tot = self.jaar_achter(tot)[1]
        return Treffer(i, tot, uitdrukking.lezing, VAAG_GEKEND)

"""Words and a reference date in, one reading out.

What the specification of the words leaves open is decided as a careful official would:

- A moment without a year is the first of which the last day is not past: on 1 April "voor 1 april" is next year's.
- "Het komende jaar" and "de komende drie maanden" count in days from the reference date; "komend jaar" is the next
  calendar year.
- "Voor" and "tot" a part of a unit stop before it starts, but "voor eind juni", "tot het einde van het jaar" and
  "uiterlijk eind 2026" last as long as the unit.
- "Rond 1 juli" is a week on either side. "Tegen" is read as "voor". "Over twee weken" is that week, "over drie maanden"
  that month, "uiterlijk over" and "binnen" end on the day itself. Working days skip weekends and Dutch holidays.
- "A of B", "A/B" and "A-B" last from the first to the last. Of several moments in one text the limit counts ("juni,
  uiterlijk 1 juli"), else the latest, so that nothing is late too early; a start and a limit make one interval.
- A weekday beside a date does not change the date. "Volgende vrijdag" is that of next week.
- A recess other than the summer one has the days that were published for it; where none are known it is vague.
- "Na 6 jaar" is a length that has to pass first (vanaf), "na maximaal 14 weken" one that may (uiterlijk).
- What is not a moment stays vague: dates of laws and letters, numbers of papers, amounts. So does a day that does not
  exist. A rhythm that the calendar does not fix ("tweejaarlijks") keeps its length without a day.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import maatregelen.termijnen.kalender as kalender
from maatregelen.models import Relatie
from maatregelen.termijnen.lengtes import Duur
from maatregelen.termijnen.lezing import VAAG, Lezing
from maatregelen.termijnen.omgeving import (
    DAGEN,
    GEBEURTENIS,
    GRENS,
    HERHAALD,
    LENGTE,
    NIETS,
    ZWAK,
    Contextlezer,
    Treffer,
)
from maatregelen.termijnen.periodes import PER_MAAND, Interval, Kern, OnmogelijkError, vast
from maatregelen.termijnen.plaatsen import C_EN, C_OF, C_STREEP, C_TM, C_TOT
from maatregelen.termijnen.vaagheden import BEGINWOORDEN
from maatregelen.termijnen.waarden import (
    P_DAG,
    P_DUUR,
    P_JAAR,
    P_MAAND,
    P_PERIODE,
    P_SEIZOEN,
    P_VAAG,
    P_WEEK,
    W_BINNEN,
    W_IN,
    W_OP,
    W_TOT,
    W_TUSSEN,
    W_UITERLIJK,
    W_VANAF,
    W_VOOR,
)
from maatregelen.termijnen.woorden import (
    ANDERHALF,
    BEGINT_NIETS,
    DAGNU,
    DOCUMENT,
    DUBBELPUNT,
    EEN,
    EENHEID,
    EINDE,
    ELK,
    GEEN,
    GELEDEN,
    GETAL,
    HAAK_DICHT,
    HAAK_OPEN,
    HALF,
    JAAR,
    JAARREEKS,
    KEER,
    KOMMA,
    LIDWOORD,
    MATE,
    OM,
    PUNT,
    R_BINNEN,
    R_IN,
    R_NA,
    R_OP,
    R_OVER,
    R_PER,
    R_ROND,
    R_TM,
    R_TOT,
    R_TUSSEN,
    R_UITERLIJK,
    R_UITERLIJK_OVER,
    R_VANAF,
    R_VOOR,
    RELATIE,
    RITME,
    TWEETAL,
    VAN,
    VOORHEEN,
    WOORD,
    Woordenrij,
)

_LENGTE_BEGINT = frozenset((MATE, GETAL, EEN, HALF, ANDERHALF, TWEETAL, WOORD, RELATIE))
_VOOR_LENGTE = frozenset(
    (R_BINNEN, R_OVER, R_UITERLIJK_OVER, R_NA, R_VOOR, R_IN, R_TOT, R_UITERLIJK, R_VANAF),
)
_NAAMSTAARTEN = (
    "wet", "nota", "agenda", "akkoord", "programma", "plan", "regeling", "begroting", "strategie", "visie", "monitor",
    "raming", "rapport", "verkenning", "commissie", "fonds", "convenant", "pact", "richtlijn", "besluit", "trends",
)  # fmt: skip
_EINDIGEN = frozenset((KOMMA, PUNT, HAAK_OPEN, HAAK_DICHT, EINDE))


class Lezer(Contextlezer):
    """Reads whole termijnen: what stands before a moment, the moment or row, and what stands behind it."""

    __slots__ = ()

    def treffers(self) -> Iterator[Treffer]:
        """Every moment, in order, without overlap; one that cannot exist is passed over."""
        i, einde = 0, len(self.rij)
        soort, woord = self.soort, self.woord
        while i < einde:
            if soort[i] in BEGINT_NIETS and woord[i] not in BEGINWOORDEN:
                i += 1
                continue
            try:
                treffer = self.treffer(i)
            except OnmogelijkError as fout:
                vaag = self.vaag(i)
                if vaag is not None:  # a recess of which the days are not known
                    yield vaag
                    fout.tot = max(fout.tot, vaag.tot)
                i = max(fout.tot, i + 1)
                continue
            except (ValueError, OverflowError):
                # Beyond the first or last day of the calendar: the rest of these words makes no sense by itself.
                i += 1
                while soort[i] not in _EINDIGEN:
                    i += 1
                continue
            if treffer is None:
                i += 1
            else:
                if treffer.lezing is not VAAG:
                    yield treffer
                i = treffer.tot

    def treffer(self, i: int) -> Treffer | None:
        """The longest termijn that starts at place `i`."""
        s = self.soort[i]
        if s == DAGNU:
            # "Nu" and "nu voorlopig" name no day; "vanaf nu" and "uiterlijk vandaag" do.
            vaag = self.vaag(i)
            if vaag is not None:
                return vaag
        if s in (RITME, ELK, OM, KEER, GETAL, EEN) or (s == RELATIE and self.waarde[i] == R_PER):
            herhaald = self._herhaald(i)
            if herhaald is not None:
                return herhaald
        treffer = self._moment(i)
        if treffer is None or treffer.rang < LENGTE:
            vaag = self.vaag(i)
            if vaag is not None and (treffer is None or vaag.tot >= treffer.tot or treffer.rang <= ZWAK):
                treffer = vaag
        if treffer is not None and treffer.rang >= DAGEN:
            treffer = self._met_staart(treffer)
        return treffer

    # -- the moment -----------------------------------------------------------------------------------------------

    def _moment(self, i: int) -> Treffer | None:
        relatie, j = self.relatie(i)
        if relatie == GEEN:
            if self.soort[i] in _LENGTE_BEGINT:
                lengte = self._bij_lengte(i, relatie, i)
                if lengte is not None:
                    return lengte
            if self.soort[i] in (JAAR, JAARREEKS) and i and self._is_naam(i - 1):
                return Treffer(i, i + 1, VAAG, NIETS)
            if self.soort[i] == VAN:
                if self.is_document(i):
                    return self.sla_over(i + 1)
                j = i + 1
        elif relatie in _VOOR_LENGTE and (
            self.soort[j] in _LENGTE_BEGINT or (self.soort[j] == LIDWOORD and self.soort[j + 1] in _LENGTE_BEGINT)
        ):
            lengte = self._bij_lengte(i, relatie, j)
            if lengte is not None:
                return lengte
        if relatie == R_OVER:
            return None
        if i and self.is_document(i):
            return self.sla_over(j)
        gevonden = self._bereik(j, relatie)
        if (
            gevonden is not None
            and relatie == R_IN
            and gevonden[0].precisie == P_SEIZOEN
            and self.woord[j - 1] == "voor"
        ):
            # "Gepland voor 2026" is in that year, but "gepland voor de zomer" is before it.
            relatie = R_VOOR
            gevonden = self._bereik(j, relatie)
        if gevonden is None and relatie == R_IN and self.woord[j - 1] == "van" and self.soort[j + 1] == EENHEID:
            lopend = self.dit(0, j + 1)
            gevonden = (lopend, self.plaats(lopend), lopend.tot) if lopend is not None else None
        if gevonden is None:
            if self.soort[j] == LIDWOORD and relatie != GEEN and self.soort[j + 1] == RELATIE:
                return None
            return self.bij_gebeurtenis(i, relatie, j) if relatie != GEEN else None
        return self._leg_uit(i, relatie, *gevonden)

    def _is_naam(self, i: int) -> bool:
        """Whether the word before a year makes it part of a name: "Spreidingswet 2026", "Voorjaarsnota 2026"."""
        return self.soort[i] == DOCUMENT or (self.soort[i] == WOORD and self.woord[i].endswith(_NAAMSTAARTEN))

    def _bereik(self, i: int, relatie: int) -> tuple[Kern, Interval, int] | None:
        """The moment or row of two at place `i`: what was named, its days, and the place after it."""
        eerste = self.kern(i)
        if eerste is None:
            return None
        if eerste.functie in PER_MAAND:
            return eerste, self._plaats_bij(eerste, relatie), eerste.tot
        wijze, j = self.verbinding(eerste.tot)
        if wijze >= 0 and self._mag_samen(wijze, relatie, eerste):
            while self.soort[j] == RELATIE and self.waarde[j] in (R_IN, R_OP, R_UITERLIJK) and j < eerste.tot + 5:
                j += 1
            tweede = self.kern(j)
            if tweede is not None and self._past_bij(wijze, relatie, eerste, tweede):
                begin, einde = self._plaats_samen(eerste, tweede, wijze)
                jaar = None if eerste.jaar is None and tweede.jaar is None else 0
                reeks = Kern(vast, (begin, einde), jaar, P_PERIODE, tweede.tot, tweede.hele and P_PERIODE, "reeks")
                return reeks, (begin, einde), tweede.tot
        return eerste, self._plaats_bij(eerste, relatie), eerste.tot

    def _mag_samen(self, wijze: int, relatie: int, eerste: Kern) -> bool:
        if wijze == C_EN:
            return relatie == R_TUSSEN or eerste.precisie != P_DAG
        if wijze in (C_TM, C_TOT):
            return relatie not in (R_VOOR, R_TOT, R_TM, R_UITERLIJK, R_NA)
        return True

    def _past_bij(self, wijze: int, relatie: int, eerste: Kern, tweede: Kern) -> bool:
        if relatie == R_TUSSEN or wijze in (C_TM, C_TOT):
            return True
        if wijze == C_EN:
            return eerste.precisie == tweede.precisie
        return (eerste.precisie == P_DAG) == (tweede.precisie == P_DAG)

    def _plaats_bij(self, kern: Kern, relatie: int) -> Interval:
        """Places a moment so that what the relation makes of it is not past."""
        if kern.jaar is None and relatie in (R_VOOR, R_TOT) and kern.hele is None:
            if kern.soort == "reces":
                dag = self._grens_voor(kern)
                if dag >= self.peil:
                    return kern.functie(dag.year)
            return self.plaats(kern, begint_na=True)
        if (
            kern.soort in ("zomer", "reces")
            and kern.jaar is None
            and relatie == R_NA
            and self.peil.month in (9, 10, 11)
        ):
            return kern.functie(self.peil.year, *kern.args)
        return self.plaats(kern)

    def _grens_voor(self, kern: Kern) -> date:
        """The last day before the recess that is not past."""
        jaar = self.peil.year if kern.jaar is None else kern.jaar
        dag = kalender.laatste_dag_voor_reces(jaar)
        return kalender.laatste_dag_voor_reces(jaar + 1) if kern.jaar is None and dag < self.peil else dag

    def _plaats_samen(self, eerste: Kern, tweede: Kern, wijze: int) -> Interval:
        """From the first day of the first to the last of the second; a missing year is borrowed from the other."""
        if eerste.jaar is not None:
            begin, eind_eerste = self.plaats(eerste)
            begin_tweede, einde = self.plaats(tweede, vanaf=None if tweede.jaar is not None else begin)
        else:
            begin_tweede, einde = self.plaats(tweede)
            jaar = begin_tweede.year
            try:
                begin, eind_eerste = eerste.functie(jaar, *eerste.args)
                if begin > einde:
                    begin, eind_eerste = eerste.functie(jaar - 1, *eerste.args)
            except (ValueError, OverflowError):
                raise OnmogelijkError(tweede.tot) from None
        if tweede.soort == "nu":
            begin_tweede = einde = tweede.args[0]
        elif eerste.soort == "nu" and tweede.precisie == P_SEIZOEN and tweede.hele is None and begin_tweede > begin:
            einde = begin_tweede - kalender.DAG
        if wijze == C_TOT and tweede.hele is None:
            einde = begin_tweede - kalender.DAG
        if wijze in (C_OF, C_STREEP, C_EN):
            begin, einde = min(begin, begin_tweede), max(einde, eind_eerste)
        if einde < begin:
            raise OnmogelijkError(tweede.tot)
        return begin, einde

    def _leg_uit(self, i: int, relatie: int, kern: Kern, dagen: Interval, tot: int) -> Treffer:
        """What the relation makes of the days of the moment."""
        begin, einde = dagen
        precisie = kern.precisie
        laatste = einde
        rang = DAGEN
        if relatie in (R_VOOR, R_TOT):
            lezing = self._ervoor(kern, begin, einde, W_VOOR if relatie == R_VOOR else W_TOT)
            laatste, rang = lezing.einde or einde, GRENS
        elif relatie in (R_UITERLIJK, R_TM, R_BINNEN):
            hoe = W_TOT if relatie == R_TM else W_UITERLIJK
            lezing, rang = Lezing(None, einde, kern.hele or precisie, hoe), GRENS
        elif kern.soort == "reeks" and relatie != R_NA:
            lezing = Lezing(begin, einde, P_PERIODE, W_TUSSEN)
        elif relatie in (R_VANAF, R_PER):
            lezing = Lezing(begin, None, precisie, W_VANAF)
        elif relatie == R_NA and kern.soort in ("zomer", "reces"):
            laatste = date(begin.year, 11, 30)
            lezing = Lezing(date(begin.year, 9, 1), laatste, P_SEIZOEN, W_VANAF)
        elif relatie == R_NA:
            lezing = Lezing(einde + kalender.DAG, None, kern.hele or precisie, W_VANAF)
        elif relatie == R_TUSSEN:
            lezing = Lezing(begin, einde, P_PERIODE, W_TUSSEN)
        elif relatie == R_ROND and precisie == P_DAG:
            week = timedelta(days=7)
            laatste = einde + week
            lezing = Lezing(begin - week, laatste, P_PERIODE, W_IN)
        else:
            lezing = Lezing(begin, einde, precisie, W_OP if precisie == P_DAG else W_IN)
        if kern.herhaling:
            lezing, rang = replace(lezing, herhaling=kern.herhaling), rang + HERHAALD
        return Treffer(i, tot, lezing, rang, relatie, laatste, precisie, True, kern.soort, kern.jaar is not None)

    def _ervoor(self, kern: Kern, begin: date, einde: date, relatie: Relatie) -> Lezing:
        """The last day before it; before the end of a unit, its last day. Summer and recess name each other."""
        if kern.hele is not None:
            return Lezing(None, einde, kern.hele, relatie)
        if kern.soort == "zomer" or kern.soort == "reces":
            ander_jaar = kern.jaar if kern.functie is not vast else begin.year
            zomer = begin - kalender.DAG if kern.soort == "zomer" else self._voor_zomer(ander_jaar)
            reces = self._voor_reces(ander_jaar)
            eigen, ander = (zomer, reces) if kern.soort == "zomer" else (reces, zomer)
            return Lezing(
                None, eigen, P_SEIZOEN, relatie,
                alternatief=Lezing(None, ander, P_SEIZOEN, relatie),
            )  # fmt: skip
        return Lezing(None, begin - kalender.DAG, kern.precisie, relatie)

    def _voor_zomer(self, jaar: int | None) -> date:
        """The last day before summer: of that year, else the first that is not past."""
        peil = self.peil
        if jaar is None:
            jaar = peil.year if peil <= date(peil.year, 6, 20) else peil.year + 1
        return date(jaar, 6, 20)

    def _voor_reces(self, jaar: int | None) -> date:
        """The last day before the recess: of that year, else the first that is not past."""
        if jaar is not None:
            return kalender.laatste_dag_voor_reces(jaar)
        dag = kalender.laatste_dag_voor_reces(self.peil.year)
        return dag if dag >= self.peil else kalender.laatste_dag_voor_reces(self.peil.year + 1)

    def _met_staart(self, treffer: Treffer) -> Treffer:
        """ "31 december uiterlijk", "voor 1 mei, jaarlijks"."""
        j = treffer.tot + 1 if self.soort[treffer.tot] == KOMMA else treffer.tot
        s = self.soort[j]
        if s in (RITME, ELK, VAN):
            ritme = self.ritme(j + 1 if s == VAN else j)
            if ritme is not None and (ritme[1] >= len(self.rij) or self.soort[ritme[1]] in _EINDIGEN):
                treffer.lezing = replace(treffer.lezing, herhaling=ritme[0])
                treffer.tot, treffer.rang = ritme[1], treffer.rang + HERHAALD
        elif s == RELATIE and self.waarde[j] == R_UITERLIJK and self.soort[j + 1] in _EINDIGEN:
            lezing = treffer.lezing
            if treffer.relatie == GEEN and lezing.einde is not None and self.woord[j] == "uiterlijk":
                treffer.lezing = Lezing(None, lezing.einde, lezing.precisie, W_UITERLIJK)
                treffer.tot, treffer.rang, treffer.relatie = j + 1, GRENS, R_UITERLIJK
        return treffer

    # -- again and again ------------------------------------------------------------------------------------------

    def _herhaald(self, i: int) -> Treffer | None:
        """ "Jaarlijks voor 1 mei", "elk kwartaal", "elk voorjaar", "elke maandag"."""
        soort = self.soort
        ritme = self.ritme(i)
        if ritme is None:
            if soort[i] != ELK:
                return None
            kern = self.kern(i + 1)
            if kern is None or (kern.jaar is not None and kern.soort != "weekdag"):
                return None
            treffer = self._leg_uit(i, GEEN, kern, self._plaats_bij(kern, GEEN), kern.tot)
            iso = "P1W" if kern.soort == "weekdag" else "P1M" if kern.functie in PER_MAAND else "P1Y"
            treffer.lezing = replace(treffer.lezing, herhaling=iso)
            treffer.rang += HERHAALD
            return treffer
        iso, j = ritme
        k = j
        while soort[k] in (KOMMA, DUBBELPUNT) and k < j + 2:
            k += 1
        if iso[-1] in "MY" and soort[k] != EINDE:
            relatie, na = self.relatie(k)
            gevonden = self._bereik(na, relatie) if relatie not in (R_OVER, R_BINNEN) else None
            if gevonden is None and iso == "P1M" and (dag := self.maanddag(na)) is not None:
                gevonden = dag, self._plaats_bij(dag, relatie), dag.tot
            if gevonden is not None and gevonden[0].jaar in (None, 0):
                treffer = self._leg_uit(i, relatie, *gevonden)
                treffer.lezing = replace(treffer.lezing, herhaling=iso)
                treffer.rang += HERHAALD
                return treffer
        begin, einde, precisie = self.lopende_periode(iso)
        if self.woord[k : k + 3] == ["voor", "het", "eerst"]:
            relatie, na = self.relatie(k + 3)
            gevonden = self._bereik(na, relatie)
            if gevonden is not None:
                treffer = self._leg_uit(i, relatie, *gevonden)
                treffer.lezing = replace(treffer.lezing, herhaling=iso)
                treffer.rang += HERHAALD
                return treffer
        if soort[k] == HAAK_OPEN and self.woord[k + 1] == "eerstvolgende" and soort[k + 2] == DUBBELPUNT:
            # As it is written back: "elk halfjaar (eerstvolgende: t/m 30 juni 2025)".
            relatie, na = self.relatie(k + 3)
            gevonden = self._bereik(na, relatie)
            if gevonden is not None:
                treffer = self._leg_uit(i, relatie, *gevonden)
                if (treffer.lezing.begin, treffer.lezing.einde) != (begin, einde):
                    treffer.lezing = replace(treffer.lezing, herhaling=iso)
                    treffer.rang += HERHAALD
                    return treffer
        relatie_uit = W_OP if precisie in (P_DAG, P_VAAG) else W_IN
        lezing = Lezing(begin, einde, precisie, relatie_uit, iso)
        is_maat = soort[i] == RELATIE and self.woord[j - 1] not in ("kwartaal", "halfjaar")
        # A rhythm of which nobody said when it begins says less than the event that it follows.
        rang = LENGTE if einde is None else DAGEN + HERHAALD
        return Treffer(i, j, lezing, rang, GEEN, einde, precisie, not is_maat, "ritme")

    def _bij_lengte(self, i: int, relatie: int, j: int) -> Treffer | None:
        """A length at place `j` with the relation before it, and the event or moment behind it."""
        soort = self.soort
        mate = GEEN
        k = j
        if soort[k] == LIDWOORD and soort[k + 1] in (MATE, GETAL) and relatie != GEEN:
            k += 1
        if soort[k] == WOORD and self.woord[k] == "ten" and self.woord[k + 1] in ("hoogste", "minste"):
            mate, k = (R_UITERLIJK if self.woord[k + 1] == "hoogste" else R_VANAF), k + 2
        elif soort[k] == MATE:
            mate, k = self.waarde[k], k + 1
            if soort[k] == EENHEID or (
                self.woord[k] in ("termijn", "duur", "periode", "looptijd") and soort[k + 1] in (VAN, DUBBELPUNT)
            ):
                k += 2
        elif soort[k] == RELATIE and self.waarde[k] == R_ROND:
            k += 1
        duur = self.lengte(k)
        if duur is None:
            return None
        tot = duur.tot
        if soort[tot] == GELEDEN or self.woord[tot] == "terug":
            dag = self.terug(duur)
            return Treffer(i, tot + 1, Lezing(dag, dag, duur.precisie, W_OP), DAGEN, R_OP, dag, duur.precisie)
        if relatie in (GEEN, R_BINNEN, R_UITERLIJK, R_OP, R_TOT):
            waar, na = self.relatie(tot)
            achter = self._lengte_en_moment(i, duur, waar, na) if waar in (R_NA, R_VOOR, R_VANAF) else None
            if achter is not None:
                return achter
        if relatie in (R_BINNEN, R_UITERLIJK_OVER):
            einde = self.verder(duur)
            hoe = W_BINNEN if relatie == R_BINNEN else W_UITERLIJK
            return Treffer(i, tot, Lezing(None, einde, duur.precisie, hoe), GRENS, relatie, einde, duur.precisie)
        if relatie == R_OVER:
            return self._over(i, duur)
        if relatie == R_UITERLIJK:
            einde = self.verder(duur)
            return Treffer(
                i, tot, Lezing(None, einde, duur.precisie, W_UITERLIJK), GRENS, relatie, einde, duur.precisie
            )
        hoe_lang: Relatie | None = None
        if relatie == R_NA:
            hoe_lang = W_UITERLIJK if mate == R_UITERLIJK else W_VANAF
        elif relatie == R_VANAF:
            hoe_lang = W_VANAF
        lezing = Lezing(None, None, P_DUUR, hoe_lang, "", duur.iso)
        los = relatie == GEEN and mate == GEEN and soort[k] in (EEN, HALF)
        return Treffer(i, tot, lezing, LENGTE, relatie, None, P_DUUR, not los, "lengte")

    def _lengte_en_moment(self, i: int, duur: Duur, waar: int, j: int) -> Treffer | None:
        """ "Drie maanden na inwerkingtreding", "twee weken voor 1 juli", "zes weken na afloop van de zomer"."""
        terug = waar == R_VOOR
        gevonden = self._bereik(j, GEEN)
        if (
            gevonden is None
            and self.woord[j - 1] == "van"
            and self.soort[j] == LIDWOORD
            and self.soort[j + 1] == EENHEID
        ):
            # "Na het einde van het jaar": of the running one.
            lopend = self.dit(0, j + 1)
            gevonden = (lopend, self.plaats(lopend), lopend.tot) if lopend is not None else None
        if gevonden is not None and gevonden[0].soort != "weekdag":
            _kern, (begin, einde), tot = gevonden
            if terug:
                dag = kalender.reken(begin, "-" + duur.iso)
                return Treffer(
                    i, tot, Lezing(None, dag, duur.precisie, W_UITERLIJK), GRENS, R_UITERLIJK, dag, duur.precisie
                )
            dag = self.verder(duur, einde)
            return Treffer(i, tot, Lezing(None, dag, duur.precisie, W_BINNEN), GRENS, R_BINNEN, dag, duur.precisie)
        woorden, tot, dag_op = self.gebeurtenis(j)
        if not woorden:
            return None
        if dag_op is not None:
            dag = kalender.reken(dag_op, "-" + duur.iso) if terug else self.verder(duur, dag_op)
            hoe = W_UITERLIJK if terug else W_BINNEN
            return Treffer(i, tot, Lezing(None, dag, duur.precisie, hoe, "", "-" * terug + duur.iso, woorden), GRENS,
                           R_BINNEN, dag, duur.precisie)  # fmt: skip
        hoe = W_VOOR if terug else W_BINNEN
        lezing = Lezing(None, None, P_VAAG, hoe, "", "-" * terug + duur.iso, woorden)
        return Treffer(i, tot, lezing, GEBEURTENIS, R_BINNEN, None, P_VAAG)

    def _over(self, i: int, duur: Duur) -> Treffer:
        """ "Over twee weken": that week; "over drie maanden": that month; "over twee jaar": that year."""
        dag = self.verder(duur)
        precisie = duur.precisie
        if precisie == P_WEEK:
            begin = dag - timedelta(days=dag.weekday())
            einde = begin + timedelta(days=6)
        elif precisie == P_DAG:
            begin = einde = dag
        elif precisie == P_JAAR and duur.maanden % 12 == 0:
            begin, einde = kalender.jaar_van(dag.year)
        else:
            precisie = P_MAAND
            begin, einde = kalender.maand_van(dag.year, dag.month)
        hoe = W_OP if precisie == P_DAG else W_IN
        return Treffer(i, duur.tot, Lezing(begin, einde, precisie, hoe), DAGEN, R_OVER, einde, precisie)


def _sleutel(treffer: Treffer) -> tuple[int, date]:
    lezing = treffer.lezing
    return treffer.rang, lezing.einde or lezing.begin or date.min


def _beste(treffers: list[Treffer], rij: Woordenrij) -> Treffer:
    """The reading that counts: of the most telling ones the latest; a start and a limit together are one interval."""
    beste = max(treffers, key=_sleutel)
    if beste.rang == GRENS:
        starts = [
            treffer.lezing.begin
            for treffer in treffers
            if treffer.relatie in (R_VANAF, R_PER) and treffer.lezing.begin and treffer.lezing.einde is None
        ]
        einde = beste.lezing.einde
        if len(starts) == 1 and einde is not None and starts[0] <= einde:
            beste.lezing = Lezing(starts[0], einde, P_PERIODE, W_TUSSEN)
    return beste


def _lees(tekst: str, peildatum: date) -> Lezing | None:
    """The reading, or nothing when no word of it says anything about time."""
    rij = Woordenrij(tekst)
    gevonden = [
        treffer
        for treffer in Lezer(rij, peildatum, ruim=True).treffers()
        if treffer.i == 0 or rij.soort[treffer.i - 1] != VOORHEEN
    ]
    if not gevonden:
        return None
    return (gevonden[0] if len(gevonden) == 1 else _beste(gevonden, rij)).lezing


def lees(tekst: str, peildatum: date) -> Lezing:
    """What a termijn in Dutch words comes to on the reference date: any text has a reading, be it that it is vague."""
    return _lees(tekst, peildatum) or VAAG


def is_begrepen(tekst: str, peildatum: date) -> bool:
    """Whether the words say anything about time, be it vaguely; not for nonsense and for days that do not exist."""
    return _lees(tekst, peildatum) is not None

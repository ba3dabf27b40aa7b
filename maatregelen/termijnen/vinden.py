"""Moments in a running text, with their place.

A field holds one termijn; a text holds much that only looks like one. Left alone are: what is over on the reference
date; the dates of laws, letters, meetings and minutes ("van 3 juli"), of the letter itself ("Den Haag, 3 juli 2024"),
and numbers of papers; years in names and amounts ("Spreidingswet 2026", "2026 plekken", "begroting voor 2026"); ages;
rates ("per jaar"), habits ("elke dag") and lengths without a number; days that only set the tone ("nu", "morgen").
"""

import re
from datetime import date

from maatregelen.termijnen.lezen import Lezer
from maatregelen.termijnen.lezing import Vondst
from maatregelen.termijnen.omgeving import Treffer
from maatregelen.termijnen.waarden import P_DAG, P_HALFJAAR, P_JAAR, P_KWARTAAL, P_MAAND, P_VAAG
from maatregelen.termijnen.woorden import (
    DAGNU,
    DATUM,
    FEEST,
    GEEN,
    HALFJAARCODE,
    JAAR,
    JAARREEKS,
    KOMMA,
    KWARTAALCODE,
    LIDWOORD,
    MAAND,
    MAAND_VAN_JAAR,
    R_ROND,
    R_TOT,
    R_UITERLIJK,
    R_VANAF,
    R_VOOR,
    RANG,
    SEIZOEN,
    STREEP,
    VAN,
    WIJZER,
    WOORD,
    Woordenrij,
)

# What is set for a year, rather than before it: "begroting voor 2026".
_VOOR_EEN_JAAR = frozenset(
    [
        "begroting",
        "begrotingen",
        "budget",
        "budgetten",
        "middelen",
        "raming",
        "ramingen",
        "prognose",
        "prognoses",
        "taakstelling",
        "taakstellingen",
        "plan",
        "plannen",
        "agenda",
        "doel",
        "doelen",
        "doelstelling",
        "doelstellingen",
        "cijfers",
        "bedrag",
        "bedragen",
        "opgave",
        "planning",
        "programma",
        "bekostiging",
        "financiering",
        "dekking",
        "uitgaven",
        "inkomsten",
        "quotum",
        "quota",
        "streefcijfer",
        "streefcijfers",
        "richtgetal",
        "tarief",
        "tarieven",
        "norm",
        "normbedrag",
        "reservering",
        "huishoudboekje",
        "miljoen",
        "miljard",
        "euro",
    ]
)
_STEMPELS = frozenset(
    ["datum", "dagtekening", "verzenddatum", "geboortedatum", "geboren", "vergaderplaats", "briefdatum", "printdatum"]
)
_LEEFTIJD_VOOR = frozenset(
    ["onder", "boven", "ouder", "jonger", "leeftijd", "leeftijden", "vanaf", "tot", "beneden", "minderjarigen", "hun"]
)
_LEEFTIJD_ACHTER = frozenset(["oud", "oude", "ouder", "jonger", "jong"])
_GEEN_TERMIJN_ACHTER = frozenset(
    ["gevangenisstraf", "cel", "celstraf", "hechtenis", "ervaring", "werkervaring", "garantie"]
)
_PLAATS_EN_KOMMA = re.compile(r"\W*(?:['’]s-)?[A-Z][\w'’-]*(?:[ \t]+[A-Z][\w'’-]*){0,3},?\s*")
_BRIEFHOOFD = 60


def vind(tekst: str, peildatum: date) -> list[Vondst]:
    """The moments in a text, in order and without overlap; `tekst[van:tot]` is what was found, as it stands there."""
    rij = Woordenrij(tekst)
    uit = []
    for treffer in Lezer(rij, peildatum, ruim=False).treffers():
        if treffer.in_tekst and not _is_voorbij(treffer, peildatum) and not _is_anders_bedoeld(rij, treffer, peildatum):
            begin = treffer.i + 1 if rij.soort[treffer.i] == VAN and treffer.soort != "reeks" else treffer.i
            van, tot = rij.van[begin], rij.tot[treffer.tot - 1]
            uit.append(Vondst(tekst[van:tot], van, tot, treffer.lezing))
    return uit


def _is_voorbij(treffer: Treffer, peildatum: date) -> bool:
    """Whether the whole of what was named lies before the reference date."""
    return treffer.laatste is not None and treffer.laatste < peildatum and not treffer.lezing.herhaling


def _is_anders_bedoeld(rij: Woordenrij, treffer: Treffer, peildatum: date) -> bool:
    """Whether the words around it say that this is no moment by which, on which or from which something happens."""
    if treffer.precisie == P_VAAG:
        return False
    if treffer.soort == "lengte":
        return _is_leeftijd_of_maat(rij, treffer)
    if treffer.soort == "ritme":
        laatste = rij.woord[treffer.tot - 1]
        return laatste.endswith(("se", "kse")) or laatste.startswith(("dag", "week", "wekelijks")) or laatste == "uur"
    begin = treffer.i
    eerste = rij.soort[begin]
    if treffer.relatie == GEEN:
        return _is_los(rij, treffer, eerste, peildatum)
    soort = rij.soort[treffer.tot - 1]
    if rij.woord[begin] in ("sinds", "sedert"):
        return True
    if treffer.soort in ("nu", "weekdag"):
        return treffer.relatie not in (R_VOOR, R_UITERLIJK, R_VANAF) or treffer.soort == "nu"
    if soort == JAAR and treffer.precisie == P_JAAR:
        if treffer.relatie == R_ROND:
            return rij.woord[begin] not in ("rond", "omstreeks")
        return treffer.relatie == R_VOOR and begin > 0 and rij.woord[begin - 1] in _VOOR_EEN_JAAR
    if treffer.relatie == R_VOOR and begin > 0 and rij.woord[begin - 1] in _VOOR_EEN_JAAR:
        return treffer.precisie in (P_HALFJAAR, P_KWARTAAL)
    # "Voor Jan": a short name of a month needs a day or a year.
    return soort == MAAND and treffer.precisie == P_MAAND and _is_afkorting(rij, treffer.tot - 1)


def _is_afkorting(rij: Woordenrij, i: int) -> bool:
    return len(rij.woord[i]) <= 4 and rij.woord[i] not in ("mei", "juni", "juli")


def _is_los(rij: Woordenrij, treffer: Treffer, eerste: int, peildatum: date) -> bool:
    """A moment without a word before it that says how it is meant."""
    begin = treffer.i
    if treffer.lezing.herhaling:
        return False
    if treffer.soort == "reeks" and (treffer.met_jaar or eerste not in (MAAND, SEIZOEN)):
        return eerste in (JAAR, JAARREEKS)
    if eerste == DATUM and begin and rij.tot[begin - 1] == rij.van[begin]:
        # Part of an address or of a number.
        return True
    if eerste == VAN:
        # The date of a meeting or a paper; a half year that something is set for is one.
        return treffer.precisie != P_HALFJAAR
    if eerste == DAGNU or treffer.soort in ("nu", "weekdag"):
        return True
    if (eerste == JAAR and treffer.precisie == P_JAAR) or eerste in (JAARREEKS, MAAND_VAN_JAAR):
        return True
    if treffer.precisie == P_DAG and treffer.met_jaar and eerste != WIJZER:
        return _is_stempel(rij, treffer, peildatum)
    if treffer.met_jaar:
        return False
    kop = rij.soort[begin + 1] if eerste == LIDWOORD else eerste
    if kop in (HALFJAARCODE, KWARTAALCODE):
        return rij.woord[begin] != "q"
    return kop in (MAAND, SEIZOEN) or (kop == FEEST and rij.woord[treffer.tot - 1] != "prinsjesdag")


def _is_stempel(rij: Woordenrij, treffer: Treffer, peildatum: date) -> bool:
    """Whether a bare date is that of the letter: behind "Datum" or a place name, or the reference date itself."""
    begin = treffer.i
    if begin == 0 and treffer.tot == len(rij):
        return False
    k = begin - 1
    while k >= 0 and rij.soort[k] not in (WOORD, KOMMA) and k > begin - 3:
        k -= 1
    if k >= 0 and rij.woord[k] in _STEMPELS:
        return True
    if treffer.lezing.einde == peildatum:
        return True
    van = rij.van[begin]
    regel = rij.tekst[max(0, van - _BRIEFHOOFD) : van].rsplit("\n", 1)[-1]
    return begin > 0 and rij.soort[begin - 1] == KOMMA and _PLAATS_EN_KOMMA.fullmatch(regel) is not None


def _is_leeftijd_of_maat(rij: Woordenrij, treffer: Treffer) -> bool:
    """Whether a length is an age, a threshold or a stretch of the past, rather than how long something lasts."""
    begin, tot = treffer.i, treffer.tot
    voor = rij.woord[begin - 1] if begin else ""
    if "H" in treffer.lezing.duur or rij.woord[tot] in _GEEN_TERMIJN_ACHTER or voor == "dan":
        return True
    if begin and rij.soort[begin - 1] in (RANG, WIJZER):
        return True
    if rij.soort[tot] == STREEP and rij.tot[tot - 1] == rij.van[tot]:
        # Part of a name: "24-weken-eis".
        return True
    if treffer.lezing.duur.endswith("Y"):
        if treffer.relatie in (R_TOT, R_VANAF) or voor in _LEEFTIJD_VOOR or rij.woord[tot] in _LEEFTIJD_ACHTER:
            return True
        if begin > 1 and rij.soort[begin - 1] == LIDWOORD and rij.woord[begin - 2] in _LEEFTIJD_VOOR:
            return True
        return rij.woord[tot] in ("en", "of") and rij.woord[tot + 1] in _LEEFTIJD_ACHTER
    return False

"""Expressions that are known and name no day, and words before a moment that are more than one word long.

Each is written once, with "(de)" where a word may be left out and "a|b" where either may stand.
"""

import itertools
import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import maatregelen.termijnen.woorden as woorden
from maatregelen.models import Precisie, Relatie
from maatregelen.termijnen.lezing import Lezing

Inhoud = TypeVar("Inhoud")


@dataclass(slots=True)
class Tak(Generic[Inhoud]):
    """Expressions that start with the same words: what those come to by themselves, and the words that may follow."""

    inhoud: Inhoud | None = None
    verder: "dict[str, Tak[Inhoud]]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Uitdrukking:
    """What an expression comes to, and whether it counts in a running text."""

    lezing: Lezing
    in_tekst: bool


_VAAG_OP = Lezing(None, None, Precisie.VAAG, Relatie.OP)
_VAAG_VANAF = Lezing(None, None, Precisie.VAAG, Relatie.VANAF)
_VAAG_VOOR = Lezing(None, None, Precisie.VAAG, Relatie.VOOR)
_VAAG_TOT = Lezing(None, None, Precisie.VAAG, Relatie.TOT)
_VAAG_BINNEN = Lezing(None, None, Precisie.VAAG, Relatie.BINNEN)
_LENGTE = Lezing(None, None, Precisie.DUUR, None)

_EENHEDEN = "dag|dagen|week|weken|maand|maanden|kwartaal|kwartalen|jaar|jaren|uur|uren"
_VOLGEND = "volgend|volgende|eerstvolgend|eerstvolgende|komend|komende|aankomend|aankomende"
_BESTUURSPERIODE = "kabinetsperiode|regeerperiode|collegeperiode|raadsperiode|bestuursperiode|zittingsperiode"
_BIJEENKOMST = (
    "lrt|regietafel|vergadering|overleg|bijeenkomst|kamerbrief|voortgangsbrief|voortgangsrapportage|debat|ministerraad|"
    "begroting|begrotingsronde|kabinet|kabinetsperiode|regeerperiode|collegeperiode|raadsperiode|zittingsperiode|ronde|fase|"
    "cyclus|verkiezingen|formatie|rapportage|monitor"
)
_IN_TEKST: tuple[tuple[Lezing, tuple[str, ...]], ...] = (
    (
        _VAAG_OP,
        (
            "op (zeer|heel) korte termijn",
            "op (de) kortst mogelijke termijn",
            "op (een) zo kort mogelijke termijn",
            "op afzienbare|redelijke termijn",
            "binnen|in afzienbare|korte tijd",
            "binnen afzienbare|korte termijn",
            "op de kortere termijn",
            "binnen de kortste keren",
            "te zijner tijd",
            "tzt",
            "zo spoedig|snel|vroeg|gauw mogelijk (moment)",
            "op een|het zo vroeg mogelijk moment",
            "zsm",
            "asap",
            "binnenkort",
            "per direct|omgaande|ommegaande",
            "onverwijld",
            "terstond",
            "met onmiddellijke ingang",
            "met spoed|urgentie",
            f"(in|binnen) (deze|de) (lopende|huidige) {_BESTUURSPERIODE}",
            f"(nog) (in) deze|de {_BESTUURSPERIODE}",
            "voor|bij|tijdens|na (de) begrotingsbehandeling|begrotingsbehandelingen",
            f"(in|op|tijdens|bij|voor|na) een|de|het {_VOLGEND}|latere {_BIJEENKOMST}",
            f"volgend|volgende|eerstvolgend|eerstvolgende {_BIJEENKOMST}",
            "(in|gedurende) de komende|aankomende periode|tijd|dagen|weken|maanden",
            "komende periode|tijd|weken|maanden",
            "op een later moment|tijdstip|stadium",
            "in een later stadium",
            "in de nasleep van de verkiezingen",
            "over|na enkele|enige|een|het (paar|aantal) dagen|weken|maanden",
            "nader te bepalen",
            "nog te bepalen",
            "ntb",
            "bij|in (de) voorjaarsnota|najaarsnota|voorjaarsbesluitvorming|miljoenennota",
            "voor|na|in|tijdens|tot (het) kerstreces|herfstreces|meireces|voorjaarsreces|krokusreces|reces",
        ),
    ),
    (
        _VAAG_VANAF,
        (
            "in de toekomst",
            "op (de) lange|langere|middellange termijn",
            "op termijn",
            "voor de lange|langere termijn",
            "(in|gedurende) de komende|aankomende jaren|decennia",
            "komende jaren",
            "voortaan",
            "tot nader order",
            "de periode na de rtb",
        ),
    ),
    (_VAAG_VOOR, ("voor die tijd", "voor dat moment", "voordien")),
    (_VAAG_BINNEN, (f"binnen enkele|enige|een|het (paar|aantal) {_EENHEDEN}",)),
    (
        _LENGTE,
        ("(voor) een beperkte|korte|bepaalde periode|tijd|duur", f"voor enkele|enige|een (paar|aantal) {_EENHEDEN}"),
    ),
)
_ALLEEN: tuple[tuple[Lezing, tuple[str, ...]], ...] = (
    (
        _VAAG_OP,
        (
            "spoedig",
            "spoedigst mogelijk",
            "snel",
            "direct",
            "meteen",
            "onmiddellijk",
            "urgent",
            "nu",
            "momenteel",
            "thans",
            "op dit moment",
            "later",
            "ooit",
            "doorlopend",
            "continu",
            "permanent",
            "structureel",
            "voortdurend",
            "lopend",
            "loopt",
            "loopt momenteel",
            "tijdig",
            "op tijd",
            "zodra mogelijk",
            "wanneer mogelijk",
            "onbekend",
            "nog onbekend",
            "(nog) niet bekend",
            "geen datum",
            "nog geen datum",
            "nvt",
            "pm",
            "tbd",
            "tba",
            "begrotingsbehandeling",
            "kabinetsperiode",
            "regeerperiode",
            "reces",
            "kerstreces",
            "krokusreces",
            "herfstreces",
            "meireces",
            "voorjaarsreces",
            "voorjaarsnota",
            "najaarsnota",
            "miljoenennota",
            "na (de) verkiezingen",
            "voor (de) verkiezingen",
            "in de nasleep van",
            "korte termijn",
            "in de loop der tijd",
            "ongoing",
            "met voorrang",
            "met prioriteit",
            "zo spoedig",
            "volgende keer",
            "de volgende keer",
            "vooralsnog niet",
            "nog nader te bepalen",
            "in overleg",
            "reguliere financiele besluitvormingsmomenten",
            "toekomstig meerjarig financieel kader",
        ),
    ),
    (
        _VAAG_VANAF,
        (
            "toekomst",
            "lange|langere|middellange termijn",
            "op (de) lange ( re ) termijn",
            "voorlopig",
            "nu voorlopig",
            "vooralsnog",
            "vanaf het begin",
            "direct aan het begin",
            "de periode na",
            "komende decennia",
        ),
    ),
    (_VAAG_TOT, ("tot nader bericht", "tot die tijd", "tot dan")),
    (
        _LENGTE,
        (
            "tijdelijk",
            f"enkele|enige|een (paar|aantal) {_EENHEDEN}",
            "beperkte|korte periode|tijd|duur",
            "voor korte tijd",
        ),
    ),
)

_VOOR_EEN_MOMENT: tuple[tuple[int, tuple[str, ...]], ...] = (
    (
        woorden.R_UITERLIJK,
        (
            "op zijn|z'n|zn|haar laatst",
            "op het laatst",
            "ten laatste",
            "niet later dan",
            "uiterste datum|termijn|dag",
            "voor of op",
            "op of voor",
            "tot en uiterlijk",
            "tot uiterlijk",
            "tot maximaal",
            "laatste dag is",
            "niet na",
        ),
    ),
    (
        woorden.R_VOOR,
        (
            "voorafgaand aan",
            "eerder dan",
            "voor (de|het) aanvang|start|begin van",
            "nog voor",
            "alvorens",
            "nog voor (de|het) aanvang|start|begin van",
        ),
    ),
    (woorden.R_TM, ("tot en met", "tot aan en met")),
    (woorden.R_TOT, ("tot aan",)),
    (
        woorden.R_PER,
        ("met ingang van|per|op", "met ingang vanaf", "in werking per|op|met", "te beginnen op|in|met|per|vanaf"),
    ),
    (
        woorden.R_VANAF,
        (
            "niet eerder dan",
            "niet voor",
            "op zijn|z'n|zn|haar vroegst",
            "op het vroegst",
            "te rekenen vanaf",
            "van af",
            "vroegst",
            "start op|in|per|vanaf",
            "met terugwerkende kracht vanaf|tot|per",
        ),
    ),
    (woorden.R_NA, ("na afloop|ommekomst|einde van", "na het einde|eind|verstrijken van", "later dan")),
    (
        woorden.R_IN,
        (
            "in de loop van",
            "in het verloop van",
            "in de periode (van)",
            "in de maand|maanden|week|weken",
            "in het jaar",
            "ergens in",
            "gepland|ingepland|voorzien|beoogd|geagendeerd voor",
            "voor de|een duur van",
            "voor een periode van",
            "met een looptijd van",
            "in de jaren",
            "gedurende de periode (van)",
            "voor de periode (van)",
            "over de periode (van)",
            "de periode (van)",
            "periode van",
            "periode",
            "loop van",
        ),
    ),
    (woorden.R_UITERLIJK_OVER, ("uiterlijk over",)),
)


def _varianten(patroon: str) -> list[tuple[str, ...]]:
    """Every way to say an expression."""
    keuzes = []
    for deel in patroon.split():
        optioneel = re.fullmatch(r"\((.*)\)", deel)
        woorden_ = (optioneel[1] if optioneel else deel).split("|")
        keuzes.append([*woorden_, *([""] if optioneel else [])])
    return [tuple(woord for woord in keuze if woord) for keuze in itertools.product(*keuzes)]


def _hang_in(boom: Tak[Inhoud], patroon: str, inhoud: Inhoud) -> None:
    """Gives every variant of an expression its place in the tree; what hangs there already stays."""
    for variant in _varianten(patroon):
        tak = boom
        for woord in variant:
            tak = tak.verder.setdefault(woord, Tak())
        if tak.inhoud is None:
            tak.inhoud = inhoud


def _uitdrukkingen() -> Tak[Uitdrukking]:
    boom: Tak[Uitdrukking] = Tak()
    for lijst, in_tekst in ((_IN_TEKST, True), (_ALLEEN, False)):
        for lezing, patronen in lijst:
            for patroon in patronen:
                _hang_in(boom, patroon, Uitdrukking(lezing, in_tekst))
    return boom


def _voorwoorden() -> Tak[int]:
    boom: Tak[int] = Tak()
    for relatie, patronen in _VOOR_EEN_MOMENT:
        for patroon in patronen:
            _hang_in(boom, patroon, relatie)
    return boom


def langste(tak: Tak[Inhoud], woorden_: list[str], i: int) -> tuple[Inhoud | None, int]:
    """What the longest expression behind a first word comes to, with the place after it; `i` is that of the second."""
    uit, tot = tak.inhoud, i
    while woorden_[i] in tak.verder:
        tak = tak.verder[woorden_[i]]
        i += 1
        if tak.inhoud is not None:
            uit, tot = tak.inhoud, i
    return uit, tot


UITDRUKKINGEN = _uitdrukkingen().verder
VOORWOORDEN = _voorwoorden().verder
# The words with which something of this room can begin.
BEGINWOORDEN = frozenset((*UITDRUKKINGEN, *VOORWOORDEN))

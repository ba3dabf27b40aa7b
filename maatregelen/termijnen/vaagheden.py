"""Expressions that are known and name no day, and words before a moment that are more than one word long.

Each is written once, with "(de)" where a word may be left out and "a|b" where either may stand.
"""

import itertools
import re
from dataclasses import dataclass

import maatregelen.termijnen.woorden as woorden
from maatregelen.models import Precisie, Relatie
from maatregelen.termijnen.lezing import Lezing


@dataclass(frozen=True, slots=True)
class Uitdrukking:
    """The words after the first, what they come to, and whether they count in a running text."""

    rest: tuple[str, ...]
    lezing: Lezing
    in_tekst: bool


_VAAG_OP = Lezing(None, None, Precisie.VAAG, Relatie.OP)
_VAAG_VANAF = Lezing(None, None, Precisie.VAAG, Relatie.VANAF)
_VAAG_VOOR = Lezing(None, None, Precisie.VAAG, Relatie.VOOR)
_VAAG_TOT = Lezing(None, None, Precisie.VAAG, Relatie.TOT)
_VAAG_BINNEN = Lezing(None, None, Precisie.VAAG, Relatie.BINNEN)
_LENGTE = Lezing(None, None, Precisie.DUUR, None)

_EENHEDEN = "dag|dagen|week|weken|maand|maanden|kwartaal|kwartalen|jaar|jaren|uur|uren"
_BIJEENKOMST = (
    "lrt|regietafel|vergadering|overleg|bijeenkomst|kamerbrief|voortgangsbrief|voortgangsrapportage|debat|ministerraad|"
    "begroting|begrotingsronde|kabinet|kabinetsperiode|regeerperiode|collegeperiode|raadsperiode|zittingsperiode|ronde|fase|"
    "cyclus|verkiezingen|formatie|rapportage|monitor"
)
_IN_TEKST: tuple[tuple[Lezing, tuple[str, ...]], ...] = (
    (
        _VAAG_OP,
        (
            "op (zeer|heel) korte termijn", "op (de) kortst mogelijke termijn", "op (een) zo kort mogelijke termijn",
            "op afzienbare|redelijke termijn", "binnen|in afzienbare|korte tijd", "binnen afzienbare|korte termijn",
            "op de kortere termijn",
            "binnen de kortste keren", "te zijner tijd", "tzt", "zo spoedig|snel|vroeg|gauw mogelijk (moment)",
            "op een|het zo vroeg mogelijk moment", "zsm", "asap", "binnenkort", "per direct|omgaande|ommegaande",
            "onverwijld", "terstond", "met onmiddellijke ingang", "met spoed|urgentie",
            "(in|binnen) (deze|de) (lopende|huidige) kabinetsperiode|regeerperiode|collegeperiode|raadsperiode",
            "(nog) (in) deze|de kabinetsperiode|regeerperiode|collegeperiode|raadsperiode|bestuursperiode|zittingsperiode",
            "voor|bij|tijdens|na (de) begrotingsbehandeling|begrotingsbehandelingen",
            "(in|op|tijdens|bij|voor|na) een|de|het volgend|volgende|eerstvolgend|eerstvolgende|komend|komende|aankomend|"
            f"aankomende|latere {_BIJEENKOMST}",
            f"volgend|volgende|eerstvolgend|eerstvolgende {_BIJEENKOMST}",
            "(in|gedurende) de komende|aankomende periode|tijd|dagen|weken|maanden", "komende periode|tijd|weken|maanden",
            "op een later moment|tijdstip|stadium", "in een later stadium", "in de nasleep van de verkiezingen",
            "over|na enkele|enige|een|het (paar|aantal) dagen|weken|maanden", "nader te bepalen", "nog te bepalen", "ntb",
            "bij|in (de) voorjaarsnota|najaarsnota|voorjaarsbesluitvorming|miljoenennota",
            "voor|na|in|tijdens|tot (het) kerstreces|herfstreces|meireces|voorjaarsreces|krokusreces|reces",
        ),
    ),
    (
        _VAAG_VANAF,
        (
            "in de toekomst", "op (de) lange|langere|middellange termijn", "op termijn", "voor de lange|langere termijn",
            "(in|gedurende) de komende|aankomende jaren|decennia", "komende jaren", "voortaan", "tot nader order",
            "de periode na de rtb",
        ),
    ),
    (_VAAG_VOOR, ("voor die tijd", "voor dat moment", "voordien")),
    (_VAAG_BINNEN, (f"binnen enkele|enige|een|het (paar|aantal) {_EENHEDEN}",)),
    (_LENGTE, ("(voor) een beperkte|korte|bepaalde periode|tijd|duur", f"voor enkele|enige|een (paar|aantal) {_EENHEDEN}")),
)  # fmt: skip
_ALLEEN: tuple[tuple[Lezing, tuple[str, ...]], ...] = (
    (
        _VAAG_OP,
        (
            "spoedig", "spoedigst mogelijk", "snel", "direct", "meteen", "onmiddellijk", "urgent", "nu", "momenteel", "thans",
            "op dit moment", "later", "ooit", "doorlopend", "continu", "permanent", "structureel", "voortdurend", "lopend",
            "loopt", "loopt momenteel", "tijdig", "op tijd", "zodra mogelijk", "wanneer mogelijk", "onbekend", "nog onbekend",
            "(nog) niet bekend", "geen datum", "nog geen datum", "nvt", "pm", "tbd", "tba", "begrotingsbehandeling",
            "kabinetsperiode", "regeerperiode", "reces", "kerstreces", "herfstreces", "meireces", "voorjaarsreces",
            "voorjaarsnota", "najaarsnota", "miljoenennota", "na (de) verkiezingen", "voor (de) verkiezingen",
            "in de nasleep van", "korte termijn", "in de loop der tijd", "ongoing", "met voorrang", "met prioriteit",
            "zo spoedig", "volgende keer", "de volgende keer", "vooralsnog niet", "nog nader te bepalen", "in overleg",
            "reguliere financiele besluitvormingsmomenten", "toekomstig meerjarig financieel kader",
        ),
    ),
    (
        _VAAG_VANAF,
        (
            "toekomst", "lange|langere|middellange termijn", "op (de) lange re termijn", "voorlopig", "nu voorlopig", "vooralsnog", "vanaf het begin",
            "direct aan het begin", "de periode na", "komende decennia", "vanaf nu",
        ),
    ),
    (_VAAG_TOT, ("tot nader bericht", "tot die tijd", "tot dan")),
    (
        _LENGTE,
        ("tijdelijk", f"enkele|enige|een (paar|aantal) {_EENHEDEN}", "beperkte|korte periode|tijd|duur", "voor korte tijd"),
    ),
)  # fmt: skip

_VOOR_EEN_MOMENT: tuple[tuple[int, tuple[str, ...]], ...] = (
    (woorden.R_UITERLIJK, (
        "op zijn|z'n|zn|haar laatst", "op het laatst", "ten laatste", "niet later dan", "uiterste datum|termijn|dag",
        "voor of op", "op of voor", "tot en uiterlijk", "tot uiterlijk", "tot maximaal", "laatste dag is", "niet na",
    )),
    (woorden.R_VOOR, (
        "voorafgaand aan", "eerder dan", "voor (de|het) aanvang|start|begin van", "nog voor", "alvorens",
        "nog voor (de|het) aanvang|start|begin van",
    )),
    (woorden.R_TM, ("tot en met", "tot aan en met")),
    (woorden.R_TOT, ("tot aan",)),
    (woorden.R_PER, ("met ingang van|per|op", "met ingang vanaf", "in werking per|op|met", "te beginnen op|in|met|per|vanaf")),
    (woorden.R_VANAF, (
        "niet eerder dan", "niet voor", "op zijn|z'n|zn|haar vroegst", "op het vroegst", "te rekenen vanaf", "van af",
        "vroegst", "start op|in|per|vanaf", "met terugwerkende kracht vanaf|tot|per",
    )),
    (woorden.R_NA, ("na afloop|ommekomst|einde van", "na het einde|eind|verstrijken van", "later dan")),
    (woorden.R_IN, (
        "in de loop van", "in het verloop van", "in de periode (van)", "in de maand|maanden|week|weken", "in het jaar",
        "ergens in", "in de jaren", "gedurende de periode (van)", "voor de periode (van)", "over de periode (van)",
        "de periode (van)", "periode van", "periode", "loop van",
    )),
    (woorden.R_UITERLIJK_OVER, ("uiterlijk over",)),
)  # fmt: skip


def _varianten(patroon: str) -> list[tuple[str, ...]]:
    """Every way to say an expression."""
    keuzes = []
    for deel in patroon.split():
        optioneel = re.fullmatch(r"\((.*)\)", deel)
        woorden_ = (optioneel[1] if optioneel else deel).split("|")
        keuzes.append([*woorden_, *([""] if optioneel else [])])
    return [tuple(woord for woord in keuze if woord) for keuze in itertools.product(*keuzes)]


def _index() -> dict[str, tuple[Uitdrukking, ...]]:
    """The expressions by their first word, longest first."""
    uit: dict[str, dict[tuple[str, ...], Uitdrukking]] = {}
    for lijst, in_tekst in ((_IN_TEKST, True), (_ALLEEN, False)):
        for lezing, patronen in lijst:
            for patroon in patronen:
                for variant in _varianten(patroon):
                    uit.setdefault(variant[0], {}).setdefault(variant[1:], Uitdrukking(variant[1:], lezing, in_tekst))
    return {
        eerste: tuple(sorted(soorten.values(), key=lambda uitdrukking: -len(uitdrukking.rest)))
        for eerste, soorten in uit.items()
    }


def _voorwoorden() -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """The relations of more than one word by their first word, longest first."""
    uit: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for relatie, patronen in _VOOR_EEN_MOMENT:
        for patroon in patronen:
            for variant in _varianten(patroon):
                uit.setdefault(variant[0], []).append((variant[1:], relatie))
    return {eerste: tuple(sorted(soorten, key=lambda paar: -len(paar[0]))) for eerste, soorten in uit.items()}


UITDRUKKINGEN = _index()
VOORWOORDEN = _voorwoorden()

"""The words of time, and a text as a row of them: each with its kind, value and place.

Capitals, accents, line breaks, hard spaces and hyphenation at a line end do not matter; one pass, without looking back.
"""

import re
import unicodedata
from itertools import count
from typing import Any

# Kinds of words. Plain numbers, because a reading compares them many times.
(
    EINDE, WOORD, TEKEN, GETAL, EEN, JAAR, JAARREEKS, TWEETAL, DATUM, OVERIG,
    RANG, ROMEINS, MAAND, SEIZOEN, EENHEID, HELFT, KWARTAALCODE, HALFJAARCODE, WEEKDAG, DEEL,
    ULTIMO, WIJZER, DAGNU, FEEST, RECES, RELATIE, VAN, EN, OF, TM,
    STREEP, SCHUIN, KOMMA, PUNT, DUBBELPUNT, HAAK_OPEN, HAAK_DICHT, LIDWOORD, ELK, RITME,
    KEER, OM, HALF, ANDERHALF, ENKELE, MATE, JL, AANSTAANDE, DOCUMENT, VERWIJZING,
    TELWOORD, MAAND_VAN_JAAR, LETTER, GELEDEN, SCHOOLJAAR, MUNT, WEEKCODE, VOORHEEN,
) = range(58)  # fmt: skip

# What no termijn begins with, unless an expression does with that very word.
BEGINT_NIETS = frozenset((
    EINDE, WOORD, TEKEN, OVERIG, EN, OF, STREEP, SCHUIN, KOMMA, PUNT, DUBBELPUNT, HAAK_OPEN, HAAK_DICHT, JL, AANSTAANDE,
    DOCUMENT, VERWIJZING, TELWOORD, LETTER, GELEDEN, MUNT, VOORHEEN, ENKELE,
))  # fmt: skip

# How a moment is meant, as the word before it says.
(
    GEEN, R_OP, R_IN, R_VOOR, R_UITERLIJK, R_TOT, R_TM, R_VANAF, R_PER, R_NA, R_BINNEN, R_OVER, R_TUSSEN, R_ROND,
    R_BIJ, R_ZODRA, R_UITERLIJK_OVER,
) = range(17)  # fmt: skip

MAANDNAMEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_EENLINGEN = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_TIENTALLEN = (
    (20, "twintig"),
    (30, "dertig"),
    (40, "veertig"),
    (50, "vijftig"),
    (60, "zestig"),
    (70, "zeventig"),
    (80, "tachtig"),
    (90, "negentig"),
)
_RANGWOORDEN = [
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
    "elfde",
    "twaalfde",
    "dertiende",
    "veertiende",
    "vijftiende",
    "zestiende",
    "zeventiende",
    "achttiende",
    "negentiende",
]


def _getallen() -> dict[str, int]:
    """Zero to a hundred in words, accents dropped."""
    uit = {woord: getal for getal, woord in enumerate(_EENLINGEN)}
    for tiental, naam in _TIENTALLEN:
        uit[naam] = tiental
        for getal in range(1, 10):
            uit[f"{_EENLINGEN[getal]}en{naam}"] = tiental + getal
    return uit | {"honderd": 100}


def _woordenlijst() -> dict[str, tuple[int, Any]]:
    uit: dict[str, tuple[int, Any]] = {}

    def voeg(soort: int, waarde: Any, woorden: str) -> None:
        for woord in woorden.split():
            uit[woord] = (soort, waarde)

    for woord, getal in _getallen().items():
        voeg(GETAL, getal, woord)
        if getal >= 20:
            voeg(RANG, getal, f"{woord}ste")
    for getal, woord in enumerate(_RANGWOORDEN, start=1):
        voeg(RANG, getal, woord)
    voeg(RANG, -1, "laatste")
    for getal, woord in ((2, "iie"), (3, "iiie"), (4, "ive")):
        voeg(RANG, getal, woord)
    voeg(EEN, 1, "een n eens")
    for getal, woord in enumerate(MAANDNAMEN, start=1):
        voeg(MAAND, getal, woord)
    for getal, kort in zip(
        count(1),
        ["jan", "feb|febr", "mrt", "apr", "-", "jun", "jul", "aug", "sep|sept", "okt|oct", "nov", "dec"],
        strict=False,
    ):
        voeg(MAAND, getal, kort.replace("|", " ").replace("-", ""))
    for getal, namen in enumerate(("voorjaar lente", "zomer", "najaar herfst", "winter")):
        voeg(SEIZOEN, getal, namen)
    # The value of a unit: its ISO letter, how many of those it is, and whether the word is plural.
    for letter, aantal, enkelvoud, meervoud in (
        ("D", 1, "dag", "dagen"),
        ("W", 1, "week wk", "weken weeken wkn"),
        ("M", 1, "maand mnd", "maanden mnden"),
        ("M", 3, "kwartaal kw", "kwartalen"),
        ("M", 6, "halfjaar", "halfjaren"),
        ("Y", 1, "jaar jr", "jaren"),
        ("H", 1, "uur", "uren"),
        ("B", 1, "werkdag", "werkdagen"),
        ("H", 24, "etmaal", "etmalen"),
    ):
        voeg(EENHEID, (letter, aantal, False), enkelvoud)
        voeg(EENHEID, (letter, aantal, True), meervoud)
    voeg(EENHEID, ("Y", 1, False), "kalenderjaar begrotingsjaar boekjaar jaareinde")
    voeg(EENHEID, ("W", 1, False), "kalenderweek weeknummer weeknr")
    voeg(EENHEID, ("M", 1, False), "kalendermaand")
    voeg(SCHOOLJAAR, 8, "schooljaar")
    voeg(SCHOOLJAAR, 9, "studiejaar collegejaar")
    voeg(HELFT, None, "helft")
    voeg(HALF, None, "half halve")
    voeg(ANDERHALF, None, "anderhalf anderhalve")
    voeg(ENKELE, None, "enkele paar aantal enige meerdere verschillende beperkte korte")
    for getal, namen in enumerate(
        ("maandag ma", "dinsdag di", "woensdag wo", "donderdag do", "vrijdag vr", "zaterdag za", "zondag zo"), start=1
    ):
        voeg(WEEKDAG, getal, namen.split()[0])
        voeg(WEEKDAG, getal, f"{namen.split()[0]}ochtend {namen.split()[0]}middag {namen.split()[0]}avond")
    voeg(DEEL, 0, "begin aanvang")
    voeg(DEEL, 1, "medio midden halverwege")
    voeg(DEEL, 2, "eind einde")
    voeg(ULTIMO, -1, "ultimo")
    voeg(ULTIMO, 1, "primo")
    voeg(WIJZER, 0, "dit deze lopend lopende huidig huidige")
    voeg(WIJZER, 1, "volgend volgende")
    voeg(WIJZER, 2, "komend komende aanstaand eerstkomende eerstvolgend eerstvolgende aankomend aankomende")
    voeg(WIJZER, -1, "vorig vorige afgelopen voorbije")
    voeg(DAGNU, 0, "vandaag heden nu")
    voeg(DAGNU, 1, "morgen")
    voeg(DAGNU, 2, "overmorgen")
    voeg(DAGNU, -1, "gisteren")
    voeg(FEEST, "prinsjesdag", "prinsjesdag")
    voeg(FEEST, "kerst", "kerst kerstmis kerstdagen kerstavond")
    voeg(FEEST, "pasen", "pasen")
    voeg(FEEST, "pinksteren", "pinksteren")
    voeg(FEEST, "hemelvaart", "hemelvaart hemelvaartsdag")
    voeg(FEEST, "koningsdag", "koningsdag")
    voeg(FEEST, "jaarwisseling", "jaarwisseling nieuwjaar nieuwjaarsdag")
    voeg(FEEST, "oudjaar", "oudjaar oudejaarsdag oudejaarsavond")
    voeg(RECES, "zomer", "zomerreces")
    for naam, namen in (("kerst", "kerstreces"), ("voorjaar", "voorjaarsreces krokusreces"), ("mei", "meireces"),
                        ("herfst", "herfstreces")):  # fmt: skip
        voeg(RECES, naam, namen)
    voeg(RELATIE, R_VOOR, "voor tegen")
    voeg(
        RELATIE,
        R_UITERLIJK,
        "uiterlijk uiterlijke deadline deadlines einddatum vervaldatum sluitingsdatum inleverdatum",
    )
    voeg(RELATIE, R_TOT, "tot")
    voeg(RELATIE, R_TM, "tm tem")
    voeg(RELATIE, R_VANAF, "vanaf ingaande miv sinds sedert startdatum ingangsdatum ingang")
    voeg(RELATIE, R_PER, "per")
    voeg(RELATIE, R_NA, "na")
    voeg(RELATIE, R_OP, "op")
    voeg(RELATIE, R_IN, "in tijdens gedurende")
    voeg(RELATIE, R_BINNEN, "binnen")
    voeg(RELATIE, R_OVER, "over")
    voeg(RELATIE, R_TUSSEN, "tussen")
    voeg(RELATIE, R_ROND, "rond rondom omstreeks circa ca ongeveer")
    voeg(RELATIE, R_BIJ, "bij")
    voeg(RELATIE, R_ZODRA, "zodra")
    voeg(VAN, None, "van vd")
    voeg(EN, None, "en")
    voeg(OF, None, "of a")
    voeg(LIDWOORD, None, "de het t den")
    voeg(ELK, None, "elk elke ieder iedere")
    for iso, woorden in (
        ("P1Y", "jaarlijks jaarlijkse"),
        ("P2Y", "tweejaarlijks tweejaarlijkse"),
        ("P3Y", "driejaarlijks driejaarlijkse"),
        ("P4Y", "vierjaarlijks vierjaarlijkse"),
        ("P5Y", "vijfjaarlijks vijfjaarlijkse"),
        ("P6M", "halfjaarlijks halfjaarlijkse zesmaandelijks"),
        ("P3M", "driemaandelijks driemaandelijkse kwartaallijks kwartaallijkse kwartaalsgewijs"),
        ("P4M", "viermaandelijks viermaandelijkse"),
        ("P2M", "tweemaandelijks tweemaandelijkse"),
        ("P1M", "maandelijks maandelijkse"),
        ("P1W", "wekelijks wekelijkse"),
        ("P2W", "tweewekelijks tweewekelijkse veertiendaags veertiendaagse"),
        ("P1D", "dagelijks dagelijkse"),
    ):
        voeg(RITME, iso, woorden)
    voeg(KEER, None, "keer maal x")
    for getal, woord in ((1, "eenmaal"), (2, "tweemaal"), (3, "driemaal"), (4, "viermaal")):
        voeg(KEER, getal, woord)
    voeg(OM, None, "om")
    voeg(MATE, R_UITERLIJK, "maximaal maximale max hooguit hoogstens")
    voeg(MATE, R_VANAF, "minimaal minimale min minstens")
    voeg(JL, None, "jl")
    voeg(AANSTAANDE, None, "as aanstaande")
    voeg(LETTER, "Q", "q")
    voeg(LETTER, "K", "k")
    voeg(LETTER, "H", "h")
    voeg(LETTER, "W", "w")
    voeg(GELEDEN, None, "geleden")
    voeg(MUNT, None, "eur euro")
    voeg(
        TELWOORD,
        None,
        "procent miljoen miljard miljarden duizend plekken plaatsen personen mensen asielzoekers woningen "
        "statushouders gemeenten banen meter km kilometer opvangplekken opvangplaatsen aanvragen leerlingen "
        "studenten fte bedden kinderen inwoners migranten arbeidsmigranten vluchtelingen ontheemden "
        "nareizigers zaken dossiers locaties stuks huishoudens werknemers vergunninghouders reacties bezwaren "
        "besluiten eenheden flexwoningen m2 punten",
    )
    voeg(
        DOCUMENT,
        None,
        "wet brief kamerbrief motie besluit verordening richtlijn regeling beschikking arrest uitspraak "
        "vonnis amendement convenant verdrag protocol kamervragen wetsvoorstel aanbiedingsbrief nota notitie "
        "rapport advies mededeling dd toezegging persbericht circulaire verslag notulen publicatie staatsblad "
        "staatscourant briefadvies",
    )
    voeg(
        VERWIJZING,
        None,
        "artikel artikelen art lid nr nrs nummer kamerstuk kamerstukken dossier stb stcrt trb pb tk ek eu eg "
        "vergaderjaar kenmerk referentie postbus tel telefoon fax bijlage hoofdstuk paragraaf par pagina pag "
        "blz tabel figuur versie zaaknummer ecli celex kst bladzijde onderdeel sub voetnoot noot isbn bsn kvk "
        "iban",
    )
    voeg(VOORHEEN, None, "voorheen oorspronkelijk was eerder")
    return uit


WOORDEN = _woordenlijst()
_AFKORTINGEN: dict[str, tuple[int, Any]] = {
    "t/m": (TM, None),
    "tm": (TM, None),
    "tem": (TM, None),
    "miv": (RELATIE, R_VANAF),
    "as": (AANSTAANDE, None),
    "jl": (JL, None),
    "dd": (DOCUMENT, None),
}
# After these a point belongs to the word, not to the sentence.
_MET_PUNT = frozenset(
    [
        "jan",
        "feb",
        "febr",
        "mrt",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "okt",
        "oct",
        "nov",
        "dec",
        "jl",
        "as",
        "nr",
        "nrs",
        "art",
        "max",
        "min",
        "mnd",
        "wk",
        "kw",
        "jr",
        "ca",
        "stb",
        "stcrt",
        "par",
        "pag",
        "blz",
        "tel",
        "uiterl",
    ]
)
_TEKENS = {
    "-": STREEP, "–": STREEP, "—": STREEP, "‐": STREEP, "‑": STREEP, "−": STREEP, "/": SCHUIN, ",": KOMMA, ".": PUNT,
    ":": DUBBELPUNT, "(": HAAK_OPEN, ")": HAAK_DICHT, "[": HAAK_OPEN, "]": HAAK_DICHT,
    "€": MUNT, "%": TELWOORD, "=": DUBBELPUNT,
    "&": EN, ";": PUNT, "!": PUNT, "?": PUNT,
}  # fmt: skip
_ROMEINS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_APOSTROF = frozenset("'’‘`´")
_STUK = re.compile(
    r"([tT]\s?/\s?[mM](?![^\W\d_])|[^\W\d_](?:\.[^\W\d_])+(?![^\W\d_])\.?)"
    r"|([^\W\d_]+(?:[\u0300-\u036f\u00ad\u200b'’]+[^\W\d_]+)*[\u0300-\u036f]*)"
    r"|([0-9]{1,2}(?:[sS][tT]|[dD])?[eE](?![^\W_])|(?<=[QKHWqkhw])[0-9]{1,2}(?![0-9])|[0-9]{1,4}(?:[-/.][0-9]{1,4}){2}(?![0-9])"
    r"|[0-9]+(?:[-/.,:\u2010-\u2014\u2212][0-9]+)*)"
    r"|([^\s\w\u00ad\u200b\u2060\ufeff])"
)
# "Voor 1 / november": a slash that stands where a line of the source ended.
_REGELBREUK = re.compile(
    r"(?<![0-9])([0-3]?[0-9]\s+)/(?=\s+(?:jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec))", re.IGNORECASE
)
_SCHEIDING = re.compile(r"[-/.,:\u2010-\u2014\u2212]")
_RANDTEKENS = str.maketrans("", "", "\u00ad\u200b'’")


def kaal(woord: str) -> str:
    """Lower case, without accents and without marks that only a printer sees."""
    woord = unicodedata.normalize("NFKD", woord.lower())
    return "".join(teken for teken in woord if not unicodedata.combining(teken)).translate(_RANDTEKENS)


class Woordenrij:
    """A text as words: kinds, values, plain spelling and positions, with a few empty places after the last."""

    __slots__ = ("soort", "tekst", "tot", "van", "waarde", "woord")

    def __init__(self, tekst: str) -> None:
        self.tekst = tekst
        soorten: list[int] = []
        waarden: list[Any] = []
        woorden: list[str] = []
        begin: list[int] = []
        eind: list[int] = []
        self.soort, self.waarde, self.woord, self.van, self.tot = soorten, waarden, woorden, begin, eind
        na_verwijzing = False
        vorig = EINDE
        if "/" in tekst:
            tekst = _REGELBREUK.sub(r"\1 ", tekst)
        for vondst in _STUK.finditer(tekst):
            stuk = vondst[0]
            van, tot = vondst.span()
            gekend = _LOS_VAN_ANDERE.get(stuk)
            if gekend is not None and not na_verwijzing and vorig not in _LET_OP_NA:
                vorig, waarde = gekend
                soorten.append(vorig)
                waarden.append(waarde)
                woorden.append(stuk)
                begin.append(van)
                eind.append(tot)
                continue
            groep = vondst.lastindex
            if groep == 2:
                gekend = WOORDEN.get(stuk)
                if gekend is None:
                    stuk = stuk.lower() if stuk.isascii() and "'" not in stuk else kaal(stuk)
                    gekend = WOORDEN.get(stuk)
                    if gekend is None:
                        romeins = _ROMEINS.get(tekst[van:tot]) if len(stuk) <= 3 else None
                        if romeins is not None:
                            gekend = (ROMEINS, romeins)
                        elif vorig == STREEP and self._plak_regeleinde(van, tot, stuk):
                            vorig = soorten[-1]
                            continue
                        else:
                            gekend = (WOORD, None)
                soort, waarde = gekend
                if soort == VERWIJZING:
                    na_verwijzing = True
                elif soort != ROMEINS:
                    na_verwijzing = False
                    if (soort in (TELWOORD, MUNT)) and vorig == JAAR:
                        soorten[-1] = OVERIG
                    elif vorig == STREEP and self._plak_regeleinde(van, tot, stuk):
                        vorig = soorten[-1]
                        continue
            elif groep == 3:
                soort, waarde = _BEKENDE_CIJFERS.get(stuk) or _cijfers(stuk)
                if soort == JAAR:
                    tot = van + 4
                if (
                    vorig == TEKEN
                    and woorden[-1] in _APOSTROF
                    and eind[-1] == van
                    and len(stuk) == 2
                    and soort == GETAL
                ):
                    soorten[-1], waarden[-1], woorden[-1], eind[-1], vorig = JAAR, 2000 + int(stuk), stuk, tot, JAAR
                    continue
                if na_verwijzing:
                    soort = OVERIG
                elif vorig == LETTER and soort in (GETAL, OVERIG) and (eind[-1] == van or woorden[-1] == "q"):
                    self._codeer(soort, waarde, tot)
                    vorig = soorten[-1]
                    continue
                elif vorig == MUNT:
                    soort = OVERIG
            elif groep == 4:
                soort, waarde = _TEKENS.get(stuk, TEKEN), None
                if soort == PUNT and stuk != ".":
                    na_verwijzing = False
                elif soort == PUNT and woorden and eind[-1] == van and woorden[-1] in _MET_PUNT:
                    eind[-1] = tot
                    continue
                if soort == TELWOORD and vorig == JAAR:
                    soorten[-1] = OVERIG
            else:
                stuk = "".join(stuk.lower().split()) if "/" in stuk else kaal(stuk).replace(".", "")
                soort, waarde = _AFKORTINGEN.get(stuk) or WOORDEN.get(stuk) or (WOORD, None)
                na_verwijzing = soort == VERWIJZING
            soorten.append(soort)
            waarden.append(waarde)
            woorden.append(stuk)
            begin.append(van)
            eind.append(tot)
            vorig = soort
        # A reading looks at most a few words ahead and never has to ask where the text ends.
        soorten += [EINDE] * 8
        waarden += [None] * 8
        woorden += [""] * 8

    def __len__(self) -> int:
        return len(self.van)

    def is_regelbegin(self, plaats: int) -> bool:
        """Whether a line starts here: a dash is then a bullet."""
        return plaats == 0 or "\n" in self.tekst[self.tot[plaats - 1] : self.van[plaats]]

    def _plak_regeleinde(self, van: int, tot: int, stuk: str) -> bool:
        """Joins "decem-" at a line end with the rest on the next line, when together they are a word of time."""
        woorden = self.woord
        if len(woorden) < 2 or self.tot[-2] != self.van[-1] or "\n" not in self.tekst[self.tot[-1] : van]:
            return False
        samen = woorden[-2] + stuk
        gekend = WOORDEN.get(samen)
        if gekend is None:
            return False
        for rij in (self.soort, self.waarde, woorden, self.van, self.tot):
            rij.pop()
        self.soort[-1], self.waarde[-1] = gekend
        woorden[-1], self.tot[-1] = samen, tot
        return True

    def _codeer(self, soort: int, waarde: Any, tot: int) -> None:
        """Turns a letter and its number into a quarter, a half or a week; an impossible one stays a number."""
        letter, getal = self.waarde[-1], waarde if soort == GETAL else 0
        self.soort[-1] = {"W": WEEKCODE, "H": HALFJAARCODE}.get(letter, KWARTAALCODE)
        self.waarde[-1] = getal
        self.tot[-1] = tot


# Days, months and years, as nearly every date has them.
_BEKENDE_CIJFERS: dict[str, tuple[int, Any]] = {
    **{str(getal): (GETAL, getal) for getal in range(1, 100)},
    **{f"{getal:02d}": (GETAL, getal) for getal in range(1, 10)},
    **{str(jaar): (JAAR, jaar) for jaar in range(1900, 2200)},
}

# Words, numbers and signs that mean the same whatever stands before them, except behind these kinds.
_LOS_VAN_ANDERE = {
    **{woord: gekend for woord, gekend in WOORDEN.items() if gekend[0] not in (VERWIJZING, TELWOORD, MUNT)},
    **_BEKENDE_CIJFERS,
    **{teken: (soort, None) for teken, soort in _TEKENS.items() if soort not in (PUNT, TELWOORD, MUNT)},
}
_LET_OP_NA = frozenset((STREEP, LETTER, MUNT, TEKEN))


def _cijfers(stuk: str) -> tuple[int, Any]:
    """What a row of digits with signs in between is: a number, a year, a date, a range, or nothing of time."""
    lengte = len(stuk)
    if lengte <= 4 and stuk.isdigit():
        getal = int(stuk)
        return (JAAR, getal) if 1900 <= getal <= 2199 and lengte == 4 else (GETAL, getal)
    if lengte > 10 or stuk.isdigit():
        return OVERIG, None
    if stuk[-1] in "eE":
        return RANG, int(stuk[: 2 if stuk[1].isdigit() else 1])
    delen = _SCHEIDING.split(stuk)
    teken = stuk[len(delen[0])]
    if len(delen) == 3 and teken in "-/.‐‑–" and teken == stuk[-1 - len(delen[2])]:
        return _datum(*delen)
    if len(delen) != 2 or teken == ":":
        return OVERIG, None
    links, rechts = delen
    if teken == ",":
        return (GETAL, int(links) + 0.5) if rechts == "5" and len(links) <= 3 else (OVERIG, None)
    if teken == ".":
        # "2017.5": a year at the end of a sentence with the number of its footnote.
        jaar = int(links) if len(links) == 4 and len(rechts) <= 2 else 0
        return (JAAR, jaar) if 1900 <= jaar <= 2199 else (OVERIG, None)
    a, b = int(links), int(rechts)
    if len(links) == 4:
        if not 1900 <= a <= 2199:
            return OVERIG, None
        if len(rechts) == 4:
            return (JAARREEKS, (a, b)) if 1900 <= b <= 2199 and a < b <= a + 60 else (OVERIG, None)
        if len(rechts) == 2 and 1 <= b <= 12:
            return (MAAND_VAN_JAAR, (a, b)) if teken != "/" or a % 100 + 1 != b else (JAARREEKS, (a, a + 1))
        return (JAARREEKS, (a, a - a % 100 + b)) if len(rechts) == 2 and b > a % 100 else (OVERIG, None)
    if len(links) <= 2 and len(rechts) <= 2:
        return TWEETAL, (a, b, teken)
    if len(links) <= 2 and len(rechts) == 4 and 1 <= a <= 12 and 1900 <= b <= 2199 and teken != ".":
        return MAAND_VAN_JAAR, (b, a)
    return OVERIG, None


def _datum(een: str, twee: str, drie: str) -> tuple[int, Any]:
    """Year-month-day or day-month-year; whether the day exists is asked when it is read."""
    if len(een) == 4 and len(twee) <= 2 and len(drie) <= 2:
        return DATUM, (int(een), int(twee), int(drie))
    if len(een) <= 2 and len(twee) <= 2 and len(drie) in (2, 4):
        return DATUM, (int(drie) + (2000 if len(drie) == 2 else 0), int(twee), int(een))
    return OVERIG, None

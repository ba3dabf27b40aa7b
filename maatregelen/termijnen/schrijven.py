"""Intervals and readings in good Dutch."""

import re
from datetime import date, timedelta

import maatregelen.termijnen.kalender as kalender
from maatregelen.models import Precisie, Relatie
from maatregelen.termijnen.lezing import Lezing

MAANDEN = (
    "", "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SEIZOENEN = ("voorjaar", "zomer", "najaar", "winter")
DELEN = ("begin", "medio", "eind")
WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_RANG = ("", "eerste", "tweede", "derde", "vierde")
_EENHEDEN = {
    "Y": ("jaar", "jaar"), "M": ("maand", "maanden"), "W": ("week", "weken"), "D": ("dag", "dagen"),
    "H": ("uur", "uur"),
}  # fmt: skip
_ELK = {
    "P1Y": "elk jaar", "P6M": "elk halfjaar", "P3M": "elk kwartaal", "P1M": "elke maand", "P1W": "elke week",
    "P1D": "elke dag",
}  # fmt: skip
# The word before a length, and before the event that a termijn hangs on; relations as they are stored.
_VOOR_DUUR = {"vanaf": "na", "uiterlijk": "na maximaal"}
_NA_GEBEURTENIS = {"vanaf": "vanaf", "op": "", "uiterlijk": "uiterlijk"}
_BIJ_GEBEURTENIS = {"vanaf": "na", "voor": "voor", "uiterlijk": "uiterlijk", "tot": "tot", "binnen": "binnen"}
_DELEN_VAN_DUUR = re.compile(r"([0-9]+)([YMWDH])")
_JAAR_ERBIJ = re.compile(r" (?:van )?[0-9]{4}$")
_LOS = re.compile(r"^(?:[a-z]+ helft|[a-z]+ kwartaal|voorjaar|zomer|najaar|winter|[a-z]+)(?= |$)")


def schrijf(
    *,
    begin: date | None,
    einde: date | None,
    precisie: str,
    relatie: str | None,
    herhaling: str = "",
    duur: str = "",
    gebeurtenis: str = "",
) -> str:
    """A termijn in good Dutch: "voor 31 december 2024", "eerste helft 2024", "nog geen datum".

    Says the same days as given, whatever precision and relation claim: where they do not fit, the days are written.
    """
    if begin is None and einde is None:
        return _zonder_dag(relatie, herhaling, duur, gebeurtenis)
    woorden = _interval(begin, einde, precisie, relatie)
    if herhaling:
        woorden = _herhaald(woorden, _dagen(begin, einde), begin, einde, precisie, herhaling)
    if gebeurtenis:
        woorden += f" ({_bij_gebeurtenis(relatie, duur, gebeurtenis)})"
    return woorden


def uitleg(lezing: Lezing) -> str:
    """The reading as shown under a field: the days, the other judgement beside them, or why there is no day."""
    if lezing.is_vaag:
        return _uitleg_zonder_dag(lezing)
    woorden = _dagen(lezing.begin, lezing.einde)
    if lezing.herhaling:
        woorden = f"{_elk(lezing.herhaling)}, eerstvolgende: {woorden}"
    if lezing.gebeurtenis:
        woorden += f" ({_bij_gebeurtenis(lezing.relatie, lezing.duur, lezing.gebeurtenis)})"
    ander = lezing.alternatief
    if ander is not None:
        woorden += f" (of: {_naam_van_oordeel(ander)}{_dagen(ander.begin, ander.einde)})"
    return woorden


def schrijf_duur(duur: str) -> str:
    """An ISO 8601 length in words, "14 weken"; text that is no length comes back as it is."""
    delen = _DELEN_VAN_DUUR.findall(duur)
    woorden = [f"{int(getal)} {_EENHEDEN[eenheid][int(getal) != 1]}" for getal, eenheid in delen]
    return " en ".join(woorden) or duur


def _datum(dag: date, *, jaar: bool = True) -> str:
    return f"{dag.day} {MAANDEN[dag.month]} {dag.year:04d}" if jaar else f"{dag.day} {MAANDEN[dag.month]}"


def _dagen(begin: date | None, einde: date | None) -> str:
    """The days of an interval, without a name for it."""
    if begin is None:
        return f"t/m {_datum(einde)}" if einde is not None else "geen datum"
    if einde is None:
        return f"vanaf {_datum(begin)}"
    if begin == einde:
        return _datum(begin)
    if (begin.year, begin.month) == (einde.year, einde.month):
        return f"van {begin.day} t/m {_datum(einde)}"
    return f"van {_datum(begin, jaar=begin.year != einde.year)} t/m {_datum(einde)}"


def _interval(begin: date | None, einde: date | None, precisie: str, relatie: str | None) -> str:
    if begin is not None and einde is not None:
        if precisie == Precisie.DAG and begin == einde:
            return f"op {_datum(begin)}"
        naam = _periode(begin, einde, precisie) if relatie in (Relatie.IN, Relatie.OP) else ""
        return naam or _dagen(begin, einde)
    if begin is not None:
        return f"vanaf {_eenheid_vanaf(begin, precisie) or _datum(begin)}"
    if einde is None:
        return "nog geen datum"
    if relatie == Relatie.VOOR:
        return _voor(einde, precisie)
    woord = "uiterlijk" if relatie == Relatie.UITERLIJK else "t/m"
    return f"{woord} {_eenheid_tot(einde, precisie) or _datum(einde)}"


def _voor(einde: date, precisie: str) -> str:
    """The first day or unit that is too late; where neither has a plain name, the last day that is not."""
    if einde == date.max:
        return f"t/m {_datum(einde)}"
    grens = einde + timedelta(days=1)
    if precisie == Precisie.DAG:
        return f"voor {_datum(grens)}"
    eenheid = _eenheid_vanaf(grens, precisie)
    return f"voor {eenheid}" if eenheid else f"t/m {_datum(einde)}"


def _eenheid_vanaf(dag: date, precisie: str) -> str:
    """The month, quarter, half or year that starts on this day, by name; empty when none of that precision does."""
    if dag.day != 1:
        return ""
    if precisie == Precisie.MAAND:
        return f"{MAANDEN[dag.month]} {dag.year:04d}"
    if precisie == Precisie.KWARTAAL and dag.month % 3 == 1:
        return f"het {_RANG[dag.month // 3 + 1]} kwartaal van {dag.year:04d}"
    if precisie == Precisie.HALFJAAR and dag.month % 6 == 1:
        return f"de {_RANG[dag.month // 6 + 1]} helft van {dag.year:04d}"
    if precisie == Precisie.JAAR and dag.month == 1:
        return f"{dag.year:04d}"
    return ""


def _eenheid_tot(dag: date, precisie: str) -> str:
    """The month, quarter, half, season or year that ends on this day, by name; empty when none does."""
    if precisie == Precisie.SEIZOEN and dag.day == 20 and dag.month % 3 == 0:
        return f"{SEIZOENEN[(dag.month // 3 - 2) % 4]} {dag.year - (dag.month == 3):04d}" if dag.year > 1 else ""
    if not kalender.is_maandeind(dag):
        return ""
    if precisie == Precisie.MAAND:
        return f"{MAANDEN[dag.month]} {dag.year:04d}"
    if precisie == Precisie.KWARTAAL and dag.month % 3 == 0:
        return f"{_RANG[dag.month // 3]} kwartaal {dag.year:04d}"
    if precisie == Precisie.HALFJAAR and dag.month % 6 == 0:
        return f"{_RANG[dag.month // 6]} helft {dag.year:04d}"
    if precisie == Precisie.JAAR and dag.month == 12:
        return f"{dag.year:04d}"
    return ""


def _periode(begin: date, einde: date, precisie: str) -> str:
    """The name of a whole period; empty when the days are not exactly those of one."""
    jaar = begin.year
    if precisie == Precisie.SEIZOEN:
        for deel, naam in enumerate(DELEN):
            if (begin, einde) == kalender.jaardeel_van(jaar, deel):
                return f"{naam} {jaar:04d}"
        naam = _eenheid_tot(einde, precisie)
        return naam if naam and begin.day == 21 and (einde - begin).days < 100 and begin.month % 3 == 0 else ""
    if precisie == Precisie.PERIODE:
        for deel, naam in enumerate(DELEN):
            if (begin, einde) == kalender.maanddeel_van(jaar, begin.month, deel):
                return f"{naam} {MAANDEN[begin.month]} {jaar:04d}"
        return ""
    if precisie == Precisie.WEEK:
        weekjaar, week, weekdag = begin.isocalendar()
        return f"week {week} van {weekjaar:04d}" if weekdag == 1 and (einde - begin).days == 6 else ""
    maanden = (einde.year - begin.year) * 12 + einde.month - begin.month + 1
    lengte = {Precisie.MAAND: 1, Precisie.KWARTAAL: 3, Precisie.HALFJAAR: 6, Precisie.JAAR: 12}
    if maanden != lengte.get(Precisie(precisie)) or not _eenheid_vanaf(begin, precisie):
        return ""
    return _eenheid_tot(einde, precisie)


def _elk(herhaling: str) -> str:
    return _ELK.get(herhaling) or f"elke {schrijf_duur(herhaling)}"


def _herhaald(woorden: str, dagen: str, begin: date | None, einde: date | None, precisie: str, herhaling: str) -> str:
    """Each time, and the next one; the moment within the year is named when it is the same each year."""
    eerstvolgende = f"(eerstvolgende: {dagen})"
    if herhaling == "P1W" and begin is not None and begin == einde:
        return f"elke {WEEKDAGEN[begin.weekday()]} {eerstvolgende}"
    hele_periode = begin is not None and einde is not None and precisie in (Precisie.JAAR, Precisie.WEEK)
    if herhaling != "P1Y" or hele_periode or (begin is not None and woorden == dagen and begin != einde):
        return f"{_elk(herhaling)} {eerstvolgende}"
    zonder_jaar = _JAAR_ERBIJ.sub("", woorden)
    los = _LOS.match(zonder_jaar)
    eerste = los[0] if los else "-"
    if eerste.endswith((" helft", "zomer", "winter")):
        zonder_jaar = f"in de {zonder_jaar}"
    elif eerste.endswith((" kwartaal", "voorjaar", "najaar")):
        zonder_jaar = f"in het {zonder_jaar}"
    elif eerste in MAANDEN:
        zonder_jaar = f"in {zonder_jaar}"
    return f"{_elk(herhaling)} {zonder_jaar} {eerstvolgende}"


def _bij_gebeurtenis(relatie: str | None, duur: str, gebeurtenis: str) -> str:
    if duur.startswith("-"):
        woord = "uiterlijk " if relatie in (Relatie.UITERLIJK, Relatie.VOOR) else ""
        return f"{woord}{schrijf_duur(duur)} voor {gebeurtenis}"
    if duur:
        return f"{_NA_GEBEURTENIS.get(relatie or '', 'binnen')} {schrijf_duur(duur)} na {gebeurtenis}".strip()
    return f"{_BIJ_GEBEURTENIS.get(relatie or '', 'bij')} {gebeurtenis}"


def _zonder_dag(relatie: str | None, herhaling: str, duur: str, gebeurtenis: str) -> str:
    if gebeurtenis:
        return _bij_gebeurtenis(relatie, duur, gebeurtenis)
    if duur:
        lengte = schrijf_duur(duur)
        return f"{_VOOR_DUUR.get(relatie or '', '')} {lengte}".strip()
    if herhaling:
        return _elk(herhaling)
    return "nog geen datum"


def _uitleg_zonder_dag(lezing: Lezing) -> str:
    woorden = _zonder_dag(lezing.relatie, lezing.herhaling, lezing.duur, lezing.gebeurtenis)
    if lezing.gebeurtenis:
        return f"{woorden}: nog geen datum, die volgt uit de gebeurtenis"
    if lezing.duur:
        return f"{woorden}: een duur zonder begin, geen datum"
    if lezing.herhaling:
        return f"{woorden}: geen datum"
    if lezing.precisie == Precisie.DUUR:
        return "een duur die niet vaststaat: geen datum"
    return "geen datum: blijft vaag"


def _naam_van_oordeel(ander: Lezing) -> str:
    """What the other judgement is called: the season ends on the 20th, the recess is named after July's Thursday."""
    if ander.einde is None or ander.begin is not None:
        return ""
    return "voor de zomer, " if ander.einde.day == 20 and ander.einde.month == 6 else "voor het reces, "

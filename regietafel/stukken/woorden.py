"""How days, termijnen, people and numbers read in a paper."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from maatregelen.models import Betrokkenheid, Maatregel, Mijlpaal, Organisatie, Voortgang
from maatregelen.models.mijlpaal import Termijn
from maatregelen.termijnen.schrijven import MAANDEN, WEEKDAGEN, schrijf
from regietafel.models import Actiepunt, Vergadercijfer, Vergadering

NIEMAND = "nog niemand"


def datum(dag: datetime.date | None) -> str:
    """30 december 2024; nothing for no day."""
    return f"{dag.day} {MAANDEN[dag.month]} {dag.year}" if dag else ""


def weekdag_en_datum(dag: datetime.date) -> str:
    """maandag 30 december 2024."""
    return f"{WEEKDAGEN[dag.weekday()]} {datum(dag)}"


def tijd(klok: datetime.time | None) -> str:
    """14.05; nothing for no time."""
    return f"{klok.hour}.{klok.minute:02d}" if klok else ""


def moment(tijdstip: datetime.datetime) -> str:
    """30 december 2024, 14.05 uur, in the time zone of the product."""
    plaatselijk = timezone.localtime(tijdstip)
    return f"{datum(plaatselijk.date())}, {tijd(plaatselijk.time())} uur"


def aantal(hoeveel: int, enkelvoud: str, meervoud: str) -> str:
    """1 maatregel, 12 maatregelen."""
    return f"{hoeveel:,} ".replace(",", ".") + (enkelvoud if hoeveel == 1 else meervoud)


def opsomming(namen: Iterable[str]) -> str:
    """AenM, SZW en VNG."""
    rij = list(namen)
    return f"{', '.join(rij[:-1])} en {rij[-1]}" if len(rij) > 1 else "".join(rij)


def hoofdletter(tekst: str) -> str:
    """The same with a capital in front."""
    return tekst[:1].upper() + tekst[1:]


def getal(waarde: Decimal | None) -> str:
    """1.234,5; nothing for no number."""
    if waarde is None:
        return ""
    tekst = f"{waarde.normalize():,f}"
    return tekst.translate(str.maketrans(",.", ".,"))


def termijn(van: Termijn) -> str:
    """The words as agreed, and the days they are taken to mean where those are others."""
    if not van.termijn_tekst:
        return ""
    if van.begin is None and van.einde is None:
        return van.termijn_tekst
    dagen = schrijf(begin=van.begin, einde=van.einde, precisie="", relatie=None)
    return van.termijn_tekst if dagen in van.termijn_tekst else f"{van.termijn_tekst} ({dagen})"


def organisatie(wie: Organisatie, vandaag: datetime.date) -> str:
    """The short name; of an ended one with who took over."""
    if wie.is_opgeheven(vandaag):
        return f"{wie} (nu {wie.opvolger})" if wie.opvolger_id else f"{wie} (opgeheven)"
    return str(wie)


def trekkers(maatregel: Maatregel, vandaag: datetime.date) -> str:
    """Who must do it; reads `verantwoordelijken` as lists have them."""
    rijen: list[Betrokkenheid] = getattr(maatregel, "verantwoordelijken", [])
    return opsomming(organisatie(rij.organisatie, vandaag) for rij in rijen) or NIEMAND


def voortgang(maatregel: Maatregel, namens: str) -> str:
    """The owner's word in the owner's name, with its day and sentence."""
    if maatregel.voortgang == Voortgang.NIET_GEMELD:
        return "niet gemeld"
    return (
        f"volgens {namens} {maatregel.get_voortgang_display()} ({datum(maatregel.voortgang_op)}): "
        f"{maatregel.voortgang_toelichting}"
    )


def volgende_mijlpaal(maatregel: Maatregel) -> Mijlpaal | None:
    """The open milestone that is due first, a missed one included; vague ones last; none when finished."""
    if maatregel.is_afgerond:
        return None
    te_gaan = [mijlpaal for mijlpaal in maatregel.mijlpalen.all() if mijlpaal.behaald_op is None]
    return min(te_gaan, key=_sleutel, default=None)


def _sleutel(mijlpaal: Mijlpaal) -> tuple[datetime.date, datetime.date, int]:
    return (
        mijlpaal.einde or mijlpaal.begin or datetime.date.max,
        mijlpaal.begin or datetime.date.min,
        mijlpaal.pk or 0,
    )


def mijlpaalstand(mijlpaal: Mijlpaal, vandaag: datetime.date) -> str:
    """behaald op 3 maart 2025, te laat, or open."""
    if mijlpaal.behaald_op:
        return f"behaald op {datum(mijlpaal.behaald_op)}"
    if mijlpaal.is_te_laat(vandaag) and not mijlpaal.maatregel.is_afgerond:
        return "termijn voorbij"
    return "open"


def wanneer(vergadering: Vergadering) -> str:
    """The day of a meeting with its time, or the words of the estimate."""
    if vergadering.datum is None:
        return vergadering.datum_tekst
    dag = weekdag_en_datum(vergadering.datum)
    return f"{dag}, {tijd(vergadering.begintijd)} uur" if vergadering.begintijd else dag


def wie_doet_het(actie: Actiepunt, vandaag: datetime.date) -> str:
    """Who does it, in the words of the table where it has them."""
    naam = organisatie(actie.organisatie, vandaag) if actie.organisatie else ""
    if actie.wie_tekst and naam and naam not in actie.wie_tekst:
        naam = f"{naam} ({actie.wie_tekst})"
    return naam or actie.wie_tekst or NIEMAND


def actiestand(actie: Actiepunt, vandaag: datetime.date) -> str:
    """open, te laat, afgerond op 3 maart 2025: what it gave."""
    if not actie.is_afgesproken:
        return f"{actie.get_soort_display()}, niet afgesproken"
    if actie.is_te_laat(vandaag):
        return "te laat"
    if actie.afgerond_op:
        return f"{actie.get_stand_display()} op {datum(actie.afgerond_op)}: {actie.afronding}"
    return actie.get_stand_display()


def cijfer(van: Vergadercijfer) -> str:
    """bijna 1.200 tot 1.400 plekken."""
    tot = f" tot {getal(van.waarde_tot)}" if van.waarde_tot is not None else ""
    return " ".join(deel for deel in (van.kwalificatie, f"{getal(van.waarde)}{tot}", van.eenheid) if deel)

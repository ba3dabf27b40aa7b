"""How dates, terms and distances read in plain Dutch, and small questions that templates ask of a row."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.context import RequestContext
from django.utils import timezone

from maatregelen.models import Betrokkenheid, Maatregel, Mijlpaal, Organisatie, Voortgang
from maatregelen.models.mijlpaal import Termijn
from maatregelen.tijdreis import hier

register = template.Library()

MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MAANDEN_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
GEEN_DAG = "geen dag af te leiden"

# The main navigation: what has a page.
PLEKKEN = (
    ("/", "Vandaag"),
    ("/agendas/", "Agenda's"),
    ("/maatregelen/", "Maatregelen"),
    ("/termijnen/", "Termijnen"),
    ("/vergaderingen/", "Regietafel"),
    ("/cijfers/", "Cijfers"),
)

# On a page that looks back all entries lead to the same day.
TERUGNAAM = {"/": "Overzicht"}

# What else lies below an entry, under an address of its own.
ONDER = {"/vergaderingen/": ("/actiepunten/", "/besluiten/", "/sinds/", "/stukken/")}

_DUUR = re.compile(r"^P(?:(?P<jaar>\d+)Y)?(?:(?P<maand>\d+)M)?(?:(?P<week>\d+)W)?(?:(?P<dag>\d+)D)?$")
_BIJZONDERE_DUUR = {"P3M": "elk kwartaal", "P6M": "elk half jaar", "P1D": "elke dag"}


def _als_dag(waarde: datetime.date | None) -> datetime.date | None:
    """The day of a date or of an aware moment in the current time zone; None stays None."""
    if isinstance(waarde, datetime.datetime):
        return timezone.localtime(waarde).date()
    return waarde


def _dagen(aantal: int) -> str:
    """`12` as `12 dagen`; thousands with a point."""
    return "1 dag" if aantal == 1 else f"{aantal:,} dagen".replace(",", ".")


@register.filter
def datum(dag: datetime.date | None) -> str:
    """A day in full: 30 december 2024. Nothing for no day."""
    dag = _als_dag(dag)
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}" if dag else ""


@register.filter
def datum_kort(dag: datetime.date | None) -> str:
    """A day in short: 30 dec 2024. Nothing for no day."""
    dag = _als_dag(dag)
    return f"{dag.day} {MAANDEN_KORT[dag.month - 1]} {dag.year}" if dag else ""


@register.filter
def moment(tijdstip: datetime.datetime) -> str:
    """A moment in the time zone of the product: 30 december 2024, 14.05 uur."""
    plaatselijk = timezone.localtime(tijdstip)
    return f"{datum(plaatselijk)}, {plaatselijk.hour}.{plaatselijk.minute:02d} uur"


@register.simple_tag
def nu() -> datetime.datetime:
    """This moment: only for the line that says when a page was made."""
    return timezone.now()


@register.filter
def maandnaam(dag: datetime.date | None) -> str:
    """The month of a day: december 2026. Nothing for no day."""
    dag = _als_dag(dag)
    return f"{MAANDEN[dag.month - 1]} {dag.year}" if dag else ""


@register.filter
def afstand(dag: datetime.date | None, vandaag: datetime.date) -> str:
    """How far a day is from today: vandaag, morgen, over 12 dagen, gisteren, 3 dagen geleden.

    On a page that looks back `vandaag` is another day than that of the reader: op de peildatum, over 1 dag.
    """
    dag = _als_dag(dag)
    if dag is None:
        return ""
    dagen = (dag - vandaag).days
    vast = {0: "op de peildatum"} if hier() else {0: "vandaag", 1: "morgen", -1: "gisteren"}
    if dagen in vast:
        return vast[dagen]
    return f"over {_dagen(dagen)}" if dagen > 0 else f"{_dagen(-dagen)} geleden"


@register.simple_tag
def dagwoord() -> str:
    """What the day by which a page judges is called: vandaag, or peildatum where it looks back."""
    return "peildatum" if hier() else "vandaag"


@register.filter
def termijn_dagen(termijn: Termijn) -> str:
    """The interval that the words are taken to mean: t/m 30 dec 2024, 1 okt t/m 31 dec 2026, vanaf 1 jan 2027."""
    begin, einde = termijn.begin, termijn.einde
    if begin and einde:
        if begin == einde:
            return datum_kort(einde)
        if (begin.year, begin.month) == (einde.year, einde.month):
            return f"{begin.day} t/m {datum_kort(einde)}"
        if begin.year == einde.year:
            return f"{begin.day} {MAANDEN_KORT[begin.month - 1]} t/m {datum_kort(einde)}"
        return f"{datum_kort(begin)} t/m {datum_kort(einde)}"
    if einde:
        return f"t/m {datum_kort(einde)}"
    if begin:
        return f"vanaf {datum_kort(begin)}"
    return GEEN_DAG


@register.filter
def termijn_afstand(termijn: Termijn, vandaag: datetime.date) -> str:
    """How far the latest day is (over 12 dagen, 3 dagen voorbij), else the first day; nothing when vague."""
    if termijn.einde:
        if termijn.einde < vandaag:
            return f"{_dagen((vandaag - termijn.einde).days)} voorbij"
        return afstand(termijn.einde, vandaag)
    if termijn.begin:
        return f"{'begint' if termijn.begin >= vandaag else 'begon'} {afstand(termijn.begin, vandaag)}"
    return ""


@register.filter
def herhaling_woorden(duur: str) -> str:
    """An ISO 8601 repetition in words: P1Y is elk jaar, P2W is elke 2 weken. What is not understood stays as it is."""
    if not duur:
        return ""
    if duur in _BIJZONDERE_DUUR:
        return _BIJZONDERE_DUUR[duur]
    delen = _DUUR.match(duur)
    gevonden = [(eenheid, int(aantal)) for eenheid, aantal in delen.groupdict().items() if aantal] if delen else []
    if len(gevonden) != 1:
        return duur
    eenheid, aantal = gevonden[0]
    if aantal == 1:
        return f"elk {eenheid}" if eenheid == "jaar" else f"elke {eenheid}"
    meervoud = {"jaar": "jaar", "maand": "maanden", "week": "weken", "dag": "dagen"}[eenheid]
    return f"elke {aantal} {meervoud}"


@register.filter
def volgende_mijlpaal(maatregel: Maatregel) -> Mijlpaal | None:
    """The open milestone that is due first, a missed one included; vague ones last; none when finished."""
    if maatregel.is_afgerond:
        return None
    open_mijlpalen = [mijlpaal for mijlpaal in maatregel.mijlpalen.all() if mijlpaal.behaald_op is None]
    return min(
        open_mijlpalen,
        # As op_sleuteldag orders them.
        key=lambda mijlpaal: (
            mijlpaal.einde or mijlpaal.begin or datetime.date.max,
            mijlpaal.begin or datetime.date.min,
            mijlpaal.pk or 0,
        ),
        default=None,
    )


@register.filter
def is_dringend(mijlpaal: Mijlpaal, vandaag: datetime.date) -> bool:
    """Whether it asks something of somebody now: overdue, of work that goes on. Reads measure, section and agenda."""
    return (
        mijlpaal.is_te_laat(vandaag)
        and not mijlpaal.maatregel.is_afgerond
        and mijlpaal.maatregel.pijler.agenda.is_lopend
    )


@register.filter
def is_opgeheven(organisatie: Organisatie, vandaag: datetime.date) -> bool:
    """Whether the organisation no longer exists on that day."""
    return organisatie.is_opgeheven(vandaag)


@register.filter
def eigenaar(betrokkenen: Iterable[Betrokkenheid] | None) -> str:
    """Short names of those who answer for a measure, for a sentence: AenM, AenM en SZW. Nothing for nobody."""
    namen = [betrokkene.organisatie.afkorting for betrokkene in betrokkenen or []]
    return f"{', '.join(namen[:-1])} en {namen[-1]}" if len(namen) > 1 else "".join(namen)


@register.filter
def voortgang_zin(maatregel: Maatregel, wie: str = "") -> str:
    """The owner's word in the owner's name: volgens AenM op schema, or that nothing was reported."""
    if maatregel.voortgang == Voortgang.NIET_GEMELD:
        return "voortgang niet gemeld"
    naam = wie or eigenaar(getattr(maatregel, "verantwoordelijken", None)) or "de melder"
    return f"volgens {naam} {maatregel.get_voortgang_display()}"


@register.filter
def aantal_woorden(aantal: int, woorden: str) -> str:
    """A count with its noun: `3|aantal_woorden:"maatregel,maatregelen"` is 3 maatregelen; thousands with a point."""
    enkelvoud, meervoud = woorden.split(",")
    return f"{aantal:,} ".replace(",", ".") + (enkelvoud if aantal == 1 else meervoud)


@register.simple_tag(takes_context=True)
def hoofdnavigatie(context: RequestContext) -> list[dict[str, str]]:
    """The entries of the main navigation: `url`, `naam`, and `huidig`: page (here), true (below here) or empty."""
    verzoek: HttpRequest | None = context.get("request")
    pad = verzoek.path if verzoek else ""
    return [
        {
            "url": url,
            "naam": TERUGNAAM.get(url, naam) if hier() else naam,
            "huidig": plek(pad, url) or ("true" if pad.startswith(ONDER.get(url, ())) else ""),
        }
        for url, naam in PLEKKEN
    ]


def plek(pad: str, url: str) -> str:
    """The aria-current value of a link to `url` for one who is at `pad`: page, true (somewhere below) or empty."""
    if pad == url:
        return "page"
    return "true" if url != "/" and pad.startswith(url) else ""


@register.simple_tag
def bladen(pagina: Page[Any]) -> list[int | None]:
    """The page numbers to show: first, last, and those around this one; None stands for what is left out."""
    laatste = pagina.paginator.num_pages
    getoond = sorted({1, laatste, *range(max(1, pagina.number - 1), min(laatste, pagina.number + 1) + 1)})
    rij: list[int | None] = []
    for nummer in getoond:
        vorige = rij[-1] if rij else 0
        if vorige is not None and nummer - vorige == 2:
            rij.append(nummer - 1)
        elif vorige is not None and nummer - vorige > 2:
            rij.append(None)
        rij.append(nummer)
    return rij


@register.simple_tag(takes_context=True)
def zoekreeks(context: RequestContext, **wijzigingen: Any) -> str:
    """The query string of this page with some keys changed: `{% zoekreeks pagina=3 %}`. Empty drops a key."""
    verzoek: HttpRequest | None = context.get("request")
    if verzoek is None:
        return "?"
    reeks = verzoek.GET.copy()
    for sleutel, waarde in wijzigingen.items():
        if waarde in (None, ""):
            reeks.pop(sleutel, None)
        else:
            reeks[sleutel] = str(waarde)
    return f"?{reeks.urlencode()}"

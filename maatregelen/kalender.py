"""Milestones as an iCalendar (RFC 5545, RFC 7986), for the calendar in which people already look.

What has no day is not in it: nothing is invented. The bytes follow from the content alone, never from the clock, so
that an unchanged calendar is the same one. A milestone keeps its UID for ever; each change makes its SEQUENCE higher.
"""

import datetime
import re

from django.conf import settings
from django.template.loader import render_to_string
from icalendar import Calendar, Event, vDuration, vText

from maatregelen.abonnementen import leesbaar, maatregelen_van, naam_van, regel
from maatregelen.huisadres import huisnaam, volledig
from maatregelen.lijstvolgorde import met_verantwoordelijken
from maatregelen.models import Abonnement, Agendastaat, Mijlpaal, Relatie, Status
from maatregelen.termijngeschiedenis import met_verplaatst
from maatregelen.termijnkalender import met_maatregel
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_mijlpalen

SOORT = "text/calendar; charset=utf-8"
PRODID = "-//Regiemonitor//Termijnen//NL"
# How often a reader is asked to look again. What is promised for a day does not change by the minute.
VERVERS_NA = datetime.timedelta(hours=4)
TOT_EINDE = (Relatie.VOOR, Relatie.UITERLIJK, Relatie.TOT, Relatie.BINNEN)
NIET_AFGESPROKEN = (Agendastaat.CONCEPT, Agendastaat.INGETROKKEN)


def kalender_van(abonnement: Abonnement, wie: Bevoegdheid) -> bytes:
    """The calendar of an address as its person (`wie`) may see it now; a constant number of queries."""
    maatregelen = maatregelen_van(abonnement, wie)
    mijlpalen = list(
        met_verplaatst(
            met_maatregel(zichtbare_mijlpalen(wie).filter(maatregel__in=maatregelen.order_by().values("pk")))
        ).order_by("pk")
    )
    met_dag = [mijlpaal for mijlpaal in mijlpalen if not mijlpaal.is_vaag]
    met_verantwoordelijken([mijlpaal.maatregel for mijlpaal in met_dag])
    return bytes(_kalender(abonnement, wie, met_dag, zonder_dag=len(mijlpalen) - len(met_dag)).to_ical())


def _kalender(abonnement: Abonnement, wie: Bevoegdheid, mijlpalen: list[Mijlpaal], *, zonder_dag: int) -> Calendar:
    naam = f"Regiemonitor: {regel(naam_van(abonnement, wie))}"
    over = "Termijnen uit Regiemonitor."
    if zonder_dag:
        wat = "1 mijlpaal heeft" if zonder_dag == 1 else f"{zonder_dag} mijlpalen hebben"
        over += f" {wat} een termijn zonder dag en {'staat' if zonder_dag == 1 else 'staan'} er niet in."
    kalender = Calendar()
    kalender.add("prodid", PRODID)
    kalender.add("version", "2.0")
    kalender.add("calscale", "GREGORIAN")
    for eigenschap, tekst in (("name", naam), ("x-wr-calname", naam), ("description", over), ("x-wr-caldesc", over)):
        # Named as text, or the library leaves commas and semicolons as they are in what it does not know.
        kalender.add(eigenschap, vText(tekst))
    kalender.add("x-wr-timezone", settings.TIME_ZONE)
    kalender.add("refresh-interval", VERVERS_NA, parameters={"VALUE": "DURATION"})
    kalender.add("x-published-ttl", vDuration(VERVERS_NA))
    for mijlpaal in mijlpalen:
        kalender.add_component(_gebeurtenis(mijlpaal))
    return kalender


def _gebeurtenis(mijlpaal: Mijlpaal) -> Event:
    """One milestone, over all its days; the day on which it ends is the one after the last."""
    maatregel, agenda = mijlpaal.maatregel, mijlpaal.maatregel.pijler.agenda
    eerste = mijlpaal.begin or mijlpaal.einde
    laatste = mijlpaal.einde or mijlpaal.begin
    assert eerste is not None  # noqa: S101  what has no day is left out
    assert laatste is not None  # noqa: S101  nor is it here
    # Without a METHOD these say when the content last changed, not when the file was made.
    gewijzigd = max(mijlpaal.gewijzigd_op, maatregel.gewijzigd_op).astimezone(datetime.UTC)
    adres = volledig(maatregel.get_absolute_url())
    gebeurtenis = Event()
    gebeurtenis.add("uid", f"mijlpaal-{mijlpaal.pk}@{huisnaam()}")
    gebeurtenis.add("dtstamp", gewijzigd)
    gebeurtenis.add("last-modified", gewijzigd)
    gebeurtenis.add("created", mijlpaal.aangemaakt_op.astimezone(datetime.UTC))
    gebeurtenis.add("sequence", mijlpaal.versie + maatregel.versie - 2)
    gebeurtenis.add("dtstart", eerste)
    if laatste < datetime.date.max:
        gebeurtenis.add("dtend", laatste + datetime.timedelta(days=1))
    gebeurtenis.add("summary", regel(f"{maatregel.code} {mijlpaal.omschrijving} ({_wat_dit_is(mijlpaal)})"))
    gebeurtenis.add("description", _omschrijving(mijlpaal, adres))
    gebeurtenis.add("url", adres)
    gebeurtenis.add("categories", [regel(agenda.titel)])
    gebeurtenis.add("status", _staat(mijlpaal))
    # A promise is no appointment: it keeps nobody from being free.
    gebeurtenis.add("transp", "TRANSPARENT")
    return gebeurtenis


def _wat_dit_is(mijlpaal: Mijlpaal) -> str:
    """What the days in the calendar are to this milestone."""
    if mijlpaal.behaald_op is not None:
        return "behaald"
    if mijlpaal.maatregel.status == Status.VERVALLEN:
        return "vervallen"
    if mijlpaal.begin is None:
        return "uiterste dag"
    if mijlpaal.einde is None:
        return "vanaf deze dag"
    if mijlpaal.begin == mijlpaal.einde:
        return "uiterste dag" if mijlpaal.relatie in TOT_EINDE else "op deze dag"
    return "uiterlijk de laatste dag" if mijlpaal.relatie in TOT_EINDE else "in deze periode"


def _staat(mijlpaal: Mijlpaal) -> str:
    """Cancelled makes a reader drop what it still had; what was never agreed is tentative."""
    maatregel = mijlpaal.maatregel
    if maatregel.status == Status.VERVALLEN and mijlpaal.behaald_op is None:
        return "CANCELLED"
    if not maatregel.geaccordeerd or maatregel.pijler.agenda.staat in NIET_AFGESPROKEN:
        return "TENTATIVE"
    return "CONFIRMED"


def _omschrijving(mijlpaal: Mijlpaal, adres: str) -> str:
    maatregel = mijlpaal.maatregel
    tekst = render_to_string(
        "kalender/omschrijving.txt",
        {
            "mijlpaal": mijlpaal,
            "maatregel": maatregel,
            "agenda": maatregel.pijler.agenda,
            "niet_afgesproken": maatregel.pijler.agenda.staat in NIET_AFGESPROKEN,
            "adres": adres,
        },
    )
    return re.sub(r"\n{3,}", "\n\n", leesbaar(tekst)).strip()

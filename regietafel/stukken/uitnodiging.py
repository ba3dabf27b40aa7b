"""A meeting for the calendar in which people already look (RFC 5545).

Without a METHOD: it is a file to open or to add to a mail, and nobody's calendar answers it. The meeting keeps its UID
for ever; each change of it makes the SEQUENCE higher, so that a later file replaces an earlier one.
"""

import datetime

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone

from maatregelen.abonnementen import regel
from maatregelen.huisadres import huisnaam, volledig
from regietafel.models import Vergadering

SOORT = "text/calendar; charset=utf-8"
PRODID = "-//Regiemonitor//Regietafel//NL"


def kalenderbestand(vergadering: Vergadering) -> bytes:
    """The meeting as an .ics file; reads the series. Raises ValueError for one without a day."""
    if vergadering.datum is None:
        raise ValueError("de dag van de vergadering staat nog niet vast")
    gewijzigd = vergadering.gewijzigd_op.astimezone(datetime.UTC)
    gebeurtenis = Event()
    gebeurtenis.add("uid", f"vergadering-{vergadering.pk}@{huisnaam()}")
    gebeurtenis.add("dtstamp", gewijzigd)
    gebeurtenis.add("last-modified", gewijzigd)
    gebeurtenis.add("created", vergadering.aangemaakt_op.astimezone(datetime.UTC))
    gebeurtenis.add("sequence", vergadering.versie - 1)
    adres = volledig(vergadering.get_absolute_url())
    kalender = Calendar()
    kalender.add("prodid", PRODID)
    kalender.add("version", "2.0")
    kalender.add("calscale", "GREGORIAN")
    if vergadering.begintijd:
        zone = timezone.get_default_timezone()
        begin = datetime.datetime.combine(vergadering.datum, vergadering.begintijd, zone)
        einde = begin + datetime.timedelta(minutes=_minuten(vergadering))
        gebeurtenis.add("dtstart", begin)
        gebeurtenis.add("dtend", einde)
        jaar = datetime.timedelta(days=365)
        kalender.add_component(
            Timezone.from_tzid(settings.TIME_ZONE, first_date=begin.date() - jaar, last_date=einde.date() + jaar)
        )
    else:
        gebeurtenis.add("dtstart", vergadering.datum)
        gebeurtenis.add("dtend", vergadering.datum + datetime.timedelta(days=1))
    gebeurtenis.add("summary", regel(vergadering.titel))
    if vergadering.plaats:
        gebeurtenis.add("location", regel(vergadering.plaats))
    gebeurtenis.add("description", f"Stukken en agenda: {adres}")
    gebeurtenis.add("url", adres)
    gebeurtenis.add("status", "CONFIRMED")
    gebeurtenis.add("transp", "OPAQUE")
    kalender.add_component(gebeurtenis)
    return bytes(kalender.to_ical())


def _minuten(vergadering: Vergadering) -> int:
    if vergadering.duur_minuten:
        return vergadering.duur_minuten
    return vergadering.reeks.duur_minuten if vergadering.reeks else 60

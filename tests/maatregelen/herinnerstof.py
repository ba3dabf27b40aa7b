"""Walking through the days as the clock does, and reading what went out: shared by the tests of reminding."""

import datetime
from collections.abc import Iterator

from django.core import mail

from maatregelen import herinneringen
from maatregelen.models import Herinnering

DAG = datetime.timedelta(days=1)
EINDE = datetime.date(2024, 12, 30)
NU = datetime.datetime(2024, 12, 17, 8, 0, tzinfo=datetime.UTC)


def d(tekst: str) -> datetime.date:
    """A day as JJJJ-MM-DD."""
    return datetime.date.fromisoformat(tekst)


def dag(*, voor: int = 0, na: int = 0) -> datetime.date:
    """A day so many days before or after the usual deadline."""
    return EINDE - voor * DAG + na * DAG


def om(vandaag: datetime.date, uur: int = 8, minuut: int = 0) -> datetime.datetime:
    """A moment of that day (UTC)."""
    return datetime.datetime(vandaag.year, vandaag.month, vandaag.day, uur, minuut, tzinfo=datetime.UTC)


def dagen(van: datetime.date, tot_en_met: datetime.date) -> Iterator[datetime.date]:
    """Every day of the calendar, weekends too."""
    while van <= tot_en_met:
        yield van
        van += DAG


def loop(van: datetime.date, tot_en_met: datetime.date, *, met_nieuws: bool = False) -> list[tuple[str, str, str]]:
    """The mails of a run on every one of these days: day, to whom, subject."""
    uit = []
    for vandaag in dagen(van, tot_en_met):
        al = len(mail.outbox)
        herinneringen.verstuur(vandaag, moment=om(vandaag), met_nieuws=met_nieuws)
        uit += [(vandaag.isoformat(), bericht.to[0], str(bericht.subject)) for bericht in mail.outbox[al:]]
    return uit


def wie(vandaag: datetime.date, op: datetime.date | None = None) -> list[tuple[str, str]]:
    """To whom which step is due; the people are those of `op`."""
    meldingen = herinneringen.voorgenomen(vandaag, moment=om(op) if op else None)
    return sorted((melding.persoon.email, str(melding.stap)) for melding in meldingen)


def boek() -> list[tuple[str, str, str]]:
    """The ledger, oldest first: who, what, what became of it."""
    return list(Herinnering.objects.order_by("id").values_list("persoon__email", "stap", "uitkomst"))


def post() -> list[tuple[str, str]]:
    """What went out: to whom, and the subject."""
    return [(bericht.to[0], str(bericht.subject)) for bericht in mail.outbox]

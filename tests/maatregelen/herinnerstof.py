"""Walking through the days as the clock does, and reading what went out: shared by the tests of reminding."""

import contextlib
import datetime
from collections.abc import Iterator
from typing import Any

import pghistory
import pgtrigger
from django.core import mail

from maatregelen import herinneringen
from maatregelen.models import Betrokkenheid, Herinnering, Maatregel, Mijlpaal, Persoon

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


def zet_historie(model: Any, op: datetime.datetime, **welke: Any) -> None:
    """The last version of a record (or all of them) was written at a moment: the database has only its own clock."""
    rijen = model.pgh_event_model.objects.filter(**welke)
    if welke:
        rijen = rijen.filter(pk__in=[rij.pk for rij in rijen.order_by("-pgh_id")[:1]])
    with pgtrigger.ignore(f"{model.pgh_event_model._meta.label}:append_only"):  # history that cannot be rewritten
        rijen.update(pgh_created_at=op)


def bewerk(stuk: Any, door: Persoon | None, op: datetime.datetime, **velden: Any) -> None:
    """Somebody (None: a command) changed a record at a moment, as history has it."""
    with pghistory.context(user=door.pk) if door else contextlib.nullcontext():
        type(stuk).objects.filter(pk=stuk.pk).update(**velden)
    zet_historie(type(stuk), op, pgh_obj=stuk.pk)


def lang_geleden() -> None:
    """All that was made so far was made months ago."""
    toen = om(dag(voor=100))
    for model in (Maatregel, Betrokkenheid, Mijlpaal):
        zet_historie(model, toen)
    Maatregel.objects.update(aangemaakt_op=toen)
    zet_historie(Maatregel, toen)

"""The change feed: every change of content, in order, so that a script pulls everything once and then only what is new.

It is read from the history tables, which database triggers write in the same transaction as the change itself. Two
things make it dependable.

In order, and nothing in between afterwards: rows carry the moment of writing, but become visible when their transaction
ends, so a long transaction could still add rows before ones that were already served. Therefore only rows from before
the start of the oldest transaction that is still writing are served (`grens`); the rest follows with the next pull.

Content only: a row that was merely touched (a version number, a moment, what a data file last said) is left out.
"""

import datetime
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, JSONObject
from django.utils.module_loading import import_string

from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Pijler,
    Reactie,
    Statuswijziging,
    Termijnwijziging,
)


@dataclass(frozen=True)
class Soort:
    """A kind of record in the feed: `sleutel` is how the API finds it, `maatregel` its foreign key to a measure.

    Of a record that only knows its milestone `maatregel` is empty and `mijlpaal` set.
    """

    naam: str
    model: type[models.Model]
    sleutel: str
    maatregel: str | None = None
    mijlpaal: str | None = None

    @property
    def van_maatregel(self) -> Any:
        """The id of the measure to which a row of its history belongs, for a query."""
        if self.mijlpaal:
            return Subquery(Mijlpaal.objects.filter(pk=OuterRef(self.mijlpaal)).values("maatregel_id")[:1])
        return F(self.maatregel) if self.maatregel else Value(None)


SOORTEN = (
    Soort("agenda", Agenda, "slug"),
    Soort("pijler", Pijler, "id"),
    Soort("maatregel", Maatregel, "code", "id"),
    Soort("betrokkenheid", Betrokkenheid, "id", "maatregel_id"),
    Soort("mijlpaal", Mijlpaal, "id", "maatregel_id"),
    Soort("statuswijziging", Statuswijziging, "id", "maatregel_id"),
    Soort("organisatie", Organisatie, "slug"),
    Soort("termijnwijziging", Termijnwijziging, "id", mijlpaal="mijlpaal_id"),
    Soort("reactie", Reactie, "id", "maatregel_id"),
)
MAATREGEL = 2  # its place among the kinds
ACTIES = {"insert": "toegevoegd", "update": "gewijzigd", "delete": "verwijderd"}
GEEN_INHOUD = frozenset({"id", "aangemaakt_op", "gewijzigd_op", "versie", "bronwaarden"})


@dataclass(frozen=True)
class Wijziging:
    """One change. `id` is the cursor to ask what came after it; `maatregel` the code of the measure it belongs to."""

    id: str
    soort: str
    sleutel: str
    maatregel: str | None
    actie: str
    gewijzigd_op: datetime.datetime


@dataclass(frozen=True)
class Plaats:
    """A place in the feed: the order is moment, kind, number."""

    moment: datetime.datetime
    rang: int
    nummer: int


@functools.cache
def soorten() -> tuple[Soort, ...]:
    """All kinds. Those of other apps, which the settings name (`WIJZIGINGSSOORTEN`), come after those of the measures.

    New kinds come last: the place in this list orders what happened at the same moment.
    """
    return (*SOORTEN, *(soort for pad in settings.WIJZIGINGSSOORTEN for soort in import_string(pad)))


@functools.cache
def namen() -> tuple[str, ...]:
    """The names of all kinds, in the same order."""
    return tuple(soort.naam for soort in soorten())


def _historie(soort: Soort) -> Any:
    return soort.model.pgh_event_model.objects  # type: ignore[attr-defined]


def grens() -> datetime.datetime | None:
    """Everything written before this moment is final and visible; None when that cannot be said just now.

    A transaction that writes has a number, and wrote nothing before it started; one that has none yet writes after this
    question was asked. Ask this before the feed is read, in its own statement. The start of another database user's
    transaction may be hidden from us: then nothing is served until it has ended.
    """
    with connection.cursor() as cursor:
        if connection.in_atomic_block:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT CASE WHEN bool_or(xact_start IS NULL) THEN NULL "
            "ELSE least(min(xact_start), statement_timestamp()) END FROM pg_stat_activity "
            "WHERE datname = current_database() AND usesysid IS NOT NULL AND backend_xid IS NOT NULL "
            "AND pid <> pg_backend_pid()"
        )
        moment: datetime.datetime | None = cursor.fetchone()[0]
    return moment


def plaats(kenmerk: str) -> Plaats | None:
    """Where in the feed the change with this id is; None when there is no such change."""
    naam, _, nummer = kenmerk.partition("-")
    if naam not in namen() or not (nummer.isascii() and nummer.isdigit() and len(nummer) <= 9):
        return None
    rang = namen().index(naam)
    moment = _historie(soorten()[rang]).filter(pgh_id=int(nummer)).values_list("pgh_created_at", flat=True).first()
    return Plaats(moment, rang, int(nummer)) if moment else None


def _inhoud(historie: Any) -> JSONObject:
    kolommen = [
        veld.attname
        for veld in historie.model._meta.concrete_fields
        if not veld.name.startswith("pgh_") and veld.name not in GEEN_INHOUD
    ]
    return JSONObject(**{kolom: F(kolom) for kolom in kolommen})


def _van_soort(rang: int, tot: datetime.datetime, sinds: datetime.datetime | None, na: Plaats | None) -> QuerySet[Any]:
    soort = soorten()[rang]
    historie = _historie(soort)
    rijen = historie.filter(pgh_created_at__lt=tot)
    if sinds:
        rijen = rijen.filter(pgh_created_at__gte=sinds)
    if na:
        gelijk = Q(pgh_created_at=na.moment)
        later = Q(pgh_created_at__gt=na.moment)
        if rang == na.rang:
            later |= gelijk & Q(pgh_id__gt=na.nummer)
        elif rang > na.rang:
            later |= gelijk
        rijen = rijen.filter(later)
    eerdere = historie.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by()
    eerdere = eerdere.values("pgh_obj").annotate(feed_laatste=Max("pgh_id"))
    vorige = historie.filter(pgh_id=OuterRef("feed_vorige")).values_list(_inhoud(historie))
    return (  # type: ignore[no-any-return]
        rijen.annotate(feed_vorige=Subquery(eerdere.values("feed_laatste")))
        .annotate(feed_inhoud=_inhoud(historie), feed_was=Subquery(vorige))
        .filter(Case(When(pgh_label="update", feed_inhoud=F("feed_was"), then=Value(False)), default=Value(True)))
        .annotate(
            feed_rang=Cast(Value(rang), IntegerField()),
            feed_sleutel=Cast(soort.sleutel, TextField()),
            feed_maatregel=Cast(soort.van_maatregel, BigIntegerField()),
            feed_actie=Case(*(When(pgh_label=label, then=Value(woord)) for label, woord in ACTIES.items())),
        )
        .order_by()
        .values_list("pgh_created_at", "feed_rang", "pgh_id", "feed_sleutel", "feed_maatregel", "feed_actie")
    )


def wijzigingen(
    *,
    tot: datetime.datetime,
    sinds: datetime.datetime | None = None,
    na: Plaats | None = None,
    soort: str | None = None,
) -> QuerySet[Any, Any]:
    """The changes before `tot` (see `grens`), oldest first, as rows for `benoem`.

    `sinds`: written at or after this moment. `na`: after this place. `soort`: of one kind.
    """
    rangen = [namen().index(soort)] if soort else range(len(soorten()))
    eerste, *rest = (_van_soort(rang, tot, sinds, na) for rang in rangen)
    return eerste.union(*rest, all=True).order_by("pgh_created_at", "feed_rang", "pgh_id")


def benoem(rijen: Sequence[tuple[Any, ...]]) -> list[Wijziging]:
    """These rows of the feed with the codes of their measures, also of measures that are gone; two queries at most."""
    nodig = {rij[4] for rij in rijen if rij[4] is not None}
    codes = dict(Maatregel.objects.filter(pk__in=nodig).values_list("pk", "code")) if nodig else {}
    if weg := nodig - set(codes):
        codes.update(
            _historie(SOORTEN[MAATREGEL]).filter(pgh_obj__in=weg).order_by("pgh_id").values_list("pgh_obj", "code")
        )
    return [
        Wijziging(f"{namen()[rang]}-{nummer}", namen()[rang], sleutel, codes.get(maatregel), actie, moment)
        for moment, rang, nummer, sleutel, maatregel, actie in rijen
    ]

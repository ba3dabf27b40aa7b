"""The past: how things stood on a day, and what was known here at a moment.

Two clocks. `peildatum` asks what held on that day, by the day on which facts held (a document, a status, an
involvement). `gezien_op` asks what had been recorded here by that moment, as the history tables have it. Together: how
it stood on that day as far as one knew at that moment.

`terug` answers both for every question that is asked within it, whoever asks and however: the names of tables lead to
views that show the past (see vensters.py). Rights, people, sessions and settings have no views: they are today's.
What has no day of its own (a title, a note) is shown as it is now, or with `gezien_op` as it was then.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from maatregelen import blikveld
from maatregelen.tijdreis.vensters import GEZIEN, TOEN, TOEN_GEZIEN

PEILDATUM, GEZIEN_OP = "peildatum", "gezienOp"
SLEUTELS = (PEILDATUM, GEZIEN_OP)
EERSTE_DAG = datetime.date(1900, 1, 1)


class Tijdfout(ValueError):  # noqa: N818  it names what it is
    """What was asked for is no moment in the past: `fouten` says why, per key."""

    def __init__(self, fouten: Mapping[str, str]) -> None:
        """`fouten`: a sentence for the reader per key of an address."""
        self.fouten = dict(fouten)
        super().__init__(" ".join(self.fouten.values()))


class AlTerug(RuntimeError):  # noqa: N818  it names what happened
    """Somebody who already looks back looks back from there: nobody can mean that."""


@dataclass(frozen=True)
class Tijdstip:
    """From where is looked: a day, a moment until which things were known, or both. At least one is there."""

    peildatum: datetime.date | None = None
    gezien_op: datetime.datetime | None = None
    # The day that was asked for where `gezien_op` is the end of one.
    gezien_dag: datetime.date | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for no moment at all, or one without a time zone."""
        if self.peildatum is None and self.gezien_op is None:
            raise ValueError("Geef een peildatum, een moment, of allebei.")
        if self.gezien_op is not None and timezone.is_naive(self.gezien_op):
            raise ValueError("Geef een moment met een tijdzone.")

    @property
    def dag(self) -> datetime.date:
        """The day on which things are judged: late, coming, nearly due."""
        return self.peildatum or timezone.localdate(self.gezien_op)

    @property
    def bekend_tot(self) -> datetime.datetime:
        """Until when things were known: the moment that was asked for, or the end of the day."""
        return self.gezien_op or einde_van(self.dag)

    @property
    def einde(self) -> datetime.datetime:
        """The end of the day that is looked at: what was recorded after it was recorded later."""
        return einde_van(self.dag)

    @property
    def adres(self) -> dict[str, str]:
        """The keys and values by which an address asks for this."""
        uit: dict[str, str] = {}
        if self.peildatum is not None:
            uit[PEILDATUM] = self.peildatum.isoformat()
        if self.gezien_op is not None:
            uit[GEZIEN_OP] = (self.gezien_dag or self.gezien_op).isoformat()
        return uit

    @property
    def _zoekpad(self) -> str:
        if self.gezien_op is None:
            return blikveld.schemas(TOEN)
        return blikveld.schemas(GEZIEN) if self.peildatum is None else blikveld.schemas(TOEN_GEZIEN, GEZIEN)


def einde_van(dag: datetime.date) -> datetime.datetime:
    """The last moment of a day in the time zone of the product."""
    middernacht = datetime.datetime.combine(dag + datetime.timedelta(days=1), datetime.time.min)
    return timezone.make_aware(middernacht) - datetime.timedelta(microseconds=1)


_DAG = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _dag(waarde: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(waarde) if _DAG.fullmatch(waarde) else None
    except ValueError:
        return None


def _lees_peildatum(waarde: str, vandaag: datetime.date) -> datetime.date:
    dag = _dag(waarde)
    if dag is None:
        raise ValueError(f"'{waarde}' is geen dag. Schrijf JJJJ-MM-DD, zoals 2025-03-19.")
    if dag > vandaag:
        raise ValueError(f"'{waarde}' ligt in de toekomst. Kies vandaag of een dag die is geweest.")
    if dag < EERSTE_DAG:
        raise ValueError(f"'{waarde}' is te lang geleden. Kies een dag vanaf {EERSTE_DAG:%d-%m-%Y}.")
    return dag


def _lees_gezien_op(waarde: str, nu: datetime.datetime) -> tuple[datetime.datetime, datetime.date | None]:
    dag = _dag(waarde)
    if dag is not None:
        _lees_peildatum(waarde, timezone.localdate(nu))
        return min(einde_van(dag), nu), dag
    try:
        if not _DAG.match(waarde):
            raise ValueError(waarde)
        moment = datetime.datetime.fromisoformat(waarde)
        moment = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
        moment = moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            f"'{waarde}' is geen dag of moment. Schrijf JJJJ-MM-DD of 2025-03-19T14:00, en een plusteken als %2B."
        ) from None
    if moment > nu:
        raise ValueError(f"'{waarde}' ligt in de toekomst. Kies een moment dat is geweest.")
    if moment.date() < EERSTE_DAG:
        raise ValueError(f"'{waarde}' is te lang geleden. Kies een moment vanaf {EERSTE_DAG:%d-%m-%Y}.")
    return moment, None


def lees_tijdstip(adres: Mapping[str, str], *, nu: datetime.datetime) -> Tijdstip | None:
    """What the keys of an address ask for; None when they ask nothing. An empty value is no question.

    Raises Tijdfout for what is no day or moment, lies in the future, or before 1900.
    """
    peildatum: datetime.date | None = None
    gezien_op: datetime.datetime | None = None
    gezien_dag: datetime.date | None = None
    fouten: dict[str, str] = {}
    if waarde := adres.get(PEILDATUM):
        try:
            peildatum = _lees_peildatum(waarde, timezone.localdate(nu))
        except ValueError as fout:
            fouten[PEILDATUM] = str(fout)
    if waarde := adres.get(GEZIEN_OP):
        try:
            gezien_op, gezien_dag = _lees_gezien_op(waarde, nu)
        except ValueError as fout:
            fouten[GEZIEN_OP] = str(fout)
    if fouten:
        raise Tijdfout(fouten)
    return Tijdstip(peildatum, gezien_op, gezien_dag) if peildatum or gezien_op else None


_hier: ContextVar[Tijdstip | None] = ContextVar("tijdreis", default=None)


def hier() -> Tijdstip | None:
    """From where is looked now; None in the present."""
    return _hier.get()


@contextmanager
def terug(
    tijdstip: Tijdstip | None = None,
    *,
    peildatum: datetime.date | None = None,
    gezien_op: datetime.datetime | None = None,
) -> Iterator[Tijdstip]:
    """Within this every question to the database is about that day, or about what was known at that moment.

    Ask everything within it: what is asked after it is about now. Nothing can be written, and all ends by rolling back,
    so that the present is found as it was, also inside another transaction.

    Raises AlTerug within another `terug`, and ValueError for no moment at all.
    """
    if _hier.get() is not None:
        raise AlTerug
    daar = tijdstip or Tijdstip(peildatum, gezien_op)
    merk = _hier.set(daar)
    # A view has no primary key from which the other columns follow: there GROUP BY has to name them all.
    kortweg = connection.features.allows_group_by_selected_pks
    connection.features.allows_group_by_selected_pks = False
    try:
        with transaction.atomic(), blikveld.vastgehouden():
            try:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT set_config('search_path', %s, true), set_config('regiemonitor.peildatum', %s, true),"
                        " set_config('regiemonitor.gezien_op', %s, true),"
                        " set_config('transaction_read_only', 'on', true),"
                        # Views make plans look dearer than they are; compiling them costs more than it saves.
                        " set_config('jit', 'off', true)",
                        [daar._zoekpad, daar.dag.isoformat(), daar.bekend_tot.isoformat()],
                    )
                yield daar
            finally:
                transaction.set_rollback(True)
    finally:
        connection.features.allows_group_by_selected_pks = kortweg
        _hier.reset(merk)

"""The check number of a row: SHA-256 over its columns in one fixed form, worked out by the database."""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from logboek.afscherming import CONTEXT, historietabellen
from logboek.models import Logregel

# What the text of a value depends on, besides the value.
_VASTE_VORM = (
    "SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),"
    " set_config('IntervalStyle', 'iso_8601', true), set_config('extra_float_digits', '1', true),"
    " set_config('bytea_output', 'hex', true)"
)


@dataclass(frozen=True)
class Bewaakt:
    """A table under the chain: what numbers its rows, and which columns count."""

    tabel: str
    sleutel: str
    kolommen: tuple[str, ...]

    @property
    def is_context(self) -> bool:
        """Whether its rows have no order of their own, and are sealed with the history rows that point at them."""
        return self.tabel == CONTEXT


def bewaakte_tabellen() -> list[Bewaakt]:
    """The log and every history table there is, in a fixed order; the contexts last."""
    modellen: list[type[Model]] = [Logregel, *historietabellen(), apps.get_model("pghistory", "Context")]
    return [
        Bewaakt(
            model._meta.db_table,
            str(model._meta.pk.column),
            tuple(sorted(str(veld.column) for veld in model._meta.local_concrete_fields)),
        )
        for model in modellen
    ]


def zet_vaste_vorm(cursor: CursorWrapper) -> None:
    """For the rest of this transaction: the same value is the same text, whatever the connection was told."""
    cursor.execute(_VASTE_VORM)


def getallen(
    cursor: CursorWrapper, bewaakt: Bewaakt, *, na: int, tot: int, hoogstens: int | None = None
) -> list[tuple[str, bytes]]:
    """Key and check number of the rows with a key above `na` and up to and including `tot`, in order."""
    sleutel = _naam(bewaakt.sleutel)
    grens = "" if hoogstens is None else f" LIMIT {int(hoogstens)}"
    cursor.execute(
        _uit(bewaakt, f"WHERE {sleutel} > %s AND {sleutel} <= %s ORDER BY {sleutel}{grens}")
        + f" ORDER BY rij.{sleutel}",
        [bewaakt.tabel, na, tot],
    )
    return [(rij, bytes(getal)) for rij, getal in cursor.fetchall()]


def getallen_van(cursor: CursorWrapper, bewaakt: Bewaakt, sleutels: list[str]) -> list[tuple[str, bytes]]:
    """Key and check number of these contexts, as far as they are there, in order of their key."""
    sleutel = _naam(bewaakt.sleutel)
    cursor.execute(
        _uit(bewaakt, f"WHERE {sleutel} = ANY(%s::uuid[])") + f" ORDER BY rij.{sleutel}::text",
        [bewaakt.tabel, sleutels],
    )
    return [(rij, bytes(getal)) for rij, getal in cursor.fetchall()]


def _uit(bewaakt: Bewaakt, welke: str) -> str:
    # Names come from the models, never from a visitor.
    kolommen = ", ".join(_naam(kolom) for kolom in bewaakt.kolommen)
    return (
        f"SELECT rij.{_naam(bewaakt.sleutel)}::text,"  # noqa: S608  from the models
        " sha256(convert_to(%s || chr(10) || to_jsonb(rij)::text, 'UTF8'))"
        f" FROM (SELECT {kolommen} FROM {_naam(bewaakt.tabel)} {welke}) rij"
    )


def _naam(naam: str) -> str:
    return connection.ops.quote_name(naam)

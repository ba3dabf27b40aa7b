"""What somebody may see, told to the database: within `kijkend` every question is answered as this person may know.

The rule stands once, in two forms beside each other: `Blik.ziet` judges a row that is at hand, `Blik.voorwaarde` is the
same for a query. `kijkend` goes further: the names of tables lead to views that hold only what may be seen (see
vensters.py), so that a count, a prefetch, a search or a link cannot forget to ask. Together with `tijdreis` it shows
the past with the rights of today. Who writes does so outside it, on the tables themselves.
"""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, Value
from psycopg.pq import TransactionStatus

from maatregelen.models.afscherming import Afgeschermd, Zichtniveau

ZICHT = "zicht"
# Stands in `eigen` for what belongs to no organisation: the LRT-secretariaat keeps that.
BUREAU = 0
NIETS = Zichtniveau.OPENBAAR + 1
# Not an empty Q: that is left out beside an OR, as if there were no condition there that anything meets.
ALLES = Q(Value(True))


@dataclass(frozen=True)
class Blik:
    """From which level on somebody sees things, and of which organisations everything; `alles` sees all.

    `moment` decides whether an embargo is over: at that moment it is.
    """

    niveau: int
    moment: datetime.datetime
    eigen: frozenset[int] = frozenset()
    alles: bool = False

    @property
    def niveaus(self) -> list[int]:
        """The levels at which somebody sees things, of whomever they are."""
        return [niveau.value for niveau in Zichtniveau if niveau >= self.niveau]

    def ziet(self, rij: Afgeschermd) -> bool:
        """Whether this row may be seen."""
        if self.alles:
            return True
        op_niveau = rij.zicht >= self.niveau or (rij.zicht_voor_id or BUREAU) in self.eigen
        return op_niveau and (not rij.heeft_embargo(self.moment) or (rij.stil_voor_id or BUREAU) in self.eigen)

    def ziet_intern(self, rij: Afgeschermd) -> bool:
        """Whether what of this row is kept within the Rijk may be seen; whether the row may is for `ziet`."""
        return self.alles or self.niveau <= Zichtniveau.RIJK or (rij.zicht_voor_id or BUREAU) in self.eigen

    def voorwaarde(self, pad: str = "") -> Q:
        """The same for a query; `pad` leads to the row, such as `maatregel__`.

        Within `kijkend` the views hold to it already: asked once more it would cost as much again.
        """
        if self.alles or self == _blik.get():
            return ALLES
        if self.niveau >= NIETS and not self.eigen:
            return Q(pk__in=[])
        op_niveau = Q(**{f"{pad}zicht__gte": self.niveau}) | self._van("zicht_voor", pad)
        open_ = Q(**{f"{pad}stil_tot": None}) | Q(**{f"{pad}stil_tot__lte": self.moment}) | self._van("stil_voor", pad)
        return op_niveau & open_

    def _van(self, kolom: str, pad: str) -> Q:
        van = Q(**{f"{pad}{kolom}__in": self.eigen - {BUREAU}})
        return van | Q(**{f"{pad}{kolom}": None}) if BUREAU in self.eigen else van


_blik: ContextVar[Blik | None] = ContextVar("blik", default=None)
_vast: ContextVar[bool] = ContextVar("vast", default=False)


def hier() -> Blik | None:
    """Whose view the database shows now; None where it shows everything."""
    return _blik.get()


def schemas(*namen: str) -> str:
    """The search path that leads to these schemas, and before each to what may be seen of it."""
    if _blik.get() is None:
        return ", ".join((*namen, "public"))
    return ", ".join([*(deel for naam in namen for deel in (f"{ZICHT}_{naam}", naam)), ZICHT, "public"])


def van(schema: str) -> str:
    """The schema in which a query that names it finds what may be seen."""
    return schema if _blik.get() is None else f"{ZICHT}_{schema}"


def _reeks(getallen: Iterable[int]) -> str:
    """As PostgreSQL writes an array."""
    return "{" + ",".join(map(str, sorted(getallen))) + "}"


def _zet(blik: Blik | None) -> None:
    """Tell the database who looks. Past Django's own cursor: it is no question of the page."""
    connection.ensure_connection()
    pad = f"{ZICHT}, public" if blik else "public"
    wie = blik or Blik(NIETS, datetime.datetime.min.replace(tzinfo=datetime.UTC))
    with connection.connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('search_path', %s, false), set_config('regiemonitor.niveau', %s, false),"
            " set_config('regiemonitor.niveaus', %s, false), set_config('regiemonitor.eigen', %s, false),"
            " set_config('regiemonitor.moment', %s, false)",
            [pad, str(int(wie.niveau)), _reeks(wie.niveaus), _reeks(wie.eigen), wie.moment.isoformat()],
        )


@contextmanager
def kijkend(blik: Blik) -> Iterator[None]:
    """Within this every question to the database is answered as `blik` may know. Ask only, write nothing.

    Raises RuntimeError within a look back (`tijdreis.terug`): look first, then go back.
    """
    eerder = _blik.get()
    nieuw = None if blik.alles else blik
    if nieuw == eerder:
        yield
        return
    if _vast.get():
        raise RuntimeError("Kijk eerst als iemand, en ga dan terug in de tijd.")
    merk = _blik.set(nieuw)
    # A view has no primary key from which the other columns follow: there GROUP BY has to name them all.
    connection.features.allows_group_by_selected_pks = nieuw is None
    try:
        _zet(nieuw)
        yield
    finally:
        _blik.reset(merk)
        connection.features.allows_group_by_selected_pks = eerder is None
        _herstel(eerder)


@contextmanager
def vastgehouden() -> Iterator[None]:
    """Within this nobody else can look: `kijkend` would lead back to the tables of now, and leave the past unseen."""
    merk = _vast.set(True)
    try:
        yield
    finally:
        _vast.reset(merk)


def _herstel(eerder: Blik | None) -> None:
    """As it was before. A connection that cannot be told so is closed: the next one begins anew."""
    verbinding = connection.connection
    # A transaction that failed takes back with it what was said within it.
    if verbinding is None or verbinding.closed or verbinding.info.transaction_status == TransactionStatus.INERROR:
        return
    try:
        _zet(eerder)
    except Exception:
        connection.close()
        raise

"""Sealing: a check number over everything that came since the previous one, and over that one.

Numbers of rows are given out before their transaction is over, so a row can appear below one that is sealed already.
Therefore a seal goes no further than the highest numbers that were seen at some moment, and not before every
transaction that was writing to one of these tables by then is over. Who inserts takes a lock on the table before a
number is drawn and keeps it to the end; so the locks say who those are.

Two sealers at once do no harm: one waits for nothing and goes home.
"""

import datetime
import hashlib
import json
import time
from collections.abc import Sequence

import structlog
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from logboek.models import Actie, Resultaat, Zegel, Zegeldeel, Zegelgrens
from logboek.rijgetallen import Bewaakt, bewaakte_tabellen, getallen, getallen_van, zet_vaste_vorm
from logboek.schrijven import Onderwerp, schrijf

log = structlog.get_logger(__name__)

# Rows under one seal: so that the first one over years of history is made in pieces of a second or so.
RIJEN_PER_ZEGEL = 10_000
BEGIN = "0" * 64
_SLOT = 7_361_540_001  # any number, as long as nobody else locks it
_KIJK_OPNIEUW = 0.1


def verzegel(*, moment: datetime.datetime, wacht: float = 5.0, hoogstens: int | None = None) -> list[Zegel]:
    """Seal what is new; answers the seals, none when nothing is new or somebody else is at it.

    `wacht`: seconds to wait for the transactions that run now; what they keep waiting is sealed the next time.
    `hoogstens`: stop after so many seals; the rest is for the next time.
    """
    gemaakt: list[Zegel] = []
    if _heeft_grens() and not _zegel_alles(gemaakt, moment, wacht, hoogstens):
        return gemaakt
    _meet_grenzen()
    _zegel_alles(gemaakt, moment, wacht, hoogstens)
    return gemaakt


def _zegel_alles(gemaakt: list[Zegel], moment: datetime.datetime, wacht: float, hoogstens: int | None) -> bool:
    """Seal up to the bounds that were measured; whether it came that far."""
    grenzen = _klare_grenzen(wacht=wacht)
    if grenzen is None:
        return False
    while hoogstens is None or len(gemaakt) < hoogstens:
        zegel = _zegel(grenzen, moment)
        if zegel is None:
            return True
        gemaakt.append(zegel)
    return False


def herzegel(tabellen: Sequence[str], *, moment: datetime.datetime, reden: str) -> Zegel:
    """Start these tables anew, after a column of theirs went and their old check numbers say nothing any more.

    The next seals go over all their rows again. The seal that says so is a link of the chain like any other, and the
    log says it. Raises ValueError for a table that is under no seal.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SLOT])
        bekend = {bewaakt.tabel: bewaakt for bewaakt in bewaakte_tabellen()}
        if vreemd := set(tabellen) - set(bekend):
            raise ValueError(f"Geen tabel van het logboek: {', '.join(sorted(vreemd))}.")
        delen = [_deel(bekend[tabel], [], opnieuw=True) for tabel in sorted(set(tabellen))]
        zegel = _leg(delen, moment)
        schrijf(
            actie=Actie.LOGBOEK_VERZEGELEN,
            resultaat=Resultaat.GELUKT,
            moment=moment,
            over=Onderwerp("zegel", str(zegel.nummer), f"zegel {zegel.nummer}"),
            details={"tabellen": sorted(set(tabellen)), "reden": reden},
        )
    return zegel


def laatste_sleutels(cursor: CursorWrapper, tabellen: Sequence[str]) -> dict[str, int]:
    """Up to which row each table is sealed; 0 where nothing is, or where it starts anew."""
    cursor.execute(
        "SELECT t, (SELECT sleutels[cardinality(sleutels)] FROM logboek_zegeldeel WHERE tabel = t"
        " ORDER BY id DESC LIMIT 1) FROM unnest(%s::text[]) t",
        [list(tabellen)],
    )
    return {tabel: int(laatste) if laatste else 0 for tabel, laatste in cursor.fetchall()}


def deelgetal(sleutels: Sequence[str], rijgetallen: bytes) -> str:
    """The check number of a part: over which rows they are, and over the number of each."""
    return hashlib.sha256("\n".join(sleutels).encode() + b"\0" + rijgetallen).hexdigest()


def zegelgetal(nummer: int, tijdstip: datetime.datetime, vorige: str, delen: Sequence[Zegeldeel]) -> str:
    """The check number of a seal: over its parts, its place, its moment, and the number of the one before."""
    inhoud = {
        "nummer": nummer,
        "tijdstip": tijdstip.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        "vorige": vorige,
        "delen": [[deel.tabel, deel.opnieuw, deel.kolommen, len(deel.sleutels), deel.getal] for deel in delen],
    }
    return hashlib.sha256(json.dumps(inhoud, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _heeft_grens() -> bool:
    return Zegelgrens.objects.exists()


def _meet_grenzen() -> None:
    """Remember the highest numbers there are, and after that who is writing to these tables."""
    tabellen = [bewaakt for bewaakt in bewaakte_tabellen() if not bewaakt.is_context]
    naam = connection.ops.quote_name
    vraag = " UNION ALL ".join(
        f"SELECT '{deze.tabel}', max({naam(deze.sleutel)}) FROM {naam(deze.tabel)}"  # noqa: S608  # from the models
        for deze in tabellen
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SLOT])
        if not cursor.fetchone()[0]:
            return
        cursor.execute(vraag)
        grenzen = {tabel: hoogste for tabel, hoogste in cursor.fetchall() if hoogste is not None}
        cursor.execute(
            "SELECT DISTINCT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND relation = ANY(%s::text[]::regclass[]::oid[])",
            [[deze.tabel for deze in tabellen]],
        )
        schrijvers = sorted(schrijver for (schrijver,) in cursor.fetchall())
        Zegelgrens.objects.update_or_create(pk=1, defaults={"grenzen": grenzen, "schrijvers": schrijvers})


def _klare_grenzen(*, wacht: float) -> dict[str, int] | None:
    """The bounds, once whoever could still write below them is done; None when that takes longer than `wacht`."""
    grens = Zegelgrens.objects.filter(pk=1).first()
    if grens is None:
        return None
    einde = time.monotonic() + wacht
    with connection.cursor() as cursor:
        while True:
            # Of a database that was put back from a copy nobody of then is busy any more.
            cursor.execute("SELECT count(*) FROM pg_locks WHERE virtualtransaction = ANY(%s)", [grens.schrijvers])
            if not cursor.fetchone()[0]:
                return dict(grens.grenzen)
            if time.monotonic() >= einde:
                return None
            time.sleep(_KIJK_OPNIEUW)


def _zegel(grenzen: dict[str, int], moment: datetime.datetime) -> Zegel | None:
    """One seal over the next rows below the bounds; None when there are none, or somebody else is sealing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SLOT])
        if not cursor.fetchone()[0]:
            return None
        zet_vaste_vorm(cursor)
        alle = bewaakte_tabellen()
        context = alle[-1]
        tot_nu = laatste_sleutels(cursor, [bewaakt.tabel for bewaakt in alle if not bewaakt.is_context])
        over = RIJEN_PER_ZEGEL
        delen: list[Zegeldeel] = []
        contexten: set[str] = set()
        for bewaakt in alle[:-1]:
            tot = grenzen.get(bewaakt.tabel, 0)
            if over <= 0 or tot <= tot_nu[bewaakt.tabel]:
                continue
            rijen = getallen(cursor, bewaakt, na=tot_nu[bewaakt.tabel], tot=tot, hoogstens=over)
            if not rijen:
                continue
            over -= len(rijen)
            delen.append(_deel(bewaakt, rijen))
            if "pgh_context_id" in bewaakt.kolommen:
                contexten |= _contexten(cursor, bewaakt, int(rijen[0][0]), int(rijen[-1][0]))
        if not delen:
            return None
        if contexten:
            delen.append(_deel(context, getallen_van(cursor, context, sorted(contexten))))
        zegel = _leg(delen, moment)
    # Outside the database too: who keeps the last number elsewhere sees when the end of the chain was cut off.
    log.info("zegel", nummer=zegel.nummer, controlegetal=zegel.getal, rijen=sum(len(deel.sleutels) for deel in delen))
    return zegel


def _contexten(cursor: CursorWrapper, bewaakt: Bewaakt, eerste: int, laatste: int) -> set[str]:
    naam = connection.ops.quote_name
    cursor.execute(
        f"SELECT DISTINCT pgh_context_id::text FROM {naam(bewaakt.tabel)}"  # noqa: S608  # from the models
        f" WHERE {naam(bewaakt.sleutel)} BETWEEN %s AND %s AND pgh_context_id IS NOT NULL",
        [eerste, laatste],
    )
    return {sleutel for (sleutel,) in cursor.fetchall()}


def _deel(bewaakt: Bewaakt, rijen: Sequence[tuple[str, bytes]], *, opnieuw: bool = False) -> Zegeldeel:
    sleutels = [sleutel for sleutel, _ in rijen]
    rijgetallen = b"".join(getal for _, getal in rijen)
    return Zegeldeel(
        tabel=bewaakt.tabel,
        kolommen=list(bewaakt.kolommen),
        opnieuw=opnieuw,
        sleutels=sleutels,
        rijgetallen=rijgetallen,
        getal=deelgetal(sleutels, rijgetallen),
    )


def _leg(delen: list[Zegeldeel], moment: datetime.datetime) -> Zegel:
    """The next link, with its parts. The caller holds the lock."""
    vorige = Zegel.objects.order_by("-nummer").first()
    nummer = vorige.nummer + 1 if vorige else 1
    voor = vorige.getal if vorige else BEGIN
    zegel = Zegel.objects.create(
        nummer=nummer, tijdstip=moment, vorige=voor, getal=zegelgetal(nummer, moment, voor, delen)
    )
    for deel in delen:
        deel.zegel = zegel
    Zegeldeel.objects.bulk_create(delen)
    return zegel

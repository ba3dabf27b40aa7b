"""What the log costs: writing a line, sealing 100,000 rows, checking them, one page of 100,000 lines, all of them.

Writing: a line with person and address, against the bare `INSERT` of the same row. Sealing and checking: against the
database working out the same check numbers and handing them over. A page of what is newest and one further on: with
100,000 lines against 50,000. Searches that have to read much: in milliseconds, because a reader waits for them. Taking
along: against the same list asked in one piece; and the most memory it takes at once.

Makes a scratch database of its own beside the one in DATABASE_URL and drops it again. Exits 1 above a limit.
"""

import datetime
import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

HUIS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HUIS))
os.environ["DJANGO_SETTINGS_MODULE"] = "migratie.settings"
os.environ.setdefault("REGIEMONITOR_DEMO", "1")
os.environ["LOGNIVEAU"] = "ERROR"

import django

GRENS_SCHRIJVEN, GRENS_ZEGELEN, GRENS_CONTROLE, GRENS_BLADZIJDE_MS = 8.0, 4.0, 4.5, 1000.0
GRENS_GROEI, GRENS_OPHALEN, GRENS_GEHEUGEN_MB = 1.6, 5.0, 8.0
# Twice: half of each first, to see whether a page costs more as the log grows.
REGELS, GESCHIEDENIS = 25_000, 25_000
RONDEN = 5

django.setup()

from django.db import connection, transaction
from django.utils import timezone

from logboek.bron import Bron, vanuit
from logboek.controle import controleer
from logboek.lezen import Vraag, regels
from logboek.models import Actie, Oorsprong, Resultaat
from logboek.rijgetallen import bewaakte_tabellen, getallen, zet_vaste_vorm
from logboek.schrijven import Onderwerp, schrijf
from logboek.verzegelen import verzegel
from maatregelen.models import Organisatie, Persoon
from toegang.views.logboek import VORMEN

KAAL = """
INSERT INTO logboek_logregel (tijdstip, actie, object_soort, object_sleutel, object_naam, resultaat, oorsprong, details)
SELECT %s, 'uitvoeren', 'stuk', '12', 'Onepager', 'gelukt', 'pagina', '{"vorm": "pdf"}'
"""


def duur(werk: Callable[[], object], keer: int = 1) -> float:
    """Seconds per time, on the clock."""
    begin = time.perf_counter()
    for _ in range(keer):
        werk()
    return (time.perf_counter() - begin) / keer


def vul(keer: int) -> None:
    """As many lines of the log as rows of history."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"{KAAL} FROM generate_series(1, %s)", [timezone.now(), REGELS])
    Organisatie.objects.bulk_create(
        [
            Organisatie(slug=f"o{nummer}", naam=f"Organisatie {nummer}", afkorting=f"O{nummer}", soort="gemeente")
            for nummer in range(keer * GESCHIEDENIS, (keer + 1) * GESCHIEDENIS)
        ],
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def meet_schrijven(persoon: Persoon) -> float:
    """A line against the bare insert, in turn; the ratio of the medians."""
    nu = timezone.now()

    def kaal() -> None:
        with connection.cursor() as cursor:
            cursor.execute(KAAL, [nu])

    def regel() -> None:
        schrijf(
            actie=Actie.UITVOEREN,
            resultaat=Resultaat.GELUKT,
            moment=nu,
            actor=persoon,
            over=Onderwerp("stuk", "12", "Onepager"),
            details={"vorm": "pdf"},
        )

    with vanuit(Bron(Oorsprong.PAGINA, "192.0.2.1", "Meting")):
        paren = [(duur(kaal, 200), duur(regel, 200)) for _ in range(RONDEN)]
    vloer, ons = (statistics.median(kant) for kant in zip(*paren, strict=True))
    print(f"schrijven: {ons * 1000:.2f} ms per regel, kaal {vloer * 1000:.2f} ms: {ons / vloer:.1f}", end=" ")
    print(f"(hoogstens {GRENS_SCHRIJVEN})")
    return ons / vloer


def meet_zegelen() -> tuple[float, float]:
    """Sealing and checking against the database working out the numbers, once over."""

    def vloer() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            zet_vaste_vorm(cursor)
            for bewaakt in bewaakte_tabellen()[:-1]:
                getallen(cursor, bewaakt, na=0, tot=2**62)

    vloer()
    kaal = statistics.median(duur(vloer) for _ in range(3))
    zegelen = duur(lambda: verzegel(moment=timezone.now(), wacht=60))
    uitkomst = []
    controle = duur(lambda: uitkomst.append(controleer()))
    assert uitkomst[0].is_heel, uitkomst[0].bevindingen
    assert uitkomst[0].rijen >= 2 * (REGELS + GESCHIEDENIS)
    print(f"zegelen: {uitkomst[0].rijen} rijen in {zegelen:.2f} s, getallen alleen {kaal:.2f} s: {zegelen / kaal:.1f}")
    print(f"controleren: {controle:.2f} s: {controle / kaal:.1f} (hoogstens {GRENS_ZEGELEN} en {GRENS_CONTROLE})")
    return zegelen / kaal, controle / kaal


def _tel() -> None:
    """Work for the database that is the same however long the log is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n) FROM generate_series(1, 50000) n")


def meet_bladzijden() -> dict[str, tuple[float, float]]:
    """Of the newest page and of one deep in the list: milliseconds, and how many times as long as work that does not
    grow, in turn. The two logs are measured a minute apart, and a machine is not equally fast all the time.
    """
    diep = regels(Vraag(), aantal=1000)[-1].plek
    vragen: dict[str, Callable[[], object]] = {
        "nieuwste": lambda: regels(Vraag(), aantal=51),
        "verderop": lambda: regels(Vraag(), na=diep, aantal=51),
    }
    uit = {}
    for naam, vraag in vragen.items():
        paren = [(duur(vraag), duur(_tel)) for _ in range(15)]
        uit[naam] = (statistics.median(ons for ons, _ in paren) * 1000, statistics.median(a / b for a, b in paren))
    return uit


def meet_groei(half: dict[str, tuple[float, float]]) -> float:
    """How many times more a page costs with twice as many lines; the worst of two."""
    meest = 0.0
    for naam, (ms, keer) in meet_bladzijden().items():
        toen_ms, toen = half[naam]
        meest = max(meest, keer / toen)
        print(f"bladzijde {naam}: {ms:.0f} ms, met de helft {toen_ms:.0f} ms; tegen de vloer {keer / toen:.2f} keer")
    return meest


def meet_zoeken() -> float:
    """The slowest search, in ms."""
    vragen: dict[str, Callable[[], object]] = {
        "van een persoon": lambda: regels(Vraag(wie="meting@"), aantal=51),
        "een object": lambda: regels(Vraag(object="O4711"), aantal=51),
        "een dag": lambda: regels(Vraag(van=timezone.now() - datetime.timedelta(days=1)), aantal=51),
        "wat er niet is": lambda: regels(Vraag(object="bestaat nergens"), aantal=51),
    }
    traagst = 0.0
    for naam, vraag in vragen.items():
        ms = statistics.median(duur(vraag) for _ in range(RONDEN)) * 1000
        traagst = max(traagst, ms)
        print(f"zoeken, {naam}: {ms:.0f} ms (hoogstens {GRENS_BLADZIJDE_MS:.0f})")
    return traagst


def meet_ophalen() -> tuple[float, float]:
    """Taking all of it along against asking it in one piece; and the most megabytes at once."""
    maak = VORMEN["csv"][1]
    tellen: list[int] = []

    def stroom() -> None:
        tellen.append(sum(1 for _ in maak(Vraag())) - 1)

    in_een = statistics.median(duur(lambda: regels(Vraag(), aantal=1_000_000)) for _ in range(3))
    ons = statistics.median(duur(stroom) for _ in range(3))
    tracemalloc.start()
    stroom()
    mb = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    assert len(set(tellen)) == 1
    assert tellen[0] >= 2 * (REGELS + GESCHIEDENIS)
    print(f"ophalen: {tellen[0]} regels in {ons:.1f} s, in een keer gevraagd {in_een:.1f} s: {ons / in_een:.1f}")
    print(f"ophalen: hoogstens {mb:.1f} MB tegelijk (hoogstens {GRENS_OPHALEN:.0f} keer, {GRENS_GEHEUGEN_MB:.0f} MB)")
    return ons / in_een, mb


def main() -> int:
    """Measure, print, and answer 1 outside a limit."""
    oud = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{oud}_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        persoon = Persoon.objects.create_user("meting@voorbeeld.nl", functie="Meting")
        vul(0)
        half = meet_bladzijden()
        vul(1)
        groei = meet_groei(half)
        zoeken = meet_zoeken()
        ophalen, geheugen = meet_ophalen()
        schrijven = meet_schrijven(persoon)
        zegelen, controle = meet_zegelen()
        goed = (
            schrijven <= GRENS_SCHRIJVEN
            and zegelen <= GRENS_ZEGELEN
            and controle <= GRENS_CONTROLE
            and zoeken <= GRENS_BLADZIJDE_MS
            and groei <= GRENS_GROEI
            and ophalen <= GRENS_OPHALEN
            and geheugen <= GRENS_GEHEUGEN_MB
        )
        return 0 if goed else 1
    finally:
        connection.creation.destroy_test_db(oud, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())

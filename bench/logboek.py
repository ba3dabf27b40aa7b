"""What the log costs: writing a line, sealing 100,000 rows, checking them, and one page of 100,000 lines.

Writing: a line with person and address, against the bare `INSERT` of the same row. Sealing and checking: against the
database working out the same check numbers and handing them over. A page: the newest 50 of everything, and those of
somebody who did hardly anything, against the bare 50 newest of one table.

Makes a scratch database of its own beside the one in DATABASE_URL and drops it again. Exits 1 above a limit.
"""

import datetime
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

HUIS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HUIS))
os.environ["DJANGO_SETTINGS_MODULE"] = "migratie.settings"
os.environ.setdefault("REGIEMONITOR_DEMO", "1")
os.environ["LOGNIVEAU"] = "ERROR"

import django

GRENS_SCHRIJVEN, GRENS_ZEGELEN, GRENS_CONTROLE, GRENS_BLADZIJDE_MS = 6.0, 4.0, 4.0, 1000.0
REGELS, GESCHIEDENIS = 50_000, 50_000
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


def vul() -> Persoon:
    """Lines of the log and rows of history, half of each."""
    persoon = Persoon.objects.create_user("meting@voorbeeld.nl", functie="Meting")
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"{KAAL} FROM generate_series(1, %s)", [timezone.now(), REGELS])
    Organisatie.objects.bulk_create(
        [
            Organisatie(slug=f"o{nummer}", naam=f"Organisatie {nummer}", afkorting=f"O{nummer}", soort="gemeente")
            for nummer in range(GESCHIEDENIS)
        ],
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return persoon


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
    print(f"schrijven: {ons * 1000:.2f} ms per regel, kaal {vloer * 1000:.2f} ms: {ons / vloer:.1f} (hoogstens 6)")
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
    assert uitkomst[0].rijen >= REGELS + GESCHIEDENIS
    print(f"zegelen: {uitkomst[0].rijen} rijen in {zegelen:.2f} s, getallen alleen {kaal:.2f} s: {zegelen / kaal:.1f}")
    print(f"controleren: {controle:.2f} s: {controle / kaal:.1f} (beide hoogstens 4)")
    return zegelen / kaal, controle / kaal


def meet_bladzijde() -> float:
    """The slowest of three pages, in ms: the newest, a search by person, one page deep in the list."""
    diep = regels(Vraag(), aantal=1000)[-1].plek
    vragen: dict[str, Callable[[], object]] = {
        "nieuwste": lambda: regels(Vraag(), aantal=51),
        "van een persoon": lambda: regels(Vraag(wie="meting@"), aantal=51),
        "verderop": lambda: regels(Vraag(), na=diep, aantal=51),
        "een object": lambda: regels(Vraag(object="O4711"), aantal=51),
        "een dag": lambda: regels(Vraag(van=timezone.now() - datetime.timedelta(days=1)), aantal=51),
    }
    traagst = 0.0
    for naam, vraag in vragen.items():
        ms = statistics.median(duur(vraag) for _ in range(RONDEN)) * 1000
        traagst = max(traagst, ms)
        print(f"bladzijde {naam}: {ms:.0f} ms")
    return traagst


def main() -> int:
    """Measure, print, and answer 1 outside a limit."""
    oud = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{oud}_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        persoon = vul()
        schrijven = meet_schrijven(persoon)
        zegelen, controle = meet_zegelen()
        bladzijde = meet_bladzijde()
        goed = (
            schrijven <= GRENS_SCHRIJVEN
            and zegelen <= GRENS_ZEGELEN
            and controle <= GRENS_CONTROLE
            and bladzijde <= GRENS_BLADZIJDE_MS
        )
        return 0 if goed else 1
    finally:
        connection.creation.destroy_test_db(oud, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())

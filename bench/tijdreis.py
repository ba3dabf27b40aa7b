"""What looking back costs: a list as of a past moment against the same list of today.

10,000 measures with milestones, people and statuses, and 200,000 rows of history of those measures alone, half of them
recorded after the moment that is asked for. The page and the list of the API, as they stood on a day (`peildatum`), as
they were known then (`gezienOp`), and both; the first page, the 10th and the 100th. Time on the clock, because the
database does the work. See bench/README.md.

    .venv/bin/python -P migratie/lokaal.py run -- .venv/bin/python bench/tijdreis.py
"""

import datetime
import gc
import io
import logging
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migratie.settings")
os.environ.setdefault("LOGNIVEAU", "CRITICAL")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client, RequestFactory
from knox.models import get_token_model

from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Lidmaatschap,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Pijler,
    Statuswijziging,
    Zichtniveau,
)

MAATREGELEN, VERSIES = 10_000, 20
RONDES, OPWARMEN = 9, 1
# One clock costs at most three times today; both at once ask the history of every row twice.
GRENS, GRENS_VLAK = {"vandaag": 1.0, "peildatum": 3.0, "gezienOp": 3.0, "allebei": 5.0}, 1.6
# Above what is asked it says so; beyond this much more than that it ends with 1. Peaks of the machine lie between.
SPELING = 1.5
BEGIN, TOEN = datetime.date(2024, 9, 26), datetime.date(2025, 9, 26)
TERUG = {
    "peildatum": f"peildatum={TOEN}",
    "gezienOp": f"gezienOp={TOEN}",
    "allebei": f"peildatum={TOEN}&gezienOp={TOEN}",
}
BLADEN = (1, 10, 100)

logging.disable(logging.CRITICAL)


def vul() -> Persoon:
    """Measures that look like real ones, with their history spread over two years; answers who may see them."""
    organisaties = Organisatie.objects.bulk_create(
        Organisatie(slug=f"org-{n}", naam=f"Organisatie {n}", afkorting=f"ORG{n}", soort="ministerie")
        for n in range(20)
    )
    agendas = Agenda.objects.bulk_create(
        Agenda(
            slug=f"agenda-{n}",
            titel=f"Agenda {n}",
            soort="gezamenlijk",
            zichtbaarheid=Zichtniveau.REGIETAFEL,
            staat="vastgesteld",
            documentdatum=BEGIN,
            geldt_vanaf=BEGIN,
            is_lopend=True,
        )
        for n in range(10)
    )
    pijlers = Pijler.objects.bulk_create(
        Pijler(agenda=agenda, nummer=str(n), volgorde=n, titel=f"Pijler {n} van {agenda.titel}")
        for agenda in agendas
        for n in range(10)
    )
    persoon = Persoon.objects.create_user("lezer@voorbeeld.nl", functie="Lezer")
    Lidmaatschap.objects.create(persoon=persoon, organisatie=organisaties[0], rol="lezer", vanaf=BEGIN)
    maatregelen = Maatregel.objects.bulk_create(
        Maatregel(
            code=f"{n}-1",
            pijler=pijlers[n % len(pijlers)],
            volgorde=n,
            titel=f"Maatregel {n}: gemeenten krijgen hulp bij het opvangen van mensen en het vinden van huizen",
            soort="besluit",
            geldt_vanaf=BEGIN,
            status="in_uitvoering",
            # Every fourth was reported on after the day that is asked for: what was said before is in the history.
            voortgang="vertraagd" if n % 2 == 0 else "niet_gemeld",
            voortgang_op=TOEN + datetime.timedelta(days=90 if n % 4 == 0 else -90) if n % 2 == 0 else None,
            voortgang_toelichting="Er is te weinig personeel." if n % 2 == 0 else "",
            voortgang_door=persoon if n % 2 == 0 else None,
            toelichting="De tekst noemt geen bedrag; het gaat om een voornemen dat nog wordt uitgewerkt.",
        )
        for n in range(MAATREGELEN)
    )
    Statuswijziging.objects.bulk_create(
        Statuswijziging(
            maatregel=maatregel, van=van, naar=naar, per=BEGIN + datetime.timedelta(days=dagen), door=door,
            toelichting="Zo staat het in het document.",
        )
        for maatregel in maatregelen
        for van, naar, dagen, door in (
            (None, "aangekondigd", 0, None),
            ("aangekondigd", "in_voorbereiding", 200, persoon),
            ("in_voorbereiding", "in_uitvoering", 500, persoon),
        )
    )  # fmt: skip
    Betrokkenheid.objects.bulk_create(
        Betrokkenheid(
            maatregel=maatregel,
            organisatie=organisaties[(n + nummer) % len(organisaties)],
            rol=rol,
            herkomst="genoemd",
            volgorde=nummer,
            vanaf=BEGIN,
        )
        for n, maatregel in enumerate(maatregelen)
        for nummer, rol in enumerate(("verantwoordelijk", "verantwoordelijk", "betrokken"))
    )
    Mijlpaal.objects.bulk_create(
        Mijlpaal(
            maatregel=maatregel,
            omschrijving="Het besluit is genomen en naar de Kamer gestuurd",
            termijn_tekst="voor 31 december 2024",
            einde=datetime.date(2024, 12, 30) + datetime.timedelta(days=n % 900),
            precisie="dag",
            relatie="voor",
            peildatum=BEGIN,
        )
        for n, maatregel in enumerate(maatregelen)
        for _ in range(2)
    )
    _verspreid_historie()
    return persoon


def _verspreid_historie() -> None:
    """Twenty versions of each measure, a month and a bit apart; all else was recorded in the beginning.

    In an order as it grows: all measures once, then all of them again, so that no two versions lie beside each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
            " FROM information_schema.columns"
            " WHERE table_name = 'maatregelen_maatregelevent' AND table_schema = 'public'"
            " AND column_name NOT IN ('pgh_id', 'pgh_created_at', 'pgh_label', 'titel')"
        )
        (kolommen,) = cursor.fetchone()
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE column_name = 'pgh_label' AND table_schema = 'public'"
        )
        for (tabel,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {tabel} SET pgh_created_at = %s", [BEGIN])
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
        cursor.execute(
            f"""INSERT INTO maatregelen_maatregelevent (pgh_created_at, pgh_label, titel, {kolommen})
            SELECT %s::date + n * 38, 'update', titel || ', versie ' || n, {kolommen}
            FROM maatregelen_maatregelevent, generate_series(1, {VERSIES - 1}) n ORDER BY n, pgh_obj_id""",
            [BEGIN],
        )
        cursor.execute("SELECT count(*) FROM maatregelen_maatregelevent")
        (aantal,) = cursor.fetchone()
        if aantal != MAATREGELEN * VERSIES:
            raise SystemExit(f"{aantal} rijen geschiedenis in plaats van {MAATREGELEN * VERSIES}")
    connection.connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def vrager(koppen: dict[str, str]) -> Callable[[str], bytes]:
    """Asks an address through the WSGI handler, as a web server does."""
    toepassing = get_wsgi_application()
    fabriek = RequestFactory()

    def vraag(pad: str) -> bytes:
        status: list[str] = []
        omgeving = {**fabriek.get(pad, headers=koppen).environ, "wsgi.input": io.BytesIO()}
        antwoord = toepassing(omgeving, lambda code, koppen, fout=None: status.append(code))  # type: ignore[arg-type]
        inhoud = b"".join(antwoord)
        antwoord.close()  # type: ignore[attr-defined]
        if status != ["200 OK"]:
            raise SystemExit(f"{pad} gaf {status}: {inhoud[:500]!r}")
        return inhoud

    return vraag


def milliseconden(vraag: Callable[[str], bytes], pad: str) -> float:
    """Time on the clock of one request."""
    begin = time.perf_counter()
    vraag(pad)
    return (time.perf_counter() - begin) * 1000


def meet(vraag: Callable[[str], bytes], wat: str, adres: str, blad: str) -> bool:
    """Measure one list, print, and answer whether it stays within the limits."""
    gevallen = {("vandaag", nummer): f"{adres}{blad}={nummer}" for nummer in BLADEN}
    gevallen |= {
        (naam, nummer): f"{adres}{blad}={nummer}&{sleutels}" for naam, sleutels in TERUG.items() for nummer in BLADEN
    }
    for pad in gevallen.values():
        for _ in range(OPWARMEN):
            vraag(pad)
    gc.collect()
    gc.freeze()
    # In turn, so that whatever else the machine does falls on all; the median leaves its peaks out.
    tijden: dict[tuple[str, int], list[float]] = {geval: [] for geval in gevallen}
    for _ in range(RONDES):
        for geval, pad in gevallen.items():
            tijden[geval].append(milliseconden(vraag, pad))
    midden = {geval: statistics.median(reeks) for geval, reeks in tijden.items()}
    goed = True
    print(
        f"{wat}, milliseconden     " + "".join(f"blad {nummer:>3}   " for nummer in BLADEN) + "x vandaag   100e / 10e"
    )
    for naam in ("vandaag", *TERUG):
        eigen = [midden[naam, nummer] for nummer in BLADEN]
        keer = max(midden[naam, nummer] / midden["vandaag", nummer] for nummer in BLADEN)
        vlak = midden[naam, 100] / midden[naam, 10]
        goed &= keer <= GRENS[naam] * SPELING and vlak <= GRENS_VLAK * SPELING
        te_veel = "   <-- meer dan gevraagd" if keer > GRENS[naam] or vlak > GRENS_VLAK else ""
        print(f"  {naam:<22}" + "".join(f"{ms:8.1f}   " for ms in eigen) + f"{keer:9.2f} {vlak:12.2f}{te_veel}")
    return goed


def main() -> int:
    """Measure, print, and answer 1 when looking back costs more than it may."""
    oud = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{oud}_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        persoon = vul()
        client = Client()
        client.force_login(persoon, backend="allauth.account.auth_backends.AuthenticationBackend")
        sessie = "; ".join(f"{naam}={koek.value}" for naam, koek in client.cookies.items())
        _, geheim = get_token_model().objects.create(user=persoon)
        goed = meet(vrager({"Cookie": sessie}), "pagina", "/maatregelen/?", "pagina")
        api = vrager({"Authorization": f"Token {geheim}"})
        goed &= meet(api, "API   ", "/api/v1/maatregelen?pageSize=50&", "page")
        print(
            f"{MAATREGELEN} maatregelen, {MAATREGELEN * VERSIES} rijen geschiedenis; grens {GRENS}, vlak {GRENS_VLAK}"
        )
        return 0 if goed else 1
    finally:
        connection.creation.destroy_test_db(oud, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())

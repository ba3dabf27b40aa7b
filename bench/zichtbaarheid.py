"""What the question "what may this person see" costs on each list, against the same lists without that question.

10,000 measures of 50 organisations with milestones, involvements and statuses, 500 actions of 25 meetings. Three times:

- all seen: every row has a level that the reader sees (the regietafel or everybody, some by their own organisation, a
  tenth with an embargo that is over). With the question and without it the answers are the same, byte for byte: that
  is asserted before anything is measured. This is what the question itself costs.
- mixed: a quarter of the measures at each level, a tenth under an embargo that still holds. With the question against
  all rows without it: what a reader waits who may see part of it.
- questions: with and without ask the database as many times, so that nothing is asked per row.

In turn, medians, time on the clock, because the database does the work. See bench/README.md.

    .venv/bin/python -P migratie/lokaal.py run -- .venv/bin/python bench/zichtbaarheid.py
"""

import datetime
import gc
import logging
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migratie.settings")
os.environ.setdefault("LOGNIVEAU", "CRITICAL")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

import tijdreis
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from knox.models import get_token_model

from maatregelen import zichtbaarheid
from maatregelen.blikveld import NIETS, Blik
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
from regietafel.models import Actiepunt, Agendapunt, Vergadering

MAATREGELEN, ORGANISATIES = 10_000, 50
RONDES, OPWARMEN = 9, 2
# A list that takes long wavers less: so many rounds of what takes more than a second.
RONDES_TRAAG, TRAAG = 3, 1.0
# Above what is asked it says so. Beyond the limit it is worse than what bench/README.md explains, and ends with 1.
GEVRAAGD, GRENS = 1.3, 1.7
BEGIN = datetime.date(2024, 9, 26)
BLADEN = (
    "/api/v1/maatregelen?pageSize=50",
    "/api/v1/mijlpalen?pageSize=50",
    "/api/v1/agendas?pageSize=50",
    "/api/v1/statuswijzigingen?pageSize=50",
    "/api/v1/actiepunten?pageSize=50",
    "/api/v1/wijzigingen?pageSize=50",
    "/maatregelen/",
    "/maatregelen/?pagina=20",
    "/termijnen/?organisatie=org-1",
    "/",
    "/organisaties/",
    "/organisaties/org-1/",
    "/agendas/agenda-1/",
    "/actiepunten/",
    "/zoeken/?zoek=opvangen",
    "/sinds/?van=2026-08-01",
)
# What differs from one answer to the next by itself.
WISSELT = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|Gegevens van [^<]+')

logging.disable(logging.CRITICAL)


class Vraag:
    """Whether the question is asked; without it a reader looks at the bare tables."""

    gesteld = True
    _echt = staticmethod(zichtbaarheid.blik_van)

    @classmethod
    def blik_van(cls, lidmaatschappen: list[Lidmaatschap], moment: datetime.datetime) -> Blik:
        """What the reader may see, or everything."""
        blik = cls._echt(lidmaatschappen, moment)
        return blik if cls.gesteld else Blik(NIETS, moment, blik.eigen, alles=True)


def bewaar(soort: type[Any], rijen: Iterable[Any]) -> list[Any]:
    """Keep many rows. The database is told how many there are after the first: else the history of each row is looked
    for among all others.
    """
    alle = list(rijen)
    for deel in (alle[:500], alle[500:]):
        soort.objects.bulk_create(deel)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return alle


def vul() -> Persoon:
    """Measures that look like real ones; answers who reads them: a partner."""
    with connection.cursor() as cursor:
        # Filling an empty table is no question of a page: the limit for those does not hold here.
        cursor.execute("SET statement_timeout = 0")
    organisaties = Organisatie.objects.bulk_create(
        Organisatie(slug=f"org-{n}", naam=f"Organisatie {n}", afkorting=f"ORG{n}", soort="ministerie", is_rijk=n > 0)
        for n in range(ORGANISATIES)
    )
    agendas = Agenda.objects.bulk_create(
        Agenda(
            slug=f"agenda-{n}",
            titel=f"Agenda {n}",
            soort="gezamenlijk",
            staat="vastgesteld",
            documentdatum=BEGIN,
            geldt_vanaf=BEGIN,
            is_lopend=True,
            houder=organisaties[n],
            zichtbaarheid=Zichtniveau.OPENBAAR,
            publicatie="vastgesteld",
        )
        for n in range(20)
    )
    pijlers = Pijler.objects.bulk_create(
        Pijler(agenda=agenda, nummer=str(n), volgorde=n, titel=f"Pijler {n} van {agenda.titel}")
        for agenda in agendas
        for n in range(10)
    )
    persoon = Persoon.objects.create_user("lezer@voorbeeld.nl", functie="Lezer")
    Lidmaatschap.objects.create(persoon=persoon, organisatie=organisaties[0], rol="lezer", vanaf=BEGIN)
    maatregelen = bewaar(
        Maatregel,
        (
            Maatregel(
                code=f"{n}-1",
                pijler=pijlers[n % len(pijlers)],
                volgorde=n,
                titel=f"Maatregel {n}: gemeenten krijgen hulp bij het opvangen van mensen en het vinden van huizen",
                soort="besluit",
                geldt_vanaf=BEGIN,
                status="in_uitvoering" if n % 3 else "aangekondigd",
                publicatie="vastgesteld",
                toelichting="De tekst noemt geen bedrag; het gaat om een voornemen dat nog wordt uitgewerkt.",
            )
            for n in range(MAATREGELEN)
        ),
    )
    bewaar(
        Statuswijziging,
        (
            Statuswijziging(
                maatregel=maatregel,
                van=van,
                naar=naar,
                per=BEGIN + datetime.timedelta(days=dagen),
                door=door,
                toelichting="Zo staat het in het document.",
            )
            for n, maatregel in enumerate(maatregelen)
            for van, naar, dagen, door in (
                (None, "aangekondigd", 0, None),
                *([("aangekondigd", "in_uitvoering", 500 + n % 200, persoon)] if n % 3 else []),
            )
        ),
    )
    bewaar(
        Betrokkenheid,
        (
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
        ),
    )
    bewaar(
        Mijlpaal,
        (
            Mijlpaal(
                maatregel=maatregel,
                omschrijving="Het besluit is genomen en naar de Kamer gestuurd",
                termijn_tekst="voor 31 december 2024",
                einde=timezone.localdate() + datetime.timedelta(days=n % 2000 - 20),
                precisie="dag",
                relatie="voor",
                peildatum=BEGIN,
            )
            for n, maatregel in enumerate(maatregelen)
            for _ in range(2)
        ),
    )
    _vul_tafel(organisaties)
    return persoon


def _vul_tafel(organisaties: list[Organisatie]) -> None:
    """Meetings with points and actions."""
    vergaderingen = Vergadering.objects.bulk_create(
        Vergadering(
            slug=f"lrt-{n}",
            titel=f"Landelijke Regietafel {n}",
            datum=BEGIN + datetime.timedelta(days=14 * n),
            bekend_vanaf=BEGIN,
            staat="verslag_concept",
        )
        for n in range(25)
    )
    punten = Agendapunt.objects.bulk_create(
        Agendapunt(vergadering=vergadering, volgorde=n, titel=f"Punt {n}", doel="bespreken")
        for vergadering in vergaderingen
        for n in range(1, 5)
    )
    Actiepunt.objects.bulk_create(
        Actiepunt(
            agendapunt=punten[n % len(punten)],
            code=f"lrt-a{n:03}",
            wat=f"Actie {n}: met gemeenten spreken over het opvangen van mensen",
            organisatie=organisaties[n % len(organisaties)],
            termijn_tekst="voor de zomer",
            precisie="periode",
            begin=BEGIN,
            einde=BEGIN + datetime.timedelta(days=300 + n),
            peildatum=BEGIN,
        )
        for n in range(500)
    )


def zet_alles_zichtbaar() -> None:
    """Every row at a level the reader sees, in three ways; a tenth with an embargo that is over."""
    _zet(
        niveau="CASE WHEN volgorde % 2 = 0 THEN 2 WHEN volgorde % 10 = 1 THEN 0 ELSE 3 END",
        voor="org-0",
        embargo="CASE WHEN volgorde % 10 = 2 THEN now() - interval '1 day' END",
    )


def zet_gemengd() -> None:
    """A quarter at each level, spread over the organisations; a tenth under an embargo that holds."""
    _zet(
        niveau="volgorde % 4",
        voor="org-' || volgorde % 50 || '",
        embargo="CASE WHEN volgorde / 4 % 10 = 0 THEN now() + interval '30 days' END",
    )


def _zet(*, niveau: str, voor: str, embargo: str) -> None:
    """What the triggers would keep, all at once: row by row that would take minutes, and it is not what is measured."""
    wie = f"(SELECT o.id FROM maatregelen_organisatie o WHERE o.slug = '{voor}')"
    deel = "zicht = m.zicht, zicht_voor_id = m.zicht_voor_id, stil_tot = m.stil_tot, stil_voor_id = m.stil_voor_id"
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for tabel in ("maatregelen_maatregel", "maatregelen_mijlpaal"):
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
        cursor.execute(
            f"UPDATE maatregelen_maatregel SET zichtbaarheid = {niveau}, zicht = {niveau}, afgeschermd_voor_id = {wie},"
            f" zicht_voor_id = {wie}, embargo_tot = {embargo}, stil_tot = {embargo}, stil_voor_id = {wie}"
        )
        cursor.execute(f"UPDATE maatregelen_mijlpaal SET {deel} FROM maatregelen_maatregel m WHERE m.id = maatregel_id")
        for tabel in ("maatregelen_maatregel", "maatregelen_mijlpaal"):
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
    _opgeruimd()


def _opgeruimd() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")


def vrager(sessie: str, sleutel: str) -> Callable[[str], bytes]:
    """Asks a page as a browser and the API as a script."""
    pagina, api = tijdreis.vrager({"Cookie": sessie}), tijdreis.vrager({"Authorization": f"Token {sleutel}"})
    return lambda pad: api(pad) if pad.startswith("/api/") else pagina(pad)


def met_en_zonder(vraag: Callable[[str], bytes], pad: str) -> tuple[bytes, bytes]:
    """Both answers, without what differs by itself."""
    uit = []
    for Vraag.gesteld in (True, False):
        uit.append(WISSELT.sub(b"", vraag(pad)))
    Vraag.gesteld = True
    return uit[0], uit[1]


def aantal_vragen(vraag: Callable[[str], bytes], pad: str, *, gesteld: bool) -> int:
    """How often a list asks the database."""
    Vraag.gesteld = gesteld
    vraag(pad)
    with CaptureQueriesContext(connection) as vragen:
        vraag(pad)
    return len(vragen)


def meet(vraag: Callable[[str], bytes], pad: str) -> tuple[float, float]:
    """Median milliseconds with and without the question, asked in turn."""
    tijden: dict[bool, list[float]] = {True: [], False: []}
    begin = time.perf_counter()
    vraag(pad)
    traag = time.perf_counter() - begin > TRAAG
    for keer in range(RONDES_TRAAG if traag else OPWARMEN + RONDES):
        for Vraag.gesteld in (True, False) if keer % 2 else (False, True):
            begin = time.perf_counter()
            vraag(pad)
            if traag or keer >= OPWARMEN:
                tijden[Vraag.gesteld].append((time.perf_counter() - begin) * 1000)
    Vraag.gesteld = True
    return statistics.median(tijden[True]), statistics.median(tijden[False])


def ronde(vraag: Callable[[str], bytes], naam: str, *, gelijk: bool) -> bool:
    """Measure every list, print, and answer whether all stay within the limits."""
    print(f"{naam:<44}{'met ms':>9}{'zonder':>9}{'keer':>7}{'vragen':>9}")
    goed = True
    for pad in BLADEN:
        if gelijk:
            met, zonder = met_en_zonder(vraag, pad)
            if met != zonder:
                print(f"{pad}: de antwoorden verschillen")
                goed = False
        vragen = [aantal_vragen(vraag, pad, gesteld=gesteld) for gesteld in (True, False)]
        gc.collect()
        met_ms, zonder_ms = meet(vraag, pad)
        keer = met_ms / zonder_ms
        erbij = vragen[0] > vragen[1]
        goed &= keer <= GRENS and not erbij
        slot = "   <-- meer dan gevraagd" if keer > GEVRAAGD else ""
        slot += "   <-- meer vragen" if erbij else ""
        print(f"{pad:<44}{met_ms:9.1f}{zonder_ms:9.1f}{keer:7.2f}{vragen[0]:5}/{vragen[1]}{slot}", flush=True)
    return goed


def meet_alles() -> bool:
    """Fill, measure both ways, and answer whether all stay within the limits."""
    zichtbaarheid.blik_van = Vraag.blik_van
    persoon = vul()
    client = Client()
    client.force_login(persoon, backend="allauth.account.auth_backends.AuthenticationBackend")
    sessie = "; ".join(f"{naam}={koek.value}" for naam, koek in client.cookies.items())
    _, sleutel = get_token_model().objects.create(user=persoon)
    vraag = vrager(sessie, sleutel)
    zet_alles_zichtbaar()
    goed = ronde(vraag, "alles zichtbaar, antwoorden gelijk", gelijk=True)
    zet_gemengd()
    goed &= ronde(vraag, "gemengd, tegen alle rijen", gelijk=False)
    print(
        f"{MAATREGELEN} maatregelen, {ORGANISATIES} organisaties, {timezone.localdate()}; gevraagd {GEVRAAGD}, "
        f"grens {GRENS}"
    )
    return goed


def main() -> int:
    """Measure in a scratch database, and answer 1 above the limit."""
    oud = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{oud}_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return 0 if meet_alles() else 1
    finally:
        connection.creation.destroy_test_db(oud, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())

"""How much Python the list of measures costs, against the least that a Django view can do.

Both answer the same 25 rows with section, agenda, involvement and milestones, through the same WSGI handler, middleware
and token. The floor lets PostgreSQL build the whole answer with json_agg and only passes the text on. Measured is
process time (user and system, this process only), so neither the database nor the machine's load counts.

Makes a scratch database of its own beside the one in DATABASE_URL and drops it again. Exits 1 above the limit.
"""

import datetime
import gc
import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "migratie.settings"
os.environ.setdefault("REGIEMONITOR_DEMO", "1")
os.environ["LOGNIVEAU"] = "ERROR"  # lines per request would be the same cost on both sides and flatter the ratio

import django
from django.conf import settings

GRENS = 6.0
MAATREGELEN = 1000
BLADZIJDE = 25
OPWARMEN = 50
AANVRAGEN = 1000

django.setup()

from django.contrib.auth.decorators import login_not_required
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import include, path
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
    Zichtniveau,
)
from migratie.rest import API_VERSIE, TokenToegang

KAAL = """
SELECT json_build_object('count', (SELECT count(*) FROM maatregelen_maatregel), 'next', %(next)s::text,
    'previous', null, 'results', (SELECT json_agg(rij) FROM (
  SELECT m.code, m.titel, a.slug AS agenda, b.code AS bovenliggend, m.soort, m.aard, m.status, m.voortgang,
    m.voortgang_op AS "voortgangOp", m.voortgang_toelichting AS "voortgangToelichting", m.geaccordeerd, m.voorwaarde,
    m.toelichting, m.verwijzingen, m.regel_van AS "regelVan", m.regel_tot AS "regelTot",
    m.geldt_vanaf AS "geldtVanaf", m.gewijzigd_op AS "gewijzigdOp", m.versie,
    (ARRAY['eigen', 'rijk', 'regietafel', 'openbaar'])[m.zichtbaarheid + 1] AS zichtbaarheid,
    (ARRAY['eigen', 'rijk', 'regietafel', 'openbaar'])[m.zicht + 1] AS zicht, m.stil_tot AS "embargoTot", m.publicatie,
    coalesce((SELECT json_agg(r.tekst) FROM maatregelen_reactie r WHERE r.maatregel_id = m.id), '[]') AS reacties,
    %(site)s || '/maatregelen/' || m.code || '/' AS url,
    json_build_object('id', p.id, 'nummer', p.nummer, 'titel', p.titel) AS pijler,
    coalesce((SELECT json_agg(x) FROM (SELECT o.slug AS organisatie, o.afkorting, w.rol, w.herkomst,
        o.soort = 'aanduiding' AS "isAanduiding", w.vanaf
      FROM maatregelen_betrokkenheid w JOIN maatregelen_organisatie o ON o.id = w.organisatie_id
      WHERE w.maatregel_id = m.id AND w.tot IS NULL AND w.rol = 'verantwoordelijk' ORDER BY w.volgorde, w.id) x), '[]')
      AS verantwoordelijken,
    coalesce((SELECT json_agg(x) FROM (SELECT o.slug AS organisatie, o.afkorting, w.rol, w.herkomst,
        o.soort = 'aanduiding' AS "isAanduiding", w.vanaf
      FROM maatregelen_betrokkenheid w JOIN maatregelen_organisatie o ON o.id = w.organisatie_id
      WHERE w.maatregel_id = m.id AND w.tot IS NULL AND w.rol <> 'verantwoordelijk' ORDER BY w.volgorde, w.id) x), '[]')
      AS betrokkenen,
    coalesce((SELECT json_agg(x) FROM (SELECT j.id, m.code AS maatregel, j.omschrijving,
        j.termijn_tekst AS "termijnTekst", j.begin, j.einde, j.precisie, j.relatie, j.herhaling, j.duur,
        j.gebeurtenis, j.na_mijlpaal_id AS "naMijlpaal", j.na_fase AS "naFase", j.hardheid, j.cyclus,
        j.voor_wie AS "voorWie", j.bron, j.toelichting, j.regel_van AS "regelVan", j.regel_tot AS "regelTot",
        j.behaald_op AS "behaaldOp", j.behaald_bewijs AS "behaaldBewijs", j.gewijzigd_op AS "gewijzigdOp", j.versie,
        (ARRAY['eigen', 'rijk', 'regietafel', 'openbaar'])[j.zichtbaarheid + 1] AS zichtbaarheid,
        (ARRAY['eigen', 'rijk', 'regietafel', 'openbaar'])[j.zicht + 1] AS zicht, j.stil_tot AS "embargoTot",
        (SELECT count(*) FROM maatregelen_termijnwijziging t WHERE t.mijlpaal_id = j.id
          AND t.soort IN ('uitgesteld', 'vervroegd', 'vervaagd')) AS "aantalVerplaatst",
        json_build_object('termijnTekst', coalesce(w.van_tekst, j.termijn_tekst),
          'begin', coalesce(w.van_begin, j.begin), 'einde', coalesce(w.van_einde, j.einde)) AS oorspronkelijk
      FROM maatregelen_mijlpaal j LEFT JOIN LATERAL (SELECT * FROM maatregelen_termijnwijziging t
        WHERE t.mijlpaal_id = j.id ORDER BY t.id LIMIT 1) w ON true WHERE j.maatregel_id = m.id
      ORDER BY coalesce(j.einde, j.begin) ASC NULLS LAST, j.begin ASC NULLS FIRST, j.id) x), '[]') AS mijlpalen
  FROM maatregelen_maatregel m JOIN maatregelen_pijler p ON p.id = m.pijler_id
  JOIN maatregelen_agenda a ON a.id = p.agenda_id LEFT JOIN maatregelen_maatregel b ON b.id = m.bovenliggend_id
  ORDER BY a.geldt_vanaf DESC, a.slug, p.volgorde, m.volgorde, m.code LIMIT %(aantal)s) rij))::text
"""


@login_not_required
def kaal(request: HttpRequest) -> HttpResponse:
    """The floor: who is it, one query, pass the text on."""
    if TokenToegang().authenticate(request) is None:
        return HttpResponse(status=401)
    volgende = request.build_absolute_uri("/api/v1/maatregelen?page=2")
    with connection.cursor() as cursor:
        cursor.execute(KAAL, {"next": volgende, "site": settings.SITE_URL, "aantal": BLADZIJDE})
        (tekst,) = cursor.fetchone()
    return HttpResponse(tekst, content_type="application/json", headers={"API-Version": API_VERSIE})


urlpatterns = [path("kaal", kaal), path("api/", include("maatregelen.api_urls"))]


def vul() -> str:
    """A thousand measures that look like real ones; answers the token of somebody who may see them."""
    dag = datetime.date(2024, 9, 26)
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
            documentdatum=dag + datetime.timedelta(days=n),
            geldt_vanaf=dag + datetime.timedelta(days=n),
            is_lopend=True,
        )
        for n in range(5)
    )
    pijlers = Pijler.objects.bulk_create(
        Pijler(agenda=agenda, nummer=str(n), volgorde=n, titel=f"Pijler {n} van {agenda.titel}")
        for agenda in agendas
        for n in range(10)
    )
    maatregelen = Maatregel.objects.bulk_create(
        Maatregel(
            code=f"{n}-1",
            pijler=pijlers[n % len(pijlers)],
            volgorde=n,
            titel=f"Maatregel {n}: gemeenten krijgen hulp bij het opvangen van mensen en het vinden van huizen",
            soort="besluit",
            geldt_vanaf=dag,
            voorwaarde="Als er geld voor is in de begroting van het volgende jaar." if n % 6 == 0 else "",
            verwijzingen=["Kamerstuk 19 637, nr. 2375"] if n % 3 == 0 else [],
            toelichting="De tekst noemt geen bedrag; het gaat om een voornemen dat nog wordt uitgewerkt.",
            regel_van=n + 1,
            regel_tot=n + 3,
            bronwaarden={"titel": f"Maatregel {n}", "soort": "besluit"},
        )
        for n in range(MAATREGELEN)
    )
    Betrokkenheid.objects.bulk_create(
        Betrokkenheid(
            maatregel=maatregel,
            organisatie=organisaties[(n + nummer) % len(organisaties)],
            rol=rol,
            herkomst="genoemd",
            volgorde=nummer,
            vanaf=dag,
        )
        for n, maatregel in enumerate(maatregelen)
        for nummer, rol in enumerate(("verantwoordelijk", "verantwoordelijk", "betrokken"))
    )
    Mijlpaal.objects.bulk_create(
        Mijlpaal(
            maatregel=maatregel,
            omschrijving="Het besluit is genomen en naar de Kamer gestuurd",
            termijn_tekst="voor 31 december 2024",
            einde=datetime.date(2024, 12, 30) + datetime.timedelta(days=n),
            precisie="dag",
            relatie="voor",
            peildatum=dag,
            regel_van=n + 1,
            regel_tot=n + 2,
        )
        for n, maatregel in enumerate(maatregelen)
        for _ in range(2)
    )
    persoon = Persoon.objects.create_user("script@voorbeeld.nl", functie="Script")
    Lidmaatschap.objects.create(persoon=persoon, organisatie=organisaties[0], rol="lezer", vanaf=dag)
    _, geheim = get_token_model().objects.create(user=persoon)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return str(geheim)


def vrager(pad: str, geheim: str) -> Callable[[], bytes]:
    """Asks an address through the WSGI handler, as a web server does."""
    toepassing = get_wsgi_application()
    basis = RequestFactory().get(pad, headers={"Authorization": f"Token {geheim}"}).environ

    def vraag() -> bytes:
        status: list[str] = []
        omgeving = {**basis, "wsgi.input": io.BytesIO()}
        antwoord = toepassing(omgeving, lambda code, koppen, fout=None: status.append(code))  # type: ignore[arg-type]
        inhoud = b"".join(antwoord)
        antwoord.close()  # type: ignore[attr-defined]
        if status != ["200 OK"]:
            raise SystemExit(f"{pad} gaf {status}: {inhoud[:500]!r}")
        return inhoud

    return vraag


def vergelijkbaar(inhoud: bytes) -> Any:
    """The answer with moments as moments: PostgreSQL and Python write the same moment differently."""

    def moment(paar: list[tuple[str, Any]]) -> dict[str, Any]:
        return {
            naam: datetime.datetime.fromisoformat(waarde) if naam == "gewijzigdOp" else waarde for naam, waarde in paar
        }

    return json.loads(inhoud, object_pairs_hook=moment)


def milliseconden(vraag: Callable[[], bytes]) -> float:
    """Process time of one request."""
    begin = time.process_time()
    vraag()
    return (time.process_time() - begin) * 1000


def main() -> int:
    """Measure, print, and answer 1 when the list costs more than it may."""
    settings.ROOT_URLCONF = __name__ if __name__ != "__main__" else "api_lijst"
    oud = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{oud}_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        geheim = vul()
        ons, vloer = vrager("/api/v1/maatregelen", geheim), vrager("/kaal", geheim)
        if vergelijkbaar(ons()) != vergelijkbaar(vloer()):
            print("De twee antwoorden verschillen.")
            return 1
        for _ in range(OPWARMEN):
            ons(), vloer()
        gc.collect()
        gc.freeze()
        # In turn, so that whatever else the machine does falls on both; the median leaves its peaks out.
        paren = [(milliseconden(ons), milliseconden(vloer)) for _ in range(AANVRAGEN)]
        lijst, bodem = (statistics.quantiles(reeks, n=4) for reeks in zip(*paren, strict=True))
        verhouding = lijst[1] / bodem[1]
        print(f"{BLADZIJDE} van {MAATREGELEN} maatregelen, {AANVRAGEN} aanvragen om en om, gelijke inhoud")
        print("processortijd per aanvraag     kwart  midden  driekwart")
        print(f"lijst                    {lijst[0]:8.2f} {lijst[1]:7.2f} {lijst[2]:10.2f} ms")
        print(f"vloer                    {bodem[0]:8.2f} {bodem[1]:7.2f} {bodem[2]:10.2f} ms")
        print(f"verhouding van de middens {verhouding:.2f} (van de kwarten {lijst[0] / bodem[0]:.2f}); grens {GRENS}")
        return 0 if verhouding <= GRENS else 1
    finally:
        connection.creation.destroy_test_db(oud, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())

"""How many questions each page and list asks the database, with 10 and with 1,000 measures: the same, and few.

Counts are exact, so no time is measured. Makes a scratch database of its own beside the one in DATABASE_URL and drops
it again. Exits 1 when a number grows with the data or passes its limit.
"""

import datetime
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "migratie.settings"
os.environ.setdefault("REGIEMONITOR_DEMO", "1")
os.environ["LOGNIVEAU"] = "ERROR"

import django

django.setup()

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from maatregelen.models import Agenda, Maatregel
from tests.factories import (
    AgendaFactory,
    LidmaatschapFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PersoonFactory,
    PijlerFactory,
)

# A list first asks for the keys of its page (one more, see migratie/rest.py); a page with the block of the Regietafel
# asks seven more.
LIJST, OVERZICHT, MET_TAFEL = 11, 15, 18
BLADEN = {
    "/": MET_TAFEL,
    "/?van=iedereen": MET_TAFEL,
    "/agendas/": OVERZICHT,
    "/agendas/proef/": OVERZICHT,
    "/maatregelen/": LIJST,
    "/maatregelen/?status=aangekondigd&organisatie=szw": LIJST,
    "/maatregelen/proef-0/": MET_TAFEL,
    "/termijnen/": LIJST,
    "/organisaties/": LIJST,
    "/organisaties/szw/": MET_TAFEL,
    "/cijfers/": LIJST,
    "/api/v1/agendas": LIJST,
    "/api/v1/pijlers": LIJST,
    "/api/v1/maatregelen": LIJST,
    "/api/v1/maatregelen?pageSize=200": 9,
    "/api/v1/maatregelen/proef-0": LIJST,
    "/api/v1/mijlpalen": LIJST,
    "/api/v1/organisaties": LIJST,
    "/api/v1/statuswijzigingen": LIJST,
    "/api/v1/indicatoren": LIJST,
    "/api/v1/wijzigingen": LIJST,
}


def vul(van: int, tot: int) -> None:
    """Measures number `van` up to `tot`, each with an owner, a milestone and every third a part of the one before."""
    agenda = Agenda.objects.get(slug="proef")
    pijlers = list(agenda.pijlers.all())
    vandaag = datetime.date.today()  # noqa: DTZ011  the pages ask for today too
    vorige = None
    for nummer in range(van, tot):
        pijler = pijlers[nummer % len(pijlers)]
        trekker = OrganisatieFactory(afkorting=f"ORG{nummer}") if nummer % 20 == 0 else SZW
        # Each pillar must have parts, so that a tree is drawn at both sizes.
        maatregel = MaatregelFactory(
            code=f"proef-{nummer}", pijler=pijler, trekker=trekker, bovenliggend=vorige if nummer % 3 == 2 else None
        )
        vorige = maatregel
        dag = vandaag + datetime.timedelta(days=nummer % 90 - 30)
        MijlpaalFactory(maatregel=maatregel, begin=dag - datetime.timedelta(days=10), einde=dag, precisie="periode")
        MijlpaalFactory(maatregel=maatregel, einde=None, precisie="vaag", relatie="op", termijn_tekst="binnenkort")


def tel(client: Client) -> dict[str, int]:
    """The number of queries per page; each page is asked once before, so that nothing is counted that happens once."""
    uit = {}
    for pad in BLADEN:
        cache.clear()
        assert client.get(pad).status_code == 200, pad
        with CaptureQueriesContext(connection) as vragen:
            client.get(pad)
        uit[pad] = len(vragen)
    return uit


setup_test_environment()
oude_naam = connection.settings_dict["NAME"]
connection.creation.create_test_db(verbosity=0, autoclobber=True)
try:
    SZW = OrganisatieFactory(afkorting="SZW")
    lid = LidmaatschapFactory(persoon=PersoonFactory(), organisatie=SZW)
    agenda = AgendaFactory(slug="proef")
    for _ in range(5):
        PijlerFactory(agenda=agenda)
    client = Client()
    client.force_login(lid.persoon, backend="allauth.account.auth_backends.AuthenticationBackend")
    vul(0, 10)
    klein = tel(client)
    vul(10, 1000)
    assert Maatregel.objects.count() == 1000
    groot = tel(client)
finally:
    connection.creation.destroy_test_db(oude_naam, verbosity=0)

fout = False
print(f"{'blad':<52}{'10':>5}{'1000':>6}{'grens':>7}")
for pad, grens in BLADEN.items():
    te_veel = groot[pad] > grens or klein[pad] != groot[pad]
    fout |= te_veel
    print(f"{pad:<52}{klein[pad]:>5}{groot[pad]:>6}{grens:>7}{'  <-- te veel' if te_veel else ''}")
sys.exit(1 if fout else 0)

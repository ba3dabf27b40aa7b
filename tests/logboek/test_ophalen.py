"""Taking the log along: in pieces whatever its size, every line once, no formulas, and nothing without a line of it."""

import csv
import datetime
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from logboek.lezen import Vraag, alle_regels
from logboek.models import Actie, Logregel, Resultaat
from logboek.schrijven import Onderwerp, schrijf
from maatregelen.models import Organisatie, Persoon
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, OrganisatieFactory, PersoonFactory
from tests.logboek.vastgehouden import logboek_vastgehouden
from tests.regietafel.factories import VergaderingFactory

Als = Callable[[Persoon], Client]
FORMULES = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", "\uff1d1+1", "\uff201")


@pytest.fixture
def auditor(mensen: Mensen) -> Persoon:
    persoon = PersoonFactory(email="auditor@voorbeeld.nl", functie="Auditor")
    LidmaatschapFactory(persoon=persoon, organisatie=mensen.organisatie, rol="auditor")
    return persoon


def vul(soort: str, aantal: int) -> None:
    """So many lines at one moment: a place in the list is not told by its moment alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO logboek_logregel (tijdstip, actie, object_soort, object_sleutel, object_naam, resultaat,"
            " oorsprong, details) SELECT %s, 'uitvoeren', %s, n::text, repeat('Onepager ', 10), 'gelukt', 'pagina',"
            " '{}' FROM generate_series(1, %s) n",
            [timezone.now(), soort, aantal],
        )


def stukken(antwoord: object) -> Iterator[bytes]:
    """What is handed over, piece by piece."""
    assert isinstance(antwoord, StreamingHttpResponse)
    for stuk in antwoord.streaming_content:
        assert isinstance(stuk, bytes)
        yield stuk


@pytest.mark.django_db
@pytest.mark.parametrize(("vorm", "kop"), [("csv", 1), ("jsonl", 0)])
def test_a_large_log_leaves_in_pieces_and_takes_no_more_memory(auditor: Persoon, als: Als, vorm: str, kop: int) -> None:
    client = als(auditor)
    vul("zegel", 1_500)
    vul("keten", 6_000)

    def haal(soort: str) -> tuple[int, int, int]:
        """How many pieces, the most memory they took at once, and the longest, in bytes."""
        antwoord = client.post("/logboek/ophalen/", {"vorm": vorm, "soort": soort})
        assert antwoord.status_code == 200
        aantal = langste = 0
        tracemalloc.start()
        try:
            for stuk in stukken(antwoord):
                aantal, langste = aantal + 1, max(langste, len(stuk))
            return aantal, tracemalloc.get_traced_memory()[1], langste
        finally:
            tracemalloc.stop()

    haal("zegel")  # what is remembered at the first time
    klein, groot = haal("zegel"), haal("keten")
    assert (klein[0], groot[0]) == (1_500 + kop, 6_000 + kop)
    # Four times as much at once would take four times the memory.
    assert groot[1] < 2 * klein[1]
    assert max(klein[2], groot[2]) < 500


@pytest.mark.django_db
def test_every_line_leaves_once_and_in_order_also_when_more_comes_meanwhile(auditor: Persoon) -> None:
    vul("proef", 25)
    for _ in range(5):
        OrganisatieFactory()
    # At the very moment of a change: a place tells tables apart as well.
    for moment in Organisatie.pgh_event_models["insert"].objects.values_list("pgh_created_at", flat=True):
        schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=moment)
    verwacht = [regel.plek for regel in alle_regels(Vraag(), per_keer=10_000)]
    for per_keer in (1, 2, 3):
        assert [regel.plek for regel in alle_regels(Vraag(), per_keer=per_keer)] == verwacht
    onderweg = alle_regels(Vraag(), per_keer=7)
    gekregen = [next(onderweg).plek]
    vul("later", 10)
    gekregen += [regel.plek for regel in onderweg]
    assert gekregen == verwacht
    assert len(set(gekregen)) == len(gekregen) > 30


@pytest.mark.django_db
@pytest.mark.parametrize("begin", FORMULES)
def test_no_cell_is_a_formula(auditor: Persoon, als: Als, begin: str) -> None:
    schrijf(
        actie=Actie.UITVOEREN,
        resultaat=Resultaat.GELUKT,
        moment=timezone.now(),
        over=Onderwerp("stuk_bestand", f"{begin};12", f'{begin}"\r\n=2'),
        details={begin: begin},
    )
    antwoord = als(auditor).post("/logboek/ophalen/", {"vorm": "csv", "soort": "stuk_bestand"})
    kop, rij = csv.reader(io.StringIO(b"".join(stukken(antwoord)).decode().removeprefix("\ufeff"), newline=""))
    cellen = dict(zip(kop, rij, strict=True))
    # What stood there still stands there, behind a mark that makes it text.
    assert (cellen["sleutel"], cellen["object"]) == (f"'{begin};12", f"'{begin}\"\r\n=2")
    assert json.loads(cellen["details"]) == {begin: begin}


@pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
def test_nothing_leaves_when_it_cannot_be_written_down(mensen: Mensen, auditor: Persoon, als: Als) -> None:
    vergadering = VergaderingFactory(datum=datetime.date(2026, 3, 19))
    client, ander = als(auditor), als(mensen.secretariaat)
    with logboek_vastgehouden("SHARE"):  # reading goes on, writing waits
        assert client.get("/logboek/").status_code == 200
        with pytest.raises(DatabaseError):
            client.post("/logboek/ophalen/", {"vorm": "csv"})
        with pytest.raises(DatabaseError):  # a file that the middleware writes down, for whoever asks
            ander.get(f"/vergaderingen/{vergadering.slug}/uitnodiging.ics")
    assert not Logregel.objects.filter(actie__in=("logboek_uitvoeren", "uitvoeren")).exists()

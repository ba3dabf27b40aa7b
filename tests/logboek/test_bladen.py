"""The pages of the log: for an auditor alone; everything in one list; what goes along is written down."""

import csv
import datetime
import io
import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import BooleanField
from django.test import Client
from django.utils import timezone
from pghistory.models import Context

from logboek.afscherming import historietabellen
from logboek.bron import Bron, vanuit
from logboek.geheimen import is_geheime_naam
from logboek.lezen import Vraag, alle_regels, regels, verschillen
from logboek.models import Actie, Logregel, Oorsprong, Resultaat
from logboek.schrijven import Onderwerp, schrijf
from logboek.views.vermelding import VERBORGEN
from maatregelen.models import Organisatie, Persoon
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, OrganisatieFactory, PersoonFactory
from tests.regietafel.factories import VergaderingFactory

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]


@pytest.fixture
def auditor(mensen: Mensen) -> Persoon:
    persoon = PersoonFactory(email="auditor@voorbeeld.nl", functie="Auditor")
    LidmaatschapFactory(persoon=persoon, organisatie=mensen.organisatie, rol="auditor")
    return persoon


def bladen() -> list[str]:
    schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.MISLUKT, moment=timezone.now())
    return ["/logboek/", f"/logboek/logboek_logregel/{Logregel.objects.latest('id').pk}/"]


def test_an_auditor_reads_it_and_nobody_else_the_beheerder_neither(mensen: Mensen, auditor: Persoon, als: Als) -> None:
    for adres in bladen():
        assert als(auditor).get(adres).status_code == 200
        for ander in (mensen.beheerder, mensen.secretariaat, mensen.eigen, mensen.partner):
            assert als(ander).get(adres).status_code == 403
        assert Client().get(adres).status_code in (302, 404)
    for ander in (mensen.beheerder, mensen.secretariaat):
        assert als(ander).post("/logboek/ophalen/", {"vorm": "csv"}).status_code == 403
    # That they tried is a line.
    assert Logregel.objects.filter(actie="openen", resultaat="geweigerd", object_soort="logboek").count() == 4


def test_both_kinds_stand_in_one_list_and_every_line_is_seen_once(auditor: Persoon) -> None:
    for _ in range(4):
        schrijf(actie=Actie.UITLOGGEN, resultaat=Resultaat.GELUKT, moment=timezone.now())
        OrganisatieFactory()
    alles = [regel.plek for regel in alle_regels(Vraag(), per_keer=1000)]
    assert alles == sorted(alles, reverse=True)
    assert [regel.plek for regel in alle_regels(Vraag(), per_keer=3)] == alles
    assert {plek.tabel for plek in alles} >= {"logboek_logregel", "maatregelen_organisatieevent"}


@pytest.mark.parametrize("aantal", [1, 3])
def test_a_page_costs_the_same_for_one_line_and_for_three(
    auditor: Persoon, als: Als, aantal: int, django_assert_num_queries: Callable[..., object]
) -> None:
    client = als(auditor)
    client.get("/logboek/")
    for _ in range(aantal):
        with vanuit(Bron(Oorsprong.PAGINA, "192.0.2.1")):
            schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=timezone.now(), actor=auditor)
        OrganisatieFactory()
    # The list, who, from where, which people now.
    with django_assert_num_queries(4):
        regels(Vraag(), aantal=50)


def test_every_history_table_is_quick_to_read_by_moment() -> None:
    """A page of the log reads the newest of each, however much there is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%%(pgh_created_at)'")
        met_index = {tabel for (tabel,) in cursor.fetchall()}
    assert met_index == {model._meta.db_table for model in historietabellen()}


def test_searching(mensen: Mensen, auditor: Persoon, als: Als) -> None:
    schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=timezone.now(), actor=mensen.eigen)
    schrijf(
        actie=Actie.UITVOEREN,
        resultaat=Resultaat.GELUKT,
        moment=timezone.now(),
        actor=mensen.vreemd,
        over=Onderwerp("stuk", "12", "Onepager"),
    )

    def acties(**vraag: str) -> list[str]:
        return [regel.actie for regel in regels(Vraag(**vraag), aantal=50)]  # type: ignore[arg-type]

    assert acties(wie="EIGEN@") == ["inloggen"]
    assert acties(wie="vreemd") == ["uitvoeren"]
    assert acties(wie="niemand zo") == []
    assert acties(soort="stuk") == ["uitvoeren"]
    assert acties(object="onepag") == ["uitvoeren"]
    assert acties(object="12", soort="stuk") == ["uitvoeren"]
    assert acties(resultaat="mislukt") == []
    assert set(acties(actie="insert")) == {"insert"}
    assert als(auditor).get("/logboek/?actie=bestaat-niet").status_code == 200
    assert als(auditor).get("/logboek/?van=2026-03-02&tot=2026-03-01").status_code == 200
    assert als(auditor).get("/logboek/?onzin=1").status_code == 400
    assert als(auditor).get("/logboek/?verder=onzin").status_code == 400


def test_a_change_shows_before_and_after_and_says_who_from_where(mensen: Mensen, auditor: Persoon, als: Als) -> None:
    client = als(mensen.beheerder)
    client.post(
        "/organisaties/nieuw/",
        {"naam": "Proef", "afkorting": "PRF", "slug": "proef", "soort": "koepel"},
        REMOTE_ADDR="10.9.8.7",
        HTTP_USER_AGENT="Proefbrowser",
    )
    organisatie = Organisatie.objects.get(naam="Proef")
    (regel,) = regels(Vraag(soort="organisatie", object=str(organisatie.pk)), aantal=5)
    assert (regel.actie, regel.wie, regel.oorsprong, regel.vanwaar, regel.resultaat) == (
        "insert",
        "Beheerder",
        "pagina",
        "10.9.8.7",
        "gelukt",
    )
    # As a record is that was loaded from a document.
    organisatie.naam, organisatie.bronwaarden = "Proefneming", {"naam": "Proef", "lijst": [1, {"é": None}]}
    organisatie.save()
    nieuwste = regels(Vraag(soort="organisatie", object=str(organisatie.pk)), aantal=1)[0]
    anders = {v.naam: (v.voor, v.na) for v in verschillen(nieuwste.plek.tabel, nieuwste.plek.nummer) if v.is_anders}
    assert anders == {
        "naam": ("Proef", "Proefneming"),
        "waarden uit de bron": ("", '{"lijst": [1, {"é": null}], "naam": "Proef"}'),
    }
    blad = als(auditor).get(f"/logboek/{nieuwste.plek.tabel}/{nieuwste.plek.nummer}/").content.decode()
    assert "Proefneming" in blad
    # A key stands where the address is: what can be erased stands apart.
    assert "10.9.8.7" not in json.dumps([context.metadata for context in Context.objects.all()])


def test_a_change_of_what_only_says_yes_or_no_is_shown_and_nothing_secret_has_history(mensen: Mensen) -> None:
    mensen.eigen.moet_wachtwoord_wijzigen = True
    mensen.eigen.save()
    vergadering = VergaderingFactory(secretariaat="LRT")
    vergadering.secretariaat = "BRT"
    vergadering.save()

    def anders(tabel: str) -> list[tuple[str, str]]:
        nieuwste = next(regel for regel in regels(Vraag(), aantal=50) if regel.plek.tabel == tabel)
        return [(v.voor, v.na) for v in verschillen(tabel, nieuwste.plek.nummer) if v.is_anders]

    assert anders("maatregelen_persoonevent") == [("nee", "ja")]
    assert anders("regietafel_vergaderingevent") == [("LRT", "BRT")]
    geheim = {
        f"{model._meta.db_table}.{veld.name}"
        for model in historietabellen()
        for veld in model._meta.local_concrete_fields
        if is_geheime_naam(veld.name) and not isinstance(veld, BooleanField)
    }
    assert geheim == set()


def test_a_line_is_told_in_words_and_says_nothing_twice(auditor: Persoon, als: Als) -> None:
    for over in (
        Onderwerp("stuk_bestand", "12", "Onepager"),
        Onderwerp("zegel", "3", "zegel 3"),
        Onderwerp("keten", "3", "keten van controlegetallen"),
        Onderwerp("iets_anders", "x-1"),
        Onderwerp(),
    ):
        schrijf(actie=Actie.UITVOEREN, resultaat=Resultaat.GELUKT, moment=timezone.now(), over=over)
    blad = als(auditor).get("/logboek/?actie=uitvoeren").content.decode()
    assert re.findall(r'<div class="logboek__wat"><p><a [^>]*>([^<]*)</a>', blad) == [
        "Bestand ophalen",
        "Bestand ophalen: iets anders x-1",
        "Bestand ophalen: keten van controlegetallen",
        "Bestand ophalen: zegel 3",
        "Bestand ophalen: bestand van een stuk Onepager",
    ]


@pytest.mark.parametrize("vorm", ["csv", "jsonl"])
def test_what_is_taken_along_is_written_down_and_is_no_formula(auditor: Persoon, als: Als, vorm: str) -> None:
    schrijf(
        actie=Actie.UITVOEREN,
        resultaat=Resultaat.GELUKT,
        moment=timezone.now(),
        over=Onderwerp("stuk_bestand", "=1+1", "@SUM(A1)"),
    )
    antwoord = als(auditor).post("/logboek/ophalen/", {"vorm": vorm, "soort": "stuk_bestand"})
    tekst = b"".join(antwoord.streaming_content).decode()  # type: ignore[attr-defined]
    if vorm == "csv":
        kop, rij = csv.reader(io.StringIO(tekst.removeprefix("\ufeff")))
        assert dict(zip(kop, rij, strict=True))["sleutel"] == "'=1+1"
        assert dict(zip(kop, rij, strict=True))["object"] == "'@SUM(A1)"
    else:
        assert json.loads(tekst)["sleutel"] == "=1+1"
    assert antwoord["Content-Disposition"].startswith("attachment")
    regel = Logregel.objects.get(actie="logboek_uitvoeren")
    assert regel.details == {"vorm": vorm, "filters": ["soort"]}


def test_a_script_gets_one_line_per_part_and_hour(mensen: Mensen, sleutel: Callable[..., dict[str, str]]) -> None:
    kop = sleutel(mensen.eigen)
    for _ in range(3):
        assert Client().get("/api/v1/maatregelen", headers=kop).status_code == 200
    regel = Logregel.objects.get(actie="opvragen")
    assert (regel.object_soort, regel.object_sleutel, regel.oorsprong) == ("api", "maatregelen", "api")
    geheim = kop["Authorization"].split()[1]
    assert geheim[:8] not in json.dumps(regel.details)


def test_a_refusal_is_written_without_what_may_be_a_secret(mensen: Mensen, als: Als) -> None:
    als(mensen.eigen).get("/maatregelen/bestaat-niet/?geheim=abc")
    regel = Logregel.objects.get(actie="openen")
    assert (regel.resultaat, regel.object_sleutel, regel.object_naam) == (
        "geweigerd",
        "bestaat-niet",
        "/maatregelen/bestaat-niet/",
    )
    als(mensen.eigen).get("/afmelden/geheim-geheim/")
    assert not Logregel.objects.filter(object_naam__contains="geheim-geheim").exists()
    assert all(
        VERBORGEN in naam
        for naam in Logregel.objects.filter(actie="openen").exclude(pk=regel.pk).values_list("object_naam", flat=True)
    )


def test_a_file_that_leaves_is_written_down_by_itself(mensen: Mensen, als: Als) -> None:
    vergadering = VergaderingFactory(datum=datetime.date(2026, 3, 19))
    antwoord = als(mensen.secretariaat).get(f"/vergaderingen/{vergadering.slug}/uitnodiging.ics")
    assert antwoord.status_code == 200
    regel = Logregel.objects.get(actie="uitvoeren")
    assert (regel.resultaat, regel.object_soort, regel.object_sleutel) == (
        "gelukt",
        "vergadering_ics",
        vergadering.slug,
    )

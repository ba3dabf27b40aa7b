"""Programs of an organisation: who makes them, what they may, that they sign in nowhere and get no mail."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from logboek.models import Betrokkene, Logregel
from maatregelen.beheer import geef_tijdelijk_wachtwoord
from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Toegangssleutel, Zichtniveau
from maatregelen.zichtbaarheid import Bevoegdheid, kijkers
from tests.conftest import Mensen
from tests.factories import (
    AgendaFactory,
    LidmaatschapFactory,
    MaatregelFactory,
    OrganisatieFactory,
    PersoonFactory,
    PijlerFactory,
)
from toegang.programmas import beeindig_programma, maak_programma, mag_programmas_bijhouden, programmas_van
from toegang.sleutels import Sleutelwens, laatste_dag, maak_sleutel

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]


def vandaag() -> datetime.date:
    return datetime.date.today()  # noqa: DTZ011  the test needs no more than a day about now


def geheim_van(programma: Persoon, *, schrijven: bool = False, naam: str = "k") -> dict[str, str]:
    wens = Sleutelwens(naam, schrijven, (), laatste_dag(vandaag(), 30))
    return {"Authorization": f"Token {maak_sleutel(programma, wens, door=None)[1]}"}


@pytest.fixture
def vng(mensen: Mensen) -> Organisatie:
    return Organisatie.objects.get(afkorting="VNG")


@pytest.fixture
def coordinator(vng: Organisatie) -> Persoon:
    persoon: Persoon = PersoonFactory(email="coordinator@voorbeeld.nl", functie="Coördinator VNG")
    LidmaatschapFactory(persoon=persoon, organisatie=vng, rol="coordinator")
    return persoon


# Who


def test_the_beheerder_and_the_own_coordinator_keep_up_programs(
    mensen: Mensen, vng: Organisatie, coordinator: Persoon, als: Als
) -> None:
    auditor = PersoonFactory()
    LidmaatschapFactory(persoon=auditor, organisatie=vng, rol="auditor")
    mag = {
        mensen.beheerder: (True, True),
        coordinator: (True, False),
        mensen.eigen: (False, False),
        mensen.secretariaat: (False, False),
        mensen.partner: (False, False),
        mensen.rolloos: (False, False),
        auditor: (False, False),
    }
    for persoon, verwacht in mag.items():
        wie = Bevoegdheid(persoon, vandaag())
        gezien = tuple(mag_programmas_bijhouden(wie, organisatie) for organisatie in (vng, mensen.organisatie))
        assert gezien == verwacht, persoon
        assert not mag_programmas_bijhouden(Bevoegdheid(persoon, vandaag(), kijkt_terug=True), vng)
        paginas = [
            als(persoon).get(f"/organisaties/{rij.slug}/programmas/").status_code for rij in (vng, mensen.organisatie)
        ]
        assert paginas == [200 if ja else 403 for ja in verwacht], persoon
    assert Client().get("/organisaties/vng/programmas/").status_code == 302


def test_the_page_of_the_organisation_leads_there_for_who_may(mensen: Mensen, coordinator: Persoon, als: Als) -> None:
    link = 'href="/organisaties/vng/programmas/"'
    leidt = [
        link in als(p).get("/organisaties/vng/").content.decode()
        for p in (mensen.beheerder, coordinator, mensen.partner)
    ]
    assert leidt == [True, True, False]


def test_a_role_that_ended_keeps_up_nothing(vng: Organisatie, coordinator: Persoon, als: Als) -> None:
    programma = maak_programma(vng, naam="Dashboard", rol="lezer", door=None)
    Lidmaatschap.objects.filter(persoon=coordinator).update(tot=vandaag())
    LidmaatschapFactory(persoon=coordinator, organisatie=vng, rol="lezer")
    client = als(coordinator)
    assert client.post(f"/organisaties/vng/programmas/{programma.pk}/beeindigen/").status_code == 403
    programma.refresh_from_db()
    assert programma.is_active


# The life of a program


def test_a_coordinator_makes_a_program_gives_it_a_key_and_ends_it(
    vng: Organisatie, coordinator: Persoon, als: Als
) -> None:
    client = als(coordinator)
    antwoord = client.post("/organisaties/vng/programmas/", {"naam": " Dashboard  VNG ", "rol": "lezer"})
    programma = Persoon.objects.get(is_programma=True)
    pad = f"/organisaties/vng/programmas/{programma.pk}/"
    assert (antwoord.status_code, antwoord["Location"]) == (302, pad)
    assert (programma.functie, programma.is_active, programma.has_usable_password()) == ("Dashboard VNG", True, False)
    assert programma.email.endswith("@programma.invalid")
    lid = programma.lidmaatschappen.get()
    assert (lid.organisatie, lid.rol, lid.vanaf, lid.tot) == (vng, "lezer", vandaag(), None)

    tot = laatste_dag(vandaag(), 30)
    antwoord = client.post(pad, {"naam": "BI", "schrijven": "nee", "omvang": "alles", "tot_en_met": str(tot)})
    (geheim,) = re.findall(r"rgm_[0-9a-f]{64}", antwoord.content.decode())
    assert geheim not in client.get(pad).content.decode()
    sleutel = Toegangssleutel.objects.get()
    assert (sleutel.user, sleutel.gemaakt_door) == (programma, coordinator)
    kop = {"Authorization": f"Token {geheim}"}
    assert Client().get("/api/v1/agendas", headers=kop).status_code == 200
    lijst = client.get("/organisaties/vng/programmas/").content.decode()
    assert "1 sleutel, laatst gebruikt op" in lijst

    intrekken = f"{pad}sleutels/{sleutel.digest[:16]}/intrekken/"
    assert intrekken in client.get(pad).content.decode()
    assert client.get(intrekken).status_code == 200
    assert client.post(intrekken).status_code == 302
    assert Client().get("/api/v1/agendas", headers=kop).status_code == 401

    kop = geheim_van(programma)
    assert client.get(f"{pad}beeindigen/").status_code == 200
    assert client.post(f"{pad}beeindigen/").status_code == 302
    programma.refresh_from_db()
    assert (programma.is_active, Toegangssleutel.objects.count()) == (False, 0)
    assert programma.lidmaatschappen.get().tot == vandaag()
    assert Client().get("/api/v1/agendas", headers=kop).status_code == 401
    assert client.post(pad, {"naam": "x"}).status_code == 403
    assert beeindig_programma(programma, door=None) == 0
    wie = dict(Betrokkene.objects.values_list("sleutel", "persoon"))
    gelogd = Logregel.objects.filter(actie__startswith="programma").order_by("pk")
    over = ("persoon", str(programma.pk))
    assert [(r.actie, wie[r.actor], (r.object_soort, r.object_sleutel), r.details) for r in gelogd] == [
        ("programma_toevoegen", coordinator.pk, over, {"organisatie": "vng", "rol": "lezer"}),
        ("programma_beeindigen", coordinator.pk, over, {"sleutels": 1}),
    ]


@pytest.mark.parametrize(
    ("naam", "rol", "veld", "zin"),
    [
        ("", "lezer", "naam", "Schrijf hoe het programma heet."),
        ("x" * 121, "lezer", "naam", "Houd dit onder 120 tekens."),
        ("jan@voorbeeld.nl", "lezer", "naam", "Zet in een naam geen e-mailadres"),
        ("dashboard", "lezer", "naam", "Er is hier al een programma met deze naam. Kies een andere naam."),
        ("Nieuw", "", "rol", "Kies wat het programma mag."),
        ("Nieuw", "beheerder", "rol", ""),
        ("Nieuw", "coordinator", "rol", ""),
        ("Nieuw", "secretariaat", "rol", ""),
    ],
)
def test_what_no_program_can_be(
    vng: Organisatie, coordinator: Persoon, als: Als, naam: str, rol: str, veld: str, zin: str
) -> None:
    maak_programma(vng, naam="Dashboard", rol="lezer", door=None)
    antwoord = als(coordinator).post("/organisaties/vng/programmas/", {"naam": naam, "rol": rol})
    assert (antwoord.status_code, Persoon.objects.filter(is_programma=True).count()) == (422, 1)
    assert zin in antwoord.content.decode()
    assert f'href="#programma-{veld}' in antwoord.content.decode()


def test_roles_of_people_are_refused_behind_the_form_as_well(vng: Organisatie) -> None:
    for rol in ("beheerder", "coordinator", "secretariaat", "auditor", "x"):
        with pytest.raises(ValidationError, match="Een programma is lezer of dossierhouder"):
            maak_programma(vng, naam="Nieuw", rol=rol, door=None)
    with pytest.raises(ValidationError, match="hoogstens 120 tekens"):
        maak_programma(vng, naam=" ", rol="lezer", door=None)
    assert not programmas_van(vng).exists()


def test_a_name_is_free_again_after_the_end_and_elsewhere(mensen: Mensen, vng: Organisatie) -> None:
    eerste = maak_programma(vng, naam="Dashboard", rol="lezer", door=None)
    maak_programma(mensen.organisatie, naam="Dashboard", rol="lezer", door=None)
    beeindig_programma(eerste, door=None)
    maak_programma(vng, naam="Dashboard", rol="lezer", door=None)
    assert [rij.is_active for rij in programmas_van(vng)] == [True, False]


def test_what_has_ended_gets_no_program(mensen: Mensen, als: Als) -> None:
    oud = OrganisatieFactory(afkorting="OUD", geldig_tot=datetime.date(2024, 1, 1))
    client = als(mensen.beheerder)
    assert "Maak programma" not in client.get(f"/organisaties/{oud.slug}/programmas/").content.decode()
    assert client.post(f"/organisaties/{oud.slug}/programmas/", {"naam": "x", "rol": "lezer"}).status_code == 403
    with pytest.raises(ValidationError, match="bestaat dan niet meer"):
        maak_programma(oud, naam="x", rol="lezer", door=None)
    assert not Persoon.objects.filter(is_programma=True).exists()


def test_a_person_is_no_program(mensen: Mensen, vng: Organisatie, als: Als) -> None:
    client = als(mensen.beheerder)
    for pad in ("", "beeindigen/"):
        assert client.get(f"/organisaties/vng/programmas/{mensen.partner.pk}/{pad}").status_code == 404
        assert client.post(f"/organisaties/vng/programmas/{mensen.partner.pk}/{pad}").status_code == 404
    with pytest.raises(ValueError, match="geen programma"):
        beeindig_programma(mensen.partner, door=None)


def test_a_program_is_found_at_its_own_organisation_only(
    mensen: Mensen, vng: Organisatie, coordinator: Persoon, als: Als
) -> None:
    ander = maak_programma(mensen.organisatie, naam="Van SZW", rol="dossierhouder", door=None)
    geheim_van(ander)
    kenmerk = Toegangssleutel.objects.get().digest[:16]
    client = als(coordinator)
    for pad in ("", "beeindigen/", f"sleutels/{kenmerk}/intrekken/"):
        assert client.post(f"/organisaties/vng/programmas/{ander.pk}/{pad}").status_code == 404
        assert client.post(f"/organisaties/szw/programmas/{ander.pk}/{pad}").status_code == 403
    eigen = maak_programma(vng, naam="Van VNG", rol="lezer", door=None)
    assert client.post(f"/organisaties/vng/programmas/{eigen.pk}/sleutels/{kenmerk}/intrekken/").status_code == 404
    assert (Toegangssleutel.objects.count(), Persoon.objects.get(pk=ander.pk).is_active) == (1, True)
    assert "Van SZW" not in client.get("/organisaties/vng/programmas/").content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_no_query_per_program(mensen: Mensen, vng: Organisatie, als: Als, aantal: int) -> None:
    for nummer in range(aantal):
        geheim_van(maak_programma(vng, naam=f"{nummer}", rol="lezer", door=None))
    client = als(mensen.beheerder)
    client.get("/organisaties/vng/programmas/")
    with CaptureQueriesContext(connection) as vragen:
        client.get("/organisaties/vng/programmas/")
    over = [vraag["sql"] for vraag in vragen if "is_programma" in vraag["sql"] and "auth_token" not in vraag["sql"]]
    rijen = [vraag["sql"] for vraag in vragen if "toegangssleutel" in vraag["sql"]]
    leden = [vraag["sql"] for vraag in vragen if 'FROM "maatregelen_lidmaatschap"' in vraag["sql"]]
    assert (len(rijen), len(leden) <= 3, len(over) <= 3) == (1, True, True)


# What it may


def test_the_key_of_a_program_of_the_vng_does_what_the_vng_may(mensen: Mensen, vng: Organisatie) -> None:
    MaatregelFactory(code="rijk", trekker=mensen.organisatie)
    MaatregelFactory(code="vng", trekker=vng)
    lezer = geheim_van(maak_programma(vng, naam="Lezer", rol="lezer", door=None), schrijven=True)
    houder = geheim_van(maak_programma(vng, naam="Houder", rol="dossierhouder", door=None), schrijven=True)

    def zet(code: str, kop: dict[str, str]) -> int:
        wat = {"status": "in_voorbereiding", "toelichting": "x"}
        return Client().post(f"/api/v1/maatregelen/{code}/status", wat, "application/json", headers=kop).status_code

    assert [zet(code, kop) for code in ("rijk", "vng") for kop in (lezer, houder)] == [403, 403, 403, 201]
    rijen = Client().get("/api/v1/statuswijzigingen?maatregel=vng", headers=lezer).json()["results"]
    assert rijen[0]["door"] == "Houder"


def test_a_program_sees_exactly_what_a_reader_of_its_organisation_sees(mensen: Mensen, vng: Organisatie) -> None:
    MaatregelFactory.create_batch(3)
    programma = geheim_van(maak_programma(vng, naam="Lezer", rol="lezer", door=None))
    partner = geheim_van(mensen.partner)
    for pad in ("agendas", "maatregelen", "mijlpalen", "organisaties", "statuswijzigingen", "vergaderingen"):
        gezien = [Client().get(f"/api/v1/{pad}", headers=kop).json() for kop in (programma, partner)]
        assert gezien[0] == gezien[1], pad


def test_the_key_of_a_program_of_the_vng_reads_nothing_of_the_rijk(mensen: Mensen, vng: Organisatie) -> None:
    rijk = AgendaFactory(slug="rijk", zichtbaarheid=Zichtniveau.RIJK)
    MaatregelFactory(code="voor-het-rijk", pijler=PijlerFactory(agenda=rijk))
    MaatregelFactory(code="voor-de-tafel", pijler=PijlerFactory(agenda=AgendaFactory(slug="tafel")))
    van_vng = geheim_van(maak_programma(vng, naam="VNG", rol="dossierhouder", door=None))
    van_rijk = geheim_van(maak_programma(mensen.organisatie, naam="SZW", rol="lezer", door=None))

    def ziet(kop: dict[str, str]) -> tuple[list[str], list[str], int, int]:
        lijsten = [Client().get(f"/api/v1/{pad}", headers=kop).json()["results"] for pad in ("agendas", "maatregelen")]
        paden = ("agendas/rijk", "maatregelen/voor-het-rijk")
        codes = [Client().get(f"/api/v1/{pad}", headers=kop).status_code for pad in paden]
        return sorted(r["slug"] for r in lijsten[0]), sorted(r["code"] for r in lijsten[1]), codes[0], codes[1]

    assert ziet(van_rijk) == (["rijk", "tafel"], ["voor-de-tafel", "voor-het-rijk"], 200, 200)
    assert ziet(van_vng) == (["tafel"], ["voor-de-tafel"], 404, 404)


# No person


def test_a_program_signs_in_nowhere(mensen: Mensen, vng: Organisatie, als: Als) -> None:
    programma = maak_programma(vng, naam="Dashboard", rol="lezer", door=None)
    with pytest.raises(ValueError, match="geen wachtwoord"):
        geef_tijdelijk_wachtwoord(programma)
    client = als(mensen.beheerder)
    assert "Dashboard" not in client.get("/personen/").content.decode()
    assert client.post(f"/personen/{programma.pk}/", {"wachtwoord": "tijdelijk"}).status_code == 404
    # Even with a password, had somebody put one in the database.
    programma.set_password("een-lang-wachtwoord-van-niemand")
    programma.save()
    gast = Client()
    gast.post("/inloggen/", {"login": programma.email, "password": "een-lang-wachtwoord-van-niemand"})
    assert gast.get("/mijn/").status_code == 302


def test_a_program_is_nobody_to_mail_or_to_put_work_on(mensen: Mensen, vng: Organisatie) -> None:
    programma = maak_programma(vng, naam="Dashboard", rol="dossierhouder", door=None)
    assert mensen.partner in kijkers(vandaag())
    assert programma not in kijkers(vandaag())

"""The pages on which people say who may see something, publish it and react: who gets in, and what is said."""

import re
from typing import Any

import pytest
import time_machine

from maatregelen.dossiervoering import wijzig
from maatregelen.models import Maatregel, Organisatie, Publicatiebeleid, Reactie, Zichtniveau
from maatregelen.reacties import dien_in
from tests.conftest import Mensen
from tests.factories import AgendaFactory, LidmaatschapFactory, MaatregelFactory, MijlpaalFactory
from tests.maatregelen.test_publicatie import NU, OPEN, SECONDE
from tests.paginatekst import tekst

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _op_een_dag() -> Any:
    """It is the day of the stories."""
    with time_machine.travel(NU, tick=False):
        yield


def in_twee_stappen(client: Any, adres: str, gegevens: dict[str, Any], **meer: Any) -> Any:
    """Ask what follows, then do what was shown."""
    voorbeeld = client.post(adres, gegevens)
    assert voorbeeld.status_code == 200, tekst(voorbeeld)
    gezien = re.search(r'name="gezien" value="(\w+)"', voorbeeld.content.decode())
    assert gezien, tekst(voorbeeld)
    return client.post(adres, {**gegevens, "gezien": gezien[1], **meer})


def test_nothing_is_kept_before_what_follows_was_shown(mensen: Mensen, als: Any) -> None:
    maatregel = MaatregelFactory(code="m-1", trekker=mensen.organisatie)
    MijlpaalFactory(maatregel=maatregel)
    adres, client = "/maatregelen/m-1/zichtbaarheid/", als(mensen.eigen)
    assert "Zoals pijler" in tekst(client.get(adres))
    gegevens = {"zichtbaarheid": "1", "versie": "1"}
    voorbeeld = client.post(adres, gegevens)
    assert "Partners aan de regietafel verandert 1 maatregel, 1 mijlpaal niets" in tekst(voorbeeld)
    assert client.post(adres, {**gegevens, "gezien": "iets"}).status_code == 200
    assert Maatregel.objects.get().zicht == Zichtniveau.REGIETAFEL
    antwoord = in_twee_stappen(client, adres, gegevens)
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/maatregelen/m-1/")
    assert Maatregel.objects.get().zicht == Zichtniveau.RIJK
    pagina = tekst(client.get("/maatregelen/m-1/"))
    assert "Opgeslagen. Dit is nu voor het Rijk." in pagina
    assert "alleen het Rijk" in pagina
    assert als(mensen.partner).get("/maatregelen/m-1/").status_code == 404


def test_what_becomes_public_is_agreed_to(mensen: Mensen, als: Any) -> None:
    agenda = AgendaFactory(slug="a", zichtbaarheid=Zichtniveau.RIJK)
    MaatregelFactory(pijler__agenda=agenda)
    adres, client = "/agendas/a/zichtbaarheid/", als(mensen.secretariaat)
    gegevens = {"zichtbaarheid": "3", "versie": "1"}
    zonder = in_twee_stappen(client, adres, gegevens)
    assert zonder.status_code == 422
    assert "Vink hieronder aan dat dit openbaar mag worden." in tekst(zonder)
    agenda.refresh_from_db()
    assert agenda.zicht == Zichtniveau.RIJK
    assert in_twee_stappen(client, adres, gegevens, akkoord="on").status_code == 302
    agenda.refresh_from_db()
    assert agenda.zicht == Zichtniveau.OPENBAAR


def test_an_embargo_is_a_day_and_a_time_that_exist(mensen: Mensen, als: Any) -> None:
    MaatregelFactory(code="m-1", trekker=mensen.organisatie)
    adres, client = "/maatregelen/m-1/zichtbaarheid/", als(mensen.eigen)
    basis = {"zichtbaarheid": "", "afgeschermd_voor": str(mensen.organisatie.pk), "versie": "1"}
    for dag, tijd, zin in (
        ("2026-03-10", "", "Vul bij een embargo de dag en de tijd in"),
        ("", "09:00", "Vul bij een embargo de dag en de tijd in"),
        ("2026-03-29", "02:30", "bestaat 2.30 uur niet"),
        ("2026-10-25", "02:30", "is het twee keer 2.30 uur"),
        ("2026-03-01", "09:00", "Kies een moment in de toekomst"),
    ):
        antwoord = client.post(adres, {**basis, "embargo_dag": dag, "embargo_tijd": tijd})
        assert antwoord.status_code == 422, (dag, tijd)
        assert zin in tekst(antwoord), (dag, tijd)
    gegevens = {**basis, "embargo_dag": "2026-03-10", "embargo_tijd": "09:00"}
    assert "Tot 10 maart 2026, 9.00 uur ziet alleen SZW dit." in tekst(client.post(adres, gegevens))
    assert in_twee_stappen(client, adres, gegevens).status_code == 302
    assert Maatregel.objects.get().embargo_tot == OPEN
    assert "embargo tot 10 mrt 2026, 9.00 uur" in tekst(client.get("/maatregelen/"))
    for om, status in ((OPEN - SECONDE, 404), (OPEN, 200)):
        with time_machine.travel(om, tick=False):
            assert als(mensen.vreemd).get("/maatregelen/m-1/").status_code == status
    with time_machine.travel(OPEN, tick=False):
        assert "embargo" not in tekst(als(mensen.eigen).get("/maatregelen/"))


def test_only_who_keeps_it_up_gets_to_the_form(mensen: Mensen, als: Any) -> None:
    maatregel = MaatregelFactory(code="m-1", trekker=mensen.organisatie, pijler__agenda__slug="a")
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    bijhouder = {mensen.eigen: 200, mensen.secretariaat: 200, mensen.vreemd: 403, mensen.partner: 403}
    houder = {**bijhouder, mensen.eigen: 403}
    for adres, verwacht in (
        ("/maatregelen/m-1/zichtbaarheid/", bijhouder),
        (f"/mijlpalen/{mijlpaal.pk}/zichtbaarheid/", bijhouder),
        ("/agendas/a/zichtbaarheid/", houder),
        (f"/pijlers/{maatregel.pijler_id}/zichtbaarheid/", houder),
        ("/beheer/publicatie/", dict.fromkeys(bijhouder, 403) | {mensen.beheerder: 200}),
    ):
        assert {wie: als(wie).get(adres).status_code for wie in verwacht} == verwacht, adres
        assert als(mensen.partner).post(adres, {"zichtbaarheid": "0", "versie": "1"}).status_code == 403
    for adres in ("/maatregelen/m-1/publicatie/", "/agendas/a/publicatie/"):
        assert als(mensen.partner).get(adres).status_code == 200
        assert "Wat wilt u doen?" not in tekst(als(mensen.partner).get(adres))
        assert als(mensen.partner).post(adres, {"naar": "concept", "versie": "1"}).status_code == 403
    assert "Wie mag dit zien" not in tekst(als(mensen.partner).get("/agendas/a/"))
    assert "Wie mag dit zien" in tekst(als(mensen.secretariaat).get("/agendas/a/"))


def test_an_agenda_is_published_with_its_measures_by_two_people(mensen: Mensen, als: Any) -> None:
    agenda = AgendaFactory(slug="a", publicatie="concept", zichtbaarheid=3, houder=mensen.organisatie)
    MaatregelFactory(code="m-1", pijler__agenda=agenda, publicatie="concept")
    beheer = als(mensen.beheerder)
    assert beheer.post("/beheer/publicatie/", {"is_openbaar": "on", "vier_ogen": "on"}).status_code == 302
    assert Publicatiebeleid.objects.get().vier_ogen
    adres, client = "/agendas/a/publicatie/", als(mensen.eigen)
    gegevens = {"naar": "voorgelegd", "toelichting": "Ter vaststelling.", "versie": "1"}
    assert in_twee_stappen(client, adres, gegevens).status_code == 302
    pagina = tekst(client.get(adres))
    assert "Dit is nu voorgelegd. Er ging 1 maatregel mee." in pagina
    assert "U hebt dit zelf voorgelegd. Hier gelden vier ogen" in pagina
    gegevens = {"naar": "vastgesteld", "versie": "2"}
    zelf = client.post(adres, gegevens)
    assert (zelf.status_code, "iemand anders stelt het vast" in tekst(zelf)) == (422, True)
    anders = als(mensen.collega)
    voorbeeld = tekst(anders.post(adres, gegevens))
    assert "1 maatregel gaat mee naar dezelfde staat." in voorbeeld
    assert "Iedereen, ook zonder in te loggen verandert niets 1 agenda, 1 pijler, 1 maatregel" in voorbeeld
    assert in_twee_stappen(anders, adres, gegevens, akkoord="on").status_code == 302
    assert Maatregel.objects.get().publicatie == "vastgesteld"


def test_a_field_that_a_person_may_not_see_is_left_alone(mensen: Mensen, als: Any) -> None:
    vng = Organisatie.objects.get(slug="vng")
    LidmaatschapFactory(persoon=mensen.partner, organisatie=vng, rol="dossierhouder")
    maatregel = MaatregelFactory(
        code="m-1", trekker=vng, toelichting="Het kabinet twijfelt.", voorwaarde="Mits akkoord.",
        interne_velden=["toelichting"],
    )  # fmt: skip
    client = als(mensen.partner)
    pagina = tekst(client.get("/maatregelen/m-1/wijzigen/"))
    assert "twijfelt" not in pagina
    assert "Mits akkoord." in pagina
    gegevens = {"titel": "Anders", "soort": "besluit", "aard": "maatregel", "geaccordeerd": "on", "versie": "1",
                "voorwaarde": "Mits eens.", "toelichting": "Weg ermee."}  # fmt: skip
    assert client.post("/maatregelen/m-1/wijzigen/", gegevens).status_code == 302
    maatregel.refresh_from_db()
    assert (maatregel.titel, maatregel.voorwaarde, maatregel.toelichting) == (
        "Anders", "Mits eens.", "Het kabinet twijfelt.",
    )  # fmt: skip
    # Also a form that is refused shows nothing of it.
    oud = client.post("/maatregelen/m-1/wijzigen/", gegevens)
    assert oud.status_code == 409
    assert "twijfelt" not in tekst(oud)
    fout = client.post("/maatregelen/m-1/voortgang/", {"voortgang": "", "versie": "2"})
    assert fout.status_code == 422
    assert "twijfelt" not in tekst(fout)
    # Nor does what another person changed meanwhile.
    wijzig(maatregel, {"toelichting": "Het kabinet wijkt."}, versie=None)
    voortgang = {"voortgang": "op_schema", "toelichting": "Het gaat.", "versie": "2"}
    for adres, verstuurd in (("wijzigen", {**gegevens, "versie": "2"}), ("voortgang", voortgang)):
        oud = client.post(f"/maatregelen/m-1/{adres}/", verstuurd)
        assert oud.status_code == 409, adres
        assert "twijfelt" not in tekst(oud), adres
        assert "wijkt" not in tekst(oud), adres
    wijzig(maatregel, {"toelichting": "Het kabinet twijfelt."}, versie=None)
    assert "twijfelt" in tekst(als(mensen.vreemd).get("/maatregelen/m-1/"))


def test_a_new_agenda_is_for_the_own_organisation_unless_chosen(mensen: Mensen, als: Any) -> None:
    client = als(mensen.eigen)
    gegevens = {"titel": "Nieuw", "slug": "nieuwe", "soort": "akkoord", "staat": "concept",
                "documentdatum": "2026-03-01"}  # fmt: skip
    assert client.post("/agendas/nieuw/", gegevens).status_code == 302
    assert als(mensen.vreemd).get("/agendas/nieuwe/").status_code == 404
    assert client.get("/agendas/nieuwe/").status_code == 200
    tweede = {**gegevens, "slug": "tweede", "titel": "Tweede", "zichtbaarheid": "2"}
    assert client.post("/agendas/nieuw/", tweede).status_code == 302
    assert als(mensen.partner).get("/agendas/tweede/").status_code == 200


def test_a_beheerder_says_that_an_organisation_is_of_the_rijk(mensen: Mensen, als: Any) -> None:
    vng = Organisatie.objects.get(slug="vng")
    agenda = AgendaFactory(zichtbaarheid=Zichtniveau.RIJK)
    maatregel = MaatregelFactory(code="m-1", pijler__agenda=agenda, zichtbaarheid=0, afgeschermd_voor=vng)
    assert als(mensen.partner).get("/maatregelen/m-1/").status_code == 404
    gegevens = {"naam": vng.naam, "afkorting": "VNG", "soort": "koepel", "is_rijk": "on", "versie": str(vng.versie)}
    assert als(mensen.beheerder).post("/organisaties/vng/wijzigen/", gegevens).status_code == 302
    maatregel.refresh_from_db()
    assert maatregel.zicht_voor_id == vng.pk
    assert als(mensen.partner).get("/maatregelen/m-1/").status_code == 200


@pytest.fixture
def partner(mensen: Mensen) -> Mensen:
    """The partner works on the dossiers of the VNG."""
    LidmaatschapFactory(persoon=mensen.partner, organisatie=Organisatie.objects.get(slug="vng"), rol="dossierhouder")
    return mensen


def test_a_partner_files_a_dissent_that_opens_later(partner: Mensen, als: Any) -> None:
    MaatregelFactory(code="m-1", trekker=partner.organisatie)
    client, adres = als(partner.partner), "/maatregelen/m-1/reacties/nieuw/"
    leeg = client.post(adres, {"soort": "afwijkend", "tekst": " "})
    assert (leeg.status_code, "Schrijf wat uw organisatie ervan vindt." in tekst(leeg)) == (422, True)
    gegevens = {"soort": "afwijkend", "tekst": "Dit <b>kan</b> niet.", "embargo_dag": "2026-03-10",
                "embargo_tijd": "09:00"}  # fmt: skip
    antwoord = client.post(adres, gegevens)
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/maatregelen/m-1/#reacties")
    reactie = Reactie.objects.get()
    pagina = tekst(client.get("/maatregelen/m-1/"))
    assert "De reactie is ingediend. Anderen zien haar vanaf 10 maart 2026, 9.00 uur." in pagina
    assert "1 afwijkend standpunt" in pagina
    assert "Dit <b>kan</b> niet." in pagina
    for om, gezien in ((OPEN - SECONDE, False), (OPEN, True)):
        with time_machine.travel(om, tick=False):
            for ander in (partner.eigen, partner.secretariaat):
                assert ("afwijkend standpunt" in tekst(als(ander).get("/maatregelen/m-1/"))) is gezien
                assert ("afwijkend standpunt" in tekst(als(ander).get("/maatregelen/"))) is gezien
    # A form that is refused brings no more than the page itself.
    fout = als(partner.eigen).post("/maatregelen/m-1/voortgang/", {"voortgang": "", "versie": "1"})
    assert (fout.status_code, "afwijkend standpunt" in tekst(fout)) == (422, False)
    wijzigen = f"/reacties/{reactie.pk}/wijzigen/"
    assert client.get(wijzigen).status_code == 200
    assert als(partner.eigen).get(wijzigen).status_code == 404
    with time_machine.travel(OPEN, tick=False):
        client = als(partner.partner)
        assert als(partner.eigen).get(wijzigen).status_code == 403
        laat = client.post(wijzigen, {**gegevens, "embargo_dag": "2026-03-11", "versie": "1"})
        assert (laat.status_code, "Anderen kunnen deze reactie al lezen" in tekst(laat)) == (422, True)
        weg = client.post(f"/reacties/{reactie.pk}/intrekken/", {"reden": "Opgelost.", "versie": "1"})
        assert weg.status_code == 302
        pagina = tekst(als(partner.eigen).get("/maatregelen/m-1/"))
        assert "Ingetrokken op 10 maart 2026: Opgelost." in pagina
        assert "1 afwijkend standpunt" not in pagina


def test_who_only_reads_is_told_who_reacts(mensen: Mensen, als: Any) -> None:
    MaatregelFactory(code="m-1")
    antwoord = als(mensen.partner).get("/maatregelen/m-1/reacties/nieuw/")
    assert (antwoord.status_code, "Bent u lezer?" in tekst(antwoord)) == (403, True)
    assert "Reactie geven" not in tekst(als(mensen.partner).get("/maatregelen/m-1/"))


def test_lists_ask_no_more_for_reactions(partner: Mensen, als: Any, django_assert_num_queries: Any) -> None:
    maatregelen = [MaatregelFactory(trekker=partner.organisatie) for _ in range(3)]
    client = als(partner.secretariaat)
    client.get("/maatregelen/")
    from_ = []
    for hoeveel in (0, 3):
        for maatregel in maatregelen[:hoeveel]:
            dien_in(maatregel, Organisatie.objects.get(slug="vng"), soort="reactie", tekst="Goed.", embargo_tot=None,
                    door=partner.partner, moment=NU)  # fmt: skip
        with django_assert_num_queries(LIJST):
            from_.append(client.get("/maatregelen/").content.count(b"1 reactie"))
    assert from_ == [0, 3]


LIJST = 10

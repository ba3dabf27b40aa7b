"""The page of one measure: what it tells, to whom it offers what, and at what cost."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from maatregelen.dossierinzage import lees
from maatregelen.dossiervoering import leg_opvolging_vast, meld_voortgang
from maatregelen.models import (
    Brontekst,
    Herinnering,
    Maatregel,
    Opvolging,
    Persoon,
    Thema,
    Themaplaats,
    Wetsstap,
    Wetstraject,
    Zichtniveau,
)
from maatregelen.statuswissel import wijzig_status
from tests.conftest import Mensen
from tests.factories import (
    AgendaFactory,
    BetrokkenheidFactory,
    LidmaatschapFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PersoonFactory,
    PijlerFactory,
    TijdsaanduidingFactory,
)

Als = Callable[[Persoon], Client]
NU = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
KWAAD = '<script>alert("x")</script>'


@pytest.fixture(autouse=True)
def _nu() -> Any:
    with time_machine.travel(NU, tick=True):
        yield


def pagina(client: Client, code: str) -> str:
    """The text of the page, without the white space of templates."""
    antwoord = client.get(f"/maatregelen/{code}/")
    assert antwoord.status_code == 200
    return " ".join(antwoord.content.decode().split())


def vul(maatregel: Maatregel, mensen: Mensen, aantal: int) -> None:
    """Give a measure this many of everything that hangs from it."""
    traject = Wetstraject.objects.create(maatregel=maatregel, soort="wet", dossier="36 333")
    Brontekst.objects.create(
        agenda=maatregel.pijler.agenda, bestandsnaam="a.txt", tekst="een\ntwee\ndrie", bijgevoegd_op=NU
    )
    statussen = ["in_voorbereiding", "in_uitvoering"] * 5
    for n in range(aantal):
        mijlpaal = MijlpaalFactory(maatregel=maatregel, omschrijving=f"Mijlpaal {n}")
        TijdsaanduidingFactory(maatregel=maatregel, termijn_tekst=f"ooit {n}")
        BetrokkenheidFactory(maatregel=maatregel, rol="betrokken")
        MaatregelFactory(pijler=maatregel.pijler, bovenliggend=maatregel, titel=f"Onderdeel {n}")
        thema = Thema.objects.create(slug=f"thema-{n}", titel=f"Thema {n}", ontwikkeling=f"Van {n}")
        for plaats, stuk in enumerate((maatregel, MaatregelFactory(), MaatregelFactory())):
            Themaplaats.objects.create(thema=thema, maatregel=stuk, volgorde=plaats)
        for van, naar in ((maatregel, MaatregelFactory()), (MaatregelFactory(), maatregel)):
            Opvolging.objects.create(van=van, naar=naar, soort="voortgezet", door=mensen.eigen)
        wijziging = wijzig_status(maatregel, statussen[n], door=mensen.eigen, toelichting=f"Reden {n}")
        meld_voortgang(maatregel, "op_schema", toelichting=f"Gaat {n}", door=mensen.eigen, versie=None)
        Wetsstap.objects.create(
            wetstraject=traject, fase="consultatie", bereikt_op=datetime.date(2026, 1, 1 + n), bron=f"Bron {n}"
        )
        Herinnering.objects.create(
            persoon=mensen.eigen, maatregel=maatregel, mijlpaal=mijlpaal, stap="aankondiging",
            sleuteldag=mijlpaal.einde, reden="dossierhouder SZW", vandaag=datetime.date(2024, 12, 17),
        )  # fmt: skip
        Herinnering.objects.create(
            persoon=mensen.partner, maatregel=maatregel, statuswijziging=wijziging, stap="status", reden="volgt",
            vandaag=datetime.date(2026, 11, 22), uitkomst="verzonden", afgehandeld_op=NU,
        )  # fmt: skip


@pytest.mark.parametrize("aantal", [1, 3])
@pytest.mark.parametrize(("wie", "hoeveel"), [("eigen", 18), ("secretariaat", 17), ("partner", 17)])
def test_the_same_number_of_queries_however_much_there_is(
    mensen: Mensen, als: Als, django_assert_num_queries: Any, aantal: int, wie: str, hoeveel: int
) -> None:
    maatregel = MaatregelFactory(
        code="2024-2-03", trekker=mensen.organisatie, regel_van=2, regel_tot=2, bovenliggend=None
    )
    vul(maatregel, mensen, aantal)
    client = als(getattr(mensen, wie))
    with django_assert_num_queries(hoeveel):
        inhoud = client.get("/maatregelen/2024-2-03/").content.decode()
    for n in range(aantal):
        for woord in ("Mijlpaal", "ooit", "Onderdeel", "Thema", "Reden", "Gaat", "Bron"):
            assert f"{woord} {n}" in inhoud


def test_also_where_an_owner_is_to_be_chosen(mensen: Mensen, als: Als, django_assert_num_queries: Any) -> None:
    """The secretariaat that is dossierhouder too, at a measure of nobody: no more than that."""
    LidmaatschapFactory(persoon=mensen.secretariaat, organisatie=mensen.organisatie)
    maatregel = MaatregelFactory(code="2026-4-05")
    vul(maatregel, mensen, 3)
    client = als(mensen.secretariaat)
    with django_assert_num_queries(18):
        inhoud = client.get("/maatregelen/2026-4-05/").content.decode()
    assert "Trekker toewijzen" in inhoud


def test_an_unknown_code_is_a_page_of_its_own(mensen: Mensen, als: Als) -> None:
    MaatregelFactory(code="2024-2-03a")
    client = als(mensen.eigen)
    for code in ("2024-2-99", "2024-2-03A", "2024-2", "x" * 400):
        antwoord = client.get(f"/maatregelen/{code}/")
        assert (code, antwoord.status_code) == (code, 404)
        assert "Deze pagina is er niet" in antwoord.content.decode()
    assert client.get("/maatregelen/2024-2-03a%00/").status_code == 404


def test_strangers_at_the_door(mensen: Mensen, als: Als) -> None:
    MaatregelFactory(code="2024-2-07")
    """What is for the table is not there for a visitor, and neither is any form of what is for everybody."""
    antwoord, niets = (Client().get(f"/maatregelen/{code}/") for code in ("2024-2-07", "2024-2-99"))
    assert (antwoord.status_code, niets.status_code) == (404, 404)
    assert antwoord.content.decode().replace("2024-2-07", "2024-2-99") == niets.content.decode()
    open_ = MaatregelFactory(code="2024-2-04", pijler__agenda__zichtbaarheid=Zichtniveau.OPENBAAR)
    MijlpaalFactory(maatregel=open_)
    antwoord = Client().get("/maatregelen/2024-2-04/")
    assert (antwoord.status_code, 'method="post"' in antwoord.content.decode()) == (200, False)
    for code in ("2024-2-07", "2024-2-04"):  # to change something comes after signing in
        for antwoord in (Client().get(f"/maatregelen/{code}/wijzigen/"), Client().post(f"/maatregelen/{code}/status/")):
            assert (antwoord.status_code, antwoord["Location"].split("=")[0]) == (302, "/inloggen/?next")
    assert als(mensen.rolloos).get("/maatregelen/2024-2-07/").status_code == 403


def test_who_may_not_change_sees_no_forms(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory(code="2024-2-03", trekker=mensen.organisatie)
    MijlpaalFactory(maatregel=maatregel)
    knoppen = ("Wijzig status", "Voortgang melden", "Maatregel wijzigen", "Mijlpaal toevoegen", "Opvolging vastleggen")
    gezocht = (*knoppen, "Wijs toe", "Organisatie toevoegen", "Beëindigen")

    def ziet(wie: str) -> list[str]:
        inhoud = pagina(als(getattr(mensen, wie)), "2024-2-03")
        return [knop for knop in gezocht if knop in inhoud]

    voor = {wie: ziet(wie) for wie in ("eigen", "collega", "vreemd", "partner", "beheerder", "secretariaat")}
    alles = [*knoppen, "Organisatie toevoegen", "Beëindigen"]
    assert voor == {
        "eigen": alles, "collega": alles, "vreemd": [], "partner": [], "beheerder": [],
        "secretariaat": ["Organisatie toevoegen", "Beëindigen"],
    }  # fmt: skip
    assert "Volgen: bericht bij elke wijziging" in pagina(als(mensen.partner), "2024-2-03")


def test_its_story(mensen: Mensen, als: Als) -> None:
    agenda = AgendaFactory(slug="2024", bronbestand="2024-gezamenlijke-agenda.txt", staat="aanzet")
    pijler = PijlerFactory(agenda=agenda, nummer="2", titel="Opvang")
    maatregel = MaatregelFactory(
        code="2024-2-03", pijler=pijler, titel="Verdeelbesluit nemen", trekker=mensen.organisatie,
        voorwaarde="Als er plek is",
        toelichting="De tekst zegt alleen de minister.", regel_van=2, regel_tot=3, geaccordeerd=False,
        verwijzingen=["Kamerstuk 19 637, nr. 2375", "motie Podt"],
    )  # fmt: skip
    MijlpaalFactory(maatregel=maatregel, hardheid="wettelijk", voor_wie="de minister", cyclus="Spreidingswet 2024")
    TijdsaanduidingFactory(maatregel=maatregel, termijn_tekst="per direct", soort_tekst="periode")
    inhoud = pagina(als(mensen.partner), "2024-2-03")
    for tekst in (
        "<h1>Verdeelbesluit nemen</h1>", "PM: nog niet geaccordeerd", "Als er plek is",
        "De tekst zegt alleen de minister.",
        "2024-gezamenlijke-agenda.txt, regels 2-3", "De tekst van het stuk is niet bijgevoegd.",
        'href="https://zoek.officielebekendmakingen.nl/kst-19637-2375.html"', "<li>motie Podt</li>",
        "Termijn 692 dagen voorbij, stand niet gemeld: Verdeelbesluit genomen", "Wettelijk", "de minister",
        "Spreidingswet 2024", "per direct", "(periode)", "Nog niet gemeld.",
    ):  # fmt: skip
        assert tekst in inhoud, tekst
    assert "<mark>" not in inhoud
    Brontekst.objects.create(agenda=agenda, bestandsnaam="a.txt", tekst="een\ntwee\ndrie\nvier", bijgevoegd_op=NU)
    inhoud = pagina(als(mensen.partner), "2024-2-03")
    assert [regel in inhoud for regel in ("<mark>een", "<mark>twee</mark>", "<mark>drie</mark>", "<mark>vier")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_history_tells_day_and_moment_and_who(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory(code="2024-2-03", trekker=mensen.organisatie)
    wijzig_status(
        maatregel, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen.", per=datetime.date(2026, 11, 1)
    )
    meld_voortgang(maatregel, "op_schema", toelichting="Eerste melding.", door=mensen.eigen, versie=None)
    with time_machine.travel(NU + datetime.timedelta(days=2)):
        meld_voortgang(maatregel, "vertraagd", toelichting="Tweede melding.", door=mensen.collega, versie=None)
    inzage = lees(Maatregel.objects.all(), "2024-2-03", lezer=mensen.partner)
    assert [(f.soort, f.dag, f.woorden, f.tekst, f.wie) for f in inzage.geschiedenis] == [
        ("voortgang", datetime.date(2026, 11, 24), ("", "vertraagd"), "Tweede melding.", "Collega"),
        ("voortgang", datetime.date(2026, 11, 22), ("", "op schema"), "Eerste melding.", "Eigen"),
        ("status", datetime.date(2026, 11, 1), ("aangekondigd", "in uitvoering"), "Begonnen.", "Eigen"),
        ("status", datetime.date(2024, 9, 26), ("", "aangekondigd"), "Zo staat het in het document.", ""),
    ]
    inhoud = pagina(als(mensen.partner), "2024-2-03")
    assert "Volgens SZW vertraagd" in inhoud
    assert "Eigen, vastgelegd op 22 nov 2026" in inhoud
    assert "volgt uit het document, vastgelegd op 22 nov 2026" in inhoud


def test_an_ended_ministry_keeps_its_name(mensen: Mensen, als: Als) -> None:
    jenv = OrganisatieFactory(afkorting="JenV")
    aenm = OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2026, 2, 23), opvolger=jenv)
    van_jenv = PersoonFactory()
    LidmaatschapFactory(persoon=van_jenv, organisatie=jenv)
    MaatregelFactory(code="2024-2-03", trekker=aenm)
    inhoud = pagina(als(van_jenv), "2024-2-03")
    assert "AenM" in inhoud
    assert "nu JenV" in inhoud
    assert "Wijzig status" in inhoud
    assert "AenM is opgeheven; het werk ligt bij JenV." in inhoud


def test_where_it_came_from_and_went(mensen: Mensen, als: Als) -> None:
    eerder = MaatregelFactory(code="2018-1-01", geldt_vanaf=datetime.date(2018, 3, 29), titel="Eerdere")
    dit = MaatregelFactory(code="2024-2-03", trekker=mensen.organisatie, titel="Deze")
    later = MaatregelFactory(code="2026-4-05", geldt_vanaf=datetime.date(2026, 1, 30), titel="Latere")
    leg_opvolging_vast(eerder, dit, "versmald", toelichting="Alleen nog mannen.", door=mensen.eigen)
    leg_opvolging_vast(dit, later, "tegengesteld", toelichting="", door=mensen.vreemd)
    inzage = lees(Maatregel.objects.all(), "2024-2-03", lezer=mensen.partner)
    assert [(v.soort, v.code, v.groepwoord, v.tekst, v.wie) for v in inzage.verbanden if v.groep] == [
        ("opvolger", "2026-4-05", "tegengesteld", "", "Vreemd"),
        ("voorloper", "2018-1-01", "versmald", "Alleen nog mannen.", "Eigen"),
    ]
    inhoud = pagina(als(mensen.partner), "2024-2-03")
    assert inhoud.index("Komt uit") < inhoud.index("Eerdere") < inhoud.index("Leeft voort in") < inhoud.index("Latere")
    assert "Leeft voort in" in pagina(als(mensen.partner), "2018-1-01")
    assert "Komt uit" in pagina(als(mensen.partner), "2026-4-05")


def test_one_line_leads_to_who_was_told_what(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory(code="2024-2-03")
    vul(maatregel, mensen, 1)
    inhoud = pagina(als(mensen.partner), "2024-2-03")
    assert 'href="/maatregelen/2024-2-03/herinneringen/">Wie kreeg bericht?</a>' in inhoud
    assert "nog te versturen" not in inhoud


def test_a_draft_says_so_across_the_page(mensen: Mensen, als: Als) -> None:
    agenda = AgendaFactory(staat="concept", is_lopend=False)
    MaatregelFactory(code="2023-2-03", pijler__agenda=agenda)
    assert "Concept, niet geaccordeerd" in pagina(als(mensen.partner), "2023-2-03")


def test_whatever_people_type_is_text(mensen: Mensen, als: Als) -> None:
    agenda = AgendaFactory(
        slug="k", titel=KWAAD, bronbestand=KWAAD, documentdatum=None, schatting_van=datetime.date(2024, 9, 1),
        datum_basis=KWAAD, geldt_vanaf=datetime.date(2024, 9, 1),
    )  # fmt: skip
    pijler = PijlerFactory(agenda=agenda, titel=KWAAD)
    organisatie = OrganisatieFactory(afkorting=KWAAD, naam=KWAAD, slug="kwaad")
    mensen.eigen.functie = KWAAD
    mensen.eigen.save()
    ouder = MaatregelFactory(pijler=pijler, titel=KWAAD)
    maatregel = MaatregelFactory(
        code="k-1", pijler=pijler, titel=KWAAD, voorwaarde=KWAAD, toelichting=KWAAD, verwijzingen=[KWAAD], regel_van=1,
        regel_tot=1, bovenliggend=ouder,
    )  # fmt: skip
    BetrokkenheidFactory(maatregel=maatregel, organisatie=organisatie, reden=KWAAD, herkomst="toegewezen")
    BetrokkenheidFactory(
        maatregel=maatregel, organisatie=organisatie, reden=KWAAD, tot=datetime.date(2025, 1, 1), rol="betrokken"
    )
    LidmaatschapFactory(persoon=mensen.eigen, organisatie=organisatie)
    vul(maatregel, mensen, 1)
    for soort in (Thema, Brontekst):
        veld = "tekst" if soort is Brontekst else "ontwikkeling"
        soort.objects.update(**{veld: KWAAD})  # type: ignore[attr-defined]
    Thema.objects.update(titel=KWAAD, toelichting=KWAAD)
    Opvolging.objects.update(toelichting=KWAAD)
    Wetstraject.objects.update(dossier=KWAAD[:40], stand_tekst=KWAAD)
    Wetsstap.objects.update(bron=KWAAD)
    Herinnering.objects.update(reden=KWAAD)
    maatregel.mijlpalen.update(
        omschrijving=KWAAD, termijn_tekst=KWAAD, voor_wie=KWAAD, cyclus=KWAAD, bron=KWAAD, toelichting=KWAAD,
        behaald_op=datetime.date(2024, 12, 1), behaald_bewijs=KWAAD,
    )  # fmt: skip
    maatregel.tijdsaanduidingen.update(termijn_tekst=KWAAD, soort_tekst=KWAAD, voor_wie=KWAAD)
    Maatregel.objects.update(titel=KWAAD)
    Maatregel.objects.exclude(voortgang="niet_gemeld").update(voortgang_toelichting=KWAAD)
    vers = Maatregel.objects.get(code="k-1")
    wijzig_status(vers, "vervallen", door=mensen.eigen, toelichting=KWAAD * 20)
    inhoud = pagina(als(mensen.eigen), "k-1")
    assert "<script>" not in inhoud
    assert inhoud.count("&lt;script&gt;") > 30

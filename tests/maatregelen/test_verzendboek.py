"""The ledger that people see: who was told what, what came of it, and how much of that which reader sees."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from maatregelen.berichtvoorkeuren import stel_uit
from maatregelen.models import (
    Herinnering,
    Hoedanigheid,
    Lidmaatschap,
    Maatregel,
    Mijlpaal,
    Persoon,
    Statuswijziging,
    Termijnwijziging,
)
from maatregelen.statuswissel import wijzig_status
from maatregelen.verzendboek import Lezer, boekingen, stapwoorden, van_maatregel, zonder_adres
from tests.conftest import Mensen
from tests.factories import MaatregelFactory, MijlpaalFactory
from tests.paginatekst import queries, stuk, tekst

Als = Callable[[Persoon], Client]
VANDAAG = datetime.date(2026, 11, 20)
NU = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
EINDE = datetime.date(2026, 12, 30)
KWAAD = "<script>alert(1)</script>"
FOUT = "550 5.1.1 <eigen@voorbeeld.nl>: Recipient address rejected"
PAGINA = "/maatregelen/2024-2-03/herinneringen/"


@pytest.fixture(autouse=True)
def _nu() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def mijlpaal(mensen: Mensen) -> Mijlpaal:
    """A deadline of SZW, some weeks ahead; the measure of another ministry beside it."""
    MijlpaalFactory(
        maatregel=MaatregelFactory(code="2024-9-99", trekker=mensen.ander, titel="Van een ander"), einde=EINDE
    )
    maatregel = MaatregelFactory(code="2024-2-03", titel="Spreiding", trekker=mensen.organisatie)
    return MijlpaalFactory(maatregel=maatregel, omschrijving="Besluit genomen", einde=EINDE)  # type: ignore[return-value]


def boek(mijlpaal: Mijlpaal, persoon: Persoon, **anders: Any) -> Herinnering:
    """A row of the ledger: an announcement of 30 days that arrived, unless said otherwise."""
    velden: dict[str, Any] = {
        "persoon": persoon,
        "maatregel": mijlpaal.maatregel,
        "mijlpaal": mijlpaal,
        "stap": "aankondiging",
        "trede": 30,
        "sleuteldag": EINDE,
        "hoedanigheid": Hoedanigheid.DOSSIERHOUDER,
        "reden": "SZW is verantwoordelijk, u bent dossierhouder van SZW",
        "vandaag": VANDAAG,
        "bezorgen_op": VANDAAG,
        "gepland_op": NU,
        "uitkomst": "verzonden",
        **anders,
    }
    if velden["stap"] not in ("aankondiging", "voorbij"):
        velden |= {"mijlpaal": None, "trede": 0, "hoedanigheid": "volger", "reden": "u volgt dit"}
    velden.setdefault("afgehandeld_op", None if velden["uitkomst"] == "open" else NU)
    return Herinnering.objects.create(**velden)


def test_steps_and_outcomes_in_words(mensen: Mensen, mijlpaal: Mijlpaal) -> None:
    assert [stapwoorden("aankondiging", trede) for trede in (30, 1, 0, -1)] == [
        "30 dagen vooraf", "1 dag vooraf", "op de dag zelf", "eenmaal vooraf",
    ]  # fmt: skip
    assert [stapwoorden("voorbij", trede) for trede in (1, 8, -1)] == ["1 dag erna", "8 dagen erna", "eenmaal erna"]
    stuk_ = mijlpaal.maatregel
    wijzig_status(stuk_, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen.", per=VANDAAG)
    termijn = Termijnwijziging.objects.create(
        mijlpaal=mijlpaal, soort="uitgesteld", van_tekst="voor de zomer", van_precisie="seizoen",
        naar_tekst="voor 31 december", naar_precisie="dag", reden="Later", door=mensen.eigen,
    )  # fmt: skip
    status = Statuswijziging.objects.get(maatregel=stuk_, van__isnull=False)
    rijen = [
        boek(mijlpaal, mensen.eigen),
        boek(mijlpaal, mensen.collega, stap="voorbij", trede=8, bezorging="week", uitkomst="open", pogingen=3),
        boek(mijlpaal, mensen.eigen, trede=14, sleuteldag=datetime.date(2026, 6, 20), uitkomst="geweigerd", pogingen=1),
        boek(mijlpaal, mensen.eigen, trede=7, uitkomst="niet_meer_nodig", bezorging="dag"),
        boek(mijlpaal, mensen.partner, stap="status", sleuteldag=None, statuswijziging=status),
        boek(mijlpaal, mensen.partner, stap="termijn", sleuteldag=None, termijnwijziging=termijn),
        boek(mijlpaal, mensen.partner, stap="nieuw", sleuteldag=VANDAAG),
        boek(mijlpaal, mensen.partner, stap="gewijzigd", sleuteldag=VANDAAG, uitkomst="open", pogingen=1),
    ]  # fmt: skip
    gelezen = boekingen(rijen, Lezer(mensen.secretariaat, voluit=True, ziet_volgers=True))[::-1]  # newest first
    assert [(een.aan, een.wat, een.over, een.nu, een.hoe, een.uitkomst) for een in gelezen] == [
        ("Eigen", "Termijn loopt af, 30 dagen vooraf", "Besluit genomen", "", "los bericht", "verzonden"),
        ("Collega", "Termijn is voorbij, 8 dagen erna", "Besluit genomen", "", "in het weekoverzicht",
         "nog te versturen, 3 keer geprobeerd"),
        ("Eigen", "Termijn loopt af, 14 dagen vooraf", "Besluit genomen", "nu 30-12-2026", "los bericht",
         "geweigerd door de mailserver"),
        ("Eigen", "Termijn loopt af, 7 dagen vooraf", "Besluit genomen", "", "in het dagoverzicht", "niet meer nodig"),
        ("Partner", "Status werd in uitvoering", "", "", "los bericht", "verzonden"),
        ("Partner", "Termijn gewijzigd", "Besluit genomen: voor de zomer → voor 31 december", "", "los bericht",
         "verzonden"),
        ("Partner", "Nieuwe maatregel", "", "", "los bericht", "verzonden"),
        ("Partner", "Inhoud gewijzigd", "", "", "los bericht", "nog te versturen, 1 keer geprobeerd"),
    ]  # fmt: skip
    assert [een.sleuteldag for een in gelezen[:3]] == [EINDE, EINDE, datetime.date(2026, 6, 20)]


def test_a_date_that_became_vague_is_said_so(mensen: Mensen, mijlpaal: Mijlpaal) -> None:
    boek(mijlpaal, mensen.eigen)
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(einde=None, precisie="vaag", relatie="")
    (een,) = boekingen(van_maatregel(mijlpaal.maatregel), Lezer(mensen.eigen, voluit=False, ziet_volgers=False))
    assert (een.aan, een.sleuteldag, een.nu) == ("u", EINDE, "nu zonder dag")


def test_nobodys_address_is_shown() -> None:
    assert zonder_adres(FOUT) == "550 5.1.1 <(adres)>: Recipient address rejected"
    assert zonder_adres("no a.b+c@x.example, 'd@e.f'; (g@h)") == "no (adres), '(adres)'; ((adres))"
    assert zonder_adres("421 Try again later") == "421 Try again later"


def test_what_each_reader_sees(mensen: Mensen, mijlpaal: Mijlpaal, als: Als) -> None:
    boek(mijlpaal, mensen.eigen, uitkomst="geweigerd", laatste_fout=FOUT)
    boek(mijlpaal, mensen.partner, hoedanigheid="volger", reden='u volgt "Wonen"', trede=-1)
    bladen = {
        naam: als(getattr(mensen, naam)).get(PAGINA)
        for naam in ("eigen", "collega", "vreemd", "secretariaat", "beheerder", "partner")
    }
    reden, woorden = "u bent dossierhouder van SZW", "Recipient address rejected"
    volgt = "U volgt &quot;Wonen&quot;"
    gezien = {
        naam: (
            "als dossierhouder" in tekst(blad),
            reden in tekst(blad),
            woorden in tekst(blad),
            "Partner als volger" in tekst(blad) or "U als volger" in tekst(blad),
            volgt in blad.content.decode(),
            "Een volger" in tekst(blad),
        )
        for naam, blad in bladen.items()
    }
    assert gezien == {
        # (that it was a dossierhouder, why, the server's words, who follows, why they were told, a nameless follower)
        "eigen": (True, True, True, False, False, True),
        "collega": (True, True, True, False, False, True),
        "vreemd": (True, False, False, False, False, True),
        "secretariaat": (True, True, True, True, True, False),
        "beheerder": (True, True, True, True, True, False),
        "partner": (True, False, False, True, True, False),
    }
    deur = f'href="/personen/{mensen.eigen.pk}/herinneringen/"'
    assert {naam for naam, blad in bladen.items() if deur in blad.content.decode()} == {"secretariaat", "beheerder"}
    for blad in bladen.values():
        assert "voorbeeld.nl" not in blad.content.decode()


def test_strangers_find_no_door(mensen: Mensen, mijlpaal: Mijlpaal, als: Als) -> None:
    boek(mijlpaal, mensen.eigen)
    ander = f"/personen/{mensen.eigen.pk}/herinneringen/"
    for pad in (PAGINA, "/mijn/herinneringen/", "/mijn/volgen/", ander):
        assert Client().get(pad).status_code == 302
        assert als(mensen.rolloos).get(pad).status_code == 403
        assert als(mensen.eigen).post(pad).status_code in (302, 403, 405)
    for naam, status in (
        ("collega", 403),
        ("vreemd", 403),
        ("partner", 403),
        ("secretariaat", 200),
        ("beheerder", 200),
    ):
        antwoord = als(getattr(mensen, naam)).get(ander)
        assert antwoord.status_code == status, naam
        assert ("Spreiding" in tekst(antwoord)) is (status == 200), naam
    # Not even to oneself by this door: one has a page of one's own.
    assert als(mensen.eigen).get(ander).status_code == 403
    assert als(mensen.beheerder).get("/personen/999999/herinneringen/").status_code == 404
    assert als(mensen.eigen).get("/maatregelen/bestaat-niet/herinneringen/").status_code == 404
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(tot=datetime.date(2026, 1, 1))
    assert als(mensen.eigen).get("/mijn/herinneringen/").status_code == 403
    assert als(mensen.eigen).get(PAGINA).status_code == 403


def test_my_page_is_about_me(mensen: Mensen, mijlpaal: Mijlpaal, als: Als) -> None:
    boek(mijlpaal, mensen.eigen, trede=60)
    boek(mijlpaal, mensen.collega, uitkomst="geweigerd", laatste_fout="Niet voor u")
    vreemd = Mijlpaal.objects.exclude(pk=mijlpaal.pk).get()
    boek(vreemd, mensen.vreemd)
    inhoud = tekst(als(mensen.eigen).get("/mijn/herinneringen/"))
    assert "Termijn loopt af, 60 dagen vooraf" in inhoud
    assert "Niet voor u" not in inhoud
    assert "Van een ander" not in inhoud
    komt = stuk(als(mensen.eigen).get("/mijn/herinneringen/"), "De komende 60 dagen", "Wat er is verstuurd")
    # 30 December 2026 is a Wednesday; 30 days before it is a Monday.
    assert "30 november 2026" not in komt
    for regel in (
        "November 2026 30 nov",
        "16 dec",
        "30 dagen vooraf",
        "14 dagen vooraf",
        "op de dag zelf",
        "Januari 2027",
    ):
        assert regel in komt, regel
    assert komt.count("SZW is verantwoordelijk, u bent dossierhouder van SZW") == 3, "once a month, until it changes"
    leeg = tekst(als(mensen.partner).get("/mijn/herinneringen/"))
    assert "Er komt niets aan" in leeg
    assert "Er is nog niets verstuurd." in leeg


def test_filter_on_outcome_and_nonsense_in_the_address(mensen: Mensen, mijlpaal: Mijlpaal, als: Als) -> None:
    boek(mijlpaal, mensen.eigen)
    boek(mijlpaal, mensen.eigen, trede=14, uitkomst="geweigerd")
    client = als(mensen.eigen)
    for uitkomst, wel, niet in (("verzonden", "30 dagen", "14 dagen"), ("geweigerd", "14 dagen", "30 dagen")):
        deel = tekst(client.get(f"/mijn/herinneringen/?uitkomst={uitkomst}"))
        deel = deel[deel.index("Wat er is verstuurd") :]
        assert (wel in deel, niet in deel) == (True, False)
    assert "Geen bericht met deze uitkomst" in tekst(client.get("/mijn/herinneringen/?uitkomst=open"))
    for onzin, status in (
        ("?uitkomst=x", 400),
        ("?x=1", 400),
        ("?pagina=0", 404),
        ("?pagina=9", 404),
        ("?pagina=a", 404),
    ):
        assert client.get(f"/mijn/herinneringen/{onzin}").status_code == status, onzin
    assert client.get(f"{PAGINA}?uitkomst=open").status_code == 400


def test_who_is_not_active_gets_nothing_and_the_page_says_so(mensen: Mensen, mijlpaal: Mijlpaal, als: Als) -> None:
    boek(mijlpaal, mensen.eigen)
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False)
    blad = tekst(als(mensen.secretariaat).get(f"/personen/{mensen.eigen.pk}/herinneringen/"))
    assert "Eigen is niet actief of heeft geen rol, en krijgt nu niets." in blad
    assert "Er komt niets aan" in blad
    assert "Termijn loopt af, 30 dagen vooraf" in blad, "what was told stays told"
    assert "Eigen als dossierhouder" not in stuk(als(mensen.secretariaat).get(PAGINA), "Wat er komt", "Wat er is")


def test_what_was_put_off_is_said_with_its_reason(mensen: Mensen, mijlpaal: Mijlpaal, als: Als) -> None:
    stel_uit(mijlpaal, mensen.eigen, tot=datetime.date(2026, 12, 10), reden=KWAAD, vandaag=VANDAAG)
    antwoord = als(mensen.partner).get(PAGINA)
    assert "Eigen heeft dit uitgesteld tot 10 december 2026" in tekst(antwoord)
    assert KWAAD not in antwoord.content.decode()
    komt = stuk(antwoord, "Aan wie, als er niets verandert", "Gerekend met")
    # For one of the two the first step comes when the rest is over.
    assert "30 nov 2026 30 dagen vooraf Collega als dossierhouder" in komt
    assert "10 dec 2026 30 dagen vooraf, alsnog Eigen als dossierhouder" in komt
    assert "16 dec 2026 14 dagen vooraf 23 dec 2026 7 dagen vooraf" in komt


def test_whatever_people_type_is_text(mensen: Mensen, mijlpaal: Mijlpaal, als: Als) -> None:
    boek(mijlpaal, mensen.collega, uitkomst="geweigerd", laatste_fout=KWAAD, reden=KWAAD)
    Persoon.objects.filter(pk=mensen.collega.pk).update(functie=KWAAD)
    Maatregel.objects.update(titel=KWAAD)
    Mijlpaal.objects.update(omschrijving=KWAAD, termijn_tekst=KWAAD)
    for client, pad in (
        (als(mensen.eigen), PAGINA),
        (als(mensen.collega), "/mijn/herinneringen/"),
        (als(mensen.beheerder), f"/personen/{mensen.collega.pk}/herinneringen/"),
    ):
        inhoud = client.get(pad).content.decode()
        assert KWAAD not in inhoud, pad
        assert inhoud.count("&lt;script&gt;") >= 4, pad


@pytest.mark.parametrize(
    ("naam", "pad", "aantal"),
    [("eigen", PAGINA, 20), ("eigen", "/mijn/herinneringen/", 23), ("secretariaat", "/personen/{}/herinneringen/", 24)],
)
def test_pages_cost_the_same_queries_at_one_and_at_three(
    mensen: Mensen, mijlpaal: Mijlpaal, als: Als, naam: str, pad: str, aantal: int
) -> None:
    client, adres = als(getattr(mensen, naam)), pad.format(mensen.eigen.pk)
    for keer, persoon in enumerate((mensen.eigen, mensen.collega, mensen.vreemd)):
        nieuw = MijlpaalFactory(maatregel=mijlpaal.maatregel, einde=EINDE + keer * datetime.timedelta(days=3))
        boek(nieuw, persoon)
        boek(nieuw, mensen.eigen, trede=14)
        if keer != 1:
            assert queries(client, adres) == aantal


def test_fifty_rows_a_page(mensen: Mensen, mijlpaal: Mijlpaal, als: Als) -> None:
    for trede in range(1, 53):
        boek(mijlpaal, mensen.eigen, trede=trede)
    for pad in (PAGINA, "/mijn/herinneringen/"):
        eerste, tweede = (als(mensen.eigen).get(f"{pad}?pagina={n}") for n in (1, 2))
        assert "1 tot en met 50 van 52 berichten" in tekst(eerste)
        assert [eerste.content.decode().count(f"Termijn loopt af, {trede} dagen vooraf") for trede in (52, 2)] == [1, 0]
        assert "51 tot en met 52 van 52 berichten" in tekst(tweede)

"""The page for taking minutes: by forms and by its script, for two note-takers at once, and after adoption."""

import datetime
import re
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils.html import escape

from maatregelen.models import Maatregel, Persoon, Statuswijziging
from regietafel.models import Actiepunt, Addendum, Agendapunt, Besluit, Inbreng, Trend, Vergadercijfer, Vergadering
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory, PersoonFactory
from tests.regietafel.factories import (
    ActiepuntFactory,
    AgendapuntFactory,
    BesluitFactory,
    InbrengFactory,
    VergaderingFactory,
)

pytestmark = pytest.mark.django_db
DAG = datetime.date(2026, 3, 18)
ZOMER = "voor de zomer"
PAD = "/vergaderingen/lrt-2026-03-18/notuleren/"
ADDENDUM = "/vergaderingen/lrt-2026-03-18/addendum/"
Als = Callable[[Persoon], Client]


@pytest.fixture
def punt(mensen: Mensen) -> Agendapunt:
    """The first point of a running meeting."""
    vergadering = VergaderingFactory(slug="lrt-2026-03-18", titel="LRT van 18 maart 2026", staat="agenda_verzonden")
    return AgendapuntFactory(vergadering=vergadering, volgorde=1, titel="Opvang")


@pytest.fixture
def griffier(mensen: Mensen, als: Als) -> Client:
    """The browser of who takes minutes."""
    return als(mensen.secretariaat)


def sluit(punt: Agendapunt) -> Vergadering:
    """Adopt the minutes in a later meeting."""
    later = VergaderingFactory(datum=DAG + datetime.timedelta(days=90), titel="LRT van juni")
    Vergadering.objects.filter(pk=punt.vergadering_id).update(staat="verslag_vastgesteld", vastgesteld_in=later)
    return later


def regel(punt: Agendapunt, soort: str = "inbreng-zorg", **velden: Any) -> dict[str, Any]:
    """A new line as a form sends it."""
    return {"doe": "regel", "punt": punt.pk, "sleutel": str(uuid.uuid4()), "soort": soort, **velden}


def script(client: Client, persoon: Persoon, velden: dict[str, Any]) -> Any:
    """What the page's script is answered."""
    return client.post(PAD, {**velden, "persoon": persoon.pk}, headers={"Accept": "application/json"})


def tekst(antwoord: Any) -> str:
    """The page as it is read, spaces made one."""
    return re.sub(r"\s+", " ", antwoord.content.decode())


# Who may


@pytest.mark.parametrize("naam", ["eigen", "collega", "vreemd", "partner", "beheerder", "rolloos"])
def test_only_the_secretariaat_takes_minutes(punt: Agendapunt, mensen: Mensen, als: Als, naam: str) -> None:
    client = als(getattr(mensen, naam))
    for pad in (PAD, f"{PAD}stand/", ADDENDUM):
        assert client.get(pad).status_code == 403, pad
    assert client.post(PAD, regel(punt, wie="VNG", tekst="x")).status_code == 403
    assert client.post(PAD, {"doe": "tekst", "punt": punt.pk, "versie": 1, "bespreking": "x"}).status_code == 403
    sluit(punt)
    assert client.post(ADDENDUM, {"tekst": "x", "reden": "y"}).status_code == 403
    assert (Inbreng.objects.count(), Addendum.objects.count()) == (0, 0)


def test_a_stranger_signs_in_first(punt: Agendapunt) -> None:
    client = Client()
    for pad in (PAD, f"{PAD}stand/", ADDENDUM):
        antwoord = client.get(pad)
        assert (antwoord.status_code, antwoord["Location"]) == (302, f"/inloggen/?next={pad}")
    assert client.post(ADDENDUM, {"tekst": "x", "reden": "y"}).status_code == 302
    assert Addendum.objects.count() == 0


def test_a_form_that_comes_too_late_loses_nothing(punt: Agendapunt) -> None:
    """The session ended: nothing is kept, and everything that was typed comes back."""
    antwoord = Client().post(PAD, regel(punt, wie="VNG", tekst="Een <lange> zin.", maatregelen="2024-2-03"))
    assert antwoord.status_code == 401
    for woord in (escape("Een <lange> zin."), "2024-2-03", "VNG", 'target="_blank"'):
        assert woord in tekst(antwoord)
    assert script(Client(), PersoonFactory(), regel(punt, wie="VNG", tekst="x")).status_code == 401
    assert Inbreng.objects.count() == 0


def test_what_is_not_there_is_not_there(punt: Agendapunt, griffier: Client) -> None:
    assert griffier.get("/vergaderingen/onbekend/notuleren/").status_code == 404
    assert griffier.get(f"{PAD}?wijzig=x").status_code == 404
    assert griffier.get(f"{PAD}?onzin=1").status_code == 400
    weg = griffier.get(f"{PAD}?wijzig={uuid.uuid4()}")
    assert (weg.status_code, weg["Location"]) == (302, PAD)
    assert griffier.post(PAD, {"doe": "onzin"}).status_code == 404
    for nummer in ("x", "", "0", str(AgendapuntFactory().pk)):
        assert griffier.post(PAD, {**regel(punt, wie="VNG", tekst="x"), "punt": nummer}).status_code == 404
    assert Inbreng.objects.count() == 0


# Without a script


def test_every_kind_by_an_ordinary_form(punt: Agendapunt, griffier: Client) -> None:
    MaatregelFactory(code="m-1")
    MaatregelFactory(code="m-2")
    griffier.post(PAD, regel(punt, "inbreng-vraag", wie="vng", tekst="Wanneer?", is_open="on", maatregelen="m-1, M-2"))
    griffier.post(PAD, regel(punt, "inbreng-zorg", wie="Dhr. De Vries", tekst="Vol."))
    griffier.post(PAD, regel(punt, "besluit-mededeling", tekst="Ter kennis.", maatregelen="m-1"))
    griffier.post(
        PAD, regel(punt, "actie-aanbod", tekst="Denkt mee.", wie="VNG", termijn_tekst="voor de zomer", lezing="1")
    )
    griffier.post(PAD, regel(punt, "actie-actie", tekst="Brief."))
    griffier.post(
        PAD, regel(punt, "cijfer", naam="Taakstelling", waarde="15.000", vorige_waarde="17.700,5", eenheid="plekken")
    )
    laatste = griffier.post(PAD, regel(punt, "trend", onderwerp="Ter Apel", duiding="stabiel", tekst="telt niet"))
    assert (laatste.status_code, laatste["Location"]) == (302, f"{PAD}#p{punt.pk}-soort")
    vraag, zorg = Inbreng.objects.order_by("pk")
    assert (vraag.organisatie and vraag.organisatie.afkorting, vraag.spreker, vraag.is_open) == ("VNG", "", True)
    assert [m.code for m in vraag.maatregelen.order_by("code")] == ["m-1", "m-2"]
    assert (zorg.organisatie, zorg.spreker) == (None, "Dhr. De Vries")
    aanbod, brief = Actiepunt.objects.order_by("code")
    assert (aanbod.einde, aanbod.is_afgesproken) == (datetime.date(2026, 7, 2), False)
    assert (brief.organisatie, brief.wie_tekst, brief.code) == (None, "", "lrt-2026-03-18-a02")
    cijfer = Vergadercijfer.objects.get()
    assert (int(cijfer.waarde), str(cijfer.vorige_waarde)) == (15000, "17700.50")
    assert str(Trend.objects.get()) == "Ter Apel: stabiel"
    pagina = tekst(griffier.get(PAD))
    for woord in (
        "nog niemand",
        "niet afgesproken",
        "nog zonder antwoord",
        "17.700,5",
        "lrt-2026-03-18-b01",
        "t/m 2 juli 2026",
    ):
        assert woord in pagina, woord


@pytest.mark.parametrize(
    ("soort", "velden", "veld", "zin"),
    [
        ("", {"tekst": "T"}, "soort", "Kies wat voor regel"),
        ("onzin", {"tekst": "T"}, "soort", "geldige keuze"),
        ("inbreng-zorg", {"tekst": "T"}, "wie", "Schrijf wie"),
        ("inbreng-zorg", {"wie": "VNG"}, "tekst", "Schrijf wat is ingebracht"),
        ("inbreng-zorg", {"wie": "VNG", "tekst": "nul\x00"}, "tekst", "Null-tekens"),
        ("inbreng-zorg", {"wie": "VNG", "tekst": "T", "maatregelen": "m-1 m-9"}, "maatregelen", "met code m-9"),
        ("besluit-besluit", {"tekst": "T", "status_van": "m-1"}, "status_naar", "Vul beide in"),
        ("besluit-besluit", {"tekst": "T", "status_naar": "vervallen"}, "status_van", "Vul beide in"),
        ("besluit-besluit", {"tekst": "T", "status_van": "x", "status_naar": "vervallen"}, "status_van", "met code x"),
        ("actie-actie", {"wie": "VNG"}, "tekst", "Schrijf wat er moet"),
        ("actie-actie", {"tekst": "T", "termijn_tekst": "x" * 251}, "termijn_tekst", "250"),
        ("cijfer", {"naam": "N"}, "waarde", "Geen cijfer is geen nul"),
        ("cijfer", {"naam": "N", "waarde": "1,234"}, "waarde", "twee cijfers"),
        ("cijfer", {"naam": "N", "waarde": "veel"}, "waarde", "Schrijf een getal"),
        ("cijfer", {"naam": "N", "waarde": "9" * 20}, "waarde", "te groot"),
        ("trend", {"onderwerp": "O"}, "duiding", "Schrijf hoe"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    punt: Agendapunt, griffier: Client, mensen: Mensen, soort: str, velden: dict[str, str], veld: str, zin: str
) -> None:
    MaatregelFactory(code="m-1")
    antwoord = griffier.post(PAD, regel(punt, soort, **velden))
    assert antwoord.status_code == 422
    form = next(rij["regelform"] for rij in antwoord.context["punten"] if rij["punt"] == punt)
    assert set(form.errors) == {veld}
    for naam, waarde in velden.items():
        assert form[naam].value() == waarde
    fouten = script(griffier, mensen.secretariaat, regel(punt, soort, **velden))
    assert (fouten.status_code, set(fouten.json()["fouten"])) == (422, {veld})
    assert zin in " ".join(fouten.json()["fouten"][veld])
    assert Statuswijziging.objects.count() == 1
    assert sum(model.objects.count() for model in (Inbreng, Besluit, Actiepunt, Vergadercijfer, Trend)) == 0


def test_an_ambiguous_name_is_asked_again(punt: Agendapunt, griffier: Client, mensen: Mensen) -> None:
    """An ended organisation of the same short name does not stand in the way of the one that is there."""
    oud = mensen.ander
    oud.afkorting, oud.geldig_tot = "VNG", datetime.date(2020, 1, 1)
    oud.save()
    assert griffier.post(PAD, regel(punt, wie="VNG", tekst="x")).status_code == 302
    assert Inbreng.objects.get().organisatie != oud
    oud.geldig_tot = None
    oud.save()
    antwoord = griffier.post(PAD, regel(punt, wie="VNG", tekst="y"))
    assert (antwoord.status_code, "meer dan één organisatie" in tekst(antwoord)) == (422, True)


def test_the_words_of_a_termijn_are_read_without_keeping_anything(punt: Agendapunt, griffier: Client) -> None:
    antwoord = griffier.post(
        PAD, {**regel(punt, "actie-actie", tekst="Brief.", termijn_tekst="voor de zomer"), "lees": "ja"}
    )
    pagina = tekst(antwoord)
    assert antwoord.status_code == 200
    assert "t/m 20 juni 2026" in pagina
    assert "Brief." in pagina
    assert Actiepunt.objects.count() == 0


def test_a_line_is_corrected_and_removed_on_the_same_page(punt: Agendapunt, griffier: Client) -> None:
    r = InbrengFactory(agendapunt=punt, spreker="VNG", tekst="Fout.")
    form = griffier.get(f"{PAD}?wijzig={r.sleutel}").context["open_form"]
    velden = {**form.initial, "doe": "wijzig", "tekst": "Goed."}
    assert griffier.post(PAD, velden)["Location"] == f"{PAD}#regel-{r.sleutel}"
    r.refresh_from_db()
    assert (r.tekst, r.versie) == ("Goed.", 2)
    assert "Verwijder regel" in tekst(griffier.get(f"{PAD}?verwijder={r.sleutel}"))
    weg = {"doe": "verwijder", "sleutel": str(r.sleutel)}
    assert griffier.post(PAD, {**weg, "versie": 1}).status_code == 409
    assert Inbreng.objects.count() == 1
    assert griffier.post(PAD, {**weg, "versie": 2})["Location"] == f"{PAD}#punt-1"
    assert griffier.post(PAD, {**weg, "versie": 2}).status_code == 410
    assert Inbreng.objects.count() == 0


def test_a_line_that_was_removed_meanwhile_gives_the_text_back(punt: Agendapunt, griffier: Client) -> None:
    velden = {"doe": "wijzig", "sleutel": str(uuid.uuid4()), "versie": 1, "soort": "inbreng-zorg", "tekst": "Mijn zin."}
    antwoord = griffier.post(PAD, velden)
    assert (antwoord.status_code, "Mijn zin." in tekst(antwoord)) == (410, True)


# Two at once


def test_two_texts_of_one_line_are_shown(punt: Agendapunt, griffier: Client, mensen: Mensen, als: Als) -> None:
    ander = PersoonFactory(functie="Tweede notulist")
    LidmaatschapFactory(
        persoon=ander, organisatie=mensen.secretariaat.lidmaatschappen.get().organisatie, rol="secretariaat"
    )
    r = InbrengFactory(agendapunt=punt, spreker="VNG", tekst="Begin.")
    velden = {"doe": "wijzig", "sleutel": str(r.sleutel), "versie": 1, "soort": "inbreng-zorg", "wie": "VNG"}
    assert als(ander).post(PAD, {**velden, "tekst": "Van de ander."}).status_code == 302
    antwoord = griffier.post(PAD, {**velden, "tekst": "Van mij."})
    pagina = tekst(antwoord)
    assert antwoord.status_code == 409
    for woord in ("Tweede notulist wijzigde deze regel", "<td>Van de ander.</td>", "<td>Van mij.</td>"):
        assert woord in pagina
    form = antwoord.context["open_form"]
    assert (form["tekst"].value(), form["versie"].value()) == ("Van mij.", "2")
    gemeld = script(griffier, mensen.secretariaat, {**velden, "tekst": "Van mij."})
    assert gemeld.status_code == 409
    assert gemeld.json()["verschillen"] == [
        {"veld": "tekst", "label": "Tekst", "nu": "Van de ander.", "uw": "Van mij."}
    ]
    assert (gemeld.json()["door"], gemeld.json()["regel"]["versie"]) == ("Tweede notulist", 2)
    r.refresh_from_db()
    assert (r.tekst, r.versie) == ("Van de ander.", 2)
    # Having seen it, saving is a choice.
    assert griffier.post(PAD, {**velden, "versie": 2, "tekst": "Samen."}).status_code == 302
    r.refresh_from_db()
    assert r.tekst == "Samen."


def test_two_texts_of_one_point_are_shown(punt: Agendapunt, griffier: Client, mensen: Mensen, als: Als) -> None:
    ander = PersoonFactory(functie="Tweede notulist")
    LidmaatschapFactory(persoon=ander, organisatie=mensen.organisatie, rol="secretariaat")
    velden = {"doe": "tekst", "punt": punt.pk, "versie": 1}
    assert als(ander).post(PAD, {**velden, "bespreking": "Van de\r\nander."}).status_code == 302
    antwoord = griffier.post(PAD, {**velden, "bespreking": "Van mij."})
    assert antwoord.status_code == 409
    assert "Tweede notulist schreef dit" in tekst(antwoord)
    assert "Van de<br>ander." in tekst(antwoord)
    form = next(rij["tekstform"] for rij in antwoord.context["punten"] if rij["punt"] == punt)
    assert (form["bespreking"].value(), form["versie"].value()) == ("Van mij.", "2")
    gemeld = script(griffier, mensen.secretariaat, {**velden, "bespreking": "Van mij."})
    assert (gemeld.status_code, gemeld.json()["bespreking"], gemeld.json()["versie"]) == (409, "Van de\nander.", 2)
    punt.refresh_from_db()
    assert punt.bespreking == "Van de\nander."
    # The very same text once more is no conflict, and another title is none either.
    zelfde = script(griffier, mensen.secretariaat, {**velden, "bespreking": "Van de\nander.\n"})
    assert (zelfde.status_code, zelfde.json()["versie"]) == (200, 2)
    Agendapunt.objects.filter(pk=punt.pk).update(titel="Anders", versie=3)
    nieuw = script(griffier, mensen.secretariaat, {**velden, "versie": 2, "bespreking": "Verder."})
    assert (nieuw.status_code, nieuw.json()["versie"]) == (200, 4)


def test_the_script_sends_a_line_twice_and_has_one(punt: Agendapunt, griffier: Client, mensen: Mensen) -> None:
    velden = regel(punt, "besluit-besluit", tekst="Akkoord.")
    een, twee = (script(griffier, mensen.secretariaat, velden) for _ in range(2))
    assert (een.status_code, twee.status_code) == (200, 200)
    assert een.json() == twee.json()
    assert (een.json()["regel"]["punt"], Besluit.objects.count()) == (punt.pk, 1)
    griffier.post(PAD, {"doe": "verwijder", "sleutel": velden["sleutel"], "versie": 1})
    weg = script(griffier, mensen.secretariaat, velden)
    assert (weg.status_code, Besluit.objects.count()) == (410, 0)
    assert "verwijderd" in weg.json()["melding"]
    opnieuw = griffier.post(PAD, velden)
    assert (opnieuw.status_code, "Akkoord." in tekst(opnieuw)) == (410, True)


def test_drafts_of_one_person_are_never_kept_as_another_s(punt: Agendapunt, griffier: Client, mensen: Mensen) -> None:
    antwoord = script(griffier, mensen.eigen, regel(punt, wie="VNG", tekst="x"))
    assert (antwoord.status_code, antwoord.json()["ander"]) == (403, True)
    assert Inbreng.objects.count() == 0


def test_the_other_s_lines_are_asked_for_with_a_mark(punt: Agendapunt, griffier: Client, mensen: Mensen) -> None:
    eerste = griffier.get(f"{PAD}stand/")
    merk = {"If-None-Match": eerste["ETag"]}
    assert (eerste.status_code, eerste.json()["persoon"]) == (200, mensen.secretariaat.pk)
    assert griffier.get(f"{PAD}stand/", headers=merk).status_code == 304
    r = InbrengFactory(agendapunt=punt, tekst="<b>Zin</b>")
    tweede = griffier.get(f"{PAD}stand/", headers=merk)
    (rij,) = tweede.json()["punten"]
    assert (tweede.status_code, [x["sleutel"] for x in rij["regels"]]) == (200, [str(r.sleutel)])
    assert "&lt;b&gt;Zin&lt;/b&gt;" in rij["regels"][0]["html"]
    merken = {eerste["ETag"], tweede["ETag"]}
    for daad in (
        lambda: Inbreng.objects.update(versie=2),
        lambda: Agendapunt.objects.update(versie=2),
        lambda: ActiepuntFactory(agendapunt=punt),
        lambda: Inbreng.objects.all().delete(),
        lambda: sluit(punt),
    ):
        daad()
        merken.add(griffier.get(f"{PAD}stand/")["ETag"])
    assert len(merken) == 7
    assert griffier.get(f"{PAD}stand/").json()["gesloten"] is True


@pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
def test_two_note_takers_over_their_own_connections(punt: Agendapunt, mensen: Mensen, als: Als) -> None:
    """Each writes ten lines and both the same text: every line is there once, and one of the texts is a conflict."""
    ander = PersoonFactory()
    LidmaatschapFactory(persoon=ander, organisatie=mensen.organisatie, rol="secretariaat")
    browsers = [(als(persoon), persoon) for persoon in (mensen.secretariaat, ander)]
    hek, antwoorden = threading.Barrier(2), []

    def schrijf(nummer: int) -> None:
        client, persoon = browsers[nummer]
        try:
            hek.wait()
            for keer in range(10):
                velden = regel(punt, "besluit-besluit", tekst=f"{nummer}-{keer}")
                for _ in range(2):
                    assert script(client, persoon, velden).status_code == 200
            hek.wait()
            velden = {"doe": "tekst", "punt": punt.pk, "versie": 1, "bespreking": f"Tekst van {nummer}"}
            antwoorden.append(script(client, persoon, velden).status_code)
        finally:
            connection.close()

    draden = [threading.Thread(target=schrijf, args=(nummer,)) for nummer in (0, 1)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    besluiten = Besluit.objects.all()
    assert sorted(b.tekst for b in besluiten) == sorted(f"{n}-{k}" for n in (0, 1) for k in range(10))
    assert sorted(b.code for b in besluiten) == [f"lrt-2026-03-18-b{n:02d}" for n in range(1, 21)]
    assert sorted(antwoorden) == [200, 409]
    assert Agendapunt.objects.get().bespreking in ("Tekst van 0", "Tekst van 1")


# A decision that moves a measure


def test_a_decision_moves_a_status(punt: Agendapunt, griffier: Client, mensen: Mensen) -> None:
    MaatregelFactory(code="m-1", trekker=mensen.organisatie)
    velden = regel(punt, "besluit-besluit", tekst="Begin.", status_van="M-1", status_naar="in_uitvoering")
    assert griffier.post(PAD, velden).status_code == 302
    rij = Statuswijziging.objects.exclude(van=None).get()
    assert (rij.maatregel.code, rij.naar, rij.per, rij.door) == ("m-1", "in_uitvoering", DAG, mensen.secretariaat)
    assert "Besluit lrt-2026-03-18-b01" in rij.toelichting
    fout = regel(punt, "besluit-besluit", tekst="Sluit af.", status_van="m-1", status_naar="afgesloten")
    antwoord = griffier.post(PAD, fout)
    assert (antwoord.status_code, "Sluit af." in tekst(antwoord)) == (409, True)
    assert "Van &#x27;in uitvoering&#x27; naar &#x27;afgesloten&#x27; kan niet" in tekst(antwoord)
    assert script(griffier, mensen.secretariaat, fout).status_code == 409
    assert (Besluit.objects.count(), Maatregel.objects.get().status) == (1, "in_uitvoering")
    # Fields of a kind that was not chosen do not count.
    griffier.post(PAD, regel(punt, "besluit-mededeling", tekst="x", status_van="m-1", status_naar="uitgevoerd"))
    assert (Besluit.objects.count(), Maatregel.objects.get().status) == (2, "in_uitvoering")


# After adoption


def test_adopted_minutes_are_closed_and_offer_an_addendum(punt: Agendapunt, griffier: Client, mensen: Mensen) -> None:
    r = InbrengFactory(agendapunt=punt)
    later = sluit(punt)
    pagina = griffier.get(PAD)
    assert pagina.status_code == 200
    assert 'href="/vergaderingen/lrt-2026-03-18/addendum/"' in tekst(pagina)
    assert later.titel in tekst(pagina)
    assert "<form" not in tekst(pagina).split("<main")[-1]
    for velden in (
        regel(punt, wie="VNG", tekst="Te laat."),
        {
            "doe": "wijzig",
            "sleutel": str(r.sleutel),
            "versie": 1,
            "soort": "inbreng-zorg",
            "wie": "x",
            "tekst": "Te laat.",
        },
        {"doe": "verwijder", "sleutel": str(r.sleutel), "versie": 1, "tekst": "Te laat."},
        {"doe": "tekst", "punt": punt.pk, "versie": 1, "bespreking": "Te laat."},
    ):
        antwoord = griffier.post(PAD, velden)
        assert (antwoord.status_code, "Te laat." in tekst(antwoord)) == (409, True), velden["doe"]
        gemeld = script(griffier, mensen.secretariaat, velden)
        assert (gemeld.status_code, gemeld.json()["gesloten"], gemeld.json()["addendum"]) == (409, True, ADDENDUM)
    assert [(x.tekst, x.versie) for x in Inbreng.objects.all()] == [(r.tekst, 1)]
    punt.refresh_from_db()
    assert punt.bespreking == ""


def test_an_addendum_comes_after_adoption_only(punt: Agendapunt, griffier: Client, mensen: Mensen) -> None:
    velden = {"agendapunt": punt.pk, "tekst": "Het moet 13.000 zijn.", "reden": "Tikfout."}
    assert "nog niet" in tekst(griffier.get(ADDENDUM))
    te_vroeg = griffier.post(ADDENDUM, velden)
    assert (te_vroeg.status_code, "Het moet 13.000 zijn." in tekst(te_vroeg)) == (422, True)
    assert Addendum.objects.count() == 0
    sluit(punt)
    for leeg in ("tekst", "reden"):
        assert griffier.post(ADDENDUM, {**velden, leeg: " "}).status_code == 422
    assert griffier.post(ADDENDUM, {**velden, "agendapunt": AgendapuntFactory().pk}).status_code == 422
    assert griffier.post(ADDENDUM, velden)["Location"] == "/vergaderingen/lrt-2026-03-18/"
    rij = Addendum.objects.get()
    assert (rij.tekst, rij.reden, rij.agendapunt, rij.door) == (
        "Het moet 13.000 zijn.", "Tikfout.", punt, mensen.secretariaat,
    )  # fmt: skip
    assert griffier.post(ADDENDUM, velden).status_code == 422
    assert Addendum.objects.count() == 1
    assert "Het moet 13.000 zijn." in tekst(griffier.get(ADDENDUM))


# How much is asked


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_page_asks_the_same_however_much_there_is(
    punt: Agendapunt, griffier: Client, django_assert_num_queries: Any, aantal: int
) -> None:
    for nummer in range(aantal):
        ander = AgendapuntFactory(vergadering=punt.vergadering, volgorde=2 + nummer)
        m = MaatregelFactory()
        ander.maatregelen.add(m)
        InbrengFactory(agendapunt=ander).maatregelen.add(m)
        BesluitFactory(agendapunt=ander).terugkoppelingen.create(maatregel=m)
        ActiepuntFactory(agendapunt=ander).maatregelen.add(m)
        Vergadercijfer.objects.create(agendapunt=ander, naam="x", waarde=1).maatregelen.add(m)
        Trend.objects.create(agendapunt=ander, onderwerp="x", duiding="y")
    griffier.get(PAD)
    with django_assert_num_queries(18):
        assert griffier.get(PAD).status_code == 200
    with django_assert_num_queries(17):
        stand = griffier.get(f"{PAD}stand/")
    with django_assert_num_queries(5):
        assert griffier.get(f"{PAD}stand/", headers={"If-None-Match": stand["ETag"]}).status_code == 304

"""The pages of meetings: who may, what is shown, what is kept when it is refused, and what they cost."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from maatregelen.models import Persoon, Zichtniveau
from regietafel.models import Agendapunt, Bijlage, Deelname, Reeks, Reekslid, Reekspunt, Trend, Vergadering
from regietafel.vergadercyclus import wijzig_vergadering
from tests.conftest import Mensen
from tests.factories import MaatregelFactory, OrganisatieFactory
from tests.paginatekst import queries, tekst
from tests.regietafel.factories import (
    ActiepuntFactory,
    AgendapuntFactory,
    BesluitFactory,
    DeelnameFactory,
    InbrengFactory,
    ReeksFactory,
    TerugkoppelingFactory,
    VergaderingFactory,
)

Als = Callable[[Persoon], Client]


@pytest.fixture
def reeks(db: None) -> Reeks:
    rij: Reeks = ReeksFactory(slug="lrt", naam="Landelijke Regietafel", afkorting="LRT", duur_minuten=90)
    Reekspunt.objects.create(reeks=rij, volgorde=0, titel="Opening")
    Reekslid.objects.create(
        reeks=rij, organisatie=OrganisatieFactory(afkorting="AenM"), ambt="minister", vanaf="2020-01-01"
    )
    return rij


@pytest.fixture
def komend(reeks: Reeks) -> Vergadering:
    dag = timezone.localdate() + datetime.timedelta(days=30)
    rij: Vergadering = VergaderingFactory(slug="straks", titel="LRT straks", reeks=reeks, datum=dag, staat="gepland")
    return rij


def gesloten(reeks: Reeks) -> Vergadering:
    rij: Vergadering = VergaderingFactory(slug="dicht", reeks=reeks)
    AgendapuntFactory(vergadering=rij, titel="Opvang")
    DeelnameFactory(vergadering=rij)
    later = VergaderingFactory(reeks=reeks, datum=datetime.date(2026, 6, 1), titel="LRT van juni")
    Vergadering.objects.filter(pk=rij.pk).update(staat="verslag_vastgesteld", vastgesteld_in=later)
    return rij


LEZEN = ("/vergaderingen/", "/vergaderingen/straks/", "/vergaderingen/reeksen/lrt/")


def bewerken(komend: Vergadering) -> list[str]:
    punt = AgendapuntFactory(vergadering=komend)
    deelname = DeelnameFactory(vergadering=komend)
    bijlage = Bijlage.objects.create(agendapunt=punt, naam="Stuk")
    lid, vast = Reekslid.objects.get(), Reekspunt.objects.get()
    v, r = "/vergaderingen/straks/", "/vergaderingen/reeksen/lrt/"
    return [
        "/vergaderingen/nieuw/", "/vergaderingen/reeksen/nieuw/", f"{v}wijzigen/", f"{v}staat/", f"{v}presentie/",
        f"{v}deelnemers/nieuw/", f"{v}deelnemers/overnemen/", f"{v}agenda/", f"{v}agenda/nieuw/",
        f"{v}agenda/vaste-punten/", f"/deelnemers/{deelname.pk}/", f"/deelnemers/{deelname.pk}/weg/",
        *(f"/agendapunten/{punt.pk}/{daad}/" for daad in ("wijzigen", "doorschuiven", "weg", "bijlagen/nieuw")),
        f"/bijlagen/{bijlage.pk}/wijzigen/", f"/bijlagen/{bijlage.pk}/weg/",
        f"{r}wijzigen/", f"{r}leden/nieuw/", f"{r}leden/{lid.pk}/", f"{r}punten/nieuw/", f"{r}punten/{vast.pk}/",
        f"{r}punten/{vast.pk}/weg/",
    ]  # fmt: skip


@pytest.mark.parametrize("wie", ["eigen", "vreemd", "partner", "beheerder", "secretariaat"])
def test_everybody_at_the_table_reads_and_only_the_secretariaat_changes(
    wie: str, komend: Vergadering, mensen: Mensen, als: Als
) -> None:
    client = als(getattr(mensen, wie))
    assert [client.get(pad).status_code for pad in LEZEN] == [200, 200, 200]
    mag = wie == "secretariaat"
    paden = bewerken(komend)
    assert {pad: client.get(pad).status_code for pad in paden} == dict.fromkeys(paden, 200 if mag else 403)
    if not mag:
        zenden = [pad for pad in paden if not pad.endswith("/agenda/")]
        punt, vast = Agendapunt.objects.get(), Reekspunt.objects.get()
        zenden += [f"/agendapunten/{punt.pk}/verplaatsen/", f"/vergaderingen/reeksen/lrt/punten/{vast.pk}/verplaatsen/"]
        assert {pad: client.post(pad).status_code for pad in zenden} == dict.fromkeys(zenden, 403)
    assert ("Gegevens wijzigen" in tekst(client.get("/vergaderingen/straks/"))) is mag
    assert ("Vergadering plannen" in tekst(client.get("/vergaderingen/"))) is mag


def test_a_stranger_and_who_has_no_role_see_nothing(komend: Vergadering, mensen: Mensen, als: Als) -> None:
    """A visitor: a list without it, no page of it or its series, and the door before every page that changes."""
    te_wijzigen = bewerken(komend)
    assert {als(mensen.rolloos).get(pad).status_code for pad in (*LEZEN, *te_wijzigen)} == {403}
    for pad in te_wijzigen:
        antwoord = Client().get(pad)
        assert (antwoord.status_code, antwoord["Location"]) == (302, f"/inloggen/?next={pad}")
    assert [Client().get(pad).status_code for pad in LEZEN] == [200, 404, 404]
    lijst = Client().get(LEZEN[0])
    assert ("straks" in lijst.content.decode(), "reeksen/lrt" in lijst.content.decode()) == (False, False)
    assert "Er is geen vergadering gepland." in tekst(lijst)
    # For everybody is what is meant for everybody and was adopted: the minutes of a meeting by the next one.
    open_ = VergaderingFactory(slug="open", titel="LRT voor iedereen", zichtbaarheid=Zichtniveau.OPENBAAR)
    assert Client().get("/vergaderingen/open/").status_code == 404
    assert "LRT voor iedereen" not in tekst(Client().get(LEZEN[0]))
    later = VergaderingFactory(datum=datetime.date(2026, 6, 1))
    Vergadering.objects.filter(pk=open_.pk).update(staat="verslag_vastgesteld", vastgesteld_in=later)
    assert Client().get("/vergaderingen/open/").status_code == 200
    assert "LRT voor iedereen" in tekst(Client().get(LEZEN[0]))


def test_planning_from_the_series_with_words(reeks: Reeks, mensen: Mensen, als: Als) -> None:
    client = als(mensen.secretariaat)
    jaar = timezone.localdate().year + 2
    velden = {"reeks": reeks.pk, "soort": "regulier", "datum_tekst": f"voor de zomer van {jaar}", "met_punten": "on"}
    gelezen = client.post("/vergaderingen/nieuw/", {**velden, "lees": "ja", "plaats": "Den Haag"})
    assert gelezen.status_code == 200
    assert f"20 juni {jaar}" in tekst(gelezen)
    assert 'value="Den Haag"' in gelezen.content.decode()
    assert Vergadering.objects.count() == 0
    antwoord = client.post("/vergaderingen/nieuw/", {**velden, "met_leden": "on"})
    rij = Vergadering.objects.get()
    assert antwoord["Location"] == rij.get_absolute_url() == f"/vergaderingen/lrt-voor-de-zomer-van-{jaar}/"
    assert (rij.schatting_van, rij.schatting_tot) == (None, datetime.date(jaar, 6, 20))
    assert (rij.titel, rij.duur_minuten) == (f"Landelijke Regietafel voor de zomer van {jaar}", 90)
    assert [punt.titel for punt in rij.agendapunten.all()] == ["Opening"]
    assert [deelname.ambt for deelname in rij.deelnames.all()] == ["minister"]
    lijst = tekst(client.get("/vergaderingen/"))
    assert f"voor de zomer van {jaar} t/m 20 jun {jaar} uiterlijk over" in lijst
    assert "gepland 1 agendapunt" in lijst


def test_the_other_reading_a_given_estimate_and_none_of_both(reeks: Reeks, mensen: Mensen, als: Als) -> None:
    client = als(mensen.secretariaat)
    velden = {"reeks": reeks.pk, "soort": "regulier", "datum_tekst": "voor de zomer van 2027", "titel": "Een"}
    client.post("/vergaderingen/nieuw/", {**velden, "lezing": "1"})
    assert Vergadering.objects.get(titel="Een").schatting_tot == datetime.date(2027, 7, 1)
    eigen = {"schatting_van": "2027-05-01", "schatting_tot": "2027-05-31"}
    client.post("/vergaderingen/nieuw/", {**velden, **eigen, "titel": "Twee"})
    assert Vergadering.objects.get(titel="Twee").schatting_tot == datetime.date(2027, 5, 31)
    omgekeerd = {"schatting_van": "2027-05-31", "schatting_tot": "2027-05-01"}
    antwoord = client.post("/vergaderingen/nieuw/", {**velden, **omgekeerd, "titel": "Drie"})
    assert antwoord.status_code == 422
    assert "De laatste dag kan niet voor de eerste liggen." in tekst(antwoord)
    leeg = client.post("/vergaderingen/nieuw/", {**velden, "datum_tekst": " ", "plaats": "Utrecht"})
    assert (leeg.status_code, 'value="Utrecht"' in leeg.content.decode()) == (422, True)
    assert Vergadering.objects.count() == 2


def test_two_people_at_once_keep_what_they_typed(komend: Vergadering, mensen: Mensen, als: Als) -> None:
    client = als(mensen.secretariaat)
    velden = {"reeks": komend.reeks_id, "soort": "regulier", "titel": "LRT straks", "datum": str(komend.datum)}
    wijzig_vergadering(komend, {"plaats": "Utrecht"}, versie=1)
    antwoord = client.post("/vergaderingen/straks/wijzigen/", {**velden, "kenmerk": "MIJN-1", "versie": "1"})
    assert antwoord.status_code == 409
    inhoud = antwoord.content.decode()
    assert 'value="MIJN-1"' in inhoud
    assert 'value="Utrecht"' in inhoud  # what this person left alone takes the other one's value
    assert 'name="versie" value="2"' in inhoud
    velden |= {"kenmerk": "MIJN-1", "plaats": "Utrecht", "versie": "2"}
    assert client.post("/vergaderingen/straks/wijzigen/", velden).status_code == 302
    komend.refresh_from_db()
    assert (komend.kenmerk, komend.plaats) == ("MIJN-1", "Utrecht")


def test_a_point_that_went_while_somebody_typed(komend: Vergadering, mensen: Mensen, als: Als) -> None:
    client = als(mensen.secretariaat)
    punt = AgendapuntFactory(vergadering=komend, volgorde=1)
    pad = f"/agendapunten/{punt.pk}/wijzigen/"
    client.post(pad, {"titel": "Van een ander", "versie": "1"})
    antwoord = client.post(pad, {"titel": "Van mij", "versie": "1"})
    assert antwoord.status_code == 409
    assert 'value="Van mij"' in antwoord.content.decode()
    assert "Van een ander" in tekst(antwoord)
    verkeerd = client.post(pad, {"titel": "Van mij", "codes": "bestaat-niet", "versie": "2"})
    assert verkeerd.status_code == 422
    assert "Er is geen maatregel met code bestaat-niet." in tekst(verkeerd)


def test_a_point_is_linked_to_earlier_decisions_by_hand(komend: Vergadering, mensen: Mensen, als: Als) -> None:
    """Those the table still has to hear of can be ticked, any other is named by its code."""
    client = als(mensen.secretariaat)
    punt = AgendapuntFactory(vergadering=komend, volgorde=1, titel="Opvang")
    vorig = AgendapuntFactory(vergadering=VergaderingFactory(slug="vorig", titel="LRT vorig jaar"))
    te_doen, klaar = (BesluitFactory(agendapunt=vorig, code=f"vorig-b0{n}", tekst=f"Besloten {n}") for n in (1, 2))
    TerugkoppelingFactory(besluit=te_doen, maatregel=None, stand="open")
    pad = f"/agendapunten/{punt.pk}/wijzigen/"
    blad = tekst(client.get(pad))
    assert "Besloten 1 (vorig-b01, LRT vorig jaar)" in blad
    assert "Besloten 2" not in blad
    verkeerd = client.post(pad, {"titel": "Opvang", "besluitcodes": "vorig-b02 bestaat-niet", "versie": "1"})
    assert verkeerd.status_code == 422
    assert "Er is geen besluit van een eerdere vergadering met code bestaat-niet." in tekst(verkeerd)
    invoer = {"titel": "Opvang", "besluiten": [te_doen.pk], "besluitcodes": "vorig-b02\nvorig-b01", "versie": "1"}
    assert client.post(pad, invoer).status_code == 302
    assert set(punt.eerdere_besluiten.all()) == {te_doen, klaar}
    assert "Eerdere besluiten Besloten 1 LRT vorig jaar: nog uit te voeren Besloten 2 LRT vorig jaar" in tekst(
        client.get("/vergaderingen/straks/")
    )
    assert "Later op de agenda LRT straks punt 1. Opvang" in tekst(client.get("/besluiten/vorig-b02/"))
    # What is linked shows as chosen, also when nothing has to be reported back any more; unticked it goes.
    assert "Besloten 2 (vorig-b02, LRT vorig jaar)" in tekst(client.get(pad))
    assert client.post(pad, {"titel": "Opvang", "besluiten": [klaar.pk], "versie": "2"}).status_code == 302
    assert list(punt.eerdere_besluiten.all()) == [klaar]


def test_moving_points_by_buttons(komend: Vergadering, mensen: Mensen, als: Als) -> None:
    client = als(mensen.secretariaat)
    een, twee = (AgendapuntFactory(vergadering=komend, volgorde=n, titel=f"Punt {n}") for n in (1, 2))
    pad = f"/agendapunten/{twee.pk}/verplaatsen/"
    antwoord = client.post(pad, {"richting": "omhoog", "stondOp": "2"}, follow=True)
    assert "'Punt 2' is nu punt 1." in tekst(antwoord)
    assert [str(punt) for punt in komend.agendapunten.order_by("volgorde")] == ["1. Punt 2", "2. Punt 1"]
    nogmaals = client.post(pad, {"richting": "omhoog", "stondOp": "2"}, follow=True)
    assert "Er is niets verplaatst" in tekst(nogmaals)
    assert client.post(pad, {"richting": "opzij", "stondOp": "1"}).status_code == 404
    een.refresh_from_db()
    assert een.volgorde == 2


def test_the_state_page_offers_the_moves_and_says_what_is_missing(
    komend: Vergadering, mensen: Mensen, als: Als
) -> None:
    client = als(mensen.secretariaat)
    pad, vandaag = "/vergaderingen/straks/staat/", str(timezone.localdate())
    mis = client.post(pad, {"staat": "agenda_verzonden", "per": vandaag, "versie": "1"})
    assert (mis.status_code, "Er staat nog niets op de agenda." in tekst(mis)) == (422, True)
    AgendapuntFactory(vergadering=komend)
    over = client.post(pad, {"staat": "verslag_concept", "per": vandaag, "versie": "1"})
    assert (over.status_code, "kan niet. Mogelijk: agenda verzonden." in tekst(over)) == (409, True)
    goed = client.post(pad, {"staat": "agenda_verzonden", "per": vandaag, "versie": "1"}, follow=True)
    assert "De staat is nu 'agenda verzonden'" in tekst(goed)
    oud = client.post(pad, {"staat": "agenda_verzonden", "per": vandaag, "versie": "1", "toelichting": "Mijn zin"})
    assert (oud.status_code, "Mijn zin" in oud.content.decode()) == (409, True)


def test_attendance_on_one_page(komend: Vergadering, mensen: Mensen, als: Als) -> None:
    client, pad = als(mensen.secretariaat), "/vergaderingen/straks/presentie/"
    een, twee, genoemd = (
        DeelnameFactory(vergadering=komend, naam=naam, rol=rol)
        for naam, rol in (("Een", "voorzitter"), ("Twee", "lid"), ("Drie", "genoemd"))
    )
    velden = {
        f"d{rij.pk}-{naam}": waarde
        for rij in (een, twee, genoemd)
        for naam, waarde in (("aanwezigheid", "verwacht"), ("versie", "1"))
    }
    fout = client.post(pad, {**velden, f"d{twee.pk}-vervanging": "ambtelijk", f"d{twee.pk}-vervanger": "Jansen"})
    assert (fout.status_code, 'value="Jansen"' in fout.content.decode()) == (422, True)
    assert "Alleen wie afwezig is wordt vervangen." in tekst(fout)
    weg = {f"d{twee.pk}-aanwezigheid": "afwezig", f"d{twee.pk}-vervanging": "ambtelijk"}
    antwoord = client.post(pad, {**velden, **weg, "iedereen": "ja"}, follow=True)
    assert [d.aanwezigheid for d in Deelname.objects.order_by("pk")] == ["aanwezig", "afwezig", "verwacht"]
    gezien = tekst(antwoord)
    assert "1 aanwezig, 1 afwezig" in gezien
    assert "afwezig, ambtelijk vervangen, door wie is niet vermeld" in gezien
    # Somebody else was first: what was typed stays, and saving once more is a choice.
    laat = client.post(pad, {**velden, f"d{een.pk}-toelichting": "kwam later"})
    assert laat.status_code == 409
    assert "Iemand anders legde vast: aanwezig." in tekst(laat)
    assert 'value="kwam later"' in laat.content.decode()
    assert f'name="d{een.pk}-versie" value="2"' in laat.content.decode()


def test_closed_minutes_have_no_buttons_and_say_so(reeks: Reeks, mensen: Mensen, als: Als) -> None:
    rij, client = gesloten(reeks), als(mensen.secretariaat)
    antwoord = client.get("/vergaderingen/dicht/")
    gezien = tekst(antwoord)
    assert "Het verslag is vastgesteld door LRT van juni . Er wijzigt niets meer aan" in gezien
    for woord in ("Gegevens wijzigen", "Agenda maken", "Bijlage toevoegen", "Staat wijzigen"):
        assert woord not in gezien
    punt, deelname = rij.agendapunten.get(), rij.deelnames.get()
    v = "/vergaderingen/dicht/"
    paden = [
        f"{v}wijzigen/", f"{v}staat/", f"{v}presentie/", f"{v}agenda/nieuw/", f"{v}deelnemers/nieuw/",
        f"/agendapunten/{punt.pk}/wijzigen/", f"/agendapunten/{punt.pk}/weg/", f"/deelnemers/{deelname.pk}/",
        f"/agendapunten/{punt.pk}/bijlagen/nieuw/",
    ]  # fmt: skip
    for pad in paden:
        assert (pad, client.get(pad).status_code, client.post(pad, {"titel": "x"}).status_code) == (pad, 409, 409)
    assert client.get(f"{v}agenda/").status_code == 409
    client.post(f"/agendapunten/{punt.pk}/verplaatsen/", {"richting": "omlaag", "stondOp": str(punt.volgorde)})
    assert Agendapunt.objects.get(pk=punt.pk).versie == 1
    # Its points may still go on to another meeting: nothing of this one changes.
    assert client.get(f"/agendapunten/{punt.pk}/doorschuiven/").status_code == 200


def test_the_part_of_one_organisation(reeks: Reeks, mensen: Mensen, als: Als) -> None:
    rij = VergaderingFactory(slug="geweest", reeks=reeks)
    een, twee, drie = (AgendapuntFactory(vergadering=rij, volgorde=n, titel=f"Onderwerp {n}") for n in (1, 2, 3))
    vng = mensen.partner.lidmaatschappen.get().organisatie  # type: ignore[attr-defined]
    InbrengFactory(agendapunt=een, organisatie=vng, spreker="VNG", tekst="Er is te weinig geld.")
    InbrengFactory(agendapunt=een, spreker="IPO", tekst="De provincies zijn klaar.")
    ActiepuntFactory(agendapunt=twee, wie_tekst="IPO, samen met VNG", wat="Samen uitzoeken")
    ActiepuntFactory(agendapunt=drie, wie_tekst="VNGW", wat="Van een ander")
    client = als(mensen.partner)
    alles = tekst(client.get("/vergaderingen/geweest/"))
    assert "Mijn organisatie: VNG" in alles
    deel = tekst(client.get(f"/vergaderingen/geweest/?organisatie={vng.slug}"))
    assert "Alleen het deel van VNG" in deel
    assert "Er is te weinig geld." in deel
    assert "Samen uitzoeken" in deel
    for weg in ("De provincies zijn klaar.", "Van een ander"):
        assert weg in alles
        assert weg not in deel
    assert "Punten zonder deel van VNG 3. Onderwerp 3" in deel
    assert client.get("/vergaderingen/geweest/?organisatie=bestaat-niet").status_code == 404
    assert client.get("/vergaderingen/geweest/?onzin=1").status_code == 400


def test_what_became_of_it_and_what_is_asked_of_the_reader(mensen: Mensen, als: Als, reeks: Reeks) -> None:
    rij = VergaderingFactory(slug="geweest", reeks=reeks)
    punt = AgendapuntFactory(vergadering=rij, volgorde=1)
    besluit = BesluitFactory(agendapunt=punt, tekst="Er komt geld.")
    TerugkoppelingFactory(besluit=besluit, maatregel=MaatregelFactory(code="2024-9-99"))
    ActiepuntFactory(agendapunt=punt, organisatie=mensen.organisatie, wat="Brief sturen", einde="2026-05-31")
    Trend.objects.create(agendapunt=punt, onderwerp="Ter Apel", duiding="stabiel")
    gezien = tekst(als(mensen.eigen).get("/vergaderingen/geweest/"))
    assert "Van u gevraagd Brief sturen voor 1 juni 2026" in gezien
    assert "2024-9-99 : nog uit te voeren" in gezien
    assert "Ter Apel: stabiel" in gezien
    assert "Van u gevraagd" not in tekst(als(mensen.vreemd).get("/vergaderingen/geweest/"))
    lijst = tekst(als(mensen.vreemd).get("/vergaderingen/"))
    assert "verslag in concept 1 besluit 1 actie open" in lijst


def test_marks_of_a_point_that_was_carried_over(komend: Vergadering, mensen: Mensen, als: Als) -> None:
    client = als(mensen.secretariaat)
    rij = VergaderingFactory(slug="geweest", titel="LRT geweest")
    punt = AgendapuntFactory(vergadering=rij, volgorde=1, titel="Opvang")
    pad = f"/agendapunten/{punt.pk}/doorschuiven/"
    client.post(pad, {"naar": komend.pk, "reden": "Geen tijd meer."})
    assert "Doorgeschoven naar LRT straks, punt 1 : Geen tijd meer." in tekst(client.get("/vergaderingen/geweest/"))
    assert "Doorgeschoven uit LRT geweest, punt 1 : Geen tijd meer." in tekst(client.get("/vergaderingen/straks/"))
    assert client.post(pad, {"naar": rij.pk, "reden": "x"}).status_code == 422


def test_filters_are_strict(komend: Vergadering, mensen: Mensen, als: Als) -> None:
    client = als(mensen.partner)
    VergaderingFactory(titel="Kleine tafel", soort="klein", datum=datetime.date(2025, 3, 1))
    assert "Kleine tafel" not in tekst(client.get("/vergaderingen/?soort=regulier"))
    jaar = tekst(client.get("/vergaderingen/?jaar=2025"))
    assert ("Kleine tafel" in jaar, "LRT straks" in jaar) == (True, False)
    DeelnameFactory(vergadering=komend, organisatie=mensen.ander)
    ocw = tekst(client.get(f"/vergaderingen/?organisatie={mensen.ander.slug}"))
    assert ("Kleine tafel" in ocw, "LRT straks" in ocw) == (False, True)
    for onzin in ("soort=groot", "jaar=1999", "organisatie=niks", "onzin=1"):
        assert client.get(f"/vergaderingen/?{onzin}").status_code == 400


def test_no_inline_style_or_script(komend: Vergadering, mensen: Mensen, als: Als) -> None:
    AgendapuntFactory(vergadering=komend)
    client = als(mensen.secretariaat)
    for pad in (*LEZEN, "/vergaderingen/straks/agenda/", "/vergaderingen/straks/presentie/"):
        assert re.findall(r"\sstyle=|\son\w+=|<script>|data:", client.get(pad).content.decode()) == []


def vul(vergadering: Vergadering, aantal: int) -> None:
    """So many points, each with one of everything."""
    for nummer in range(aantal):
        volgorde = vergadering.agendapunten.count() + 1
        punt = AgendapuntFactory(vergadering=vergadering, volgorde=volgorde)
        maatregel, organisatie = MaatregelFactory(), OrganisatieFactory()
        punt.inleiding.create(organisatie=organisatie)
        punt.maatregelen.add(maatregel)
        Bijlage.objects.create(agendapunt=punt, naam=f"Bijlage {nummer}")
        InbrengFactory(agendapunt=punt, organisatie=organisatie).maatregelen.add(maatregel)
        besluit = TerugkoppelingFactory(besluit=BesluitFactory(agendapunt=punt), maatregel=maatregel).besluit
        punt.eerdere_besluiten.add(besluit)
        ActiepuntFactory(agendapunt=punt, organisatie=organisatie)
        Trend.objects.create(agendapunt=punt, onderwerp="Ter Apel", duiding="stabiel")
        DeelnameFactory(vergadering=vergadering, organisatie=organisatie)


@pytest.mark.parametrize(
    ("wie", "pad", "verwacht"),
    [
        ("partner", "/vergaderingen/geweest/", 25),
        ("secretariaat", "/vergaderingen/geweest/", 25),
        ("secretariaat", "/vergaderingen/geweest/agenda/", 9),
        ("secretariaat", "/vergaderingen/geweest/presentie/", 5),
        ("partner", "/vergaderingen/reeksen/lrt/", 7),
    ],
)
def test_one_meeting_costs_the_same_with_one_point_and_three(
    wie: str, pad: str, verwacht: int, reeks: Reeks, mensen: Mensen, als: Als
) -> None:
    rij, client = VergaderingFactory(slug="geweest", reeks=reeks), als(getattr(mensen, wie))
    vul(rij, 1)
    assert queries(client, pad) == verwacht
    vul(rij, 2)
    assert queries(client, pad) == verwacht


def test_the_list_costs_the_same_with_one_meeting_and_three(reeks: Reeks, mensen: Mensen, als: Als) -> None:
    client = als(mensen.partner)
    vul(VergaderingFactory(reeks=reeks), 1)
    assert queries(client, "/vergaderingen/") == 12
    for _ in range(2):
        vul(VergaderingFactory(reeks=reeks), 1)
    assert queries(client, "/vergaderingen/") == 12


def test_an_unknown_meeting_or_series_is_not_there(mensen: Mensen, als: Als) -> None:
    client = als(mensen.secretariaat)
    for pad in ("/vergaderingen/niets/", "/vergaderingen/reeksen/niets/", "/vergaderingen/niets/agenda/"):
        assert client.get(pad).status_code == 404

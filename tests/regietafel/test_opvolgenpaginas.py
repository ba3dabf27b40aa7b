"""The pages of following up: who sees and does what, what they say, what they cost, what they do with nonsense."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from maatregelen.models import Persoon
from regietafel.models import Actiepunt, Terugkoppeling, Voorstelkeuze
from tests.conftest import Mensen
from tests.factories import BetrokkenheidFactory, MaatregelFactory, MijlpaalFactory
from tests.paginatekst import queries, stuk, tekst
from tests.regietafel.factories import (
    ActiepuntFactory,
    AgendapuntFactory,
    BesluitFactory,
    DeelnameFactory,
    InbrengFactory,
    TerugkoppelingFactory,
    VergaderingFactory,
)

Als = Callable[[Persoon], Client]
VANDAAG = datetime.date(2026, 6, 20)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _dag() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2026, 6, 20, 9, 0, tzinfo=datetime.UTC), tick=False):
        yield


DADEN = ("afronden", "overdragen", "splitsen", "verplaatsen", "vervallen", "heropenen")
STAPPEN = ("uitgevoerd", "aanvaard", "ingetrokken", "niet-nodig", "heropenen")


# Who comes in


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    actie, rij = ActiepuntFactory(), TerugkoppelingFactory()
    komend = VergaderingFactory(staat="gepland", datum=datetime.date(2026, 9, 1))
    for pad in ("/actiepunten/", "/besluiten/"):
        antwoord = client.get(pad)
        inhoud = antwoord.content.decode()
        assert (antwoord.status_code, actie.code in inhoud, rij.besluit.code in inhoud) == (200, False, False)
        assert antwoord.context["pagina"].paginator.count == 0
    for rij_ in (actie, rij.besluit, komend):
        assert client.get(rij_.get_absolute_url()).status_code == 404
    paden = [
        *(f"{actie.get_absolute_url()}{daad}/" for daad in (*DADEN, "afspreken")),
        *(f"{rij.besluit.get_absolute_url()}{rij.pk}/{stap}/" for stap in STAPPEN),
        f"{komend.get_absolute_url()}voorbereiden/",
    ]
    for pad in paden:
        antwoord = client.get(pad)
        assert (antwoord.status_code, antwoord["Location"]) == (302, f"/inloggen/?next={pad}")


@pytest.mark.parametrize("rol", ["eigen", "vreemd", "secretariaat", "partner", "beheerder"])
def test_every_role_reads_and_few_choose(mensen: Mensen, als: Als, rol: str) -> None:
    actie, rij = ActiepuntFactory(organisatie=mensen.organisatie), TerugkoppelingFactory()
    komend = VergaderingFactory(staat="gepland", datum=datetime.date(2026, 9, 1))
    client = als(getattr(mensen, rol))
    for pad in ("/actiepunten/", actie.get_absolute_url(), "/besluiten/", rij.besluit.get_absolute_url()):
        assert client.get(pad).status_code == 200
    mag = rol in ("eigen", "secretariaat")
    for daad in DADEN:
        antwoord = client.get(f"{actie.get_absolute_url()}{daad}/")
        assert antwoord.status_code == (200 if mag else 403), daad
    assert client.get(f"{actie.get_absolute_url()}afspreken/").status_code == (200 if rol == "secretariaat" else 403)
    for stap in STAPPEN:
        antwoord = client.get(f"{rij.besluit.get_absolute_url()}{rij.pk}/{stap}/")
        assert antwoord.status_code == (200 if rol == "secretariaat" else 403), stap
    antwoord = client.get(f"{komend.get_absolute_url()}voorbereiden/")
    assert antwoord.status_code == (200 if rol == "secretariaat" else 403)


def test_without_a_role_a_page_says_so(mensen: Mensen, als: Als) -> None:
    for pad in ("/actiepunten/", "/besluiten/", ActiepuntFactory().get_absolute_url()):
        assert als(mensen.rolloos).get(pad).status_code == 403


def test_a_partner_finishes_an_own_action_and_nobody_elses(mensen: Mensen, als: Als) -> None:
    koepel = mensen.partner.lidmaatschappen.get().organisatie
    eigen, ander = ActiepuntFactory(organisatie=koepel), ActiepuntFactory(organisatie=mensen.organisatie)
    client = als(mensen.partner)
    data = {"op": "2026-06-19", "afronding": "De notitie is gedeeld.", "versie": "1"}
    assert client.post(f"{ander.get_absolute_url()}afronden/", data).status_code == 403
    antwoord = client.post(f"{eigen.get_absolute_url()}afronden/", data, follow=True)
    assert "Het actiepunt is afgerond." in tekst(antwoord)
    assert "De notitie is gedeeld." in tekst(antwoord)
    eigen.refresh_from_db()
    ander.refresh_from_db()
    assert (eigen.stand, ander.stand) == ("afgerond", "open")
    assert "Heropenen" in tekst(antwoord)
    assert "Overdragen" not in tekst(antwoord)


def test_an_action_on_ones_name_is_ones_own(mensen: Mensen, als: Als) -> None:
    actie = ActiepuntFactory(organisatie=mensen.ander, persoon=mensen.eigen)
    assert als(mensen.eigen).get(f"{actie.get_absolute_url()}afronden/").status_code == 200
    assert als(mensen.collega).get(f"{actie.get_absolute_url()}afronden/").status_code == 403


def test_who_keeps_the_measure_up_reports_and_does_not_close(mensen: Mensen, als: Als) -> None:
    rij = TerugkoppelingFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie))
    basis = f"{rij.besluit.get_absolute_url()}{rij.pk}/"
    data = {"op": "2026-06-01", "uitkomst": "De brief is verstuurd.", "versie": "1"}
    assert als(mensen.vreemd).post(f"{basis}uitgevoerd/", data).status_code == 403
    antwoord = als(mensen.eigen).post(f"{basis}uitgevoerd/", data, follow=True)
    assert "Uitgevoerd, niet teruggekoppeld" in tekst(antwoord)
    assert "Aanvaard door een vergadering" not in tekst(antwoord)
    later = VergaderingFactory(datum=datetime.date(2026, 6, 10), staat="gehouden")
    aanvaard = {"vergadering": str(later.pk), "versie": "2"}
    assert als(mensen.eigen).post(f"{basis}aanvaard/", aanvaard).status_code == 403
    antwoord = als(mensen.secretariaat).post(f"{basis}aanvaard/", aanvaard, follow=True)
    assert "Teruggekoppeld en aanvaard" in tekst(antwoord)
    rij.refresh_from_db()
    assert (rij.stand, rij.aanvaard_in) == ("teruggekoppeld", later)


def test_a_meeting_that_is_not_later_cannot_be_chosen(mensen: Mensen, als: Als) -> None:
    rij = TerugkoppelingFactory(stand="uitgevoerd", uitgevoerd_op=VANDAAG, uitkomst="Gedaan.")
    eerder = VergaderingFactory(datum=datetime.date(2026, 1, 10))
    pad = f"{rij.besluit.get_absolute_url()}{rij.pk}/aanvaard/"
    antwoord = als(mensen.secretariaat).post(pad, {"vergadering": str(eerder.pk), "versie": "1"})
    assert antwoord.status_code == 422
    assert "Deze vergadering kan hier niet gekozen worden." in tekst(antwoord)


# Forms


def test_what_was_typed_comes_back_and_an_older_version_too(mensen: Mensen, als: Als) -> None:
    actie = ActiepuntFactory()
    client, pad = als(mensen.secretariaat), f"{actie.get_absolute_url()}afronden/"
    antwoord = client.post(pad, {"op": "2026-06-30", "afronding": "Bijna klaar.", "versie": "1"})
    assert (antwoord.status_code, "Bijna klaar." in tekst(antwoord)) == (422, True)
    Actiepunt.objects.filter(pk=actie.pk).update(versie=2, wat="Anders verwoord")
    antwoord = client.post(pad, {"op": "2026-06-19", "afronding": "Klaar.", "versie": "1"})
    assert antwoord.status_code == 409
    assert "Anders verwoord" in tekst(antwoord)
    assert 'name="versie" value="2"' in antwoord.content.decode()
    actie.refresh_from_db()
    assert actie.stand == "open"


def test_what_cannot_be_done_any_more_is_a_conflict(mensen: Mensen, als: Als) -> None:
    actie = ActiepuntFactory(stand="afgerond", afgerond_op=VANDAAG, afronding="Klaar.")
    antwoord = als(mensen.secretariaat).post(
        f"{actie.get_absolute_url()}vervallen/", {"reden": "Toch niet.", "versie": "1"}
    )
    assert antwoord.status_code == 409
    assert "Dit actiepunt is afgerond. Zet het eerst weer open." in tekst(antwoord)


def test_a_termijn_is_read_before_it_is_kept(mensen: Mensen, als: Als) -> None:
    actie = ActiepuntFactory()
    client, pad = als(mensen.secretariaat), f"{actie.get_absolute_url()}verplaatsen/"
    data = {"termijn_tekst": "voor 1 oktober 2026", "peildatum": "2026-06-20", "reden": "Meer tijd.", "versie": "1"}
    antwoord = client.post(pad, {**data, "lees": "ja"})
    assert "Gelezen als:" in tekst(antwoord)
    assert "Meer tijd." in tekst(antwoord)
    antwoord = client.post(pad, data, follow=True)
    assert "De termijn is gewijzigd: uitgesteld." in tekst(antwoord)
    assert "van voor 1 juni 2026 (t/m 31 mei 2026) naar voor 1 oktober 2026 (t/m 30 sep 2026)" in tekst(antwoord)
    assert "1 keer verplaatst" in tekst(antwoord)


def test_a_split_takes_as_many_rows_as_are_asked(mensen: Mensen, als: Als) -> None:
    actie = ActiepuntFactory(code="lrt-2026-03-18-a01")
    client, pad = als(mensen.secretariaat), f"{actie.get_absolute_url()}splitsen/"
    data = {"aantal": "2", "versie": "1", "reden": "Twee dingen.", "wat1": "Gesprek", "wat2": "Brief"}
    antwoord = client.post(pad, {**data, "meer": "ja"})
    assert "Deel 3" in tekst(antwoord)
    assert ">\nGesprek</textarea>" in antwoord.content.decode()
    drie = {**data, "aantal": "3", "wat3": "Wet", "wie3": "DGM", "organisatie1": str(mensen.organisatie.pk)}
    antwoord = client.post(pad, drie, follow=True)
    assert "Het actiepunt is gesplitst in 3 actiepunten." in tekst(antwoord)
    assert list(Actiepunt.objects.filter(afgesplitst_van=actie).values_list("wat", "organisatie", "wie_tekst")) == [
        ("Gesprek", mensen.organisatie.pk, ""), ("Brief", None, ""), ("Wet", None, "DGM"),
    ]  # fmt: skip
    assert client.post(pad, {"aantal": "99", "versie": "2"}).status_code == 422


# The list


def test_the_list_by_kind(mensen: Mensen, als: Als) -> None:
    punt = AgendapuntFactory()
    koepel = mensen.partner.lidmaatschappen.get().organisatie
    maak = {
        "laat": {"einde": datetime.date(2026, 6, 19), "organisatie": koepel},
        "vandaag": {"einde": VANDAAG, "wie_tekst": "DGM"},
        "niemand": {"termijn_tekst": "", "einde": None, "precisie": "", "relatie": ""},
        "aanbod": {"is_afgesproken": False, "soort": "aanbod", "einde": datetime.date(2026, 1, 1)},
        "klaar": {"stand": "afgerond", "afgerond_op": VANDAAG, "afronding": "Klaar."},
    }
    for naam, velden in maak.items():
        ActiepuntFactory(agendapunt=punt, code=f"x-{naam}", **velden)
    client = als(mensen.partner)

    def lijst(zoek: str) -> list[str]:
        inhoud = client.get(f"/actiepunten/{zoek}").content.decode()
        gevonden = [inhoud.find(f'href="/actiepunten/x-{naam}/"') for naam in maak]
        return [naam for plek, naam in sorted(zip(gevonden, maak, strict=True)) if plek >= 0]

    assert lijst("") == ["laat", "vandaag", "niemand"]
    assert lijst("?welke=teLaat") == ["laat"]
    assert lijst("?welke=zonderTrekker") == ["niemand"]
    assert lijst("?welke=nietAfgesproken") == ["aanbod"]
    assert lijst("?welke=afgerond") == ["klaar"]
    assert len(lijst("?welke=alles")) == 5
    assert lijst("?eigen=ja") == ["laat"]
    assert lijst(f"?organisatie={koepel.slug}") == ["laat"]
    assert lijst(f"?vergadering={punt.vergadering.slug}") == ["laat", "vandaag", "niemand"]
    assert client.get("/actiepunten/?welke=onzin").status_code == 400
    assert client.get("/actiepunten/?onzin=1").status_code == 400
    assert client.get("/actiepunten/bestaat-niet/").status_code == 404


@pytest.mark.parametrize(
    ("pad", "hoeveel"),
    [("/actiepunten/", 7), ("/besluiten/", 7), ("/", 17), ("/organisaties/szw/", 17), ("/maatregelen/2024-2-03/", 17)],
)
def test_queries_do_not_grow(mensen: Mensen, als: Als, pad: str, hoeveel: int) -> None:
    client, maatregel = als(mensen.eigen), MaatregelFactory(code="2024-2-03", trekker=mensen.organisatie)

    def erbij() -> None:
        punt = AgendapuntFactory()
        punt.maatregelen.add(maatregel)
        ActiepuntFactory(agendapunt=punt, organisatie=mensen.organisatie).maatregelen.add(maatregel)
        InbrengFactory(agendapunt=punt, organisatie=mensen.organisatie).maatregelen.add(maatregel)
        DeelnameFactory(vergadering=punt.vergadering, organisatie=mensen.organisatie)
        for stuk_ in (maatregel, MaatregelFactory(trekker=mensen.ander)):
            TerugkoppelingFactory(
                besluit=BesluitFactory(agendapunt=punt), maatregel=stuk_, stand="uitgevoerd", uitgevoerd_op=VANDAAG,
                uitkomst="Gedaan.", gemeld_door=mensen.eigen,
            )  # fmt: skip

    erbij()
    een = queries(client, pad)
    erbij()
    erbij()
    assert (een, queries(client, pad)) == (hoeveel, hoeveel)


def test_one_action_costs_the_same_however_much_happened(mensen: Mensen, als: Als) -> None:
    actie = ActiepuntFactory(organisatie=mensen.organisatie)
    client, tellingen = als(mensen.eigen), []
    for n in (1, 2, 3):
        actie.maatregelen.add(MaatregelFactory())
        data = {"termijn_tekst": f"voor {n} juli 2027", "peildatum": "2026-06-20", "reden": "Later.", "versie": str(n)}
        assert client.post(f"{actie.get_absolute_url()}verplaatsen/", data).status_code == 302
        tellingen.append(queries(client, actie.get_absolute_url()))
    assert tellingen[0] == tellingen[2]


# What other pages show


def test_the_first_page_shows_the_table(mensen: Mensen, als: Als) -> None:
    komend = VergaderingFactory(titel="LRT van september", datum=datetime.date(2026, 9, 16), staat="agenda_verzonden")
    AgendapuntFactory(vergadering=komend)
    VergaderingFactory(titel="Ooit", datum=None, datum_tekst="ooit", staat="gepland")
    ActiepuntFactory(wat="Laat ding", organisatie=mensen.organisatie)
    ActiepuntFactory(wat="Van niemand")
    TerugkoppelingFactory(stand="uitgevoerd", uitgevoerd_op=VANDAAG, uitkomst="Gedaan.")
    blok = stuk(als(mensen.eigen).get("/"), "Regietafel Alle vergaderingen", "Lopende agenda")
    assert "LRT van september 16 september 2026, over 88 dagen Agenda verzonden: 1 punt" in blok
    assert "Mijn actiepunten 1 Laat ding" in blok
    assert "20 dagen voorbij" in blok
    assert "Van niemand" not in blok
    assert "Besluiten uitgevoerd, niet teruggekoppeld 1" in blok
    assert "Actiepunten zonder trekker 1" in blok
    assert "Besluiten zonder trekker 1" in blok
    assert "Bereid de agenda voor" not in blok
    assert "Bereid de agenda voor" in tekst(als(mensen.secretariaat).get("/"))


def test_behind_each_number_are_exactly_its_rows(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    van_niemand, geheel = MaatregelFactory(), BesluitFactory()
    gedaan = {"stand": "uitgevoerd", "uitgevoerd_op": VANDAAG, "uitkomst": "Gedaan."}
    TerugkoppelingFactory(besluit__tekst="Eigen gedaan", maatregel=maatregel, **gedaan)
    TerugkoppelingFactory(besluit__tekst="Eigen open", maatregel=maatregel)
    TerugkoppelingFactory(besluit__tekst="Ander gedaan", maatregel=van_niemand, **gedaan)
    TerugkoppelingFactory(besluit=geheel)
    ActiepuntFactory(besluit=geheel, organisatie=mensen.ander)
    ActiepuntFactory(wat="Los van niemand")
    ActiepuntFactory(wat="Eigen van niemand").maatregelen.add(maatregel)
    client = als(mensen.partner)
    eerste = stuk(client.get("/"), "Wat blijft liggen", "Lopende agenda")
    assert "niet teruggekoppeld 2 Actiepunten zonder trekker 2 Besluiten zonder trekker 1" in eerste
    for pad, aantal in (
        ("/besluiten/?stand=uitgevoerd", "2 regels"),
        ("/besluiten/?stand=zonderTrekker", "1 regel"),
        ("/actiepunten/?welke=zonderTrekker", "2 actiepunten"),
        ("/besluiten/?stand=uitgevoerd&organisatie=szw", "1 regel"),
        ("/actiepunten/?welke=zonderTrekker&rond=szw", "1 actiepunt"),
    ):
        assert f" {aantal}" in tekst(client.get(pad)), pad
    organisatie = stuk(client.get("/organisaties/szw/"), "Aan de Regietafel", "Verantwoordelijk")
    assert "niet teruggekoppeld 1" in organisatie
    assert "Actiepunten zonder trekker over maatregelen van SZW 1" in organisatie
    assert "Eigen gedaan" in organisatie


def test_a_measure_tells_what_the_table_said_newest_first(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory(code="2024-2-03")
    for dag, naam in ((datetime.date(2026, 1, 14), "LRT januari"), (datetime.date(2026, 5, 13), "LRT mei")):
        punt = AgendapuntFactory(vergadering__datum=dag, vergadering__titel=naam, titel=f"Opvang {naam}")
        punt.maatregelen.add(maatregel)
        InbrengFactory(agendapunt=punt, spreker="VNG", soort="zorg", tekst=f"Zorg {naam}").maatregelen.add(maatregel)
        InbrengFactory(agendapunt=punt, tekst="Over iets anders")
        ActiepuntFactory(agendapunt=punt, wat=f"Actie {naam}").maatregelen.add(maatregel)
    rij = TerugkoppelingFactory(besluit__agendapunt=punt, besluit__tekst="Het besluit", maatregel=maatregel)
    client = als(mensen.partner)
    blok = stuk(client.get("/maatregelen/2024-2-03/"), "Aan de Regietafel", "Geschiedenis")
    assert blok.index("LRT mei") < blok.index("LRT januari")
    assert "Zorg VNG : Zorg LRT mei" in blok
    assert "Besluit Het besluit Nog uit te voeren" in blok
    assert "nog niemand : Actie LRT januari" in blok
    assert "Over iets anders" not in blok
    assert "Niet teruggekoppeld" not in blok
    Terugkoppeling.objects.filter(pk=rij.pk).update(stand="uitgevoerd", uitgevoerd_op=VANDAAG, uitkomst="Gedaan.")
    blok = stuk(client.get("/maatregelen/2024-2-03/"), "Aan de Regietafel", "Geschiedenis")
    assert "Niet teruggekoppeld: uitgevoerd op 20 juni 2026, en geen vergadering heeft de uitkomst aanvaard." in blok
    leeg = MaatregelFactory(code="2024-2-04")
    assert "Hier staat niet dat deze maatregel aan de Regietafel is besproken" in tekst(
        client.get(leeg.get_absolute_url())
    )


def test_an_organisation_tells_what_it_said_and_promised(mensen: Mensen, als: Als) -> None:
    punt = AgendapuntFactory(vergadering__titel="LRT maart")
    DeelnameFactory(
        vergadering=punt.vergadering, organisatie=mensen.organisatie, naam="De Vries", aanwezigheid="aanwezig"
    )
    InbrengFactory(agendapunt=punt, organisatie=mensen.organisatie, spreker="SSZW", tekst="Wij doen dat")
    InbrengFactory(agendapunt=punt, organisatie=mensen.ander, spreker="SOCW", tekst="Wij ook")
    ActiepuntFactory(agendapunt=punt, organisatie=mensen.organisatie, wat="Een brief")
    blok = stuk(als(mensen.partner).get("/organisaties/szw/"), "Aan de Regietafel", "Deze organisatie heeft")
    assert "Open actiepunten Een brief" in blok
    assert "LRT maart 18 maart 2026 verslag in concept De Vries: aanwezig" in blok
    assert "SSZW : Wij doen dat" in blok
    assert "Wij ook" not in blok


# Preparing


def test_ticked_things_are_chosen_on_at_once(mensen: Mensen, als: Als) -> None:
    komend = VergaderingFactory(staat="gepland", datum=datetime.date(2026, 9, 1))
    ander = VergaderingFactory(staat="gepland", datum=datetime.date(2026, 12, 1), titel="LRT december")
    punt = AgendapuntFactory(vergadering__staat="gehouden")
    een, twee, drie = (ActiepuntFactory(agendapunt=punt, wat=f"Actie {n}") for n in (1, 2, 3))
    mijlpaal = MijlpaalFactory(omschrijving="Wetsvoorstel", einde=datetime.date(2026, 8, 1))
    client, pad = als(mensen.secretariaat), f"{komend.get_absolute_url()}voorbereiden/"
    assert client.post(pad, {"wat": "apart", "doe": "kies"}).status_code == 422
    antwoord = client.post(pad, {"wat": "weg", "rijen": [f"a{een.pk}"], "doe": "kies"})
    assert antwoord.status_code == 422
    assert f'value="a{een.pk}" id="rij-a{een.pk}" checked' in antwoord.content.decode()
    antwoord = client.post(
        pad, {"wat": "samen", "titel": "Acties", "rijen": [f"a{een.pk}", f"a{twee.pk}"], "doe": "kies"}, follow=True
    )
    assert "2 onderwerpen op de agenda bij punt 1: Acties." in tekst(antwoord)
    antwoord = client.post(
        pad, {"wat": "naar", "naar": str(ander.pk), "reden": "Dan pas.", "rijen": [f"a{drie.pk}"], "doe": "kies"},
        follow=True,
    )  # fmt: skip
    assert "1 onderwerp naar LRT december." in tekst(antwoord)
    assert "Hierheen verplaatst vanuit" in tekst(client.get(f"{ander.get_absolute_url()}voorbereiden/"))
    antwoord = client.post(
        pad, {"wat": "weg", "reden": "Kan per mail.", "rijen": [f"m{mijlpaal.pk}"], "doe": "kies"}, follow=True
    )
    assert "Niets vraagt nog om een plek op deze agenda." in tekst(antwoord)
    assert Voorstelkeuze.objects.filter(vergadering=komend).count() == 4
    antwoord = client.post(pad, {"rijen": [f"m{mijlpaal.pk}"], "doe": "ongedaan"}, follow=True)
    assert "De keuze is ongedaan gemaakt." in tekst(antwoord)
    assert Voorstelkeuze.objects.filter(vergadering=komend).count() == 3


def test_what_is_done_or_chosen_meanwhile_is_a_conflict(mensen: Mensen, als: Als) -> None:
    komend = VergaderingFactory(staat="gepland", datum=datetime.date(2026, 9, 1))
    actie, ander = ActiepuntFactory(), ActiepuntFactory()
    client, pad = als(mensen.secretariaat), f"{komend.get_absolute_url()}voorbereiden/"
    data = {"wat": "apart", "rijen": [f"a{actie.pk}", f"a{ander.pk}"], "doe": "kies"}
    Actiepunt.objects.filter(pk=ander.pk).update(stand="afgerond", afgerond_op=VANDAAG, afronding="Klaar.")
    antwoord = client.post(pad, data)
    assert antwoord.status_code == 409
    assert "intussen gekozen of gedaan" in tekst(antwoord)
    assert Voorstelkeuze.objects.count() == 0
    assert client.post(pad, {**data, "rijen": ["x'; --", "a0"]}).status_code == 409


def test_a_meeting_that_was_held_shows_and_takes_nothing(mensen: Mensen, als: Als) -> None:
    geweest, actie = VergaderingFactory(staat="gehouden", datum=VANDAAG), ActiepuntFactory()
    client, pad = als(mensen.secretariaat), f"{geweest.get_absolute_url()}voorbereiden/"
    assert "er kan niets meer worden gekozen" in tekst(client.get(pad))
    antwoord = client.post(pad, {"wat": "apart", "rijen": [f"a{actie.pk}"], "doe": "kies"})
    assert antwoord.status_code == 422
    assert geweest.agendapunten.count() == 0


def test_nobody_changes_the_past(mensen: Mensen, als: Als) -> None:
    actie = ActiepuntFactory(organisatie=mensen.organisatie)
    client = als(mensen.secretariaat)
    assert client.get(f"{actie.get_absolute_url()}afronden/?peildatum=2026-04-01").status_code == 400
    assert client.get("/actiepunten/?peildatum=2026-04-01").status_code == 200


def test_whose_measure_it_is_stands_with_the_decision(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory()
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie, rol="verantwoordelijk")
    rij = TerugkoppelingFactory(maatregel=maatregel, besluit__tekst="De taakstelling stijgt")
    lijst = tekst(als(mensen.partner).get("/besluiten/"))
    assert f"De taakstelling stijgt besluit {maatregel.titel} {maatregel.code}, SZW" in lijst
    assert "Uitgevoerd melden" in tekst(als(mensen.eigen).get(rij.besluit.get_absolute_url()))
    assert "Uitgevoerd melden" not in tekst(als(mensen.vreemd).get(rij.besluit.get_absolute_url()))


def test_the_past_does_not_know_what_became_of_it(mensen: Mensen, als: Als) -> None:
    actie = ActiepuntFactory(wat="Een brief sturen", organisatie=mensen.organisatie)
    client = als(mensen.secretariaat)
    pad = actie.get_absolute_url()
    data = {"termijn_tekst": "voor 1 juli 2027", "peildatum": "2026-06-20", "reden": "Nooit gezegd.", "versie": "1"}
    assert client.post(f"{pad}verplaatsen/", data).status_code == 302
    data = {"op": "2026-06-19", "afronding": "Heel geheim.", "versie": "2"}
    assert client.post(f"{pad}afronden/", data).status_code == 302
    toen = tekst(client.get("/actiepunten/?peildatum=2026-05-01"))
    assert "1 actiepunt open" in toen
    assert "voor 1 juni 2026" in toen
    een = tekst(client.get(f"{pad}?peildatum=2026-05-01"))
    assert "Een brief sturen" in een
    assert "Heel geheim" not in een
    assert "Nooit gezegd" not in een
    assert "Afronden" not in een
    assert client.get(f"{pad}?peildatum=2026-02-01").status_code == 404
    assert "Heel geheim." in tekst(client.get(pad))

"""Following a selection: offered where it can be held, kept as one's own, stopped at a click."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from maatregelen.berichtvoorkeuren import zet_voorkeur
from maatregelen.models import Persoon, Thema, Themaplaats, Volger, Volgfilter
from maatregelen.volgfilters import Keuze, maak
from tests.conftest import Mensen
from tests.factories import AgendaFactory, BetrokkenheidFactory, MaatregelFactory, OrganisatieFactory, PijlerFactory
from tests.paginatekst import queries, tekst

Als = Callable[[Persoon], Client]
NU = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
KWAAD = "<script>alert(1)</script>"


@pytest.fixture
def stof(mensen: Mensen) -> dict[str, Any]:
    """An agenda with a section and a theme; a measure of SZW in it, and others elsewhere."""
    pijler = PijlerFactory(agenda=AgendaFactory(slug="a-2024", titel="Agenda 2024"), nummer="2", titel="Wonen")
    thema = Thema.objects.create(slug="taal", titel="Taal")
    kabinet = OrganisatieFactory(afkorting="kabinet", slug="kabinet", soort="aanduiding")
    stuk = MaatregelFactory(pijler=pijler, trekker=mensen.organisatie)
    Themaplaats.objects.create(thema=thema, maatregel=stuk)
    BetrokkenheidFactory(maatregel=stuk, organisatie=mensen.ander, rol="uitvoerder")
    MaatregelFactory(trekker=mensen.ander)
    return {"pijler": pijler, "thema": thema, "kabinet": kabinet, "stuk": stuk}


def aangeboden(client: Client, reeks: str) -> tuple[dict[str, str], str]:
    """What the list offers to follow for these filters: the fields of its button, and the words around it."""
    antwoord = client.get(f"/maatregelen/?{reeks}")
    assert antwoord.status_code == 200
    aanbod = antwoord.context["aanbod"]
    inhoud = antwoord.content.decode()
    assert ("Volg deze selectie" in inhoud) is bool(aanbod and aanbod.velden and not aanbod.volgt)
    if aanbod is None:
        return {}, ""
    return aanbod.velden, " ".join([*aanbod.niet_mee, aanbod.let_op]).strip()


def test_the_list_offers_what_a_selection_can_hold(mensen: Mensen, stof: dict[str, Any], als: Als) -> None:
    client, nummer = als(mensen.partner), str(stof["pijler"].pk)
    assert aangeboden(client, "") == ({}, "")
    assert aangeboden(client, "sorteer=termijn") == ({}, "")
    assert aangeboden(client, "agenda=a-2024") == ({"agenda": "a-2024"}, "")
    assert aangeboden(client, f"agenda=a-2024&pijler={nummer}") == ({"pijler": nummer}, "")
    assert aangeboden(client, "thema=taal&status=aangehouden&sorteer=termijn") == (
        {"thema": "taal", "status": "aangehouden"}, "",
    )  # fmt: skip
    assert aangeboden(client, "organisatie=szw&rol=verantwoordelijk") == ({"organisatie": "szw"}, "")
    velden, woorden = aangeboden(client, "organisatie=szw")
    assert velden == {"organisatie": "szw"}
    assert "Alleen waar SZW verantwoordelijk is" in woorden
    kan_niet = "Volgen kan op agenda, pijler, verantwoordelijke organisatie, thema en status."
    assert aangeboden(client, "zoek=taal") == ({}, f"Zoeken: taal {kan_niet}")
    assert aangeboden(client, "organisatie=ocw&rol=uitvoerder")[0] == {}
    assert aangeboden(client, "organisatie=kabinet")[0] == {}, "nobody is behind a generic word"
    velden, woorden = aangeboden(client, "agenda=a-2024&organisatie=ocw&rol=uitvoerder&zoek=taal&voortgang=vertraagd")
    assert velden == {"agenda": "a-2024"}
    assert sorted(woorden.split(" ")) == sorted(
        ["Zoeken:", "taal", "Voortgang:", "vertraagd", "Organisatie:", "OCW", "Rol:", "uitvoerder"]
    )


def test_following_from_the_list_the_agenda_the_section_and_the_organisation(
    mensen: Mensen, stof: dict[str, Any], als: Als
) -> None:
    client, pijler = als(mensen.partner), stof["pijler"]
    for velden, pad, woorden in (
        ({"agenda": "a-2024"}, "/agendas/a-2024/", ("Volg deze agenda", "U volgt deze agenda")),
        ({"pijler": str(pijler.pk)}, "/agendas/a-2024/", ("Volg deze pijler", "U volgt deze pijler")),
        ({"organisatie": "szw"}, "/organisaties/szw/", ("Volg waarvoor SZW verantwoordelijk is", "U volgt dit")),
        (
            {"thema": "taal"},
            "/maatregelen/?thema=taal",
            ("Volg deze selectie", "U volgt deze selectie"),
        ),
    ):
        voor, na = woorden
        assert voor in tekst(client.get(pad)), pad
        assert na not in tekst(client.get(pad)), pad
        antwoord = client.post("/mijn/volgen/", velden, follow=True)
        rij = Volgfilter.objects.latest("pk")
        assert antwoord.redirect_chain == [(f"/mijn/volgen/#selectie-{rij.pk}", 302)]
        assert f"U volgt nu: {rij.naam}." in tekst(antwoord)
        assert rij.persoon == mensen.partner
        assert voor not in tekst(client.get(pad)), pad
        assert na in tekst(client.get(pad)), pad
    assert "U volgde dit al" in tekst(client.post("/mijn/volgen/", {"agenda": "a-2024"}, follow=True))
    assert Volgfilter.objects.count() == 4
    assert "U volgt deze agenda" not in tekst(als(mensen.eigen).get("/agendas/a-2024/"))


def test_what_does_not_exist_or_says_nothing_is_refused(mensen: Mensen, stof: dict[str, Any], als: Als) -> None:
    client = als(mensen.partner)
    for velden, woord in (
        ({"agenda": "bestaat-niet"}, "Deze selectie bestaat niet meer."),
        ({"pijler": "x"}, "Deze selectie bestaat niet meer."),
        ({"status": "x"}, "Deze selectie bestaat niet meer."),
        ({"organisatie": "kabinet"}, "horen geen mensen"),
        ({"zoek": "taal"}, "Kies eerst een agenda"),
        ({}, "Kies eerst een agenda"),
    ):
        assert woord in tekst(client.post("/mijn/volgen/", velden, follow=True)), velden
    assert not Volgfilter.objects.exists()
    assert Client().post("/mijn/volgen/", {"agenda": "a-2024"}).status_code == 302
    assert als(mensen.rolloos).post("/mijn/volgen/", {"agenda": "a-2024"}).status_code == 403
    assert not Volgfilter.objects.exists()


def test_changing_and_stopping_ones_own_and_never_anothers(mensen: Mensen, stof: dict[str, Any], als: Als) -> None:
    mijn, _ = maak(mensen.partner, Keuze(stof["pijler"].agenda), moment=NU)
    ander, _ = maak(mensen.eigen, Keuze(stof["pijler"].agenda), moment=NU)
    client = als(mensen.partner)
    antwoord = client.post(
        f"/mijn/volgen/{mijn.pk}/", {"naam": KWAAD, "meldingen": ["meld_nieuw", "meld_te_laat"]}, follow=True
    )
    assert antwoord.redirect_chain == [(f"/mijn/volgen/#selectie-{mijn.pk}", 302)]
    assert KWAAD not in antwoord.content.decode()
    assert "Mail over nieuwe maatregelen, verstreken termijnen." in tekst(antwoord)
    mijn.refresh_from_db()
    assert (mijn.naam, mijn.meld_nieuw, mijn.meld_gewijzigd) == (KWAAD, True, False)
    for invoer, woord in (
        ({"naam": " ", "meldingen": []}, "Geef de selectie een naam."),
        ({"naam": "x" * 121, "meldingen": []}, "120"),
        ({"naam": "Goed", "meldingen": ["meld_alles"]}, "meld_alles"),
    ):
        antwoord = client.post(f"/mijn/volgen/{mijn.pk}/", invoer)
        assert antwoord.status_code == 422
        assert woord in tekst(antwoord)
    for invoer in ({"naam": "Weg", "meldingen": []}, {"stop": "ja"}):
        assert client.post(f"/mijn/volgen/{ander.pk}/", invoer).status_code == 404
    ander.refresh_from_db()
    assert ander.meldt
    assert client.get(f"/mijn/volgen/{mijn.pk}/").status_code == 405
    assert "U volgt niet meer" in tekst(client.post(f"/mijn/volgen/{mijn.pk}/", {"stop": "ja"}, follow=True))
    assert list(Volgfilter.objects.all()) == [ander]


def test_the_page_counts_what_is_covered_links_to_it_and_pages(mensen: Mensen, stof: dict[str, Any], als: Als) -> None:
    client, pijler = als(mensen.partner), stof["pijler"]
    keuzes = [
        Keuze(pijler=pijler),
        Keuze(organisatie=mensen.organisatie, thema=stof["thema"]),
        Keuze(status="vervallen"),
    ]
    for keer, keuze in enumerate(keuzes):
        maak(mensen.partner, keuze, moment=NU)
        Volger.objects.create(maatregel=MaatregelFactory(titel=f"Gevolgd {keer}"), persoon=mensen.partner)
        if keer != 1:
            assert queries(client, "/mijn/volgen/") == 9
    antwoord = client.get("/mijn/volgen/")
    rijen = {rij.adres: rij.aantal for rij in antwoord.context["selecties"]}
    assert rijen == {
        f"/maatregelen/?pijler={pijler.pk}&agenda=a-2024": 1,
        "/maatregelen/?organisatie=szw&thema=taal&rol=verantwoordelijk": 1,
        "/maatregelen/?status=vervallen": 0,
    }
    for adres, aantal in rijen.items():
        assert client.get(adres).context["pagina"].paginator.count == aantal, adres
    assert all(f"Gevolgd {keer}" in tekst(antwoord) for keer in range(3))
    assert "Gevolgd" not in tekst(als(mensen.eigen).get("/mijn/volgen/"))
    assert "U krijgt nu geen mail" not in tekst(antwoord)
    zet_voorkeur(mensen.partner, eigen="direct", gevolgd="geen", versie=None)
    assert "U krijgt nu geen mail over wat u volgt" in tekst(client.get("/mijn/volgen/"))

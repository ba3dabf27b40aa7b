"""Every form: who may open and send it, what it refuses in words, and that nothing typed is lost."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Brontekst,
    Doelwaarde,
    Indicator,
    Lidmaatschap,
    Maatregel,
    Meting,
    Mijlpaal,
    Opvolging,
    Organisatie,
    Persoon,
    Pijler,
    Pijlerbetrokkenheid,
    Statuswijziging,
    Wetsstap,
    Wetstraject,
)
from tests.conftest import Mensen
from tests.factories import (
    AgendaFactory,
    BetrokkenheidFactory,
    LidmaatschapFactory,
    MaatregelFactory,
    MijlpaalFactory,
    PijlerFactory,
)

Als = Callable[[Persoon], Client]
NU = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
KWAAD = '<script>alert("x")</script>'
VEILIG = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"
LANG = "x" * 5000
ALLES: list[type[Model]] = [
    Agenda, Pijler, Maatregel, Mijlpaal, Betrokkenheid, Wetstraject, Wetsstap, Opvolging, Brontekst, Indicator, Meting,
    Doelwaarde, Organisatie, Persoon, Lidmaatschap, Pijlerbetrokkenheid, Statuswijziging,
]  # fmt: skip

AGENDA = {
    "titel": "Agenda 2027", "slug": "2027", "soort": "akkoord", "staat": "concept", "documentdatum": "2026-11-01",
}  # fmt: skip
PIJLER = {"titel": "Opvang", "nummer": ""}
MAATREGEL = {"titel": "Plekken maken", "soort": "besluit", "aard": "maatregel", "geaccordeerd": "on"}
MIJLPAAL = {
    "omschrijving": "Besluit genomen", "termijn_tekst": "voor 1 juli 2027", "precisie": "dag", "relatie": "voor",
    "einde": "2027-06-30", "hardheid": "toezegging", "peildatum": "2026-11-22",
}  # fmt: skip
METING = {"waarde": "12,5", "peildatum": "2026-11-01", "bron": "COA"}
DOEL = {"waarde": "100", "geldig_vanaf": "2026-11-01", "reden": "Besluit van de LRT"}
ORGANISATIE = {"naam": "Ministerie van X", "afkorting": "X", "slug": "x", "soort": "ministerie"}
PERSOON = {"functie": "Nieuwe collega", "email": "nieuw@voorbeeld.nl", "is_active": "on"}


@pytest.fixture(autouse=True)
def _nu() -> Any:
    with time_machine.travel(NU, tick=True):
        yield


@dataclass
class Dossier:
    """One of everything, of the organisation of `mensen.eigen`; the agenda is kept by the secretariaat alone."""

    agenda: Agenda
    pijler: Pijler
    maatregel: Maatregel
    mijlpaal: Mijlpaal
    betrokken: Betrokkenheid
    opvolging: Opvolging
    indicator: Indicator
    meting: Meting


@pytest.fixture
def dossier(mensen: Mensen) -> Dossier:
    agenda = AgendaFactory(slug="2024")
    pijler = PijlerFactory(agenda=agenda, nummer="2")
    maatregel = MaatregelFactory(code="2024-2-03", pijler=pijler, trekker=mensen.organisatie)
    indicator = Indicator.objects.create(slug="bezetting", naam="Bezetting", eenheid="personen")
    return Dossier(
        agenda=agenda,
        pijler=pijler,
        maatregel=maatregel,
        mijlpaal=MijlpaalFactory(maatregel=maatregel),
        betrokken=BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.ander, rol="betrokken"),
        opvolging=Opvolging.objects.create(van=maatregel, naar=MaatregelFactory(), soort="voortgezet"),
        indicator=indicator,
        meting=Meting.objects.create(indicator=indicator, waarde=1, peildatum=NU.date(), bron="IND"),
    )


def tekst(antwoord: HttpResponse) -> str:
    """The page as text, without the white space of templates."""
    return " ".join(antwoord.content.decode().split())


def afdruk() -> dict[str, list[dict[str, Any]]]:
    """All that is kept, to see that nothing changed; only signing in leaves a trace."""
    velden = {
        model: [veld.attname for veld in model._meta.concrete_fields if veld.name != "last_login"] for model in ALLES
    }
    return {model.__name__: list(model._default_manager.order_by("pk").values(*velden[model])) for model in ALLES}


# --- Who may

MATEN = ("eigen", "collega")
PADEN: dict[str, tuple[str, ...]] = {
    "/agendas/nieuw/": ("eigen", "collega", "vreemd", "secretariaat"),
    "/agendas/2024/wijzigen/": ("secretariaat",),
    "/agendas/2024/pijlers/nieuw/": ("secretariaat",),
    "/agendas/2024/brontekst/": ("secretariaat",),
    "/pijlers/{pijler}/wijzigen/": ("secretariaat",),
    "/pijlers/{pijler}/maatregelen/nieuw/": ("secretariaat",),
    "/maatregelen/2024-2-03/wijzigen/": MATEN,
    "/maatregelen/2024-2-03/mijlpalen/nieuw/": MATEN,
    "/maatregelen/2024-2-03/betrokkenen/nieuw/": (*MATEN, "secretariaat"),
    "/maatregelen/2024-2-03/wetstraject/": MATEN,
    "/maatregelen/2024-2-03/opvolging/nieuw/": MATEN,
    "/opvolging/{opvolging}/terugnemen/": (*MATEN, "secretariaat"),  # the other one is nobody's
    "/mijlpalen/{mijlpaal}/wijzigen/": MATEN,
    "/mijlpalen/{mijlpaal}/behaald/": MATEN,
    "/betrokkenheden/{betrokken}/beeindigen/": (*MATEN, "secretariaat"),
    "/cijfers/nieuw/": ("secretariaat",),
    "/cijfers/bezetting/wijzigen/": ("secretariaat",),
    "/cijfers/bezetting/metingen/nieuw/": ("secretariaat",),
    "/cijfers/bezetting/doelwaarden/nieuw/": ("secretariaat",),
    "/metingen/{meting}/wijzigen/": ("secretariaat",),
    "/organisaties/nieuw/": ("beheerder",),
    "/organisaties/szw/wijzigen/": ("beheerder",),
    "/personen/": ("beheerder",),
    "/personen/nieuw/": ("beheerder",),
    "/personen/{persoon}/": ("beheerder",),
    "/mijn/": ("eigen", "collega", "vreemd", "secretariaat", "partner", "beheerder"),
    # An own password is there for who has an account, whatever the roles are today.
    "/mijn/wachtwoord/": ("eigen", "collega", "vreemd", "secretariaat", "partner", "beheerder", "rolloos"),
}  # fmt: skip
ALLEEN_LEZEN = ("/personen/", "/mijn/")
GOED = {
    **AGENDA, **PIJLER, **MAATREGEL, **MIJLPAAL, **METING, **DOEL, **ORGANISATIE, **PERSOON, "versie": "1",
    "slug": "vrij", "op": "2026-11-01", "bewijs": "Brief", "per": "2026-11-01", "reden": "Zo afgesproken",
    "fase": "advies", "bereikt_op": "2026-11-01", "richting": "voort", "ander": "2024-2-03", "rol": "lezer",
}  # fmt: skip


@pytest.mark.parametrize("patroon", PADEN)
def test_who_may_open_and_send_every_form(mensen: Mensen, als: Als, dossier: Dossier, patroon: str) -> None:
    pad = patroon.format(
        pijler=dossier.pijler.pk, opvolging=dossier.opvolging.pk, mijlpaal=dossier.mijlpaal.pk,
        betrokken=dossier.betrokken.pk, meting=dossier.meting.pk, persoon=mensen.rolloos.pk,
    )  # fmt: skip
    vooraf = afdruk()
    for wie in ("eigen", "collega", "vreemd", "secretariaat", "partner", "beheerder", "rolloos"):
        client = als(getattr(mensen, wie))
        antwoord = client.get(pad)
        assert (wie, antwoord.status_code) == (wie, 200 if wie in PADEN[patroon] else 403)
        if wie in PADEN[patroon]:
            continue
        if wie != "rolloos":
            assert "Er is niets gewijzigd." in tekst(antwoord)
            assert re.search(r"houdt|bijgehouden|gemaakt|leggen", tekst(antwoord)), "says who may"
        assert client.post(pad, GOED).status_code == (405 if pad in ALLEEN_LEZEN else 403)
    for antwoord in (Client().get(pad), Client().post(pad, GOED)):
        assert (antwoord.status_code, antwoord["Location"]) == (302, f"/inloggen/?next={pad}")
    assert afdruk() == vooraf


def test_what_is_not_there_is_not_found(mensen: Mensen, als: Als, dossier: Dossier) -> None:
    for wie in (mensen.secretariaat, mensen.beheerder):
        client = als(wie)
        for patroon in PADEN:
            if "{" in patroon:
                for sleutel in ("999999", "9" * 30):
                    assert client.get(re.sub(r"{\w+}", sleutel, patroon)).status_code == 404
            elif "2024" in patroon or "bezetting" in patroon or "szw" in patroon:
                pad = re.sub("2024-2-03|2024|bezetting|szw", "bestaat-niet", patroon)
                assert client.get(pad).status_code == 404


# --- What is kept


def test_an_agenda_from_nothing_to_a_measure(mensen: Mensen, als: Als) -> None:
    """A dossierhouder starts an agenda, adds a section and a measure, and is the one responsible."""
    client = als(mensen.eigen)
    assert client.post("/agendas/nieuw/", AGENDA)["Location"] == "/agendas/2027/"
    agenda = Agenda.objects.get()
    assert (agenda.houder, agenda.geldt_vanaf, agenda.is_lopend) == (
        mensen.organisatie, datetime.date(2026, 11, 1), False,
    )  # fmt: skip
    antwoord = client.post("/agendas/2027/pijlers/nieuw/", {**PIJLER, "verantwoordelijken": [mensen.ander.pk]})
    assert antwoord["Location"] == "/agendas/2027/#pijler-1"
    pijler = Pijler.objects.get()
    antwoord = client.post(f"/pijlers/{pijler.pk}/maatregelen/nieuw/", {**MAATREGEL, "verwijzingen": " a \n\n b "})
    assert antwoord["Location"] == "/maatregelen/2027-1-01/"
    maatregel = Maatregel.objects.get()
    assert (maatregel.verwijzingen, maatregel.geaccordeerd, maatregel.geldt_vanaf) == (
        ["a", "b"], True, datetime.date(2026, 11, 1),
    )  # fmt: skip
    assert {(b.organisatie, b.herkomst) for b in maatregel.betrokkenheden.all()} == {
        (mensen.organisatie, "toegewezen"), (mensen.ander, "geerfd"),
    }  # fmt: skip
    assert client.post("/maatregelen/2027-1-01/mijlpalen/nieuw/", MIJLPAAL).status_code == 302
    mijlpaal = Mijlpaal.objects.get()
    assert (mijlpaal.einde, mijlpaal.herhaling, mijlpaal.hardheid) == (datetime.date(2027, 6, 30), "", "toezegging")
    # The same once more, as a browser does when a button is pressed twice: said, and made once.
    for pad, gegevens in (
        ("/agendas/nieuw/", AGENDA), ("/agendas/2027/pijlers/nieuw/", PIJLER),
        (f"/pijlers/{pijler.pk}/maatregelen/nieuw/", MAATREGEL), ("/maatregelen/2027-1-01/mijlpalen/nieuw/", MIJLPAAL),
    ):  # fmt: skip
        vooraf = afdruk()
        antwoord = client.post(pad, gegevens)
        assert (pad, antwoord.status_code) == (pad, 422)
        assert f'value="{gegevens.get("titel") or gegevens["omschrijving"]}"' in tekst(antwoord)
        assert afdruk() == vooraf


def test_who_enters_for_a_ministry_of_the_heading_needs_no_second_role(
    mensen: Mensen, als: Als, dossier: Dossier
) -> None:
    Pijlerbetrokkenheid.objects.create(pijler=dossier.pijler, organisatie=mensen.organisatie, rol="verantwoordelijk")
    als(mensen.eigen).post(f"/pijlers/{dossier.pijler.pk}/maatregelen/nieuw/", MAATREGEL)
    maatregel = Maatregel.objects.get(code="2024-2-04")
    assert [(b.organisatie, b.herkomst) for b in maatregel.betrokkenheden.all()] == [(mensen.organisatie, "geerfd")]


def test_who_works_for_several_enters_for_the_one_of_the_section(mensen: Mensen, als: Als, dossier: Dossier) -> None:
    LidmaatschapFactory(persoon=mensen.eigen, organisatie=mensen.ander)
    for nummer, (heading, houder, wordt) in enumerate(
        ((mensen.ander, mensen.organisatie, mensen.ander), (None, mensen.ander, mensen.ander))
    ):
        pijler = PijlerFactory(agenda=AgendaFactory(houder=houder))
        if heading:
            Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=heading, rol="verantwoordelijk")
        als(mensen.eigen).post(f"/pijlers/{pijler.pk}/maatregelen/nieuw/", {**MAATREGEL, "titel": f"Nieuw {nummer}"})
        rij = Betrokkenheid.objects.get(maatregel__titel=f"Nieuw {nummer}")
        assert (rij.organisatie, rij.rol) == (wordt, "verantwoordelijk")


def test_the_secretariaat_says_who_keeps_an_agenda(mensen: Mensen, als: Als) -> None:
    client = als(mensen.secretariaat)
    client.post("/agendas/nieuw/", {**AGENDA, "houder": mensen.ander.pk})
    assert Agenda.objects.get().houder == mensen.ander
    # Who keeps it changes what it says, but neither its address nor who keeps it.
    wijziging = {**AGENDA, "titel": "Anders", "slug": "gekaapt", "houder": mensen.organisatie.pk, "versie": "1"}
    assert als(mensen.vreemd).post("/agendas/2027/wijzigen/", wijziging).status_code == 302
    agenda = Agenda.objects.get()
    assert (agenda.titel, agenda.slug, agenda.houder, agenda.versie) == ("Anders", "2027", mensen.ander, 2)


def test_edits_leave_addresses_codes_and_numbers(mensen: Mensen, als: Als, dossier: Dossier) -> None:
    als(mensen.secretariaat).post(
        f"/pijlers/{dossier.pijler.pk}/wijzigen/",
        {"titel": "Nieuw", "nummer": "99", "versie": "1", "verantwoordelijken": [mensen.ander.pk]},
    )
    vooraf = Maatregel.objects.get(code="2024-2-03")
    als(mensen.eigen).post(
        "/maatregelen/2024-2-03/wijzigen/",
        {**MAATREGEL, "code": "gekaapt", "geldt_vanaf": "2020-01-01", "status": "vervallen", "pijler": "1",
         "versie": str(vooraf.versie)},
    )  # fmt: skip
    pijler, maatregel = Pijler.objects.get(pk=dossier.pijler.pk), Maatregel.objects.get(pk=vooraf.pk)
    assert (pijler.titel, pijler.nummer) == ("Nieuw", "2")
    assert (maatregel.titel, maatregel.code, maatregel.geldt_vanaf, maatregel.status, maatregel.pijler) == (
        "Plekken maken", "2024-2-03", vooraf.geldt_vanaf, "aangekondigd", pijler,
    )  # fmt: skip
    assert {b.organisatie for b in maatregel.betrokkenheden.geldend().filter(herkomst="geerfd")} == {mensen.ander}


def test_sending_a_form_unchanged_changes_nothing(mensen: Mensen, als: Als, dossier: Dossier) -> None:
    """Every edit form, opened and sent back as the browser would: no version, no history, no other day."""
    paden = {
        "secretariaat": [
            "/agendas/2024/wijzigen/", f"/pijlers/{dossier.pijler.pk}/wijzigen/", "/cijfers/bezetting/wijzigen/",
            f"/metingen/{dossier.meting.pk}/wijzigen/",
        ],
        "eigen": ["/maatregelen/2024-2-03/wijzigen/", f"/mijlpalen/{dossier.mijlpaal.pk}/wijzigen/"],
        "beheerder": ["/organisaties/szw/wijzigen/", f"/personen/{mensen.rolloos.pk}/"],
    }  # fmt: skip
    dossier.maatregel.verwijzingen = ["Kamerstuk 1", "Kamerstuk 2"]
    dossier.maatregel.save()
    Mijlpaal.objects.update(herhaling="P4Y")
    vooraf = afdruk()
    for wie, lijst in paden.items():
        for pad in lijst:
            client = als(getattr(mensen, wie))
            form = client.get(pad).context["form"]
            gegevens = {}
            for veld in form:
                waarde = veld.value()
                if waarde is True:
                    gegevens[veld.name] = "on"
                elif isinstance(waarde, datetime.date):
                    gegevens[veld.name] = waarde.isoformat()
                elif waarde not in (None, False):
                    gegevens[veld.name] = waarde
            antwoord = client.post(pad, gegevens)
            assert (pad, antwoord.status_code) == (pad, 302), antwoord.context and antwoord.context["form"].errors
    assert afdruk() == vooraf


def test_reached_and_taken_back(mensen: Mensen, als: Als, dossier: Dossier) -> None:
    client, pad = als(mensen.eigen), f"/mijlpalen/{dossier.mijlpaal.pk}/behaald/"
    antwoord = client.post(pad, {"op": "2026-11-23", "bewijs": "", "versie": "1"})
    assert antwoord.status_code == 422
    antwoord = client.post(pad, {"op": "2026-11-23", "bewijs": KWAAD, "versie": "1"})
    assert (antwoord.status_code, VEILIG in tekst(antwoord), "<script>" in tekst(antwoord)) == (422, True, False)
    assert client.post(pad, {"op": "2026-11-20", "bewijs": "Stcrt.", "versie": "1"}).status_code == 302
    assert Mijlpaal.objects.get().behaald_door == mensen.eigen
    antwoord = client.post(pad, {"op": "2026-11-01", "bewijs": "Mijn bewijs", "versie": "1"})
    assert (antwoord.status_code, "Mijn bewijs" in tekst(antwoord)) == (409, True)
    assert 'value="2"' in tekst(antwoord)
    assert client.post(pad, {"heropen": "ja", "versie": "1"}).status_code == 409
    assert Mijlpaal.objects.get().behaald_op == datetime.date(2026, 11, 20)
    assert client.post(pad, {"heropen": "ja", "versie": "2"}).status_code == 302
    assert (Mijlpaal.objects.get().behaald_op, Mijlpaal.objects.get().behaald_bewijs) == (None, "")


def test_involvement_begins_and_ends(mensen: Mensen, als: Als, dossier: Dossier) -> None:
    client, pad = als(mensen.secretariaat), "/maatregelen/2024-2-03/betrokkenen/nieuw/"
    goed = {
        "organisatie": str(mensen.ander.pk),
        "rol": "uitvoerder",
        "vanaf": "2026-11-01",
        "reden": "x",
        "versie": "1",
    }
    for fout in ({"organisatie": "999999"}, {"rol": "baas"}, {"vanaf": "2026-11-23"}, {"vanaf": "2020-01-01"},
                 {"reden": " "}, {"rol": "betrokken"}):  # fmt: skip
        vooraf = afdruk()
        assert (fout, client.post(pad, {**goed, **fout}).status_code) == (fout, 422)
        assert afdruk() == vooraf
    assert client.post(pad, goed).status_code == 302
    rij = Betrokkenheid.objects.get(rol="uitvoerder")
    einde = f"/betrokkenheden/{rij.pk}/beeindigen/"
    assert client.post(einde, {"per": "2026-10-01", "reden": "Blijft staan"}).status_code == 422
    assert client.post(einde, {"per": "2026-11-21", "reden": "Klaar"}).status_code == 302
    antwoord = client.post(einde, {"per": "2026-11-22", "reden": "Nog eens"})
    assert (antwoord.status_code, "Dit was al beëindigd per 21-11-2026." in tekst(antwoord)) == (422, True)
    rij.refresh_from_db()
    assert (rij.tot, rij.reden) == (datetime.date(2026, 11, 21), "Klaar")


def test_a_legal_track_and_its_stages(mensen: Mensen, als: Als, dossier: Dossier) -> None:
    client, pad = als(mensen.eigen), "/maatregelen/2024-2-03/wetstraject/"
    stap = {"fase": "tweede_kamer", "bereikt_op": "2026-11-01", "bron": "kst-1"}
    assert client.post(pad, stap).status_code == 404
    assert client.post(pad, {"soort": "wet", "dossier": "36 333", "versie": "0"}).status_code == 302
    antwoord = client.post(pad, {"soort": "amvb", "dossier": "mijn tekst", "versie": "0"})
    assert (antwoord.status_code, 'value="mijn tekst"' in tekst(antwoord)) == (409, True)
    assert client.post(pad, {"soort": "amvb", "dossier": "36 333", "versie": "1"}).status_code == 302
    for fout in ({"fase": "x"}, {"bereikt_op": "2026-11-23"}, {"bron": " "}):
        antwoord = client.post(pad, {**stap, "bron": "Getypte bron", **fout})
        assert (fout, antwoord.status_code) == (fout, 422)
        assert ("Getypte bron" in tekst(antwoord)) is ("bron" not in fout)
    assert client.post(pad, stap).status_code == 302
    assert client.post(pad, stap).status_code == 422
    assert Wetsstap.objects.get().door == mensen.eigen


def test_succession_in_both_directions(mensen: Mensen, als: Als, dossier: Dossier) -> None:
    MaatregelFactory(code="2018-1-01", geldt_vanaf=datetime.date(2018, 3, 29))
    client, pad = als(mensen.eigen), "/maatregelen/2024-2-03/opvolging/nieuw/"
    goed = {"richting": "uit", "ander": " 2018-1-01 ", "soort": "versmald", "toelichting": "Zo staat het er."}
    for fout in ({"ander": "bestaat-niet"}, {"ander": "2024-2-03"}, {"richting": "voort"}, {"soort": ""},
                 {"ander": "x\x00"}, {"ander": LANG}):  # fmt: skip
        antwoord = client.post(pad, {**goed, **fout})
        assert (fout, antwoord.status_code, "Zo staat het er.</textarea>" in tekst(antwoord)) == (fout, 422, True)
    assert client.post(pad, goed).status_code == 302
    rij = Opvolging.objects.latest("pk")
    assert (rij.van.code, rij.naar.code, rij.door) == ("2018-1-01", "2024-2-03", mensen.eigen)
    assert client.post(pad, goed).status_code == 422
    assert als(mensen.vreemd).post(f"/opvolging/{rij.pk}/terugnemen/").status_code == 403
    assert client.post(f"/opvolging/{rij.pk}/terugnemen/").status_code == 302
    assert not Opvolging.objects.filter(pk=rij.pk).exists()


def test_a_source_text(mensen: Mensen, als: Als, dossier: Dossier) -> None:
    Maatregel.objects.filter(code="2024-2-03").update(regel_van=2, regel_tot=2)
    client, pad = als(mensen.secretariaat), "/agendas/2024/brontekst/"

    def stuur(inhoud: bytes, naam: str = "agenda.txt") -> HttpResponse:
        antwoord: HttpResponse = client.post(pad, {"bestand": SimpleUploadedFile(naam, inhoud)})
        return antwoord

    for inhoud in (b"", b"\xff\xfe", b"nul\x00", b"een regel", b"x" * (2 * 1024 * 1024 + 1)):
        antwoord = stuur(inhoud)
        assert antwoord.status_code == 422, inhoud[:20]
        assert "Dit is nog niet opgeslagen." in tekst(antwoord)
    assert client.post(pad, {}).status_code == 422
    assert not Brontekst.objects.exists()
    assert stuur(b"een\n" + KWAAD.encode()).status_code == 302
    brontekst = Brontekst.objects.get()
    assert (brontekst.agenda, brontekst.bestandsnaam, brontekst.bijgevoegd_door) == (
        dossier.agenda, "agenda.txt", mensen.secretariaat,
    )  # fmt: skip
    assert f"<mark>{VEILIG}</mark>" in tekst(client.get("/maatregelen/2024-2-03/"))

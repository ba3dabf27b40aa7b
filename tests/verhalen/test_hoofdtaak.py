"""The main job of each role, walked in a browser; what the next step needs, the story before it did not do."""

import datetime
import email
import email.policy
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.verhalen.conftest import Bezoek, Dienst, eigen_dienst

AENM = "dossier.aenm@voorbeeld.nl"
SZW = "dossier.szw@voorbeeld.nl"
SECRETARIAAT = "secretariaat@voorbeeld.nl"
PARTNER = "partner.vng@voorbeeld.nl"
BEHEER = "beheer@voorbeeld.nl"
VERDEELBESLUIT = "/maatregelen/2024-2-03/"

Openen = Callable[..., Bezoek]


@pytest.fixture(scope="module")
def dienst(geladen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """A product in which nobody worked yet: who is mailed what is counted."""
    with eigen_dienst(geladen, "hoofdtaak", tmp_path_factory.mktemp("hoofdtaak")) as draaiend:
        yield draaiend


def test_a_stranger_sees_the_door_and_what_must_be_public(bezoek: Openen, dienst: Dienst) -> None:
    gast = bezoek()
    for pad in ("/mijn/", "/personen/", f"{VERDEELBESLUIT}wijzigen/", "/agendas/nieuw/"):
        gast.naar(pad)
        assert gast.pagina.url.startswith(f"{dienst.adres}/inloggen/?next=")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"{dienst.adres}/api/v1/maatregelen")
    # For everybody: the documents that were sent to parliament, and nothing of the others on any list.
    gast.naar("/agendas/")
    adressen = gast.pagina.locator("main a[href^='/agendas/20']").evaluate_all(
        "as => as.map(a => a.getAttribute('href'))"
    )
    assert set(adressen) == {"/agendas/2018/", "/agendas/2026/"}
    gast.bekijk("bezoeker-agendas")
    for pad, naam in (("/", "vandaag"), ("/maatregelen/", "maatregelen"), ("/termijnen/", "termijnen")):
        gast.naar(pad)
        jaren = gast.pagina.locator("main a[href^='/maatregelen/20']").evaluate_all(
            "as => as.map(a => a.getAttribute('href').split('/')[2].slice(0, 4))"
        )
        assert set(jaren) <= {"2018", "2026"}
        gast.bekijk(f"bezoeker-{naam}")
    gast.naar("/maatregelen/2026-4-05/")
    assert gast.pagina.locator("main form[method=post]").count() == 0
    gast.bekijk("bezoeker-maatregel")
    for pad in (VERDEELBESLUIT, "/agendas/2024/", "/agendas/2023/"):
        gast.naar(pad, verwacht=404)
    gast.fouten.clear()  # the browser itself reports the 404
    gast.naar("/inloggen/")
    gast.bekijk("inloggen")
    gast.naar("/toegankelijkheid/")
    gast.bekijk("toegankelijkheid")
    tekst = urllib.request.urlopen(f"{dienst.adres}/.well-known/security.txt").read().decode()
    assert re.search(r"^Contact: ", tekst, re.M)
    assert re.search(r"^Expires: ", tekst, re.M)


def test_a_wrong_password_is_refused_without_saying_which_half_was_wrong(bezoek: Openen) -> None:
    gast = bezoek()
    meldingen = []
    for login in (AENM, "bestaat.niet@voorbeeld.nl"):
        gast.naar("/inloggen/")
        gast.pagina.fill("input[name=login]", login)
        gast.pagina.fill("input[name=password]", "niet-het-wachtwoord")
        gast.pagina.click("main button[type=submit]")
        assert gast.pagina.input_value("input[name=login]") == login
        meldingen.append(gast.pagina.locator("main").inner_text().replace(login, ""))
    assert meldingen[0] == meldingen[1]


def test_every_page_of_a_reader_is_fit_to_be_seen(bezoek: Openen) -> None:
    lezer = bezoek(PARTNER)
    for pad, naam in (
        ("/", "vandaag"),
        ("/agendas/", "agendas"),
        ("/agendas/2018/", "agenda-2018"),
        ("/agendas/2024/", "agenda-2024"),
        ("/agendas/2025/", "agenda-2025"),
        ("/agendas/2026/", "agenda-2026"),
        ("/maatregelen/", "maatregelen"),
        ("/maatregelen/?agenda=2026&trekker=false", "maatregelen-gefilterd"),
        ("/maatregelen/?zoek=bestaatnietergens", "maatregelen-leeg"),
        (VERDEELBESLUIT, "maatregel-2024-2-03"),
        ("/maatregelen/2026-4-05/", "maatregel-2026-4-05"),
        ("/maatregelen/2018-4-08/", "maatregel-2018-4-08"),
        ("/termijnen/", "termijnen"),
        ("/organisaties/", "organisaties"),
        ("/organisaties/aenm/", "organisatie-aenm"),
        ("/cijfers/", "cijfers"),
        ("/mijn/", "mijn"),
    ):
        lezer.naar(pad)
        lezer.bekijk(naam)
    rijk = bezoek(SZW)  # a draft that was never adopted is for the Rijk alone
    rijk.naar("/agendas/2023/")
    expect(rijk.pagina.get_by_text("Concept", exact=False).first).to_be_visible()
    rijk.bekijk("agenda-2023")
    lezer.naar("/agendas/2023/", verwacht=404)
    lezer.naar("/maatregelen/bestaat-niet/", verwacht=404)
    lezer.fouten.clear()  # the browser itself reports the 404
    lezer.bekijk("niet-gevonden")


def test_five_agendas_are_on_screen_and_history_asks_for_nothing(bezoek: Openen) -> None:
    lezer = bezoek(SECRETARIAAT)
    pagina = lezer.naar("/agendas/")
    adressen = pagina.locator("main a[href^='/agendas/20']").evaluate_all("as => as.map(a => a.getAttribute('href'))")
    assert set(adressen) == {f"/agendas/{jaar}/" for jaar in (2018, 2023, 2024, 2025, 2026)}
    lezer.naar("/")
    vraagt = lezer.pagina.locator("main a[href^='/maatregelen/20']").evaluate_all(
        "as => as.map(a => a.getAttribute('href').split('/')[2].slice(0, 4))"
    )
    assert set(vraagt) <= {"2024", "2025", "2026"}
    assert "2026" in vraagt


def test_pages_as_of_the_first_of_2025_show_three_documents(bezoek: Openen) -> None:
    lezer = bezoek(SECRETARIAAT)
    pagina = lezer.naar("/agendas/?peildatum=2025-01-01")
    adressen = pagina.locator("main a[href^='/agendas/20']").evaluate_all("as => as.map(a => a.getAttribute('href'))")
    assert {adres.split("/")[2] for adres in adressen} == {"2018", "2023", "2024"}
    expect(pagina.get_by_text("1 januari 2025").first).to_be_visible()
    lezer.bekijk("agendas-peildatum")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_dossierhouder_changes_a_status_in_two_clicks_and_a_sentence(bezoek: Openen, javascript: bool) -> None:
    code = "2024-1-02" if javascript else "2024-1-03"
    mens = bezoek(AENM, javascript=javascript)
    pagina = mens.naar(f"/maatregelen/{code}/")
    pagina.get_by_label("in voorbereiding", exact=True).check()
    pagina.get_by_label("Reden").first.fill("Het voorstel ligt bij de Raad van State.")
    pagina.get_by_role("button", name="Wijzig status").click()
    expect(pagina).to_have_url(f"{mens.dienst.adres}/maatregelen/{code}/")
    tekst = pagina.locator("main").inner_text()
    assert "Het voorstel ligt bij de Raad van State." in tekst
    assert "in voorbereiding" in tekst
    if javascript:
        mens.bekijk("maatregel-na-statuswijziging")
        mens.naar("/")
        mens.bekijk("vandaag-dossierhouder")


def test_a_reason_is_asked_for_and_nothing_typed_is_lost(bezoek: Openen) -> None:
    mens = bezoek(AENM, javascript=False)
    pagina = mens.naar("/maatregelen/2024-1-04/")
    pagina.locator("form[action$='/status/']").evaluate("f => f.noValidate = true")
    pagina.get_by_label("in uitvoering", exact=True).check()
    pagina.get_by_role("button", name="Wijzig status").click()
    assert "waarom de status wijzigt" in pagina.locator("main").inner_text()
    assert pagina.get_by_label("in uitvoering", exact=True).is_checked()
    mens.fouten.clear()


def test_two_people_at_once_overwrite_nothing(bezoek: Openen) -> None:
    een, ander = bezoek(AENM), bezoek(SZW)  # both are responsible here
    for mens in (een, ander):
        mens.naar("/maatregelen/2024-4-02/")
    een.pagina.get_by_label("in uitvoering", exact=True).check()
    een.pagina.get_by_label("Reden").first.fill("De eerste cursussen lopen.")
    een.pagina.get_by_role("button", name="Wijzig status").click()
    expect(een.pagina.get_by_text("De eerste cursussen lopen.")).to_be_visible()

    ander.pagina.get_by_label("aangehouden", exact=True).check()
    ander.pagina.get_by_label("Reden").first.fill("Wij wachten op het kabinet.")
    ander.pagina.get_by_role("button", name="Wijzig status").click()
    tekst = ander.pagina.locator("main").inner_text()
    assert "Iemand anders heeft dit gewijzigd" in tekst
    assert "De eerste cursussen lopen." in tekst
    assert ander.pagina.get_by_label("Reden").first.input_value() == "Wij wachten op het kabinet."
    ander.fouten.clear()  # the browser itself reports the 409
    ander.bekijk("maatregel-verouderd")
    ander.pagina.get_by_role("button", name="Wijzig status").click()
    expect(ander.pagina.get_by_text("Wij wachten op het kabinet.")).to_be_visible()
    ander.naar("/maatregelen/2024-4-02/")
    assert "aangehouden" in ander.pagina.locator("main").inner_text()


@pytest.mark.parametrize("login", [SZW, PARTNER, BEHEER])
def test_a_stranger_to_a_measure_sees_it_and_cannot_change_it(bezoek: Openen, login: str) -> None:
    vreemd = bezoek(login)
    pagina = vreemd.naar(VERDEELBESLUIT)
    assert pagina.get_by_role("button", name="Wijzig status").count() == 0
    assert pagina.get_by_role("link", name=re.compile("wijzigen|toevoegen|bijhouden", re.I)).count() == 0
    koekjes = {koekje["name"]: koekje["value"] for koekje in pagina.context.cookies()}
    csrf = pagina.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    antwoord = pagina.context.request.post(
        f"{vreemd.dienst.adres}{VERDEELBESLUIT}status/",
        form={"naar": "uitgevoerd", "toelichting": "Zomaar.", "versie": "1", "csrfmiddlewaretoken": csrf},
        headers={"Referer": vreemd.dienst.adres + VERDEELBESLUIT},
    )
    assert antwoord.status == 403, koekjes
    vreemd.naar(VERDEELBESLUIT)
    assert "Zomaar." not in pagina.content()


def test_the_secretariaat_assigns_an_owner_and_the_owner_reports(bezoek: Openen) -> None:
    bureau = bezoek(SECRETARIAAT)
    pagina = bureau.naar("/maatregelen/2026-8-05/")
    bureau.bekijk("maatregel-secretariaat")
    formulier = pagina.locator("form[action$='/trekker/']")
    if not formulier.is_visible():
        pagina.locator("details:has(form[action$='/trekker/']) > summary").click()
    keuze = formulier.locator("select option", has_text="SZW").first.get_attribute("value")
    formulier.locator("select").first.select_option(keuze)
    formulier.locator("textarea, input[type=text]").first.fill("SZW gaat over de taallessen.")
    formulier.get_by_role("button").click()
    expect(pagina).to_have_url(f"{bureau.dienst.adres}/maatregelen/2026-8-05/")
    assert "SZW" in pagina.locator("main").inner_text()

    trekker = bezoek(SZW)
    pagina = trekker.naar("/maatregelen/2026-8-05/")
    pagina.locator("details:has(form[action$='/voortgang/']) > summary").click()
    formulier = pagina.locator("form[action$='/voortgang/']")
    formulier.get_by_label("op schema").check()
    formulier.locator("textarea").fill("De eerste lessen beginnen in maart.")
    formulier.get_by_role("button").click()
    tekst = pagina.locator("main").inner_text()
    assert "De eerste lessen beginnen in maart." in tekst
    assert re.search(r"volgens .*SZW.* op schema", tekst), tekst


def test_the_secretariaat_makes_an_agenda_down_to_a_milestone(bezoek: Openen) -> None:
    bureau = bezoek(SECRETARIAAT)
    pagina = bureau.naar("/agendas/nieuw/")
    bureau.bekijk("agenda-nieuw")
    pagina.get_by_label("Titel", exact=True).fill("Proefagenda inburgering")
    pagina.get_by_label("Adresnaam").fill("proef-2026")
    pagina.get_by_label("Documentdatum").fill("2026-11-02")
    pagina.get_by_label("Geldt vanaf").fill("2026-11-02")
    pagina.locator("select[name=soort]").select_option("gezamenlijk")
    pagina.locator("select[name=staat]").select_option("concept")
    pagina.locator("main form button[type=submit]").last.click()
    expect(pagina).to_have_url(re.compile(r"/agendas/proef-2026/$"))
    pagina.goto(f"{bureau.dienst.adres}/agendas/proef-2026/pijlers/nieuw/")
    pagina.get_by_label("Nummer").fill("1")
    pagina.get_by_label("Titel", exact=True).fill("Taal")
    pagina.locator("main form button[type=submit]").last.click()
    pagina.locator("a[href$='/maatregelen/nieuw/']").first.click()
    pagina.get_by_label("Titel", exact=True).fill("Taaltoets vernieuwen")
    pagina.locator("select[name=soort]").select_option("beleid")
    pagina.locator("main form button[type=submit]").last.click()
    expect(pagina).to_have_url(re.compile(r"/maatregelen/proef-2026-1-01/$"))
    pagina.goto(f"{bureau.dienst.adres}/maatregelen/proef-2026-1-01/mijlpalen/nieuw/")
    bureau.bekijk("mijlpaal-nieuw")
    pagina.locator("[name=omschrijving]").fill("Nieuwe toets in gebruik")
    pagina.locator("[name=termijn_tekst]").fill("voor de zomer van 2027")
    expect(pagina.locator("[data-lezing]")).to_contain_text("t/m 20 juni 2027")
    pagina.locator("main form button[type=submit]").last.click()
    expect(pagina).to_have_url(re.compile(r"/maatregelen/proef-2026-1-01/"))
    tekst = pagina.locator("main").inner_text()
    assert "Nieuwe toets in gebruik" in tekst
    assert "voor de zomer van 2027" in tekst


def test_the_beheerder_keeps_people_and_their_roles(bezoek: Openen) -> None:
    beheer = bezoek(BEHEER)
    beheer.naar("/personen/")
    beheer.bekijk("personen")
    beheer.naar("/personen/nieuw/")
    beheer.bekijk("persoon-nieuw")
    beheer.pagina.locator("[name=functie]").fill("Dossierhouder OCW")
    beheer.pagina.locator("[name=email]").fill("dossier.ocw@voorbeeld.nl")
    beheer.pagina.locator("main form button[type=submit]").last.click()
    beheer.naar("/personen/")
    assert "Dossierhouder OCW" in beheer.pagina.locator("main").inner_text()
    vreemd = bezoek(SECRETARIAAT)
    vreemd.naar("/personen/", verwacht=403)


def test_the_deadline_of_2024_is_mailed_once_to_who_took_over(dienst: Dienst) -> None:
    voor = len(dienst.mails())
    eerste = dienst.manage("verstuur_herinneringen", "--vandaag", "2024-12-17")
    over = [tekst for tekst in dienst.mails() if f"{VERDEELBESLUIT}" in tekst.replace("=\r\n", "").replace("=\n", "")]
    assert len(over) == 1, eerste
    bericht = email.message_from_string(over[0], policy=email.policy.default)
    assert bericht["To"] == AENM
    inhoud = bericht.get_body(("plain",))
    assert inhoud is not None
    assert "voor 31 december 2024" in inhoud.get_content()
    assert f"{VERDEELBESLUIT}" in inhoud.get_content()
    tussen = len(dienst.mails())
    dienst.manage("verstuur_herinneringen", "--vandaag", "2024-12-17")
    dienst.manage("verstuur_herinneringen", "--vandaag", "2024-12-18")
    assert len(dienst.mails()) == tussen > voor


def test_a_follower_is_mailed_by_worker_and_clock(bezoek: Openen, dienst: Dienst) -> None:
    """Follows as a partner, changes as the owner; Celery's worker and beat do the rest within two ticks."""
    volger = bezoek(PARTNER)
    pagina = volger.naar("/maatregelen/2024-2-08/")
    pagina.locator("form[action$='/volgen/'] button").click()
    expect(pagina).to_have_url(f"{dienst.adres}/maatregelen/2024-2-08/")

    eigenaar = bezoek(AENM)
    pagina = eigenaar.naar("/maatregelen/2024-2-08/")
    pagina.get_by_label("in uitvoering", exact=True).check()
    pagina.get_by_label("Reden").first.fill("De regeling is gepubliceerd.")
    pagina.get_by_role("button", name="Wijzig status").click()
    expect(pagina.get_by_text("De regeling is gepubliceerd.")).to_be_visible()

    worker = ("celery", "-A", "migratie", "worker", "--pool", "threads", "--concurrency", "1", "--loglevel", "WARNING")
    dienst.start(*worker, "--without-gossip", "--without-mingle", "--without-heartbeat")
    dienst.start("celery", "-A", "migratie", "beat", "--schedule", str(dienst.var / "beat"), "--pidfile=")
    einde = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=150)
    while datetime.datetime.now(datetime.UTC) < einde:
        gevonden = [
            bericht
            for tekst in dienst.mails()
            if (bericht := email.message_from_string(tekst, policy=email.policy.default))["To"] == PARTNER
        ]
        if gevonden:
            break
        volger.pagina.wait_for_timeout(1000)
    else:
        pytest.fail("no mail within 150 seconds")
    inhoud = gevonden[0].get_body(("plain",))
    assert inhoud is not None
    assert "De regeling is gepubliceerd." in inhoud.get_content()
    assert "/maatregelen/2024-2-08/" in inhoud.get_content()
    volger.naar("/mijn/")
    volger.bekijk("mijn-volger")


def test_a_script_pages_through_all_measures_with_one_token(dienst: Dienst) -> None:
    sleutel = dienst.manage("maak_token", "--gebruiker", SECRETARIAAT).strip()
    codes: list[str] = []
    adres: str | None = f"{dienst.adres}/api/v1/maatregelen?pageSize=100&agenda=2018"
    for agenda in (2018, 2023, 2024, 2025, 2026):
        adres = f"{dienst.adres}/api/v1/maatregelen?pageSize=50&agenda={agenda}"
        while adres:
            vraag = urllib.request.Request(adres, headers={"Authorization": f"Token {sleutel}"})
            with urllib.request.urlopen(vraag) as antwoord:
                bladzijde = json.load(antwoord)
            codes += [rij["code"] for rij in bladzijde["results"]]
            adres = bladzijde["next"]
    assert len(codes) == len(set(codes)) == 322


def test_leaving_takes_one_click(bezoek: Openen) -> None:
    mens = bezoek(PARTNER)
    mens.pagina.get_by_role("link", name="Uitloggen").first.click()
    mens.naar("/mijn/")
    assert "/inloggen/" in mens.pagina.url

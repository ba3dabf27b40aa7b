"""Stories of strangers: they guess names and numbers, send forms from elsewhere, put another host in the address, ask
by other verbs, and take a link that should lead away. Addresses come from the URL conf.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maatregelen.models import Agenda, Meting, Persoon, Zichtniveau
from regietafel.models import Vergadering
from tests.conftest import Mensen
from tests.regietafel.test_niets_van_later import MOMENT, NAAM, adressen, routes
from tests.regietafel.twee_werelden import VROEG, VROEG_MERK, wereld
from tests.toegang.buitenstaan import zonder_eigen
from toegang.links import verstuur, vraag_herstel
from toegang.sleutels import Sleutelwens, laatste_dag, maak_sleutel

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]
Sleutel = Callable[..., dict[str, str]]
NERGENS = {"int": "999999999", "slug": "bestaat-niet", "uuid": "5c1b5a53-2f7c-4a55-a1b2-5f0bb2b4c2a2", "str": "niets"}
# Names of what is there for everybody at the table; what hangs under them is asked as well.
VOOR_ALLEN = (
    "organisaties/<", "api/v1/organisaties/<", "beheer/", "cijfers/<", "api/v1/indicatoren/<", "personen/<",
    "vergaderingen/reeksen/<", "afmelden/<", "logboek/<",
)  # fmt: skip
ONVEILIG = ("post", "put", "patch", "delete")


@pytest.fixture
def geheim_dossier(mensen: Mensen) -> dict[str, Any]:
    """One of everything, of one organisation and for nobody else."""
    rijen = wereld(VROEG_MERK, VROEG, mensen.eigen)
    weg = {"zichtbaarheid": Zichtniveau.EIGEN, "afgeschermd_voor": rijen["org"]}
    Agenda.objects.filter(pk=rijen["agenda"].pk).update(**weg)
    Vergadering.objects.filter(pk=rijen["tafel"].pk).update(**weg)
    Meting.objects.update(agenda=rijen["agenda"])
    return rijen


def gelijk_aan_niets(client: Client, methode: str, kop: dict[str, str]) -> tuple[dict[str, Any], int]:
    """Addresses of what may not be seen that answer, or cost, anything else than what is not; how many were asked."""
    verschil, aantal = {}, 0
    for route, _ in routes():
        if not NAAM.search(route) or route.startswith(VOOR_ALLEN):
            continue
        # A sent form takes the secret from the session, where opening the link put it; its address is not read.
        if methode == "post" and route.startswith("wachtwoord-kiezen/<"):
            continue
        kop_ = kop if route.startswith("api/") else {}
        leeg = "/" + re.sub(r"<(\w+):\w+>", lambda m: NERGENS[m[1]], route)
        for adres in adressen(route)[:2]:
            uit = []
            for pad in (leeg, adres):
                vast = set(re.split(r"[/.]", route))
                # A number by itself says too little to take it out.
                echo = [pad, *(deel for deel in re.split(r"[/.]", pad) if len(deel) > 4 and deel not in vast)]
                with CaptureQueriesContext(connection) as vragen:
                    antwoord = getattr(client, methode)(pad, headers=kop_)
                tekst = antwoord.content.decode() if not antwoord.streaming else "bestand"
                uit.append((antwoord.status_code, zonder_eigen(tekst, *echo), len(vragen)))
            aantal += 1
            if uit[0] != uit[1]:
                verschil[adres] = [(code, vragen) for code, _, vragen in uit]
    return verschil, aantal


@pytest.mark.parametrize("wie", ["bezoeker", "partner", "vreemd", "rolloos"])
def test_what_may_not_be_seen_is_as_what_is_not(
    wie: str, geheim_dossier: dict[str, Any], mensen: Mensen, als: Als, sleutel: Sleutel
) -> None:
    """The same answer to the letter, after the same number of questions to the database."""
    persoon = None if wie == "bezoeker" else getattr(mensen, wie)
    with time_machine.travel(MOMENT, tick=False):
        client = Client() if persoon is None else als(persoon)
        kop = sleutel(persoon, schrijven=True) if persoon else {}
        for methode in ("get", "post"):
            verschil, aantal = gelijk_aan_niets(client, methode, kop)
            assert verschil == {}
            assert aantal > 90


def test_the_key_of_another_organisation_opens_nothing_of_this_one(
    geheim_dossier: dict[str, Any], mensen: Mensen, sleutel: Sleutel
) -> None:
    kop = sleutel(mensen.vreemd, schrijven=True)
    m = geheim_dossier["maatregel"]
    client = Client()
    assert client.get(f"/api/v1/maatregelen/{m.code}", headers=kop).status_code == 404
    assert client.get("/api/v1/maatregelen", headers=kop).json()["count"] == 0
    for pad, inhoud in (
        (f"/api/v1/maatregelen/{m.code}/status", {"status": "in_voorbereiding", "toelichting": "x"}),
        (f"/api/v1/maatregelen/{m.code}/mijlpalen", {"omschrijving": "x", "termijnTekst": "2027"}),
        (f"/api/v1/actiepunten/{geheim_dossier['actie'].code}/stand", {"stand": "afgerond", "toelichting": "x"}),
    ):
        assert client.post(pad, inhoud, content_type="application/json", headers=kop).status_code == 404


def test_a_key_in_a_session_or_a_session_in_a_key_adds_nothing(mensen: Mensen, als: Als, sleutel: Sleutel) -> None:
    """With both, the key says who asks; a key that does not work is not made good by a session."""
    client = als(mensen.beheerder)
    assert client.get("/api/v1/agendas", headers={"Authorization": "Token rgm_niets"}).status_code == 401
    assert client.get("/beheer/rollen/", headers=sleutel(mensen.partner)).status_code == 200
    assert Client().get("/mijn/", headers=sleutel(mensen.beheerder)).status_code == 302


def test_every_unsafe_question_needs_the_token_of_a_form(
    mensen: Mensen, als: Als, geheim_dossier: dict[str, Any]
) -> None:
    """From another site, with the session of somebody who may do everything: nothing is done on any address."""
    client = als(mensen.beheerder)
    client.handler.enforce_csrf_checks = True
    client.raise_request_exception = False
    anders, aantal = {}, 0
    for route, _ in routes():
        for adres in adressen(route)[:1]:
            for methode in ONVEILIG:
                antwoord = getattr(client, methode)(adres, headers={"Origin": "https://kwaad.example"})
                aantal += 1
                if antwoord.status_code not in (403, 405):
                    anders[f"{methode} {route}"] = antwoord.status_code
    # One click in a mail program: the address itself is the secret, and nobody's session counts.
    assert anders == {"post afmelden/<str:token>/": 404}
    assert aantal > 600
    assert client.get("/mijn/").status_code == 200


def test_a_key_needs_no_token_of_a_form(mensen: Mensen, sleutel: Sleutel) -> None:
    client = Client(enforce_csrf_checks=True)
    kop = sleutel(mensen.eigen, schrijven=True)
    assert (
        client.post("/api/v1/maatregelen/x/status", {}, content_type="application/json", headers=kop).status_code == 404
    )


VREEMD = ("kwaad.example", "testserver.kwaad.example", "testserver@kwaad.example", "127.0.0.1:80@kwaad.example", "")


@pytest.mark.parametrize("host", VREEMD)
def test_another_host_in_the_question_gets_nothing(host: str, mensen: Mensen, als: Als) -> None:
    for pad in ("/", "/agendas/", "/wachtwoord-vergeten/", "/api/v1", "/inloggen/"):
        antwoord = als(mensen.eigen).get(pad, HTTP_HOST=host)
        assert antwoord.status_code == 400
        assert "kwaad" not in antwoord.content.decode()


@pytest.mark.parametrize("naam", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-Url"])
def test_a_host_beside_it_is_not_believed(naam: str, mensen: Mensen, als: Als, sleutel: Sleutel) -> None:
    kop = {naam: "kwaad.example", "X-Forwarded-Server": "kwaad.example"}
    client = als(mensen.beheerder)
    for pad in ("/", "/mijn/", "/.well-known/security.txt", "/beheer/aanmeldpunten/", "/inloggen/"):
        assert "kwaad" not in client.get(pad, headers=kop).content.decode()
    antwoord = Client().get("/api/v1/maatregelen", {"pageSize": 1}, headers={**kop, **sleutel(mensen.eigen)})
    assert "kwaad" not in antwoord.content.decode()
    assert "kwaad" not in Client().get("/mijn/", headers=kop)["Location"]


def test_a_link_in_a_mail_is_to_our_own_address_whoever_asks_for_it(mensen: Mensen, settings: Any) -> None:
    antwoord = Client().post(
        "/wachtwoord-vergeten/", {"adres": mensen.eigen.email}, headers={"X-Forwarded-Host": "kwaad.example"}
    )
    assert antwoord.status_code in (200, 302)
    assert verstuur(timezone.now()) == 1
    tekst = mail.outbox[0].message().as_bytes().decode()
    assert "kwaad" not in tekst
    assert f"{settings.SITE_URL}/wachtwoord-kiezen/" in tekst.replace("=\n", "")
    assert vraag_herstel("x@voorbeeld.nl\r\nBcc: y@voorbeeld.nl", moment=timezone.now())
    assert verstuur(timezone.now()) == 0


ELDERS = (
    "https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example", "\\\\kwaad.example", "///kwaad.example",
    "javascript:kwaad()", "https:kwaad.example", "http:///kwaad.example", "\t//kwaad.example", "/\t/kwaad.example",
    "https://testserver@kwaad.example/", "%2F%2Fkwaad.example",
)  # fmt: skip
NAMEN_VAN_WEGEN = ("next", "terug", "volgende", "return", "url", "redirect", "redirect_to", "ga_naar", "naar")


@pytest.mark.parametrize("elders", ELDERS)
def test_no_address_sends_anybody_away(elders: str, mensen: Mensen, als: Als, geheim_dossier: dict[str, Any]) -> None:
    """By any name that usually says where to go, shown or sent."""
    weg, vraag = {}, dict.fromkeys(NAMEN_VAN_WEGEN, elders)
    for client in (Client(), als(mensen.beheerder)):
        client.raise_request_exception = False
        for route, _ in routes():
            if NAAM.search(route) or route.startswith("api/"):
                continue
            for antwoord in (client.get(f"/{route}", vraag), client.post(f"/{route}", vraag)):
                naar = antwoord.get("Location", "")
                # As browsers read it: a backslash is a slash, white space is nothing.
                gelezen = urljoin(
                    f"https://testserver/{route}", re.sub(r"[\t\r\n]", "", naar).strip().replace("\\", "/")
                )
                if not gelezen.startswith("https://testserver/"):
                    weg[route] = naar
                if antwoord["Content-Type"].startswith("text/html"):
                    for adres in re.findall(r'(?:href|action)="([^"]*kwaad[^"]*)"', antwoord.content.decode()):
                        if not adres.startswith(("/", "?", "#")) or adres.startswith("//"):
                            weg[route] = adres
    assert weg == {}


def test_other_verbs_do_nothing(mensen: Mensen, als: Als, geheim_dossier: dict[str, Any]) -> None:
    """What is neither reading nor a form is refused everywhere; a form behind another verb, or named in one, too."""
    client = als(mensen.beheerder)
    client.raise_request_exception = False
    anders = {}
    for route, pagina in routes():
        adres = adressen(route)[:1]
        if not adres or getattr(pagina, "cls", None) is not None:
            continue
        for antwoord, hoe in (
            (client.put(adres[0]), "put"),
            (client.patch(adres[0]), "patch"),
            (client.delete(adres[0]), "delete"),
            (client.trace(adres[0]), "trace"),
            (client.generic("KWAAD", adres[0]), "KWAAD"),
        ):
            if antwoord.status_code not in (302, 403, 404, 405):
                anders[f"{hoe} {route}"] = antwoord.status_code
    # A form that is sent without anything in it: asked again.
    assert anders == {"put bevestigen/": 200}
    m = geheim_dossier["maatregel"]
    eerder = m.status
    for kop in ({"X-HTTP-Method-Override": "POST"}, {"X-Method-Override": "DELETE"}):
        client.get(f"/maatregelen/{m.code}/status/", {"naar": "vervallen", "_method": "POST"}, headers=kop)
    m.refresh_from_db()
    assert m.status == eerder


def test_a_page_that_is_asked_by_its_head_only_says_no_more(mensen: Mensen, geheim_dossier: dict[str, Any]) -> None:
    for route, _ in routes():
        for adres in adressen(route)[:1]:
            hoofd, heel = Client().head(adres), Client().get(adres)
            assert (hoofd.status_code, hoofd.content) == (heel.status_code, b"")


def test_a_static_file_is_one_of_ours(client: Client) -> None:
    for pad in (
        "/static/../migratie/settings.py", "/static/..%2fmanage.py", "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd", "/static/css/../../manage.py", "/static/..\\manage.py", "/static/%00", "/static/",
        "/.git/config", "/var/geheim", "/manage.py", "/static/css/", "/static/.env",
    ):  # fmt: skip
        antwoord = client.get(pad)
        inhoud = b"".join(antwoord) if antwoord.streaming else antwoord.content
        assert antwoord.status_code in (302, 404), pad
        assert b"DJANGO_SETTINGS" not in inhoud
        assert b"root:" not in inhoud


def test_the_key_that_ended_at_this_moment_opens_nothing(mensen: Mensen) -> None:
    """The day after its last begins: by the clock of the server, to the second."""
    with time_machine.travel(MOMENT, tick=False):
        wens = Sleutelwens("proef", False, (), laatste_dag(MOMENT.date(), 1))
        rij, geheim = maak_sleutel(mensen.eigen, wens, door=mensen.eigen)
    assert rij.expiry is not None
    for verschil, code in ((-1, 200), (0, 401), (1, 401)):
        with time_machine.travel(rij.expiry + timezone.timedelta(seconds=verschil), tick=False):
            assert Client().get("/api/v1", headers={"Authorization": f"Token {geheim}"}).status_code == code


def test_every_address_that_is_there_was_asked() -> None:
    assert len(list(routes())) > 150

"""Coming in and going out, health, and what everybody may read without signing in."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client

from maatregelen.models import Persoon
from tests.conftest import Mensen
from tests.factories import AgendaFactory
from tests.paginatekst import queries, tekst

Als = Callable[[Persoon], Client]
WACHTWOORD = "een lang wachtwoord"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _vers() -> Iterator[None]:
    """Attempts to sign in are counted in the cache: each test begins with none."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def dossierhouder(mensen: Mensen) -> Persoon:
    """Somebody with a password."""
    mensen.eigen.set_password(WACHTWOORD)
    mensen.eigen.save()
    return mensen.eigen


def inloggen(client: Client, wachtwoord: str = WACHTWOORD, login: str = "eigen@voorbeeld.nl", **extra: str):  # type: ignore[no-untyped-def]
    return client.post("/inloggen/", {"login": login, "password": wachtwoord, **extra})


def binnen(client: Client) -> bool:
    return client.get("/mijn/").status_code == 200


def test_one_form_with_two_fields_and_no_dead_links(client: Client) -> None:
    inhoud = client.get("/inloggen/").content.decode()
    assert inhoud.count('name="login"') == 1
    assert inhoud.count('name="password"') == 1
    assert "placeholder" not in inhoud
    assert "signup" not in inhoud
    assert "reset" not in inhoud
    assert "remember" not in inhoud


def test_signing_in_leads_to_where_one_was_going(client: Client, dossierhouder: Persoon) -> None:
    antwoord = inloggen(client, next="/maatregelen/?status=aangekondigd")
    assert antwoord.status_code == 302
    assert antwoord["Location"] == "/maatregelen/?status=aangekondigd"
    assert binnen(client)


@pytest.mark.parametrize("elders", ["https://elders.example/", "//elders.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(client: Client, dossierhouder: Persoon, elders: str) -> None:
    antwoord = inloggen(client, next=elders)
    assert antwoord.status_code in (200, 302)
    assert "elders.example" not in antwoord.get("Location", "")
    assert "alert(1)" not in antwoord.get("Location", "")


@pytest.mark.parametrize(
    ("login", "wachtwoord"), [("eigen@voorbeeld.nl", "verkeerd wachtwoord"), ("niemand@voorbeeld.nl", WACHTWOORD)]
)
def test_a_wrong_address_and_a_wrong_password_read_the_same(
    client: Client, dossierhouder: Persoon, login: str, wachtwoord: str
) -> None:
    antwoord = inloggen(client, wachtwoord, login)
    assert antwoord.status_code == 200
    assert "U bent niet ingelogd." in tekst(antwoord)
    assert "e-mailadres en/of wachtwoord is niet correct" in tekst(antwoord)
    assert not binnen(client)


def test_who_keeps_guessing_has_to_wait(client: Client, dossierhouder: Persoon) -> None:
    for _ in range(5):
        inloggen(client, "verkeerd wachtwoord")
    antwoord = inloggen(client)
    assert "Te veel inlogpogingen." in tekst(antwoord)
    assert not binnen(client)


def test_a_flood_of_attempts_gets_a_page_in_dutch(client: Client, mensen: Mensen) -> None:
    antwoorden = [inloggen(client, "verkeerd wachtwoord", f"{nummer}@voorbeeld.nl") for nummer in range(31)]
    assert antwoorden[-1].status_code == 429
    assert "Wacht een paar minuten" in tekst(antwoorden[-1])


def test_who_is_not_active_is_told_so(client: Client, dossierhouder: Persoon) -> None:
    dossierhouder.is_active = False
    dossierhouder.save()
    antwoord = inloggen(client)
    assert antwoord["Location"] == "/inloggen/niet-actief/"
    assert "Uw account is niet actief" in tekst(client.get("/inloggen/niet-actief/"))
    assert not binnen(client)


def test_a_page_of_ours_signs_out_at_one_click(mensen: Mensen, als: Als) -> None:
    client = als(mensen.eigen)
    antwoord = client.get("/uitloggen/", headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"})
    assert antwoord["Location"] == "/inloggen/"
    assert not binnen(client)
    assert "U bent uitgelogd." in tekst(client.get("/inloggen/"))


@pytest.mark.parametrize(
    "koppen",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_anything_else_is_asked_first(mensen: Mensen, als: Als, koppen: dict[str, str]) -> None:
    client = als(mensen.eigen)
    antwoord = client.get("/uitloggen/", headers=koppen)
    assert antwoord.status_code == 200
    assert 'method="post"' in antwoord.content.decode()
    assert binnen(client)
    assert client.post("/uitloggen/")["Location"] == "/inloggen/"
    assert not binnen(client)


def test_signing_out_by_form_needs_the_token_of_the_form(mensen: Mensen) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mensen.eigen, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/uitloggen/").status_code == 403
    assert binnen(client)


def test_live_means_that_there_are_documents(client: Client) -> None:
    leeg = client.get("/health/live")
    assert (leeg.status_code, leeg.content) == (503, b"nog geen agenda's geladen\n")
    AgendaFactory()
    vol = client.get("/health/live?x=1")
    assert (vol.status_code, vol.content) == (200, b"ok\n")
    assert "no-store" in vol["Cache-Control"]
    assert queries(client, "/health/live") == 1


def test_ready_means_that_the_database_has_every_migration(client: Client) -> None:
    klaar = client.get("/health/ready")
    assert (klaar.status_code, klaar.content) == (200, b"ok\n")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'maatregelen'")
    open_ = client.get("/health/ready")
    assert open_.status_code == 503
    assert open_.content.startswith(b"nog ")


@pytest.mark.parametrize("pad", ["/health/live", "/health/ready"])
def test_without_a_database_health_says_so(client: Client, pad: str) -> None:
    def weg(*wat: object) -> None:
        raise OperationalError("de server sloot de verbinding")

    with connection.execute_wrapper(weg):
        antwoord = client.get(pad)
    assert (antwoord.status_code, antwoord.content) == (503, b"de database antwoordt niet\n")


def test_security_txt_is_valid_for_months(client: Client) -> None:
    with time_machine.travel(datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC), tick=False):
        antwoord = client.get("/.well-known/security.txt")
    assert antwoord["Content-Type"] == "text/plain; charset=utf-8"
    assert antwoord.content.decode().splitlines() == [
        "Contact: mailto:regiemonitor@voorbeeld.nl",
        "Expires: 2027-05-19T00:00:00Z",
        "Preferred-Languages: nl, en",
        "Canonical: http://127.0.0.1:8000/.well-known/security.txt",
        "Policy: http://127.0.0.1:8000/kwetsbaarheden/",
    ]
    assert "Een zwakke plek melden" in tekst(client.get("/kwetsbaarheden/"))


def test_everybody_reads_how_accessible_this_is(client: Client) -> None:
    antwoord = client.get("/toegankelijkheid/")
    assert antwoord.status_code == 200
    assert "in ontwikkeling" in tekst(antwoord)
    assert "regiemonitor@voorbeeld.nl" in tekst(antwoord)


@pytest.mark.parametrize("pad", ["/toegankelijkheid/", "/health/live", "/.well-known/security.txt", "/agendas/"])
def test_pages_that_show_change_nothing(mensen: Mensen, als: Als, pad: str) -> None:
    assert als(mensen.eigen).post(pad).status_code == 405

"""Who asks too much waits: at which number, for how long, counted for whom, and without asking the database."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from environs import Env, EnvError

from maatregelen.models import Persoon
from migratie.drukte import ZWARE_PAGINAS, te_druk
from migratie.startcontrole import grenzen_per_minuut
from tests.conftest import Mensen
from tests.paginatekst import tekst

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]
Sleutel = Callable[..., dict[str, str]]
BEGIN = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
MINUUT = datetime.timedelta(minutes=1)
LIJST = "/api/v1/organisaties"


@pytest.fixture(autouse=True)
def klok(settings: Any) -> Iterator[time_machine.Traveller]:
    """Two of everything a minute, four for who is not known."""
    settings.HOOGSTENS_PER_MINUUT = {
        "API_PER_MINUUT": 2, "API_BEZOEKER_PER_MINUUT": 4, "PAGINA_PER_MINUUT": 2, "PAGINA_BEZOEKER_PER_MINUUT": 4,
    }  # fmt: skip
    caches["drukte"].clear()
    with time_machine.travel(BEGIN, tick=False) as klok:
        yield klok
    caches["drukte"].clear()


def test_the_third_question_within_a_minute_is_refused_until_the_first_is_a_minute_ago(
    mensen: Mensen, sleutel: Sleutel, klok: time_machine.Traveller
) -> None:
    client, kop = Client(), sleutel(mensen.eigen)
    assert client.get(LIJST, headers=kop).status_code == 200
    klok.shift(10.5)
    assert client.get(LIJST, headers=kop).status_code == 200
    geweigerd = client.get(LIJST, headers=kop)
    assert (geweigerd.status_code, geweigerd["Retry-After"]) == (429, "50")
    assert geweigerd["Content-Type"] == "application/problem+json"
    assert geweigerd.json() == {
        "type": "about:blank", "title": "Te veel aanvragen", "status": 429, "instance": LIJST,
        "detail": "U vraagt nu meer dan kan. Wacht 50 seconden en ga dan verder.",
    }  # fmt: skip
    klok.move_to(BEGIN + MINUUT - datetime.timedelta(seconds=1))
    assert client.get(LIJST, headers=kop)["Retry-After"] == "1"
    klok.move_to(BEGIN + MINUUT)  # what was refused does not count
    assert client.get(LIJST, headers=kop).status_code == 200


def test_all_keys_of_one_person_count_together_and_those_of_another_apart(mensen: Mensen, sleutel: Sleutel) -> None:
    """From one address, as everybody at a ministry."""
    koppen = [sleutel(mensen.eigen), sleutel(mensen.eigen), sleutel(mensen.eigen), sleutel(mensen.collega)]
    assert [Client().get(LIJST, headers=kop).status_code for kop in koppen] == [200, 200, 429, 200]


def test_a_change_that_is_refused_changes_nothing(mensen: Mensen, sleutel: Sleutel) -> None:
    kop = sleutel(mensen.eigen, schrijven=True)
    codes = [
        Client().post("/api/v1/maatregelen/x/status", {}, content_type="application/json", headers=kop).status_code
        for _ in range(3)
    ]
    assert codes == [404, 404, 429]


def test_who_is_not_known_is_counted_by_address(mensen: Mensen, sleutel: Sleutel) -> None:
    pad = "/api/v1/openapi.json"
    een, ander = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    assert [een.get(pad).status_code for _ in range(5)] == [401] * 4 + [429]
    assert ander.get(pad).status_code == 401
    # Who has a key that works is not kept by somebody at the same address who has not.
    assert een.get(pad, headers=sleutel(mensen.eigen)).status_code == 200
    # A heading that anybody can write makes nobody another one.
    assert een.get(pad, headers={"X-Forwarded-For": "192.0.2.9"}).status_code == 429


def test_behind_the_own_proxy_the_visitor_counts(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(REMOTE_ADDR="10.0.0.1")
    codes = [
        client.get("/api/v1/openapi.json", headers={"X-Forwarded-For": f"198.51.100.{nummer}"}).status_code
        for nummer in (1, 1, 1, 1, 1, 2)
    ]
    assert codes == [401, 401, 401, 401, 429, 401]


@pytest.mark.parametrize("pad", ["/zoeken/?zoek=opvang", "/sinds/"])
def test_a_heavy_page_is_refused_in_words_and_the_others_are_not(
    pad: str, mensen: Mensen, als: Als, klok: time_machine.Traveller
) -> None:
    client = als(mensen.eigen)
    assert [client.get(pad).status_code for _ in range(2)] == [200, 200]
    geweigerd = client.get(pad)
    assert (geweigerd.status_code, geweigerd["Retry-After"]) == (429, "60")
    assert "U vraagt nu meer dan kan. Wacht 60 seconden en ga dan verder." in tekst(geweigerd)
    assert geweigerd["Content-Security-Policy"]
    assert [client.get("/maatregelen/").status_code for _ in range(4)] == [200] * 4
    assert als(mensen.collega).get(pad).status_code == 200
    klok.shift(60)
    assert client.get(pad).status_code == 200


def test_counting_asks_the_database_nothing(mensen: Mensen, als: Als, sleutel: Sleutel, settings: Any) -> None:
    kop, client = sleutel(mensen.eigen), als(mensen.eigen)
    aantallen = []
    for hoogstens in (0, 1000):
        settings.HOOGSTENS_PER_MINUUT = dict.fromkeys(settings.HOOGSTENS_PER_MINUUT, hoogstens)
        for vraag in (lambda: Client().get(LIJST, headers=kop), lambda: client.get("/zoeken/?zoek=opvang")):
            vraag()
            with CaptureQueriesContext(connection) as vragen:
                assert vraag().status_code == 200
            aantallen.append(len(vragen))
    assert aantallen[:2] == aantallen[2:]


def test_zero_is_no_limit(mensen: Mensen, sleutel: Sleutel, settings: Any) -> None:
    settings.HOOGSTENS_PER_MINUUT = dict.fromkeys(settings.HOOGSTENS_PER_MINUUT, 0)
    kop = sleutel(mensen.eigen)
    assert {Client().get(LIJST, headers=kop).status_code for _ in range(5)} == {200}


def test_every_heavy_page_is_there() -> None:
    def namen(deel: Any) -> Iterator[str | None]:
        for adres in deel.url_patterns:
            yield from namen(adres) if hasattr(adres, "url_patterns") else [adres.name]

    assert set(namen(get_resolver())) >= ZWARE_PAGINAS


def test_the_description_of_the_api_names_it(mensen: Mensen, sleutel: Sleutel) -> None:
    paden = Client().get("/api/v1/openapi.json", headers=sleutel(mensen.eigen)).json()["paths"]
    antwoorden = [methode["responses"] for methoden in paden.values() for methode in methoden.values()]
    assert [antwoord for antwoord in antwoorden if "Retry-After" not in antwoord["429"]["headers"]] == []


@pytest.mark.parametrize(
    ("seconden", "woorden"), [(None, "Wacht even en"), (1, "Wacht 1 seconde en"), (2, "Wacht 2 seconden en")]
)
def test_how_long_is_said_in_words(seconden: float | None, woorden: str) -> None:
    assert woorden in te_druk(seconden)


def test_limits_come_from_the_environment_and_fail_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(grenzen_per_minuut(Env(), demo=True).values()) == {0}
    assert min(grenzen_per_minuut(Env(), demo=False).values()) > 0
    monkeypatch.setenv("PAGINA_PER_MINUUT", "30")
    assert grenzen_per_minuut(Env(), demo=False)["PAGINA_PER_MINUUT"] == 30
    monkeypatch.setenv("PAGINA_PER_MINUUT", "-1")
    with pytest.raises(ImproperlyConfigured, match=r"^PAGINA_PER_MINUUT moet 0 \(geen grens\) of meer zijn\.$"):
        grenzen_per_minuut(Env(), demo=False)
    monkeypatch.setenv("PAGINA_PER_MINUUT", "veel")
    with pytest.raises(EnvError, match="PAGINA_PER_MINUUT"):
        grenzen_per_minuut(Env(), demo=False)

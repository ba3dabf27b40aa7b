"""What is sent to make the product work hard: JSON that is deep, long or huge, and texts on which a pattern would spend
time out of proportion.
"""

import ast
import datetime
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maatregelen.models import Persoon
from maatregelen.termijnen import lees, vind
from migratie.logregels import zonder_geheimen
from tests.conftest import Mensen
from tests.factories import MaatregelFactory

HUIS = Path(__file__).resolve().parents[2]
APPS = ("logboek", "maatregelen", "migratie", "regietafel", "toegang")
Sleutel = Callable[..., dict[str, str]]


def patronen() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern of the product, with where it stands; those made of parts are tried by what uses them."""
    for app in APPS:
        for pad in sorted((HUIS / app).rglob("*.py")):
            for knoop in ast.walk(ast.parse(pad.read_text())):
                if not (isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute) and knoop.args):
                    continue
                if not (isinstance(knoop.func.value, ast.Name) and knoop.func.value.id == "re"):
                    continue
                try:
                    tekst = ast.literal_eval(knoop.args[0])
                except ValueError:
                    continue
                if isinstance(tekst, str):
                    vlaggen = ast.unparse(knoop)
                    vlag = (re.IGNORECASE if "IGNORECASE" in vlaggen else 0) | (re.X if "VERBOSE" in vlaggen else 0)
                    yield f"{pad.relative_to(HUIS)}:{knoop.lineno}", re.compile(tekst, vlag)


STUKKEN = (
    "a", " ", "1", "-", "/", ".", ",", "<", "(", "\t", "\n", "a ", "1 ", "a.", "a-", "1.", "%2f", "&", "=", "'", "@",
    "ij", "rgm_", "http://", "\u00e9", "aA1", "[a](", "/kalender/", "<a href=\"", "?code=",
)  # fmt: skip


def teksten(lengte: int) -> Iterator[str]:
    """Texts of that length that repeat, ending with what fits nothing."""
    for stuk in STUKKEN:
        yield (stuk * (lengte // len(stuk) + 1))[:lengte] + "\x01"


def duur(doe: Callable[[str], Any], tekst: str) -> float:
    """The least of three times, in seconds."""
    uit = []
    for _ in range(3):
        begin = time.process_time()
        doe(tekst)
        uit.append(time.process_time() - begin)
    return min(uit)


LENGTE = 2000
# Twice the length takes twice the time, four times where a text is searched from each place; what explodes takes more,
# and long.
HOOGSTENS, TELT_VANAF = 6.0, 0.5


def te_traag(doe: Callable[[str], Any]) -> list[str]:
    """The texts on which this takes time out of proportion to their length."""
    uit = []
    for kort, lang in zip(teksten(LENGTE), teksten(2 * LENGTE), strict=True):
        eens, dubbel = duur(doe, kort), duur(doe, lang)
        if dubbel > TELT_VANAF and dubbel > HOOGSTENS * max(eens, 0.0005):
            uit.append(f"{kort[:12]!r}: {eens:.4f} s, {dubbel:.4f} s")
    return uit


def test_no_pattern_of_ours_explodes() -> None:
    gevonden, aantal = {}, 0
    for plek, patroon in patronen():
        aantal += 1
        for hoe in (patroon.search, patroon.fullmatch):
            if traag := te_traag(hoe):
                gevonden[plek] = traag
    assert gevonden == {}
    assert aantal > 40


@pytest.mark.parametrize("doe", [zonder_geheimen], ids=lambda doe: doe.__name__)
def test_nor_does_what_is_made_of_them(doe: Callable[[str], Any]) -> None:
    assert te_traag(doe) == []


def test_an_exploding_pattern_would_be_seen() -> None:
    """The measure itself: this one does explode, at a length of thirty."""
    kwaad = re.compile(r"(a|aa)+$")
    kort, lang = duur(kwaad.match, "a" * 14 + "b"), duur(kwaad.match, "a" * 28 + "b")
    assert lang > HOOGSTENS * max(kort, 0.0005)


@pytest.mark.django_db
def test_words_of_a_term_are_read_in_time(mensen: Mensen, sleutel: Sleutel) -> None:
    """The reader of terms, on the longest text that the page takes from whoever asks."""
    dag = datetime.date(2024, 12, 17)
    for stuk in ("voor ", "eind 2025 ", "1-1-2025 ", "kwartaal ", "januari ", "1" * 3, "en ", "uiterlijk ", "tot "):
        eens, dubbel = (duur(lambda t: (lees(t, dag), vind(t, dag)), (stuk * 600)[:n]) for n in (1000, 2000))
        assert dubbel < max(HOOGSTENS * eens, 0.5), stuk


DIEP = "[" * 100_000
GROOT = "9" * 5000
WARTAAL = (
    DIEP, DIEP + "]" * 100_000, '{"a":' * 50_000, GROOT, f'{{"status":{GROOT}}}', '{"status":1e999}', '{"status":NaN}',
    '{"status":-Infinity}', '{"status":"\\ud800"}', '{"status":"\\u0000"}', "[1]", "null", '"x"', "true", "{", "",
    '{"status":"x","status":"y"}', '{"versie":99999999999999999999999999}', '{"per":"9999999-99-99"}',
    '{"toelichting":' + '"' + "x" * 900_000 + '"}', '{"__class__":"x","__proto__":{"is_staff":true}}',
    '{"status":{"$gt":""}}', '{"status":["in_voorbereiding"]}', "\ufeff{}", "\x80", "{'a':1}", "<a/>",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("soort", ["application/json", "application/json; charset=utf-7"])
def test_no_body_breaks_the_api(soort: str, mensen: Mensen, sleutel: Sleutel) -> None:
    """Whatever is sent: refused in words, with the database hardly asked, and nothing kept."""
    m = MaatregelFactory(trekker=mensen.organisatie)
    kop = sleutel(mensen.eigen, schrijven=True)
    client = Client(raise_request_exception=False)
    for pad in (f"/api/v1/maatregelen/{m.code}/status", f"/api/v1/maatregelen/{m.code}/mijlpalen"):
        for inhoud in WARTAAL:
            begin = time.perf_counter()
            antwoord = client.generic("POST", pad, inhoud.encode("latin-1", "replace"), content_type=soort, headers=kop)
            assert antwoord.status_code in (400, 409, 413, 415), inhoud[:40]
            assert antwoord["Content-Type"] == "application/problem+json"
            assert time.perf_counter() - begin < 5
            assert len(antwoord.content) < 10_000
    m.refresh_from_db()
    assert m.status == "aangekondigd"
    assert m.mijlpalen.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "soort", ["application/xml", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_another_kind_of_body_is_refused(soort: str, mensen: Mensen, sleutel: Sleutel) -> None:
    m = MaatregelFactory(trekker=mensen.organisatie)
    kop = sleutel(mensen.eigen, schrijven=True)
    antwoord = Client().generic(
        "POST", f"/api/v1/maatregelen/{m.code}/status", b"status=x", content_type=soort, headers=kop
    )
    assert antwoord.status_code == 415


@pytest.mark.django_db
def test_no_form_breaks_on_thousands_of_fields_or_a_huge_one(mensen: Mensen, als: Callable[[Persoon], Client]) -> None:
    client = als(mensen.secretariaat)
    client.raise_request_exception = False
    assert client.post("/vergaderingen/nieuw/", {f"v{n}": "x" for n in range(2500)}).status_code == 400
    assert client.post(
        "/vergaderingen/nieuw/", {"titel": "x" * (6 * 1024 * 1024)}, content_type="application/x-www-form-urlencoded"
    ).status_code in (400, 413)
    for pad in ("/maatregelen/", "/zoeken/", "/sinds/", "/termijnen/lezen/", "/", "/logboek/"):
        for waarde in (GROOT, "x" * 5000, "\x00", "-1", "1e9", "٣", "\ud7ff" * 10, "%", "_" * 300, "'" * 300):
            for naam in ("zoek", "page", "bladzijde", "peildatum", "van", "tekst", "status"):
                with CaptureQueriesContext(connection) as vragen:
                    antwoord = client.get(pad, {naam: waarde})
                assert antwoord.status_code < 500, (pad, naam, waarde[:9])
                assert len(vragen) < 60

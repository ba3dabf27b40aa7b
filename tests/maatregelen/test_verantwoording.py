"""Everybody reads what is kept and how long, by the settings of this installation, and where to report a weakness."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from maatregelen.views.verantwoording import bewaartermijnen, duur

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("tijd", "woorden"),
    [
        (datetime.timedelta(days=365), "1 jaar"),
        (datetime.timedelta(days=730), "2 jaar"),
        (datetime.timedelta(days=400), "400 dagen"),
        (datetime.timedelta(days=1), "1 dag"),
        (datetime.timedelta(minutes=120), "2 uur"),
        (datetime.timedelta(minutes=90), "90 minuten"),
        (datetime.timedelta(minutes=1), "1 minuut"),
    ],
)
def test_a_time_is_told_in_the_unit_that_fits(tijd: datetime.timedelta, woorden: str) -> None:
    assert duur(tijd) == woorden


def test_what_is_kept_how_long_follows_the_settings(settings: Any) -> None:
    settings.STUKKEN_BEWAARDAGEN, settings.LOGBOEK_BEWAARDAGEN_PERSONEN = 30, 1825
    settings.SESSIE_HOOGSTENS, settings.SESSIE_STIL = datetime.timedelta(hours=8), datetime.timedelta(minutes=45)
    settings.HERSTEL_GELDIG, settings.UITNODIGING_GELDIG = datetime.timedelta(minutes=20), datetime.timedelta(days=3)
    tekst = " | ".join(f"{wat}: {hoe}" for wat, hoe in bewaartermijnen())
    for zin in (
        "Hoogstens 8 uur, en 45 minuten als u niets doet.",
        "Werkt 20 minuten, en één keer.",
        "Werkt 3 dagen, en één keer.",
        "Na 5 jaar halen wij weg wie het was",
        "Het bestand: 30 dagen.",
    ):
        assert zin in tekst
    settings.STUKKEN_BEWAARDAGEN = settings.LOGBOEK_BEWAARDAGEN_PERSONEN = 0
    tekst = " | ".join(f"{wat}: {hoe}" for wat, hoe in bewaartermijnen())
    assert "Het bestand: onbeperkt." in tekst
    assert "Onbeperkt, met wie het was." in tekst


def test_it_is_open_to_everybody_and_every_page_leads_there(client: Client) -> None:
    antwoord = client.get("/privacy/")
    assert antwoord.status_code == 200
    assert [wat for wat, _ in bewaartermijnen() if wat not in antwoord.content.decode()] == []
    for pad in ("/inloggen/", "/toegankelijkheid/", "/privacy/", "/kwetsbaarheden/"):
        assert 'href="/privacy/"' in client.get(pad).content.decode(), pad
    assert client.post("/privacy/").status_code == 405


def test_security_txt_is_what_the_rfc_asks(client: Client) -> None:
    antwoord = client.get("/.well-known/security.txt")
    velden = dict(regel.split(": ", 1) for regel in antwoord.content.decode().splitlines())
    assert set(velden) == {"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy"}
    over = datetime.datetime.fromisoformat(velden["Expires"]) - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(days=30) < over < datetime.timedelta(days=366)
    assert re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", velden["Contact"])
    assert client.get(velden["Policy"].removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert velden["Canonical"].endswith(antwoord.request["PATH_INFO"])

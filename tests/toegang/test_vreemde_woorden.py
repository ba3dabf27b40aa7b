"""Words of people stay words: in every text of every model stands something that would run, become a tag, a formula, a
line of its own or an address; and nowhere does it, on pages, in answers of the API, calendars, feeds and mails.
"""

import datetime
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.test import Client
from django.utils import timezone
from pgtrigger import ignore

from maatregelen import berichten
from maatregelen.abonnementen import maak_abonnement
from maatregelen.blikveld import kijkend
from maatregelen.herinneringen import voorgenomen, voorgenomen_nieuws
from maatregelen.models import Persoon, Volger
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel import actiepost
from regietafel.templatetags.zoeken import gemarkeerd
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory
from tests.regietafel.test_niets_van_later import MOMENT, adressen, routes
from tests.regietafel.twee_werelden import LAAT, LAAT_MERK, VROEG, VROEG_MERK, leestekst, met_verleden, wereld
from tests.toegang.buitenstaan import Blad

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]
Sleutel = Callable[..., dict[str, str]]

MERK = "kwaadwoord"
# First what runs, so that a short field has that at least; a template, an address, a formula, a line and a heading too.
VERGIF = (
    f"\"'><kwaad onload=kwaad()>{MERK}</textarea></title><script>kwaad()</script>"
    '{{ "sjabloon"|upper }}{% now "jaar" %} javascript:kwaad() =HYPERLINK("x") `${1}` #{1} %0d%0aX-Kwaad: 1'
)
REGELS = VERGIF + "\r\nX-KWAAD: 1\r\nBEGIN:VEVENT\r\nBcc: kwaad@example.com\r\n\u2028\x85eind"


def vergiftig() -> int:
    """Put it in every text of every row; how many texts there were."""
    aantal = 0
    vast = ("maatregelen.Statuswijziging:alleen_toevoegen", "maatregelen.Publicatiestap:alleen_toevoegen")
    for model in [*met_verleden(), Persoon]:
        for veld in leestekst(model):
            if model is Persoon and veld.name != "functie":
                continue
            woord = REGELS if isinstance(veld, models.TextField) else VERGIF
            for rij in model._default_manager.exclude(**{veld.name: ""}):
                # What must be different in a table stays so.
                kop = f"{rij.pk}" if veld.unique or model._meta.constraints else ""
                with ignore(*vast), transaction.atomic():
                    model._default_manager.filter(pk=rij.pk).update(**{veld.name: f"{kop}{woord}"[: veld.max_length]})
                aantal += 1
    return aantal


@pytest.fixture
def alleskunner(mensen: Mensen) -> Persoon:
    """Somebody who sees all there is, and whose own words are not to be trusted either."""
    rijen = wereld(VROEG_MERK, VROEG, mensen.secretariaat)
    laat = wereld(LAAT_MERK, LAAT, mensen.secretariaat)
    wie = mensen.secretariaat
    for rol in ("beheerder", "auditor"):
        LidmaatschapFactory(persoon=wie, organisatie=mensen.organisatie, rol=rol)
    for deze in (rijen, laat):
        LidmaatschapFactory(persoon=wie, organisatie=deze["org"], rol="dossierhouder")
        for naam in ("maatregel", "ander"):
            Volger.objects.create(persoon=wie, maatregel=deze[naam])
    assert vergiftig() > 250
    return wie


def test_nothing_typed_runs_on_any_page(alleskunner: Persoon, als: Als, sleutel: Sleutel) -> None:
    kop, client, gevonden, met = sleutel(alleskunner), als(alleskunner), {}, 0
    client.raise_request_exception = False
    with time_machine.travel(MOMENT, tick=False):
        for route, _ in routes():
            if route == "uitloggen/":
                continue
            for adres in adressen(route)[:2]:
                antwoord = client.get(adres, headers=kop if adres.startswith("/api/") else {})
                inhoud = (b"".join(antwoord) if antwoord.streaming else antwoord.content).decode("utf-8", "replace")
                soort = antwoord.get("Content-Type", "")
                fouten = [naam for naam in antwoord.headers if "kwaad" in naam.lower()]
                fouten += [naam for naam, waarde in antwoord.items() if re.search(r"[\r\n]", waarde)]
                if antwoord.status_code >= 500:
                    fouten.append(str(antwoord.status_code))
                if "SJABLOON" in inhoud:
                    fouten.append("sjabloon")
                if soort.startswith("text/html"):
                    fouten += Blad(inhoud).loopt()
                elif "json" not in soort and "calendar" not in soort and "<kwaad" in inhoud:
                    fouten.append(soort)
                met += MERK in inhoud
                if fouten:
                    gevonden[adres] = fouten
    assert gevonden == {}
    assert met > 100


def test_what_was_looked_for_is_marked_and_all_around_it_stays_text(alleskunner: Persoon, als: Als) -> None:
    """Before the word, after it, and the word itself: the one place that puts tags around words of people."""
    assert gemarkeerd("<b>een</b> zwaluw <i>&", ["zwaluw"]) == (
        "&lt;b&gt;een&lt;/b&gt; <mark>zwaluw</mark> &lt;i&gt;&amp;"
    )
    assert gemarkeerd("<b> en <b>", ["<b>"]) == "<mark>&lt;b&gt;</mark> en <mark>&lt;b&gt;</mark>"
    assert gemarkeerd("<b>", []) == "&lt;b&gt;"
    with time_machine.travel(MOMENT, tick=False):
        blad = als(alleskunner).get("/zoeken/", {"zoek": MERK}).content.decode()
    assert blad.count(f"<mark>{MERK}</mark>") > 5
    assert Blad(blad).loopt() == []


def test_calendars_and_feeds_keep_it_in_its_place(alleskunner: Persoon, client: Client) -> None:
    with time_machine.travel(MOMENT, tick=False):
        _, geheim = maak_abonnement(alleskunner, "persoonlijk", moment=MOMENT)
        ics = client.get(f"/kalender/{geheim}.ics").content.decode()
    with time_machine.travel(OCHTEND, tick=False):
        atom = client.get(f"/wijzigingen/{geheim}.atom").content.decode()
    assert MERK in ics.replace("\r\n ", "")
    regels = ics.replace("\r\n ", "").split("\r\n")
    assert [regel for regel in regels if regel.upper().startswith(("X-KWAAD", "BCC"))] == []
    assert ics.count("BEGIN:VEVENT\r\n") == ics.count("END:VEVENT\r\n") > 0
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", ics)
    assert MERK in atom
    boom = ET.fromstring(atom)  # noqa: S314  of our own making
    assert {deel.tag.rpartition("}")[2] for deel in boom.iter()} & {"kwaad", "script"} == set()
    assert [deel.get("href") for deel in boom.iter() if (deel.get("href") or "").startswith("javascript")] == []


UUR = datetime.timedelta(hours=1)  # changed texts are told when the quarter of an hour is over
# A week after the morning on which it was told for the first time that a promise is over.
OCHTEND = datetime.datetime(2025, 6, 10, 7, 0, tzinfo=datetime.UTC)


def brieven(wie: Persoon) -> list[EmailMessage]:
    """Every kind of mail about what there is."""
    uit: list[EmailMessage] = []
    vandaag = OCHTEND.date()
    # News is of the day on which it was typed, by the clock of the database.
    nieuws = voorgenomen_nieuws(moment=timezone.now() + UUR)
    with time_machine.travel(OCHTEND, tick=False), kijkend(Bevoegdheid(wie, vandaag).blik):
        for melding in [*voorgenomen(vandaag, moment=OCHTEND), *nieuws]:
            uit.append(berichten.bericht(melding, vandaag=vandaag, message_id="<x@y>", antwoord_aan=[], gezegd={}))
    return uit


def test_mails_keep_it_out_of_their_headings_and_tags(alleskunner: Persoon, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    post = brieven(alleskunner)
    with time_machine.travel(OCHTEND, tick=False):
        actiepost.verstuur(OCHTEND.date())
    post += mail.outbox
    # Over, an action, and four measures with other words.
    assert len(post) == 5
    met = 0
    for brief in post:
        bericht = message_from_bytes(brief.message().as_bytes(), policy=SMTP)  # as who gets it reads it
        met += MERK in str(brief.subject) + str(brief.body)
        assert {naam.lower() for naam in bericht} & {"x-kwaad", "bcc"} == set()
        assert not re.search(r"[\r\n]", str(brief.subject))
        for inhoud, soort in getattr(brief, "alternatives", []):
            if soort == "text/html":
                assert [fout for fout in Blad(str(inhoud)).loopt() if "style" not in fout] == []
                assert "SJABLOON" not in str(inhoud)
    assert met > 3

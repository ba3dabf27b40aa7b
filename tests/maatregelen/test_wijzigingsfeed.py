"""The feed of changes as a feed reader reads it (feedparser), and as XML."""

import datetime
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maatregelen.abonnementen import maak_abonnement, trek_in
from maatregelen.dossiervoering import wijzig
from maatregelen.models import Mijlpaal, Persoon, Termijnwijziging
from maatregelen.statuswissel import wijzig_status
from tests.conftest import Mensen
from tests.factories import AgendaFactory, MaatregelFactory, MijlpaalFactory, PijlerFactory

Haal = Callable[..., Any]
BEGIN = datetime.datetime(2026, 9, 1, 8, 0, tzinfo=datetime.UTC)
UUR, DAG = datetime.timedelta(hours=1), datetime.timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def agenda(mensen: Mensen) -> Any:
    """The agenda that the feed of `haal` is about."""
    return AgendaFactory(titel="Agenda asiel & migratie")


@pytest.fixture
def nieuw(agenda: Any, mensen: Mensen) -> Callable[..., Any]:
    """A measure that was entered at a moment."""

    def maken(code: str = "2024-2-03", op: datetime.datetime = BEGIN, **velden: Any) -> Any:
        with time_machine.travel(op, tick=False):
            return MaatregelFactory(
                code=code, **{"pijler": PijlerFactory(agenda=agenda), "trekker": mensen.organisatie, **velden}
            )

    return maken


@pytest.fixture
def haal(agenda: Any, mensen: Mensen) -> Haal:
    """Fetch the feed of that agenda as a reader does, on a day."""
    _, geheim = maak_abonnement(mensen.partner, "agenda", agenda=agenda, moment=BEGIN)

    def halen(op: datetime.datetime = BEGIN + 10 * DAG, geheim: str = geheim, **koppen: str) -> Any:
        with time_machine.travel(op, tick=False):
            return Client().get(f"/wijzigingen/{geheim}.atom", headers=koppen)

    return halen


def lees(antwoord: Any) -> Any:
    """The feed as a reader understands it; what Atom asks of a feed holds."""
    assert antwoord.status_code == 200
    gelezen = feedparser.parse(antwoord.content)
    assert (gelezen.bozo, gelezen.version) == (False, "atom10")
    boom = ElementTree.fromstring(antwoord.content)  # noqa: S314  our own
    for deel in (boom, *boom.findall(f"{ATOM}entry")):
        for eenmaal in ("id", "title", "updated"):
            assert len(deel.findall(ATOM + eenmaal)) == 1, eenmaal
    ids = [rij.findtext(f"{ATOM}id") for rij in boom.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return gelezen


def titels(antwoord: Any) -> list[str]:
    return [rij.title for rij in lees(antwoord).entries]


def verplaats(mijlpaal: Mijlpaal, door: Persoon | None, op: datetime.datetime, **anders: Any) -> Termijnwijziging:
    velden = {
        "soort": "uitgesteld", "van_tekst": "voor 31 december 2024", "van_einde": datetime.date(2024, 12, 30),
        "van_precisie": "dag", "naar_tekst": "eerste kwartaal 2025", "naar_begin": datetime.date(2025, 1, 1),
        "naar_einde": datetime.date(2025, 3, 31), "naar_precisie": "kwartaal", "reden": "De Kamer <wacht> & vraagt.",
    }  # fmt: skip
    return Termijnwijziging.objects.create(mijlpaal=mijlpaal, door=door, vastgelegd_op=op, **{**velden, **anders})


def test_all_that_changed_newest_first(haal: Haal, nieuw: Any, mensen: Mensen) -> None:
    maatregel = nieuw(titel="Verdeelbesluit nemen")
    wijziging = wijzig_status(
        maatregel, "in_voorbereiding", door=mensen.eigen, toelichting="Bij de <b>Raad</b> & Kamer.", moment=BEGIN + UUR
    )
    mijlpaal = MijlpaalFactory(maatregel=maatregel, gewijzigd_op=BEGIN)
    verplaatst = verplaats(mijlpaal, mensen.collega, BEGIN + 2 * UUR)
    behaald = {
        "behaald_op": datetime.date(2026, 8, 31),
        "behaald_bewijs": "Staatscourant 1",
        "behaald_door": mensen.eigen,
    }
    wijzig(mijlpaal, behaald, versie=1, moment=BEGIN + 3 * UUR)
    feed = lees(haal())
    eerste = maatregel.statuswijzigingen.get(van=None)
    assert [(rij.id, rij.title, rij.updated, rij.author) for rij in feed.entries] == [
        (f"tag:127.0.0.1,2026:behaald-{mijlpaal.pk}", "2024-2-03 behaald: Verdeelbesluit genomen",
         "2026-09-01T11:00:00+00:00", "Eigen"),
        (f"tag:127.0.0.1,2026:termijnwijziging-{verplaatst.pk}", "2024-2-03 termijn uitgesteld: Verdeelbesluit genomen",
         "2026-09-01T10:00:00+00:00", "Collega"),
        (f"tag:127.0.0.1,2026:statuswijziging-{wijziging.pk}", "2024-2-03 nu in voorbereiding: Verdeelbesluit nemen",
         "2026-09-01T09:00:00+00:00", "Eigen"),
        (f"tag:127.0.0.1,2026:statuswijziging-{eerste.pk}", "2024-2-03 nieuw: Verdeelbesluit nemen",
         "2026-09-01T08:00:00+00:00", "Regiemonitor"),
    ]  # fmt: skip
    assert {rij.link for rij in feed.entries} == {"http://127.0.0.1:8000/maatregelen/2024-2-03/"}
    assert {rij.tags[0].term for rij in feed.entries} == {"Agenda asiel & migratie"}
    slot = "Verantwoordelijk: SZW. Agenda: Agenda asiel &amp; migratie.</p>"
    assert [rij.summary for rij in feed.entries] == [
        "<p>Verdeelbesluit genomen</p>\n<p>Deze mijlpaal is behaald op 31 augustus 2026. De termijn was: voor 31 "
        "december 2024 (t/m 30 dec 2024). Dat blijkt uit: Staatscourant 1</p>\n<p>Maatregel: Verdeelbesluit "
        "nemen. " + slot,
        "<p>Verdeelbesluit genomen</p>\n<p>De termijn was: voor 31 december 2024 (t/m 30 dec 2024). Nu is dat: eerste "
        "kwartaal 2025 (1 jan t/m 31 mrt 2025). Reden: De Kamer &lt;wacht&gt; &amp; vraagt.</p>\n<p>Maatregel: "
        "Verdeelbesluit nemen. " + slot,
        "<p>Verdeelbesluit nemen</p>\n<p>De status ging van aangekondigd naar in voorbereiding, per 1 september 2026. "
        "Reden: Bij de &lt;b&gt;Raad&lt;/b&gt; &amp; Kamer.</p>\n<p>" + slot,
        "<p>Verdeelbesluit nemen</p>\n<p>Deze maatregel is nieuw in Regiemonitor en geldt vanaf 26 september 2024."
        "</p>\n<p>" + slot,
    ]  # fmt: skip
    assert (feed.feed.title, feed.feed.id.split(",")[0], feed.feed.updated, feed.feed.language) == (
        "Regiemonitor: Agenda asiel & migratie", "tag:127.0.0.1", "2026-09-01T11:00:00+00:00", "nl",
    )  # fmt: skip
    assert [(link.rel, link.href) for link in feed.feed.links] == [
        ("alternate", f"http://127.0.0.1:8000/agendas/{maatregel.pijler.agenda.slug}/")
    ]


def test_a_feed_never_holds_its_own_secret(mensen: Mensen, nieuw: Any, agenda: Any) -> None:
    nieuw()
    geheim = maak_abonnement(mensen.partner, "agenda", agenda=agenda)[1]
    for adres in (f"/wijzigingen/{geheim}.atom", f"/kalender/{geheim}.ics"):
        antwoord = Client().get(adres)
        assert geheim not in antwoord.content.decode().replace("\r\n ", "")
        assert not any(geheim in waarde for _, waarde in antwoord.items())


def test_ninety_days_and_no_more(haal: Haal, nieuw: Any) -> None:
    nieuw("oud", BEGIN - DAG)
    nieuw("net", BEGIN.replace(hour=0) - 2 * UUR)  # midnight in Amsterdam
    assert titels(haal(BEGIN + 90 * DAG)) == ["net nieuw: Maatregel net"]
    assert titels(haal(BEGIN + 89 * DAG)) == ["net nieuw: Maatregel net", "oud nieuw: Maatregel oud"]
    assert titels(haal(BEGIN + 91 * DAG)) == []


def test_two_hundred_and_no_more(haal: Haal, nieuw: Any, mensen: Mensen) -> None:
    maatregel = nieuw(op=BEGIN - DAG)
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    for nummer in range(201):
        verplaats(mijlpaal, mensen.eigen, BEGIN + nummer * datetime.timedelta(seconds=1))
    gevonden = lees(haal()).entries
    assert (len(gevonden), gevonden[0].updated, gevonden[-1].updated) == (
        200, "2026-09-01T08:03:20+00:00", "2026-09-01T08:00:01+00:00",
    )  # fmt: skip


def test_an_empty_feed_is_a_feed_and_stays_the_same(haal: Haal) -> None:
    antwoord = haal()
    assert (titels(antwoord), lees(antwoord).feed.updated) == ([], "2026-09-01T08:00:00+00:00")
    assert haal(BEGIN + 20 * DAG).content == antwoord.content


def test_unchanged_is_not_sent_again(haal: Haal, nieuw: Any, mensen: Mensen) -> None:
    maatregel = nieuw()
    eerste = haal()
    zelfde = haal(BEGIN + 11 * DAG, **{"If-None-Match": eerste["ETag"]})
    assert (zelfde.status_code, zelfde.content, zelfde["ETag"]) == (304, b"", eerste["ETag"])
    wijzig_status(maatregel, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen.", moment=BEGIN + UUR)
    assert haal(**{"If-None-Match": eerste["ETag"]}).status_code == 200
    assert (eerste["Content-Type"], eerste["Cache-Control"], eerste["X-Robots-Tag"], eerste["Referrer-Policy"]) == (
        "application/atom+xml; charset=utf-8", "private, max-age=300", "noindex, nofollow", "no-referrer",
    )  # fmt: skip


def test_reached_is_news_when_it_was_told_here(haal: Haal, nieuw: Any, mensen: Mensen) -> None:
    maatregel = nieuw(op=BEGIN - 200 * DAG)
    al_klaar = {"behaald_op": datetime.date(2024, 1, 1), "behaald_bewijs": "Brief", "gewijzigd_op": BEGIN}
    MijlpaalFactory(maatregel=maatregel, omschrijving="Zo geladen", termijn_tekst="in 2023", **al_klaar)
    mijlpaal = MijlpaalFactory(maatregel=maatregel, gewijzigd_op=BEGIN - 200 * DAG)
    klaar = {"behaald_op": datetime.date(2026, 1, 1), "behaald_bewijs": "Brief", "behaald_door": mensen.eigen}
    weer_open: dict[str, Any] = {"behaald_op": None, "behaald_bewijs": "", "behaald_door": None}
    wijzig(mijlpaal, klaar, versie=1, moment=BEGIN - 150 * DAG)
    # A word in it changed lately; that is not the news.
    wijzig(mijlpaal, {"toelichting": "Zie de brief."}, versie=2, moment=BEGIN)
    assert titels(haal()) == []
    wijzig(mijlpaal, weer_open, versie=3, moment=BEGIN + UUR)
    assert titels(haal()) == []
    wijzig(mijlpaal, klaar, versie=4, moment=BEGIN + 2 * UUR)
    wijzig(mijlpaal, {"toelichting": "Nog een woord."}, versie=5, moment=BEGIN + 3 * UUR)
    assert [(rij.title, rij.updated) for rij in lees(haal()).entries] == [
        ("2024-2-03 behaald: Verdeelbesluit genomen", "2026-09-01T10:00:00+00:00")
    ]


def test_a_sharpened_and_a_vague_termijn_read_well(haal: Haal, nieuw: Any, mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory(maatregel=nieuw(op=BEGIN - 200 * DAG))
    verplaats(mijlpaal, None, BEGIN, soort="vervaagd", naar_tekst="later", naar_begin=None, naar_einde=None,
              naar_precisie="vaag")  # fmt: skip
    [rij] = lees(haal()).entries
    assert (rij.title, rij.author) == ("2024-2-03 termijn vaag geworden: Verdeelbesluit genomen", "Regiemonitor")
    assert "Nu is dat: later (geen dag af te leiden)." in rij.summary


def test_any_text_survives(haal: Haal, nieuw: Any, mensen: Mensen) -> None:
    raar = "Plan; <i>met</i> & komma 👩‍👩‍👧\x0b\x01 ]]> ￾ regel\r\neen\ntwee"
    maatregel = nieuw(titel=raar)
    wijzig_status(maatregel, "in_uitvoering", door=mensen.eigen, toelichting=raar, moment=BEGIN + UUR)
    antwoord = haal()
    assert titels(antwoord)[0] == "2024-2-03 nu in uitvoering: Plan; <i>met</i> & komma 👩‍👩‍👧 ]]> regel een twee"
    boom = ElementTree.fromstring(antwoord.content)  # noqa: S314
    samenvatting = boom.findtext(f"{ATOM}entry/{ATOM}summary") or ""
    assert "Reden: Plan; &lt;i&gt;met&lt;/i&gt; &amp; komma 👩‍👩‍👧   ]]&gt;   regel\neen\ntwee</p>" in samenvatting


def test_only_the_chosen_measures_and_only_with_rights(haal: Haal, nieuw: Any, mensen: Mensen) -> None:
    nieuw("van-ons")
    with time_machine.travel(BEGIN, tick=False):
        vreemd = MaatregelFactory(code="elders", trekker=mensen.ander)
    verplaats(MijlpaalFactory(maatregel=vreemd), mensen.vreemd, BEGIN)
    assert titels(haal()) == ["van-ons nieuw: Maatregel van-ons"]
    uitkomsten = []
    for persoon in (mensen.eigen, mensen.vreemd, mensen.partner):
        abonnement, geheim = maak_abonnement(persoon, "persoonlijk")
        uitkomsten.append([titel.split()[0] for titel in titels(haal(geheim=geheim))])
        trek_in(abonnement)
        assert haal(geheim=geheim).status_code == 404
    assert uitkomsten == [["van-ons"], ["elders", "elders"], []]


def test_the_number_of_questions_does_not_grow(haal: Haal, nieuw: Any, mensen: Mensen) -> None:
    haal()  # notes its use, which is once an hour
    tellingen = []
    for codes in (("m-1",), ("m-2", "m-3")):
        for code in codes:
            maatregel = nieuw(code)
            mijlpaal = MijlpaalFactory(maatregel=maatregel, gewijzigd_op=BEGIN)
            wijzig_status(maatregel, "in_uitvoering", door=mensen.eigen, toelichting="x", moment=BEGIN)
            verplaats(mijlpaal, mensen.eigen, BEGIN)
            wijzig(mijlpaal, {"behaald_op": BEGIN.date(), "behaald_bewijs": "x"}, versie=1, moment=BEGIN)
        with CaptureQueriesContext(connection) as gevangen:
            titels(haal())
        tellingen.append(len(gevangen))
    # Address, roles, status, terms, milestones, who is responsible.
    assert tellingen == [6, 6]

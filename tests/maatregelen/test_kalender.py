"""The calendar as a program reads it: by the library that wrote it, and by one that did not (vobject)."""

import datetime
from collections.abc import Callable
from typing import Any

import icalendar
import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maatregelen.abonnementen import maak_abonnement, trek_in
from maatregelen.dossiervoering import wijzig
from maatregelen.models import Abonnement, Lidmaatschap, Mijlpaal, Persoon
from maatregelen.statuswissel import wijzig_status
from maatregelen.termijnbewaking import wijzig_mijlpaal
from tests.conftest import Mensen
from tests.factories import AgendaFactory, MaatregelFactory, MijlpaalFactory, PijlerFactory

Haal = Callable[..., Any]
DAG = datetime.date
MOMENT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def agenda(mensen: Mensen) -> Any:
    """An agenda; what hangs on it is what the calendar of `haal` shows."""
    return AgendaFactory(slug="2024", titel="Agenda; asiel, migratie")


@pytest.fixture
def mijlpaal(agenda: Any, mensen: Mensen) -> Callable[..., Mijlpaal]:
    """A milestone of a measure of its own in that agenda."""

    def maken(code: str = "2024-2-03", maatregel: dict[str, Any] | None = None, **velden: Any) -> Mijlpaal:
        stuk = MaatregelFactory(
            code=code, pijler=PijlerFactory(agenda=agenda), trekker=mensen.organisatie, **(maatregel or {})
        )
        rij: Mijlpaal = MijlpaalFactory(maatregel=stuk, **velden)
        return rij

    return maken


@pytest.fixture
def haal(agenda: Any, mensen: Mensen) -> Haal:
    """Fetch the calendar of that agenda as a program does: not signed in."""
    _, geheim = maak_abonnement(mensen.partner, "agenda", agenda=agenda, moment=MOMENT)

    def halen(geheim: str = geheim, **koppen: str) -> Any:
        return Client().get(f"/kalender/{geheim}.ics", headers=koppen)

    return halen


def gebeurtenissen(antwoord: Any) -> list[dict[str, Any]]:
    """What two programs read, which must be the same: days, words, state."""
    assert antwoord.status_code == 200
    kalender = icalendar.Calendar.from_ical(antwoord.content)
    assert kalender.errors == []
    een = []
    for rij in kalender.events:
        assert rij.errors == []
        een.append(
            {
                "uid": str(rij["UID"]), "begin": rij["DTSTART"].dt, "einde": rij["DTEND"].dt,
                "titel": str(rij["SUMMARY"]), "tekst": str(rij["DESCRIPTION"]), "staat": str(rij["STATUS"]),
                "volgnummer": int(rij["SEQUENCE"]), "soort": [str(naam) for naam in rij["CATEGORIES"].cats],
                "adres": str(rij["URL"]),
            }
        )  # fmt: skip
    twee = [
        {
            "uid": rij.uid.value, "begin": rij.dtstart.value, "einde": rij.dtend.value, "titel": rij.summary.value,
            "tekst": rij.description.value, "staat": rij.status.value, "volgnummer": int(rij.sequence.value),
            "soort": rij.categories.value, "adres": rij.url.value,
        }
        for rij in getattr(vobject.readOne(antwoord.content.decode()), "vevent_list", [])
    ]  # fmt: skip
    assert een == twee
    return een


def test_a_latest_day_is_that_one_day(haal: Haal, mijlpaal: Any) -> None:
    rij = mijlpaal(maatregel={"titel": "Verdeelbesluit nemen"}, hardheid="wettelijk")
    assert gebeurtenissen(haal()) == [
        {
            "uid": f"mijlpaal-{rij.pk}@127.0.0.1",
            "begin": DAG(2024, 12, 30),
            "einde": DAG(2024, 12, 31),
            "titel": "2024-2-03 Verdeelbesluit genomen (uiterste dag)",
            "tekst": (
                "Termijn in woorden: voor 31 december 2024\nDat is: t/m 30 dec 2024\nSoort termijn: wettelijk\n\n"
                "Maatregel: 2024-2-03 Verdeelbesluit nemen\nAgenda: Agenda; asiel, migratie\nVerantwoordelijk: SZW\n"
                "Status: aangekondigd\n\nhttp://127.0.0.1:8000/maatregelen/2024-2-03/"
            ),
            "staat": "CONFIRMED",
            "volgnummer": 0,
            "soort": ["Agenda; asiel, migratie"],
            "adres": "http://127.0.0.1:8000/maatregelen/2024-2-03/",
        }
    ]


@pytest.mark.parametrize(
    ("begin", "einde", "relatie", "eerste", "na_laatste", "woorden"),
    [
        (DAG(2026, 10, 1), DAG(2026, 12, 31), "in", DAG(2026, 10, 1), DAG(2027, 1, 1), "in deze periode"),
        (DAG(2024, 2, 1), DAG(2024, 2, 29), "in", DAG(2024, 2, 1), DAG(2024, 3, 1), "in deze periode"),
        (None, DAG(2028, 2, 29), "uiterlijk", DAG(2028, 2, 29), DAG(2028, 3, 1), "uiterste dag"),
        (DAG(2026, 1, 1), DAG(2026, 6, 30), "binnen", DAG(2026, 1, 1), DAG(2026, 7, 1), "uiterlijk de laatste dag"),
        (DAG(2027, 1, 1), None, "vanaf", DAG(2027, 1, 1), DAG(2027, 1, 2), "vanaf deze dag"),
        (DAG(2026, 6, 15), DAG(2026, 6, 15), "op", DAG(2026, 6, 15), DAG(2026, 6, 16), "op deze dag"),
        (DAG(2026, 6, 15), DAG(2026, 6, 15), "voor", DAG(2026, 6, 15), DAG(2026, 6, 16), "uiterste dag"),
        # Midnight of the clock change is a day like any other: there are no hours in it.
        (DAG(2026, 3, 29), DAG(2026, 3, 29), "op", DAG(2026, 3, 29), DAG(2026, 3, 30), "op deze dag"),
        (DAG(2026, 12, 31), DAG(2027, 1, 1), "in", DAG(2026, 12, 31), DAG(2027, 1, 2), "in deze periode"),
    ],
)
def test_an_interval_is_a_span_whose_end_is_the_day_after(
    haal: Haal, mijlpaal: Any, begin: Any, einde: Any, relatie: str, eerste: DAG, na_laatste: DAG, woorden: str
) -> None:
    mijlpaal(begin=begin, einde=einde, relatie=relatie, precisie="periode")
    [rij] = gebeurtenissen(haal())
    assert (rij["begin"], rij["einde"]) == (eerste, na_laatste)
    assert rij["titel"] == f"2024-2-03 Verdeelbesluit genomen ({woorden})"


def test_what_has_no_day_is_only_counted(haal: Haal, mijlpaal: Any) -> None:
    def over() -> str:
        kalender = icalendar.Calendar.from_ical(haal().content)
        assert (kalender["X-WR-CALDESC"], len(kalender.events)) == (kalender["DESCRIPTION"], 1)
        return str(kalender["X-WR-CALDESC"])

    mijlpaal()
    assert over() == "Termijnen uit Regiemonitor."
    mijlpaal("2024-2-04", termijn_tekst="zo snel mogelijk", begin=None, einde=None, precisie="vaag")
    assert over() == "Termijnen uit Regiemonitor. 1 mijlpaal heeft een termijn zonder dag en staat er niet in."
    mijlpaal("2024-2-05", termijn_tekst="binnen zes weken", begin=None, einde=None, precisie="duur", relatie="")
    assert over() == "Termijnen uit Regiemonitor. 2 mijlpalen hebben een termijn zonder dag en staan er niet in."


def test_an_empty_calendar_is_a_calendar(haal: Haal) -> None:
    antwoord = haal()
    assert gebeurtenissen(antwoord) == []
    assert antwoord.content.decode().splitlines() == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Regiemonitor//Termijnen//NL",
        "CALSCALE:GREGORIAN",
        "DESCRIPTION:Termijnen uit Regiemonitor.",
        "X-WR-CALDESC:Termijnen uit Regiemonitor.",
        r"NAME:Regiemonitor: Agenda\; asiel\, migratie",
        r"X-WR-CALNAME:Regiemonitor: Agenda\; asiel\, migratie",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "X-WR-TIMEZONE:Europe/Amsterdam",
        "END:VCALENDAR",
    ]


def test_any_title_survives(haal: Haal, mijlpaal: Any) -> None:
    titel = 'Plan; met, komma\\ "aanhaling" 👩‍👩‍👧 é\nBEGIN:VEVENT\x0b' + "lang " * 34
    mijlpaal(maatregel={"titel": titel}, omschrijving=titel, toelichting="Regel één\r\n\r\n\r\n\r\nregel twee\x01")
    antwoord = haal()
    [rij] = gebeurtenissen(antwoord)
    netjes = " ".join(titel.replace("\x0b", " ").split())
    assert rij["titel"] == f"2024-2-03 {netjes} (uiterste dag)"
    assert f"Maatregel: 2024-2-03 {titel}".replace("\x0b", " ").rstrip() in rij["tekst"]
    assert "Let op: Regel één\n\nregel twee \n" in rij["tekst"]
    for regel in antwoord.content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(regel) <= 75
        regel.decode()  # no character is cut in two
        assert not set(regel) & set(b"\r\n\x01\x0b")


def test_nothing_blocks_a_calendar_or_asks_the_reader_to_answer(haal: Haal, mijlpaal: Any) -> None:
    mijlpaal()
    tekst = haal().content.decode()
    assert tekst.count("TRANSP:TRANSPARENT") == 1
    for eigenschap in ("METHOD", "ATTENDEE", "ORGANIZER", "VALARM", "RRULE", "VTIMEZONE"):
        assert eigenschap not in tekst


def test_a_moved_date_is_the_same_event_with_a_higher_sequence(haal: Haal, mijlpaal: Any, mensen: Mensen) -> None:
    rij = mijlpaal()
    [voor] = gebeurtenissen(haal())
    later = {"einde": DAG(2025, 2, 28), "termijn_tekst": "februari 2025", "precisie": "maand", "relatie": "in"}
    wijzig_mijlpaal(rij, later, reden="De Kamer vroeg om uitstel.", door=mensen.eigen, versie=1, moment=MOMENT)
    antwoord = haal()
    [na] = gebeurtenissen(antwoord)
    assert (na["uid"], na["volgnummer"] > voor["volgnummer"]) == (voor["uid"], True)
    assert na["begin"] == DAG(2025, 2, 28)
    assert "Verplaatst: 1 keer\n" in na["tekst"]
    [los] = icalendar.Calendar.from_ical(antwoord.content).events
    assert (los["LAST-MODIFIED"].dt, los["DTSTAMP"].dt) == (rij.maatregel.__class__.objects.get().gewijzigd_op,) * 2


def test_reached_stays_and_says_so(haal: Haal, mijlpaal: Any, mensen: Mensen) -> None:
    rij = mijlpaal()
    velden = {"behaald_op": DAG(2024, 12, 20), "behaald_bewijs": "Staatscourant", "behaald_door": mensen.eigen}
    wijzig(rij, velden, versie=1)
    [na] = gebeurtenissen(haal())
    assert (na["titel"], na["staat"]) == ("2024-2-03 Verdeelbesluit genomen (behaald)", "CONFIRMED")
    assert "Behaald op 20 december 2024\n" in na["tekst"]


def test_a_measure_that_lapsed_is_cancelled_and_keeps_its_uid(haal: Haal, mijlpaal: Any, mensen: Mensen) -> None:
    rij = mijlpaal()
    klaar = MijlpaalFactory(maatregel=rij.maatregel, omschrijving="Plan klaar", behaald_op=DAG(2024, 11, 1),
                            behaald_bewijs="Brief", termijn_tekst="in 2024")  # fmt: skip
    [voor, _] = gebeurtenissen(haal())
    wijzig_status(rij.maatregel, "vervallen", door=mensen.eigen, toelichting="De wet is ingetrokken.")
    na = {gebeurtenis["uid"]: gebeurtenis for gebeurtenis in gebeurtenissen(haal())}
    weg, gebleven = na[voor["uid"]], na[f"mijlpaal-{klaar.pk}@127.0.0.1"]
    assert (weg["staat"], weg["titel"]) == ("CANCELLED", "2024-2-03 Verdeelbesluit genomen (vervallen)")
    assert weg["volgnummer"] > voor["volgnummer"]
    assert (gebleven["staat"], gebleven["titel"]) == ("CONFIRMED", "2024-2-03 Plan klaar (behaald)")


@pytest.mark.parametrize(
    ("staat", "geaccordeerd", "verwacht", "zin"),
    [
        ("vastgesteld", True, "CONFIRMED", ""),
        ("aanzet", True, "CONFIRMED", ""),
        ("concept", True, "TENTATIVE", "Deze agenda: concept, niet geaccordeerd"),
        ("ingetrokken", True, "TENTATIVE", "Deze agenda: ingetrokken"),
        ("vastgesteld", False, "TENTATIVE", "PM: over deze maatregel is nog geen overeenstemming."),
    ],
)
def test_what_was_never_agreed_is_tentative(
    haal: Haal, mijlpaal: Any, agenda: Any, staat: str, geaccordeerd: bool, verwacht: str, zin: str
) -> None:
    agenda.staat = staat
    agenda.save()
    mijlpaal(maatregel={"geaccordeerd": geaccordeerd})
    [rij] = gebeurtenissen(haal())
    assert rij["staat"] == verwacht
    assert zin in rij["tekst"]
    assert ("Deze agenda" in rij["tekst"], "PM:" in rij["tekst"]) == ("Deze" in zin, "PM:" in zin)


def test_a_measure_of_nobody_says_so(haal: Haal, mijlpaal: Any) -> None:
    rij = mijlpaal(herhaling="P1Y")
    rij.maatregel.betrokkenheden.update(tot=DAG(2026, 1, 1))
    [na] = gebeurtenissen(haal())
    assert "Verantwoordelijk: nog niemand\n" in na["tekst"]
    assert "Dat is: t/m 30 dec 2024, elk jaar\n" in na["tekst"]


def test_unchanged_is_not_sent_again(haal: Haal, mijlpaal: Any) -> None:
    rij = mijlpaal()
    eerste = haal()
    assert haal().content == eerste.content
    zelfde = haal(**{"If-None-Match": eerste["ETag"]})
    assert (zelfde.status_code, zelfde.content, zelfde["ETag"]) == (304, b"", eerste["ETag"])
    # What vanishes leaves no later moment, so a date alone never says that nothing changed.
    assert not eerste.has_header("Last-Modified")
    assert haal(**{"If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"}).status_code == 200
    wijzig(rij, {"omschrijving": "Ander"}, versie=1)
    nieuw = haal(**{"If-None-Match": eerste["ETag"]})
    assert (nieuw.status_code, nieuw["ETag"] == eerste["ETag"]) == (200, False)


def test_what_a_program_is_told_beside_the_content(haal: Haal, mijlpaal: Any) -> None:
    mijlpaal()
    antwoord = haal()
    koppen = {
        naam: antwoord[naam]
        for naam in ("Content-Type", "Content-Disposition", "Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    }
    assert koppen == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'inline; filename="regiemonitor.ics"',
        "Cache-Control": "private, max-age=300",
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "no-referrer",
    }
    assert antwoord.cookies == {}


def test_whatever_is_not_open_is_refused_in_the_same_words(mensen: Mensen, agenda: Any, mijlpaal: Any) -> None:
    mijlpaal()
    dicht, geheim_dicht = maak_abonnement(mensen.partner, "agenda", agenda=agenda)
    trek_in(dicht)
    _, rolloos = maak_abonnement(mensen.rolloos, "agenda", agenda=agenda)
    _, weg = maak_abonnement(mensen.vreemd, "agenda", agenda=agenda)
    Persoon.objects.filter(pk=mensen.vreemd.pk).update(is_active=False)
    _, afgelopen = maak_abonnement(mensen.eigen, "agenda", agenda=agenda)
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(tot=DAG(2021, 1, 1))
    for soort in ("kalender/{}.ics", "wijzigingen/{}.atom"):
        gezien = set()
        for geheim in (geheim_dicht, rolloos, weg, afgelopen, "bestaat-niet"):
            with CaptureQueriesContext(connection) as gevangen:
                antwoord = Client().get("/" + soort.format(geheim))
            koppen = frozenset((naam, waarde) for naam, waarde in antwoord.items() if "Policy" not in naam)
            gezien.add((antwoord.status_code, antwoord.content, koppen, len(gevangen)))
        [(code, inhoud, koppen, vragen)] = gezien
        assert (code, vragen) == (404, 1)
        assert inhoud.decode().startswith("Dit adres is er niet, of het werkt niet meer.")
        assert {("Cache-Control", "no-store"), ("X-Robots-Tag", "noindex, nofollow")} <= koppen


def test_rights_are_those_of_this_moment(haal: Haal, mijlpaal: Any, mensen: Mensen) -> None:
    mijlpaal()
    assert haal().status_code == 200
    Lidmaatschap.objects.filter(persoon=mensen.partner).update(tot=DAG(2021, 1, 1))
    assert haal().status_code == 404


def test_each_secret_shows_what_is_of_its_own_person(mensen: Mensen, mijlpaal: Any) -> None:
    rij = mijlpaal()
    titels = []
    for persoon in (mensen.eigen, mensen.collega, mensen.vreemd, mensen.partner):
        geheim = maak_abonnement(persoon, "persoonlijk")[1]
        titels.append([gebeurtenis["uid"] for gebeurtenis in gebeurtenissen(Client().get(f"/kalender/{geheim}.ics"))])
    assert titels == [[f"mijlpaal-{rij.pk}@127.0.0.1"]] * 2 + [[], []]


def test_being_signed_in_as_somebody_else_changes_nothing(
    mensen: Mensen, mijlpaal: Any, als: Callable[[Persoon], Client]
) -> None:
    mijlpaal()
    geheim = maak_abonnement(mensen.eigen, "persoonlijk")[1]
    los = Client().get(f"/kalender/{geheim}.ics")
    for persoon in (mensen.vreemd, mensen.rolloos):
        assert als(persoon).get(f"/kalender/{geheim}.ics").content == los.content


@pytest.mark.parametrize("pad", ["/kalender/{}.ics", "/wijzigingen/{}.atom"])
def test_an_address_only_reads(mensen: Mensen, mijlpaal: Any, pad: str) -> None:
    mijlpaal()
    geheim = maak_abonnement(mensen.eigen, "persoonlijk")[1]
    adres = pad.format(geheim)
    vol, kop = Client().get(adres), Client().head(adres)
    assert (kop.status_code, kop.content, kop["ETag"]) == (200, b"", vol["ETag"])
    for doe in (Client().post, Client().put, Client().delete, Client().patch):
        assert doe(adres).status_code == 405
    for ander in (adres + "/", pad.partition("{")[0], f"/kalender/{geheim}", f"/kalender/{geheim}.atom"):
        assert Client().get(ander).status_code == 404, ander
    for dicht in ("/api/v1/maatregelen", "/mijn/abonnementen/"):
        assert Client().get(dicht, headers={"Authorization": f"Token {geheim}"}).status_code in (302, 401)


def test_use_is_noted(mensen: Mensen) -> None:
    abonnement, geheim = maak_abonnement(mensen.eigen, "persoonlijk")
    Client().get(f"/kalender/{geheim}.ics")
    assert Abonnement.objects.get(pk=abonnement.pk).laatst_gebruikt_op is not None


def test_the_number_of_questions_does_not_grow(haal: Haal, mijlpaal: Any) -> None:
    mijlpaal("m-1")
    haal()  # notes its use, which is once an hour
    tellingen = []
    for extra in ((), ("m-2", "m-3")):
        for code in extra:
            mijlpaal(code)
        with CaptureQueriesContext(connection) as gevangen:
            assert len(gebeurtenissen(haal())) == 1 + len(extra)
        tellingen.append(len(gevangen))
    # Address, roles, milestones with measure and agenda, who is responsible.
    assert tellingen == [4, 4]

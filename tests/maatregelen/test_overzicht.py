"""Overviews: one mail with everything, on its day, at most one per day or week; and what one chose since."""

import datetime
from typing import Any

import pytest
from django.core import mail

from maatregelen import herinneringen, herinnerplan
from maatregelen.berichtvoorkeuren import zet_voorkeur
from maatregelen.models import Berichtvoorkeur, Herinnering, Lidmaatschap, Maatregel, Mijlpaal, Persoon, Volger
from maatregelen.ontvangers import Ontvangers
from maatregelen.statuswissel import wijzig_status
from tests.conftest import Mensen
from tests.factories import MaatregelFactory, MijlpaalFactory
from tests.maatregelen.herinnerstof import DAG, NU, bewerk, boek, d, dag, lang_geleden, loop, om, post

EIGEN, PARTNER = "eigen@voorbeeld.nl", "partner@voorbeeld.nl"
UUR = datetime.timedelta(hours=1)


@pytest.fixture
def maatregel(mensen: Mensen) -> Maatregel:
    """A measure of SZW, of which one person is told; the partner follows it for months."""
    Persoon.objects.filter(pk=mensen.collega.pk).update(is_active=False)
    stuk = MaatregelFactory(code="2024-2-03", titel="Verdeelbesluit nemen", trekker=mensen.organisatie)
    lang_geleden()
    Volger.objects.create(maatregel=stuk, persoon=mensen.partner, sinds=om(dag(voor=90)))
    return stuk


def kies(persoon: Persoon, *, eigen: str = "direct", gevolgd: str = "direct") -> None:
    """How this person wants mail from now on."""
    zet_voorkeur(persoon, eigen=eigen, gevolgd=gevolgd, versie=None)


def mijlpaal(stuk: Maatregel, wat: str, einde: str, **velden: Any) -> Mijlpaal:
    """A milestone that ends on a day."""
    return MijlpaalFactory(maatregel=stuk, omschrijving=wat, einde=d(einde), **velden)


def verschuif(stuk: Maatregel, naar: str, door: Persoon, moment: datetime.datetime) -> None:
    """A change of status."""
    wijzig_status(stuk, naar, door=door, toelichting="Besluit genomen.", moment=moment)


def punten(nummer: int = -1) -> list[str]:
    """The entries of an overview."""
    return [regel[2:] for regel in mail.outbox[nummer].body.split("\n") if regel.startswith("- ")]


def run(moment: datetime.datetime) -> None:
    """What the clock does at a tick on a working day."""
    herinneringen.verstuur(moment.date(), moment=moment, met_nieuws=True)


# A day


def test_a_day_is_one_mail_with_everything_past_first(maatregel: Maatregel, mensen: Mensen) -> None:
    kies(mensen.eigen, eigen="dag", gevolgd="dag")
    ander = MaatregelFactory(
        code="2024-2-04", titel="Iets anders", trekker=mensen.ander, aangemaakt_op=om(dag(voor=99))
    )
    Volger.objects.create(maatregel=ander, persoon=mensen.eigen, sinds=NU - DAG)
    mijlpaal(maatregel, "Later", "2024-12-24")
    mijlpaal(maatregel, "Eerder", "2024-12-17")
    mijlpaal(maatregel, "Gemist", "2024-12-16")
    mijlpaal(maatregel, "Ver weg", "2025-12-16")
    verschuif(ander, "in_uitvoering", mensen.vreemd, NU - UUR)
    run(NU)
    assert post() == [(EIGEN, "Dagoverzicht 17 december 2024: 4 berichten, 1 voorbij")]
    assert punten() == ["2024-2-03 Gemist", "2024-2-03 Eerder", "2024-2-03 Later", "2024-2-04 Iets anders"]
    assert {rij.kenmerk for rij in Herinnering.objects.all()} == {mail.outbox[0].extra_headers["Message-ID"]}
    assert set(Herinnering.objects.values_list("bezorging", "bezorgen_op", "uitkomst", "pogingen")) == {
        ("dag", NU.date(), "verzonden", 1)
    }


def test_nothing_is_no_mail_and_what_comes_later_waits_for_the_next_working_day(
    maatregel: Maatregel, mensen: Mensen
) -> None:
    kies(mensen.partner, gevolgd="dag")
    vrijdag = om(d("2024-12-20"))
    run(vrijdag)
    assert post() == []
    for naar, uur in (("in_voorbereiding", 1), ("in_uitvoering", 3)):
        verschuif(maatregel, naar, mensen.eigen, vrijdag + uur * UUR)
        run(vrijdag + uur * UUR)
    herinneringen.verstuur_statusberichten(moment=vrijdag + 4 * UUR)
    assert len(mail.outbox) == 1
    for moment in (vrijdag + DAG, vrijdag + 2 * DAG):
        run(moment)
        herinneringen.verstuur_statusberichten(moment=moment)
    assert len(mail.outbox) == 1
    run(vrijdag + 3 * DAG)
    assert [onderwerp for _, onderwerp in post()] == [
        "Dagoverzicht 20 december 2024: 1 bericht", "Dagoverzicht 23 december 2024: 1 bericht",
    ]  # fmt: skip


def test_a_day_that_was_missed_is_in_the_next_and_that_day_has_one(maatregel: Maatregel, mensen: Mensen) -> None:
    """The rows of yesterday stayed open; with today's they are one mail, after which today has had its overview."""
    kies(mensen.partner, gevolgd="dag")
    verschuif(maatregel, "in_voorbereiding", mensen.eigen, NU - UUR)
    vraag = herinnerplan.nieuwsvraag(NU, NU.date(), Ontvangers(NU.date()))
    herinnerplan.leg_vast(vraag, vandaag=NU.date(), moment=NU)
    run(NU + DAG)
    assert post() == [(PARTNER, "Dagoverzicht 18 december 2024: 1 bericht")]
    verschuif(maatregel, "in_uitvoering", mensen.eigen, NU + DAG + UUR)
    run(NU + DAG + 2 * UUR)
    assert len(mail.outbox) == 1
    run(NU + 2 * DAG)
    assert len(mail.outbox) == 2


def test_edits_of_one_day_are_one_entry(maatregel: Maatregel, mensen: Mensen) -> None:
    kies(mensen.partner, gevolgd="dag")
    bewerk(maatregel, mensen.eigen, NU - 5 * UUR, titel="Verdeelbesluit")
    bewerk(maatregel, mensen.eigen, NU - 3 * UUR, voorwaarde="Als er geld is.")
    bewerk(maatregel, mensen.eigen, NU - 2 * UUR, titel="Het verdeelbesluit")
    run(NU)
    assert post() == [(PARTNER, "Dagoverzicht 17 december 2024: 1 bericht")]
    assert "Op 17 december 2024 is gewijzigd: de titel, de voorwaarde." in mail.outbox[0].body


# A week


def test_a_week_is_one_mail_on_its_first_working_day_with_what_falls_before_the_next(
    maatregel: Maatregel, mensen: Mensen
) -> None:
    """Monday 21 April 2025 is Easter Monday; the overview comes on Tuesday."""
    kies(mensen.eigen, eigen="week")
    for wat, einde in (("A", "2025-04-15"), ("B", "2025-04-18"), ("C", "2025-04-21"), ("D", "2025-04-26")):
        mijlpaal(maatregel, wat, einde, hardheid="streven")  # announced 14 days and 1 day before
    verzonden = []
    for vandaag, aan, onderwerp in loop(d("2025-03-24"), d("2025-05-02")):
        if aan == EIGEN:
            verzonden.append((vandaag, onderwerp))
    assert verzonden == [
        # 1 April is two weeks before A, 4 and 7 April before B and C: what falls before the next Monday.
        ("2025-03-31", "Weekoverzicht 31 maart 2025: 2 berichten"),
        ("2025-04-07", "Weekoverzicht 7 april 2025: 2 berichten"),  # C and D
        ("2025-04-14", "Weekoverzicht 14 april 2025: 3 berichten"),  # one day before A, B and C
        ("2025-04-22", "Weekoverzicht 22 april 2025: 4 berichten, 3 voorbij"),
        # C was called past on Tuesday: its next is a week after that.
        ("2025-04-28", "Weekoverzicht 28 april 2025: 3 berichten, 3 voorbij"),
    ]


def test_a_monday_that_was_missed_is_made_up_for_and_the_week_has_no_other(
    maatregel: Maatregel, mensen: Mensen
) -> None:
    kies(mensen.eigen, eigen="week", gevolgd="week")
    kies(mensen.partner, gevolgd="week")
    maandag = om(d("2025-11-17"))
    verschuif(maatregel, "in_voorbereiding", mensen.vreemd, maandag - 3 * DAG)
    mijlpaal(maatregel, "Deze week", "2025-11-20", hardheid="streven")
    mijlpaal(maatregel, "Al voorbij", "2025-11-12", hardheid="streven")
    mijlpaal(maatregel, "Dinsdag voorbij", "2025-11-18", hardheid="streven")
    verschuif(maatregel, "in_uitvoering", mensen.vreemd, maandag + DAG)
    for dagen in range(2, 5):  # down until Wednesday
        run(maandag + dagen * DAG)
        run(maandag + dagen * DAG + UUR)
    assert sorted(post()) == [
        (EIGEN, "Weekoverzicht 19 november 2025: 3 berichten, 2 voorbij"),
        (PARTNER, "Weekoverzicht 19 november 2025: 1 bericht"),  # not what happened on Tuesday
    ]
    # Sent on Monday it would have been announced; it was not, so it is told as it is.
    overzicht = next(bericht.body for bericht in mail.outbox if bericht.to == [EIGEN])
    assert "de termijn liep gisteren af, op 18 november 2025" in overzicht
    run(maandag + 7 * DAG)
    assert [onderwerp for aan, onderwerp in post()[2:] if aan == PARTNER] == [
        "Weekoverzicht 24 november 2025: 1 bericht"
    ]


def test_a_week_in_which_nothing_was_due_on_monday_stays_quiet(maatregel: Maatregel, mensen: Mensen) -> None:
    """What happens on Wednesday is for the next Monday, also when this week had no overview."""
    kies(mensen.partner, gevolgd="week")
    kies(mensen.eigen, eigen="week", gevolgd="week")
    mijlpaal(maatregel, "Ooit", "2025-11-05", hardheid="streven")
    # Its second reminder, eight days after, falls on Thursday 13 November.
    maandag = d("2025-11-10")
    assert [vandaag for vandaag, aan, _ in loop(maandag - 14 * DAG, maandag - DAG) if aan == EIGEN] == [
        "2025-10-27", "2025-11-03",
    ]  # fmt: skip
    al = len(mail.outbox)
    verschuif(maatregel, "in_uitvoering", mensen.vreemd, om(maandag) + 2 * DAG)
    for dagen in range(1, 5):
        run(om(maandag) + dagen * DAG)
    # Monday's was missed for the one who must do it; for the follower there was nothing to miss.
    assert [aan for aan, _ in post()[al:]] == [EIGEN]
    run(om(maandag) + 7 * DAG)
    assert sorted(aan for aan, _ in post()[al + 1 :]) == [EIGEN, PARTNER]


def test_the_chief_who_wants_weeks_hears_it_on_the_monday_after(maatregel: Maatregel, mensen: Mensen) -> None:
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(leidinggevende=mensen.partner)
    kies(mensen.partner, eigen="week")
    mijlpaal(maatregel, "Laat", "2026-10-01")
    verzonden = loop(d("2026-10-01"), d("2026-11-06"))
    # Fourteen days after is Thursday 15 October.
    assert [vandaag for vandaag, aan, _ in verzonden if aan == PARTNER] == ["2026-10-19", "2026-10-26", "2026-11-02"]


# What one chose since


def plan(moment: datetime.datetime) -> None:
    """All ledger rows of a moment, and then the worker is gone."""
    ontvangers = Ontvangers(moment.date())
    for vraag in (
        herinnerplan.termijnvraag(moment.date(), ontvangers),
        herinnerplan.nieuwsvraag(moment, moment.date(), ontvangers),
    ):
        herinnerplan.leg_vast(vraag, vandaag=moment.date(), moment=moment)


@pytest.mark.parametrize(
    ("eerst", "daarna", "onderwerp"),
    [
        ("direct", "dag", "Dagoverzicht 17 december 2024: 1 bericht"),
        ("direct", "week", "Weekoverzicht 17 december 2024: 1 bericht"),
        ("dag", "direct", "Verdeelbesluit: uiterlijk 24 december 2024 (over 7 dagen)"),
        ("week", "direct", "Verdeelbesluit: uiterlijk 24 december 2024 (over 7 dagen)"),
        ("week", "dag", "Dagoverzicht 17 december 2024: 1 bericht"),
    ],
)
def test_what_waits_comes_as_its_person_wants_it_by_now(
    maatregel: Maatregel, mensen: Mensen, eerst: str, daarna: str, onderwerp: str
) -> None:
    mijlpaal(maatregel, "Verdeelbesluit", "2024-12-24")
    kies(mensen.eigen, eigen=eerst)
    plan(NU)
    kies(mensen.eigen, eigen=daarna)
    run(NU)
    assert post() == [(EIGEN, onderwerp)]
    assert boek() == [(EIGEN, "aankondiging", "verzonden")]


def test_what_waits_for_an_overview_that_went_out_waits_for_the_next(maatregel: Maatregel, mensen: Mensen) -> None:
    kies(mensen.partner, gevolgd="dag")
    verschuif(maatregel, "in_voorbereiding", mensen.eigen, NU)
    run(NU)
    kies(mensen.partner)
    verschuif(maatregel, "in_uitvoering", mensen.eigen, NU + UUR)
    plan(NU + UUR)
    kies(mensen.partner, gevolgd="dag")
    for moment in (NU + UUR, NU + 2 * UUR):
        herinneringen.verstuur_statusberichten(moment=moment)
        run(moment)
    assert len(mail.outbox) == 1
    assert boek()[-1] == (PARTNER, "status", "open")
    run(NU + DAG)
    assert [onderwerp for _, onderwerp in post()] == [
        "Dagoverzicht 17 december 2024: 1 bericht", "Dagoverzicht 18 december 2024: 1 bericht",
    ]  # fmt: skip


def test_none_for_what_is_followed_and_all_of_what_is_ones_own(maatregel: Maatregel, mensen: Mensen) -> None:
    for persoon in (mensen.eigen, mensen.partner):
        kies(persoon, gevolgd="geen")
    Volger.objects.create(maatregel=maatregel, persoon=mensen.eigen, sinds=NU - DAG)
    mijlpaal(maatregel, "Verdeelbesluit", "2024-12-24")
    verschuif(maatregel, "in_uitvoering", mensen.vreemd, NU)
    run(NU)
    herinneringen.verstuur_statusberichten(moment=NU)
    assert post() == [(EIGEN, "Verdeelbesluit: uiterlijk 24 december 2024 (over 7 dagen)")]
    assert Berichtvoorkeur.objects.count() == 2


def test_finished_meanwhile_leaves_the_overview(maatregel: Maatregel, mensen: Mensen) -> None:
    kies(mensen.eigen, eigen="dag")
    blijft, weg = mijlpaal(maatregel, "Blijft", "2024-12-24"), mijlpaal(maatregel, "Weg", "2024-12-24")
    plan(NU)
    Mijlpaal.objects.filter(pk=weg.pk).update(behaald_op=NU.date(), behaald_bewijs="Stcrt.")
    run(NU)
    assert punten() == [f"2024-2-03 {blijft.omschrijving}"]
    assert [uitkomst for _, _, uitkomst in sorted(boek())] == ["niet_meer_nodig", "verzonden"]

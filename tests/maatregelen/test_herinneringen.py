"""A run: what is due goes out once, what was missed once, what is not wanted any more not at all; and the command."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maatregelen import herinneringen, herinnerplan, tasks
from maatregelen.berichtvoorkeuren import plan_vervanging, stel_uit
from maatregelen.herinnerschema import wijzig_regel
from maatregelen.models import (
    Agenda,
    Berichtvoorkeur,
    Betrokkenheid,
    Herinnering,
    Lidmaatschap,
    Mijlpaal,
    Persoon,
    Uitkomst,
    Volger,
)
from maatregelen.ontvangers import Ontvangers
from maatregelen.statuswissel import wijzig_status
from maatregelen.zendlijnen import LIJNEN
from tests.conftest import Mensen
from tests.factories import (
    LidmaatschapFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PersoonFactory,
)
from tests.maatregelen.herinnerstof import DAG, EINDE, NU, boek, d, dag, loop, om, post

echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
EIGEN, SECRETARIAAT = "eigen@voorbeeld.nl", "secretariaat@voorbeeld.nl"


@pytest.fixture
def een(mensen: Mensen) -> Mijlpaal:
    """A deadline of SZW on Monday 30 December 2024 with one person to tell; beside it one that must stay silent."""
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.ander), einde=datetime.date(2030, 1, 1))
    Persoon.objects.filter(pk=mensen.collega.pk).update(is_active=False)
    return MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie, code="2024-2-03"))


def zet(mijlpaal: Mijlpaal, **velden: object) -> None:
    """Another termijn, as it lies in the database."""
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(**velden)


def plan(vandaag: datetime.date, moment: datetime.datetime | None = None) -> None:
    """The ledger rows of a day, and then the worker is gone."""
    vraag = herinnerplan.termijnvraag(vandaag, Ontvangers(timezone.localdate(moment)))
    herinnerplan.leg_vast(vraag, vandaag=vandaag, moment=moment or timezone.now())


# Once, also when a day or a week was missed


def test_once_per_person_and_step(een: Mijlpaal) -> None:
    verslag = herinneringen.verstuur(dag(voor=13))
    assert (verslag.gepland, dict(verslag.aantallen), verslag.is_alles_overgedragen) == (1, {"verzonden": 1}, True)
    for vandaag in (dag(voor=13), dag(voor=12), dag(voor=11)):
        assert herinneringen.verstuur(vandaag).regels == []
    rij = Herinnering.objects.get()
    assert (rij.maatregel, rij.mijlpaal, rij.sleuteldag, rij.trede, rij.vandaag, rij.pogingen, rij.laatste_fout) == (
        een.maatregel, een, EINDE, 14, dag(voor=13), 1, "",
    )  # fmt: skip
    assert rij.afgehandeld_op is not None
    assert rij.kenmerk == mail.outbox[0].extra_headers["Message-ID"]
    assert post() == [(EIGEN, "Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 13 dagen)")]


@pytest.mark.parametrize(
    ("weer_aan", "verwacht"),
    [
        ("2026-12-17", "uiterlijk 30 december 2026 (over 13 dagen)"),  # a day missed
        ("2026-12-23", "uiterlijk 30 december 2026 (over 7 dagen)"),  # a week missed: two steps, one mail
        ("2026-12-30", "uiterlijk 30 december 2026 (vandaag)"),
        ("2026-12-31", "termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2026 (gisteren)"),
        ("2027-02-12", "termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2026 (44 dagen geleden)"),
    ],
)
def test_what_was_missed_is_caught_up_once_in_the_words_of_today(een: Mijlpaal, weer_aan: str, verwacht: str) -> None:
    zet(een, einde=d("2026-12-30"), hardheid="wettelijk")
    MijlpaalFactory(maatregel=een.maatregel, omschrijving="Ook", einde=d("2026-12-30"), hardheid="wettelijk")
    loop(d("2026-11-30"), d("2026-12-15"))
    mail.outbox.clear()
    herinneringen.verstuur(d(weer_aan), moment=om(d(weer_aan)))
    assert sorted(onderwerp for aan, onderwerp in post() if aan == EIGEN) == [
        f"Ook: {verwacht}", f"Verdeelbesluit genomen: {verwacht}",
    ]  # fmt: skip
    mail.outbox.clear()
    herinneringen.verstuur(d(weer_aan), moment=om(d(weer_aan), 16))
    assert post() == []


def test_what_could_not_be_sent_goes_later_in_the_words_of_that_day(een: Mijlpaal) -> None:
    plan(dag(voor=14))
    herinneringen.verstuur(dag(voor=10))
    assert post() == [(EIGEN, "Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 10 dagen)")]
    assert boek() == [(EIGEN, "aankondiging", "verzonden")]


def test_an_announcement_that_came_too_late_becomes_the_next_step(een: Mijlpaal) -> None:
    plan(dag(voor=1))
    herinneringen.verstuur(dag(na=1))
    assert boek() == [(EIGEN, "aankondiging", "niet_meer_nodig"), (EIGEN, "voorbij", "verzonden")]


# The clock


@pytest.mark.parametrize(
    ("nacht", "tikken"),
    [
        # 02:30 comes twice in the night of Sunday 25 October 2026, and not at all in that of 29 March 2026.
        ("2026-10-25", ["2026-10-25T00:30Z", "2026-10-25T01:30Z"]),
        ("2026-03-29", ["2026-03-29T00:59Z", "2026-03-29T01:00Z", "2026-03-29T01:30Z"]),
    ],
)
def test_the_nights_of_the_clock_change(een: Mijlpaal, mensen: Mensen, nacht: str, tikken: list[str]) -> None:
    zet(een, einde=d(nacht) + 15 * DAG, hardheid="wettelijk")  # two weeks before is Monday, one day before that Sunday
    begin = datetime.datetime.fromisoformat(tikken[0])
    Volger.objects.create(maatregel=een.maatregel, persoon=mensen.partner, sinds=begin - DAG)
    wijzig_status(een.maatregel, "in_uitvoering", door=mensen.eigen, toelichting="x", moment=begin)
    for tik in tikken:
        with time_machine.travel(tik, tick=False):
            tasks.verstuur_herinneringen()
            tasks.verstuur_statusberichten()
    assert [aan for aan, _ in post()] == ["partner@voorbeeld.nl"]
    for uur in (6, 9):
        with time_machine.travel(om(d(nacht) + DAG, uur), tick=False):
            tasks.verstuur_herinneringen()
    assert [(aan, "(over 14 dagen)" in onderwerp) for aan, onderwerp in post()[1:]] == [(EIGEN, True)]


def test_new_year_and_the_day_in_amsterdam(een: Mijlpaal) -> None:
    """Half past eleven in the evening in London is the next year here; and that day is off."""
    zet(een, einde=d("2026-12-31"), hardheid="wettelijk")
    loop(d("2026-12-01"), d("2026-12-30"))
    mail.outbox.clear()
    for tik in (
        "2026-12-31T09:00Z",
        "2026-12-31T22:59Z",
        "2026-12-31T23:30Z",
        "2027-01-02T09:00Z",
        "2027-01-04T06:00Z",
    ):
        with time_machine.travel(tik, tick=False):
            tasks.verstuur_herinneringen()
    assert [onderwerp for _, onderwerp in post()] == [
        "Verdeelbesluit genomen: uiterlijk 31 december 2026 (vandaag)",
        "Verdeelbesluit genomen: termijn voorbij, stand niet gemeld, was uiterlijk 31 december 2026 (4 dagen geleden)",
    ]


# What changed in between


def test_a_moved_date_reminds_anew_and_the_old_one_is_silent(een: Mijlpaal) -> None:
    herinneringen.verstuur(dag(voor=13))
    plan(dag(voor=7))
    zet(een, einde=dag(na=7))
    herinneringen.verstuur(dag(voor=7))
    assert list(Herinnering.objects.order_by("id").values_list("sleuteldag", "trede", "uitkomst")) == [
        (EINDE, 14, "verzonden"), (EINDE, 7, "niet_meer_nodig"), (dag(na=7), 14, "verzonden"),
    ]  # fmt: skip
    # And back: the old date was told at that step, and the new one is over.
    zet(een, einde=EINDE)
    herinneringen.verstuur(dag(voor=6))
    assert [onderwerp for _, onderwerp in post()] == [
        f"Verdeelbesluit genomen: {wanneer}"
        for wanneer in (
            "uiterlijk 30 december 2024 (over 13 dagen)",
            "uiterlijk 6 januari 2025 (over 14 dagen)",
            "uiterlijk 30 december 2024 (over 6 dagen)",
        )
    ]


VERANDERINGEN: dict[str, Callable[[Mijlpaal, Mensen], object]] = {
    "moved": lambda een, mensen: zet(een, einde=dag(na=300)),
    "vague": lambda een, mensen: zet(een, einde=None, precisie="vaag"),
    "reached": lambda een, mensen: zet(een, behaald_op=dag(voor=20), behaald_bewijs="x"),
    "withdrawn": lambda een, mensen: wijzig_status(
        een.maatregel, "vervallen", door=mensen.eigen, toelichting="x", moment=NU
    ),
    "not running": lambda een, mensen: Agenda.objects.update(is_lopend=False),
    "inactive": lambda een, mensen: Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False),
    "membership over": lambda een, mensen: Lidmaatschap.objects.filter(persoon=mensen.eigen).update(
        tot=datetime.date(2024, 1, 1)
    ),
    "other role": lambda een, mensen: Lidmaatschap.objects.filter(persoon=mensen.eigen).update(rol="lezer"),
    "reassigned": lambda een, mensen: Betrokkenheid.objects.filter(maatregel=een.maatregel).update(
        organisatie=mensen.ander
    ),
    "put off": lambda een, mensen: stel_uit(
        een, mensen.eigen, tot=dag(voor=2), reden="Wacht op advies.", vandaag=dag(voor=13)
    ),
    "absent": lambda een, mensen: plan_vervanging(
        mensen.eigen, vervanger=mensen.vreemd, van=timezone.localdate(), tot_en_met=timezone.localdate(),
        vandaag=timezone.localdate(),
    ),
    "other rule": lambda een, mensen: wijzig_regel(
        "toezegging", "dag", vooraf=[7], stil_na_begin=0, daarna_elke=7, stopt_na=91, vaag_na=180, versie=0
    ),
}  # fmt: skip


@pytest.mark.parametrize("verandering", VERANDERINGEN)
def test_what_is_no_longer_wanted_is_not_sent(een: Mijlpaal, mensen: Mensen, verandering: str) -> None:
    plan(dag(voor=13))
    VERANDERINGEN[verandering](een, mensen)
    herinneringen.verstuur(dag(voor=13))
    assert (EIGEN, "aankondiging", "niet_meer_nodig") in boek()
    assert [bericht.to for bericht in mail.outbox if EIGEN in bericht.to] == []
    rij = Herinnering.objects.get(persoon=mensen.eigen)
    assert (rij.pogingen, rij.afgehandeld_op is None) == (0, False)
    # Who takes over is told at once; where nobody does, nobody is.
    anderen = {
        "reassigned": ["vreemd@voorbeeld.nl"], "absent": ["vreemd@voorbeeld.nl"],
        "inactive": [SECRETARIAAT], "membership over": [SECRETARIAAT], "other role": [SECRETARIAAT],
    }  # fmt: skip
    assert [aan for aan, _ in post()] == anderen.get(verandering, [])


def test_what_is_wanted_again_is_sent_after_all(een: Mijlpaal, mensen: Mensen) -> None:
    plan(dag(voor=13))
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False)
    herinneringen.verstuur(dag(voor=13))
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=True)
    herinneringen.verstuur(dag(voor=12))
    assert boek() == [(EIGEN, "aankondiging", "verzonden"), (SECRETARIAAT, "aankondiging", "verzonden")]
    # The secretariaat stood in while nobody else was there.
    assert [aan for aan, _ in post()] == [SECRETARIAAT, EIGEN]


def test_a_run_for_another_day_loses_nothing_of_the_worker_nor_the_worker_of_it(een: Mijlpaal) -> None:
    """What one leaves open the other may close; the next run of its own opens it again."""
    plan(dag(voor=13))
    nu = timezone.now()
    herinneringen.verstuur(d("2026-11-20"), moment=nu)
    assert boek() == [(EIGEN, "aankondiging", "niet_meer_nodig")]
    herinneringen.verstuur(dag(voor=13), moment=nu)
    assert boek() == [(EIGEN, "aankondiging", "verzonden")]


def test_one_that_cannot_be_made_keeps_nobody_else(een: Mijlpaal, mensen: Mensen) -> None:
    """An address with a line end, which the form refuses and the database cannot: no header of its own, no mail."""
    kwaad = PersoonFactory(email="a@voorbeeld.nl\nbcc: b@voorbeeld.nl")
    LidmaatschapFactory(persoon=kwaad, organisatie=mensen.organisatie)
    verslag = herinneringen.verstuur(dag(voor=13))
    assert (verslag.is_alles_overgedragen, verslag.gestopt) == (False, "")
    assert sorted(boek()) == [
        ("a@voorbeeld.nl\nbcc: b@voorbeeld.nl", "aankondiging", "open"), (EIGEN, "aankondiging", "verzonden"),
    ]  # fmt: skip
    rij = Herinnering.objects.get(persoon=kwaad)
    assert (rij.pogingen, rij.laatste_fout) == (1, "ValueError: To bevat tekens die niet kunnen.")
    assert [aan for aan, _ in post()] == [EIGEN]


# Queries: the turn taken and given back, the ledger, what is open; per lot who is there and acts for whom (3), the
# steps (3), what is still wanted, and what the mails say (4); planning and the first lot share the first six. And one
# for each mail, or for what several lines laid down together.
VAST_PER_RUN, VAST_PER_PARTIJ = 4, 11


def vragen_van_een_run(aantal: int, mensen: Mensen) -> list[str]:
    """The statements of a run that hands over so many mails."""
    maatregel = MaatregelFactory(trekker=mensen.ander)
    MijlpaalFactory.create_batch(aantal, maatregel=maatregel)
    with CaptureQueriesContext(connection) as vragen:
        verslag = herinneringen.verstuur(dag(voor=13))
    assert dict(verslag.aantallen) == {"verzonden": aantal}
    return [vraag["sql"] for vraag in vragen]


@pytest.mark.parametrize("aantal", [1, 3, 50])
def test_each_mail_costs_one_statement_and_all_else_is_constant(mensen: Mensen, aantal: int) -> None:
    vragen = vragen_van_een_run(aantal, mensen)
    bijgewerkt = [vraag for vraag in vragen if vraag.startswith("UPDATE")]
    assert (len(vragen) - len(bijgewerkt), len(bijgewerkt)) == (VAST_PER_RUN + VAST_PER_PARTIJ, aantal)


@echte_transacties
@pytest.mark.parametrize(("aantal", "partijen"), [(1000, 1), (1001, 2)])
def test_one_row_more_than_a_thousand_is_one_lot_more(mensen: Mensen, aantal: int, partijen: int) -> None:
    """So many go over several connections at once; what was answered meanwhile is recorded together."""
    vragen = vragen_van_een_run(aantal, mensen)
    bijgewerkt = [vraag for vraag in vragen if vraag.startswith("UPDATE")]
    assert len(vragen) - len(bijgewerkt) == VAST_PER_RUN + partijen * VAST_PER_PARTIJ
    assert aantal / LIJNEN <= len(bijgewerkt) <= aantal
    assert set(Herinnering.objects.values_list("uitkomst", "pogingen")) == {("verzonden", 1)}
    assert len({bericht.extra_headers["Message-ID"] for bericht in mail.outbox}) == aantal


@echte_transacties
def test_a_database_that_thinks_it_is_empty_still_answers_in_time(mensen: Mensen) -> None:
    """After a large load or clean-up it does not know yet how much there is; a run then asked again for every row."""
    MijlpaalFactory.create_batch(1500, maatregel=MaatregelFactory(trekker=mensen.ander))
    plan(dag(voor=13))
    Herinnering.objects.all().delete()
    Mijlpaal.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE maatregelen_mijlpaal, maatregelen_herinnering")
        cursor.execute("SET statement_timeout = '10s'")
    try:
        assert len(vragen_van_een_run(1000, mensen)) >= VAST_PER_RUN + VAST_PER_PARTIJ
    finally:
        connection.close()


# The command


def opdracht(*argumenten: str) -> list[str]:
    """What the command printed, line by line."""
    uitvoer = io.StringIO()
    call_command("verstuur_herinneringen", *argumenten, stdout=uitvoer)
    return uitvoer.getvalue().splitlines()


WAT = "  wat:    Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 13 dagen)"
WAAROM = "  waarom: SZW is verantwoordelijk, u bent dossierhouder van SZW"


def test_a_trial_shows_what_would_go_and_writes_nothing(een: Mijlpaal) -> None:
    for _ in range(2):
        with CaptureQueriesContext(connection) as vragen:
            regels = opdracht("--vandaag", "2024-12-17", "--proef")
        assert regels == [
            "eigen@voorbeeld.nl: zou gaan", WAT, WAAROM,
            "Proef voor 2024-12-17: 1 bericht aan 1 persoon. Er is niets verstuurd en niets vastgelegd.",
        ]  # fmt: skip
        assert [vraag["sql"] for vraag in vragen if not vraag["sql"].startswith("SELECT")] == []
    assert (mail.outbox, boek()) == ([], [])


def test_the_command_prints_who_what_why_and_sends_once(een: Mijlpaal) -> None:
    assert opdracht("--vandaag", "2024-12-17") == [
        "eigen@voorbeeld.nl: verzonden", WAT, WAAROM,
        "Voor 2024-12-17: 1 bericht aan 1 persoon verzonden, 0 niet meer nodig, 0 geweigerd, 0 nog open.",
    ]  # fmt: skip
    assert opdracht("--vandaag", "2024-12-17") == [
        "Voor 2024-12-17: 0 berichten aan 0 personen verzonden, 0 niet meer nodig, 0 geweigerd, 0 nog open."
    ]
    assert opdracht("--vandaag", "2024-12-18", "--proef") == [
        "Proef voor 2024-12-18: 0 berichten aan 0 personen. Er is niets verstuurd en niets vastgelegd."
    ]
    assert len(mail.outbox) == 1


def test_the_command_names_deadlines_that_nobody_hears_of(een: Mijlpaal, mensen: Mensen) -> None:
    MijlpaalFactory(maatregel=MaatregelFactory(code="leeg", trekker=OrganisatieFactory()))
    mensen.secretariaat.lidmaatschappen.update(tot=datetime.date(2024, 1, 1))
    assert "Zonder ontvanger (1), want er is geen dossierhouder en geen secretariaat: leeg." in opdracht(
        "--vandaag", "2024-12-17"
    )


@time_machine.travel("2026-11-18T09:00Z", tick=False)
def test_without_a_day_it_is_today_and_followers_are_told_too(een: Mijlpaal, mensen: Mensen) -> None:
    nu, vandaag = timezone.now(), timezone.localdate()
    zet(een, einde=vandaag, begin=vandaag, relatie="op")
    Volger.objects.create(maatregel=een.maatregel, persoon=mensen.partner, sinds=nu - DAG)
    wijzig_status(een.maatregel, "in_uitvoering", door=mensen.eigen, toelichting="Besluit genomen.", moment=nu)
    assert opdracht("--proef")[-1] == (
        "Proef voor 2026-11-18: 2 berichten aan 2 personen. Er is niets verstuurd en niets vastgelegd."
    )
    assert mail.outbox == []
    assert opdracht("--vandaag", "2024-12-17")[-1].startswith("Voor 2024-12-17: 0 berichten")
    assert opdracht()[-1] == (
        "Voor 2026-11-18: 2 berichten aan 2 personen verzonden, 0 niet meer nodig, 0 geweigerd, 0 nog open."
    )
    assert sorted(aan for aan, _ in post()) == [EIGEN, "partner@voorbeeld.nl"]


@time_machine.travel("2026-11-21T09:00Z", tick=False)  # a Saturday
def test_on_a_day_off_the_command_says_when_it_goes_on_and_still_tells_followers(een: Mijlpaal, mensen: Mensen) -> None:
    zet(een, einde=timezone.localdate())
    Volger.objects.create(maatregel=een.maatregel, persoon=mensen.partner, sinds=timezone.now() - DAG)
    wijzig_status(een.maatregel, "in_uitvoering", door=mensen.eigen, toelichting="Besluit genomen.")
    vrij = "2026-11-21 is geen werkdag: herinneringen gaan op werkdagen uit, weer op 2026-11-23."
    assert opdracht("--proef")[-2:] == [
        vrij, "Proef voor 2026-11-21: 1 bericht aan 1 persoon. Er is niets verstuurd en niets vastgelegd."
    ]  # fmt: skip
    assert opdracht()[-2:] == [
        vrij, "Voor 2026-11-21: 1 bericht aan 1 persoon verzonden, 0 niet meer nodig, 0 geweigerd, 0 nog open."
    ]  # fmt: skip
    assert [aan for aan, _ in post()] == ["partner@voorbeeld.nl"]


def test_a_trial_shows_what_waits_and_what_comes_in_an_overview(een: Mijlpaal, mensen: Mensen) -> None:
    plan(dag(voor=13))
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.ander), omschrijving="Een")
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.ander), omschrijving="Twee")
    Berichtvoorkeur.objects.create(persoon=mensen.vreemd, eigen="dag")
    assert opdracht("--vandaag", "2024-12-17", "--proef") == [
        "eigen@voorbeeld.nl: zou gaan", WAT, WAAROM,
        "vreemd@voorbeeld.nl: zou gaan, in het dagoverzicht",
        "  wat:    Een: uiterlijk 30 december 2024 (over 13 dagen)",
        "  waarom: OCW is verantwoordelijk, u bent dossierhouder van OCW",
        "vreemd@voorbeeld.nl: zou gaan, in het dagoverzicht",
        "  wat:    Twee: uiterlijk 30 december 2024 (over 13 dagen)",
        "  waarom: OCW is verantwoordelijk, u bent dossierhouder van OCW",
        "Proef voor 2024-12-17: 2 berichten aan 2 personen. Er is niets verstuurd en niets vastgelegd.",
    ]  # fmt: skip
    assert boek() == [(EIGEN, "aankondiging", "open")]


@pytest.mark.parametrize("tekst", ["", "17-12-2024", "2024-02-30", "20241217", "2024-W51-2", "morgen", "٢٠٢٤-١٢-١٧"])
def test_a_wrong_day_is_explained(db: None, tekst: str) -> None:
    with pytest.raises(CommandError) as fout:
        opdracht("--vandaag", tekst)
    assert str(fout.value) == f"'{tekst}' is geen datum. Schrijf JJJJ-MM-DD, bijvoorbeeld 2024-12-17."


def test_a_day_far_away_is_explained(db: None) -> None:
    with pytest.raises(CommandError, match="0001-01-01 ligt te ver weg"):
        opdracht("--vandaag", "0001-01-01")


def test_outside_the_demo_another_day_is_only_a_trial(een: Mijlpaal, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="Voeg --proef toe"):
        opdracht("--vandaag", "2024-12-17")
    assert (mail.outbox, boek()) == ([], [])
    assert opdracht("--vandaag", "2024-12-17", "--proef")[0] == "eigen@voorbeeld.nl: zou gaan"


def test_the_real_deadline_of_2024(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The five documents and the demo people: one mail about the verdeelbesluit, to who is now of JenV."""
    monkeypatch.setenv("DEMO_WACHTWOORD", "een wachtwoord voor de proef")
    for naam in ("laad_agendas", "laad_demo"):
        call_command(naam, stdout=io.StringIO(), stderr=io.StringIO())
    opdracht("--vandaag", "2024-12-17")
    over = [bericht for bericht in mail.outbox if "/maatregelen/2024-2-03/" in bericht.body]
    assert [(bericht.to, bericht.subject) for bericht in over] == [
        (["dossier.aenm@voorbeeld.nl"], "Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 13 dagen)")
    ]
    assert "Verantwoordelijk: AenM (nu JenV)\n" in over[0].body
    aantal = len(mail.outbox)
    opdracht("--vandaag", "2024-12-17")
    opdracht("--vandaag", "2024-12-18")
    assert len(mail.outbox) == aantal
    assert {rij.uitkomst for rij in Herinnering.objects.all()} == {Uitkomst.VERZONDEN}

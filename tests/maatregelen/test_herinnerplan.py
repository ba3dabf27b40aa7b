"""On which days somebody is reminded, who it is and why: by kind of termijn, and by who acts for whom."""

import datetime
from collections import defaultdict
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maatregelen import herinneringen, herinnerplan
from maatregelen.berichtvoorkeuren import plan_vervanging, stel_uit, trek_uitstel_in
from maatregelen.herinnerschema import (
    EIGEN_REGELS,
    Escalatiestap,
    komende_stappen,
    regel_voor,
    wijzig_regel,
    zet_escalaties,
)
from maatregelen.models import (
    Betrokkenheid,
    Hardheid,
    Herinnering,
    Lidmaatschap,
    Mijlpaal,
    Organisatie,
    Persoon,
)
from maatregelen.ontvangers import Ontvangers
from maatregelen.statuswissel import wijzig_status
from maatregelen.werkdagen import is_werkdag
from maatregelen.zichtbaarheid import Bevoegdheid, kijkers, mag_maatregel_bijhouden, zichtbare_maatregelen
from tests.conftest import Mensen
from tests.factories import (
    AgendaFactory,
    BetrokkenheidFactory,
    LidmaatschapFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PersoonFactory,
    PijlerFactory,
)
from tests.maatregelen.herinnerstof import DAG, NU, d, dag, loop, om, wie

EIGEN, COLLEGA, SECRETARIAAT = "eigen@voorbeeld.nl", "collega@voorbeeld.nl", "secretariaat@voorbeeld.nl"
AANKONDIGING = [(COLLEGA, "aankondiging"), (EIGEN, "aankondiging")]
VOORBIJ = [(COLLEGA, "voorbij"), (EIGEN, "voorbij")]


@pytest.fixture
def mijlpaal(mensen: Mensen) -> Mijlpaal:
    """A deadline of SZW on Monday 30 December 2024; beside it what must stay silent."""
    vreemd = MaatregelFactory(trekker=mensen.ander)
    MijlpaalFactory(maatregel=vreemd, einde=datetime.date(2030, 1, 1))
    for precisie in ("vaag", "duur"):
        MijlpaalFactory(
            maatregel=vreemd, omschrijving=precisie, termijn_tekst="ooit", einde=None, precisie=precisie, relatie=""
        )
    return MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie, code="2024-2-03"))


@pytest.fixture
def een(mijlpaal: Mijlpaal, mensen: Mensen) -> Mijlpaal:
    """The same milestone, with one person to tell."""
    Persoon.objects.filter(pk=mensen.collega.pk).update(is_active=False)
    return mijlpaal


def zet(mijlpaal: Mijlpaal, **velden: object) -> None:
    """Another termijn, as it lies in the database."""
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(**velden)


def op_welke_dagen(aan: str, van: str, tot: str) -> list[str]:
    """On which days this person had mail, each day tried."""
    return [dag_ for dag_, wie_, _ in loop(d(van), d(tot)) if wie_ == aan]


# When: literal days


def test_a_statutory_day_is_announced_in_steps_then_called_past_every_week(een: Mijlpaal) -> None:
    zet(een, einde=d("2026-12-30"), hardheid="wettelijk")  # a Wednesday
    assert loop(d("2026-11-01"), d("2027-01-10")) == [
        (vandaag, EIGEN, f"Verdeelbesluit genomen: {wanneer}")
        for vandaag, wanneer in (
            ("2026-11-30", "uiterlijk 30 december 2026 (over 30 dagen)"),
            ("2026-12-16", "uiterlijk 30 december 2026 (over 14 dagen)"),
            ("2026-12-23", "uiterlijk 30 december 2026 (over 7 dagen)"),
            ("2026-12-29", "uiterlijk 30 december 2026 (morgen)"),
            ("2026-12-30", "uiterlijk 30 december 2026 (vandaag)"),
            ("2026-12-31", "termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2026 (gisteren)"),
            ("2027-01-07", "termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2026 (8 dagen geleden)"),
        )
    ]


def test_a_step_in_a_weekend_comes_on_the_last_working_day_before_and_a_reminder_after_it(een: Mijlpaal) -> None:
    zet(een, einde=d("2026-12-27"), hardheid="wettelijk")  # the Sunday after Christmas on Friday
    # 27 November is a Friday; 13 and 20 December are Sundays; "tomorrow" and "today" both fall on days off.
    assert op_welke_dagen(EIGEN, "2026-11-01", "2027-01-18") == [
        "2026-11-27", "2026-12-11", "2026-12-18", "2026-12-24", "2026-12-28", "2027-01-04", "2027-01-11", "2027-01-18",
    ]  # fmt: skip


WETTELIJK_DAG = ["2026-12-01", "2026-12-17", "2026-12-24", "2026-12-30", "2026-12-31"]
TABEL = [
    # precisie, begin: then the days per hardheid, for what ends on Thursday 31 December 2026
    ("dag", None, WETTELIJK_DAG, WETTELIJK_DAG, ["2026-12-17", "2026-12-30"]),
    ("dag", "2026-12-31", WETTELIJK_DAG, WETTELIJK_DAG, ["2026-12-17", "2026-12-30"]),
    *(
        (precisie, begin, ["2026-12-01", "2026-12-17", "2026-12-24", "2026-12-31"],
         ["2026-12-01", "2026-12-17", "2026-12-24"], ["2026-12-17"])
        for precisie, begin in (("week", "2026-12-28"), ("maand", "2026-12-01"))
    ),
    # The month of quiet ends on Sunday 1 November, when "60 days before" is due: it comes on Monday.
    ("kwartaal", "2026-10-01", ["2026-11-02", "2026-12-01", "2026-12-17", "2026-12-31"],
     ["2026-11-02", "2026-12-01", "2026-12-17"], ["2026-12-01"]),
    # The same step of a longer period comes before that Sunday, on Friday.
    *(
        (precisie, begin, ["2026-10-30", "2026-12-01", "2026-12-17", "2026-12-31"],
         ["2026-10-30", "2026-12-01", "2026-12-17"], ["2026-12-01"])
        for precisie, begin in (
            ("halfjaar", "2026-07-01"), ("jaar", "2026-01-01"), ("seizoen", "2026-09-22"), ("periode", "2026-03-01"),
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("precisie", "begin", "hardheid", "verwacht"),
    [
        (precisie, begin, hardheid, dagen)
        for precisie, begin, *per_soort in TABEL
        for hardheid, dagen in zip(Hardheid, [*per_soort, per_soort[-1]], strict=True)
    ],
)
def test_each_kind_of_termijn_is_announced_on_its_own_days(
    een: Mijlpaal, precisie: str, begin: str | None, hardheid: Hardheid, verwacht: list[str]
) -> None:
    zet(een, begin=begin and d(begin), einde=d("2026-12-31"), precisie=precisie, hardheid=hardheid)
    assert op_welke_dagen(EIGEN, "2026-09-28", "2026-12-31") == verwacht


def test_the_second_half_of_a_year_is_left_alone_in_its_first_month(een: Mijlpaal) -> None:
    zet(een, begin=d("2026-07-01"), einde=d("2026-12-31"), precisie="halfjaar", relatie="in", hardheid="wettelijk")
    wijzig_regel("wettelijk", "ruim", vooraf=[200, 170], stil_na_begin=31, daarna_elke=7, stopt_na=91, vaag_na=180,
                 versie=0)  # fmt: skip
    # Both are due long before; of what was kept back in July only the latest is told, on the first working day after.
    assert op_welke_dagen(EIGEN, "2026-06-01", "2026-12-31") == ["2026-08-03"]


def test_a_short_period_is_announced_before_it_begins(een: Mijlpaal) -> None:
    zet(een, begin=d("2026-12-01"), einde=d("2026-12-10"), precisie="periode", relatie="in")
    assert op_welke_dagen(EIGEN, "2026-09-01", "2026-12-10") == ["2026-10-09", "2026-11-10", "2026-11-26"]
    Herinnering.objects.all().delete()
    zet(een, precisie="maand")
    assert op_welke_dagen(EIGEN, "2026-09-01", "2026-12-10") == ["2026-11-10", "2026-11-26", "2026-12-03"]


def test_only_a_first_day_is_announced_until_it_begins_and_never_called_past(een: Mijlpaal) -> None:
    zet(een, begin=d("2026-12-30"), einde=None, relatie="vanaf", hardheid="wettelijk")
    assert op_welke_dagen(EIGEN, "2026-11-01", "2027-04-30") == [
        "2026-11-30", "2026-12-16", "2026-12-23", "2026-12-29", "2026-12-30",
    ]  # fmt: skip


def test_what_has_no_day_is_never_reminded_of_whatever_the_rule(mijlpaal: Mijlpaal) -> None:
    Mijlpaal.objects.filter(pk=mijlpaal.pk).delete()
    for hardheid in Hardheid:
        wijzig_regel(hardheid, "vaag", vooraf=[366, 30, 0], stil_na_begin=0, daarna_elke=1, stopt_na=366, vaag_na=1,
                     versie=0)  # fmt: skip
    assert loop(d("2024-09-01"), d("2025-03-01")) == []


def test_the_beheerders_own_steps_are_obeyed(een: Mijlpaal) -> None:
    wijzig_regel("toezegging", "dag", vooraf=[21, 3], stil_na_begin=0, daarna_elke=14, stopt_na=40, vaag_na=180,
                 versie=0)  # fmt: skip
    zet(een, einde=d("2026-10-15"))
    assert op_welke_dagen(EIGEN, "2026-09-01", "2026-12-31") == [
        "2026-09-24", "2026-10-12", "2026-10-16", "2026-10-30", "2026-11-13",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("elke", "stopt", "verwacht"),
    [
        (0, 91, ["2026-10-19"]),
        (7, 0, []),
        (7, 1, ["2026-10-19"]),  # the day after is a Saturday: it comes on Monday, however soon it stops
        (1, 4, ["2026-10-19", "2026-10-20"]),
        (7, 15, ["2026-10-19", "2026-10-26", "2026-11-02"]),
    ],
)
def test_reminding_afterwards_goes_on_as_long_as_the_rule_says(
    een: Mijlpaal, elke: int, stopt: int, verwacht: list[str]
) -> None:
    wijzig_regel("toezegging", "dag", vooraf=[], stil_na_begin=0, daarna_elke=elke, stopt_na=stopt, vaag_na=180,
                 versie=0)  # fmt: skip
    zet(een, einde=d("2026-10-16"))  # a Friday
    assert op_welke_dagen(EIGEN, "2026-10-01", "2026-12-31") == verwacht


def test_two_years_of_days_never_a_mail_on_a_day_off_and_each_step_once(een: Mijlpaal, mensen: Mensen) -> None:
    """Every kind, ending on every day of the week: the question in SQL and the plan in Python say the same."""
    een.delete()
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    lengtes = {"dag": None, "week": 6, "maand": 30, "kwartaal": 91, "halfjaar": 183, "periode": 9}
    soorten = list(product(lengtes.items(), Hardheid))
    for nummer, ((precisie, lengte), hardheid) in enumerate(soorten):
        einde = d("2027-03-01") + nummer * 17 * DAG
        MijlpaalFactory(
            maatregel=maatregel, omschrijving=f"M{nummer}", einde=einde, precisie=precisie, hardheid=hardheid,
            begin=None if lengte is None else einde - lengte * DAG,
        )  # fmt: skip
    MijlpaalFactory(maatregel=maatregel, omschrijving="schrikkeldag", einde=d("2028-02-29"), hardheid="wettelijk")
    MijlpaalFactory(maatregel=maatregel, omschrijving="nieuwjaar", einde=d("2028-01-01"), hardheid="wettelijk")
    van, tot = d("2026-12-01"), d("2028-11-30")
    gekregen = defaultdict(list)
    for vandaag, aan, onderwerp in loop(van, tot):
        assert (is_werkdag(d(vandaag)), aan) in {(True, EIGEN), (True, SECRETARIAAT)}
        if aan == EIGEN:
            gekregen[onderwerp.split(":")[0]].append(vandaag)
    for mijlpaal in Mijlpaal.objects.filter(maatregel=maatregel):
        plan = komende_stappen(mijlpaal, regel_voor(mijlpaal, EIGEN_REGELS), van - DAG, hoogstens=99)
        assert gekregen[mijlpaal.omschrijving] == [komend.dag.isoformat() for komend in plan]
    assert gekregen["schrikkeldag"][:6] == [
        "2028-01-28", "2028-02-15", "2028-02-22", "2028-02-28", "2028-02-29", "2028-03-01",
    ]  # fmt: skip
    assert gekregen["nieuwjaar"][3:6] == ["2027-12-31", "2028-01-03", "2028-01-10"]
    sleutels = list(Herinnering.objects.values_list("persoon", "mijlpaal", "stap", "trede", "sleuteldag"))
    assert len(sleutels) == len(set(sleutels))


# Who, when nothing happens


def test_the_chief_after_fourteen_days_the_secretariaat_after_twenty_eight_each_weekly(
    een: Mijlpaal, mensen: Mensen
) -> None:
    chef = PersoonFactory(email="chef@voorbeeld.nl")
    LidmaatschapFactory(persoon=chef, organisatie=mensen.ander, rol="lezer")
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(leidinggevende=chef)
    zet(een, einde=d("2026-10-01"))  # a Thursday
    gekregen = defaultdict(list)
    for vandaag, aan, _ in loop(d("2026-10-01"), d("2027-01-31")):
        gekregen[aan].append(vandaag)
    assert gekregen[EIGEN][:5] == ["2026-10-01", "2026-10-02", "2026-10-09", "2026-10-16", "2026-10-23"]
    assert gekregen["chef@voorbeeld.nl"][:3] == ["2026-10-15", "2026-10-22", "2026-10-29"]
    assert gekregen[SECRETARIAAT][:3] == ["2026-10-29", "2026-11-05", "2026-11-12"]
    # It ends: 91 days after is 31 December.
    assert {aan: dagen[-1] for aan, dagen in gekregen.items()} == {
        EIGEN: "2026-12-28", "chef@voorbeeld.nl": "2026-12-31", SECRETARIAAT: "2026-12-31",
    }  # fmt: skip
    redenen = set(Herinnering.objects.exclude(persoon=mensen.eigen).values_list("hoedanigheid", "reden"))
    assert redenen == {
        ("leidinggevende", "de termijn is al 14 dagen of langer voorbij"),
        ("secretariaat", "de termijn is al 28 dagen of langer voorbij"),
    }


def test_an_organisations_own_chain(een: Mijlpaal, mensen: Mensen) -> None:
    zet_escalaties(mensen.organisatie, [Escalatiestap(3, "persoon", mensen.partner)])
    zet(een, einde=d("2026-10-01"))
    verzonden = loop(d("2026-10-01"), d("2026-11-15"))
    assert {aan for _, aan, _ in verzonden} == {EIGEN, "partner@voorbeeld.nl"}
    # Three days after is a Sunday.
    assert [vandaag for vandaag, aan, _ in verzonden if aan == "partner@voorbeeld.nl"] == [
        "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09",
    ]  # fmt: skip


def test_who_is_owner_and_chief_hears_it_once(een: Mijlpaal, mensen: Mensen) -> None:
    LidmaatschapFactory(persoon=mensen.vreemd, organisatie=mensen.organisatie, leidinggevende=mensen.eigen)
    assert [aan for aan, _ in wie(dag(na=15))] == [EIGEN, "vreemd@voorbeeld.nl"]
    assert {melding.hoedanigheid for melding in herinneringen.voorgenomen(dag(na=15))} == {"dossierhouder"}


def test_a_deputy_is_told_in_the_place_of_who_is_absent(een: Mijlpaal, mensen: Mensen) -> None:
    plan_vervanging(
        mensen.eigen, vervanger=mensen.vreemd, van=d("2026-06-01"), tot_en_met=d("2026-06-30"), vandaag=d("2026-05-01")
    )
    assert wie(dag(voor=13), op=d("2026-06-30")) == [("vreemd@voorbeeld.nl", "aankondiging")]
    [melding] = herinneringen.voorgenomen(dag(voor=13), moment=om(d("2026-06-30")))
    assert melding.reden == ("u vervangt Eigen t/m 30-06-2026: SZW is verantwoordelijk, u bent dossierhouder van SZW")
    assert wie(dag(voor=13), op=d("2026-07-01")) == [(EIGEN, "aankondiging")]


def test_putting_off_silences_the_owner_and_not_the_chief(een: Mijlpaal, mensen: Mensen) -> None:
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(leidinggevende=mensen.partner)
    zet(een, einde=d("2026-10-01"), hardheid="streven")
    for persoon in (mensen.eigen, mensen.partner):  # of the two only the owner can
        stel_uit(een, persoon, tot=d("2026-10-20"), reden="Wacht op het advies.", vandaag=d("2026-09-01"))
    verzonden = loop(d("2026-09-01"), d("2026-10-20"))
    assert [regel[:2] for regel in verzonden] == [("2026-10-15", "partner@voorbeeld.nl"), ("2026-10-20", EIGEN)]
    # Taken back: at the next run.
    stel_uit(een, mensen.eigen, tot=d("2026-11-20"), reden="Nog steeds.", vandaag=d("2026-10-20"))
    assert [aan for _, aan, _ in loop(d("2026-10-23"), d("2026-10-23"))] == ["partner@voorbeeld.nl"]  # a week later
    trek_uitstel_in(een, mensen.eigen)
    assert [aan for _, aan, _ in loop(d("2026-10-23"), d("2026-10-23"))] == [EIGEN]


# What must be silent


@pytest.mark.parametrize("jaar", [1, 9999])
def test_a_day_at_the_end_of_time_is_an_error_and_not_a_wrong_answer(mijlpaal: Mijlpaal, jaar: int) -> None:
    with pytest.raises(OverflowError):
        wie(datetime.date(jaar, 1, 1) if jaar == 1 else datetime.date(jaar, 12, 31))


@pytest.mark.parametrize("status", ["uitgevoerd", "afgesloten", "vervallen"])
def test_a_finished_measure_is_silent(mijlpaal: Mijlpaal, mensen: Mensen, status: str) -> None:
    assert wie(dag(voor=13)) == AANKONDIGING
    if status == "afgesloten":
        wijzig_status(mijlpaal.maatregel, "uitgevoerd", door=mensen.eigen, toelichting="Klaar.", moment=NU)
    wijzig_status(mijlpaal.maatregel, status, door=mensen.eigen, toelichting="Klaar.", moment=NU)
    assert wie(dag(voor=13)) == []


def test_a_reached_milestone_is_silent(mijlpaal: Mijlpaal) -> None:
    zet(mijlpaal, behaald_op=dag(voor=20), behaald_bewijs="Stcrt. 2024, 1")
    assert (wie(dag(voor=13)), wie(dag(na=1))) == ([], [])


def test_history_and_what_was_never_agreed_stay_silent(mensen: Mensen) -> None:
    for agenda in (AgendaFactory(is_lopend=False), AgendaFactory(is_lopend=False, staat="concept")):
        MijlpaalFactory(maatregel=MaatregelFactory(pijler=PijlerFactory(agenda=agenda), trekker=mensen.organisatie))
    assert wie(dag(voor=13)) == []


@pytest.mark.parametrize("vandaag", ["2024-12-21", "2024-12-22", "2024-12-25", "2024-12-26"])
def test_on_a_day_off_nothing_is_due(mijlpaal: Mijlpaal, vandaag: str) -> None:
    assert wie(d("2024-12-20")) == AANKONDIGING
    assert wie(d(vandaag)) == []


# Who acts for whom


def test_reassigned_work_goes_to_the_other_organisation(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    Betrokkenheid.objects.filter(maatregel=mijlpaal.maatregel).update(tot=dag(voor=20))
    BetrokkenheidFactory(maatregel=mijlpaal.maatregel, organisatie=mensen.ander, herkomst="toegewezen")
    assert wie(dag(voor=13)) == [("vreemd@voorbeeld.nl", "aankondiging")]


def test_who_does_it_or_is_only_involved_gets_nothing(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    for rol in ("uitvoerder", "betrokken"):
        BetrokkenheidFactory(maatregel=mijlpaal.maatregel, organisatie=mensen.ander, rol=rol)
    assert wie(dag(voor=13)) == AANKONDIGING


def test_people_are_those_of_today_not_of_the_day_that_is_judged(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    op = datetime.date(2026, 6, 1)
    Lidmaatschap.objects.filter(persoon=mensen.collega).update(tot=op)
    LidmaatschapFactory(persoon=mensen.rolloos, organisatie=mensen.organisatie, vanaf=op)
    LidmaatschapFactory(persoon=mensen.vreemd, organisatie=mensen.organisatie, vanaf=op + DAG)
    assert wie(dag(voor=13), op=op) == [(EIGEN, "aankondiging"), ("rolloos@voorbeeld.nl", "aankondiging")]


def test_no_mail_for_who_is_inactive_or_only_reads(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    Persoon.objects.filter(pk=mensen.collega.pk).update(is_active=False)
    LidmaatschapFactory(persoon=mensen.partner, organisatie=mensen.organisatie, rol="lezer")
    LidmaatschapFactory(persoon=mensen.beheerder, organisatie=mensen.organisatie, rol="beheerder")
    assert wie(dag(voor=13)) == [(EIGEN, "aankondiging")]


@pytest.fixture
def opgeheven(mijlpaal: Mijlpaal, mensen: Mensen) -> Organisatie:
    """AenM, responsible for the milestone; its work went to an organisation in between, and from there to SZW."""
    tussen = OrganisatieFactory(afkorting="TUS", geldig_tot=datetime.date(2026, 4, 1), opvolger=mensen.organisatie)
    oud = OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2026, 2, 23), opvolger=tussen)
    Betrokkenheid.objects.filter(maatregel=mijlpaal.maatregel).update(organisatie=oud)
    return oud


def test_an_ended_organisation_hands_its_work_on(mijlpaal: Mijlpaal, opgeheven: Organisatie) -> None:
    op = datetime.date(2026, 11, 22)
    assert wie(dag(voor=13), op=op) == AANKONDIGING
    melding = herinneringen.voorgenomen(dag(voor=13), moment=om(op))[0]
    assert melding.verantwoordelijk == "AenM (nu SZW)"
    assert melding.reden == "AenM is verantwoordelijk, SZW nam het werk over, u bent dossierhouder van SZW"
    # Before it ended the work was its own, and it had nobody here.
    [melding] = herinneringen.voorgenomen(dag(voor=13), moment=om(datetime.date(2026, 2, 22)))
    assert melding.persoon.email == SECRETARIAAT
    assert melding.reden == "AenM is verantwoordelijk, maar heeft hier nog geen dossierhouder"


def test_organisations_that_succeed_each_other_in_a_circle_end(mijlpaal: Mijlpaal, opgeheven: Organisatie) -> None:
    tussen = Organisatie.objects.get(afkorting="TUS")
    tussen.opvolger = opgeheven
    tussen.save()
    [melding] = herinneringen.voorgenomen(dag(voor=13), moment=om(datetime.date(2026, 11, 22)))
    assert melding.persoon.email == SECRETARIAAT


def test_mail_goes_to_who_may_keep_the_measure_up(mijlpaal: Mijlpaal, mensen: Mensen, opgeheven: Organisatie) -> None:
    zonder = MijlpaalFactory(maatregel=MaatregelFactory()).maatregel
    LidmaatschapFactory(organisatie=Organisatie.objects.get(afkorting="TUS"))
    for op in (datetime.date(2026, 2, 22), datetime.date(2026, 3, 1), datetime.date(2026, 11, 22)):
        for maatregel in (mijlpaal.maatregel, zonder):
            gemaild = {
                melding.persoon.pk for melding in herinneringen.voorgenomen(dag(voor=13), moment=om(op))
                if melding.maatregel.pk == maatregel.pk
            }  # fmt: skip
            mogen = {
                persoon.pk
                for persoon in Persoon.objects.all()
                if mag_maatregel_bijhouden(Bevoegdheid(persoon, op), maatregel)
            }
            # Where nobody may, the secretariaat is told: it can assign somebody who may.
            assert gemaild == (mogen or {mensen.secretariaat.pk})


def test_responsible_twice_is_one_mail_with_both_reasons(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    BetrokkenheidFactory(maatregel=mijlpaal.maatregel, organisatie=mensen.ander)
    BetrokkenheidFactory(maatregel=mijlpaal.maatregel, organisatie=mensen.ander, herkomst="geerfd")
    LidmaatschapFactory(persoon=mensen.eigen, organisatie=mensen.ander)
    meldingen = herinneringen.voorgenomen(dag(voor=13))
    assert len(meldingen) == 3
    assert {melding.persoon.email: melding.reden for melding in meldingen} == {
        COLLEGA: "SZW is verantwoordelijk, u bent dossierhouder van SZW",
        "vreemd@voorbeeld.nl": "OCW is verantwoordelijk, u bent dossierhouder van OCW",
        EIGEN: "OCW is verantwoordelijk, u bent dossierhouder van OCW; "
        "SZW is verantwoordelijk, u bent dossierhouder van SZW",
    }


def test_without_a_trekker_the_secretariaat_is_told(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    woord = OrganisatieFactory(afkorting="kabinet", soort="aanduiding")
    LidmaatschapFactory(persoon=mensen.rolloos, organisatie=woord)
    Betrokkenheid.objects.filter(maatregel=mijlpaal.maatregel).update(organisatie=woord)
    [melding] = herinneringen.voorgenomen(dag(voor=13))
    assert (melding.persoon, melding.reden, melding.verantwoordelijk) == (
        mensen.secretariaat, "de maatregel heeft geen trekker", "",
    )  # fmt: skip


def test_for_an_organisation_without_people_the_secretariaat_is_told(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    uwv = OrganisatieFactory(afkorting="UWV")
    leeg = MijlpaalFactory(maatregel=MaatregelFactory(code="leeg", trekker=uwv))
    reden = "UWV is verantwoordelijk, maar heeft hier nog geen dossierhouder"
    meldingen = herinneringen.voorgenomen(dag(voor=13))
    assert [(m.mijlpaal, m.persoon, m.reden) for m in meldingen if m.mijlpaal == leeg] == [
        (leeg, mensen.secretariaat, reden)
    ]
    # Not where another organisation that answers for it has somebody.
    BetrokkenheidFactory(maatregel=leeg.maatregel, organisatie=mensen.ander)
    assert [m.persoon for m in herinneringen.voorgenomen(dag(voor=13)) if m.mijlpaal == leeg] == [mensen.vreemd]


def test_a_deadline_that_nobody_hears_of_is_named(een: Mijlpaal, mensen: Mensen) -> None:
    leeg = MijlpaalFactory(maatregel=MaatregelFactory(code="leeg", trekker=OrganisatieFactory(afkorting="UWV")))
    assert herinneringen.zonder_ontvanger(dag(voor=13)) == []
    mensen.secretariaat.is_active = False
    mensen.secretariaat.save()
    assert herinneringen.zonder_ontvanger(dag(voor=13)) == [leeg]
    # Also when it has long passed, where the other one's owner is told and only the secretariaat is missing.
    assert herinneringen.zonder_ontvanger(dag(na=42)) == [leeg]


def test_a_long_reason_fits(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    for nummer in range(6):
        organisatie = OrganisatieFactory(afkorting=f"{nummer}" * 60)
        BetrokkenheidFactory(maatregel=mijlpaal.maatregel, organisatie=organisatie)
        LidmaatschapFactory(persoon=mensen.eigen, organisatie=organisatie)
    herinneringen.verstuur(dag(voor=13))
    assert len(Herinnering.objects.get(persoon=mensen.eigen).reden) == 200


def test_one_question_who_may_see(mensen: Mensen) -> None:
    MaatregelFactory()
    Persoon.objects.filter(pk=mensen.vreemd.pk).update(is_active=False)
    Lidmaatschap.objects.filter(persoon=mensen.collega).update(tot=NU.date())
    for op in (NU.date(), NU.date() - DAG):
        zien = {
            persoon.pk for persoon in Persoon.objects.all() if zichtbare_maatregelen(Bevoegdheid(persoon, op)).exists()
        }
        assert set(kijkers(op).values_list("pk", flat=True)) == zien


# Queries


@pytest.mark.parametrize("aantal", [1, 3, 50])
def test_planning_takes_as_many_queries_however_much_is_due(mensen: Mensen, aantal: int) -> None:
    for _ in range(aantal):
        MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie))

    def plan() -> int:
        vraag = herinnerplan.termijnvraag(dag(voor=13), Ontvangers(NU.date()))
        return herinnerplan.leg_vast(vraag, vandaag=dag(voor=13), moment=NU)

    for nieuw in (2 * aantal, 0):
        with CaptureQueriesContext(connection) as vragen:
            assert plan() == nieuw
        # Who acts for whom, successors, deputies; steps, chains, trekkers; and the ledger in one.
        assert len(vragen) == 7
    assert Herinnering.objects.count() == 2 * aantal

"""What a page says will come is what the real run then mails, day after day, to who is there by then."""

import datetime
import random
from collections import defaultdict
from typing import Any

import pytest

from maatregelen.berichtvoorkeuren import plan_vervanging, stel_uit, zet_voorkeur
from maatregelen.herinneringen import verstuur
from maatregelen.herinnerschema import wijzig_regel
from maatregelen.models import (
    Hardheid,
    Herinnering,
    Hoedanigheid,
    Lidmaatschap,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Stap,
    Uitstel,
    Vervanging,
)
from maatregelen.ontvangers import Bezetting, Ontvangers
from maatregelen.volgfilters import Keuze, maak, wijzig
from maatregelen.vooruitzicht import VOORUIT, vooruitzicht_van, vooruitzicht_voor
from tests.conftest import Mensen
from tests.factories import (
    BetrokkenheidFactory,
    LidmaatschapFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PersoonFactory,
)
from tests.maatregelen.herinnerstof import d, om

DAG = datetime.timedelta(days=1)
Gebeurt = tuple[int, int, str, datetime.date]  # person, milestone, step, day


def gemaild(vandaag: datetime.date, dagen: int) -> set[Gebeurt]:
    """What the real run tells on each of these days, with the people of that day."""
    uit: set[Gebeurt] = set()
    for ver in range(dagen + 1):
        dag = vandaag + ver * DAG
        al = set(Herinnering.objects.filter(uitkomst="verzonden").values_list("pk", flat=True))
        verslag = verstuur(dag, moment=om(dag))
        assert verslag.is_alles_overgedragen
        nieuw = Herinnering.objects.filter(uitkomst="verzonden").exclude(pk__in=al)
        uit |= {(rij.persoon_id, rij.mijlpaal_id, rij.stap, dag) for rij in nieuw if rij.mijlpaal_id}
    return uit


def voorspeld(vandaag: datetime.date) -> set[Gebeurt]:
    """What the pages of all measures say, as far as they look ahead."""
    return {
        (aan.persoon.pk, komt.mijlpaal.pk, str(komt.stap), komt.dag)
        for maatregel in Maatregel.objects.all()
        for vooruit in vooruitzicht_van(maatregel, vandaag=vandaag)
        for komt in vooruit.stappen
        for aan in komt.aan
    }


def voorspeld_per_persoon(vandaag: datetime.date) -> set[Gebeurt]:
    """What the pages of all people say."""
    return {
        (persoon.pk, komt.mijlpaal.pk, str(komt.stap), komt.dag)
        for persoon in Persoon.objects.all()
        for komt in vooruitzicht_voor(persoon, vandaag=vandaag)
    }


@pytest.fixture
def bont(mensen: Mensen) -> Mensen:
    """Milestones of every kind, of organisations with people, without, ended, and of nobody; a chief; a follower."""
    chef = PersoonFactory(functie="Chef")
    LidmaatschapFactory(persoon=chef, organisatie=mensen.organisatie, rol="lezer")
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(leidinggevende=chef)
    leeg = OrganisatieFactory(afkorting="LEEG")
    oud = OrganisatieFactory(afkorting="OUD", geldig_tot=datetime.date(2024, 7, 2), opvolger=mensen.ander)
    trekkers: list[list[Any]] = [[mensen.organisatie], [mensen.organisatie, leeg], [leeg], [oud], []]
    soorten = [
        {"einde": datetime.date(2024, 12, 30)},
        {"einde": datetime.date(2025, 1, 26), "hardheid": "wettelijk"},
        {"einde": datetime.date(2024, 11, 24)},
        {"einde": datetime.date(2024, 12, 8), "hardheid": "streven"},
        {"begin": datetime.date(2025, 2, 1), "einde": datetime.date(2025, 2, 28), "precisie": "maand"},
        {"begin": datetime.date(2025, 1, 20), "einde": None, "relatie": "vanaf"},
        {"einde": None, "precisie": "vaag", "relatie": ""},
        {"einde": datetime.date(2025, 1, 6), "behaald_op": datetime.date(2024, 12, 1), "behaald_bewijs": "Brief"},
    ]
    for verantwoordelijken in trekkers:
        stuk = MaatregelFactory()
        for organisatie in verantwoordelijken:
            BetrokkenheidFactory(maatregel=stuk, organisatie=organisatie)
        for soort in soorten:
            MijlpaalFactory(maatregel=stuk, **soort)
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie, status="uitgevoerd"))
    volgt, _ = maak(mensen.partner, Keuze(Maatregel.objects.earliest("pk").pijler.agenda), moment=om(VANDAAG))
    wijzig(volgt, naam="Alles", meldingen=["meld_nadert", "meld_te_laat"], moment=om(VANDAAG))
    maak(mensen.eigen, Keuze(organisatie=mensen.ander), moment=om(VANDAAG))
    return mensen


VANDAAG = datetime.date(2024, 12, 17)


def vergelijk(vandaag: datetime.date) -> set[Gebeurt]:
    """Both pages against the real run, from today on; what came."""
    per_maatregel, per_persoon = voorspeld(vandaag), voorspeld_per_persoon(vandaag)
    volgers = Hoedanigheid.VOLGER
    echt = gemaild(vandaag, VOORUIT)
    assert len(echt) > 20
    assert per_persoon == echt
    alleen_volger = {(rij.persoon_id, rij.mijlpaal_id) for rij in Herinnering.objects.filter(hoedanigheid=volgers)}
    eigen = {een for een in echt if een[:2] not in alleen_volger}
    # The page of a measure stops after some steps per milestone; up to there it says the same.
    laatst: dict[int, datetime.date] = defaultdict(lambda: vandaag - DAG)
    for _, mijlpaal, _, dag in per_maatregel:
        laatst[mijlpaal] = max(laatst[mijlpaal], dag)
    assert {een for een in per_maatregel if een[3] <= vandaag + VOORUIT * DAG} - eigen == set()
    assert {een for een in eigen if een[3] < laatst[een[1]]} - per_maatregel == set()
    assert {een[1] for een in eigen} <= set(laatst)
    return echt


@pytest.mark.parametrize("vandaag", [VANDAAG, datetime.date(2024, 12, 20), datetime.date(2025, 1, 2)])
def test_the_pages_say_what_the_plan_does(bont: Mensen, vandaag: datetime.date) -> None:
    vergelijk(vandaag)


def test_also_with_overviews_a_deputy_and_no_mail_about_what_is_followed(bont: Mensen) -> None:
    zet_voorkeur(bont.eigen, eigen="dag", gevolgd="geen", versie=None)
    zet_voorkeur(bont.collega, eigen="week", gevolgd="direct", versie=None)
    zet_voorkeur(bont.partner, eigen="direct", gevolgd="dag", versie=None)
    einde = VANDAAG + 30 * DAG
    plan_vervanging(bont.vreemd, vervanger=bont.secretariaat, van=VANDAAG, tot_en_met=einde, vandaag=VANDAAG)
    vergelijk(VANDAAG)


def test_also_when_somebody_put_it_off(bont: Mensen) -> None:
    for mijlpaal in Mijlpaal.objects.filter(einde__in=[datetime.date(2024, 12, 30), datetime.date(2024, 12, 8)]):
        if mijlpaal.maatregel.betrokkenheden.filter(organisatie=bont.organisatie).exists():
            stel_uit(mijlpaal, bont.eigen, tot=datetime.date(2025, 1, 4), reden="Wacht op de brief.", vandaag=VANDAAG)
    vergelijk(VANDAAG)


def test_who_sees_nothing_is_told_nothing(bont: Mensen) -> None:
    Persoon.objects.filter(pk=bont.eigen.pk).update(is_active=False)
    assert vooruitzicht_voor(Persoon.objects.get(pk=bont.eigen.pk), vandaag=VANDAAG) == []
    assert vooruitzicht_voor(bont.rolloos, vandaag=VANDAAG) == []
    assert bont.eigen not in {aan for _, _, _, aan in _alle(VANDAAG)}


def _alle(vandaag: datetime.date) -> list[tuple[int, Stap, datetime.date, Persoon]]:
    return [
        (komt.mijlpaal.pk, komt.stap, komt.dag, aan.persoon)
        for maatregel in Maatregel.objects.all()
        for vooruit in vooruitzicht_van(maatregel, vandaag=vandaag)
        for komt in vooruit.stappen
        for aan in komt.aan
    ]


def stappen(mijlpaal: Mijlpaal, vandaag: datetime.date) -> list[tuple[datetime.date, int, bool, list[str]]]:
    """What the page of its measure says of one milestone: day, step, whether it should have been earlier, to whom."""
    (een,) = [een for een in vooruitzicht_van(mijlpaal.maatregel, vandaag=vandaag) if een.mijlpaal == mijlpaal]
    return [(komt.dag, komt.trede, komt.alsnog, [aan.persoon.functie for aan in komt.aan]) for komt in een.stappen]


def mijn(persoon: Persoon, vandaag: datetime.date) -> list[tuple[datetime.date, int, bool]]:
    """What the page of a person says, up to and including the usual day."""
    komt = vooruitzicht_voor(persoon, vandaag=vandaag, dagen=(d("2024-12-30") - vandaag).days)
    return [(een.dag, een.trede, een.alsnog) for een in komt]


BEIDEN = ["Collega", "Eigen"]


@pytest.fixture
def termijn(mensen: Mensen) -> Mijlpaal:
    """A day, Monday 30 December 2024, that is announced 30, 14, 7 and 1 days before and on the day itself."""
    vreemde = MaatregelFactory(trekker=mensen.ander, code="2024-9-99")
    MijlpaalFactory(maatregel=vreemde, einde=d("2025-01-15"))
    stuk = MaatregelFactory(trekker=mensen.organisatie, code="2024-1-01")
    return MijlpaalFactory(maatregel=stuk, einde=d("2024-12-30"), hardheid="wettelijk")  # type: ignore[return-value]


def test_the_run_of_today_comes_until_it_went(mensen: Mensen, termijn: Mijlpaal) -> None:
    daarna = [(d("2024-12-23"), 7, False), (d("2024-12-27"), 1, False), (d("2024-12-30"), 0, False)]
    verstuur(d("2024-12-13"), moment=om(d("2024-12-13")))
    vandaag = d("2024-12-16")  # the fourteenth day before
    assert mijn(mensen.eigen, vandaag) == [(vandaag, 14, False), *daarna]
    assert stappen(termijn, vandaag)[0] == (vandaag, 14, False, BEIDEN)
    verstuur(vandaag, moment=om(vandaag))
    assert mijn(mensen.eigen, vandaag) == daarna
    assert stappen(termijn, vandaag)[0] == (*daarna[0], BEIDEN)


def test_what_could_not_be_handed_over_still_comes(mensen: Mensen, termijn: Mijlpaal) -> None:
    vandaag = d("2024-12-16")
    verstuur(vandaag, moment=om(vandaag))
    assert (
        Herinnering.objects.filter(mijlpaal=termijn, persoon=mensen.eigen).update(uitkomst="open", afgehandeld_op=None)
        == 1
    )
    assert mijn(mensen.eigen, vandaag)[0] == (vandaag, 14, False)
    assert stappen(termijn, vandaag)[:2] == [
        (vandaag, 14, False, ["Eigen"]),
        (d("2024-12-23"), 7, False, BEIDEN),
    ]


@pytest.mark.parametrize(
    ("vandaag", "dag", "trede", "alsnog"),
    [
        ("2024-12-13", "2024-12-13", 30, True),
        ("2024-12-14", "2024-12-16", 14, False),  # a Saturday: with the run of Monday
        ("2024-12-16", "2024-12-16", 14, False),
        ("2024-12-17", "2024-12-17", 14, True),
        ("2024-12-21", "2024-12-23", 7, False),
    ],
)
def test_what_was_missed_comes_with_the_next_run(
    mensen: Mensen, termijn: Mijlpaal, vandaag: str, dag: str, trede: int, alsnog: bool
) -> None:
    """No run went at all: once, and only the latest step."""
    eerste = (d(dag), trede, alsnog)
    assert mijn(mensen.eigen, d(vandaag))[0] == eerste
    assert stappen(termijn, d(vandaag))[0] == (*eerste, BEIDEN)
    grens = d(vandaag) + 3 * DAG
    komt = {
        (mensen.eigen.pk, termijn.pk, "aankondiging", een[0])
        for een in mijn(mensen.eigen, d(vandaag))
        if een[0] <= grens
    }
    assert {een for een in gemaild(d(vandaag), 3) if een[0] == mensen.eigen.pk} == komt


def test_a_deputy_stands_in_from_a_later_day(mensen: Mensen, termijn: Mijlpaal) -> None:
    vandaag = d("2024-12-10")
    verstuur(d("2024-11-29"), moment=om(d("2024-11-29")))
    plan_vervanging(
        mensen.eigen, vervanger=mensen.vreemd, van=d("2024-12-14"), tot_en_met=d("2024-12-26"), vandaag=vandaag
    )
    # Who comes in somebody's place hears where it stands, on the first working day.
    assert stappen(termijn, vandaag) == [
        (d("2024-12-16"), 14, False, ["Collega", "Vreemd"]),
        (d("2024-12-23"), 7, False, ["Collega", "Vreemd"]),
        (d("2024-12-27"), 1, False, BEIDEN),
        (d("2024-12-30"), 0, False, BEIDEN),
        (d("2024-12-31"), 1, False, BEIDEN),
    ]
    assert mijn(mensen.eigen, vandaag) == [
        (d("2024-12-27"), 1, False),
        (d("2024-12-30"), 0, False),
    ]
    eigen_termijn = [(d("2024-12-16"), 30, False)]  # of the other ministry, announced on the working day before
    komt = vooruitzicht_voor(mensen.vreemd, vandaag=vandaag, dagen=14)
    assert [(een.dag, een.trede, een.alsnog) for een in komt if een.mijlpaal != termijn] == eigen_termijn
    assert [(een.dag, een.aan[0].reden) for een in komt if een.mijlpaal == termijn] == [
        (dag, "u vervangt Eigen t/m 26-12-2024: SZW is verantwoordelijk, u bent dossierhouder van SZW")
        for dag in (d("2024-12-16"), d("2024-12-23"))
    ]


def test_a_deputy_who_begins_between_two_steps_hears_where_it_stands(mensen: Mensen, termijn: Mijlpaal) -> None:
    vandaag = d("2024-12-17")
    verstuur(d("2024-12-16"), moment=om(d("2024-12-16")))
    plan_vervanging(
        mensen.eigen, vervanger=mensen.partner, van=d("2024-12-19"), tot_en_met=d("2024-12-19"), vandaag=vandaag
    )
    assert stappen(termijn, vandaag)[:2] == [
        (d("2024-12-19"), 14, True, ["Partner"]),
        (d("2024-12-23"), 7, False, BEIDEN),
    ]
    assert mijn(mensen.partner, vandaag) == [(d("2024-12-19"), 14, True)]


def test_a_role_that_begins_and_one_that_ends(mensen: Mensen, termijn: Mijlpaal) -> None:
    vandaag = d("2024-12-17")
    verstuur(vandaag, moment=om(vandaag))
    mensen.collega.lidmaatschappen.update(tot=d("2024-12-27"))
    # No role at all until then.
    LidmaatschapFactory(
        persoon=mensen.rolloos, organisatie=mensen.organisatie, rol="dossierhouder", vanaf=d("2024-12-24")
    )
    assert stappen(termijn, vandaag)[:3] == [
        (d("2024-12-23"), 7, False, BEIDEN),
        (d("2024-12-24"), 7, True, ["Zonder rol"]),
        (d("2024-12-27"), 1, False, ["Eigen", "Zonder rol"]),
    ]
    assert mijn(mensen.collega, vandaag) == [(d("2024-12-23"), 7, False)]
    assert mijn(mensen.rolloos, vandaag)[:2] == [(d("2024-12-24"), 7, True), (d("2024-12-27"), 1, False)]


def test_the_successor_takes_over_from_its_day(mensen: Mensen, termijn: Mijlpaal) -> None:
    vandaag = d("2024-12-17")
    verstuur(vandaag, moment=om(vandaag))
    mensen.eigen.lidmaatschappen.update(tot=d("2024-12-24"))
    mensen.collega.lidmaatschappen.update(tot=d("2024-12-24"))
    Organisatie.objects.filter(pk=mensen.organisatie.pk).update(geldig_tot=d("2024-12-24"), opvolger=mensen.ander)
    assert stappen(termijn, vandaag)[:3] == [
        (d("2024-12-23"), 7, False, BEIDEN),
        (d("2024-12-24"), 7, True, ["Vreemd"]),
        (d("2024-12-27"), 1, False, ["Vreemd"]),
    ]


def test_an_overview_that_went_out_waits_for_the_next(mensen: Mensen, termijn: Mijlpaal) -> None:
    """Somebody with one overview a week takes on a termijn on a Tuesday: at once, unless Monday's went out."""
    zet_voorkeur(mensen.vreemd, eigen="week", gevolgd="week", versie=None)
    vandaag = d("2024-12-17")
    LidmaatschapFactory(persoon=mensen.vreemd, organisatie=mensen.organisatie, rol="dossierhouder", vanaf=vandaag)
    alle = vooruitzicht_voor(mensen.vreemd, vandaag=vandaag, dagen=7)
    assert [(een.dag, een.mijlpaal == termijn) for een in alle] == [
        (vandaag, True),
        (vandaag, False),
        (d("2024-12-23"), True),
    ]
    verstuur(d("2024-12-16"), moment=om(d("2024-12-16")))  # about the other one
    alle = vooruitzicht_voor(mensen.vreemd, vandaag=vandaag, dagen=7)
    assert [(een.dag, een.mijlpaal == termijn) for een in alle] == [(d("2024-12-23"), True)]


@pytest.mark.parametrize("hoe", ["direct", "week"])
def test_a_long_period_is_not_announced_in_its_first_month(mensen: Mensen, hoe: str) -> None:
    zet_voorkeur(mensen.eigen, eigen=hoe, gevolgd="geen", versie=None)
    stuk, vandaag = MaatregelFactory(trekker=mensen.organisatie), d("2024-12-17")
    MijlpaalFactory(maatregel=stuk, begin=d("2024-12-10"), einde=d("2025-02-20"), precisie="periode")
    komt = vooruitzicht_voor(mensen.eigen, vandaag=vandaag, dagen=30)
    # Sixty days before is 22 December: kept back until Friday 10 January.
    assert [(een.dag, een.trede, een.alsnog) for een in komt] == [(d("2025-01-10"), 60, False)]
    assert {een for een in gemaild(vandaag, 30) if een[0] == mensen.eigen.pk} == {
        (mensen.eigen.pk, komt[0].mijlpaal.pk, "aankondiging", d("2025-01-10"))
    }


def test_the_people_of_a_later_day_are_those_whom_that_day_finds(bont: Mensen) -> None:
    begin = VANDAAG
    plan_vervanging(bont.eigen, vervanger=bont.partner, van=begin + DAG, tot_en_met=begin + 3 * DAG, vandaag=begin)
    LidmaatschapFactory(persoon=bont.rolloos, organisatie=bont.ander, rol="secretariaat", vanaf=begin + 2 * DAG)
    bont.collega.lidmaatschappen.update(tot=begin + 4 * DAG)
    Organisatie.objects.filter(pk=bont.organisatie.pk).update(geldig_tot=begin + 5 * DAG, opvolger=bont.ander)
    organisaties = list(Organisatie.objects.order_by("pk"))
    bezetting = Bezetting(begin)
    assert bezetting.wisseldagen() == [begin + ver * DAG for ver in (1, 2, 4, 5)]
    for ver in range(12):
        dag = begin + ver * DAG
        vooruit, dan = Ontvangers(dag, rijen=bezetting.op(dag)), Ontvangers(dag)
        assert vooruit.van(organisaties) == dan.van(organisaties), ver
        assert vooruit.mensen == dan.mensen, ver


def toeval(seed: int, mensen: Mensen) -> datetime.date:
    """People, termijnen, steps and absences as a seed has them, with runs before today that went or were missed."""
    lot = random.Random(seed)  # noqa: S311  # the same for ever
    vandaag = datetime.date(2024, 12, 1) + lot.randrange(200) * DAG

    def om_en_nabij(voor: int, na: int) -> datetime.date:
        return vandaag + lot.randint(-voor, na) * DAG

    personen = [mensen.eigen, mensen.collega, mensen.vreemd, mensen.secretariaat, mensen.partner, mensen.rolloos]
    oud = OrganisatieFactory(afkorting="OUD", geldig_tot=om_en_nabij(10, 60), opvolger=mensen.ander)
    organisaties = [mensen.organisatie, mensen.ander, OrganisatieFactory(afkorting="LEEG"), oud]
    for persoon in personen:
        if lot.random() < 0.3:
            persoon.lidmaatschappen.update(tot=om_en_nabij(-1, 60))
        if lot.random() < 0.5:
            vanaf, rol = om_en_nabij(30, 50), lot.choice(["dossierhouder", "lezer", "secretariaat"])
            tot = vanaf + lot.randint(1, 40) * DAG
            LidmaatschapFactory(persoon=persoon, organisatie=lot.choice(organisaties), rol=rol, vanaf=vanaf, tot=tot)
        if lot.random() < 0.4:
            persoon.lidmaatschappen.update(leidinggevende=lot.choice(personen))
        if lot.random() < 0.7:
            eigen, volgt = lot.choice(["direct", "dag", "week"]), lot.choice(["direct", "dag", "week", "geen"])
            zet_voorkeur(persoon, eigen=eigen, gevolgd=volgt, versie=None)
        if lot.random() < 0.5:
            van, ander = om_en_nabij(20, 50), lot.choice([een for een in personen if een != persoon])
            tot_en_met = van + lot.randint(0, 20) * DAG
            Vervanging.objects.create(persoon=persoon, vervanger=ander, van=van, tot_en_met=tot_en_met)
        if lot.random() < 0.5:
            volgt_nu, _ = maak(persoon, Keuze(organisatie=lot.choice(organisaties)), moment=om(vandaag))
            meldingen = lot.sample(["meld_nadert", "meld_te_laat"], lot.randint(1, 2))
            wijzig(volgt_nu, naam=volgt_nu.naam, meldingen=meldingen, moment=om(vandaag))
    for hardheid in Hardheid.values:
        for fijnheid in ("dag", "maand", "ruim"):
            if lot.random() < 0.3:
                wijzig_regel(
                    hardheid,
                    fijnheid,
                    vooraf=lot.sample(range(40), lot.randrange(4)),
                    stil_na_begin=lot.choice([0, 10, 31]),
                    daarna_elke=lot.choice([0, 1, 3, 7]),
                    stopt_na=lot.choice([0, 10, 45, 91]),
                    vaag_na=180,
                    versie=None,
                )
    for _ in range(6):
        stuk = MaatregelFactory()
        for organisatie in lot.sample(organisaties, lot.randrange(3)):
            BetrokkenheidFactory(maatregel=stuk, organisatie=organisatie)
        for _ in range(4):
            einde = om_en_nabij(100, 100)
            termijn: dict[str, Any] = lot.choice(
                [
                    {"einde": einde},
                    {"begin": einde - 28 * DAG, "einde": einde, "precisie": "maand"},
                    {"begin": einde - lot.randint(20, 180) * DAG, "einde": einde, "precisie": "periode"},
                    {"begin": einde, "einde": None, "relatie": "vanaf"},
                ]
            )
            mijlpaal = MijlpaalFactory(maatregel=stuk, hardheid=lot.choice(Hardheid.values), **termijn)
            if lot.random() < 0.3:
                tot = om_en_nabij(5, 30)
                Uitstel.objects.create(mijlpaal=mijlpaal, persoon=lot.choice(personen), tot=tot, reden="Later.")
    for ver in range(lot.choice([0, 0, 3, 12]), lot.choice([-1, 0, 1]), -1):
        if lot.random() < 0.8:
            verstuur(vandaag - ver * DAG, moment=om(vandaag - ver * DAG))
    return vandaag


@pytest.mark.parametrize("seed", range(6))
def test_whatever_there_is_the_page_of_a_person_says_it(mensen: Mensen, seed: int) -> None:
    vandaag = toeval(seed, mensen)
    per_persoon = voorspeld_per_persoon(vandaag)
    assert len(per_persoon) > 20
    assert per_persoon == gemaild(vandaag, VOORUIT)


def test_the_same_number_of_queries_however_much_there_is(mensen: Mensen, django_assert_num_queries: Any) -> None:
    for n in (1, 3):
        for ver in range(n):
            stuk = MaatregelFactory(trekker=mensen.organisatie, code=f"q-{Maatregel.objects.count()}")
            for _ in range(n):
                MijlpaalFactory(maatregel=stuk)
            maak(mensen.eigen, Keuze(stuk.pijler.agenda), moment=om(VANDAAG))
            # Days on which it is others.
            van = VANDAAG + (n * 10 + ver * 3) * DAG
            plan_vervanging(mensen.collega, vervanger=mensen.vreemd, van=van, tot_en_met=van + DAG, vandaag=VANDAAG)
            Lidmaatschap.objects.filter(persoon=mensen.collega).update(tot=van + 90 * DAG)
        with django_assert_num_queries(11):
            vooruitzicht_van(stuk, vandaag=VANDAAG)
        with django_assert_num_queries(15):
            assert vooruitzicht_voor(mensen.eigen, vandaag=VANDAAG)

"""What a page says will come is what the real run then mails, day after day, to who is there by then."""

import datetime
from collections import defaultdict
from typing import Any

import pytest

from maatregelen.berichtvoorkeuren import plan_vervanging, stel_uit, zet_voorkeur
from maatregelen.herinneringen import verstuur
from maatregelen.models import Herinnering, Hoedanigheid, Lidmaatschap, Maatregel, Mijlpaal, Persoon, Stap
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
from tests.maatregelen.herinnerstof import om

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


def test_the_same_number_of_queries_however_much_there_is(mensen: Mensen, django_assert_num_queries: Any) -> None:
    for n in (1, 3):
        for _ in range(n):
            stuk = MaatregelFactory(trekker=mensen.organisatie, code=f"q-{Maatregel.objects.count()}")
            for _ in range(n):
                MijlpaalFactory(maatregel=stuk)
            maak(mensen.eigen, Keuze(stuk.pijler.agenda), moment=om(VANDAAG))
        with django_assert_num_queries(10):
            vooruitzicht_van(stuk, vandaag=VANDAAG)
        with django_assert_num_queries(15):
            assert vooruitzicht_voor(mensen.eigen, vandaag=VANDAAG)

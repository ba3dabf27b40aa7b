"""Every question of who may see and change what, for every kind of person."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from maatregelen.models import Agenda, Maatregel, Persoon, Pijlerbetrokkenheid
from maatregelen.zichtbaarheid import (
    Bevoegdheid,
    eigen_maatregelen,
    mag_agenda_bijhouden,
    mag_agenda_maken,
    mag_beheren,
    mag_betrokkenheid_bijhouden,
    mag_brontekst_toevoegen,
    mag_cijfers_bijhouden,
    mag_maatregel_bijhouden,
    mag_maatregel_maken,
    mag_pijler_bijhouden,
    mag_status_wijzigen,
    mag_trekker_toewijzen,
    mag_volgen,
    mag_wijzigingen_zien,
    zichtbare_agendas,
    zichtbare_indicatoren,
    zichtbare_maatregelen,
    zichtbare_mijlpalen,
    zichtbare_organisaties,
    zichtbare_pijlers,
    zichtbare_statuswijzigingen,
)
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

DAG = datetime.date(2026, 3, 2)
IEDEREEN = ("eigen", "collega", "vreemd", "secretariaat", "partner", "beheerder")
EINDE = datetime.date(2026, 2, 23)


def als(persoon: Persoon | AnonymousUser, dag: datetime.date = DAG) -> Bevoegdheid:
    """This person on this day."""
    return Bevoegdheid(persoon, dag)


def wie_mag(mensen: Mensen, vraag: object, *args: object) -> set[str]:
    """The names of those who may, among everybody, somebody without a role and nobody at all."""
    mogen = {
        naam
        for naam in (*IEDEREEN, "rolloos")
        if vraag(als(getattr(mensen, naam)), *args)  # type: ignore[operator]
    }
    if vraag(als(AnonymousUser()), *args):  # type: ignore[operator]
        mogen.add("niemand")
    return mogen


def test_everybody_with_a_role_sees_everything(mensen: Mensen) -> None:
    MijlpaalFactory()
    for vraag in (
        zichtbare_agendas, zichtbare_pijlers, zichtbare_maatregelen, zichtbare_mijlpalen, zichtbare_statuswijzigingen,
        zichtbare_organisaties,
    ):  # fmt: skip
        # That organisations exist is no secret.
        bezoek = {"niemand"} if vraag is zichtbare_organisaties else set()
        assert wie_mag(mensen, lambda wie, v=vraag: v(wie).exists()) == {*IEDEREEN, *bezoek}, vraag.__name__
    assert not zichtbare_indicatoren(als(mensen.rolloos)).exists()
    assert wie_mag(mensen, mag_volgen) == set(IEDEREEN)
    assert wie_mag(mensen, mag_wijzigingen_zien) == set(IEDEREEN)


def test_a_measure_is_of_its_owner(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    for vraag in (mag_maatregel_bijhouden, mag_status_wijzigen):
        assert wie_mag(mensen, vraag, maatregel) == {"eigen", "collega"}
    assert wie_mag(mensen, mag_betrokkenheid_bijhouden, maatregel) == {"eigen", "collega", "secretariaat"}
    assert wie_mag(mensen, mag_trekker_toewijzen) == {"secretariaat"}


def test_a_measure_of_nobody_is_the_secretariaats(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie, rol="betrokken")
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie, rol="uitvoerder")
    BetrokkenheidFactory(maatregel=maatregel, organisatie=OrganisatieFactory(soort="aanduiding"))
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.ander, tot=DAG)
    assert wie_mag(mensen, mag_maatregel_bijhouden, maatregel) == {"secretariaat"}


def test_a_list_that_brought_its_own_rows_gives_the_same_answer(
    mensen: Mensen, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    MaatregelFactory(trekker=mensen.organisatie)
    (uit_lijst,) = Maatregel.objects.voor_lijst()
    wie = als(mensen.eigen)
    assert wie.namens == {mensen.organisatie.pk}
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert mag_maatregel_bijhouden(wie, uit_lijst)
    assert wie_mag(mensen, mag_maatregel_bijhouden, uit_lijst) == {"eigen", "collega"}


@pytest.mark.parametrize(
    ("dag", "oud_mag", "nieuw_mag"),
    [(EINDE - datetime.timedelta(days=1), True, False), (EINDE, True, True)],
    ids=["day before", "day itself"],
)
def test_a_successor_takes_over_on_the_day(mensen: Mensen, dag: datetime.date, oud_mag: bool, nieuw_mag: bool) -> None:
    """People of JenV keep up what is AenM's from the day that AenM ended, and not a day before."""
    jenv = OrganisatieFactory(afkorting="JenV")
    aenm = OrganisatieFactory(afkorting="AenM", geldig_tot=EINDE, opvolger=jenv)
    vro = OrganisatieFactory(afkorting="VRO", geldig_tot=EINDE, opvolger=mensen.ander)
    oud, nieuw = (
        LidmaatschapFactory(persoon=PersoonFactory(), organisatie=organisatie).persoon for organisatie in (aenm, jenv)
    )
    maatregel = MaatregelFactory(trekker=aenm)
    MaatregelFactory(trekker=vro)
    assert mag_maatregel_bijhouden(als(oud, dag), maatregel) is oud_mag
    assert mag_maatregel_bijhouden(als(nieuw, dag), maatregel) is nieuw_mag
    assert not mag_maatregel_bijhouden(als(mensen.vreemd, dag), maatregel)
    assert not mag_maatregel_bijhouden(als(mensen.secretariaat, dag), maatregel)
    assert list(eigen_maatregelen(als(nieuw, dag))) == ([maatregel] if nieuw_mag else [])


def test_succession_is_followed_to_the_end(mensen: Mensen) -> None:
    tussen = OrganisatieFactory(afkorting="T", geldig_tot=datetime.date(2025, 1, 1), opvolger=mensen.organisatie)
    eerste = OrganisatieFactory(afkorting="E", geldig_tot=datetime.date(2022, 1, 1), opvolger=tussen)
    maatregel = MaatregelFactory(trekker=eerste)
    assert wie_mag(mensen, mag_maatregel_bijhouden, maatregel) == {"eigen", "collega"}
    assert not mag_maatregel_bijhouden(als(mensen.eigen, datetime.date(2024, 12, 31)), maatregel)


def test_agendas_and_their_sections(mensen: Mensen) -> None:
    van_niemand = AgendaFactory()
    van_ons = AgendaFactory(houder=mensen.organisatie)
    assert wie_mag(mensen, mag_agenda_maken) == {"eigen", "collega", "vreemd", "secretariaat"}
    for vraag in (mag_agenda_bijhouden, mag_brontekst_toevoegen):
        assert wie_mag(mensen, vraag, van_niemand) == {"secretariaat"}
        assert wie_mag(mensen, vraag, van_ons) == {"eigen", "collega", "secretariaat"}
    pijler = PijlerFactory(agenda=van_ons)
    Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=mensen.ander, rol="inleider")
    for vraag in (mag_pijler_bijhouden, mag_maatregel_maken):
        assert wie_mag(mensen, vraag, pijler) == {"eigen", "collega", "secretariaat"}
    Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=mensen.ander, rol="verantwoordelijk")
    for vraag in (mag_pijler_bijhouden, mag_maatregel_maken):
        assert wie_mag(mensen, vraag, pijler) == {"eigen", "collega", "vreemd", "secretariaat"}
    assert wie_mag(mensen, mag_agenda_bijhouden, Agenda.objects.get(pk=van_ons.pk)) == {
        "eigen", "collega", "secretariaat",
    }  # fmt: skip


def test_figures_and_the_house_itself(mensen: Mensen) -> None:
    assert wie_mag(mensen, mag_cijfers_bijhouden) == {"secretariaat"}
    assert wie_mag(mensen, mag_beheren) == {"beheerder"}


def test_a_role_counts_on_its_days_only(mensen: Mensen) -> None:
    persoon = PersoonFactory()
    LidmaatschapFactory(
        persoon=persoon, organisatie=mensen.organisatie, vanaf=DAG, tot=DAG + datetime.timedelta(days=2)
    )
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    mag = [mag_maatregel_bijhouden(als(persoon, DAG + datetime.timedelta(days=n)), maatregel) for n in range(-1, 4)]
    assert mag == [False, True, True, False, False]


def test_a_reader_of_the_owner_changes_nothing(mensen: Mensen) -> None:
    lezer = PersoonFactory()
    LidmaatschapFactory(persoon=lezer, organisatie=mensen.organisatie, rol="lezer")
    assert not mag_maatregel_bijhouden(als(lezer), MaatregelFactory(trekker=mensen.organisatie))


def test_who_is_not_active_may_nothing(mensen: Mensen) -> None:
    mensen.eigen.is_active = False
    wie = als(mensen.eigen)
    assert (wie.rollen, wie.namens, zichtbare_maatregelen(wie).exists()) == (frozenset(), frozenset(), False)


def test_own_measures_are_those_of_today(mensen: Mensen) -> None:
    van_ons = MaatregelFactory(trekker=mensen.organisatie)
    MaatregelFactory(trekker=mensen.ander)
    weg = MaatregelFactory()
    BetrokkenheidFactory(maatregel=weg, organisatie=mensen.organisatie, tot=DAG)
    BetrokkenheidFactory(maatregel=MaatregelFactory(), organisatie=mensen.organisatie, rol="betrokken")
    assert list(eigen_maatregelen(als(mensen.eigen))) == [van_ons]
    assert not eigen_maatregelen(als(mensen.partner)).exists()

"""Who is involved: assigned, ended, inherited; nothing is erased."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from maatregelen.betrokkenheid import beeindig, erf_bij_begin, wijs_toe, zet_pijlerverantwoordelijken
from maatregelen.models import Betrokkenheid, Maatregel, Organisatie, Pijler, Pijlerbetrokkenheid
from maatregelen.versiebewaking import Verouderd
from tests.conftest import Mensen
from tests.factories import BetrokkenheidFactory, MaatregelFactory, OrganisatieFactory, PijlerFactory
from tests.maatregelen.test_dossiervoering import fouten, tegelijk

echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
MOMENT = datetime.datetime(2024, 12, 17, 9, 30, tzinfo=datetime.UTC)
DAG = datetime.date(2024, 12, 17)
V = "verantwoordelijk"


def toe(maatregel: Maatregel, organisatie: Organisatie, mensen: Mensen, **opties: Any) -> Betrokkenheid:
    """Assign with a reason, unless the test is about something else."""
    opties = {"door": mensen.secretariaat, "reden": "Afgesproken.", "moment": MOMENT, **opties}
    return wijs_toe(maatregel, organisatie, opties.pop("rol", V), **opties)


def test_assigned_from_today_with_who_and_why(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    rij = toe(maatregel, mensen.organisatie, mensen, reden=" Besluit van 17 december. ")
    assert (rij.rol, rij.herkomst, rij.vanaf, rij.tot, rij.reden, rij.door) == (
        V, "toegewezen", DAG, None, "Besluit van 17 december.", mensen.secretariaat,
    )  # fmt: skip
    vers = Maatregel.objects.get()
    # Who is responsible decides who may change it: a page that is open now is older.
    assert (vers.versie, vers.gewijzigd_op) == (2, MOMENT)
    with pytest.raises(Verouderd):
        toe(maatregel, mensen.ander, mensen, versie=1)
    assert Betrokkenheid.objects.count() == 1


def test_what_cannot_be_assigned(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(geldt_vanaf=datetime.date(2024, 9, 26))
    jenv = OrganisatieFactory(afkorting="JenV")
    aenm = OrganisatieFactory(afkorting="AenM", geldig_tot=DAG, opvolger=jenv)
    jong = OrganisatieFactory(afkorting="Jong", geldig_van=datetime.date(2024, 12, 1))
    kabinet = OrganisatieFactory(afkorting="kabinet", soort="aanduiding")

    def poging(organisatie: Organisatie, **opties: Any) -> Callable[[], Any]:
        return lambda: toe(maatregel, organisatie, mensen, **opties)

    assert fouten(poging(aenm)) == {"organisatie": ["AenM bestaat niet meer. Kies JenV."]}
    assert list(fouten(poging(kabinet))) == ["organisatie"]
    assert list(fouten(poging(jenv, reden=" \n"))) == ["reden"]
    assert list(fouten(poging(jenv, reden="x" * 251))) == ["reden"]
    assert fouten(poging(jenv, vanaf=datetime.date(2024, 12, 18))) == {"vanaf": ["Kies vandaag of een eerdere dag."]}
    assert list(fouten(poging(jenv, vanaf=datetime.date(2024, 9, 25)))) == ["vanaf"]
    assert fouten(poging(jong, vanaf=datetime.date(2024, 11, 30))) == {"vanaf": ["Jong bestaat pas sinds 01-12-2024."]}
    assert not Betrokkenheid.objects.exists()
    assert toe(maatregel, kabinet, mensen, rol="betrokken").rol == "betrokken"
    toe(maatregel, jenv, mensen)
    assert fouten(poging(jenv)) == {"organisatie": ["JenV heeft deze rol al."]}
    assert toe(maatregel, jenv, mensen, rol="uitvoerder").rol == "uitvoerder"


def test_ended_with_a_reason_and_kept(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    rij = BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie)
    blijft = BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.ander)
    assert list(fouten(lambda: beeindig(rij, door=mensen.eigen, reden="", moment=MOMENT))) == ["reden"]
    morgen = DAG + datetime.timedelta(days=1)
    assert list(fouten(lambda: beeindig(rij, door=mensen.eigen, reden="x", per=morgen, moment=MOMENT))) == ["per"]
    ervoor = rij.vanaf - datetime.timedelta(days=1)
    assert list(fouten(lambda: beeindig(rij, door=mensen.eigen, reden="x", per=ervoor, moment=MOMENT))) == ["per"]
    assert Maatregel.objects.get().versie == 1
    beeindig(rij, door=mensen.eigen, reden=" Overgedragen. ", moment=MOMENT)
    rij.refresh_from_db()
    assert (rij.tot, rij.reden, rij.door) == (DAG, "Overgedragen.", mensen.eigen)
    assert list(Betrokkenheid.objects.geldend()) == [blijft]
    assert Maatregel.objects.get().versie == 2
    assert fouten(lambda: beeindig(rij, door=mensen.vreemd, reden="Nog eens.", moment=MOMENT)) == {
        "": ["Dit was al beëindigd per 17-12-2024."]
    }
    rij.refresh_from_db()
    assert rij.reden == "Overgedragen."


def test_again_after_an_end_but_not_twice_on_one_day(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    rij = BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie)
    beeindig(rij, door=mensen.eigen, reden="Even niet.", per=datetime.date(2024, 12, 1), moment=MOMENT)
    assert list(fouten(lambda: toe(maatregel, mensen.organisatie, mensen, vanaf=datetime.date(2024, 11, 30)))) == [
        "vanaf"
    ]
    opnieuw = toe(maatregel, mensen.organisatie, mensen, vanaf=datetime.date(2024, 12, 1))
    assert list(Betrokkenheid.objects.order_by("pk")) == [rij, opnieuw]


def test_measures_follow_the_heading_of_their_section(mensen: Mensen) -> None:
    pijler, elders = PijlerFactory(), PijlerFactory()
    een, twee, vreemd = (MaatregelFactory(pijler=p) for p in (pijler, pijler, elders))
    BetrokkenheidFactory(maatregel=twee, organisatie=mensen.organisatie)  # the text names it already
    BetrokkenheidFactory(maatregel=een, organisatie=mensen.organisatie, rol="betrokken")
    assert zet_pijlerverantwoordelijken(pijler, [mensen.organisatie], door=mensen.secretariaat, moment=MOMENT)
    geerfd = Betrokkenheid.objects.filter(herkomst="geerfd")
    assert [(r.maatregel, r.organisatie, r.rol, r.vanaf, r.door) for r in geerfd] == [
        (een, mensen.organisatie, V, DAG, mensen.secretariaat)
    ]
    assert set(Maatregel.objects.values_list("pk", "versie")) == {(een.pk, 2), (twee.pk, 1), (vreemd.pk, 1)}
    assert Pijler.objects.get(pk=pijler.pk).versie == 2
    # Nothing changed: no version, no history.
    assert not zet_pijlerverantwoordelijken(pijler, [mensen.organisatie], door=mensen.secretariaat, moment=MOMENT)
    assert Pijler.objects.get(pk=pijler.pk).versie == 2
    # Another ministry: what was inherited ends, what the text says stays.
    assert zet_pijlerverantwoordelijken(pijler, [mensen.ander], door=mensen.secretariaat, moment=MOMENT)
    nu = Betrokkenheid.objects.geldend().filter(rol=V)
    assert {(r.maatregel, r.organisatie, r.herkomst) for r in nu} == {
        (een, mensen.ander, "geerfd"), (twee, mensen.organisatie, "genoemd"), (twee, mensen.ander, "geerfd"),
    }  # fmt: skip
    oud = Betrokkenheid.objects.get(herkomst="geerfd", organisatie=mensen.organisatie)
    assert (oud.tot, oud.reden, oud.door) == (
        DAG, "De pijler kreeg een andere verantwoordelijke.", mensen.secretariaat,
    )  # fmt: skip


def test_what_a_person_ended_does_not_come_back_with_another_ministry(mensen: Mensen) -> None:
    pijler = PijlerFactory()
    maatregel = MaatregelFactory(pijler=pijler)
    zet_pijlerverantwoordelijken(pijler, [mensen.organisatie], door=mensen.secretariaat, moment=MOMENT)
    beeindig(Betrokkenheid.objects.get(), door=mensen.eigen, reden="Hier niet van ons.", moment=MOMENT)
    zet_pijlerverantwoordelijken(pijler, [mensen.organisatie, mensen.ander], door=mensen.secretariaat, moment=MOMENT)
    assert [r.organisatie for r in Betrokkenheid.objects.geldend().filter(maatregel=maatregel)] == [mensen.ander]


def test_who_cannot_be_in_a_heading(mensen: Mensen) -> None:
    pijler = PijlerFactory()
    weg = OrganisatieFactory(afkorting="AenM", geldig_tot=DAG)
    rijk = OrganisatieFactory(afkorting="Rijk", soort="aanduiding")
    for organisatie in (weg, rijk):
        assert list(
            fouten(lambda o=organisatie: zet_pijlerverantwoordelijken(pijler, [o], door=mensen.eigen, moment=MOMENT))
        ) == ["verantwoordelijken"]
    # What stands there already may stay when it ends.
    Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=weg, rol=V)
    assert zet_pijlerverantwoordelijken(pijler, [weg, mensen.ander], door=mensen.eigen, moment=MOMENT)


def test_presenters_are_never_inherited(mensen: Mensen) -> None:
    pijler = PijlerFactory()
    Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=mensen.ander, rol="inleider")
    erf_bij_begin(MaatregelFactory(pijler=pijler), door=mensen.eigen, moment=MOMENT)
    assert not Betrokkenheid.objects.exists()


@echte_transacties
def test_two_people_assign_at_once(mensen: Mensen) -> None:
    """The same organisation: once. Different ones from the same page: the second is told that somebody was first."""
    maatregel = MaatregelFactory()
    uit = tegelijk(*(lambda: toe(maatregel, mensen.organisatie, mensen, moment=None) for _ in range(2)))
    assert sorted(type(antwoord) is ValidationError for antwoord in uit) == [False, True]
    uit = tegelijk(
        lambda: toe(maatregel, mensen.ander, mensen, moment=None, versie=2),
        lambda: toe(maatregel, OrganisatieFactory(afkorting="BZK"), mensen, moment=None, versie=2),
    )
    assert sorted(type(antwoord).__name__ for antwoord in uit) == ["Betrokkenheid", "Verouderd"]
    assert Betrokkenheid.objects.count() == 2


@pytest.mark.parametrize("soort", ["land", "internationaal", "parlement"])
def test_who_keeps_no_measures_up_here_is_no_trekker(mensen: Mensen, soort: str) -> None:
    maatregel, ander = MaatregelFactory(), OrganisatieFactory(afkorting="ANDER", soort=soort)
    with pytest.raises(ValidationError, match="kan geen trekker zijn"):
        wijs_toe(maatregel, ander, "verantwoordelijk", door=mensen.secretariaat, reden="x")
    assert maatregel.betrokkenheden.count() == 0
    assert ander not in Organisatie.objects.mogelijke_trekkers(timezone.localdate())
    assert mensen.organisatie in Organisatie.objects.mogelijke_trekkers(timezone.localdate())
    wijs_toe(maatregel, ander, "betrokken", door=mensen.secretariaat, reden="x")
    assert maatregel.betrokkenheden.count() == 1

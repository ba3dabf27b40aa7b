"""Who acts for whom: dossierhouders, chiefs, the secretariaat, successors of ended ministries, and deputies."""

import datetime
from typing import Any

import pytest

from maatregelen.herinnerschema import Escalatiestap, zet_escalaties
from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Vervanging
from maatregelen.ontvangers import GEEN_ORGANISATIE, Ontvanger, Ontvangers
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, OrganisatieFactory, PersoonFactory

OP = datetime.date(2026, 11, 18)
GISTEREN, MORGEN = OP - datetime.timedelta(days=1), OP + datetime.timedelta(days=1)


def krijgt(ontvangers: list[Ontvanger], organisatie: Organisatie | None = None) -> list[tuple[str, str, int]]:
    """Who is told what is about an organisation (None: about what is nobody's), as what, from which day on."""
    namen = {persoon.pk: persoon.email.split("@")[0] for persoon in Persoon.objects.all()}
    over = organisatie.pk if organisatie else GEEN_ORGANISATIE
    return [(namen[o.persoon], str(o.hoedanigheid), o.na_dagen) for o in ontvangers if o.organisatie == over]


def van(mensen: Mensen, organisatie: Organisatie | None = None) -> list[tuple[str, str, int]]:
    """Who is told about an organisation on the day of these tests."""
    over = organisatie or mensen.organisatie
    return krijgt(Ontvangers(OP).van([over]), over)


def chef(mensen: Mensen, **lid: Any) -> Persoon:
    """Give `eigen` a chief, who works here too."""
    baas = PersoonFactory(email="baas@voorbeeld.nl", functie="Baas")
    LidmaatschapFactory(persoon=baas, organisatie=mensen.organisatie, rol="lezer", **lid)
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(leidinggevende=baas)
    return baas


HOUDERS = [("collega", "dossierhouder", 0), ("eigen", "dossierhouder", 0)]
BUREAU = ("secretariaat", "secretariaat", 28)


def test_dossierhouders_then_the_chief_then_the_secretariaat(mensen: Mensen) -> None:
    chef(mensen)
    assert van(mensen) == [*HOUDERS, ("baas", "leidinggevende", 14), BUREAU]
    assert krijgt(Ontvangers(OP).van([])) == [("secretariaat", "secretariaat", 0)]  # what has no trekker


def test_without_a_chief_the_secretariaat_hears_it_in_their_place(mensen: Mensen) -> None:
    assert van(mensen) == [*HOUDERS, ("secretariaat", "secretariaat", 14), BUREAU]


@pytest.mark.parametrize("waarom", ["inactive", "role ended", "role to come", "no role"])
def test_a_chief_who_is_not_there_is_not_told(mensen: Mensen, waarom: str) -> None:
    baas = chef(mensen)
    if waarom == "inactive":
        Persoon.objects.filter(pk=baas.pk).update(is_active=False)
    elif waarom == "role ended":
        baas.lidmaatschappen.update(tot=OP)
    elif waarom == "role to come":
        baas.lidmaatschappen.update(vanaf=MORGEN)
    else:
        baas.lidmaatschappen.all().delete()
    assert van(mensen) == [*HOUDERS, ("secretariaat", "secretariaat", 14), BUREAU]


def test_an_own_chain_replaces_the_general_one(mensen: Mensen) -> None:
    chef(mensen)
    zet_escalaties(mensen.organisatie, [Escalatiestap(5, "persoon", mensen.partner)])
    zet_escalaties(None, [Escalatiestap(50, "secretariaat")])
    assert van(mensen) == [*HOUDERS, ("partner", "aangewezen", 5)]
    assert van(mensen, mensen.ander) == [("vreemd", "dossierhouder", 0), ("secretariaat", "secretariaat", 50)]
    Persoon.objects.filter(pk=mensen.partner.pk).update(is_active=False)
    assert van(mensen) == [*HOUDERS, ("secretariaat", "secretariaat", 5)]


def test_the_work_of_an_ended_ministry_is_its_successors(mensen: Mensen) -> None:
    oud = OrganisatieFactory(afkorting="AenM", geldig_tot=OP, opvolger=mensen.organisatie)
    oudst = OrganisatieFactory(afkorting="VenJ", geldig_tot=GISTEREN, opvolger=oud)
    LidmaatschapFactory(persoon=mensen.vreemd, organisatie=oud)
    bureau = [("secretariaat", "secretariaat", 14), BUREAU]
    assert van(mensen, oudst) == [("vreemd", "dossierhouder", 0), *HOUDERS, *bureau]
    redenen = [o.reden for o in Ontvangers(OP).van([oudst]) if o.organisatie == oudst.pk and o.na_dagen == 0]
    assert redenen[1] == "VenJ is verantwoordelijk, SZW nam het werk over, u bent dossierhouder van SZW"
    # The chain of who does the work now goes before that of who did it.
    zet_escalaties(oud, [Escalatiestap(3, "secretariaat")])
    assert van(mensen, oudst)[-1] == ("secretariaat", "secretariaat", 3)
    zet_escalaties(mensen.organisatie, [Escalatiestap(9, "secretariaat")])
    assert van(mensen, oudst)[-1] == ("secretariaat", "secretariaat", 9)
    Organisatie.objects.filter(pk=mensen.organisatie.pk).update(geldig_tot=OP, opvolger=oudst)  # in a circle
    assert [o.afkorting for o in Ontvangers(OP).keten(oudst)] == ["VenJ", "AenM", "SZW"]


def test_where_nobody_keeps_the_measures_up_the_secretariaat_does(mensen: Mensen) -> None:
    leeg = OrganisatieFactory(afkorting="FIN")
    (nood, *_) = [o for o in Ontvangers(OP).van([leeg]) if o.organisatie == leeg.pk]
    assert (nood.persoon, nood.nood, nood.na_dagen) == (mensen.secretariaat.pk, True, 0)
    assert nood.reden == "FIN is verantwoordelijk, maar heeft hier nog geen dossierhouder"
    Lidmaatschap.objects.filter(persoon__in=[mensen.eigen, mensen.collega]).update(tot=OP)
    assert van(mensen)[0] == ("secretariaat", "secretariaat", 0)


@pytest.mark.parametrize("waarom", ["inactive", "role ended", "role to come"])
def test_who_is_not_there_any_more_is_not_told(mensen: Mensen, waarom: str) -> None:
    rij = Lidmaatschap.objects.get(persoon=mensen.eigen)
    if waarom == "inactive":
        Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False)
    elif waarom == "role ended":
        Lidmaatschap.objects.filter(pk=rij.pk).update(tot=OP)
    else:
        Lidmaatschap.objects.filter(pk=rij.pk).update(vanaf=MORGEN)
    assert [naam for naam, _, na in van(mensen) if na == 0] == ["collega"]


def vervang(wie: Persoon, door: Persoon, *, van: datetime.date = OP, tot: datetime.date = OP) -> None:
    """Somebody stands in for somebody."""
    Vervanging.objects.create(persoon=wie, vervanger=door, van=van, tot_en_met=tot)


def test_a_deputy_is_told_in_the_place_of_who_is_absent(mensen: Mensen) -> None:
    vervang(mensen.eigen, mensen.vreemd, van=GISTEREN, tot=MORGEN)
    assert van(mensen)[:2] == [("collega", "dossierhouder", 0), ("vreemd", "dossierhouder", 0)]
    (reden,) = [o.reden for o in Ontvangers(OP).van([mensen.organisatie]) if o.persoon == mensen.vreemd.pk]
    assert reden == "u vervangt Eigen t/m 19-11-2026: SZW is verantwoordelijk, u bent dossierhouder van SZW"
    for dag in (GISTEREN - datetime.timedelta(days=1), MORGEN + datetime.timedelta(days=1)):
        assert mensen.vreemd.pk not in {o.persoon for o in Ontvangers(dag).van([mensen.organisatie])}


def test_the_chief_and_the_secretariaat_have_deputies_too(mensen: Mensen) -> None:
    vervang(chef(mensen), mensen.vreemd)
    vervang(mensen.secretariaat, mensen.partner)
    assert van(mensen) == [*HOUDERS, ("vreemd", "leidinggevende", 14), ("partner", "secretariaat", 28)]


def test_a_deputy_who_is_absent_has_a_deputy(mensen: Mensen) -> None:
    vervang(mensen.eigen, mensen.vreemd, tot=datetime.date(2026, 12, 31))
    vervang(mensen.vreemd, mensen.partner, tot=MORGEN)
    assert van(mensen)[1] == ("partner", "dossierhouder", 0)
    (reden,) = [o.reden for o in Ontvangers(OP).van([mensen.organisatie]) if o.persoon == mensen.partner.pk]
    assert reden.startswith("u vervangt Eigen t/m 19-11-2026: ")  # until the first of the two is back


def test_where_all_are_absent_the_one_it_is_about_is_told(mensen: Mensen) -> None:
    vervang(mensen.eigen, mensen.vreemd)
    vervang(mensen.vreemd, mensen.eigen)
    assert van(mensen)[:2] == HOUDERS
    vervang(mensen.collega, mensen.eigen)  # a road that leads into the circle
    assert van(mensen)[:2] == HOUDERS


@pytest.mark.parametrize("waarom", ["inactive", "no role"])
def test_a_deputy_who_may_not_see_it_is_no_deputy(mensen: Mensen, waarom: str) -> None:
    if waarom == "inactive":
        Persoon.objects.filter(pk=mensen.vreemd.pk).update(is_active=False)
    else:
        mensen.vreemd.lidmaatschappen.update(tot=OP)
    vervang(mensen.eigen, mensen.vreemd)
    assert van(mensen)[:2] == HOUDERS


def test_the_number_of_queries_does_not_grow(mensen: Mensen, django_assert_num_queries: Any) -> None:
    chef(mensen)
    vervang(mensen.eigen, mensen.vreemd)
    organisaties = [mensen.organisatie, mensen.ander, *(OrganisatieFactory() for _ in range(5))]
    with django_assert_num_queries(3):
        ontvangers = Ontvangers(OP)
    for hoeveel in (1, 7):
        with django_assert_num_queries(1):
            ontvangers.van(organisaties[:hoeveel])
    with django_assert_num_queries(1):
        ontvangers.per_stap(mensen.organisatie)


def test_what_each_step_comes_down_to(mensen: Mensen) -> None:
    def per_stap(organisatie: Organisatie) -> tuple[str | None, list[tuple[int, list[str], bool]]]:
        eigen, rijen = Ontvangers(OP).per_stap(organisatie)
        return eigen and eigen.afkorting, [
            (r.stap.na_dagen, [mens.functie for mens in r.mensen], r.uitgeweken) for r in rijen
        ]

    assert per_stap(mensen.organisatie) == (None, [(14, ["Secretariaat"], True), (28, ["Secretariaat"], False)])
    vervang(chef(mensen), mensen.vreemd)
    assert per_stap(mensen.organisatie) == (None, [(14, ["Vreemd"], False), (28, ["Secretariaat"], False)])
    zet_escalaties(mensen.organisatie, [Escalatiestap(5, "persoon", mensen.partner)])
    assert per_stap(mensen.organisatie) == ("SZW", [(5, ["Partner"], False)])
    oud = OrganisatieFactory(afkorting="AenM", geldig_tot=OP, opvolger=mensen.organisatie)
    assert per_stap(oud) == ("SZW", [(5, ["Partner"], False)])
    mensen.secretariaat.lidmaatschappen.update(tot=OP)
    mensen.partner.lidmaatschappen.update(tot=OP)
    assert per_stap(mensen.organisatie) == ("SZW", [(5, [], True)])

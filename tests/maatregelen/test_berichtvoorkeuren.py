"""What a person wants of the mail: each guard, and what happens when two do it at once."""

import datetime
from typing import Any

import pytest
from django.conf import settings

from maatregelen.beheer import geef_rol, zet_leidinggevende
from maatregelen.berichtvoorkeuren import (
    komende_vervangingen,
    let_op,
    plan_vervanging,
    stel_uit,
    stop_vervanging,
    trek_uitstel_in,
    uitstellen_van,
    voorkeur_van,
    zet_voorkeur,
)
from maatregelen.models import Berichtvoorkeur, Lidmaatschap, Mijlpaal, Persoon, Uitstel, Vervanging
from maatregelen.versiebewaking import Verouderd
from tests.conftest import Mensen
from tests.factories import MijlpaalFactory, PersoonFactory
from tests.maatregelen.test_dossiervoering import fouten, tegelijk

echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
VANDAAG = datetime.date(2026, 11, 18)
MOMENT = datetime.datetime(2026, 11, 18, 9, 0, tzinfo=datetime.UTC)
DAG = datetime.timedelta(days=1)


def d(tekst: str) -> datetime.date:
    """A day as JJJJ-MM-DD."""
    return datetime.date.fromisoformat(tekst)


def plan(wie: Persoon, door: Persoon, van: str = "2026-12-01", tot: str = "2026-12-10") -> Vervanging:
    """Plan a deputy."""
    return plan_vervanging(wie, vervanger=door, van=d(van), tot_en_met=d(tot), vandaag=VANDAAG)


def stel(mijlpaal: Mijlpaal, wie: Persoon, tot: str = "2026-12-01", reden: str = "Wacht op advies.") -> Uitstel:
    """Put off."""
    return stel_uit(mijlpaal, wie, tot=d(tot), reden=reden, vandaag=VANDAAG, moment=MOMENT)


def test_who_chose_nothing_gets_it_at_once(mensen: Mensen) -> None:
    nu = voorkeur_van(mensen.eigen)
    assert (nu.eigen, nu.gevolgd, nu.versie, nu.pk) == ("direct", "direct", 0, None)
    rij = zet_voorkeur(mensen.eigen, eigen="dag", gevolgd="geen", versie=0)
    assert (rij.eigen, rij.gevolgd, rij.versie) == ("dag", "geen", 1)
    assert zet_voorkeur(mensen.eigen, eigen="dag", gevolgd="geen", versie=1).versie == 1  # nothing changed
    assert zet_voorkeur(mensen.collega, eigen="direct", gevolgd="direct", versie=0).versie == 1


def test_reminders_of_ones_own_measures_cannot_be_turned_off(mensen: Mensen) -> None:
    assert set(fouten(lambda: zet_voorkeur(mensen.eigen, eigen="geen", gevolgd="nooit", versie=0))) == {
        "eigen", "gevolgd",
    }  # fmt: skip
    assert not Berichtvoorkeur.objects.exists()


def test_an_older_page_changes_no_preference(mensen: Mensen) -> None:
    zet_voorkeur(mensen.eigen, eigen="dag", gevolgd="dag", versie=0)
    for versie in (0, 2):
        with pytest.raises(Verouderd) as fout:
            zet_voorkeur(mensen.eigen, eigen="week", gevolgd="week", versie=versie)
        assert fout.value.versie == 1
    assert voorkeur_van(mensen.eigen).eigen == "dag"


@echte_transacties
def test_of_two_windows_one_keeps_the_preference(mensen: Mensen) -> None:
    uitkomsten = tegelijk(
        *(lambda w=w: zet_voorkeur(mensen.eigen, eigen=w, gevolgd=w, versie=0) for w in ("dag", "week", "direct"))
    )
    assert sorted(type(u).__name__ for u in uitkomsten) == ["Berichtvoorkeur", "Verouderd", "Verouderd"]


def test_who_cannot_stand_in(mensen: Mensen) -> None:
    weg = PersoonFactory(is_active=False, functie="Weg")
    assert fouten(lambda: plan(mensen.eigen, mensen.eigen)) == {
        "vervanger": ["U kunt uzelf niet vervangen. Kies iemand anders."]
    }
    for wie in (mensen.rolloos, weg):
        (zin,) = fouten(lambda wie=wie: plan(mensen.eigen, wie))["vervanger"]
        assert zin == f"{wie} heeft dan geen rol hier of is niet actief. Kies iemand anders."
    mensen.vreemd.lidmaatschappen.update(tot=d("2026-12-01"))
    assert list(fouten(lambda: plan(mensen.eigen, mensen.vreemd))) == ["vervanger"]  # the role ends before
    assert plan(mensen.eigen, mensen.vreemd, "2026-11-20", "2026-11-25").vervanger == mensen.vreemd


@pytest.mark.parametrize(
    ("van", "tot", "zin"),
    [
        ("2026-12-10", "2026-12-09", "De laatste dag kan niet voor de eerste liggen."),
        ("2026-11-10", "2026-11-17", "Deze dag is al voorbij. Kies vandaag of een latere dag."),
        ("2026-12-01", "2027-12-02", "Een vervanging duurt hoogstens een jaar. Kies een eerdere dag."),
    ],
)
def test_days_that_cannot_be_an_absence(mensen: Mensen, van: str, tot: str, zin: str) -> None:
    assert fouten(lambda: plan(mensen.eigen, mensen.vreemd, van, tot)) == {"tot_en_met": [zin]}
    assert not Vervanging.objects.exists()


def test_days_that_can_just_be_an_absence(mensen: Mensen) -> None:
    plan(mensen.eigen, mensen.vreemd, "2026-11-10", "2026-11-18")  # began, and today is the last day
    plan(mensen.eigen, mensen.vreemd, "2026-12-01", "2027-12-01")


@pytest.mark.parametrize(
    ("van", "tot", "mag"),
    [
        ("2026-11-20", "2026-11-30", True),
        ("2026-11-20", "2026-12-01", False),
        ("2026-12-03", "2026-12-04", False),
        ("2026-12-10", "2026-12-20", False),
        ("2026-11-20", "2026-12-20", False),
        ("2026-12-11", "2026-12-20", True),
    ],
)
def test_one_day_has_one_deputy(mensen: Mensen, van: str, tot: str, mag: bool) -> None:
    plan(mensen.eigen, mensen.vreemd)
    plan(mensen.collega, mensen.vreemd, van, tot)  # somebody else's days are their own
    if mag:
        plan(mensen.eigen, mensen.partner, van, tot)
    else:
        (zin,) = fouten(lambda: plan(mensen.eigen, mensen.partner, van, tot))["van"]
        assert zin.startswith("Van 01-12-2026 t/m 10-12-2026 vervangt Vreemd u al.")


@echte_transacties
def test_two_windows_do_not_plan_the_same_days(mensen: Mensen) -> None:
    uitkomsten = tegelijk(*(lambda: plan(mensen.eigen, mensen.vreemd) for _ in range(4)))
    assert sorted(type(u).__name__ for u in uitkomsten) == ["ValidationError"] * 3 + ["Vervanging"]
    assert Vervanging.objects.count() == 1


def test_stopping_a_deputy(mensen: Mensen) -> None:
    lopend = plan(mensen.eigen, mensen.vreemd, "2026-11-10", "2026-11-25")
    straks = plan(mensen.eigen, mensen.vreemd, "2026-12-01", "2026-12-10")
    with pytest.raises(Vervanging.DoesNotExist):
        stop_vervanging(mensen.vreemd, lopend.pk, vandaag=VANDAAG)
    stop_vervanging(mensen.eigen, lopend.pk, vandaag=VANDAAG)
    stop_vervanging(mensen.eigen, straks.pk, vandaag=VANDAAG)
    assert list(Vervanging.objects.values_list("van", "tot_en_met")) == [(d("2026-11-10"), d("2026-11-17"))]
    assert fouten(lambda: stop_vervanging(mensen.eigen, lopend.pk, vandaag=VANDAAG)) == {
        "": ["Deze vervanging was al voorbij op 17-11-2026."]
    }
    vandaag_begonnen = plan(mensen.eigen, mensen.vreemd, "2026-11-18", "2026-11-20")
    stop_vervanging(mensen.eigen, vandaag_begonnen.pk, vandaag=VANDAAG)
    assert Vervanging.objects.count() == 1


def test_a_deputy_who_is_away_too_is_said(mensen: Mensen, django_assert_num_queries: Any) -> None:
    mijn = plan(mensen.eigen, mensen.vreemd)
    assert let_op(mijn, komende_vervangingen(VANDAAG)) == ""
    plan(mensen.vreemd, mensen.partner, "2026-12-09", "2026-12-20")
    with django_assert_num_queries(1):
        komende = komende_vervangingen(VANDAAG)
    assert let_op(mijn, komende) == (
        "Vreemd is van 09-12-2026 t/m 10-12-2026 zelf afwezig. Uw berichten gaan dan naar Partner."
    )
    plan(mensen.partner, mensen.eigen, "2026-12-09", "2026-12-09")
    assert let_op(mijn, komende_vervangingen(VANDAAG)) == (
        "Vreemd is van 09-12-2026 t/m 10-12-2026 zelf afwezig en er is dan niemand anders. "
        "Uw berichten komen dan toch bij u."
    )


def test_two_who_stand_in_for_each_other_are_told(mensen: Mensen) -> None:
    plan(mensen.vreemd, mensen.eigen, "2026-12-03", "2026-12-03")
    mijn = plan(mensen.eigen, mensen.vreemd)
    assert let_op(mijn, komende_vervangingen(VANDAAG)).startswith("Vreemd is op 03-12-2026 zelf afwezig en er is dan")


def test_a_termijn_rests_until_a_day(mensen: Mensen, django_assert_num_queries: Any) -> None:
    mijlpaal = MijlpaalFactory(hardheid="toezegging", einde=d("2026-10-01"))
    eerste = stel(mijlpaal, mensen.eigen, reden="  Wacht op advies.  ")
    assert (eerste.reden, eerste.vastgelegd_op, eerste.ingetrokken_op) == ("Wacht op advies.", MOMENT, None)
    stel(mijlpaal, mensen.eigen, "2026-12-05", "Langer.")  # takes the place of the first
    stel(mijlpaal, mensen.collega)
    with django_assert_num_queries(1):
        (nu,) = uitstellen_van(mensen.eigen, vandaag=VANDAAG)
        assert (nu.tot, nu.mijlpaal.maatregel.code) == (d("2026-12-05"), mijlpaal.maatregel.code)
    assert uitstellen_van(mensen.eigen, vandaag=d("2026-12-05")) == []  # on that day reminding begins again
    assert trek_uitstel_in(mijlpaal, mensen.eigen, moment=MOMENT)
    assert not trek_uitstel_in(mijlpaal, mensen.eigen, moment=MOMENT)
    assert [rij.persoon for rij in Uitstel.objects.geldig(VANDAAG)] == [mensen.collega]
    # What ended by itself does not stand in the way of a new one.
    stel_uit(mijlpaal, mensen.collega, tot=d("2027-01-10"), reden="Opnieuw.", vandaag=d("2026-12-20"))
    assert Uitstel.objects.filter(persoon=mensen.collega, ingetrokken_op=None).count() == 1


@pytest.mark.parametrize(
    ("hardheid", "einde", "tot", "veld"),
    [
        ("toezegging", "2026-12-30", "2026-11-18", "tot"),
        ("toezegging", "2026-12-30", "2027-02-17", "tot"),  # 91 days
        ("toezegging", "2026-12-30", "2027-02-16", None),
        ("wettelijk", "2026-12-30", "2026-12-31", "tot"),
        ("wettelijk", "2026-12-30", "2026-12-30", None),
        ("wettelijk", "2027-12-30", "2027-02-17", "tot"),
        ("wettelijk", "2026-11-18", "2026-11-19", ""),  # the day is here
        ("wettelijk", "2026-01-01", "2026-11-19", ""),
        ("streven", "2026-01-01", "2026-11-19", None),
    ],
)
def test_how_long_a_termijn_may_rest(mensen: Mensen, hardheid: str, einde: str, tot: str, veld: str | None) -> None:
    mijlpaal = MijlpaalFactory(hardheid=hardheid, einde=d(einde))
    if veld is None:
        assert stel(mijlpaal, mensen.eigen, tot).tot == d(tot)
        return
    assert list(fouten(lambda: stel(mijlpaal, mensen.eigen, tot))) == [veld]
    assert not Uitstel.objects.exists()


def test_the_refusal_says_why(mensen: Mensen) -> None:
    wettelijk = MijlpaalFactory(hardheid="wettelijk", einde=d("2026-12-30"))
    assert fouten(lambda: stel(wettelijk, mensen.eigen, "2027-01-05")) == {
        "tot": [
            "Dit is een wettelijke termijn: uitstellen kan tot en met de uiterste dag, 30-12-2026. "
            "Het uitstel zou anders langer duren dan de wet toestaat."
        ]
    }
    assert fouten(lambda: stel(wettelijk, mensen.eigen, reden=" ")) == {
        "reden": ["Schrijf in een zin waarom; anderen zien dit bij de maatregel."]
    }
    assert list(fouten(lambda: stel(wettelijk, mensen.eigen, reden="x" * 251))) == ["reden"]
    klaar = MijlpaalFactory(behaald_op=d("2026-01-01"), behaald_bewijs="Brief")
    vaag = MijlpaalFactory(termijn_tekst="spoedig", einde=None, precisie="vaag", relatie="op")
    assert fouten(lambda: stel(klaar, mensen.eigen)) == {
        "": ["Deze mijlpaal is al behaald: er gaan geen herinneringen meer over uit."]
    }
    assert fouten(lambda: stel(vaag, mensen.eigen)) == {
        "": ["Deze termijn heeft geen dag: er gaan geen herinneringen over uit."]
    }


@echte_transacties
def test_putting_off_twice_at_once_leaves_one(mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory(hardheid="streven", einde=d("2026-12-30"))
    uitkomsten = tegelijk(*(lambda n=n: stel(mijlpaal, mensen.eigen, f"2026-12-0{n}") for n in range(1, 5)))
    assert [type(u).__name__ for u in uitkomsten] == ["Uitstel"] * 4
    assert Uitstel.objects.filter(ingetrokken_op=None).count() == 1


def test_a_chief_is_somebody_else_who_gets_mail(mensen: Mensen) -> None:
    rij = Lidmaatschap.objects.get(persoon=mensen.eigen)

    def zet(wie: Persoon | None, gezien: int | None = None) -> bool:
        return zet_leidinggevende(rij, wie, gezien=gezien, vandaag=VANDAAG)

    weg = PersoonFactory(is_active=False)
    for wie in (mensen.eigen, mensen.rolloos, weg):
        assert list(fouten(lambda wie=wie: zet(wie))) == ["leidinggevende"]
    assert zet(mensen.vreemd)
    assert not zet(mensen.vreemd, mensen.vreemd.pk)
    with pytest.raises(Verouderd):
        zet(mensen.partner, None)
    assert Lidmaatschap.objects.get(pk=rij.pk).leidinggevende == mensen.vreemd
    assert zet(None, mensen.vreemd.pk)
    Lidmaatschap.objects.filter(pk=rij.pk).update(tot=VANDAAG)
    assert fouten(lambda: zet(mensen.vreemd)) == {"": ["Deze rol is beëindigd per 18-11-2026."]}


def test_a_role_comes_with_a_chief(mensen: Mensen) -> None:
    def geef(wie: Persoon) -> Lidmaatschap:
        return geef_rol(
            mensen.rolloos, mensen.organisatie, "dossierhouder", vanaf=VANDAAG, leidinggevende=wie, moment=MOMENT
        )

    assert list(fouten(lambda: geef(mensen.rolloos))) == ["leidinggevende"]
    assert not mensen.rolloos.lidmaatschappen.exists()
    assert geef(mensen.eigen).leidinggevende == mensen.eigen

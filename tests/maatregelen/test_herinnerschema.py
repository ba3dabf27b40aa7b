"""The steps of reminding: on which days they fall, how a beheerder changes them, who hears it when nothing happens."""

import datetime
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from maatregelen.herinnerschema import (
    EIGEN_REGELS,
    Escalatiestap,
    Komend,
    Regel,
    escalaties,
    herstel_regel,
    kenmerk,
    komende_stappen,
    regels,
    vaag_na,
    wijzig_regel,
    zet_escalaties,
)
from maatregelen.models import FIJNHEID_VAN, Escalatie, Fijnheid, Hardheid, Herinnerregel, Mijlpaal, Precisie, Stap
from maatregelen.versiebewaking import Verouderd
from maatregelen.werkdagen import is_werkdag
from tests.conftest import Mensen
from tests.maatregelen.test_dossiervoering import fouten, tegelijk

echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
DAG = datetime.timedelta(days=1)
EERDER = datetime.date(2026, 1, 1)
WETTELIJK_DAG = EIGEN_REGELS[("wettelijk", "dag")]


def d(tekst: str) -> datetime.date:
    """A day as JJJJ-MM-DD."""
    return datetime.date.fromisoformat(tekst)


def dagen(stappen: list[Komend], soort: Stap) -> list[tuple[str, int]]:
    """The days of the steps of a kind, with the step."""
    return [(komend.dag.isoformat(), komend.trede) for komend in stappen if komend.stap == soort]


def velden(**anders: Any) -> dict[str, Any]:
    """What a form says of the steps."""
    return {
        "vooraf": [30, 7], "stil_na_begin": 0, "daarna_elke": 7, "stopt_na": 91, "vaag_na": 180, **anders,
    }  # fmt: skip


def test_every_kind_of_termijn_has_steps_of_its_own() -> None:
    assert set(EIGEN_REGELS) == {(str(h), str(f)) for h in Hardheid for f in Fijnheid}
    assert set(FIJNHEID_VAN) == set(Precisie)
    assert WETTELIJK_DAG.vooraf == (30, 14, 7, 1, 0)
    assert {r.stil_na_begin for (_, f), r in EIGEN_REGELS.items() if f == "ruim"} == {31}
    assert {r.vooraf for (_, f), r in EIGEN_REGELS.items() if f == "vaag"} == {()}


def test_a_statutory_day_in_steps() -> None:
    mijlpaal = Mijlpaal(einde=d("2026-12-30"), precisie="dag")
    stappen = komende_stappen(mijlpaal, WETTELIJK_DAG, EERDER, hoogstens=99)
    assert dagen(stappen, Stap.AANKONDIGING) == [
        ("2026-11-30", 30), ("2026-12-16", 14), ("2026-12-23", 7), ("2026-12-29", 1), ("2026-12-30", 0),
    ]  # fmt: skip
    na = dagen(stappen, Stap.VOORBIJ)
    assert na[:3] == [("2026-12-31", 1), ("2027-01-07", 8), ("2027-01-14", 15)]
    assert (len(na), na[-1]) == (13, ("2027-03-25", 85))


def test_steps_in_a_weekend_come_before_it_and_reminders_after_it() -> None:
    mijlpaal = Mijlpaal(einde=d("2026-12-27"), precisie="dag")  # a Sunday after Christmas on Friday
    stappen = komende_stappen(mijlpaal, WETTELIJK_DAG, d("2026-12-18"), hoogstens=4)
    # Both "one day before" and "on the day" come on Thursday: told once, as the latest of them.
    assert dagen(stappen, Stap.AANKONDIGING) == [("2026-12-24", 0)]
    assert dagen(stappen, Stap.VOORBIJ) == [("2026-12-28", 1), ("2027-01-04", 8), ("2027-01-11", 15)]


def test_daily_reminders_that_fall_in_a_weekend_come_once_as_the_latest() -> None:
    regel = replace(WETTELIJK_DAG, vooraf=(), daarna_elke=1, stopt_na=5)
    stappen = komende_stappen(Mijlpaal(einde=d("2026-11-19"), precisie="dag"), regel, EERDER, hoogstens=99)
    assert dagen(stappen, Stap.VOORBIJ) == [("2026-11-20", 1), ("2026-11-23", 4), ("2026-11-24", 5)]


def test_a_half_year_is_left_alone_in_its_first_month() -> None:
    regel = replace(EIGEN_REGELS[("toezegging", "ruim")], vooraf=(180, 170, 60, 30))
    mijlpaal = Mijlpaal(begin=d("2026-07-01"), einde=d("2026-12-31"), precisie="halfjaar")
    stappen = komende_stappen(mijlpaal, regel, EERDER, hoogstens=99)
    # What fell in July comes once, when the month of quiet is over: 1 August is a Saturday.
    assert dagen(stappen, Stap.AANKONDIGING) == [("2026-08-03", 170), ("2026-10-30", 60), ("2026-12-01", 30)]


def test_a_short_period_is_not_silenced_to_its_end() -> None:
    regel = EIGEN_REGELS[("wettelijk", "ruim")]
    mijlpaal = Mijlpaal(begin=d("2026-12-01"), einde=d("2026-12-10"), precisie="periode")
    assert dagen(komende_stappen(mijlpaal, regel, d("2026-10-01")), Stap.AANKONDIGING) == [
        ("2026-10-09", 60), ("2026-11-10", 30), ("2026-11-26", 14), ("2026-12-10", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mijlpaal", "verwacht"),
    [
        (Mijlpaal(precisie="vaag"), []),
        (Mijlpaal(einde=d("2026-12-30"), behaald_op=d("2026-02-01"), precisie="dag"), []),
        # Without a latest day it is announced, and never called past.
        (Mijlpaal(begin=d("2026-12-30"), precisie="dag"), ["2026-12-23", "2026-12-29", "2026-12-30"]),
    ],
    ids=["vague", "reached", "from a day on"],
)
def test_what_has_no_latest_day_is_never_called_past(mijlpaal: Mijlpaal, verwacht: list[str]) -> None:
    stappen = komende_stappen(mijlpaal, WETTELIJK_DAG, d("2026-12-16"))
    assert [komend.dag.isoformat() for komend in stappen] == verwacht
    assert {komend.stap for komend in stappen} <= {Stap.AANKONDIGING}


@pytest.mark.parametrize(("elke", "stopt", "aantal"), [(0, 91, 1), (0, 0, 0), (7, 0, 0), (7, 1, 1), (7, 8, 2)])
def test_reminding_afterwards_stops(elke: int, stopt: int, aantal: int) -> None:
    regel = replace(WETTELIJK_DAG, vooraf=(), daarna_elke=elke, stopt_na=stopt)
    stappen = komende_stappen(Mijlpaal(einde=d("2026-11-18"), precisie="dag"), regel, EERDER, hoogstens=99)
    assert len(stappen) == aantal


@given(
    einde=st.dates(datetime.date(2024, 1, 1), datetime.date(2031, 1, 1)),
    lengte=st.one_of(st.none(), st.integers(0, 400)),
    vooraf=st.lists(st.integers(0, 366), max_size=12),
    stil=st.integers(0, 90),
    elke=st.integers(0, 30),
    stopt=st.integers(0, 120),
    vandaag=st.dates(datetime.date(2023, 1, 1), datetime.date(2031, 6, 1)),
)
def test_every_step_is_on_a_working_day_to_come_and_each_day_has_one(
    einde: datetime.date, lengte: int | None, vooraf: list[int], stil: int, elke: int, stopt: int,
    vandaag: datetime.date,
) -> None:  # fmt: skip
    begin = None if lengte is None else einde - lengte * DAG
    regel = Regel("wettelijk", "ruim", tuple(sorted(set(vooraf), reverse=True)), stil, elke, stopt)
    stappen = komende_stappen(Mijlpaal(begin=begin, einde=einde, precisie="periode"), regel, vandaag, hoogstens=200)
    gezien = [komend.dag for komend in stappen]
    assert gezien == sorted(set(gezien))
    for komend in stappen:
        assert is_werkdag(komend.dag)
        assert komend.dag > vandaag
        if komend.stap == Stap.AANKONDIGING:
            assert komend.dag <= einde
            assert komend.trede in vooraf
            if stil and begin and lengte and lengte >= 2 * stil:
                assert komend.dag >= begin + stil * DAG
        else:
            assert einde < komend.dag
            assert einde + komend.trede * DAG <= komend.dag
            assert komend.trede <= max(stopt, 1)


@pytest.mark.django_db
def test_steps_are_changed_per_kind_and_go_back(django_assert_num_queries: Any) -> None:
    wijzig_regel("streven", "dag", **velden(vooraf=[7, 30, 7], vaag_na=90), versie=0)
    wijzig_regel("norm", "vaag", **velden(vooraf=[], vaag_na=45), versie=0)
    with django_assert_num_queries(1):
        nu = regels()
    assert nu[("streven", "dag")] == Regel("streven", "dag", (30, 7), 0, 7, 91, 90, versie=1)
    assert [sleutel for sleutel, regel in nu.items() if regel.versie] == [("streven", "dag"), ("norm", "vaag")]
    assert list(nu) == list(EIGEN_REGELS)
    assert vaag_na() == {"wettelijk": 180, "toezegging": 180, "streven": 180, "norm": 45}
    with pytest.raises(Verouderd):
        herstel_regel("streven", "dag", versie=0)
    herstel_regel("streven", "dag", versie=1)
    assert regels()[("streven", "dag")] == EIGEN_REGELS[("streven", "dag")]
    herstel_regel("streven", "dag", versie=0)  # twice changes nothing


@pytest.mark.django_db
def test_an_old_page_overwrites_nothing_also_after_going_back() -> None:
    wijzig_regel("streven", "dag", **velden(), versie=0)
    with pytest.raises(Verouderd) as fout:
        wijzig_regel("streven", "dag", **velden(vooraf=[1]), versie=0)
    assert fout.value.versie == 1
    herstel_regel("streven", "dag", versie=1)
    with pytest.raises(Verouderd):
        wijzig_regel("streven", "dag", **velden(vooraf=[1]), versie=1)
    assert not Herinnerregel.objects.exists()
    wijzig_regel("streven", "dag", **velden(vooraf=[2]), versie=0)
    # A version that was there before never comes back: the page of before the restore stays old.
    assert regels()[("streven", "dag")].versie == 2
    with pytest.raises(Verouderd):
        wijzig_regel("streven", "dag", **velden(vooraf=[1]), versie=1)
    assert regels()[("streven", "dag")].vooraf == (2,)


@pytest.mark.django_db
def test_steps_that_cannot_be_are_refused_per_field() -> None:
    def poging(**anders: Any) -> dict[str, list[str]]:
        return fouten(lambda: wijzig_regel("streven", "dag", **velden(**anders), versie=0))

    assert poging(vooraf=[367]) == {"vooraf": ["Kies dagen van 0 tot en met 366."]}
    assert poging(vooraf=range(13)) == {"vooraf": ["Kies hoogstens twaalf momenten."]}
    assert set(poging(stil_na_begin=-1, daarna_elke=4000, stopt_na=-1, vaag_na=3661)) == {
        "stil_na_begin", "daarna_elke", "stopt_na", "vaag_na",
    }  # fmt: skip
    assert not Herinnerregel.objects.exists()


@echte_transacties
def test_of_two_who_are_first_one_wins() -> None:
    uitkomsten = tegelijk(
        *(lambda n=n: wijzig_regel("norm", "dag", **velden(vooraf=[n]), versie=0) for n in range(1, 5))
    )
    assert sorted(type(u).__name__ for u in uitkomsten) == ["NoneType", "Verouderd", "Verouderd", "Verouderd"]
    assert Herinnerregel.objects.get().versie == 1


@pytest.mark.django_db
def test_a_chain_replaces_another_whole(mensen: Mensen, django_assert_num_queries: Any) -> None:
    eigen = [Escalatiestap(14, "leidinggevende"), Escalatiestap(28, "secretariaat")]
    assert escalaties() == {None: eigen}
    stappen = [Escalatiestap(60, "secretariaat"), Escalatiestap(10, "persoon", mensen.vreemd)]
    zet_escalaties(mensen.organisatie, stappen)
    with django_assert_num_queries(1):
        nu = escalaties()
    assert nu == {None: eigen, mensen.organisatie.pk: stappen[::-1]}
    zet_escalaties(None, [Escalatiestap(5, "secretariaat")])
    assert escalaties()[None] == [Escalatiestap(5, "secretariaat")]
    zet_escalaties(None, [])
    zet_escalaties(mensen.organisatie, [])
    assert escalaties() == {None: eigen}


@pytest.mark.django_db
def test_a_chain_that_cannot_be_is_refused(mensen: Mensen) -> None:
    mensen.vreemd.is_active = False
    for stappen, zin in (
        ([Escalatiestap(0, "secretariaat")], "Kies een aantal dagen van 1 tot en met 3660."),
        ([Escalatiestap(5, "persoon")], "Kies een persoon als de stap naar een vaste persoon gaat, en anders geen."),
        (
            [Escalatiestap(5, "secretariaat", mensen.eigen)],
            "Kies een persoon als de stap naar een vaste persoon gaat, en anders geen.",
        ),
        ([Escalatiestap(5, "secretariaat")] * 2, "Dezelfde stap staat er twee keer."),
        ([Escalatiestap(n, "secretariaat") for n in range(1, 8)], "Kies hoogstens 6 stappen."),
        (
            [Escalatiestap(5, "persoon", mensen.vreemd)],
            "Vreemd is niet actief en krijgt geen berichten. Kies iemand anders.",
        ),
    ):
        assert fouten(lambda stappen=stappen: zet_escalaties(None, stappen)) == {"": [zin]}
    assert not Escalatie.objects.exists()


@pytest.mark.django_db
def test_a_chain_that_somebody_changed_meanwhile_is_not_overwritten(mensen: Mensen) -> None:
    leeg = kenmerk(mensen.organisatie)
    zet_escalaties(mensen.organisatie, [Escalatiestap(10, "secretariaat")], gezien=leeg)
    with pytest.raises(Verouderd):
        zet_escalaties(mensen.organisatie, [Escalatiestap(20, "secretariaat")], gezien=leeg)
    assert escalaties()[mensen.organisatie.pk] == [Escalatiestap(10, "secretariaat")]
    zet_escalaties(None, [Escalatiestap(3, "secretariaat")], gezien=leeg)  # the general chain is another one
    nu = kenmerk(mensen.organisatie)
    zet_escalaties(mensen.organisatie, [], gezien=nu)
    assert kenmerk(mensen.organisatie) == leeg != nu


@echte_transacties
def test_two_chains_at_once_never_mix(mensen: Mensen) -> None:
    leeg, geschreven = kenmerk(None), threading.Event()

    def eerste() -> None:
        with transaction.atomic():
            zet_escalaties(None, [Escalatiestap(10, "secretariaat")], gezien=leeg)
            geschreven.set()
            time.sleep(0.5)  # written, not yet kept: the second one must wait, not look

    def tweede() -> None:
        geschreven.wait(10)
        zet_escalaties(None, [Escalatiestap(20, "secretariaat")], gezien=leeg)

    uitkomsten = tegelijk(eerste, tweede)
    assert [type(uitkomst).__name__ for uitkomst in uitkomsten] == ["NoneType", "Verouderd"]
    assert escalaties()[None] == [Escalatiestap(10, "secretariaat")]

"""The one writer of status: every pair, and everything that must stop it."""

import datetime
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from maatregelen.models import Maatregel, Status, Statuswijziging
from maatregelen.statuswissel import OngeldigeOvergang, toegestaan, wijzig_status
from maatregelen.versiebewaking import Verouderd
from tests.conftest import Mensen
from tests.factories import MaatregelFactory

A, V, U, H, D, S, X = (
    "aangekondigd", "in_voorbereiding", "in_uitvoering", "aangehouden", "uitgevoerd", "afgesloten", "vervallen",
)  # fmt: skip
MAG = {
    (A, V), (A, U), (A, H), (A, D), (A, X),
    (V, A), (V, U), (V, H), (V, D), (V, X),
    (U, V), (U, H), (U, D), (U, X),
    (H, A), (H, V), (H, U), (H, X),
    (D, U), (D, S),
    (S, D),
    (X, A), (X, V),
}  # fmt: skip
MOMENT = datetime.datetime(2024, 12, 17, 9, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(("van", "naar"), list(product(Status.values, repeat=2)))
def test_every_pair(mensen: Mensen, van: str, naar: str) -> None:
    maatregel = MaatregelFactory(status=van)
    if (van, naar) in MAG:
        rij = wijzig_status(maatregel, naar, door=mensen.eigen, toelichting="Besluit genomen.", moment=MOMENT)
        assert (rij.van, rij.naar, rij.per, rij.toelichting, rij.door, rij.vastgelegd_op) == (
            van, naar, datetime.date(2024, 12, 17), "Besluit genomen.", mensen.eigen, MOMENT,
        )  # fmt: skip
        opnieuw = Maatregel.objects.get()
        assert (opnieuw.status, opnieuw.versie, opnieuw.gewijzigd_op) == (naar, 2, MOMENT)
    else:
        with pytest.raises(OngeldigeOvergang):
            wijzig_status(maatregel, naar, door=mensen.eigen, toelichting="Besluit genomen.", moment=MOMENT)
        assert Maatregel.objects.get().status == van
        assert Statuswijziging.objects.count() == 1


def test_unknown_status_is_no_move(mensen: Mensen) -> None:
    with pytest.raises(OngeldigeOvergang, match="naar 'onzin' kan niet"):
        wijzig_status(MaatregelFactory(), "onzin", door=mensen.eigen, toelichting="x", moment=MOMENT)


def test_the_table_above_is_the_whole_table() -> None:
    assert {(van, naar) for van in Status.values for naar in toegestaan(van)} == MAG


@pytest.mark.parametrize("leeg", ["", "  ", "\n\t "])
def test_a_reason_is_required(mensen: Mensen, leeg: str) -> None:
    maatregel = MaatregelFactory()
    with pytest.raises(ValidationError) as fout:
        wijzig_status(maatregel, U, door=mensen.eigen, toelichting=leeg, moment=MOMENT)
    assert fout.value.message_dict == {"toelichting": ["Schrijf in een zin waarom de status wijzigt."]}
    assert Statuswijziging.objects.count() == 1


def test_never_in_the_future_and_not_before_the_measure(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(geldt_vanaf=datetime.date(2024, 9, 26))
    for per in (datetime.date(2024, 12, 18), datetime.date(2024, 9, 25)):
        with pytest.raises(ValidationError) as fout:
            wijzig_status(maatregel, U, door=mensen.eigen, toelichting="x", per=per, moment=MOMENT)
        assert list(fout.value.message_dict) == ["per"]
    wijzig_status(maatregel, U, door=mensen.eigen, toelichting="x", per=datetime.date(2024, 9, 26), moment=MOMENT)
    assert Maatregel.objects.get().status == U


def test_today_is_the_day_in_amsterdam(mensen: Mensen) -> None:
    net_na_middernacht = datetime.datetime(2024, 12, 17, 23, 30, tzinfo=datetime.UTC)
    rij = wijzig_status(MaatregelFactory(), U, door=mensen.eigen, toelichting="x", moment=net_na_middernacht)
    assert rij.per == datetime.date(2024, 12, 18)


def test_not_before_the_last_move(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    wijzig_status(maatregel, U, door=mensen.eigen, toelichting="x", per=datetime.date(2024, 12, 1), moment=MOMENT)
    with pytest.raises(OngeldigeOvergang, match="al gewijzigd per 01-12-2024"):
        wijzig_status(maatregel, D, door=mensen.eigen, toelichting="x", per=datetime.date(2024, 11, 30), moment=MOMENT)


def test_an_older_page_changes_nothing(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    wijzig_status(maatregel, U, door=mensen.collega, toelichting="Begonnen.", versie=1, moment=MOMENT)
    with pytest.raises(Verouderd) as fout:
        wijzig_status(maatregel, D, door=mensen.eigen, toelichting="Klaar.", versie=1, moment=MOMENT)
    assert fout.value.versie == 2
    assert Maatregel.objects.get().status == U


def test_status_has_one_writer_in_the_database_too(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    with pytest.raises(IntegrityError, match="alleen met een statuswijziging"), transaction.atomic():
        Maatregel.objects.filter(pk=maatregel.pk).update(status=D)
    maatregel.status = Status.UITGEVOERD
    with pytest.raises(IntegrityError, match="alleen met een statuswijziging"), transaction.atomic():
        maatregel.save()
    assert Maatregel.objects.get().status == A


def test_history_is_only_added_to(mensen: Mensen) -> None:
    MaatregelFactory()
    for poging in (
        "UPDATE maatregelen_statuswijziging SET toelichting = 'anders'",
        "DELETE FROM maatregelen_statuswijziging",
    ):
        with (
            pytest.raises(ProgrammingError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(poging)
    assert Statuswijziging.objects.get().toelichting == "Zo staat het in het document."


def test_the_future_is_refused_by_the_database(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    with pytest.raises(IntegrityError, match="niet in de toekomst"), transaction.atomic():
        Statuswijziging.objects.create(
            maatregel=maatregel,
            van=A,
            naar=U,
            per=timezone.localdate() + datetime.timedelta(days=1),
            toelichting="x",
            door=mensen.eigen,
        )

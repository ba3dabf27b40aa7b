"""The legal track of a measure."""

import datetime
from typing import Any

import pytest
from django.conf import settings

from maatregelen.models import Maatregel, Wetsstap, Wetstraject
from maatregelen.versiebewaking import Verouderd
from maatregelen.wetstrajecten import GEEN_GEZIEN, voeg_wetsstap_toe, zet_wetstraject
from tests.conftest import Mensen
from tests.factories import MaatregelFactory
from tests.maatregelen.test_dossiervoering import fouten, historie, tegelijk

echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
MOMENT = datetime.datetime(2024, 12, 17, 9, 30, tzinfo=datetime.UTC)
DAG = datetime.date(2024, 12, 17)
WET: dict[str, Any] = {"soort": "wet", "dossier": "36 333", "stand_tekst": ""}


def test_made_once_and_then_changed(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    traject = zet_wetstraject(maatregel, WET, versie=GEEN_GEZIEN, moment=MOMENT)
    assert (traject.dossier, traject.versie, Maatregel.objects.get().gewijzigd_op) == ("36 333", 1, MOMENT)
    # Who saw none while somebody made one, is told so.
    with pytest.raises(Verouderd):
        zet_wetstraject(maatregel, {**WET, "soort": "amvb"}, versie=GEEN_GEZIEN, moment=MOMENT)
    assert zet_wetstraject(maatregel, WET, versie=1).versie == 1
    assert historie(traject) == 1
    assert zet_wetstraject(maatregel, {**WET, "soort": "amvb"}, versie=1).versie == 2
    assert Wetstraject.objects.get().soort == "amvb"


def test_a_stage_once_with_its_source(mensen: Mensen) -> None:
    traject = zet_wetstraject(MaatregelFactory(), WET, versie=None, moment=MOMENT)

    def stap(**anders: Any) -> Any:
        velden = {"fase": "tweede_kamer", "bereikt_op": DAG, "bron": " kst-36333-1 ", **anders}
        return voeg_wetsstap_toe(traject, **velden, door=mensen.eigen, moment=MOMENT)

    rij = stap()
    assert (rij.fase, rij.bereikt_op, rij.bron, rij.door) == ("tweede_kamer", DAG, "kst-36333-1", mensen.eigen)
    assert fouten(stap) == {"fase": ["Deze fase is op deze dag al vastgelegd."]}
    morgen = DAG + datetime.timedelta(days=1)
    assert set(fouten(lambda: stap(bereikt_op=morgen, bron=" ", fase="x"))) == {"bereikt_op", "bron", "fase"}
    assert Wetsstap.objects.count() == 1


@echte_transacties
def test_two_people_make_one_track(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    uit = tegelijk(*(lambda: zet_wetstraject(maatregel, WET, versie=GEEN_GEZIEN) for _ in range(2)))
    assert sorted(type(antwoord).__name__ for antwoord in uit) == ["Verouderd", "Wetstraject"]
